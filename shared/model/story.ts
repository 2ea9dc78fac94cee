// A story: hits that report the same event. And what each of its readers was sent of it.
import * as z from 'zod/mini';
import { type ArticleSource, articleSourceSchema } from './article.ts';
import { gravest, type Hit, type HitMatch } from './hit.ts';
import type { DeliveryId } from './ids.ts';
import {
  deliveryId,
  described,
  expiry,
  type Immutable,
  instant,
  named,
  nullableInstant,
  nullableText,
  pick,
  stored,
  subscriptionId,
} from './schema.ts';
import { SEVERITIES, type Severity } from './severity.ts';

export const MOST_STORY_SOURCES = 32;

const publicShape = {
  id: z.string(),
  title: stored(described(z.string(), "The first report's headline"), { cutTo: 1_000 }),
  latestTitle: stored(described(z.string(), 'The headline of the newest report that was no copy'), { cutTo: 1_000 }),
  language: z.string(),
  firstSeenAt: instant(),
  lastSeenAt: instant(),
  hits: described(z.int(), 'Reports in it'),
  texts: described(z.int(), 'Independent texts among them; copies count as one'),
  topics: described(z.array(z.string()), 'Topics that hold in any of them, sorted'),
  severity: described(z.enum(SEVERITIES), 'Of the gravest topic'),
  sources: stored(described(z.array(articleSourceSchema), 'The feeds that reported it, the first one first'), {
    atMost: MOST_STORY_SOURCES,
  }),
};

export const storySchema = z.strictObject({
  ...publicShape,
  // Internal: it never leaves.
  expiresAt: expiry(),
});

/** A story as people see it. What recognises its next report: `StoryRecord` in shared/stories/. */
export type Story = Immutable<z.infer<typeof storySchema>>;

export const publishedStorySchema = named('Story', z.strictObject(publicShape));
export type PublishedStory = Immutable<z.infer<typeof publishedStorySchema>>;
export const publishedStory = (story: Story): PublishedStory => pick(publishedStorySchema, story);

export interface Report {
  readonly hit: Hit;
  readonly title: string;
  readonly language: string;
  readonly source: ArticleSource;
}

/** `before`: null for the first report. */
export function withReport(before: Story | null, { hit, title, language, source }: Report): Story {
  const { story: place, matches, firstSeenAt, expiresAt } = hit;
  const isCopy = place.kind === 'copy';
  const sources = before?.sources ?? [];
  const isKnown = sources.some(({ feedId }) => feedId === source.feedId);
  return {
    id: place.id,
    title: before?.title ?? title,
    latestTitle: before === null || !isCopy ? title : before.latestTitle,
    language: before?.language ?? language,
    firstSeenAt: before === null || firstSeenAt < before.firstSeenAt ? firstSeenAt : before.firstSeenAt,
    lastSeenAt: before === null || firstSeenAt > before.lastSeenAt ? firstSeenAt : before.lastSeenAt,
    hits: (before?.hits ?? 0) + 1,
    texts: place.texts,
    topics: united(
      before?.topics ?? [],
      matches.map(({ topic }) => topic),
    ),
    severity: gravest([...(before === null ? [] : [before.severity]), ...matches.map(({ severity }) => severity)]),
    sources: isKnown ? sources : [...sources, source].slice(0, MOST_STORY_SOURCES),
    expiresAt: Math.max(before?.expiresAt ?? 0, expiresAt),
  };
}

/** The story after one of its hits gained matches; null when it has their topics already, and none is graver. */
export function withTopics(story: Story, gained: readonly HitMatch[]): Story | null {
  const topics = united(
    story.topics,
    gained.map(({ topic }) => topic),
  );
  const severity = gravest([story.severity, ...gained.map((match) => match.severity)]);
  return topics.length === story.topics.length && severity === story.severity ? null : { ...story, topics, severity };
}

// ---------------------------------------------------------------- what a reader was sent of it

/** Alerts of one story that wait for their time, for one reader. */
export const MOST_HELD = 20;

export const storyReaderSchema = z.strictObject({
  storyId: z.string(),
  subscriptionId: subscriptionId(),
  /** Topics named in alerts that were accepted. Empty: nothing was accepted yet. */
  topics: z.array(z.string()),
  /** Of the gravest of them; null as long as nothing was accepted. */
  severity: z.nullable(z.enum(SEVERITIES)),
  /** Message-ID of the first accepted mail, which later ones refer to. */
  threadId: nullableText(),
  /** The last accepted alert: when, by which delivery, and the provider's id of it. */
  alertedAt: nullableInstant(),
  alertedBy: z.nullable(deliveryId()),
  providerId: nullableText(),
  /** Deliveries that the last alert spoke for. */
  spokeFor: z.array(deliveryId()),
  /** Deliveries held until something new may be sent. */
  held: z.array(deliveryId()),
  /** The delivery that is being sent, and until when nothing else of the story is sent to this reader. */
  sending: z.nullable(deliveryId()),
  sendingUntil: nullableInstant(),
  expiresAt: expiry(),
});

/** One subscriber's knowledge of one story. */
export type StoryReader = Immutable<z.infer<typeof storyReaderSchema>>;

/** An alert of the story that was accepted: which topics it named, and when. */
export type Alerted = Pick<
  StoryReader,
  'storyId' | 'subscriptionId' | 'topics' | 'severity' | 'alertedAt' | 'expiresAt'
>;

/** A reader to whom the first alert of the story is being sent. */
export const newReader = (
  { storyId, subscriptionId, expiresAt }: Pick<StoryReader, 'storyId' | 'subscriptionId' | 'expiresAt'>,
  sending: { readonly deliveryId: DeliveryId; readonly until: string },
): StoryReader => ({
  ...readerAfter(null, { storyId, subscriptionId, expiresAt, topics: [], severity: null, alertedAt: null }),
  sending: sending.deliveryId,
  sendingUntil: sending.until,
});

/** The outcome of a sender, with what digests noted on the record in the meantime. */
export const withKnown = (outcome: StoryReader, known: StoryReader): StoryReader => ({
  ...outcome,
  topics: united(outcome.topics, known.topics),
  severity: graver(outcome.severity, known.severity),
  alertedAt: laterOf(outcome.alertedAt, known.alertedAt),
  expiresAt: Math.max(outcome.expiresAt, known.expiresAt),
});

/** What a reader knows after an alert, whatever else was sent before. */
export function readerAfter(
  known: StoryReader | null,
  { storyId, subscriptionId, topics, severity, alertedAt, expiresAt }: Alerted,
): StoryReader {
  return {
    threadId: null,
    alertedBy: null,
    providerId: null,
    spokeFor: [],
    held: [],
    sending: null,
    sendingUntil: null,
    ...known,
    storyId,
    subscriptionId,
    topics: united(known?.topics ?? [], topics),
    severity: graver(known?.severity ?? null, severity),
    alertedAt: laterOf(known?.alertedAt ?? null, alertedAt),
    expiresAt: Math.max(known?.expiresAt ?? 0, expiresAt),
  };
}

const united = (some: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set([...some, ...others])].sort();

function graver(one: Severity | null, other: Severity | null): Severity | null {
  const known = [one, other].filter((each) => each !== null);
  return known.length === 0 ? null : gravest(known);
}

const laterOf = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;
