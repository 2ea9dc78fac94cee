// The Korean encoding, held against another decoder: what Python's cp949 makes of each pair of bytes.
import { createHash } from 'node:crypto';
import { decodeKorean } from '../../../shared/text/decode-korean.ts';

const decoded = (...bytes: readonly number[]): string => decodeKorean(Uint8Array.from(bytes));

/** From 0x8141 to 0xfefe. */
const allPairs = (): readonly (readonly [number, number])[] =>
  Array.from({ length: 0xff - 0x81 }, (_, lead) =>
    Array.from({ length: 0xff - 0x41 }, (_, trail) => [0x81 + lead, 0x41 + trail] as const),
  ).flat();

describe('Korean bytes', () => {
  it('give what Python makes of each pair of bytes, but for the rows of private use', () => {
    const characters = allPairs().map((pair) => {
      const [first = ''] = decoded(...pair);
      return /\p{Co}/u.test(first) ? '\ufffd' : first;
    });

    expect(characters.filter((character) => character !== '\ufffd')).toHaveLength(17_048);
    expect(createHash('sha256').update(characters.join('')).digest('hex')).toBe(
      '5c78f63b09bdb486c9173a02cdb80fb3be89fac492573c9e1478ed948b3de4c5',
    );
  });

  it.each([
    ['the first syllable that Microsoft added', [0x81, 0x41], '갂'],
    ['the last one', [0xc6, 0x52], '힣'],
    ['the first syllable of the standard', [0xb0, 0xa1], '가'],
    ['the last character of the standard', [0xfd, 0xfe], '詰'],
    ['a euro', [0xa2, 0xe6], '€'],
    ['letters, spaces and line ends', [0x41, 0x20, 0x0a, 0x7f], 'A \n\x7f'],
  ])('are read: %s', (_what, bytes, text) => {
    expect(decoded(...bytes)).toBe(text);
  });

  it.each([
    ['a lead byte before the first', [0x80, 0x41], '\ufffdA'],
    ['a lead byte before the first, with a high byte', [0x80, 0xa1, 0x42], '\ufffdB'],
    ['a lead byte behind the last', [0xff, 0x41], '\ufffdA'],
    ['a lead byte before a line end', [0xb0, 0x0a, 0x41], '\ufffd\nA'],
    ['a lead byte before the first trail byte', [0x81, 0x40], '\ufffd@'],
    ['a pair of which there is no syllable', [0xc6, 0x53], '\ufffdS'],
    ['two high bytes that are no pair', [0xc8, 0x80, 0x41], '\ufffdA'],
    ['a lead byte at the end', [0x41, 0xb0], 'A\ufffd'],
  ])('that are broken cost one character: %s', (_what, bytes, text) => {
    expect(decoded(...bytes)).toBe(text);
  });
});
