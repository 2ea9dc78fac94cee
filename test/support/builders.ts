// Sane values of every shape, each changeable in the field a test is about.
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import type { Article } from '../../shared/model/article.ts';
import type { Feed, FeedSettings, PollState } from '../../shared/model/feed.ts';
import { initialPollState } from '../../shared/model/feed.ts';
import { type Hit, hitMatchOf } from '../../shared/model/hit.ts';
import type { ArticleId, FeedId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { articleIdOf, deliveryIdOf, feedIdOf, matchIdOf } from '../../shared/model/ids.ts';
import type { Item } from '../../shared/model/item.ts';
import type { Match } from '../../shared/model/match.ts';
import type { MatchFeatures } from '../../shared/model/strength.ts';
import {
  type Delivery,
  type Digest,
  defaultSubscriptionSettings,
  type Subscription,
} from '../../shared/model/subscription.ts';
import type { Topic } from '../../shared/model/topic.ts';
import type { Clock } from '../../shared/ports.ts';

/** The instant at which tests begin unless they say otherwise. */
export const START = '2026-11-17T08:00:00.000Z';
const DAY_MS = 86_400_000;

/** A clock that stands still until it is set or advanced. */
export interface SetClock extends Clock {
  set(instant: string): void;
  advance(ms: number): void;
}

export function aClock(instant = START): SetClock {
  let now = Date.parse(instant);
  return {
    now: () => new Date(now),
    set: (next) => {
      now = Date.parse(next);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** `START` plus so many milliseconds, RFC 3339. */
export const later = (ms: number, start = START): string => new Date(Date.parse(start) + ms).toISOString();
export { later as after };

/** Long enough ago for the schedule to poll a feed that was added then. */
export const added = (before = START): string => later(-15 * 60_000, before);

export const epochSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

const inDays = (days: number): number => epochSeconds(later(days * DAY_MS));

export function feedSettings(change: Partial<FeedSettings> = {}): FeedSettings {
  return {
    url: 'https://news.example.org/feed.xml',
    title: 'Example News',
    folder: '',
    language: null,
    fullText: 'auto',
    active: true,
    ...change,
  };
}

/** What `addFeed` takes. */
export function aNewFeed(
  change: Partial<FeedSettings> & { id?: FeedId; addedAt?: string; intervalMinutes?: number } = {},
): FeedSettings & { id: FeedId; addedAt: string; intervalMinutes: number } {
  const settings = feedSettings(change);
  return { id: feedIdOf(settings.url), addedAt: added(), intervalMinutes: 5, ...settings, ...change };
}

export function aPollState(change: Partial<PollState> = {}): PollState {
  return { ...initialPollState(5), ...change };
}

export function aFeed(change: Partial<Feed> = {}): Feed {
  const settings = feedSettings(change);
  return {
    ...settings,
    id: feedIdOf(settings.url),
    addedAt: START,
    pollBatch: '000001',
    state: aPollState(),
    ...change,
  };
}

export function anItem(change: Partial<Item> = {}): Item {
  return {
    id: 'https://news.example.org/2026/11/17/convoy',
    title: 'Convoy crosses the river',
    url: 'https://news.example.org/2026/11/17/convoy',
    published: START,
    updated: null,
    summary: 'A convoy of forty trucks crossed the river at dawn.',
    content: null,
    authors: [],
    categories: [],
    language: null,
    ...change,
  };
}

export function anArticle(change: Partial<Article> = {}): Article {
  const url = change.canonicalUrl ?? change.url ?? 'https://news.example.org/2026/11/17/convoy';
  return {
    id: articleIdOf(url),
    url,
    canonicalUrl: url,
    title: 'Convoy crosses the river',
    text: 'A convoy of forty trucks crossed the river at dawn. Nobody was hurt.',
    origin: 'feed',
    more: [],
    language: 'en',
    authors: [],
    categories: [],
    source: { feedId: feedIdOf('https://news.example.org/feed.xml'), title: 'Example News', host: 'news.example.org' },
    publishedAt: START,
    firstSeenAt: START,
    extractionFailure: null,
    truncated: false,
    ...change,
  };
}

export function aTopic(change: Partial<Topic> = {}): Topic {
  return {
    id: 'river-crossings',
    version: '1.0.0+0000001',
    pack: 'examples',
    title: 'River crossings',
    description: 'Convoys that cross a river.',
    severity: 'medium',
    codes: {},
    any: { en: ['convoy NEAR/5 river'] },
    all: {},
    none: {},
    sets: {},
    passage: { context: 1, max: 3, maxChars: 600 },
    ...change,
  };
}

/** `topicId`, `articleId` and `firstSeenAt` are what most tests are about; `change` replaces whole fields. */
export function aMatch(
  about: { topicId?: string; articleId?: ArticleId | string; firstSeenAt?: string } = {},
  change: Partial<Match> = {},
): Match {
  const { topicId = 'river-crossings', articleId = anArticle().id, firstSeenAt = START } = about;
  return {
    id: matchIdOf(topicId, articleId as ArticleId),
    topic: { id: topicId, version: '1.0.0+0000001', title: 'River crossings', severity: 'medium' },
    article: {
      id: articleId,
      url: 'https://news.example.org/2026/11/17/convoy?utm_source=feed',
      canonicalUrl: 'https://news.example.org/2026/11/17/convoy',
      title: 'Convoy crosses the river',
      language: 'en',
      origin: 'feed',
      publishedAt: firstSeenAt,
      firstSeenAt,
      extractionFailure: null,
    },
    sources: [anArticle().source],
    passages: [
      {
        text: 'A convoy of forty trucks crossed the river at dawn.',
        field: 'body',
        origin: 'feed',
        start: 0,
        end: 51,
        highlights: [
          [2, 8],
          [37, 42],
        ],
      },
    ],
    why: 'en: convoy NEAR/5 river',
    strength: 'strong',
    prominence: 'lead',
    times: { polledAt: firstSeenAt, matchedAt: firstSeenAt, alertedAt: null },
    quiet: null,
    alertState: 'done',
    expiresAt: inDays(365),
    ...change,
  };
}

export function aSubscription(change: Partial<Subscription> = {}): Subscription {
  const id = change.id ?? ('subscription-1' as SubscriptionId);
  return {
    id,
    channel: 'email',
    target: 'reader@example.org',
    topics: ['river-crossings'],
    ...defaultSubscriptionSettings,
    state: 'active',
    stateReason: null,
    consent: null,
    unsubscribeToken: `token-of-${id}`,
    snsSubscriptionArn: null,
    createdAt: START,
    updatedAt: START,
    ...change,
  };
}

/** As they are for a plain headline. */
export const someFeatures = (change: Partial<MatchFeatures> = {}): MatchFeatures => ({
  prominence: 'headline',
  time: 'now',
  sentences: 1,
  rules: 1,
  namesPower: false,
  density: 3,
  length: 'brief',
  neighbourFitsBetter: false,
  ...change,
});

/** The id of the hit that a match belongs to. */
export const articleOf = ({ article }: Match): ArticleId => article.id as ArticleId;

/** The hit of a match, alone in its story unless the change says otherwise. */
export function aHit(change: Partial<Hit> = {}, matches: readonly Match[] = [aMatch()]): Hit {
  const [lead = aMatch()] = matches;
  return {
    article: articleOf(lead),
    story: { id: `story-of-${lead.article.id}`, kind: 'first', reason: 'no open story is similar', news: [], texts: 1 },
    matches: matches.map(hitMatchOf),
    firstSeenAt: lead.article.firstSeenAt,
    checkAt: null,
    revision: 1,
    newFrom: 0,
    alertState: 'pending',
    expandedTo: null,
    changedAt: START,
    expiresAt: lead.expiresAt,
    ...change,
  };
}

/** What a mail says of one match that is in no story. */
export const alone = (match: Match) => ({
  matches: [match] as const,
  others: [],
  story: null,
  update: null,
  threadId: null,
});

/** The id follows from match and subscription. */
export function aDelivery(change: Partial<Omit<Delivery, 'id'>> = {}): Delivery {
  const matchId: MatchId = change.matchId ?? aMatch().id;
  const subscriptionId: SubscriptionId = change.subscriptionId ?? aSubscription().id;
  return {
    id: deliveryIdOf(matchId, subscriptionId),
    kind: 'match',
    matchIds: [],
    articleId: null,
    storyId: null,
    topicId: 'river-crossings',
    channel: 'email',
    state: 'pending',
    attempts: 0,
    dueAt: START,
    digestId: null,
    reason: null,
    reasonCode: null,
    providerId: null,
    createdAt: START,
    updatedAt: START,
    sentAt: null,
    expiresAt: inDays(90),
    ...change,
    matchId,
    subscriptionId,
  };
}

/** The id follows from subscription and window. */
export function aDigest(change: Partial<Omit<Digest, 'id'>> = {}): Digest {
  const subscriptionId: SubscriptionId = change.subscriptionId ?? aSubscription().id;
  const windowStart = change.windowStart ?? START;
  const windowEnd = change.windowEnd ?? later(3_600_000, windowStart);
  return {
    id: `${subscriptionId}.${epochSeconds(windowStart)}.hourly`,
    cause: 'asked',
    period: 'hourly',
    state: 'open',
    attempts: 0,
    dueAt: windowEnd,
    reason: null,
    reasonCode: null,
    updatedAt: windowStart,
    expiresAt: inDays(90),
    ...change,
    subscriptionId,
    windowStart,
    windowEnd,
  };
}

/** One machine, running for an hour, with nothing amiss. */
export function aMachineStatus(change: Partial<MachineStatus> = {}): MachineStatus {
  const queue = (name: string) => ({ name, depth: 0, waitingSeconds: 0, idleSeconds: 20 });
  return {
    time: START,
    version: '1.2.3',
    state: 'running',
    startedAt: later(-3_600_000),
    upSeconds: 3_600,
    schedule: { at: later(-20_000), secondsAgo: 20 },
    sweep: { at: later(-20_000), secondsAgo: 20 },
    queues: [queue('polls'), queue('articles'), queue('publications')],
    deadLetters: 0,
    database: { isRestarting: false, restarts: 0, lastRestartAt: null },
    disk: { freeBytes: 10e9, totalBytes: 50e9 },
    clockJump: null,
    problems: [],
    ...change,
  };
}
