// Each handler with the events that AWS sends: what is decoded, what one bad record costs, what is answered.
import type { Context } from 'aws-lambda';
import { createHandler as apiHandler } from '../../lambdas/api.ts';
import { createHandler as configureHandler } from '../../lambdas/configure.ts';
import { createHandler as matchArticlesHandler } from '../../lambdas/match-articles.ts';
import { createHandler as outputFeedsHandler } from '../../lambdas/output-feeds.ts';
import { createHandler as pollFeedsHandler } from '../../lambdas/poll-feeds.ts';
import { createHandler as publicLinksHandler } from '../../lambdas/public-links.ts';
import { forEachQueueRecord, forEachStreamRecord } from '../../lambdas/records.ts';
import { createHandler as schedulePollsHandler } from '../../lambdas/schedule-polls.ts';
import { createHandler as sendAlertsHandler } from '../../lambdas/send-alerts.ts';
import { createHandler as sweepHandler } from '../../lambdas/sweep.ts';
import { DamagedRecordError, FetchFailedError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { LASTING_RECEIVES } from '../../shared/core/message-retries.ts';
import type { MatchId } from '../../shared/model/ids.ts';
import type { ArticleMessage, PollMessage } from '../../shared/model/messages.ts';
import type { DueStore, FeedFetcher } from '../../shared/ports.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../support/alert-world.ts';
import { aClock, aMatch, aNewFeed, articleOf, aSubscription, aTopic, later } from '../support/builders.ts';
import { apiSenders, testChannels } from '../support/channels.ts';
import { aLog, aQueue, someFailedMessages, someMetrics, someSnsSubscriptions } from '../support/fakes.ts';
import { rss } from '../support/followed-feed.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { anOutput, pathOfOutput } from '../support/output-world.ts';
import {
  aContext,
  cloudFormationRequest,
  httpEvent,
  SCHEDULE_EVENT,
  sqsEvent,
  streamEvent,
  streamRecord,
} from './aws-events.ts';

const FEED = aNewFeed({ fullText: 'never' });
const POLL = JSON.stringify({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [FEED.id] });
/** Of a version that this code does not know. */
const NEWER = JSON.stringify({ v: 2, kind: 'poll', feedIds: [FEED.id] });

/** Log and metrics, and how many invocations have begun and ended. */
function aTelemetry() {
  const invocations = { begun: 0, ended: 0 };
  const log = aLog();
  return {
    log,
    metrics: someMetrics(),
    failedMessages: someFailedMessages(),
    invocations,
    begin: () => {
      invocations.begun += 1;
      return () => {
        invocations.ended += 1;
      };
    },
  };
}

/** Stores in memory with a clock, queues, and the settings of all handlers. */
function aWorld() {
  const clock = aClock();
  const pollQueue = aQueue<PollMessage>();
  const articleQueue = aQueue<ArticleMessage>();
  return {
    ...createMemoryStores({ clock }),
    ...aTelemetry(),
    clock,
    pollQueue,
    articleQueue,
    settings: ALERT_SETTINGS,
  };
}

const publisher = {
  fetchFeed: async ({ url }: { readonly url: string }) => ({
    kind: 'changed' as const,
    body: Buffer.from(
      rss([{ title: 'Convoy crosses the river', guid: 'one', text: 'A convoy crossed the river.' }], 1),
    ),
    contentType: 'application/rss+xml',
    finalUrl: url,
    movedTo: null,
    etag: null,
    lastModified: null,
    freshSeconds: null,
  }),
};

const failedOf = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }): readonly string[] =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/** The one line of a batch. */
const batchLine = ({ lines }: ReturnType<typeof aLog>) => lines.filter(({ message }) => message === 'batch');

