// What travels on the two queues. A message names its version: an unknown one goes back to the queue, it is never dropped,
// so that old and new code can run side by side during a deploy.
import { DamagedRecordError, ServiceUnavailableError } from '../core/errors.ts';
import type { FullTextPolicy } from './feed.ts';
import type { ArticleId, DeliveryId, FeedId } from './ids.ts';
import type { Item } from './item.ts';

/** Poll the feeds of a batch, or the named feeds at once (`slot` null: asked for by a person or by a publisher's ping). */
export interface PollMessage {
  readonly v: 1;
  readonly kind: 'poll';
  readonly pollBatch: string | null;
  /** The minute this poll is for (RFC 3339, UTC), so that a late or repeated message is recognised. */
  readonly slot: string | null;
  readonly feedIds: readonly FeedId[];
  /** The feeds were just added: those that were polled since then are left out. */
  readonly firstPoll?: true;
}

/** One new item, with what is needed of its feed. Text is cut so that a message stays under 64 KB. */
export interface ArticleMessage {
  readonly v: 1;
  readonly kind: 'article';
  readonly feed: {
    readonly id: FeedId;
    readonly title: string;
    readonly url: string;
    readonly language: string | null;
    readonly fullText: FullTextPolicy;
  };
  readonly item: Item;
  /** False when the link is shared by several items or is the feed's home page: then it identifies nothing. */
  readonly linkIsOwn: boolean;
  /** The id of the item's article. Absent in messages of older versions: then it follows from the item's own link, else from feed and item. */
  readonly articleId?: ArticleId;
  /** For an edited item: it was already there at its feed's first poll. */
  readonly firstPoll: boolean;
  /** The item was matched before and its words have changed since. Absent: it is new. */
  readonly edited?: boolean;
  /** Whether the dates of its feed are reliable, so that an old date means an old item. Absent: not known, and no item counts as old. */
  readonly datesAreReliable?: boolean;
  readonly polledAt: string;
  readonly truncated: boolean;
  /** It was sent again because its page could not be read yet. Absent: this is its first time. */
  readonly retry?: PageRetry;
  /** Written by versions before `retry`: how often it was sent again because the host of its page was busy. Nothing was matched then. */
  readonly postponed?: number;
}

/** Try one delivery. Its record says what is still to be done. */
export interface DeliveryMessage {
  readonly v: 1;
  readonly kind: 'delivery';
  readonly id: DeliveryId;
  /** It has its place in the row of what is sent to the provider. */
  readonly hasPlace: boolean;
}

/** The tries to read a page so far, while its article goes through the queue. */
export interface PageRetry {
  /** Times it was sent again. */
  readonly hops: number;
  /** Tries that failed, and those that found no turn with a busy host. */
  readonly failures: number;
  readonly waits: number;
  /** The first try, RFC 3339. */
  readonly since: string;
  /** The page is not requested before this time, RFC 3339. */
  readonly notBefore: string;
  /** Why the last try failed. */
  readonly reason: string;
  /** Whether a topic matched the words of the feed the first time. */
  readonly matched: boolean;
}

function parse<T extends { v: 1; kind: string }>(body: string, kind: T['kind']): T {
  const value = jsonOf(body);
  const message = value as { v?: unknown; kind?: unknown };
  if (typeof value !== 'object' || value === null || message.kind !== kind || message.v !== 1) {
    throw new ServiceUnavailableError(
      `expected a message of kind "${kind}", version 1; got kind ${JSON.stringify(message?.kind)}, version ${JSON.stringify(message?.v)}`,
    );
  }
  return value as T;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new DamagedRecordError('of a queue', `it is no JSON: ${body.slice(0, 80)}`, { cause });
  }
}

/** SQS allows no more, and a queue of one machine keeps to it. */
export const LONGEST_DELAY_SECONDS = 900;

/** How long a message waits before it can be received when so many seconds are wanted: whole seconds, at most fifteen minutes. */
export const queueDelay = (seconds: number): number =>
  Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.round(seconds)));

/**
 * As it is queued. The version before the batches got their name reads `pollGroup`: during a deploy, and after going back, it takes messages
 * of this one. The next version may leave it out.
 */
export const bodyOf = (message: PollMessage | ArticleMessage | DeliveryMessage): string =>
  JSON.stringify(message.kind === 'poll' ? { ...message, pollGroup: message.pollBatch } : message);

/** Throws on anything that is not a poll message of a version this code knows; the caller gives the record back to the queue. */
export function parsePollMessage(body: string): PollMessage {
  // Messages of versions before the batches got their name say `pollGroup`.
  const { pollGroup = null, ...message } = parse<PollMessage & { readonly pollGroup?: string | null }>(body, 'poll');
  return { ...message, pollBatch: message.pollBatch ?? pollGroup };
}

export const parseDeliveryMessage = (body: string): DeliveryMessage => parse<DeliveryMessage>(body, 'delivery');

export const parseArticleMessage = (body: string): ArticleMessage => parse<ArticleMessage>(body, 'article');
