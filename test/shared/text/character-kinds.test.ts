// What kind of character each is, where a text is weighed for how well it reads.
import {
  CAPITAL,
  caseOf,
  DIGIT,
  DRAWING,
  HAN,
  HANGUL,
  JOINING,
  kindOf,
  LATIN,
  LETTER,
  MARK,
  NO_CHARACTER,
  NO_SCRIPT,
  OTHER_ASCII,
  QUOTE,
  SELDOM,
  SIGN,
  SIGN_BEHIND,
  SMALL,
  scriptOf,
} from '../../../shared/text/character-kinds.ts';

const kindsOf = (characters: string): number[] =>
  Array.from({ length: characters.length }, (_, at) => kindOf(characters.charCodeAt(at)));

it.each<[what: string, kind: number, characters: string]>([
  ['signs that news has often', SIGN, '£€§°½¼¾±×¥¢µ№¿¡÷‰…，、。；：！？～（）'],
  ['halves of pairs', SIGN, '\ud800\udbff\udc00\udfff'],
  ['signs behind a word', SIGN_BEHIND, 'ªº²³©®™'],
  ['signs between letters', JOINING, '’–—\u00a0\u00ad·•・\u2009'],
  ['quotes', QUOTE, '‘“”„‚«»‹›「」『』《》〈〉【】'],
  ['seldom signs', SELDOM, '¤¶¬¦¨†‡→\u02b0\u02c6\u02ff\u22ff\u2600'],
  ['lines and blocks', DRAWING, '\u2300─╤█▀\u25ff'],
  ['no characters', NO_CHARACTER, '\0\x08\x0e\x1f\x7f\x80\x9f\ue000\uf8ff\ufffd\uffff'],
  ['digits', DIGIT, '0189'],
  ['other ASCII', OTHER_ASCII, ' !/:@[`{~\t\n\r'],
])('%s', (_what, kind, characters) => {
  expect(kindsOf(characters)).toEqual(kindsOf(characters).map(() => kind));
});

it.each<[script: string, number: number, letters: string]>([
  ['Latin', LATIN, 'azAZéŁ'],
  ['Han and kana', HAN, '兵のカー々ｰﾞﾟ'],
  ['Hangul', HANGUL, '가힣ㄱ'],
  ['Cyrillic', 3, 'яЖ'],
  ['Greek', 4, 'αΩ'],
  ['Hebrew', 5, 'את'],
  ['Arabic', 6, 'عي'],
  ['Thai', 7, 'กา'],
  ['none that an old encoding holds', NO_SCRIPT, 'कა'],
])('letters are of one script each: %s', (_script, number, letters) => {
  for (const letter of letters) {
    const kind = kindOf(letter.charCodeAt(0));
    expect([letter, kind >= LETTER, scriptOf(kind)]).toEqual([letter, true, number]);
  }
});

it('letters are small, capital, marks or without case', () => {
  expect([...'aяω'].map((letter) => caseOf(kindOf(letter.charCodeAt(0))))).toEqual([SMALL, SMALL, SMALL]);
  expect([...'AЯΩ'].map((letter) => caseOf(kindOf(letter.charCodeAt(0))))).toEqual([CAPITAL, CAPITAL, CAPITAL]);
  expect([...'\u0301\u0e49\u064e'].map((letter) => caseOf(kindOf(letter.charCodeAt(0))))).toEqual([MARK, MARK, MARK]);
  expect([...'兵가ع'].map((letter) => caseOf(kindOf(letter.charCodeAt(0))))).toEqual([0, 0, 0]);
});