describe('a batch of records', () => {
  it('adds up what the work of each record counts, and is one line of the log', async () => {
    const telemetry = aTelemetry();
    const counts: (Record<string, number> | undefined)[] = [{ sent: 2, known: 1 }, undefined, { sent: 3 }];

    const result = await forEachQueueRecord(
      sqsEvent({ one: '0', two: '1', three: '2' }),
      undefined,
      telemetry,
      async ({ body }) => counts[Number(body)],
    );

    expect(failedOf(result)).toEqual([]);
    expect(telemetry.log.lines).toEqual([
      { level: 'info', message: 'batch', fields: { records: 3, failed: 0, sent: 5, known: 1 } },
    ]);
  });

  it('gives back the records that fail, and warns with the reason of each', async () => {
    const telemetry = aTelemetry();

    const result = await forEachQueueRecord(
      sqsEvent({ one: 'error', two: 'text', three: 'fine' }),
      aContext(1000),
      telemetry,
      async ({ body }) => {
        if (body === 'error') throw new Error('it broke');
        if (body === 'text') throw 'it broke without an error';
        return { done: 1 };
      },
    );

    expect(failedOf(result)).toEqual(['one', 'two']);
    const failures = [
      { record: 'one', error: 'it broke', retryInSeconds: expect.any(Number) },
      { record: 'two', error: 'it broke without an error', retryInSeconds: expect.any(Number) },
    ];
    expect(telemetry.log.lines).toEqual([
      { level: 'warn', message: 'batch', fields: { records: 3, failed: 2, done: 1, failures } },
    ]);
  });

  it('hides a message that failed for a wait that grows with its tries', async () => {
    const telemetry = aTelemetry();
    const fails = async () => {
      throw new ServiceUnavailableError('the table did not answer');
    };

    for (const receives of [1, 3, 20])
      await forEachQueueRecord(sqsEvent({ one: `try ${receives}` }, receives), undefined, telemetry, fails);

    const { hidden } = telemetry.failedMessages;
    const longest = [12, 48, 900];
    expect(Object.values(hidden).filter((wait, at) => wait > longest[at]! || wait * 6 < longest[at]! * 5)).toEqual([]);
    expect(Object.keys(hidden)).toHaveLength(3);
    expect(batchLine(telemetry.log)[0]?.fields['failures']).toEqual([
      { record: 'one', error: 'the table did not answer', retryInSeconds: hidden['try 1'] },
    ]);
  });

  it('sets a message aside that cannot succeed, and reports it as done: the queue drops it', async () => {
    const telemetry = aTelemetry();

    const result = await forEachQueueRecord(
      sqsEvent({ poison: 'poison', away: 'away' }, LASTING_RECEIVES),
      undefined,
      telemetry,
      async ({ body }) => {
        throw body === 'poison' ? new DamagedRecordError('of a queue', 'it is no JSON') : new Error('away');
      },
    );

    expect(failedOf(result)).toEqual(['away']);
    expect(telemetry.failedMessages.aside).toMatchObject([
      { body: 'poison', reason: expect.stringContaining('no JSON') },
    ]);
    expect(Object.keys(telemetry.failedMessages.hidden)).toEqual(['away']);
    expect(batchLine(telemetry.log)[0]?.fields).toMatchObject({
      failed: 2,
      failures: [
        { record: 'poison', setAside: true },
        { record: 'away', retryInSeconds: expect.any(Number) },
      ],
    });
  });

  it('keeps what can be neither hidden nor set aside: it comes back when its time in the queue is up', async () => {
    const telemetry = aTelemetry();
    const refuse = () => Promise.reject(new ServiceUnavailableError('the queue did not answer'));

    const result = await forEachQueueRecord(
      sqsEvent({ poison: 'poison', away: 'away' }, LASTING_RECEIVES),
      undefined,
      { ...telemetry, failedMessages: { retryLater: refuse, setAside: refuse } },
      async ({ body }) => {
        throw body === 'poison' ? new DamagedRecordError('of a queue', 'it is no JSON') : new Error('away');
      },
    );

    expect(failedOf(result)).toEqual(['poison', 'away']);
    expect(telemetry.log.messages('warn').map((message) => message.split(' failed')[0])).toEqual([
      'setting a message aside',
      'hiding messages until their next try',
      'batch',
    ]);
    expect(telemetry.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it('measures how many of its records failed, none included', async () => {
    const telemetry = aTelemetry();
    const measured: unknown[] = [];
    const metrics = { put: (...one: readonly unknown[]) => void measured.push(one) };
    const work = async ({ body }: { readonly body: string }) => {
      if (body === 'bad') throw new Error('it broke');
      return undefined;
    };

    const batches: readonly Record<string, string>[] = [{ one: 'good' }, { one: 'bad', two: 'good', three: 'bad' }];
    for (const bodies of batches)
      await forEachQueueRecord(sqsEvent(bodies), undefined, { ...telemetry, metrics }, work);
    await forEachStreamRecord(
      streamEvent(streamRecord('INSERT', null, '1')),
      undefined,
      { ...telemetry, metrics },
      () => Promise.reject(new Error('it broke')),
    );

    expect(measured).toEqual([0, 2, 1].map((failed) => ['RecordsFailed', 'Count', failed]));
  });

  it('of the stream leaves to the sweep what failed twice for a reason that may pass: an outage sets nothing aside', async () => {
    const telemetry = aTelemetry();
    const tries: string[] = [];

    const result = await forEachStreamRecord(
      streamEvent(...['once', 'always', 'damaged'].map((id, at) => streamRecord('INSERT', id, String(at)))),
      undefined,
      telemetry,
      async ({ dynamodb }) => {
        const id = dynamodb?.NewImage?.['article']?.S ?? '';
        tries.push(id);
        if (id === 'damaged') throw new DamagedRecordError('HIT#1', 'it has no article');
        if (id === 'always' || tries.filter((each) => each === id).length === 1)
          throw new ServiceUnavailableError('the table did not answer');
        return { sent: 1 };
      },
    );

    expect(failedOf(result)).toEqual(['2']);
    expect(tries.toSorted()).toEqual(['always', 'always', 'damaged', 'once', 'once']);
    expect(batchLine(telemetry.log)[0]?.fields).toMatchObject({ records: 3, failed: 2, sent: 1 });
    expect(batchLine(telemetry.log)[0]?.fields['failures']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ error: 'the table did not answer', leftToSweep: true }),
        expect.not.objectContaining({ leftToSweep: true }),
      ]),
    );
  });

  it('of the stream names its records by their event', async () => {
    const telemetry = aTelemetry();
    const { eventID: _, ...nameless } = streamRecord('INSERT', null, '2');
    const fails = async () => {
      throw new DamagedRecordError('HIT#1', 'it has no article');
    };

    const result = await forEachStreamRecord(
      streamEvent(streamRecord('INSERT', null, '1'), nameless),
      undefined,
      telemetry,
      fails,
    );

    expect(failedOf(result)).toEqual(['1', '2']);
    expect(telemetry.log.lines[0]?.fields['failures']).toMatchObject([
      { record: 'c4ca4238a0b923820dcc509a6f75849b-1' },
      { record: '' },
    ]);
  });

  it('ends its invocation though the event is no batch', async () => {
    const telemetry = aTelemetry();

    await expect(forEachQueueRecord({} as never, undefined, telemetry, async () => undefined)).rejects.toThrow();
    expect(telemetry.invocations).toEqual({ begun: 1, ended: 1 });
  });
});

