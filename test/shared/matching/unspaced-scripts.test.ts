// Words of scripts that are written without spaces, and particles that are written together with their word.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { topicOf } from './random-topics.ts';

type Row = readonly [language: string, expression: string, text: string, isFound: boolean];

function expectFound(language: string, expression: string, text: string, isFound: boolean): void {
  const matcher = compileTopics([topicOf(expression, 'topic', language)]);
  expect(matcher.problems).toEqual([]);

  expect(matcher.match({ title: '', text, language }).length > 0).toBe(isFound);
}

describe('a word of a script without spaces', () => {
  it.each<Row>([
    ['th', 'ทหาร', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', '"ทหาร"', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', '=ทหาร', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['*', 'ทหาร', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['en', 'ทหาร', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', '*ทหาร', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', '*ทหาร*', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', 'ทหาร', 'ทหารไทยและตำรวจ', true],
    ['th', 'กองทัพ', 'ฐานทัพของกองทัพและรัฐบาล', true],
    ['th', 'กองทัพอากาศ', 'กองทัพอากาศไทย', true],
    ['th', 'เซเลนสกี', 'ประธานาธิบดีเซเลนสกีของยูเครนพบปูติน', true],
    ['th', 'ปูติน', 'ประธานาธิบดีเซเลนสกีของยูเครนพบปูติน', true],
    ['th', 'ยูเครน', 'ประธานาธิบดีเซเลนสกีของยูเครนพบปูติน', true],
    ['th', 'รถถัง', 'กองทัพไทยส่งรถถังไปชายแดน', true],
    ['th', 'จีน', 'รัฐบาลจีนประกาศ', true],
    ['th', 'ทหาร', 'ส่ง\u200bทหาร\u200bไป', true],
    ['th', 'ทหาร', 'ส่ง ทหาร ไป', true],
    ['th', 'ทหาร', 'ทหาร', true],
    ['th', 'ทหาร', '300ทหาร', true],
    ['th', 'ตา', 'ตายแล้ว', false],
    ['th', 'ตา', 'ตามปกติ', false],
    ['th', 'มา', 'มากกว่า', false],
    ['th', 'ยา', 'พยาบาล', false],
    ['th', 'เรือ', 'เรือนจำ', false],
    ['th', 'เรือ', 'กองทัพเรือ', true],
    ['th', 'กา', 'กาแฟ', false],
    ['th', 'ลา', 'เวลา', false],
    ['th', 'ทหาร', 'ทหา ร', false],
    ['th', 'ทหาร', 'ทหา\nร', false],
    ['th', 'ทหาร', 'ตำรวจไปชายแดน', false],
    ['th', 'ทหาร NEAR/2 ชายแดน', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', 'รัฐบาล NEAR/1 ชายแดน', 'รัฐบาลส่งทหารไปชายแดน', false],
    ['th', 'รัฐบาล ONEAR/2 ไป', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', 'ทหาร NEAR/0 ทหาร', 'ส่งทหารไป', false],
    ['th', 'atleast2(ทหาร)', 'ทหารไทยและทหารกัมพูชา', true],
    ['th', 'atleast2(ทหาร)', 'ทหารไทย', false],
    ['th', '"ส่ง ทหาร"', 'รัฐบาลส่งทหารไปชายแดน', true],
    ['th', 'NATO', 'นาโตNATOประชุม', true],
    ['th', 'นาโต', 'ประชุมนาโตNATOวันนี้', true],
    ['km', 'ទាហាន', 'កងទ័ពកម្ពុជាបញ្ជូនទាហានទៅព្រំដែន', true],
    ['km', 'កម្ពុជា', 'កងទ័ពកម្ពុជាបញ្ជូនទាហានទៅព្រំដែន', true],
    ['km', 'ទាហាន', 'បញ្ជូន\u200bទាហាន\u200bទៅ', true],
    ['km', 'រុស្ស៊ី', 'កងទ័ពរុស្ស៊ីនៅព្រំដែន', true],
    ['km', 'ទាហាន', 'កងទ័ពកម្ពុជាទៅព្រំដែន', false],
    ['lo', 'ທະຫານ', 'ລັດຖະບານສົ່ງທະຫານໄປຊາຍແດນ', true],
    ['lo', 'ຊາຍແດນ', 'ລັດຖະບານສົ່ງທະຫານໄປຊາຍແດນ', true],
    ['lo', 'ທະຫານ', 'ລັດຖະບານໄປຊາຍແດນ', false],
    ['my', 'စစ်သား', 'အစိုးရသည်စစ်သားများကိုနယ်စပ်သို့ပို့သည်', true],
    ['my', 'နယ်စပ်', 'အစိုးရသည်စစ်သားများကိုနယ်စပ်သို့ပို့သည်', true],
    ['my', 'စစ်တပ်', 'မြန်မာစစ်တပ်သည်တိုက်ခိုက်ခဲ့သည်။', true],
    ['my', 'စစ်တပ်', 'အစိုးရသည်နယ်စပ်သို့', false],
  ])('%s: %s in %j: %s', expectFound);

  it.each([
    ['th', 'ทหาร', 'รัฐบาลส่ง«ทหาร»ไปชายแดน'],
    ['th', 'เซเลนสกี', 'พบ«เซเลนสกี»ของยูเครน'],
    ['th', 'ทหาร AND ชายแดน', 'รัฐบาลส่ง«ทหาร»ไป«ชายแดน»'],
    ['my', 'စစ်သား', 'အစိုးရသည်«စစ်သား»များကို'],
  ])('%s: %s is highlighted in %s', (language, expression, marked) => {
    const [before = '', ...rest] = marked.split(/[«»]/);
    const text = [before, ...rest].join('');

    const [match] = compileTopics([topicOf(expression, 'topic', language)]).match({ title: '', text, language });

    const shown = (match?.passages[0]?.highlights ?? []).map(([start, end]) => text.slice(start, end));
    expect(shown).toEqual(rest.filter((_, index) => index % 2 === 0));
  });
});

describe('a bare word of Hebrew', () => {
  it.each<Row>([
    ['he', 'צבא', 'צבא ההגנה', true],
    ['he', 'צבא', 'הצבא נכנס לעיר', true],
    ['he', 'צבא', 'והצבא נכנס', true],
    ['he', 'צבא', 'שהצבא נכנס', true],
    ['he', 'צבא', 'וכשהצבא נכנס', true],
    ['he', 'צבא', 'בצבא ובעיר', true],
    ['he', 'צבא', 'לצבא אין', true],
    ['he', 'צבא', 'מהצבא נמסר', true],
    ['he', 'צבא', 'וּבַצָּבָא', true],
    ['he', 'חיילים', 'והחיילים נכנסו', true],
    ['he', 'חיילים', 'לחיילים', true],
    ['he', 'חיילים', 'מחיילים', true],
    ['he', '"צבא"', 'הצבא נכנס', false],
    ['he', 'צבא', 'צבאות', false],
    ['he', 'צבא', 'הצבאות', false],
    ['he', 'הצבא', 'צבא', false],
    ['he', 'ספר', 'מספר אנשים', false],
    ['he', 'ספר', 'ומספר אנשים', false],
    ['he', 'ספר', 'הספר החדש', true],
    ['he', 'כתבים', 'מכתבים', false],
    ['he', 'שותפים', 'משותפים', false],
    ['he', 'חירות', 'בחירות', false],
    ['he', 'ריאות', 'בריאות', false],
    ['he', 'קרב', 'בקרב האזרחים', false],
    ['he', 'יוון', 'כיוון', false],
    ['he', 'יוון', 'ביוון', true],
    ['he', 'דבר', 'מדבר', false],
    ['he', 'אחר', 'לאחר', false],
    ['he', 'שטרה', 'משטרה', false],
    ['he', 'תיק', 'ותיק', false],
    ['he', 'ערים', 'שערים', false],
    ['he', 'מות', 'כמות', false],
    ['he', 'ית', 'בית', false],
    ['*', 'צבא', 'הצבא נכנס', true],
  ])('%s: %s in %s: %s', expectFound);
});

describe('a word of Arabic', () => {
  it.each<Row>([
    ['ar', 'قوات', 'وقوات الحدود', true],
    ['ar', 'قوات', 'فقوات الحدود', true],
    ['ar', 'قوات', 'فالقوات', true],
    ['ar', 'وزير', 'فوزير الدفاع', true],
    ['ar', 'جيش', 'انضم للجيش', true],
    ['ar', 'طائر', 'فطائر', false],
    ['ar', 'قاعة', 'فقاعة', false],
    ['ar', 'قراء', 'فقراء', false],
    ['ar', 'عالية', 'فعالية', false],
    ['ar', 'كرة', 'فكرة', false],
    ['ar', 'قر', 'فقر', false],
    ['ar', 'فقوات', 'قوات', false],
    ['ar', '"القوات المسلحة"', 'والقوات المسلحة أعلنت', true],
    ['ar', '"القوات المسلحة"', 'فالقوات المسلحة أعلنت', true],
    ['ar', '"القوات المسلحة"', 'بالقوات المسلحة', false],
    ['ar', '"قوات"', 'وقوات', false],
    ['ar', '"لد"', 'والد', false],
    ['fa', 'قوات', 'فقوات', false],
    ['*', 'قوات', 'فقوات الحدود', true],
  ])('%s: %s in %s: %s', expectFound);
});

describe('a bare word of a language with few endings known', () => {
  it.each<Row>(
    [
      ['cs', 'armáda', 'česká armády', true],
      ['cs', 'vojsko', 's vojsky', true],
      ['cs', 'armáda', 'armádní', false],
      ['sk', 'vojak', 'vojakov', true],
      ['sr', 'vojska', 'vojske', true],
      ['sr', 'војска', 'војске', true],
      ['hr', 'vojnik', 'vojnicima', false],
      ['hr', 'vojnik', 'vojnika', true],
      ['sv', 'trupp', 'trupperna', true],
      ['sv', 'soldat', 'soldaterna', true],
      ['da', 'soldat', 'soldaterne', true],
      ['no', 'soldat', 'soldatene', true],
      ['nl', 'leger', 'legers', true],
      ['nl', 'soldaat', 'soldaten', true],
      ['nl', 'bom', 'bommen', true],
      ['fi', 'joukko', 'joukkoja', true],
      ['fi', 'armeija', 'armeijan', true],
      ['hu', 'hadsereg', 'hadsereget', true],
      ['hu', 'katona', 'katonák', true],
      ['id', 'tentara', 'tentaranya', true],
      ['id', 'tentara', 'pertentangan', false],
      ['hi', 'सैनिक', 'सैनिकों को भेजा', true],
      ['hi', 'सेना', 'सेनाओं ने', true],
      ['hi', 'सेना', 'सैनिक', false],
      ['cs', '"armáda"', 'armády', false],
      ['*', 'armáda', 'armády', true],
    ].map((row) => (row[0] === '*' ? row : row) as unknown as Row),
  )('%s: %s in %s: %s', (language, expression, text, isFound) => {
    const document = { title: '', text, language: language === '*' ? 'cs' : language };

    const found = compileTopics([topicOf(expression, 'topic', language)]).match(document);

    expect(found.length > 0).toBe(isFound);
  });
});
