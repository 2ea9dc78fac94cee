// Stories in memory: for the command and for measurements. Bounded in the number of stories, not only in time.
import { MINUTE_MS } from '../core/time.ts';
import { PlacesByKey } from './places-by-key.ts';
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
  /** By the id of the story, its place: a number, so that lists of stories are lists of small integers. */
  readonly #places = new Map<string, number>();
  /** By number of place. */
  readonly #stories: (StoryRecord | null)[] = [];
  /** By number of place: minutes since 1970 of its last report. Beside the stories, since a search looks at hundreds of them. */
  readonly #lastAt: Int32Array;
  /** By number of place, for the search that runs: under how many of the keys it is. */
  readonly #timesMet: Uint8Array;
  /** Room for the places that a search meets. */
  readonly #met: Int32Array;
  readonly #free: number[] = [];
  /** Places in the order in which their stories were put last. */
  readonly #order: PlacesInOrder;
  /** By language. */
  readonly #underKey = new Map<string, PlacesByKey>();

  constructor({ mostStories = MOST_STORIES }: MemoryIndexBounds = {}) {
    this.#mostStories = mostStories;
    // One more is put before the oldest goes.
    this.#lastAt = new Int32Array(mostStories + 1);
    this.#timesMet = new Uint8Array(mostStories + 1);
    this.#met = new Int32Array(mostStories + 1);
    this.#order = new PlacesInOrder(mostStories + 1);
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
    const met = this.#met;
    let count = 0;
    for (const key of keys) count = underKey.meet(key, timesMet, met, count);
    return this.#best(met.subarray(0, count));
  }

  async put(documentId: string, verdict: StoryVerdict, story: StoryRecord | null): Promise<void> {
    this.#verdicts.set(documentId, verdict);
    if (this.#verdicts.size > MOST_VERDICTS) dropOldest(this.#verdicts);
    if (story === null) return;
    const place = this.#places.get(story.id) ?? this.#free.pop() ?? this.#stories.length;
    this.#stories[place] = story;
    this.#lastAt[place] = Math.min(AFTER_ALL_TIMES - 1, Math.max(0, Math.floor(story.lastAtMs / MINUTE_MS)));
    this.#places.set(story.id, place);
    this.#order.moveToEnd(place);
    for (const key of story.lookupKeys) this.#keepUnder(story.language, key, place);
    this.#closeOld(story.lastAtMs - OPEN_FOR_MS);
  }

  /** Those met most often, the newest of them first. */
  #best(met: Int32Array): readonly StoryRecord[] {
    const timesMet = this.#timesMet;
    const lastAt = this.#lastAt;
    const best: number[] = [];
    const ranks: number[] = [];
    for (let i = 0; i < met.length; i++) {
      const place = met[i]!;
      const rank = timesMet[place]! * AFTER_ALL_TIMES + lastAt[place]!;
      timesMet[place] = 0;
      let at = best.length;
      while (at > 0 && rank > ranks[at - 1]!) at--;
      if (at >= MOST_FOUND) continue;
      for (let k = Math.min(best.length, MOST_FOUND - 1); k > at; k--) {
        best[k] = best[k - 1]!;
        ranks[k] = ranks[k - 1]!;
      }
      best[at] = place;
      ranks[at] = rank;
    }
    return best.map((place) => this.#stories[place]!);
  }

  #keepUnder(language: string, key: number, place: number): void {
    let underKey = this.#underKey.get(language);
    if (underKey === undefined) {
      underKey = new PlacesByKey(MOST_UNDER_KEY);
      this.#underKey.set(language, underKey);
    }
    underKey.put(key, place);
  }

  #closeOld(beforeMs: number): void {
    for (let place = this.#order.first; place !== NO_PLACE; place = this.#order.first) {
      const story = this.#stories[place]!;
      if (this.#places.size <= this.#mostStories && story.lastAtMs >= beforeMs) return;
      this.#order.remove(place);
      this.#places.delete(story.id);
      this.#stories[place] = null;
      this.#free.push(place);
      for (const key of story.lookupKeys) this.#underKey.get(story.language)!.remove(key, place);
    }
  }
}

const NO_PLACE = -1;

/** A chain of places. A map in the order of its entries would step over all that were deleted to find its first. */
class PlacesInOrder {
  /** By number of place; one more that holds the ends together. */
  readonly #before: Int32Array;
  readonly #behind: Int32Array;
  readonly #ends: number;

  constructor(places: number) {
    this.#ends = places;
    this.#before = new Int32Array(places + 1).fill(NO_PLACE);
    this.#behind = new Int32Array(places + 1).fill(NO_PLACE);
    this.#join(places, places);
  }

  get first(): number {
    const first = this.#behind[this.#ends]!;
    return first === this.#ends ? NO_PLACE : first;
  }

  moveToEnd(place: number): void {
    this.remove(place);
    this.#join(this.#before[this.#ends]!, place);
    this.#join(place, this.#ends);
  }

  /** Changes nothing for a place that is not in it. */
  remove(place: number): void {
    if (this.#before[place] === NO_PLACE) return;
    this.#join(this.#before[place]!, this.#behind[place]!);
    this.#before[place] = NO_PLACE;
  }

  #join(before: number, behind: number): void {
    this.#behind[before] = behind;
    this.#before[behind] = before;
  }
}

function dropOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
