// Stories in memory: for the command and for measurements. Bounded in the number of stories, not only in time.
import { MOST_FOUND, type StoryIndex, type StoryVerdict } from './story-index.ts';
import { OPEN_FOR_MS, type StoryRecord } from './story-record.ts';

const MOST_STORIES = 50_000;
const MOST_VERDICTS = 200_000;
/** Stories that are looked at under one key, the newest first. */
const MOST_UNDER_KEY = 24;

export interface MemoryIndexBounds {
  readonly mostStories?: number;
}

export class MemoryStoryIndex implements StoryIndex {
  readonly #mostStories: number;
  readonly #verdicts = new Map<string, StoryVerdict>();
  /** The one that was put last is last. */
  readonly #stories = new Map<string, StoryRecord>();
  /** By language and key: ids of stories, the one that was put last is last. */
  readonly #underKey = new Map<string, Map<number, string[]>>();

  constructor({ mostStories = MOST_STORIES }: MemoryIndexBounds = {}) {
    this.#mostStories = mostStories;
  }

  /** Open stories. */
  get size(): number {
    return this.#stories.size;
  }

  async verdictOf(documentId: string): Promise<StoryVerdict | null> {
    return this.#verdicts.get(documentId) ?? null;
  }

  async find(language: string, keys: readonly number[]): Promise<readonly StoryRecord[]> {
    const underKey = this.#underKey.get(language);
    const found = new Map<string, number>();
    for (const key of keys) {
      const ids = underKey?.get(key) ?? [];
      for (let i = ids.length - 1; i >= Math.max(0, ids.length - MOST_UNDER_KEY); i--)
        found.set(ids[i]!, (found.get(ids[i]!) ?? 0) + 1);
    }
    return [...found]
      .flatMap(([id, count]) => {
        const story = this.#stories.get(id);
        return story === undefined ? [] : [{ story, count }];
      })
      .sort((a, b) => b.count - a.count || b.story.lastAtMs - a.story.lastAtMs)
      .slice(0, MOST_FOUND)
      .map(({ story }) => story);
  }

  async put(documentId: string, verdict: StoryVerdict, story: StoryRecord | null): Promise<void> {
    this.#verdicts.set(documentId, verdict);
    if (this.#verdicts.size > MOST_VERDICTS) dropOldest(this.#verdicts);
    if (story === null) return;
    for (const key of story.lookupKeys) this.#moveToEnd(story, key);
    this.#stories.delete(story.id);
    this.#stories.set(story.id, story);
    this.#closeOld(story.lastAtMs - OPEN_FOR_MS);
  }

  #moveToEnd({ id, language }: StoryRecord, key: number): void {
    const underKey = this.#underKey.get(language) ?? new Map<number, string[]>();
    this.#underKey.set(language, underKey);
    const ids = underKey.get(key);
    if (ids === undefined) underKey.set(key, [id]);
    else {
      const at = ids.lastIndexOf(id);
      if (at !== -1) ids.splice(at, 1);
      ids.push(id);
    }
  }

  #closeOld(beforeMs: number): void {
    for (const [id, story] of this.#stories) {
      if (this.#stories.size <= this.#mostStories && story.lastAtMs >= beforeMs) return;
      this.#stories.delete(id);
      for (const key of story.lookupKeys) this.#forget(story, key);
    }
  }

  #forget({ id, language }: StoryRecord, key: number): void {
    const underKey = this.#underKey.get(language);
    const ids = underKey?.get(key) ?? [];
    if (ids.length <= 1) underKey?.delete(key);
    else ids.splice(ids.indexOf(id), 1);
  }
}

function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
