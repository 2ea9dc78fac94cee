// Words that multiply the number before them, by language: thousand, Mio., тыс., lakh, ألف. They are compared folded, so
// accents and case make no difference here.
import { foldWord } from '../fold.ts';

const HUNDRED = 100;
const THOUSAND = 1e3;
const LAKH = 1e5;
const MILLION = 1e6;
const CRORE = 1e7;
const MILLIARD = 1e9;
const BILLION_LONG = 1e12;

type Rows = readonly (readonly [factor: number, words: string])[];

/** Good in every language: no other language has the word for something that follows a number. */
const COMMON: Rows = [
  // English, of India too
  [HUNDRED, 'hundred'],
  [THOUSAND, 'thousand thousands k'],
  [LAKH, 'lakh lakhs lac lacs'],
  [MILLION, 'million millions mn mln mio'],
  [CRORE, 'crore crores'],
  [MILLIARD, 'billion billions bn bln'],
  [BILLION_LONG, 'trillion trillions tn trn trln'],
  // French, Spanish, Catalan, Portuguese, Italian, Romanian
  [THOUSAND, 'mille milliers millier mil milers mila mii'],
  [MILLION, 'millón millones milió milions milhão milhões milione milioni milioane'],
  [MILLIARD, 'milliard milliards mds mrd mlrd miliardo miliardi bilhão bilhões mil-millones miliarde'],
  [BILLION_LONG, 'billón billones trilhão trilhões trilioane'],
  // German, Dutch, Danish, Swedish, Norwegian
  [THOUSAND, 'tausend tsd duizend tusind tusen'],
  [MILLION, 'millionen miljoen million millioner miljon miljoner'],
  [MILLIARD, 'milliarde milliarden mrd mia miljard miljarden milliarder miljarder'],
  [BILLION_LONG, 'billionen biljoen biljoner billioner biljon'],
  // Polish, Czech, Slovak, Croatian, Serbian, Slovene, Hungarian, Finnish, Estonian, Lithuanian, Latvian
  [
    THOUSAND,
    'tys tis tisíc tisíce hiljada hiljade tisuća tisuće tisoč ezer tuhat tuhatta tuhannen tūkst tūkst tūkstoši',
  ],
  [
    MILLION,
    'milion miliony milionów milionom milionami milión milióny miliónov miliona milijun milijuna milijuni milijonov milijon millió miljoona miljoonaa miljoonan miljonit milijonai milijonų miljoni miljonu',
  ],
  [
    MILLIARD,
    'mld miliard miliardy miliardów miliarda miliárd miliardy miliárd milijarda milijarde milijardi milliárd mrd miljardi miljardia miljardin miljardit milijardo mljrd',
  ],
  // Russian, Ukrainian, Belarusian, Bulgarian, Kazakh; their inflected forms are in STEMS
  [THOUSAND, 'тыс тис хиляди хил мың миң'],
  [MILLION, 'млн мил'],
  [MILLIARD, 'млрд мрд'],
  [BILLION_LONG, 'трлн'],
  // Greek
  [THOUSAND, 'χιλιάδες χιλιάδων χιλ'],
  [MILLION, 'εκατομμύρια εκατομμύριο εκατομμυρίων εκατ εκ'],
  [MILLIARD, 'δισεκατομμύρια δισεκατομμύριο δισεκατομμυρίων δισ δις'],
  [BILLION_LONG, 'τρισεκατομμύρια τρισ τρις'],
  // Turkish
  [THOUSAND, 'bin'],
  [MILLION, 'milyon'],
  [MILLIARD, 'milyar'],
  [BILLION_LONG, 'trilyon'],
  // Arabic, Persian, Urdu, Hebrew
  [HUNDRED, 'مئة مائة'],
  [THOUSAND, 'ألف ألفا آلاف هزار ہزار אלף אלפים אלפי'],
  [LAKH, 'لاکھ'],
  [MILLION, 'مليون مليونا ملايين مليوني ميليون میلیون ملین מיליון מליון מיליוני'],
  [CRORE, 'کروڑ'],
  [MILLIARD, 'مليار مليارا مليارات بليون بلايين ميليار میلیارد ارب מיליארד מיליארדי'],
  [BILLION_LONG, 'تريليون تريليونات تریلیون טריליון'],
  // Hindi and Marathi, Bengali, Tamil, Telugu, Gujarati, Punjabi
  [THOUSAND, 'हज़ार हजार হাজার ஆயிரம் వేల వేలు હજાર ਹਜ਼ਾਰ'],
  [LAKH, 'लाख লাখ লক্ষ லட்சம் లక్ష లక్షల લાખ ਲੱਖ'],
  [MILLION, 'मिलियन মিলিয়ন'],
  [CRORE, 'करोड़ करोड कोटी কোটি கோடி కోటి కోట్ల કરોડ ਕਰੋੜ'],
  [MILLIARD, 'अरब'],
  // Indonesian, Malay, Filipino, Vietnamese
  [THOUSAND, 'ribu libo nghìn ngàn'],
  [MILLION, 'juta milyon triệu'],
  [MILLIARD, 'miliar bilion bilyon tỷ tỉ'],
  [BILLION_LONG, 'triliun'],
  // Korean, as words of their own, and Chinese and Japanese behind a space: numbers/east-asian.ts
];