describe('poll-feeds', () => {
  it('polls the feeds of its good messages, and gives back only those that it cannot read', async () => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);

    const result = await pollFeedsHandler({ ...world, fetcher: publisher })(
      sqsEvent({ 'not-json': '{"v":1', good: POLL, newer: NEWER, article: '{"v":1,"kind":"article"}' }),
    );

    expect(failedOf(result)).toEqual(['not-json', 'newer', 'article']);
    expect(world.articleQueue.take().map(({ item }) => item.title)).toEqual(['Convoy crosses the river']);
    expect(batchLine(world.log)).toMatchObject([
      { level: 'warn', fields: { records: 4, failed: 3, changed: 1, newItems: 1, unchanged: 0, repeated: 0 } },
    ]);
    expect(batchLine(world.log)[0]?.fields['failures']).toMatchObject([
      { record: 'not-json', error: expect.stringContaining('JSON') },
      { record: 'newer', error: expect.stringContaining('got kind "poll", version 2') },
      { record: 'article', error: expect.stringContaining('expected a message of kind "poll"') },
    ]);
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it('gives back every message, without failing itself, when none can be read', async () => {
    const world = aWorld();

    const result = await pollFeedsHandler({ ...world, fetcher: publisher })(sqsEvent({ one: '', two: NEWER }));

    expect(failedOf(result)).toEqual(['one', 'two']);
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it('logs a batch without failures as information, with what the publishers answered', async () => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);
    const failing = { fetchFeed: () => Promise.reject(new Error('a surprise')) };
    const unchanged = { fetchFeed: async () => ({ kind: 'unchanged' as const, freshSeconds: null, movedTo: null }) };

    const first = await pollFeedsHandler({ ...world, fetcher: unchanged })(sqsEvent({ one: POLL }));
    await pollFeedsHandler({ ...world, fetcher: failing })(sqsEvent({ two: POLL }));

    expect(failedOf(first)).toEqual([]);
    expect(batchLine(world.log)[0]).toMatchObject({ level: 'info', fields: { records: 1, failed: 0, unchanged: 1 } });
    expect(batchLine(world.log)[0]?.fields).not.toHaveProperty('failures');
    expect(batchLine(world.log)[1]).toMatchObject({ fields: { unchanged: 0, changed: 0 } });
  });
});

