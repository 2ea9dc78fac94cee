// The table's stream as it comes to its handler: from the place kept, in batches, again after an error. A server of this machine answers
// as DynamoDB does.
import type { DynamoDBRecord } from 'aws-lambda';
import type { EventSource } from '../../local/event-sources/event-source.ts';
import { type StreamHandler, startStreamSource } from '../../local/event-sources/stream-source.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { type AwsAnswer, type AwsRequest, type AwsServer, serveAwsJson } from '../support/aws-json-server.ts';
import { until } from '../support/waiting.ts';

let queues: LocalQueues;
let server: AwsServer;
let source: EventSource | null;
/** What each iterator gives: its records, or an error. Iterators that are not here give nothing. */
let pages: Record<string, readonly DynamoDBRecord[] | 'expired'>;
let shards: readonly string[];
let errors: unknown[];

const aRecord = (number: number, eventName: 'INSERT' | 'MODIFY' = 'INSERT'): DynamoDBRecord => ({
  eventID: `event-${number}`,
  eventName,
  dynamodb: { SequenceNumber: String(number), Keys: { pk: { S: `key-${number}` } } },
});
const records = (count: number, from = 1): readonly DynamoDBRecord[] =>
  Array.from({ length: count }, (_, index) => aRecord(from + index));
const numbersOf = (event: { Records: readonly DynamoDBRecord[] }): readonly number[] =>
  event.Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));

function answer({ operation, body }: AwsRequest): AwsAnswer {
  if (operation === 'DescribeTable') return { body: { Table: { LatestStreamArn: 'arn:stream' } } };
  if (operation === 'DescribeStream')
    return { body: { StreamDescription: { Shards: shards.map((ShardId) => ({ ShardId })) } } };
  if (operation === 'GetShardIterator') return { body: { ShardIterator: `${body.ShardId}:0` } };
  const iterator: string = body.ShardIterator;
  const page = pages[iterator];
  if (page === 'expired') {
    delete pages[iterator];
    return { error: 'ExpiredIteratorException' };
  }
  const [shard, number = '0'] = iterator.split(':');
  const next = `${shard}:${page === undefined ? number : Number(number) + 1}`;
  return { body: { Records: page ?? [], ...(shard === 'closed' ? {} : { NextShardIterator: next }) } };
}

beforeEach(async () => {
  queues = new LocalQueues(':memory:');
  [pages, shards, errors, source] = [{}, ['shard'], [], null];
  server = await serveAwsJson(answer);
});
afterEach(async () => {
  await source?.stop();
  await server.close();
  queues.close();
});

function start(handler: StreamHandler): EventSource {
  source = startStreamSource({
    endpoint: server.origin,
    region: 'us-east-1',
    tableName: 'tocsin',
    queues,
    handler,
    filter: ({ eventName }) => eventName === 'INSERT',
    pollMs: 2,
    onError: (error) => errors.push(error),
  });
  return source;
}

const asksOf = (operation: string): readonly Record<string, unknown>[] =>
  server.asked.filter((each) => each.operation === operation).map(({ body }) => body);
const place = (shard = 'shard'): string | null => queues.getSetting(`stream place ${shard}`);
const well = { batchItemFailures: [] };

it('records come from the beginning of a new stream, 25 at once, and the place is kept', async () => {
  pages = { 'shard:0': records(30), 'shard:1': [aRecord(31), aRecord(32, 'MODIFY')] };
  const seen: (readonly number[])[] = [];

  start(async (event) => {
    seen.push(numbersOf(event));
    return well;
  });
  await until(() => place() === '32');

  expect(seen).toEqual([Array.from({ length: 25 }, (_, at) => at + 1), [26, 27, 28, 29, 30], [31]]);
  expect(asksOf('DescribeTable')).toEqual([{ TableName: 'tocsin' }]);
  expect(asksOf('GetShardIterator')).toEqual([
    { StreamArn: 'arn:stream', ShardId: 'shard', ShardIteratorType: 'TRIM_HORIZON' },
  ]);
  expect(asksOf('GetRecords')[0]).toEqual({ ShardIterator: 'shard:0', Limit: 500 });
  expect(errors).toEqual([]);
});

