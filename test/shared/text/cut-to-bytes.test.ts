// Sizes are bytes of UTF-8: é has two, 軍 three, 😀 four.
import { cutToBytes, keptBytes } from '../../../shared/text/cut-to-bytes.ts';

it.each([
  ['abcd', 4, 'abcd'],
  ['abcd', 3, 'abc'],
  ['abcd', 0, ''],
  ['abcd', 9, 'abcd'],
  ['aéb', 2, 'a'],
  ['aéb', 3, 'aé'],
  ['軍隊', 5, '軍'],
  ['軍隊', 6, '軍隊'],
  ['😀x', 3, ''],
  ['😀x', 4, '😀'],
  ['', 4, ''],
])('the beginning of %j in %i bytes is %j', (text, maxBytes, kept) => {
  expect(keptBytes(text, maxBytes)).toBe(kept);
});

it.each([
  ['that fits stays as it is', 'twelve bytes', 12, 'twelve bytes'],
  ['that is a byte too long ends in a mark, which counts', 'thirteen byte', 12, 'thirte […]'],
  ['is not cut within a character', 'ééééééé', 12, 'ééé […]'],
])('a text %s', (_what, text, maxBytes, cut) => {
  const found = cutToBytes(text, maxBytes);

  expect(found).toBe(cut);
  expect(Buffer.byteLength(found)).toBeLessThanOrEqual(maxBytes);
});
