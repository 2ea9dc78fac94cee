// Gives the handlers their events as Lambda would: the schedule, the two queues, the table's stream. Partial failures, tries, bisection and
// the dead-letter queues are those of the deployed stack; places reached are kept in the queues' file.
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, SQSEvent, SQSRecord } from 'aws-lambda';
import type { LocalQueues, QUEUES, ReceivedMessage } from '../queues/queues.ts';

export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface EventSource {
  /** True while work is under way or waiting that needs no time to pass. */
  busy(): boolean;
  /** Takes no new work, waits for what is under way. */
  stop(): Promise<void>;
}

// ---------------------------------------------------------------- queues

export interface QueueSourceOptions {
  readonly queues: LocalQueues;
  readonly queue: (typeof QUEUES)[number];
  readonly handler: (event: SQSEvent) => Promise<BatchResult>;
  readonly batchSize: number;
  /** Batches at once. */
  readonly width: number;
  /** As long as six times the function's timeout, so that no message is worked on twice at once. */
  readonly visibilityTimeoutMs: number;
  /** A message given back is hidden this long times its receives, so that a fault is not asked again at once. */
  readonly pauseMs: number;
  /** The queue itself failed, on a full disk for example: it is tried again after a pause. */
  readonly onError: (error: unknown) => void;
}

/** The longest pause between two checks of a queue: the clock may have been set, or the disk may have room again. */
const LOOK_AGAIN_MS = 5_000;

