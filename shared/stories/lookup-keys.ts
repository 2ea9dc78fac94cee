// Under which words a story is kept and looked for. Not its rarest words: those that another report of the event is likely to have too.
import { KEYS_OF_STORY, KEYS_SOUGHT } from './story-index.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

/**
 * How likely another report of the same event has the word, measured on a week of labelled news: names more than other words,
 * those of the headline more than those of the lead, and most of all those in both.
 */
const CHANCES = {
  name: { both: 0.72, title: 0.55, repeated: 0.45, lead: 0.37 },
  other: { both: 0.49, title: 0.33, repeated: 0.2, lead: 0.15 },
} as const;
/** What is rarer than this finds no fewer other stories. In nats. */
const RARE_ENOUGH = 5;
/** Keys that are words of the title: a copy has another one. */
const MOST_OF_TITLE = (5 / 8) * KEYS_SOUGHT;

/**
 * The best keys first: those under which a story of the document is kept, then more under which it is looked for. Some are words of the text, where
 * there are any, since another outlet may give the same text a headline of its own.
 */
export function lookupKeys({ words }: WeighedDocument): readonly number[] {
  const best = bestOf(words.all);
  const own = best.slice(0, KEYS_OF_STORY);
  // A word of the title that comes again is taken for one of the text.
  if (!own.some(({ inTitle, count }) => !inTitle || count > 1)) {
    const [other] = bestOf(words.all.filter(({ inTitle, count }) => !inTitle || count > 1));
    if (other !== undefined) own.splice(-1, 1, other);
  }
  const ofTitle = best.filter((word) => word.inTitle && !own.includes(word)).slice(0, MOST_OF_TITLE - KEYS_OF_STORY);
  const ofText = bestOf(words.all.filter((word) => !word.inTitle && !own.includes(word)));
  const others = bestOf([...ofTitle, ...ofText.slice(0, KEYS_SOUGHT - own.length - ofTitle.length)]);
  return [...own, ...others].map(({ key }) => key);
}

/** Of equal ones those that come first: what an event is about is in the first sentence. */
function bestOf(words: readonly WeighedWord[]): WeighedWord[] {
  const best: WeighedWord[] = [];
  const scores: number[] = [];
  for (const word of words) {
    const score = scoreOf(word);
    let at = best.length;
    while (at > 0 && score > scores[at - 1]!) at--;
    if (at >= KEYS_SOUGHT) continue;
    for (let i = Math.min(best.length, KEYS_SOUGHT - 1); i > at; i--) {
      best[i] = best[i - 1]!;
      scores[i] = scores[i - 1]!;
    }
    best[at] = word;
    scores[at] = score;
  }
  return best;
}

const scoreOf = (word: WeighedWord): number => chanceOf(word) * Math.min(RARE_ENOUGH, word.information);

function chanceOf({ nameKey, inTitle, count }: WeighedWord): number {
  const chances = nameKey === 0 ? CHANCES.other : CHANCES.name;
  if (!inTitle) return count > 1 ? chances.repeated : chances.lead;
  return count > 1 ? chances.both : chances.title;
}