describe('the counts of poll-feeds', () => {
  const scheduled = (slot: Date): string =>
    JSON.stringify({ v: 1, kind: 'poll', pollBatch: '000001', slot: slot.toISOString(), feedIds: [FEED.id] });
  const countsAfter = async (fetchFeed: FeedFetcher['fetchFeed'], ...minutes: readonly number[]) => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);
    const handler = pollFeedsHandler({ ...world, fetcher: { fetchFeed } });
    for (const minute of minutes) {
      const slot = new Date(world.clock.now().getTime() + minute * 60_000);
      await handler(sqsEvent({ one: scheduled(slot) }));
    }
    return batchLine(world.log).at(-1)?.fields;
  };
  const counts = { records: 1, failed: 0, unchanged: 0, changed: 0, failing: 0, notDue: 0, newItems: 0, repeated: 0 };

  it('say that a publisher fails', async () => {
    const fails = () => Promise.reject(new FetchFailedError('dns', FEED.url, 'no such host'));

    expect(await countsAfter(fails, 0)).toEqual({ ...counts, failing: 1 });
  });

  it('say that a message came again', async () => {
    expect(await countsAfter(publisher.fetchFeed, 0, 0)).toEqual({ ...counts, repeated: 1 });
  });

  it('say that a feed was not due', async () => {
    const goodForAnHour = async () => ({ ...(await publisher.fetchFeed(FEED)), freshSeconds: 3_600 });

    expect(await countsAfter(goodForAnHour, 0, 1)).toEqual({ ...counts, notDue: 1 });
  });
});

describe('match-articles', () => {
  const given = (world: ReturnType<typeof aWorld>) => ({
    ...world,
    pages: { fetchPage: () => Promise.reject(new Error('no page is asked for')) },
    extractor: { extract: () => Promise.reject(new Error('no page is read')) },
  });

  it('stores the match of a good message once, and gives back the others', async () => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);
    await world.topics.putTopics([aTopic()]);
    await pollFeedsHandler({ ...world, fetcher: publisher })(sqsEvent({ good: POLL }));
    const [message] = world.articleQueue.take();
    const body = JSON.stringify(message);
    const handler = matchArticlesHandler(given(world));

    const first = await handler(sqsEvent({ good: body, bad: '[]', poll: POLL }), aContext(60_000));
    const second = await handler(sqsEvent({ again: body }), aContext(60_000));

    expect([failedOf(first), failedOf(second)]).toEqual([['bad', 'poll'], []]);
    const { items } = await world.matches.queryMatches({}, { limit: 10, cursor: null });
    expect(items.map(({ topic, article }) => [topic.id, article.title])).toEqual([
      ['river-crossings', 'Convoy crosses the river'],
    ]);
    expect(batchLine(world.log).slice(1)).toMatchObject([
      { level: 'warn', fields: { records: 3, failed: 2, stored: 1, known: 0, postponed: 0 } },
      { level: 'info', fields: { records: 1, failed: 0, stored: 0, known: 1, postponed: 0 } },
    ]);
  });

  it('shares the words of what it read, once for a batch', async () => {
    const world = aWorld();
    await world.topics.putTopics([aTopic({ any: { en: ['nothing like it'] } })]);
    await world.feeds.addFeed(FEED);
    await pollFeedsHandler({ ...world, fetcher: publisher })(sqsEvent({ good: POLL }));
    const body = JSON.stringify(world.articleQueue.take()[0]);

    await matchArticlesHandler(given(world))(sqsEvent({ one: body, other: body }), aContext(60_000));

    const today = Math.floor(world.clock.now().getTime() / 86_400_000);
    const [day] = await world.wordCounts.loadDays([today]);
    expect(day).toMatchObject({ version: 1, languages: [{ language: 'en', documents: 2 }] });
  });

  it('passes on a topic that does not compile to the log, and matches the others', async () => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);
    await world.topics.putTopics([aTopic({ id: 'broken', any: { en: ['('] } }), aTopic()]);
    await pollFeedsHandler({ ...world, fetcher: publisher })(sqsEvent({ good: POLL }));

    await matchArticlesHandler(given(world))(sqsEvent({ good: JSON.stringify(world.articleQueue.take()[0]) }));

    expect(world.log.messages('error').concat(world.log.messages('warn'))).toContain('topic left out');
    expect((await world.matches.queryMatches({}, { limit: 10, cursor: null })).items).toHaveLength(1);
  });
});