export function startQueueSource(options: QueueSourceOptions): EventSource {
  const { queues, queue } = options;
  let stopped = false;
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** Hands out as much as may be processed at once. Returns the milliseconds until there may be more. */
  const handOut = (): number => {
    while (running.size < options.width) {
      const messages = queues.receive(queue, options.batchSize, options.visibilityTimeoutMs);
      if (messages.length === 0) break;
      const work: Promise<void> = handOver(messages, options)
        .catch(options.onError)
        .finally(() => {
          queues.finished(messages);
          running.delete(work);
          // Not at once: a handler that waits for nothing would keep signals, timers and answers waiting until its queue is empty.
          setImmediate(pump);
        });
      running.add(work);
    }
    const next = queues.nextVisibleAt(queue);
    return next === null ? LOOK_AGAIN_MS : Math.min(LOOK_AGAIN_MS, Math.max(20, next - Date.now()));
  };
  const pump = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    let waitMs = LOOK_AGAIN_MS;
    try {
      waitMs = handOut();
    } catch (error) {
      options.onError(error);
    }
    timer = setTimeout(pump, waitMs);
  };
  const unlisten = queues.onSend(queue, () => void setImmediate(pump));
  pump();
  return {
    busy: () => running.size > 0 || (queues.nextVisibleAt(queue) ?? Number.POSITIVE_INFINITY) <= Date.now(),
    stop: async () => {
      stopped = true;
      unlisten();
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function handOver(
  messages: readonly ReceivedMessage[],
  { queues, queue, handler, pauseMs }: QueueSourceOptions,
): Promise<void> {
  let failed: ReadonlySet<string>;
  let reason = 'the handler gave it back';
  try {
    const { batchItemFailures } = await handler({ Records: messages.map((message) => sqsRecord(message, queue)) });
    failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
    failed = new Set(messages.map(({ id }) => String(id)));
  }
  queues.delete(...messages.map(({ id }) => id).filter((id) => !failed.has(String(id))));
  for (const { id, receives } of messages) {
    if (failed.has(String(id))) queues.giveBack(id, pauseMs * receives, reason);
  }
}

const sqsRecord = ({ id, body, receives, sentAt }: ReceivedMessage, queue: string): SQSRecord => ({
  messageId: String(id),
  receiptHandle: String(id),
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
  awsRegion: 'us-east-1',
});

// ---------------------------------------------------------------- schedule

/** Calls the handler with `{ time }` at once and then at each full interval of the clock; never twice at the same time. */
export function startSchedule(
  everyMs: number,
  handler: (event: { time: string }) => Promise<void>,
  onError: (error: unknown) => void,
): EventSource {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  const tick = (): void => {
    if (stopped) return;
    running ??= handler({ time: new Date().toISOString() })
      .catch(onError)
      .finally(() => {
        running = null;
      });
    timer = setTimeout(tick, everyMs - (Date.now() % everyMs) + 5);
  };
  tick();
  return {
    busy: () => running !== null,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

// ---------------------------------------------------------------- stream

export interface StreamSourceOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly tableName: string;
  readonly queues: LocalQueues;
  readonly handler: (event: { Records: DynamoDBRecord[] }) => Promise<BatchResult>;
  /** Which records the handler is for; the others are passed over. */
  readonly filter: (record: DynamoDBRecord) => boolean;
  readonly pollMs: number;
  readonly onError: (error: unknown) => void;
}

const STREAM_BATCH = 25;
/** Tries of a record before it goes to the queue of what was given up; the sweep finishes it all the same. */
const STREAM_TRIES = 8;
const RETRY_MS = 200;

export function startStreamSource(options: StreamSourceOptions): EventSource {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const connection = { endpoint: options.endpoint, region: options.region, credentials };
  const streams = new DynamoDBStreamsClient(connection);
  const tables = new DynamoDBClient(connection);
  let stopped = false;
  let working = false;
  const place = { arn: '', iterators: new Map<string, string>() };
  const loop = async (): Promise<void> => {
    let shardsAt = Number.NEGATIVE_INFINITY;
    while (!stopped) {
      try {
        if (place.arn === '')
          place.arn =
            (await tables.send(new DescribeTableCommand({ TableName: options.tableName }))).Table?.LatestStreamArn ??
            '';
        if (performance.now() - shardsAt > 60_000) {
          await findShards(streams, place, options.queues);
          shardsAt = performance.now();
        }
        let read = 0;
        for (const [shard, iterator] of place.iterators) {
          const { Records = [], NextShardIterator } = await streams.send(
            new GetRecordsCommand({ ShardIterator: iterator, Limit: 500 }),
          );
          working = Records.length > 0;
          read += Records.length;
          await takeRecords(Records, shard, options, () => stopped);
          if (stopped) return;
          if (NextShardIterator === undefined) place.iterators.delete(shard);
          else place.iterators.set(shard, NextShardIterator);
        }
        working = read > 0;
        if (read > 0) continue;
      } catch (error) {
        working = false;
        if (stopped) return;
        // An iterator outlives neither the database's restart nor a quarter of an hour: look again from the place kept.
        place.iterators.clear();
        shardsAt = Number.NEGATIVE_INFINITY;
        options.onError(error);
        await pause(1_000);
      }
      await pause(options.pollMs);
    }
  };
  const done = loop();
  return {
    busy: () => working,
    stop: async () => {
      stopped = true;
      await done;
      streams.destroy();
      tables.destroy();
    },
  };
}

const placeOf = (shard: string): string => `stream place ${shard}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function findShards(
  streams: DynamoDBStreamsClient,
  place: { arn: string; iterators: Map<string, string> },
  queues: LocalQueues,
): Promise<void> {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: place.arn }));
  for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
    if (place.iterators.has(ShardId)) continue;
    const after = queues.getSetting(placeOf(ShardId));
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: place.arn,
        ShardId,
        ...(after === null
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
      }),
    );
    if (ShardIterator !== undefined) place.iterators.set(ShardId, ShardIterator);
  }
}

async function takeRecords(
  records: readonly _Record[],
  shard: string,
  options: StreamSourceOptions,
  stopped: () => boolean,
): Promise<void> {
  for (let at = 0; at < records.length && !stopped(); at += STREAM_BATCH) {
    const batch = records.slice(at, at + STREAM_BATCH);
    const wanted = batch.map(asLambdaRecord).filter(options.filter);
    if (wanted.length > 0) await handStream(wanted, options, 1, stopped);
    if (stopped()) return;
    const last = batch.at(-1)?.dynamodb?.SequenceNumber;
    if (last !== undefined) options.queues.setSetting(placeOf(shard), last);
  }
}

/** A batch that fails is tried from its first failure on; one that keeps failing is halved until the bad record stands alone. */
async function handStream(
  records: readonly DynamoDBRecord[],
  options: StreamSourceOptions,
  attempt: number,
  stopped: () => boolean,
): Promise<void> {
  const failedAt = await firstFailure(records, options);
  if (failedAt === null || stopped()) return;
  const rest = records.slice(failedAt);
  if (rest.length > 1) {
    const half = Math.ceil(rest.length / 2);
    await handStream(rest.slice(0, half), options, attempt, stopped);
    await handStream(rest.slice(half), options, attempt, stopped);
    return;
  }
  if (attempt >= STREAM_TRIES) {
    options.queues.send('alerts-given-up', [JSON.stringify(rest[0]?.dynamodb?.Keys ?? {})]);
    return;
  }
  await pause(RETRY_MS * attempt);
  await handStream(rest, options, attempt + 1, stopped);
}

/** Index of the first record that failed; null when all are done. */
async function firstFailure(
  records: readonly DynamoDBRecord[],
  { handler }: StreamSourceOptions,
): Promise<number | null> {
  try {
    const { batchItemFailures } = await handler({ Records: [...records] });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const index = records.findIndex(
      ({ dynamodb, eventID }) => failed.has(dynamodb?.SequenceNumber ?? '') || failed.has(eventID ?? ''),
    );
    return index === -1 ? null : index;
  } catch {
    return 0;
  }
}

const asLambdaRecord = (record: _Record): DynamoDBRecord => record as unknown as DynamoDBRecord;
