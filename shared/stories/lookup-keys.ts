// Under which words a story is kept and looked for. Not its rarest words: those that another report of the event is likely to have too.
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

/**
 * How likely another report of the same event has the word, measured on a week of labelled news: names more than other words,
 * those of the headline more than those of the lead, and most of all those in both.
 */
const CHANCES = {
  name: { both: 0.72, title: 0.55, lead: 0.37 },
  other: { both: 0.49, title: 0.33, lead: 0.15 },
} as const;
/** What is rarer than this finds no fewer other stories. In nats. */
const RARE_ENOUGH = 5;

/** The best keys first; of equal ones the smaller. */
export function lookupKeys({ words }: WeighedDocument, most: number): readonly number[] {
  const keys: number[] = [];
  const scores: number[] = [];
  for (const word of words.all) {
    const score = chanceOf(word) * Math.min(RARE_ENOUGH, word.information);
    let at = keys.length;
    while (at > 0 && (score > scores[at - 1]! || (score === scores[at - 1] && word.key < keys[at - 1]!))) at--;
    if (at >= most) continue;
    for (let i = Math.min(keys.length, most - 1); i > at; i--) {
      keys[i] = keys[i - 1]!;
      scores[i] = scores[i - 1]!;
    }
    keys[at] = word.key;
    scores[at] = score;
  }
  return keys;
}

function chanceOf({ nameKey, inTitle, count }: WeighedWord): number {
  const chances = nameKey === 0 ? CHANCES.other : CHANCES.name;
  if (!inTitle) return chances.lead;
  return count > 1 ? chances.both : chances.title;
}
