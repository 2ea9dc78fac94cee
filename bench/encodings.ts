// Encodings: feeds of natural sentences in their legacy encodings, with correct labels, wrong ones and none: how many
// are read correctly. Counted separately for sentences that the detector was tuned on and for those (and some languages) it never saw.
import { decodeBytes } from '../shared/feeds/reading/decode-bytes.ts';
import {
  HONEST_KINDS,
  honestCases,
  type LabelledFeed,
  mislabelledCases,
  unlabelledCases,
} from '../test/shared/feeds/reading/labelled-feeds.ts';
import { type Half, sameText } from '../test/shared/feeds/reading/transcoded-feeds.ts';
import { heading, note, tell } from './report.ts';

const HALVES: readonly Half[] = ['tuned', 'held out'];
const GOALS = { honest: 99.9, mislabelled: 97 } as const;
const MOST_TOLD = 12;

export function run(): void {
  for (const half of HALVES) {
    heading(`Feeds read right, sentences ${half === 'tuned' ? 'of the tuning' : 'held out'}`);
    for (const kind of HONEST_KINDS) count(`honest labels, ${kind}`, honestCases(half, kind), GOALS.honest);
    count('known wrong labels', mislabelledCases(half), GOALS.mislabelled);
    count('no label', unlabelledCases(half));
  }
}

function count(name: string, feeds: Iterable<LabelledFeed>, least?: number): void {
  let all = 0;
  let right = 0;
  const wrong = new Map<string, number>();
  for (const { text, body, contentType, about } of feeds) {
    all += 1;
    const decoded = decodeBytes(body, contentType);
    if (sameText(decoded.text, text)) right += 1;
    else {
      const key = `${about} -> ${decoded.encoding}`;
      wrong.set(key, (wrong.get(key) ?? 0) + 1);
    }
  }
  tell(`${name} (${all})`, (100 * right) / all, '%', least === undefined ? {} : { least });
  for (const [about, times] of [...wrong].sort((a, b) => b[1] - a[1]).slice(0, MOST_TOLD))
    note(`  ${times} × ${about}`);
}
