// A story: hits that report the same event. And what each of its readers was sent of it.
import * as z from 'zod/mini';
import { counted } from '../core/counted.ts';
import { instantAfter, MINUTE_MS } from '../core/time.ts';
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

/** What the published shape of a story calls itself; docs/adr/0015-one-public-shape.md says when the number rises. */
export const STORY_V1 = 'tocsin.story.v1';

const MOST_STORY_SOURCES = 32;

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

/** `story.v1`: what API and commands show. */
export const publishedStorySchema = named('Story', z.strictObject({ schema: z.literal(STORY_V1), ...publicShape }));
export type PublishedStory = Immutable<z.infer<typeof publishedStorySchema>>;
export const publishedStory = (story: Story): PublishedStory =>
  pick(publishedStorySchema, { schema: STORY_V1, ...story });

/** `6 reports, 2 texts`: a copy is a report, but no text of its own. */
export const reportsInWords = ({ hits, texts }: Pick<Story, 'hits' | 'texts'>): string =>
  texts === hits ? counted(hits, 'report') : `${counted(hits, 'report')}, ${counted(texts, 'text')}`;

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
/** Kept of those that were spoken for, so that one which comes late is known. */
export const MOST_SPOKEN_FOR = 3 * MOST_HELD;

export const storyReaderSchema = z.strictObject({
  storyId: z.string(),
  subscriptionId: subscriptionId(),
  /** Topics named in alerts that were accepted. Empty: nothing was accepted yet. */
  topics: z.array(z.string()),
  /** Of the gravest of them; null as long as nothing was accepted. */
  severity: z.nullable(z.enum(SEVERITIES)),
  /** Message-ID of the first accepted mail, which later ones refer to. */
  threadId: nullableText(),
  /** The last accepted alert: when, by which delivery or digest, and the provider's id of it. */
  alertedAt: nullableInstant(),
  alertedBy: nullableText(),
  providerId: nullableText(),
  /** Deliveries that alerts spoke for, the newest last. */
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
  'storyId' | 'subscriptionId' | 'topics' | 'severity' | 'alertedAt' | 'alertedBy' | 'expiresAt'
>;

/** A reader to whom the first alert of the story is being sent. */
export const newReader = (
  { storyId, subscriptionId, expiresAt }: Pick<StoryReader, 'storyId' | 'subscriptionId' | 'expiresAt'>,
  sending: { readonly deliveryId: DeliveryId; readonly until: string },
): StoryReader => ({
  ...readerAfter(null, {
    storyId,
    subscriptionId,
    expiresAt,
    topics: [],
    severity: null,
    alertedAt: null,
    alertedBy: null,
  }),
  sending: sending.deliveryId,
  sendingUntil: sending.until,
});

/** What a reader knows after an alert, whatever else was sent before. */
export function readerAfter(
  known: StoryReader | null,
  { storyId, subscriptionId, topics, severity, alertedAt, alertedBy, expiresAt }: Alerted,
): StoryReader {
  return {
    threadId: null,
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
    ...lastAlert({ alertedAt, alertedBy }, known),
    expiresAt: Math.max(known?.expiresAt ?? 0, expiresAt),
  };
}

const united = (some: readonly string[], others: readonly string[]): readonly string[] =>
  [...new Set([...some, ...others])].sort();

function graver(one: Severity | null, other: Severity | null): Severity | null {
  const known = [one, other].filter((each) => each !== null);
  return known.length === 0 ? null : gravest(known);
}

/** `written` by the one who was sending, and what digests noted meanwhile. Nothing is being sent any more. */
export const readerAtEnd = (written: StoryReader, known: StoryReader): StoryReader => ({
  ...written,
  topics: united(written.topics, known.topics),
  severity: graver(written.severity, known.severity),
  ...lastAlert(written, known),
  expiresAt: Math.max(written.expiresAt, known.expiresAt),
  sending: null,
  sendingUntil: null,
});

/** What was accepted did not arrive: the next alert of the story is the first, and it spoke for no other. What waits, waits on. */
export const readerWithoutAlert = (known: StoryReader): StoryReader => ({
  ...known,
  topics: [],
  severity: null,
  threadId: null,
  alertedAt: null,
  alertedBy: null,
  providerId: null,
  spokeFor: [],
});

type LastAlert = Pick<StoryReader, 'alertedAt' | 'alertedBy'>;

/** Of two, the later one; the first where they are of the same instant. */
function lastAlert(one: LastAlert, other: LastAlert | null): LastAlert {
  const isOther =
    other !== null && other.alertedAt !== null && (one.alertedAt === null || other.alertedAt > one.alertedAt);
  const { alertedAt, alertedBy } = isOther ? other : one;
  return { alertedAt, alertedBy };
}

/** A right to send that ends later was taken by a clock that ran ahead, and is ignored. `until`: when one that is taken now ends, or now. */
export const furthestSending = (until: string): string => instantAfter(new Date(until), 10 * MINUTE_MS);

/** Whether a delivery has the right to send now. */
export const isBeingSent = ({ sending, sendingUntil }: StoryReader, now: string): boolean =>
  sending !== null && sendingUntil !== null && sendingUntil > now && sendingUntil <= furthestSending(now);
