// How often feeds in legacy encodings are read right, on natural sentences: the small feeds of `npm run bench -- encodings`.
import { decodeBytes } from '../../../shared/feeds/reading/decode-bytes.ts';
import {
  HONEST_KINDS,
  honestCases,
  type LabelledFeed,
  mislabelledCases,
  unlabelledCases,
} from '../feeds/reading/labelled-feeds.ts';
import { type Half, sameText } from '../feeds/reading/transcoded-feeds.ts';

const FEW_ITEMS = [5];
const HALVES: readonly Half[] = ['tuned', 'held out'];

/** What each that is read wrong is, and how many there were in all. */
function readWrong(feeds: Iterable<LabelledFeed>): { readonly wrong: readonly string[]; readonly all: number } {
  const wrong: string[] = [];
  let all = 0;
  for (const { text, body, contentType, about } of feeds) {
    all += 1;
    const decoded = decodeBytes(body, contentType);
    if (!sameText(decoded.text, text)) wrong.push(`${about}: read as ${decoded.encoding}`);
  }
  return { wrong, all };
}

describe.each(HALVES)('feeds of five items, of sentences %s', (half) => {
  it.each(HONEST_KINDS)('are read as their honest labels say: %s', (kind) => {
    const { wrong, all } = readWrong(honestCases(half, kind, FEW_ITEMS));

    expect(all).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  it('are read right against labels that are known to be wrong, 97 in 100', () => {
    const { wrong, all } = readWrong(mislabelledCases(half, FEW_ITEMS));

    expect(all).toBeGreaterThan(2_000);
    expect(wrong.length / all).toBeLessThan(0.03);
  });

  it('are read right without a label, 97 in 100', () => {
    const { wrong, all } = readWrong(unlabelledCases(half, FEW_ITEMS));

    expect(all).toBeGreaterThan(50);
    expect(wrong.length / all).toBeLessThan(0.03);
  });
});

describe('the measure', () => {
  it('counts a feed that is not read right', () => {
    const feed: LabelledFeed = { text: 'été', body: Buffer.from('ete'), contentType: undefined, about: 'a wrong text' };

    expect(readWrong([feed])).toEqual({ wrong: ['a wrong text: read as utf-8'], all: 1 });
  });
});
