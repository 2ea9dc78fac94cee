// Everything on one machine, running: the handlers of the deployment with their events, the page, the built-in sample feed.
import { subscribe as subscribeTo, unsubscribe as unsubscribeFrom } from 'node:diagnostics_channel';
import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { createTelemetry, MEASURED, type Measured } from '../adapters/log/powertools.ts';
import { createSnsSubscriptions } from '../adapters/sns/subscriptions.ts';
import { createPollQueue } from '../adapters/sqs/queues.ts';
import { ENVIRONMENT } from '../lambdas/environment.ts';
import { publicPathOf } from '../shared/alerts/public-url.ts';
import { canonicalUrl } from '../shared/articles/canonical-url.ts';
import { ConflictError, NotFoundError } from '../shared/errors.ts';
import type { OpmlFeed } from '../shared/feeds/opml.ts';
import { isPaused } from '../shared/feeds/poll-schedule.ts';
import { type InstanceStatus, instanceStatus } from '../shared/health/instance-status.ts';
import type { Feed } from '../shared/model/feed.ts';
import { type FeedId, feedIdOf, type MatchId } from '../shared/model/ids.ts';
import { type Configuration, type ConfigureResult, configure } from '../shared/pipeline/configure.ts';
import { MATCHING_TROUBLE } from '../shared/pipeline/match-articles.ts';
import { parsePollMessage } from '../shared/pipeline/messages.ts';
import { queuePollNow } from '../shared/pipeline/schedule-polls.ts';
import { subscribe } from '../shared/pipeline/subscribe.ts';
import type { Clock } from '../shared/ports.ts';
import type { Settings } from '../shared/settings.ts';
import { damageIn } from './damaged-files.ts';
import { localDynamoDb } from './database.ts';
import {
  type BatchResult,
  type EventSource,
  startQueueSource,
  startSchedule,
  startStreamSource,
} from './event-sources.ts';
import { deleteExpired } from './expiry.ts';
import { TABLE_NAME } from './file-names.ts';
import { handleHealth } from './health-endpoints.ts';
import { type Parts, startParts } from './instance.ts';
import { LOG_UNWRITABLE, type LogEntry } from './log-file.ts';
import { withMachineApi } from './machine-api.ts';
import type { MailServerNews } from './mail-server.ts';
import { Counters } from './metrics/counters.ts';
import { createMetrics } from './metrics/instance-metrics.ts';
import { handlePage } from './pages.ts';
import { OUTBOX_ADDRESS } from './received-mail.ts';
import { releaseAttempts } from './release-attempts.ts';
import { writeRuntime } from './runtime-file.ts';
import { LOCAL_TOPIC_ARN } from './sns.ts';
import { handleSnsLink } from './sns-endpoints.ts';
import { startWebServer } from './web-server.ts';

export interface RunOptions {
  readonly folder: string;
  readonly port: number;
  /** Every feed once, the work that follows from it, and no schedule. */
  readonly once: boolean;
  /** Messages set aside after too many tries are tried again. */
  readonly redrive: boolean;
  /** False: the built-in sample feed is not followed, or no longer. */
  readonly sample: boolean;
  readonly settings: Settings;
  readonly configuration: Configuration;
  readonly watcher: Watcher;
  /** Breaks off a start that is not over yet; `runTocsin` then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Prints a line for the user: that older data is upgraded now. */
  readonly say: (line: string) => void;
  /** Called and waited for before any work begins: what is asked of the database later has to wait among all that there is to do. */
  readonly onConfigured?: (ready: Ready) => Promise<void>;
}

export type Ready = Pick<Running, 'url' | 'parts' | 'configured' | 'status'>;

/** Told of what happens; nothing waits for it. */
export interface Watcher {
  configuring(done: number, of: number): void;
  polled(feedIds: readonly FeedId[]): void;
  matched(ids: readonly MatchId[]): void;
  trouble(message: string): void;
  mailServer(news: MailServerNews): void;
}

export interface Running {
  readonly parts: Parts;
  readonly stores: ReturnType<typeof createDynamoDbStores>;
  readonly url: string;
  readonly configured: ConfigureResult;
  status(): Promise<InstanceStatus>;
  /** Resolves with the reason when Tocsin cannot continue: its database ended and cannot be kept running. */
  readonly lost: Promise<string>;
  /** Resolves when nothing is left to do that needs no time to pass. */
  untilIdle(signal: AbortSignal): Promise<void>;
  /** Takes no new work from now on. Resolves when what is under way has ended, or after `graceMs`; what is queued waits for the next start. */
  settle(graceMs: number): Promise<void>;
  /** As `settle`, and then ends everything. */
  stop(graceMs: number): Promise<void>;
}

