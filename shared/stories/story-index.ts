// Where stories are kept and found: by key alone, so that a table can do it with few reads and writes as well as a map in memory.
import type { StoryKind } from '../model/hit.ts';
import type { StoryRecord } from './story-record.ts';

/** A document is looked for under so many keys, which a table reads at once. */
export const KEYS_SOUGHT = 16;
/** A story is found under so many keys, one write each. They never change. */
export const KEYS_OF_STORY = 4;
/** Stories that a document is compared with. */
export const MOST_FOUND = 10;

/** What a document is to its story. */
export interface StoryVerdict {
  readonly story: string;
  readonly kind: StoryKind;
  /** In words for people, with the deciding words between asterisks. */
  readonly reason: string;
  /** What it brought that the story did not have, in words of the document; the most telling first. */
  readonly news: readonly string[];
}

export interface StoryIndex {
  /** The verdict on a document that was seen before, which a table keeps with the hit itself; null for a new one. */
  verdictOf(documentId: string): Promise<StoryVerdict | null>;
  /** The open stories under these keys, at most `KEYS_SOUGHT`: those under most of them, the newest of them first, at most `MOST_FOUND`. */
  find(language: string, keys: readonly number[]): Promise<readonly StoryRecord[]>;
  /** Keeps the verdict, and the story under its `KEYS_OF_STORY` keys, together or not at all. `null`: a story that attracts nothing. */
  put(documentId: string, verdict: StoryVerdict, story: StoryRecord | null): Promise<void>;
}