it('records that the handler is not for are passed over, and their place is kept', async () => {
  pages = { 'shard:0': [aRecord(1, 'MODIFY'), aRecord(2, 'MODIFY')] };
  const seen: unknown[] = [];

  start(async (event) => {
    seen.push(event);
    return well;
  });
  await until(() => place() === '2');

  expect(seen).toEqual([]);
});

it('a later start continues after the place kept, shard by shard', async () => {
  queues.setSetting('stream place one', '7');
  shards = ['one', 'two'];

  start(async () => well);
  await until(() => asksOf('GetRecords').length > 3);

  expect(asksOf('GetShardIterator')).toEqual([
    { StreamArn: 'arn:stream', ShardId: 'one', ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '7' },
    { StreamArn: 'arn:stream', ShardId: 'two', ShardIteratorType: 'TRIM_HORIZON' },
  ]);
});

it('a shard that is closed is read to its end once', async () => {
  shards = ['closed', 'shard'];
  pages = { 'closed:0': [aRecord(1)] };
  const seen: (readonly number[])[] = [];

  start(async (event) => {
    seen.push(numbersOf(event));
    return well;
  });
  await until(() => asksOf('GetRecords').length > 5);

  expect(seen).toEqual([[1]]);
  expect(asksOf('GetRecords').filter(({ ShardIterator }) => ShardIterator === 'closed:0')).toHaveLength(1);
});

it.each<[string, (record: DynamoDBRecord) => string]>([
  ['number', ({ dynamodb }) => dynamodb?.SequenceNumber ?? ''],
  ['event', ({ eventID }) => eventID ?? ''],
])('a batch that fails at a record, named by its %s, is tried from there on, in halves', async (_, idOf) => {
  pages = { 'shard:0': records(6) };
  const seen: (readonly number[])[] = [];
  let failures = 1;

  start(async (event) => {
    seen.push(numbersOf(event));
    const third = event.Records.find(({ eventID }) => eventID === 'event-3');
    return third !== undefined && failures-- > 0 ? { batchItemFailures: [{ itemIdentifier: idOf(third) }] } : well;
  });
  await until(() => place() === '6');

  expect(seen).toEqual([
    [1, 2, 3, 4, 5, 6],
    [3, 4],
    [5, 6],
  ]);
});

it('a batch whose handler dies is halved from its first record on, the larger half first', async () => {
  pages = { 'shard:0': records(5) };
  const seen: (readonly number[])[] = [];

  start(async (event) => {
    seen.push(numbersOf(event));
    if (seen.length === 1) throw new Error('out of memory');
    return well;
  });
  await until(() => place() === '5');

  expect(seen).toEqual([
    [1, 2, 3, 4, 5],
    [1, 2, 3],
    [4, 5],
  ]);
});

it('a failure of a record that is not in the batch is none', async () => {
  pages = { 'shard:0': [aRecord(1)] };
  let calls = 0;

  start(async () => {
    calls += 1;
    return { batchItemFailures: [{ itemIdentifier: 'unknown' }] };
  });
  await until(() => place() === '1');

  expect(calls).toBe(1);
});

it('after an error it says so and looks again from the place kept', async () => {
  pages = { 'shard:0': 'expired' };
  queues.setSetting('stream place shard', '3');

  const running = start(async () => well);
  await until(() => asksOf('GetShardIterator').length > 1);

  expect(errors).toEqual([expect.objectContaining({ name: 'ExpiredIteratorException' })]);
  expect(asksOf('GetShardIterator')[1]).toMatchObject({ SequenceNumber: '3' });
  expect(asksOf('DescribeTable')).toHaveLength(1);
  expect(running.busy()).toBe(false);
});

it('is busy while records are handled, and a stop waits for them and keeps no place of what was not handled', async () => {
  pages = { 'shard:0': records(30) };
  const work = Promise.withResolvers<void>();
  let calls = 0;
  const running = start(async () => {
    calls += 1;
    await work.promise;
    return { batchItemFailures: [{ itemIdentifier: '1' }] };
  });
  await until(() => calls === 1);
  const wasBusy = running.busy();
  let isStopped = false;

  const stopping = running.stop().then(() => {
    isStopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const early = isStopped;
  work.resolve();
  await stopping;

  expect([wasBusy, early, calls, place()]).toEqual([true, false, 1, null]);
});
