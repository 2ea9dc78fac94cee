// Stories in memory: for the command and for measurements. Bounded in the number of stories, not only in time.
import { MINUTE_MS } from '../core/time.ts';
import { MOST_FOUND, type StoryIndex, type StoryVerdict } from './story-index.ts';
import { OPEN_FOR_MS, type StoryRecord } from './story-record.ts';

const MOST_STORIES = 50_000;
const MOST_VERDICTS = 200_000;
/** Stories that are kept under one key: those that had a report last. */
const MOST_UNDER_KEY = 16;
/** Times in minutes since 1970 are below this: later ones, after the year 4000, count as the last minute before it. */
const AFTER_ALL_TIMES = 2 ** 30;

export interface MemoryIndexBounds {
  readonly mostStories?: number;
}

export class MemoryStoryIndex implements StoryIndex {
  readonly #mostStories: number;
  readonly #verdicts = new Map<string, StoryVerdict>();
  /** By the id of the story, its place: a number, so that lists of stories are lists of small integers. The one that was put last is last. */
  readonly #places = new Map<string, number>();
  /** By number of place. */
  readonly #stories: (StoryRecord | null)[] = [];
  /** By number of place: minutes since 1970 of its last report. Beside the stories, since a search looks at hundreds of them. */
  readonly #lastAt: Int32Array;
  /** By number of place, for the search that runs: under how many of the keys it is. */
  readonly #timesMet: Uint8Array;
  readonly #free: number[] = [];
  /** By language and key: numbers of places, the one that was put last is last. */
  readonly #underKey = new Map<string, Map<number, number[]>>();

  constructor({ mostStories = MOST_STORIES }: MemoryIndexBounds = {}) {
    this.#mostStories = mostStories;
    // One more is put before the oldest goes.
    this.#lastAt = new Int32Array(mostStories + 1);
    this.#timesMet = new Uint8Array(mostStories + 1);
  }

  /** Open stories. */
  get size(): number {
    return this.#places.size;
  }

  async verdictOf(documentId: string): Promise<StoryVerdict | null> {
    return this.#verdicts.get(documentId) ?? null;
  }

  async find(language: string, keys: readonly number[]): Promise<readonly StoryRecord[]> {
    const underKey = this.#underKey.get(language);
    if (underKey === undefined) return [];
    const timesMet = this.#timesMet;
    const met: number[] = [];
    for (const key of keys) {
      const places = underKey.get(key);
      if (places === undefined) continue;
      for (let i = 0; i < places.length; i++) {
        const place = places[i]!;
        const times = timesMet[place]!;
        if (times === 0) met.push(place);
        timesMet[place] = times + 1;
      }
    }
    return met.length === 0 ? [] : this.#best(met);
  }

  async put(documentId: string, verdict: StoryVerdict, story: StoryRecord | null): Promise<void> {
    this.#verdicts.set(documentId, verdict);
    if (this.#verdicts.size > MOST_VERDICTS) dropOldest(this.#verdicts);
    if (story === null) return;
    const place = this.#places.get(story.id) ?? this.#free.pop() ?? this.#stories.length;
    this.#stories[place] = story;
    this.#lastAt[place] = Math.min(AFTER_ALL_TIMES - 1, Math.max(0, Math.floor(story.lastAtMs / MINUTE_MS)));
    this.#places.delete(story.id);
    this.#places.set(story.id, place);
    for (const key of story.lookupKeys) this.#keepUnder(story.language, key, place);
    this.#closeOld(story.lastAtMs - OPEN_FOR_MS);
  }

  /** Those met most often, the newest of them first. */
  #best(met: readonly number[]): readonly StoryRecord[] {
    const timesMet = this.#timesMet;
    const lastAt = this.#lastAt;
    const best: number[] = [];
    const ranks: number[] = [];
    for (const place of met) {
      const rank = timesMet[place]! * AFTER_ALL_TIMES + lastAt[place]!;
      timesMet[place] = 0;
      let at = best.length;
      while (at > 0 && rank > ranks[at - 1]!) at--;
      if (at >= MOST_FOUND) continue;
      for (let i = Math.min(best.length, MOST_FOUND - 1); i > at; i--) {
        best[i] = best[i - 1]!;
        ranks[i] = ranks[i - 1]!;
      }
      best[at] = place;
      ranks[at] = rank;
    }
    return best.map((place) => this.#stories[place]!);
  }

  #keepUnder(language: string, key: number, place: number): void {
    let underKey = this.#underKey.get(language);
    if (underKey === undefined) {
      underKey = new Map();
      this.#underKey.set(language, underKey);
    }
    const places = underKey.get(key);
    // A list that is made with its only place is a seventh as large as one that it is pushed to, and most have no other.
    if (places === undefined) underKey.set(key, [place]);
    else moveToEnd(places, place);
  }

  #closeOld(beforeMs: number): void {
    for (const [id, place] of this.#places) {
      const story = this.#stories[place]!;
      if (this.#places.size <= this.#mostStories && story.lastAtMs >= beforeMs) return;
      this.#places.delete(id);
      this.#stories[place] = null;
      this.#free.push(place);
      for (const key of story.lookupKeys) this.#forget(story.language, key, place);
    }
  }

  #forget(language: string, key: number, place: number): void {
    const underKey = this.#underKey.get(language);
    const places = underKey?.get(key) ?? [];
    const at = places.indexOf(place);
    if (at !== -1) places.splice(at, 1);
    if (places.length === 0) underKey?.delete(key);
  }
}

function moveToEnd(places: number[], place: number): void {
  if (places.at(-1) === place) return;
  const at = places.indexOf(place);
  if (at !== -1) places.splice(at, 1);
  else if (places.length >= MOST_UNDER_KEY) places.shift();
  places.push(place);
}

function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
