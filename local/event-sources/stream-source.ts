// Hands the table's stream to its handler as Lambda would: checkpoints, and batches that fail are halved. The place reached is kept in the
// queues' file. It is read in real time, whatever the clock of the instance shows: the database is a process of its own.
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { chunks } from '../../shared/core/chunks.ts';
import { MINUTE_MS } from '../../shared/core/time.ts';
import type { LocalQueues } from '../queues/queues.ts';
import type { BatchResult, EventSource } from './event-source.ts';

export type StreamHandler = (event: { Records: DynamoDBRecord[] }) => Promise<BatchResult>;

export interface StreamSourceOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly tableName: string;
  readonly queues: LocalQueues;
  readonly handler: StreamHandler;
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
        if (performance.now() - shardsAt > MINUTE_MS) {
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
  for (const batch of chunks(records, STREAM_BATCH)) {
    if (stopped()) return;
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
