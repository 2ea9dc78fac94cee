import { tidyLines, tidyText, UNTIDY } from '../../../shared/text/tidy-text.ts';

it.each([
  ['outer white space goes', ' \n a b \t', 'a b'],
  ['white space collapses', 'a  b\n\n\tc\u00a0d', 'a b c d'],
  ['controls go, but for white space', 'a\u0007b\u009fc\td', 'abc d'],
  ['soft hyphens and zero-width spaces go', 'mi\u00adnis\u200btry', 'ministry'],
  ['marks of direction go', 'a\u200eb\u200fc\u202ad\u202ee\u2060f\u2066g\u2069h', 'abcdefgh'],
  ['the mark of the byte order goes', '\ufeffa\ufeffb', 'ab'],
  ['joiners stay', 'می\u200cخواهم क्\u200dष', 'می\u200cخواهم क्\u200dष'],
  ['half of a pair becomes U+FFFD', 'a\ud800b', 'a\ufffdb'],
  ['pairs stay', '😀 — a', '😀 — a'],
])('in one line %s', (_what, text, tidy) => {
  expect(tidyText(text)).toBe(tidy);
});

it.each([
  ['one blank for many', 'a  b\t\tc\u00a0d', 'a b c d'],
  ['a line end for many, without blanks beside it', 'a \n b\n\n \nc', 'a\nb\nc'],
  ['nothing around', '\n a b \n', 'a b'],
  ['no invisible characters', 'a\u200b\nb', 'a\nb'],
  ['what is tidy as it is', 'a b', 'a b'],
])('lines have %s', (_what, text, tidy) => {
  expect(tidyLines(text)).toBe(tidy);
});

it('white space is untidy unless it is one blank', () => {
  expect(['a b', 'a  b', 'a\tb', 'a\u00a0b', ''].map((text) => UNTIDY.test(text))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});
