// Arabic after light10 (Larkey and others, 2007), with broken plurals of the news; a few endings of Persian.
import { formsOf } from './regions.ts';

/** Broken plurals, in the letters of `foldWord`. */
const BROKEN_PLURALS = formsOf(`
  جنود>جندي جيوش>جيش دول>دوله صواريخ>صاروخ حروب>حرب اسلحه>سلاح هجمات>هجوم قتلي>قتيل جرحي>جريح اسري>اسير وزراء>وزير
  رؤساء>رئيس سفراء>سفير قاده,قياده>قائد مدن>مدينه الغام>لغم مواقع>موقع قواعد>قاعده سفن>سفينه قذائف>قذيفه شهداء>شهيد
  عناصر>عنصر كتائب>كتيبه الويه>لواء مراكز>مركز مناطق>منطقه اهداف>هدف احزاب>حزب رهائن>رهينه اطفال>طفل رجال>رجل شروط>شرط
  بنود>بند اعضاء>عضو اعداء>عدو معارك>معركه جهود>جهد قوانين>قانون ضباط>ضابط افراد>فرد مصادر>مصدر انباء>نبا اخبار>خبر
  احداث>حدث خطط>خطه سجناء>سجين زعماء>زعيم خبراء>خبير علماء>عالم اطراف>طرف جزر>جزيره اعمال>عمل امور>امر حقوق>حق
  اشخاص>شخص اصحاب>صاحب امم>امه قرون>قرن انظمه>نظام بيوت>بيت منازل>منزل شوارع>شارع مطالب>مطلب ملايين>مليون الاف>الف
  ايام>يوم اشهر,شهور>شهر سنوات>سنه
`);
const ARTICLE = /^(?:وال|بال|كال|فال|ولل|ال|لل)(?=..)/;
/** Words whose first و is no "and". */
const BEGINS_WITH_WAW =
  /^و(?:زير|زار|زراء|اقع|فق|صول|صل|قف|طن|فد|كال|قت|قع|حد|ساط|ثيق|ثائق|اجه|فا|ضع|جود|لاي|سط|عد|في|اشنطن|سيط|سائل)/;
const SUFFIXES = ['ها', 'وا', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي'];
/** Feminine past (وقعت) and adverbs (تماما). */
const FINAL = /(?<=...)[تا]$/;

/** Given the letters of `foldWord`. */
export function stemArabic(word: string): string {
  let stem = word.replace(ARTICLE, '');
  if (stem === word && !BEGINS_WITH_WAW.test(word)) stem = word.replace(/^و(?=...)/, '').replace(ARTICLE, '');
  const singular = BROKEN_PLURALS.get(stem);
  if (singular !== undefined) stem = singular;
  for (const suffix of SUFFIXES) {
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length);
  }
  return stem.replace(FINAL, '');
}

/** Given the letters of `foldWord`: without plural, possessive and the ي that joins words. */
export function stemPersian(word: string): string {
  return word
    .replace(/(?<=..)(?:هايشان|هايي|هاي|ها)$/, '')
    .replace(/(?<=...)(?:ان|ات|شان|مان)$/, '')
    .replace(/(?<=..)[يه]$/, '');
}