describe('schedule-polls', () => {
  it('queues the polls of the due batches, and says so', async () => {
    const world = aWorld();
    await world.feeds.addFeed(FEED);
    const handler = schedulePollsHandler(world);

    for (let minute = 0; minute < 10; minute += 1) {
      await handler(SCHEDULE_EVENT, aContext(60_000));
      world.clock.advance(60_000);
    }

    const polls = world.pollQueue.take();
    expect(polls.length).toBeGreaterThan(0);
    expect(new Set(polls.flatMap(({ feedIds }) => feedIds))).toEqual(new Set([FEED.id]));
    expect(world.log.messages('info')).toEqual(Array.from({ length: 10 }, () => 'polls scheduled'));
    expect(world.invocations).toEqual({ begun: 10, ended: 10 });
  });

  it('ends its invocation also when the table cannot be read', async () => {
    const world = aWorld();
    const schedule = { ...world.schedule, lastMinute: () => Promise.reject(new Error('the table is away')) };

    await expect(schedulePollsHandler({ ...world, schedule })(SCHEDULE_EVENT)).rejects.toThrow('the table is away');
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });
});

/** Alerting in memory, with a hit and a reader. */
async function anAlerting() {
  const world = anAlertWorld();
  const telemetry = aTelemetry();
  const match = aMatch();
  await world.given({ matches: [match], subscriptions: [aSubscription()] });
  const dependencies = { ...world.ports, ...telemetry, settings: ALERT_SETTINGS };
  return { world, telemetry, article: articleOf(match), dependencies };
}

describe('send-alerts', () => {
  it('alerts once for a new hit, whatever else the stream repeats', async () => {
    const { world, article, dependencies, telemetry } = await anAlerting();
    const handler = sendAlertsHandler(dependencies);

    const first = await handler(streamEvent(streamRecord('INSERT', article, '111')), aContext(60_000));
    const second = await handler(
      streamEvent(streamRecord('MODIFY', article, '222'), streamRecord('INSERT', article, '333')),
    );

    expect([failedOf(first), failedOf(second)]).toEqual([[], []]);
    expect(world.mails.map(({ to }) => to)).toEqual(['reader@example.org']);
    expect([world.publications, world.alerts].map((published) => published.length)).toEqual([1, 1]);
    expect(batchLine(telemetry.log)).toMatchObject([
      { level: 'info', fields: { records: 1, failed: 0 } },
      { level: 'info', fields: { records: 2, failed: 0 } },
    ]);
    expect(telemetry.invocations).toEqual({ begun: 2, ended: 2 });
  });

  it('names a record without an id by its sequence number, and sends the alerts of the others', async () => {
    const { world, article, dependencies } = await anAlerting();

    const result = await sendAlertsHandler(dependencies)(
      streamEvent(streamRecord('INSERT', null, '111'), streamRecord('INSERT', article, '222')),
    );

    expect(failedOf(result)).toEqual(['111']);
    expect(world.mails).toHaveLength(1);
  });

  it('passes over a hit that is not there any more', async () => {
    const { world, dependencies } = await anAlerting();

    const result = await sendAlertsHandler(dependencies)(streamEvent(streamRecord('INSERT', 'gone', '1')));

    expect(failedOf(result)).toEqual([]);
    expect(world.mails).toEqual([]);
  });
});

