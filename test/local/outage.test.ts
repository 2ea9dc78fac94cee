// Six hours without a dependency: what the queues hold by then is done soon after, and nothing is set aside. The queues of one machine have the
// semantics of SQS, and the handlers are those of the deployment.
import { createHandler as matchArticlesHandler } from '../../lambdas/match-articles.ts';
import { createHandler as pollFeedsHandler } from '../../lambdas/poll-feeds.ts';
import { createLocalArticleQueue, createLocalFailedMessages } from '../../local/aws/local-ports.ts';
import { type QueueSourceOptions, startQueueSource } from '../../local/event-sources/queue-source.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { PollMessage } from '../../shared/model/messages.ts';
import { ALERT_SETTINGS } from '../support/alert-world.ts';
import { aNewFeed, aTopic } from '../support/builders.ts';
import { aLog, aPublisher, someMetrics } from '../support/fakes.ts';
import { rss } from '../support/followed-feed.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const START = '2026-11-17T12:00:00.000Z';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FEED = aNewFeed({ fullText: 'never' });

const unexpected = (error: unknown): void => {
  throw error;
};

function aMachine() {
  const clock = virtualClock(START);
  const queues = new LocalQueues(':memory:', () => clock.now().getTime());
  const telemetry = {
    log: aLog(),
    metrics: someMetrics(),
    begin: () => () => {},
    failedMessages: createLocalFailedMessages(queues),
  };
  const work = (queue: QueueSourceOptions['queue'], handler: QueueSourceOptions['handler']) =>
    startQueueSource({
      clock,
      queues,
      queue,
      handler,
      batchSize: 10,
      concurrency: 1,
      visibilityTimeoutMs: 15 * MINUTE_MS,
      onError: unexpected,
    });
  return { clock, queues, telemetry, work };
}

/** Time passes in steps of half a minute; between them everything goes on that needs no time. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    clock.move(Math.min(left, 30_000));
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Each call of a method fails while the service is away. */
const awayWhile = <Port extends object>(isAway: () => boolean, port: Port): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (isAway()) throw new ServiceUnavailableError('the table did not answer');
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });

const poll = (minute: number): string =>
  JSON.stringify({
    v: 1,
    kind: 'poll',
    pollBatch: '000001',
    slot: new Date(Date.parse(START) + minute * MINUTE_MS).toISOString(),
    feedIds: [FEED.id],
  } satisfies PollMessage);

describe('an outage of six hours', () => {
  it('of the table leaves no dead letter: all that was queued is done within a quarter of an hour after it', async () => {
    const { clock, queues, telemetry, work } = aMachine();
    const stores = createMemoryStores({ clock });
    await stores.feeds.addFeed(FEED);
    await stores.topics.putTopics([aTopic()]);
    const [from, until] = [MINUTE_MS, 6 * HOUR_MS + 3 * MINUTE_MS];
    const isAway = (): boolean => clock.passed() > from && clock.passed() < until;
    const away = Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, awayWhile(isAway, store)]));
    const ports = {
      ...(away as unknown as typeof stores),
      ...telemetry,
      clock,
      settings: ALERT_SETTINGS,
      articleQueue: createLocalArticleQueue(queues),
    };
    const publisher = aPublisher();
    publisher.answer(FEED.url, async () => ({
      kind: 'changed',
      body: Buffer.from(rss([{ title: 'Convoy', guid: 'one', text: 'A convoy crossed the river.' }], 1)),
      contentType: 'application/rss+xml',
      finalUrl: FEED.url,
      movedTo: null,
      etag: null,
      lastModified: null,
      freshSeconds: null,
    }));
    const sources = [
      work('polls', pollFeedsHandler({ ...ports, fetcher: publisher })),
      work(
        'articles',
        matchArticlesHandler({
          ...ports,
          pages: { fetchPage: () => Promise.reject(new Error('no page is asked for')) },
          extractor: { extract: () => Promise.reject(new Error('no page is read')) },
        }),
      ),
    ];

    // One an hour, the first as soon as the table is away.
    await pass(clock, 2 * MINUTE_MS);
    for (let hour = 0; hour < 6; hour += 1) {
      queues.send('polls', [poll(60 * hour)]);
      await pass(clock, HOUR_MS);
    }
    const during = {
      stored: (await stores.matches.queryMatches({}, { limit: 9, cursor: null })).items.length,
      polls: queues.depth('polls'),
    };
    await pass(clock, 15 * MINUTE_MS);
    const after = await stores.matches.queryMatches({}, { limit: 9, cursor: null });
    for (const source of sources) await source.stop();

    expect(during).toEqual({ stored: 0, polls: 6 });
    expect(after.items.map(({ article }) => article.title)).toEqual(['Convoy']);
    expect([queues.depth('polls'), queues.depth('articles'), queues.deadLetters()]).toEqual([0, 0, 0]);
    // It does not ask all the time either.
    expect(telemetry.metrics.totals['RecordsFailed']).toBeLessThan(6 * 8 + 6 * 6 * 5);
    queues.close();
  });

  it('and of the handler itself leaves none either', async () => {
    const { clock, queues, work } = aMachine();
    const source = work('publications', async () => {
      if (clock.passed() < 6 * HOUR_MS) throw new Error('the mail server does not answer');
      return { batchItemFailures: [] };
    });
    queues.send('publications', ['an event']);

    await pass(clock, 6 * HOUR_MS + 15 * MINUTE_MS);
    await source.stop();

    expect([queues.depth('publications'), queues.deadLetters()]).toEqual([0, 0]);
    queues.close();
  });
});

describe('a message that cannot succeed', () => {
  it('is set aside with its reason in less than half an hour, while its batch-mates are done', async () => {
    const { clock, queues, telemetry, work } = aMachine();
    const stores = createMemoryStores({ clock });
    await stores.feeds.addFeed(FEED);
    const handler = pollFeedsHandler({
      ...stores,
      ...telemetry,
      clock,
      settings: ALERT_SETTINGS,
      articleQueue: createLocalArticleQueue(queues),
      fetcher: { fetchFeed: async () => ({ kind: 'unchanged', freshSeconds: null, movedTo: null }) },
    });
    queues.send('polls', [poll(0), '{"v":1,']);
    const source = work('polls', handler);

    await pass(clock, 30 * MINUTE_MS);
    await source.stop();

    expect(queues.depth('polls')).toBe(0);
    expect(queues.listDeadLetters()).toMatchObject([
      { queue: 'polls', body: '{"v":1,', reason: expect.stringContaining('it is no JSON') },
    ]);
    expect(telemetry.metrics.totals['RecordsFailed']).toBe(8);
    queues.close();
  });

  it('is tried again when it is redriven', async () => {
    const { clock, queues, work } = aMachine();
    let isMended = false;
    const source = work('articles', async () => {
      if (!isMended) throw new TypeError('x is not a function');
      return { batchItemFailures: [] };
    });
    queues.send('articles', ['an article']);

    await pass(clock, 30 * MINUTE_MS);
    const aside = queues.deadLetters();
    isMended = true;
    queues.redrive();
    await pass(clock, MINUTE_MS);
    await source.stop();

    expect([aside, queues.deadLetters(), queues.depth('articles')]).toEqual([1, 0, 0]);
    queues.close();
  });
});
