// The bounds of writing systems, held against what Unicode says of the characters on either side.
import { isHangul, isHanOrKana, isKatakana, isUnspaced } from '../../../shared/text/scripts.ts';

/** Each bound: the last code point outside, the first inside, the last inside, the first outside. */
const within = (is: (codePoint: number) => boolean, first: number, last: number): boolean[] =>
  [first - 1, first, last, last + 1].map(is);

it.each([
  ['Thai and Lao', 0xe00, 0xeff],
  ['Burmese', 0x1000, 0x109f],
  ['Khmer', 0x1780, 0x17ff],
  ['Burmese, extended', 0xa9e0, 0xa9ff],
  ['Burmese, extended further', 0xaa60, 0xaa7f],
])('%s has no spaces between words', (_script, first, last) => {
  expect(within(isUnspaced, first, last)).toEqual([false, true, true, false]);
});

it.each([
  ['letters', 0x30a1, 0x30fa],
  ['the length mark and repetition marks', 0x30fc, 0x30ff],
  ['small letters of Ainu', 0x31f0, 0x31ff],
  ['half-width letters and voicing marks', 0xff66, 0xff9f],
])('katakana are %s', (_what, first, last) => {
  expect(within(isKatakana, first, last)).toEqual([false, true, true, false]);
});

it.each([
  ['radicals, but for a gap', 0x2e80, 0x2e99],
  ['more radicals', 0x2e9b, 0x2ef3],
  ['Kangxi radicals', 0x2f00, 0x2fd5],
  ['repetition mark and zero', 0x3005, 0x3007],
  ['numerals of Hangzhou', 0x3021, 0x3029],
  ['repetition marks of kana', 0x3031, 0x3035],
  ['more numerals and marks', 0x3038, 0x303b],
  ['hiragana', 0x3041, 0x309f],
  ['katakana', 0x30a1, 0x30fa],
  ['length mark', 0x30fc, 0x30ff],
  ['small katakana of Ainu', 0x31f0, 0x31ff],
  ['extension A', 0x3400, 0x4dbf],
  ['the usual characters', 0x4e00, 0x9fff],
  ['compatibility characters', 0xf900, 0xfaff],
  ['half-width katakana', 0xff66, 0xff9d],
  ['old kana', 0x1b000, 0x1b16f],
  ['extensions of the other planes', 0x20000, 0x323af],
])('characters that are a word each: %s', (_what, first, last) => {
  expect(within(isHanOrKana, first, last)).toEqual([false, true, true, false]);
});

it.each([
  ['jamo', 0x1100, 0x11ff],
  ['jamo of computers', 0x3131, 0x318e],
  ['old jamo', 0xa960, 0xa97c],
  ['syllables, with more old jamo', 0xac00, 0xd7ff],
  ['half-width jamo', 0xffa0, 0xffdc],
])('Hangul: %s', (_what, first, last) => {
  expect(within(isHangul, first, last)).toEqual([false, true, true, false]);
});
