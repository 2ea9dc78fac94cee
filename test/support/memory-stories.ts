// Hits, stories, what subscribers were sent of them, and word counts in memory.

import { fitterOf } from '../../shared/model/fit.ts';
import { type Hit, type HitMatch, hitSchema } from '../../shared/model/hit.ts';
import type { ArticleId, DeliveryId, SubscriptionId } from '../../shared/model/ids.ts';
import { filterIdentity, normalFilter } from '../../shared/model/match-filter.ts';
import { hitPosition, newestFirst, storyPosition } from '../../shared/model/positions.ts';
import type { SavedView } from '../../shared/model/saved-view.ts';
import {
  type Alerted,
  furthestSending,
  newReader,
  readerAfter,
  readerAtEnd,
  readerWithoutAlert,
  type Story,
  type StoryReader,
  storySchema,
  withTopics,
} from '../../shared/model/story.ts';
import { storyFits } from '../../shared/model/story-filter.ts';
import type { Triage } from '../../shared/model/triage.ts';
import type {
  Clock,
  HitStore,
  KnownStory,
  Placement,
  StoredWordDay,
  StoryReaderStore,
  StoryStore,
  TriageStore,
  ViewStore,
  WordCountStore,
} from '../../shared/ports.ts';
import { MOST_FOUND } from '../../shared/stories/story-index.ts';
import { cursorPage } from './memory-page.ts';

const fitHit = fitterOf(hitSchema);
const fitStory = fitterOf(storySchema);
const MOST_UNDER_KEY = 24;

/** The part of the state that is about stories. Maps are by id; `storyKeys` by `<language> <key>`, `readers` by `<story> <subscription>`. */
export interface StoryState {
  hits: Map<string, Hit>;
  stories: Map<string, KnownStory>;
  /** Those that attract nothing. */
  closedStories: Map<string, Story>;
  storyKeys: Map<string, { readonly storyIds: readonly string[]; readonly version: number }>;
  readers: Map<string, StoryReader>;
}

export class MemoryHitStore implements HitStore {
  readonly #state: StoryState;
  readonly #clock: Clock;
  readonly #onPendingHit: (hit: Hit) => void;

  constructor(state: StoryState, clock: Clock, onPendingHit: (hit: Hit) => void) {
    this.#state = state;
    this.#clock = clock;
    this.#onPendingHit = onPendingHit;
  }

