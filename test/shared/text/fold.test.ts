import { foldRaw, foldWord, joinedInitials } from '../../../shared/text/fold.ts';
import { simplifyHan } from '../../../shared/text/simplified-chinese.ts';
import { fc } from '../../support/properties.ts';

describe('foldWord brings together', () => {
  test.each([
    ['case and width', 'ＮＡＴＯ', 'nato'],
    ['Latin diacritics', 'Élysée', 'elysee'],
    ['letters that Unicode does not take apart', 'Łódź', 'lodz'],
    ['German sharp s', 'Straße', 'strasse'],
    ['Turkish dotless and dotted i', 'Iğdır', 'igdir'],
    ['Turkish capital dotted I', 'İstanbul', 'istanbul'],
    ['Greek accents and final sigma', 'Πόλεμος', 'πολεμοσ'],
    ['curly apostrophes', 'don\u2019t', "don't"],
    ['Ukrainian apostrophes', 'перемир\u02bcя', "перемир'я"],
    ['Russian ё', 'Королёв', 'королев'],
    ['Russian stress marks', 'за\u0301мок', 'замок'],
    ['Arabic vowel signs and tatweel', 'اتّفــاق', 'اتفاق'],
    ['Arabic alef and ta marbuta', 'أزمة', 'ازمه'],
    ['Persian and Arabic kaf and ya', 'یک', 'يك'],
    ['digits of other scripts', '١٢۳４', '1234'],
    ['digits of India and of South-East Asia', '१২੩૪୫௬౭೮൯๐໑၂៣', '1234567890123'],
    ['accents typed for apostrophes', 'м`яч´s', "м'яч's"],
    ['Hebrew points', 'צָבָא', 'צבא'],
    ['traditional Chinese', '聯合國軍隊', '联合国军队'],
    ['soft hyphens and joiners', 'cease\u00adfire\u200b', 'ceasefire'],
  ])('%s: %s', (_, surface, key) => {
    expect(foldWord(surface)).toBe(key);
  });
});

describe('foldWord keeps different', () => {
  test.each([
    ['Ukrainian ї and і', 'їх', 'іх'],
    ['Ukrainian ґ and г', 'ґрати', 'грати'],
    ['Cyrillic й and и', 'край', 'краи'],
    ['simplified Chinese and reformed Japanese', '关', '関'],
    ['words and their apostrophes', "we're", 'were'],
  ])('%s', (_, one, other) => {
    expect(foldWord(one)).not.toBe(foldWord(other));
  });
});

test('folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (word) => {
      expect(foldWord(foldWord(word))).toBe(foldWord(word));
      expect(foldRaw(foldRaw(word))).toBe(foldRaw(word));
    }),
    { numRuns: 2_000 },
  );
});

test('foldRaw keeps case and diacritics, and unifies composition and apostrophes', () => {
  expect(foldRaw('E\u0301lyse\u0301e')).toBe('Élysée');
  expect(foldRaw('O\u2019Neill')).toBe("O'Neill");
  expect(foldRaw('US')).not.toBe(foldRaw('us'));
});

test('joinedInitials takes the points out of capitals, and of nothing else', () => {
  const words = ['U.S', 'U.S.A', 'С.Ш.А', 'US', 'U', 'p.m', 'e.g', '1.5', 'U.s', 'St.Louis'];

  expect(words.map(joinedInitials)).toEqual(['US', 'USA', 'США', null, null, null, null, null, null, null]);
});

describe('simplifyHan', () => {
  test.each([
    ['軍隊', '军队'],
    ['條約', '条约'],
    ['協定', '协定'],
    ['談判', '谈判'],
    ['導彈發射', '导弹发射'],
    ['制裁伊朗', '制裁伊朗'],
    ['烏克蘭總統', '乌克兰总统'],
    ['批准書', '批准书'],
    ['戰爭', '战争'],
    ['臺灣', '台湾'],
    ['龜', '龟'],
    ['乾', '干'],
  ])('%s becomes %s', (traditional, simplified) => {
    expect(simplifyHan(traditional)).toBe(simplified);
  });

  test('kana, Hangul, reformed Japanese and simplified characters stay', () => {
    for (const text of ['カタカナ', '병력', '戦争の気圧', '国际会议']) expect(simplifyHan(text)).toBe(text);
  });

  test('what is simplified has no simpler form', () => {
    for (let code = 0x4e00; code <= 0x9fff; code++) {
      const once = simplifyHan(String.fromCharCode(code));
      expect(simplifyHan(once)).toBe(once);
    }
  });
});