/** Words that mean something else, or nothing, in other languages. */
const OF_LANGUAGE: Readonly<Record<string, Rows>> = {
  de: [
    [BILLION_LONG, 'billion'],
    [1e18, 'trillion trillionen'],
  ],
  da: [[BILLION_LONG, 'billion']],
  no: [[BILLION_LONG, 'billion']],
  sv: [[MILLIARD, 'mdr md']],
  fr: [
    [MILLIARD, 'md'],
    [BILLION_LONG, 'billion billions'],
  ],
  en: [[MILLION, 'mil']],
  ro: [
    [MILLION, 'mil'],
    [THOUSAND, 'mie'],
  ],
  cs: [[MILLION, 'mil']],
  sk: [[MILLION, 'mil']],
  pl: [[BILLION_LONG, 'bilion biliony bilionów']],
  pt: [
    [MILLION, 'mi'],
    [MILLIARD, 'bi'],
    [BILLION_LONG, 'tri'],
  ],
  tr: [[THOUSAND, 'bini bine binde binden binin binlik bininin binini']],
  az: [[THOUSAND, 'min']],
  vi: [[MILLION, 'tr']],
};

/** What looks like a multiplier and is a plain word there: "12 bin" in German or English. */
const NOT_IN: Readonly<Record<string, ReadonlySet<string>>> = {
  de: new Set(['bin', 'mil']),
  en: new Set(['bin']),
  nl: new Set(['bin']),
};

/** Inflected forms: 20 тысячами, 2-миллионный, tysięcy, 10-tysięczny, 5 milyonu. Of folded words. Millionaires and millennia are none. */
const STEMS: readonly (readonly [stem: RegExp, factor: number])[] = [
  [/^(?:тысяч|тисяч|tysiac|tysiec)(?!елет|олет|оліт|еліт|leci|letni)/u, THOUSAND],
  [/^(?:(?:миллион|мільйон|мільен|милион)(?!ер|эр|ар)|milyon(?:u|a|da|dan|un|luk|luga)$)/u, MILLION],
  [/^(?:(?:миллиард|мільярд|милиард)(?!ер|эр|ар)|milyar(?:i|a|da|dan|in|lik|liga)$)/u, MILLIARD],
  [/^(?:триллион|трильйон|трилион)/u, BILLION_LONG],
];

const tableOf = (rows: Rows): ReadonlyMap<string, number> =>
  new Map(rows.flatMap(([factor, words]) => words.split(' ').map((word) => [foldWord(word), factor] as const)));

const COMMON_TABLE = tableOf(COMMON);
const TABLES: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(OF_LANGUAGE).map(([language, rows]) => [language, tableOf(rows)]),
);

/** What the word multiplies the number before it by in a text of this language; undefined for a word that is none. */
export function multiplierOf(word: string, language: string): number | undefined {
  const folded = foldWord(word);
  const own = TABLES.get(language)?.get(folded);
  if (own !== undefined) return own;
  if (NOT_IN[language]?.has(folded)) return undefined;
  return COMMON_TABLE.get(folded) ?? STEMS.find(([stem]) => stem.test(folded))?.[1];
}

/**
 * Multipliers of scripts without spaces, at the beginning of what follows the number: 5 ล้านคน. The longest first.
 * Thai, Lao, Khmer, Burmese.
 */
const UNSPACED: readonly (readonly [word: RegExp, factor: number])[] = [
  [/^ล้านล้าน|^ລ້ານລ້ານ/u, 1e12],
  [/^แสนล้าน|^ແສນລ້ານ/u, 1e11],
  [/^หมื่นล้าน|^ໝື່ນລ້ານ/u, 1e10],
  [/^พันล้าน|^ພັນລ້ານ|^ពាន់លាន/u, 1e9],
  [/^ร้อยล้าน|^ຮ້ອຍລ້ານ/u, 1e8],
  [/^ล้าน|^ລ້ານ|^លាន|^သန်း/u, MILLION],
  [/^แสน|^ແສນ|^សែន|^သိန်း/u, LAKH],
  [/^หมื่น|^ໝື່ນ|^ម៉ឺន|^သောင်း/u, 1e4],
  // พันธ- begins other words: allies are not thousands.
  [/^พัน(?!ธ)|^ພັນ(?!ທ)|^ពាន់|^ထောင်/u, THOUSAND],
];

/** The factor and the length of the multiplier that the text begins with; null when it begins with none. */
export function unspacedMultiplier(text: string): { readonly factor: number; readonly length: number } | null {
  for (const [word, factor] of UNSPACED) {
    const found = word.exec(text);
    if (found !== null) return { factor, length: found[0].length };
  }
  return null;
}