const clock: Clock = { now: () => new Date() };
const MINUTE_MS = 60_000;
/** Deployed it is five minutes; here it costs nothing. */
const SWEEP_EVERY_MS = MINUTE_MS;
const EXPIRE_EVERY_MS = 60 * MINUTE_MS;
/** Only while it is not known to take mails. */
const MAIL_SERVER_EVERY_MS = 5 * MINUTE_MS;
const STREAM_EVERY_MS = 250;
const PAUSE_MS = 5_000;
/**
 * Groups of feeds that are polled at once. A group with a feed that never answers takes eight seconds, however quick the others are: with
 * ten thousand feeds, one in twenty dead or slow, this decides how long a round takes.
 */
export const POLL_GROUPS_AT_ONCE = 12;
/** Times the receives: five tries in five minutes. */
const PUBLICATION_PAUSE_MS = 30_000;
const HIDE_MS = 15 * MINUTE_MS;
/** A message given back waits for its pause; a run that ends leaves those that wait longer than this to the next one. */
const IDLE_HORIZON_MS = 20_000;

/** Throws InvalidInputError when another instance has the folder or the port, or the data cannot be opened; nothing is left running then. */
export async function runTocsin(options: RunOptions): Promise<Running> {
  const mode = !options.sample ? 'none' : options.once ? 'at once' : 'watch';
  const parts = await startParts(options.folder, options.settings, { sample: mode, say: options.say });
  const undo: (() => Promise<void> | void)[] = [() => parts.stop()];
  try {
    return await runOn(parts, options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function runOn(parts: Parts, options: RunOptions, undo: (() => Promise<void> | void)[]): Promise<Running> {
  const { watcher, once } = options;
  const { api, publicLinks, schedulePolls, pollFeeds, matchArticles, sendAlerts, sweep } = await handlers();
  const client = localDynamoDb(parts.database.endpoint);
  const stores = createDynamoDbStores({ client, tableName: TABLE_NAME, clock });
  await releaseAttempts(client, TABLE_NAME, clock);
  const pollQueue = createPollQueue({ queueUrl: process.env[ENVIRONMENT.pollQueueUrl] ?? '' });
  const status = (): Promise<InstanceStatus> => instanceStatus({ ...stores, clock, settings: parts.settings });
  const { health } = parts;
  if (once) health.runsOnce();
  else health.starting();
  const web = await startWebServer({
    port: options.port,
    token: parts.token,
    publicPath: publicPathOf(process.env[ENVIRONMENT.publicUrl]),
    handleApi: withMachineApi(api.handleApi, parts),
    handlePublic: publicLinks.handlePublic,
    handleSns: async (request) => handleSnsLink(request, parts.sns),
    handlePage: (request) =>
      handlePage(request, {
        outbox: parts.outbox,
        matches: async () => (await stores.matches.queryMatches({}, { limit: 50, cursor: null })).items,
        status,
        machineStatus: () => health.machineStatus(),
      }),
    handleHealth: healthHandler(parts, status, undo),
  });
  undo.push(() => web.close());
  // Mails that leave the machine need links that work elsewhere: a proxy's address, given by the user.
  process.env[ENVIRONMENT.publicUrl] ||= web.url;
  undo.push(writeRuntime(parts.folder, web.url));
  const lost = new Promise<string>((resolve) => {
    parts.database.onCrash({
      restarting: (message) => {
        health.databaseEnded();
        watcher.trouble(`${message}; stored data is safe`);
      },
      lost: resolve,
    });
  });

  parts.onTrouble((entry) => {
    if (entry.message === LOG_UNWRITABLE) health.logUnwritable(String(entry['problem']));
    const shown = damageIn(parts.folder, JSON.stringify(entry))?.message ?? shownOfLog(entry);
    if (shown !== null) watcher.trouble(shown);
  });

  const sampleId = parts.sample === null ? null : feedIdOf(canonicalUrl(parts.sample.url) ?? parts.sample.url);
  await forgetFormerSample(parts, stores.feeds, sampleId);
  const configured = await configure(
    // A run that ends polls every feed below; what was just added is among them.
    { ...stores, pollQueue: once ? { send: async () => {} } : pollQueue, clock, log: createTelemetry('configure').log },
    withSample(options.configuration, parts),
    parts.settings,
    {
      whenMostEnd: 'keep',
      onProgress: (done, of) => {
        watcher.configuring(done, of);
        options.signal.throwIfAborted();
      },
    },
  );
  await subscribeOutbox(parts, stores);
  await options.onConfigured?.({ url: web.url, parts, configured, status });

  const { mailServer } = parts;
  mailServer?.onNews((news) => {
    watcher.mailServer(news);
    if (news.kind === 'works') health.solved('mail server');
    else if (news.to === null) health.report('mail server', news.message);
  });
  const onError = (error: unknown): void =>
    watcher.trouble(damageIn(parts.folder, error)?.message ?? (error instanceof Error ? error.message : String(error)));
  const sources: EventSource[] = [
    startQueueSource({
      queues: parts.queues,
      queue: 'polls',
      handler: health.worked(
        'polls',
        tellingAfter(pollFeeds, ({ Records }) =>
          watcher.polled(Records.flatMap(({ body }) => parsePollMessage(body).feedIds)),
        ),
      ),
      batchSize: 1,
      width: POLL_GROUPS_AT_ONCE,
      hideMs: HIDE_MS,
      pauseMs: PAUSE_MS,
      onError,
    }),
    startQueueSource({
      queues: parts.queues,
      queue: 'articles',
      handler: health.worked('articles', matchArticles),
      batchSize: 10,
      width: 4,
      hideMs: HIDE_MS,
      pauseMs: PAUSE_MS,
      onError,
    }),
    startQueueSource({
      queues: parts.queues,
      queue: 'publications',
      handler: health.worked('publications', async ({ Records }: SQSEvent) => {
        for (const { body } of Records) await parts.handPublication(body);
        return { batchItemFailures: [] };
      }),
      batchSize: 1,
      width: 4,
      hideMs: HIDE_MS,
      pauseMs: PUBLICATION_PAUSE_MS,
      onError,
    }),
    startStreamSource({
      endpoint: parts.database.endpoint,
      region: 'us-east-1',
      tableName: TABLE_NAME,
      queues: parts.queues,
      handler: sendAlerts,
      filter: (record) => {
        const isNewMatch = record.eventName === 'INSERT' && record.dynamodb?.NewImage?.['type']?.S === 'match';
        if (isNewMatch) watcher.matched([record.dynamodb?.NewImage?.['id']?.S as MatchId]);
        return isNewMatch && isPending(record);
      },
      pollMs: STREAM_EVERY_MS,
      onError,
    }),
  ];
  if (mailServer !== null) {
    const checkUnlessWell = async (): Promise<void> => {
      if (mailServer.state().state !== 'ok') await mailServer.check();
    };
    sources.push(startSchedule(MAIL_SERVER_EVERY_MS, checkUnlessWell, onError));
  }
  // The sweep finishes alerts that were given up; their record tells whoever looks, and goes by itself.
  if (options.redrive) parts.queues.redrive();
  const sweepNow = health.timed('sweep', sweep);
  if (once) await queueEveryFeed(stores.feeds, pollQueue, parts.settings);
  else {
    parts.sample?.onPublish(() => void queuePollNow(sampleId === null ? [] : [sampleId], { pollQueue }).catch(onError));
    sources.push(
      startSchedule(MINUTE_MS, health.timed('schedule', schedulePolls), onError),
      startSchedule(SWEEP_EVERY_MS, sweepNow, onError),
      startSchedule(
        EXPIRE_EVERY_MS,
        async () => {
          await deleteExpired(client, TABLE_NAME, clock);
          parts.database.trim();
        },
        onError,
      ),
    );
  }
  const settle = async (graceMs: number): Promise<void> => {
    health.stopping();
    await Promise.race([Promise.all(sources.map((source) => source.stop())), pause(graceMs)]);
  };
  return {
    parts,
    stores,
    url: web.url,
    configured,
    status,
    lost,
    untilIdle: async (signal) => {
      await quiet(sources, parts, signal);
      await sweepNow(undefined);
      await quiet(sources, parts, signal);
    },
    settle,
    stop: async (graceMs) => {
      await settle(graceMs);
      for (const step of undo.reverse()) await step();
    },
  };
}

function healthHandler({ health, database }: Parts, status: Running['status'], undo: (() => void)[]) {
  const counters = new Counters();
  const take = (measured: unknown): void => counters.take(measured as Measured);
  subscribeTo(MEASURED, take);
  undo.push(() => void unsubscribeFrom(MEASURED, take));
  const metrics = createMetrics({
    counters,
    machineStatus: () => health.machineStatus(),
    instanceStatus: status,
    databaseProcessId: () => database.processId(),
  });
  return (request: Request): Promise<Response> =>
    handleHealth(request, { readiness: () => health.readiness(), metrics });
}

/** Loaded after the environment is set: each reads it at its first event. */
export async function handlers() {
  const [api, publicLinks, schedulePolls, pollFeeds, matchArticles, sendAlerts, sweep] = await Promise.all([
    import('../lambdas/api.ts'),
    import('../lambdas/public-links.ts'),
    import('../lambdas/schedule-polls.ts'),
    import('../lambdas/poll-feeds.ts'),
    import('../lambdas/match-articles.ts'),
    import('../lambdas/send-alerts.ts'),
    import('../lambdas/sweep.ts'),
  ]);
  return {
    api,
    publicLinks,
    schedulePolls: schedulePolls.handler,
    pollFeeds: pollFeeds.handler,
    matchArticles: matchArticles.handler,
    sendAlerts: (event: { Records: DynamoDBRecord[] }): Promise<BatchResult> => sendAlerts.handler(event),
    sweep: sweep.handler,
  };
}

const isPending = ({ dynamodb }: DynamoDBRecord): boolean => dynamodb?.NewImage?.['alertState']?.S === 'pending';

/** Log entries that the terminal shows too: otherwise the silence of a topic that is not matched would look like no news. */
function shownOfLog({ message, ...fields }: LogEntry): string | null {
  if (message === LOG_UNWRITABLE) return `the log cannot be written, so lines will be missing: ${fields['problem']}`;
  if (message === MATCHING_TROUBLE.leftOut) return `topic ${fields['topic']} is not in force: ${fields['problem']}`;
  if (message !== MATCHING_TROUBLE.skipped) return null;
  const topics = Array.isArray(fields['topics']) ? fields['topics'].join(', ') : '';
  return `${topics} given up on an article, being too costly there: docs/runbook.md, topics-skipped`;
}

const tellingAfter =
  (handler: (event: SQSEvent) => Promise<BatchResult>, tell: (event: SQSEvent) => void) =>
  async (event: SQSEvent): Promise<BatchResult> => {
    const result = await handler(event);
    if (result.batchItemFailures.length === 0) tell(event);
    return result;
  };

function withSample(configuration: Configuration, { sample }: Parts): Configuration {
  if (sample === null) return configuration;
  const row: OpmlFeed = { url: sample.url, title: SAMPLE_TITLE, group: 'Built in', language: null };
  return { ...configuration, feeds: [row, ...configuration.feeds] };
}

export const SAMPLE_TITLE = 'Tocsin sample feed';
const SAMPLE_SETTING = 'sample feed id';
const OUTBOX_SETTING = 'outbox subscribed';

/** The sample moves to another port when somebody else has its own: the feed under the old address is nobody's. */
async function forgetFormerSample(
  { queues }: Parts,
  feeds: ReturnType<typeof createDynamoDbStores>['feeds'],
  current: FeedId | null,
): Promise<void> {
  const former = queues.getSetting(SAMPLE_SETTING);
  if (former !== null && former !== current) {
    await feeds.removeFeed(former as FeedId).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
  if (current !== null) queues.setSetting(SAMPLE_SETTING, current);
}

/** Once only: whoever ends this subscription has ended it for good. */
async function subscribeOutbox({ queues, settings }: Parts, stores: Running['stores']): Promise<void> {
  if (queues.getSetting(OUTBOX_SETTING) !== null) return;
  const snsSubscriptions = createSnsSubscriptions({ topicArn: LOCAL_TOPIC_ARN });
  await subscribe(
    { ...stores, snsSubscriptions, clock, settings },
    { channel: 'email', target: OUTBOX_ADDRESS, topics: ['*'] },
  ).catch((error: unknown) => {
    if (!(error instanceof ConflictError)) throw error;
  });
  queues.setSetting(OUTBOX_SETTING, clock.now().toISOString());
}

/** Asked for by a clock, not by a person: what its publisher or its failures ask for is heeded. */
const mayBePolled = ({ active, state }: Feed, settings: Settings): boolean =>
  active && state.goneAt === null && !isPaused(state, clock.now(), settings);

async function queueEveryFeed(
  feeds: Running['stores']['feeds'],
  pollQueue: ReturnType<typeof createPollQueue>,
  settings: Settings,
): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof feeds.listFeeds>> = await feeds.listFeeds({ limit: 500, cursor });
    await queuePollNow(
      page.items.filter((feed) => mayBePolled(feed, settings)).map(({ id }) => id),
      { pollQueue },
    );
    cursor = page.cursor;
  } while (cursor !== null);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Idle twice in a row, with a look at the stream between: one source's last act may be another's first. */
async function quiet(sources: readonly EventSource[], { queues }: Parts, signal: AbortSignal): Promise<void> {
  const isIdle = (): boolean =>
    sources.every((source) => !source.busy()) &&
    (['polls', 'articles', 'publications'] as const).every(
      (queue) => (queues.nextVisibleAt(queue) ?? Number.POSITIVE_INFINITY) > Date.now() + IDLE_HORIZON_MS,
    );
  for (let idle = 0; idle < 4 && !signal.aborted; ) {
    await pause(STREAM_EVERY_MS);
    idle = isIdle() ? idle + 1 : 0;
  }
}