describe('sweep', () => {
  const given = async () => {
    const alerting = await anAlerting();
    const notices: string[] = [];
    const { stores, clock } = alerting.world;
    await stores.feeds.addFeed(FEED);
    const { state } = (await stores.feeds.getFeed(FEED.id))!;
    const failure = { kind: 'dns' as const, message: 'no address', since: later(-24 * 3_600_000), count: 50 };
    await stores.feeds.savePollState(FEED.id, { ...state, failure });
    clock.advance(10 * 60_000);
    const dependencies = {
      ...alerting.dependencies,
      feeds: stores.feeds,
      feedIncidents: stores.feedIncidents,
      operators: { notify: async ({ subject }: { readonly subject: string }) => void notices.push(subject) },
    };
    return { ...alerting, notices, dependencies };
  };

  it('finishes the alerts that are pending, then notifies operators of feeds that fail', async () => {
    const { world, notices, dependencies, telemetry } = await given();

    await sweepHandler(dependencies)(SCHEDULE_EVENT, aContext(300_000));

    expect(world.mails).toHaveLength(1);
    expect(notices).toEqual(['Tocsin: 1 feed fails']);
    expect(telemetry.log.lines.find(({ message }) => message === 'swept')?.fields).toMatchObject({ hits: 1 });
    expect(telemetry.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it.each([
    ['begins no entry in the last forty seconds before its timeout', 40_000, 0],
    ['begins one before them', 40_001, 1],
  ])('%s', async (_, leftMs, mails) => {
    const { world, dependencies } = await given();

    await sweepHandler(dependencies)(SCHEDULE_EVENT, aContext(leftMs));

    expect(world.mails).toHaveLength(mails);
  });

  it('needs no context, as on one machine', async () => {
    const { world, dependencies } = await given();

    await sweepHandler(dependencies)(undefined);

    expect(world.mails).toHaveLength(1);
  });

  /** Of the entries that `listDue` gives, how many a run has worked on. */
  const sweptOf = async (
    listDue: DueStore['listDue'],
    { dependencies, telemetry }: Awaited<ReturnType<typeof given>>,
    context?: Context,
  ) => {
    const due = { listDue, listAhead: async () => [], bringForward: async () => {} };
    await sweepHandler({ ...dependencies, due })(SCHEDULE_EVENT, context);
    return telemetry.log.lines.find(({ message }) => message === 'swept')?.fields['hits'];
  };
  const goneMatch = (n: number) => ({ kind: 'match' as const, id: `gone-${n}` as MatchId, dueAt: later(0) });

  it.each([
    ['begins an entry within four minutes where no Lambda says how much time is left', undefined, 239_999, 1],
    ['begins none after them', undefined, 240_000, 0],
    ['begins an entry while more than forty seconds are left', aContext(160_000), 119_999, 1],
    ['begins none after that', aContext(160_000), 120_000, 0],
  ])('%s', async (_, context, tookMs, swept) => {
    const alerting = await given();
    const listDue = async () => {
      alerting.world.clock.advance(tookMs);
      return [goneMatch(alerting.world.clock.now().getTime())];
    };

    expect(await sweptOf(listDue, alerting, context)).toBe(swept);
  });

  it('takes up two thousand entries and leaves the rest to the next run', async () => {
    const entries = Array.from({ length: 2_001 }, (_, n) => goneMatch(n));

    expect(await sweptOf(async (_now, limit) => entries.slice(0, limit), await given())).toBe(2_000);
  });

  it('fails when operators cannot be notified, after the alerts were sent', async () => {
    const { world, dependencies, telemetry } = await given();
    const operators = { notify: () => Promise.reject(new Error('SNS is away')) };

    await expect(sweepHandler({ ...dependencies, operators })(SCHEDULE_EVENT)).rejects.toThrow('SNS is away');
    expect(world.mails).toHaveLength(1);
    expect(telemetry.invocations).toEqual({ begun: 1, ended: 1 });
  });
});

describe('api', () => {
  const given = () => {
    const world = aWorld();
    const dependencies = {
      ...world,
      ...apiSenders().ports,
      deliveryQueue: { send: async () => undefined },
      snsSubscriptions: someSnsSubscriptions(),
      operatorSubscriptions: null,
      publicUrl: () => null,
      verifyFeed: async () => {
        throw new Error('no address is read here');
      },
    };
    return { world, handler: apiHandler(dependencies) };
  };

  it('answers a request, in its own invocation', async () => {
    const { world, handler } = given();

    const { statusCode, headers, body } = await handler(
      httpEvent('GET', '/v1/topics', { rawQueryString: 'state=all' }),
      aContext(25_000),
    );

    expect([statusCode, headers?.['content-type'], JSON.parse(body ?? '')]).toEqual([
      200,
      'application/json',
      { items: [], cursor: null },
    ]);
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it.each([
    ['as text', (body: string) => ({ body, isBase64Encoded: false })],
    ['in base64', (body: string) => ({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true })],
  ])('takes a body %s', async (_, encoded) => {
    const { world, handler } = given();

    const { statusCode, body } = await handler(
      httpEvent('POST', '/v1/feeds', {
        headers: { 'content-type': 'application/json' },
        ...encoded('{"url":"https://news.example.org/ü","verify":false}'),
      }),
    );

    expect([statusCode, JSON.parse(body ?? '').feed.url]).toEqual([201, 'https://news.example.org/ü']);
    expect(world.pollQueue.take()).toHaveLength(1);
  });

  it('refuses a topic that does not compile, with the reason', async () => {
    const { handler } = given();
    const topic = aTopic({ any: { en: ['('] } });

    const { statusCode, body } = await handler(
      httpEvent('PUT', '/v1/topics', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ topics: [topic] }),
      }),
    );

    expect([statusCode, JSON.parse(body ?? '').code]).toEqual([400, 'invalid_topic']);
    expect(body).toContain('missing term after (');
  });
});

describe('public-links', () => {
  it('shows a page for a GET and ends the subscription by a POST', async () => {
    const world = aWorld();
    const subscription = aSubscription({ unsubscribeToken: 'a'.repeat(43) });
    await world.subscriptions.createSubscription(subscription);
    const handler = publicLinksHandler({ ...world, ...testChannels() });
    const path = `/u/${subscription.unsubscribeToken}`;
    const stateNow = async () => (await world.subscriptions.getSubscription(subscription.id))?.state;

    const shown = await handler(httpEvent('GET', path), aContext(10_000));
    const before = await stateNow();
    const ended = await handler(
      httpEvent('POST', path, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from('List-Unsubscribe=One-Click').toString('base64'),
        isBase64Encoded: true,
      }),
    );

    expect([shown.statusCode, before]).toEqual([200, 'active']);
    expect([ended.statusCode, await stateNow()]).toEqual([200, 'unsubscribed']);
    expect((await handler(httpEvent('GET', '/u/unknown'))).statusCode).toBe(404);
    expect(world.invocations).toEqual({ begun: 3, ended: 3 });
  });
});

describe('output-feeds', () => {
  it('serves an output to a program that knows its address, and 304 to one that has it already', async () => {
    const world = aWorld();
    await world.outputs.createOutput(anOutput());
    await world.matches.putMatch(aMatch());
    const handler = outputFeedsHandler({ ...world, publicUrl: () => 'https://api.example.org' });

    const { statusCode, headers, body } = await handler(httpEvent('GET', pathOfOutput('atom')), aContext(25_000));
    const again = await handler(
      httpEvent('GET', pathOfOutput('atom'), { headers: { 'if-none-match': String(headers?.['etag']) } }),
    );

    expect([statusCode, headers?.['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(body).toContain(`href="https://api.example.org${pathOfOutput('atom')}"`);
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await handler(httpEvent('GET', '/f/unknown'))).statusCode).toBe(404);
    expect(world.invocations).toEqual({ begun: 3, ended: 3 });
  });
});

describe('configure', () => {
  const given = (from: number | null = 2, changeFilters: () => Promise<number> = async () => 1) => {
    const world = aWorld();
    const steps: string[] = [];
    const handler = configureHandler({
      ...world,
      upgrade: async (onUpgrade) => {
        if (from !== null) onUpgrade(from, 3);
        steps.push('upgraded');
        return async () => void steps.push('version recorded');
      },
      letOnlyAlertsThrough: () => {
        steps.push('filters changed');
        return changeFilters();
      },
      readConfiguration: () => ({ feeds: [FEED], topics: [aTopic()], packs: ['examples'] }),
      respond: async (request, physicalId, failure) =>
        void steps.push(`${request.RequestType} ${physicalId} ${failure ?? 'succeeded'}`),
    });
    return { world, steps, handler };
  };

  it.each(['Create', 'Update'] as const)('brings the configuration in at %s, and then answers', async (type) => {
    const { world, steps, handler } = given();

    await handler(cloudFormationRequest(type), aContext(60_000));

    expect(steps).toEqual([
      'upgraded',
      'version recorded',
      'filters changed',
      `${type} tocsin-configuration succeeded`,
    ]);
    expect((await world.topics.listTopics()).map(({ id }) => id)).toEqual(['river-crossings']);
    expect((await world.feeds.getFeed(FEED.id))?.url).toBe(FEED.url);
    expect(world.pollQueue.take()).toHaveLength(1);
    expect(world.log.messages('info')).toEqual([
      'the table is upgraded',
      'e-mail subscriptions of SNS get alerts only',
      'configured',
    ]);
    expect(world.log.lines[0]?.fields).toEqual({ fromVersion: 2, toVersion: 3 });
    expect(world.log.lines.at(-1)?.fields).toMatchObject({ feedsAdded: 1, topicsChanged: 1 });
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it.each([null, 3])(
    'leaves the e-mail subscriptions of SNS alone when alerts of stories are no news (%p)',
    async (from) => {
      const { steps, handler } = given(from);

      await handler(cloudFormationRequest('Update'));

      expect(steps).not.toContain('filters changed');
    },
  );

  it('succeeds, and says what is left to do, when SNS does not change its subscriptions', async () => {
    const { world, steps, handler } = given(2, () => Promise.reject(new Error('SNS is throttled')));

    await handler(cloudFormationRequest('Update'));

    expect(steps.at(-1)).toBe('Update tocsin-configuration succeeded');
    expect(world.log.messages('error')).toEqual([expect.stringContaining('subscribe them again')]);
  });

  it('answers at Delete, and leaves the table alone', async () => {
    const { world, steps, handler } = given();

    await handler(cloudFormationRequest('Delete'));

    expect(steps).toEqual(['Delete tocsin-configuration succeeded']);
    expect(await world.topics.listTopics()).toEqual([]);
  });

  it('answers why it failed, and records no version', async () => {
    const { world, steps } = given();
    const handler = configureHandler({
      ...world,
      upgrade: async () => async () => void steps.push('version recorded'),
      letOnlyAlertsThrough: async () => 0,
      readConfiguration: () => {
        throw new Error('the configuration cannot be read');
      },
      respond: async (_request, _physicalId, failure) => void steps.push(`answered: ${failure}`),
    });

    await handler(cloudFormationRequest('Update'));

    expect(steps).toEqual(['answered: the configuration cannot be read']);
    expect(world.log.lines).toEqual([
      {
        level: 'error',
        message: 'configuring failed',
        fields: { error: new Error('the configuration cannot be read') },
      },
    ]);
    expect(world.invocations).toEqual({ begun: 1, ended: 1 });
  });

  it('answers why it failed when no error says it', async () => {
    const { world } = given();
    const answers: (string | null)[] = [];
    const handler = configureHandler({
      ...world,
      upgrade: () => Promise.reject('the table is away'),
      letOnlyAlertsThrough: async () => 0,
      readConfiguration: () => ({ feeds: [], topics: [], packs: [] }),
      respond: async (_request, _physicalId, failure) => void answers.push(failure),
    });

    await handler(cloudFormationRequest('Update'));

    expect(answers).toEqual(['the table is away']);
  });

  it('logs no address of a subscription whose topic has ended', async () => {
    const { world, handler } = given();
    await world.topics.putTopics([aTopic({ id: 'old-topic' })]);
    await world.subscriptions.createSubscription(aSubscription({ topics: ['old-topic'] }));

    await handler(cloudFormationRequest('Update'));

    expect(world.log.lines.at(-1)?.fields['subscriptionsToEnded']).toEqual([
      { topic: 'old-topic', id: 'subscription-1' },
    ]);
    expect(JSON.stringify(world.log.lines)).not.toContain('reader@');
  });
});
