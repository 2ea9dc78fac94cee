// What the scanner gives up on, so that its time grows with the length of a document and not faster. What it reads: structure.test.ts, damage.test.ts.
import { MarkupScanner } from '../../../../shared/feeds/reading/markup-scanner.ts';

describe('a text without an end', () => {
  it('is examined for eight texts of one item; the next is not, nor any before the end of the item', () => {
    const source = `${'words '.repeat(20)}</item>`;
    const scanner = new MarkupScanner(source, new Set());

    const ends = Array.from({ length: 9 }, (_, at) => scanner.endOfText('title', at));

    const frame = source.indexOf('</item>');
    expect(ends.slice(0, 8).map((end) => end?.at)).toEqual(Array.from({ length: 8 }, () => frame));
    expect(ends[8]).toBeNull();
    expect(scanner.noTextBefore).toBe(frame);
  });

  it('is examined anew in the next item', () => {
    const source = 'words</item>'.repeat(3);
    const scanner = new MarkupScanner(source, new Set());

    const ends = Array.from({ length: 24 }, (_, at) => scanner.endOfText('title', Math.floor(at / 8) * 12));

    expect(ends.filter((end) => end === null)).toEqual([]);
  });

  it.each([
    [15, true],
    [16, false],
  ])(
    'is followed through items to the end of the document; after %d such, one with an end is too: %s',
    (endless, isClosed) => {
      const item = '<item></item>';
      const source = `${item.repeat(endless)}<content>${item}</content>`;
      const scanner = new MarkupScanner(source, new Set());
      for (let at = 0; at < endless; at += 1) scanner.endOfText('body', at * item.length, { mayHoldItems: true });

      const start = source.indexOf('<content>') + '<content>'.length;

      expect(scanner.endOfText('content', start, { mayHoldItems: true })?.isClosed).toBe(isClosed);
    },
  );
});

it.each([
  [99_999, false],
  [100_000, true],
])('an attribute of %d characters is taken for a quote that was not closed: %s', (length, isBroken) => {
  const source = `<a title="${'x'.repeat(length)}">`;
  const repairs = new Set<string>();
  const scanner = new MarkupScanner(source, repairs);

  scanner.endOfTag(2);

  expect(scanner.tagIsBroken).toBe(isBroken);
  expect([...repairs]).toEqual(isBroken ? ['a tag was not closed, or a quote in it'] : []);
});
