// What a document says that its story did not, by kind: numbers, decisions, names and, in the headline alone, other words. A rare word of the
// text is none of these.
import { decisionsTaken } from './announcements.ts';
import { isKnownRounded } from './rounded-numbers.ts';
import { includes, type StoryRecord } from './story-record.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

/** Weightiest first, all of them. */
export interface Novelty {
  /** The share of what the headline says that no report of the story said, 0 to 1. Names count for twice as much as other words. */
  readonly headlineShare: number;
  /** Those of the headline, without ages and roundings; and how many are dead, hurt or missing where the story had none. */
  readonly numbers: readonly WeighedWord[];
  /** Of the headline: adopted, rejected, died, where the story has no word of the same meaning, or had only announced it. */
  readonly decisions: readonly WeighedWord[];
  /** Of the headline; of the text those that hardly any report has. */
  readonly names: readonly WeighedWord[];
  /** Other words of the headline. */
  readonly words: readonly WeighedWord[];
}

/** In nats: a name that one report in 400 has. */
const RARE_NAME = 6;
/** What a word of the headline counts for that is no name. */
const WORD_FACTOR = 0.5;

export function whatsNew(document: WeighedDocument, story: StoryRecord): Novelty {
  const fresh = document.ranked.filter(({ key, nameKey }) => !isKnown(key, nameKey, story));
  const headline = fresh.filter(({ inTitle }) => inTitle);
  const hasToll =
    fresh.some(({ isToll }) => isToll) && [...document.tollWords].some((key) => includes(story.known, key));
  return {
    headlineShare: told(headline) / (told(document.ranked.filter(({ inTitle }) => inTitle)) || 1),
    numbers: fresh.filter(
      ({ isNumber, value, shown, inTitle, isAge, isToll }) =>
        isNumber &&
        !isAge &&
        (inTitle || (isToll && !hasToll)) &&
        !isKnownRounded(value, shown, (key) => includes(story.known, key)),
    ),
    decisions: [
      ...headline.filter(({ meaning }) => meaning.length > 0 && !meaning.some((key) => includes(story.known, key))),
      ...decisionsTaken(document, story),
    ],
    names: fresh.filter(({ nameKey, inTitle, information }) => nameKey !== 0 && (inTitle || information >= RARE_NAME)),
    words: headline.filter(({ nameKey, isNumber }) => nameKey === 0 && !isNumber),
  };
}

const isKnown = (key: number, nameKey: number, story: StoryRecord): boolean =>
  includes(story.known, key) || (nameKey !== 0 && includes(story.names, nameKey));

function told(words: readonly WeighedWord[]): number {
  let sum = 0;
  for (const { information, nameKey } of words) sum += nameKey === 0 ? WORD_FACTOR * information : information;
  return sum;
}
