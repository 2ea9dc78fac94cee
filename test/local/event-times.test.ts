// When events come, by the clock of the instance.
import type { SQSRecord } from 'aws-lambda';
import { startQueueSource } from '../../local/event-sources/queue-source.ts';
import { startSchedule } from '../../local/event-sources/schedule.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { sqsEvent } from '../lambdas/aws-events.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const unexpected = (error: unknown): void => {
  throw error;
};

/** Lets everything go on that needs no time to pass. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a schedule', () => {
  const started = (handler: () => Promise<void> = async () => {}) => {
    const clock = virtualClock('2026-11-17T12:00:20.000Z');
    const times: string[] = [];
    const source = startSchedule({
      clock,
      everyMs: 60_000,
      handler: async ({ time }) => {
        times.push(time);
        await handler();
      },
      onError: unexpected,
    });
    return { clock, times, source };
  };

  it('calls at once, then just after each full minute', async () => {
    const { clock, times, source } = started();
    for (const ms of [40_004, 1, 59_999, 1]) {
      clock.move(ms);
      await settle();
    }
    await source.stop();

    expect(times).toEqual(['2026-11-17T12:00:20.000Z', '2026-11-17T12:01:00.005Z', '2026-11-17T12:02:00.005Z']);
  });

  it('passes over the minutes in which it was late or still at work', async () => {
    const work = Promise.withResolvers<void>();
    const { clock, times, source } = started(() => work.promise);
    clock.move(60_000);
    await settle();
    expect([times.length, source.busy()]).toEqual([1, true]);

    work.resolve();
    await settle();
    clock.move(10 * 60_000);
    await settle();

    expect([times, source.busy()]).toEqual([['2026-11-17T12:00:20.000Z', '2026-11-17T12:11:20.000Z'], false]);
    await source.stop();
  });

  it('that is stopped calls no more, and waits for the call under way', async () => {
    const work = Promise.withResolvers<void>();
    const { clock, times, source } = started(() => work.promise);
    let stopped = false;

    const stopping = source.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect([stopped, clock.waiting()]).toEqual([false, 0]);
    work.resolve();
    await stopping;
    clock.move(60_000);

    expect(times).toHaveLength(1);
  });
});

describe('a queue', () => {
  const START = '2026-11-17T12:00:00.000Z';
  const started = (handler: () => Promise<readonly string[]>) => {
    const clock = virtualClock(START);
    const queues = new LocalQueues(':memory:', () => clock.now().getTime());
    const at: number[] = [];
    const source = startQueueSource({
      clock,
      queues,
      queue: 'polls',
      batchSize: 1,
      concurrency: 1,
      visibilityTimeoutMs: 900_000,
      onError: unexpected,
      handler: async () => {
        at.push(clock.passed() / 1_000);
        return { batchItemFailures: (await handler()).map((itemIdentifier) => ({ itemIdentifier })) };
      },
    });
    return { clock, queues, source, at };
  };

  it('brings a message whose handler died again after a pause that doubles with each try', async () => {
    const { clock, queues, source, at } = started(async () => {
      throw new Error('out of memory');
    });
    queues.send('polls', ['fails']);
    for (let second = 0; second <= 80; second += 1) {
      await settle();
      clock.move(1_000);
    }
    await source.stop();

    const pauses = at.slice(1).map((second, index) => second - at[index]!);
    expect(pauses.map((pause) => Math.ceil(pause / 12))).toEqual([1, 2, 4]);
    expect([queues.depth('polls'), queues.depth('polls-dead')]).toEqual([1, 0]);
    queues.close();
  });

  it('hands a message over with every field that Amazon SQS gives', async () => {
    const clock = virtualClock(START);
    const queues = new LocalQueues(':memory:', () => clock.now().getTime());
    const records: SQSRecord[] = [];
    queues.send('polls', ['a poll']);

    const source = startQueueSource({
      clock,
      queues,
      queue: 'polls',
      batchSize: 1,
      concurrency: 1,
      visibilityTimeoutMs: 900_000,
      onError: unexpected,
      handler: async ({ Records }) => {
        records.push(...Records);
        return { batchItemFailures: [] };
      },
    });
    await settle();
    await source.stop();
    queues.close();

    const [theirs] = sqsEvent({ '1': 'a poll' }).Records;
    expect(records).toEqual([
      {
        ...theirs,
        receiptHandle: '1',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(Date.parse(START)),
          SenderId: expect.stringMatching(/./),
          ApproximateFirstReceiveTimestamp: String(Date.parse(START)),
        },
        md5OfBody: expect.any(String),
        eventSourceARN: expect.stringMatching(/^arn:aws:sqs:us-east-1:\d{12}:polls$/),
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('hides a message from others while it is worked on', async () => {
    const work = Promise.withResolvers<readonly string[]>();
    const { queues, source } = started(() => work.promise);
    queues.send('polls', ['slow']);
    await settle();

    expect([queues.nextVisibleAt('polls'), source.busy()]).toEqual([Date.parse(START) + 900_000, true]);
    work.resolve([]);
    await source.stop();
    expect(queues.depth('polls')).toBe(0);
    queues.close();
  });

  it('looks again within five seconds, since the clock may have been set or the disk may have room again', async () => {
    const { clock, queues, source, at } = started(async () => []);
    queues.send('polls', ['later'], 60_000);
    await settle();
    const waits = clock.waiting();
    clock.move(4_999);
    await settle();
    const early = at.length;
    // Set forward by an hour.
    clock.move(3_600_000);
    await settle();
    await source.stop();

    expect([waits, early, at.length]).toEqual([1, 0, 1]);
    queues.close();
  });
});