  async getHit(id: ArticleId): Promise<Hit | null> {
    return living(this.#state.hits.get(id), this.#clock);
  }

  async getHits(ids: readonly ArticleId[]): Promise<readonly Hit[]> {
    return [...new Set(ids)].flatMap((id) => living(this.#state.hits.get(id), this.#clock) ?? []);
  }

  async revise(before: Hit, after: Hit): Promise<'revised' | 'conflict'> {
    const now = this.#state.hits.get(before.article);
    if (now?.revision !== before.revision || now.alertState !== before.alertState) return 'conflict';
    const fitted = fitHit(after);
    this.#state.hits.set(after.article, fitted);
    if (fitted.alertState === 'pending') this.#onPendingHit(fitted);
    return 'revised';
  }

  async markAlerted(id: ArticleId, revision: number, at: string, checkAt: string | null): Promise<void> {
    const hit = this.#state.hits.get(id);
    if (hit?.alertState !== 'pending' || hit.revision !== revision) return;
    this.#state.hits.set(id, { ...hit, alertState: 'done', expandedTo: null, changedAt: at, checkAt });
  }

  async noteChecked(id: ArticleId, checkAt: string): Promise<void> {
    const hit = this.#state.hits.get(id);
    if (hit?.alertState === 'done' && hit.checkAt === checkAt) this.#state.hits.set(id, { ...hit, checkAt: null });
  }

  async noteExpanded(id: ArticleId, revision: number, from: string | null, to: string): Promise<boolean> {
    const hit = this.#state.hits.get(id);
    if (hit?.alertState !== 'pending' || hit.revision !== revision || hit.expandedTo !== from) return false;
    const after = { ...hit, expandedTo: to };
    this.#state.hits.set(id, after);
    this.#onPendingHit(after);
    return true;
  }

  async hitsOfStory(storyId: string, page: { readonly limit: number; readonly cursor: string | null }) {
    const found = [...this.#state.hits.values()]
      .filter((hit) => hit.story.id === storyId && living(hit, this.#clock) !== null)
      .sort(newestFirst(hitPosition));
    return cursorPage(['hits', storyId], page, found, hitPosition, 'descending');
  }
}

export class MemoryStoryStore implements StoryStore {
  readonly #state: StoryState;
  readonly #clock: Clock;
  readonly #onPendingHit: (hit: Hit) => void;

  constructor(state: StoryState, clock: Clock, onPendingHit: (hit: Hit) => void) {
    this.#state = state;
    this.#clock = clock;
    this.#onPendingHit = onPendingHit;
  }

  async findCandidates(language: string, keys: readonly number[]) {
    const known = [...new Set(keys)].map((key) => ({
      key,
      ...(this.#state.storyKeys.get(`${language} ${key}`) ?? { storyIds: [], version: 0 }),
    }));
    const shared = new Map<string, number>();
    for (const { storyIds } of known) for (const id of storyIds) shared.set(id, (shared.get(id) ?? 0) + 1);
    const stories = [...shared]
      .flatMap(([id, count]) => {
        const story = this.#state.stories.get(id);
        return story === undefined || living(story.story, this.#clock) === null ? [] : [{ story, count }];
      })
      .sort((a, b) => b.count - a.count || (a.story.story.firstSeenAt < b.story.story.firstSeenAt ? 1 : -1))
      .slice(0, MOST_FOUND)
      .map(({ story }) => story);
    return { stories, keys: known };
  }

  async place({ hit, story, record, before, candidates }: Placement): Promise<'placed' | 'known' | 'conflict'> {
    if (living(this.#state.hits.get(hit.article), this.#clock) !== null) return 'known';
    const stored = this.#state.stories.get(story.id);
    const now = living(stored?.story, this.#clock) === null ? 0 : (stored?.version ?? 0);
    if (now !== (before?.version ?? 0)) return 'conflict';
    const version = now + 1;
    if (before === null && record !== null) {
      const isChanged = candidates.keys.some(
        (read) => (this.#state.storyKeys.get(`${story.language} ${read.key}`)?.version ?? 0) !== read.version,
      );
      if (isChanged) return 'conflict';
      for (const read of candidates.keys.filter(({ key }) => record.lookupKeys.includes(key))) {
        const storyIds = [...read.storyIds, story.id].slice(-MOST_UNDER_KEY);
        this.#state.storyKeys.set(`${story.language} ${read.key}`, { storyIds, version: read.version + 1 });
      }
    }
    const fitted = fitHit(hit);
    this.#state.hits.set(hit.article, fitted);
    if (record === null) this.#state.closedStories.set(story.id, fitStory(story));
    else this.#state.stories.set(story.id, { story: fitStory(story), record, version });
    if (fitted.alertState === 'pending') this.#onPendingHit(fitted);
    return 'placed';
  }

  async addTopics(id: string, gained: readonly HitMatch[]): Promise<void> {
    const story = await this.getStory(id);
    const after = story && withTopics(story, gained);
    if (after === null) return;
    const known = this.#state.stories.get(id);
    if (known === undefined) this.#state.closedStories.set(id, after);
    else this.#state.stories.set(id, { ...known, story: after, version: known.version + 1 });
  }

  async getStory(id: string): Promise<Story | null> {
    return living(this.#state.stories.get(id)?.story ?? this.#state.closedStories.get(id), this.#clock);
  }

  async getStories(ids: readonly string[]): Promise<readonly Story[]> {
    const found = await Promise.all([...new Set(ids)].map((id) => this.getStory(id)));
    return found.filter((story) => story !== null);
  }

  async queryStories(
    filter: Parameters<StoryStore['queryStories']>[0],
    page: { readonly limit: number; readonly cursor: string | null },
  ) {
    const wanted = normalFilter(filter);
    const all = [...this.#state.stories.values()]
      .map(({ story }) => story)
      .concat(...this.#state.closedStories.values());
    const found = all
      .filter((story) => living(story, this.#clock) !== null && storyFits(story, wanted))
      .sort(newestFirst(storyPosition));
    return cursorPage(['stories', ...filterIdentity(wanted)], page, found, storyPosition, 'descending');
  }

  async countOn(day: string): Promise<number> {
    const all = [...this.#state.stories.values()]
      .map(({ story }) => story)
      .concat(...this.#state.closedStories.values());
    return all.filter(({ lastSeenAt }) => lastSeenAt.startsWith(day)).length;
  }
}

export class MemoryStoryReaderStore implements StoryReaderStore {
  readonly #state: StoryState;
  readonly #clock: Clock;

  constructor(state: StoryState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async getReader(storyId: string, subscriptionId: SubscriptionId): Promise<StoryReader | null> {
    return living(this.#state.readers.get(`${storyId} ${subscriptionId}`), this.#clock);
  }

  async beginSending(
    reader: Parameters<StoryReaderStore['beginSending']>[0],
    deliveryId: DeliveryId,
    now: string,
    until: string,
  ): Promise<StoryReader | null> {
    const { storyId, subscriptionId } = reader;
    const key = `${storyId} ${subscriptionId}`;
    const sending = { deliveryId, until };
    const known = living(this.#state.readers.get(key), this.#clock) ?? newReader(reader, sending);
    const sendingUntil = known.sendingUntil ?? '';
    const isOver = sendingUntil <= now || sendingUntil > furthestSending(until);
    const isFree = known.sending === null || known.sending === deliveryId || isOver;
    if (!isFree) return null;
    const after = { ...known, sending: deliveryId, sendingUntil: until };
    this.#state.readers.set(key, after);
    return after;
  }

  async endSending(reader: StoryReader, deliveryId: DeliveryId): Promise<void> {
    const key = `${reader.storyId} ${reader.subscriptionId}`;
    const now = this.#state.readers.get(key);
    if (now?.sending !== deliveryId) return;
    this.#state.readers.set(key, readerAtEnd(reader, now));
  }

  async noteAlerted(alerted: Alerted): Promise<void> {
    const key = `${alerted.storyId} ${alerted.subscriptionId}`;
    this.#state.readers.set(key, readerAfter(living(this.#state.readers.get(key), this.#clock), alerted));
  }

  async forgetAlert(storyId: string, subscriptionId: SubscriptionId, alertedBy: string): Promise<void> {
    const key = `${storyId} ${subscriptionId}`;
    const known = living(this.#state.readers.get(key), this.#clock);
    if (known?.alertedBy === alertedBy) this.#state.readers.set(key, readerWithoutAlert(known));
  }
}

export class MemoryTriageStore implements TriageStore {
  readonly #triages = new Map<string, Triage>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async getTriages(storyIds: readonly string[]): Promise<readonly Triage[]> {
    return [...new Set(storyIds)].flatMap((id) => living(this.#triages.get(id), this.#clock) ?? []);
  }

  async putTriage(triage: Triage): Promise<boolean> {
    if ((living(this.#triages.get(triage.story), this.#clock)?.revision ?? 0) !== triage.revision - 1) return false;
    this.#triages.set(triage.story, triage);
    return true;
  }
}

export class MemoryViewStore implements ViewStore {
  readonly #views = new Map<string, SavedView>();

  async listViews(): Promise<readonly SavedView[]> {
    return [...this.#views.values()];
  }

  async putView(view: SavedView): Promise<void> {
    this.#views.set(view.id, view);
  }

  async removeView(id: string): Promise<void> {
    this.#views.delete(id);
  }
}

export class MemoryWordCountStore implements WordCountStore {
  readonly #days = new Map<number, StoredWordDay>();

  async loadDays(days: readonly number[]): Promise<readonly StoredWordDay[]> {
    return [...new Set(days)].flatMap((day) => this.#days.get(day) ?? []);
  }

  async replaceDay(day: StoredWordDay): Promise<boolean> {
    if ((this.#days.get(day.day)?.version ?? 0) !== day.version) return false;
    this.#days.set(day.day, { ...day, version: day.version + 1 });
    return true;
  }
}

const living = <T extends { readonly expiresAt: number }>(thing: T | undefined, clock: Clock): T | null =>
  thing === undefined || thing.expiresAt <= Math.floor(clock.now().getTime() / 1000) ? null : thing;
