// Events of one machine come as Lambda's would: partial failures, tries, bisection, places kept.

import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import type { BatchResult } from '../../local/event-sources/event-source.ts';
import { startQueueSource } from '../../local/event-sources/queue-source.ts';
import { startSchedule } from '../../local/event-sources/schedule.ts';
import { startStreamSource } from '../../local/event-sources/stream-source.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { systemClock } from '../../local/system/instance-clock.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import { until } from '../support/waiting.ts';

const failures = (ids: readonly string[]): BatchResult => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

const unexpected = (error: unknown): void => {
  throw error;
};

describe('a queue', () => {
  it('lets signals, timers and answers in between, although its handler waits for nothing', async () => {
    const queues = new LocalQueues(':memory:');
    const total = 500;
    queues.send(
      'articles',
      Array.from({ length: total }, (_, n) => String(n)),
    );
    let handled = 0;

    const source = startQueueSource({
      clock: systemClock,
      queues,
      queue: 'articles',
      batchSize: 1,
      concurrency: 4,
      visibilityTimeoutMs: 60_000,
      onError: unexpected,
      handler: async () => {
        handled += 1;
        return failures([]);
      },
    });
    const handledAtNextTurn = await new Promise((resolve) => setImmediate(() => resolve(handled)));
    await until(() => queues.depth('articles') === 0);
    await source.stop();

    expect(handledAtNextTurn).toBeLessThanOrEqual(8);
    expect(handled).toBe(total);
    queues.close();
  });

  it('leaves the record that failed to its handler, which gave it back, and deletes the others of its batch', async () => {
    const queues = new LocalQueues(':memory:');
    const seen: string[] = [];
    queues.send('polls', ['good', 'bad', 'also good']);

    const source = startQueueSource({
      clock: systemClock,
      queues,
      queue: 'polls',
      batchSize: 10,
      concurrency: 1,
      visibilityTimeoutMs: 60_000,
      onError: unexpected,
      handler: async ({ Records }) => {
        seen.push(...Records.map(({ body }) => body));
        const failed = Records.filter(({ body }) => body === 'bad').map(({ messageId }) => messageId);
        for (const id of failed) queues.giveBack(Number(id), seen.length < 5 ? 0 : 60_000, 'bad');
        return failures(failed);
      },
    });
    await until(() => seen.length === 5 && queues.depth('polls') === 1);
    await source.stop();

    expect(seen.filter((body) => body !== 'bad').sort()).toEqual(['also good', 'good']);
    expect(queues.deadLetters()).toBe(0);
    queues.close();
  });

  it('gives back the whole batch when the handler dies, and finishes what is under way before it stops', async () => {
    const clock = virtualClock('2026-11-17T12:00:00.000Z');
    const queues = new LocalQueues(':memory:', () => clock.now().getTime());
    let calls = 0;
    queues.send('articles', ['one', 'two']);

    const source = startQueueSource({
      clock,
      queues,
      queue: 'articles',
      batchSize: 10,
      concurrency: 1,
      visibilityTimeoutMs: 60_000,
      onError: unexpected,
      handler: async () => {
        calls += 1;
        if (calls === 1) throw new Error('out of memory');
        return failures([]);
      },
    });
    await until(() => calls === 1);
    clock.move(12_000);
    await until(() => queues.depth('articles') === 0);
    await source.stop();

    expect(calls).toBe(2);
    queues.close();
  });
});

describe('a queue whose disk is full', () => {
  it('goes on when there is room again', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const queues = new LocalQueues(':memory:');
    queues.send('polls', ['waiting']);
    const receive = jest.spyOn(queues, 'receive').mockImplementationOnce(() => {
      throw new Error('no space left');
    });
    const errors: unknown[] = [];
    const seen: string[] = [];

    const source = startQueueSource({
      clock: systemClock,
      queues,
      queue: 'polls',
      batchSize: 10,
      concurrency: 1,
      visibilityTimeoutMs: 60_000,
      onError: (error) => errors.push(error),
      handler: async ({ Records }) => {
        seen.push(...Records.map(({ body }) => body));
        return failures([]);
      },
    });
    await jest.advanceTimersByTimeAsync(10_000);
    await source.stop();
    jest.useRealTimers();

    expect(errors).toEqual([new Error('no space left')]);
    expect(seen).toEqual(['waiting']);
    receive.mockRestore();
    queues.close();
  });
});

describe('a schedule', () => {
  it('calls at once, and never twice at the same time', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const errors: unknown[] = [];

    const source = startSchedule({
      clock: systemClock,
      everyMs: 5,
      handler: async () => {
        calls += 1;
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 12));
        running -= 1;
        if (calls === 1) throw new Error('a bad minute');
      },
      onError: (error) => errors.push(error),
    });
    await until(() => calls >= 4);
    await source.stop();

    expect(most).toBe(1);
    expect(running).toBe(0);
    expect(errors).toHaveLength(1);
  });
});

describe('the stream of the table', () => {
  let database: TestDatabase;
  let queues: LocalQueues;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
  });
  beforeEach(() => {
    queues = new LocalQueues(':memory:');
  });
  afterEach(() => queues.close());
  afterAll(() => database.stop());

  const stream = (tableName: string, endpoint: string, seen: (ids: string[]) => readonly string[]) =>
    startStreamSource({
      endpoint,
      region: 'us-east-1',
      tableName,
      queues,
      filter: ({ eventName }) => eventName === 'INSERT',
      pollMs: 5,
      onError: (error) => {
        throw error;
      },
      handler: async ({ Records }) => {
        const ids = Records.map(({ dynamodb }) => dynamodb?.NewImage?.['pk']?.S ?? '');
        const failed = seen(ids);
        return failures(
          Records.filter(({ dynamodb }) => failed.includes(dynamodb?.NewImage?.['pk']?.S ?? '')).map(
            ({ dynamodb }) => dynamodb?.SequenceNumber ?? '',
          ),
        );
      },
    });

  const put = (client: DynamoDBClient, TableName: string, id: string) =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: id }, sk: { S: id } } }));

  it('brings each record in order, sets a bad one aside alone, and goes on from its place after a restart', async () => {
    const { client, endpoint } = database;
    const tableName = await database.newTable();
    const seen: string[] = [];
    for (const id of ['a', 'bad', 'b']) await put(client, tableName, id);
    const take = (ids: string[]): readonly string[] => {
      seen.push(...ids);
      return ids.filter((id) => id === 'bad');
    };

    const first = stream(tableName, endpoint, take);
    await until(() => queues.depth('alerts-given-up') === 1 && seen.includes('b'));
    await put(client, tableName, 'c');
    await until(() => seen.includes('c'));
    await first.stop();
    await put(client, tableName, 'd');
    const before = seen.length;
    const second = stream(tableName, endpoint, take);
    await until(() => seen.includes('d'));
    await second.stop();

    expect([...new Set(seen)]).toEqual(['a', 'bad', 'b', 'c', 'd']);
    expect(seen.slice(before)).toEqual(['d']);
  });
});
