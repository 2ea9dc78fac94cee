// Whether a document is the text of a report that a story has already: an agency's text with another headline, head or foot, or cut short.
import { containment } from './runs-of-words.ts';
import { includes, type StoryRecord } from './story-record.ts';
import type { WeighedDocument } from './weigh-document.ts';

/** Share of the shorter text's runs of words. A changed byline and a removed last paragraph leave more. */
const LEAST_SHARE = 0.72;
/** Fewer sampled runs tell nothing: two short sentences may share them by chance. */
const FEWEST_RUNS = 5;

/**
 * A copy shares nearly all of the shorter text. What it says in other numbers or names between the first and the last shared run makes it
 * another text of the same form: the daily report of a market, an earthquake's notice.
 */
export function isCopy(document: WeighedDocument, story: StoryRecord): boolean {
  const sample = document.runs.sample();
  const report = story.newest.find((each) => {
    const { share, runs } = containment(sample, each.sample);
    return runs >= FEWEST_RUNS && share >= LEAST_SHARE;
  });
  if (report === undefined) return false;
  const within = document.runs.keysWithin(report.sample);
  return !document.words.all.some(
    ({ key, nameKey, isNumber }) => (isNumber || nameKey !== 0) && within.has(key) && !includes(story.known, key),
  );
}
