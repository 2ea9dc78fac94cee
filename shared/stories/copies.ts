// Whether a document is the text of a report that a story has already: an agency's text with another headline, head or foot, or cut short.
import { type Overlap, overlapOf, type Stretch } from './runs-of-words.ts';
import { includes, type ReportRecord, type StoryRecord } from './story-record.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

/** Share of the shorter text's runs. A changed byline and a removed paragraph leave more. */
const LEAST_SHARE = 0.72;
/**
 * Of a short text a head, a foot and a cut leave less. Then the texts must be the same from head to foot: one may go on where the other ends, but
 * both do not go on differently.
 */
const LEAST_WITH_HEAD_AND_FOOT = 0.4;
const LEAST_WITHIN = 0.8;
const FEWEST_WORDS_WITHIN = 12;
/** Fewer sampled runs tell nothing: two short sentences may share them by chance. */
const FEWEST_RUNS = 5;
/** Words before and behind the text. What is longer is a new first sentence, or another end. */
const LONGEST_HEAD = 18;
const LONGEST_FOOT = 30;

/**
 * A copy says nothing else between its head and its foot. Another number or name there makes it another text of the same form: the daily report of
 * a market, an earthquake's notice. So does another number in the headline.
 */
export const isCopy = (document: WeighedDocument, story: StoryRecord): boolean =>
  story.newest.some((report) => isCopyOf(document, report, story));

function isCopyOf(document: WeighedDocument, report: ReportRecord, story: StoryRecord): boolean {
  const overlap = overlapOf(document.runs.sample(), report.sample);
  if (overlap.runs < FEWEST_RUNS || overlap.share < LEAST_WITH_HEAD_AND_FOOT) return false;
  if (overlap.own !== null && !hasHead(overlap.own)) return false;
  if (overlap.share < LEAST_SHARE && !isSameFromHeadToFoot(overlap)) return false;
  const within = document.runs.keysWithin(report.sample);
  return !document.words.all.some((word) => !includes(story.known, word.key) && tellsOther(word, within, document));
}

const isSameFromHeadToFoot = ({ shareWithin, own, others }: Overlap): boolean =>
  shareWithin >= LEAST_WITHIN &&
  own !== null &&
  others !== null &&
  own.last - own.first >= FEWEST_WORDS_WITHIN &&
  hasHead(others) &&
  (hasFoot(own) || hasFoot(others));

/** Of a word that the story has not. What is far down in the text was not read, so a number of the headline may come from there. */
function tellsOther(
  { key, shown, nameKey, isNumber, inTitle, count }: WeighedWord,
  within: ReadonlySet<number>,
  { document, runs }: WeighedDocument,
): boolean {
  if (inTitle && count === 1 && !runs.withTitle) return isNumber && !document.text.includes(shown);
  return (isNumber && inTitle) || ((isNumber || nameKey !== 0) && within.has(key));
}

const hasHead = ({ before }: Stretch): boolean => before <= LONGEST_HEAD;
const hasFoot = ({ behind }: Stretch): boolean => behind <= LONGEST_FOOT;
