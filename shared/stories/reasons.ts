// Why a document was put where it was, in words for people.
import { includes, type StoryRecord } from './story-record.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';
import type { Novelty } from './whats-new.ts';

const MOST_WORDS = 3;

export const ROUND_UP_REASON = 'a round-up: kept apart from all stories';
export const firstReason = (nearest: { readonly story: StoryRecord; readonly because: string } | null): string =>
  nearest === null ? 'no open story is similar' : `not ${nearest.story.id}: ${nearest.because}`;

export const copyReason = (document: WeighedDocument, story: StoryRecord): string =>
  `same text as a report in ${story.id}; shares ${shared(document, story)}`;

export const sameReason = (document: WeighedDocument, story: StoryRecord): string =>
  `shares ${shared(document, story)} with ${story.id}; nothing new`;

export function newReason(document: WeighedDocument, story: StoryRecord, novelty: Novelty): string {
  const fresh = newest(novelty);
  const end = fresh.length === 0 ? 'worded differently' : `new: ${marked(fresh)}`;
  return `shares ${shared(document, story)} with ${story.id}; ${end}`;
}

/** The most telling first. */
export const newWords = (novelty: Novelty): readonly string[] =>
  newest(novelty)
    .slice(0, MOST_WORDS)
    .map(({ shown }) => shown);

const newest = ({ numbers, decisions, names, words }: Novelty): readonly WeighedWord[] => [
  ...new Set([...numbers, ...decisions, ...names, ...words]),
];

/** The weightiest words of the document that the story has. */
const shared = ({ ranked }: WeighedDocument, story: StoryRecord): string =>
  marked(ranked.filter(({ key }) => includes(story.known, key)));

const marked = (words: readonly WeighedWord[]): string =>
  words
    .slice(0, MOST_WORDS)
    .map(({ shown }) => `*${shown}*`)
    .join(', ');
