// How much work one machine does at once, and when: the events of the queues, the table's stream and the clock, each for its handler.

import type { SQSEvent } from 'aws-lambda';
import {
  HELD_BACK_FILTER,
  NEW_MATCH_FILTER,
  PENDING_HIT_FILTER,
  passesFilter,
} from '../adapters/dynamodb/stream-filter.ts';
import { HOUR_MS, MINUTE_MS } from '../shared/core/time.ts';
import type { DeliveryId, FeedId, MatchId } from '../shared/model/ids.ts';
import { parsePollMessage } from '../shared/model/messages.ts';
import type { Handlers } from './compose.ts';
import { LOCAL_REGION } from './database/database.ts';
import type { BatchResult, EventSource } from './event-sources/event-source.ts';
import { startQueueSource } from './event-sources/queue-source.ts';
import { startSchedule } from './event-sources/schedule.ts';
import { startStreamSource } from './event-sources/stream-source.ts';
import { TABLE_NAME } from './files/file-names.ts';
import type { InstanceParts } from './instance.ts';

/** Deployed it is five minutes; here it costs nothing. */
const SWEEP_EVERY_MS = MINUTE_MS;
const EXPIRE_EVERY_MS = HOUR_MS;
/** Only while it is not known to take mails. */
const MAIL_SERVER_EVERY_MS = 5 * MINUTE_MS;
export const STREAM_EVERY_MS = 250;
/**
 * Batches of feeds that are polled at once. A batch with a feed that never answers takes eight seconds, however quick the others are: with
 * ten thousand feeds, one in twenty dead or slow, this decides how long a round takes.
 */
export const POLL_BATCHES_AT_ONCE = 12;
/** Batches of articles, and of publications. */
const CONCURRENCY = 4;
/** Mails at once: ten times this. A mail server takes its time, and refuses many connections. */
const DELIVERY_BATCHES_AT_ONCE = 1;
const VISIBILITY_TIMEOUT_MS = 15 * MINUTE_MS;

export interface Work {
  readonly parts: InstanceParts;
  readonly handlers: Handlers;
  /** Called for what was done; nothing waits for it. */
  readonly watcher: {
    polled(feedIds: readonly FeedId[]): void;
    matched(ids: readonly MatchId[]): void;
    heldBack(ids: readonly DeliveryId[]): void;
  };
  readonly onError: (error: unknown) => void;
}

/** From now on what is queued is worked on, and alerts are sent for new matches. */
export function startQueuedWork({ parts, handlers, watcher, onError }: Work): readonly EventSource[] {
  const { queues, health, clock } = parts;
  const usual = { clock, queues, visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS, onError };
  const polls = notifyingAfter(handlers.pollFeeds, ({ Records }) =>
    watcher.polled(Records.flatMap(({ body }) => parsePollMessage(body).feedIds)),
  );
  const publications = async ({ Records }: SQSEvent): Promise<BatchResult> => {
    for (const { body } of Records) await parts.handPublication(body);
    return { batchItemFailures: [] };
  };
  return [
    startQueueSource({
      ...usual,
      queue: 'polls',
      handler: health.worked('polls', polls),
      batchSize: 1,
      concurrency: POLL_BATCHES_AT_ONCE,
    }),
    startQueueSource({
      ...usual,
      queue: 'articles',
      handler: health.worked('articles', handlers.matchArticles),
      batchSize: 10,
      concurrency: CONCURRENCY,
    }),
    startQueueSource({
      ...usual,
      queue: 'deliveries',
      handler: health.worked('deliveries', handlers.deliverAlerts),
      batchSize: 10,
      concurrency: DELIVERY_BATCHES_AT_ONCE,
    }),
    startQueueSource({
      ...usual,
      queue: 'publications',
      handler: health.worked('publications', publications),
      batchSize: 1,
      concurrency: CONCURRENCY,
    }),
    startStreamSource({
      endpoint: parts.database.endpoint,
      region: LOCAL_REGION,
      tableName: TABLE_NAME,
      queues,
      handler: handlers.sendAlerts,
      filter: (record) => {
        const id = record.dynamodb?.NewImage?.['id']?.S;
        if (passesFilter(NEW_MATCH_FILTER, record)) watcher.matched([id as MatchId]);
        if (passesFilter(HELD_BACK_FILTER, record)) watcher.heldBack([id as DeliveryId]);
        return passesFilter(PENDING_HIT_FILTER, record);
      },
      pollMs: STREAM_EVERY_MS,
      onError,
    }),
  ];
}

const notifyingAfter =
  (handler: (event: SQSEvent) => Promise<BatchResult>, notify: (event: SQSEvent) => void) =>
  async (event: SQSEvent): Promise<BatchResult> => {
    const result = await handler(event);
    if (result.batchItemFailures.length === 0) notify(event);
    return result;
  };

/** From now on feeds are polled when they are due, and what is pending is swept up. `expire` removes what is not read any more. */
export function startScheduledWork(
  { parts: { health, settledClock, clock }, handlers, onError }: Work,
  expire: () => Promise<void>,
): readonly EventSource[] {
  const each = (everyMs: number, handler: (event: unknown) => Promise<void>): EventSource =>
    startSchedule({ clock, everyMs, handler, onError });
  return [
    each(MINUTE_MS, health.timed('schedule', handlers.schedulePolls)),
    each(SWEEP_EVERY_MS, health.timed('sweep', handlers.sweep)),
    each(MINUTE_MS, async () => void settledClock.now()),
    each(EXPIRE_EVERY_MS, expire),
  ];
}

/** From now on the mail server is asked whether it takes mails, as long as it is not known to. Nothing where mails stay in the outbox. */
export function startAskingMailServer({ parts: { mailServer, clock }, onError }: Work): readonly EventSource[] {
  if (mailServer === null) return [];
  const checkUnlessWell = async (): Promise<void> => {
    if (mailServer.state().state !== 'ok') await mailServer.check();
  };
  return [startSchedule({ clock, everyMs: MAIL_SERVER_EVERY_MS, handler: checkUnlessWell, onError })];
}
