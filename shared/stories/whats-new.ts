// What a document says that its story did not: numbers, names and words of the headline.
import { includes, type StoryRecord } from './story-record.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

export interface Novelty {
  /** The share of what the headline says that no report of the story said, 0 to 1. */
  readonly headlineShare: number;
  /** Weightiest first. */
  readonly numbers: readonly WeighedWord[];
  readonly names: readonly WeighedWord[];
  readonly words: readonly WeighedWord[];
  /** Of the headline: adopted, rejected, died. */
  readonly decisions: readonly WeighedWord[];
}

export function whatsNew({ ranked }: WeighedDocument, story: StoryRecord): Novelty {
  const isNew = ({ key, nameKey }: WeighedWord): boolean =>
    !includes(story.known, key) && (nameKey === 0 || !includes(story.names, nameKey));
  const fresh = ranked.filter(isNew);
  const told = (words: readonly WeighedWord[]): number => words.reduce((sum, { information }) => sum + information, 0);
  const headline = ranked.filter(({ inTitle }) => inTitle);
  return {
    headlineShare: headline.length === 0 ? 0 : told(headline.filter(isNew)) / (told(headline) || 1),
    numbers: fresh.filter(({ isNumber }) => isNumber),
    names: fresh.filter(({ nameKey, isNumber }) => nameKey !== 0 && !isNumber),
    decisions: fresh.filter(({ isDecisive, inTitle }) => isDecisive && inTitle),
    words: fresh.filter(({ nameKey, isNumber }) => nameKey === 0 && !isNumber),
  };
}
