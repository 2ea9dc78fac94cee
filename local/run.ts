// Everything on one machine, running: the handlers of the deployment with their events, the page, the built-in sample feeds.

import { join } from 'node:path';
import { publicPathOf } from '../shared/alerts/public-url.ts';
import type { Environment } from '../shared/core/environment.ts';
import { ConflictError, type InvalidInputError } from '../shared/core/errors.ts';
import { isPaused } from '../shared/feeds/poll-schedule.ts';
import { type InstanceStatus, instanceStatus } from '../shared/health/instance-status.ts';
import type { Feed } from '../shared/model/feed.ts';
import type { DeliveryId, FeedId, MatchId } from '../shared/model/ids.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { Clock, PollQueue, Stores } from '../shared/ports.ts';
import { askThoseNeverAsked } from '../shared/usecases/managing/ask-those-never-asked.ts';
import { type Configuration, type ConfigureResult, configure } from '../shared/usecases/managing/configure.ts';
import { subscribe } from '../shared/usecases/managing/subscribe.ts';
import { MATCHING_PROBLEMS } from '../shared/usecases/matching/match-articles.ts';
import { queuePollNow } from '../shared/usecases/polling/schedule-polls.ts';
import { handleSnsLink } from './aws/sns-endpoints.ts';
import { composeHandlers } from './compose.ts';
import { composeApi, composePublicLinks } from './compose-api.ts';
import { buildConsole } from './console/build.ts';
import { createConsole } from './console/serve-console.ts';
import { writeRuntime } from './data-folder/runtime-file.ts';
import type { EventSource } from './event-sources/event-source.ts';
import { deleteExpired } from './event-sources/expiry.ts';
import { releaseAttempts } from './event-sources/release-attempts.ts';
import { damageIn } from './files/damaged-files.ts';
import { DYNOXIDE_FILE, TABLE_NAME } from './files/file-names.ts';
import { storageErrorOf } from './files/storage-problems.ts';
import { type InstanceParts, startParts } from './instance.ts';
import type { MailServerNews } from './mail/mail-server.ts';
import { OUTBOX_ADDRESS } from './mail/received-mail.ts';
import { createMetrics } from './metrics/instance-metrics.ts';
import { handleHealth } from './pages/health-endpoints.ts';
import { withMachineApi } from './pages/machine-api.ts';
import { handlePage } from './pages/pages.ts';
import { startWebServer } from './pages/web-server.ts';
import { forgetFormerSample, sampleIdsOf, withSample } from './sample-feed/followed.ts';
import type { InstanceClock } from './system/instance-clock.ts';
import { LOG_UNWRITABLE, type LogEntry } from './system/log-file.ts';
import { returnSpareMemory } from './system/spare-memory.ts';
import { STREAM_EVERY_MS, startAskingMailServer, startQueuedWork, startScheduledWork, type Work } from './work.ts';

export interface RunOptions {
  readonly folder: string;
  /** Of the process. */
  readonly env: Environment;
  /** @default the clock of the system */
  readonly clock?: InstanceClock;
  readonly port: number;
  /** Every feed once, the work that follows from it, and no schedule. */
  readonly once: boolean;
  /** Messages set aside after too many tries are tried again. */
  readonly redrive: boolean;
  /** False: the built-in sample feeds are not followed, or no longer. */
  readonly sample: boolean;
  readonly settings: Settings;
  readonly configuration: Configuration;
  readonly watcher: Watcher;
  /** Breaks off a start that is not over yet; `runTocsin` then throws the signal's reason. */
  readonly signal: AbortSignal;
  /** Prints a line for the user: that older data is upgraded now. */
  readonly say: (line: string) => void;
  /** Called and waited for before any work begins: later requests to the database have to wait behind all the other work. */
  readonly onConfigured?: (ready: Ready) => Promise<void>;
}

export type Ready = Pick<Running, 'url' | 'parts' | 'configured' | 'status'>;

/** Called for what happens; nothing waits for it. */
export interface Watcher {
  configuring(done: number, of: number): void;
  polled(feedIds: readonly FeedId[]): void;
  matched(ids: readonly MatchId[]): void;
  /** Alerts by mail that another alert of their story speaks for, or that wait for their time. */
  heldBack(ids: readonly DeliveryId[]): void;
  problem(message: string): void;
  mailServer(news: MailServerNews): void;
}

export interface Running {
  readonly parts: InstanceParts;
  readonly stores: Stores;
  readonly url: string;
  readonly configured: ConfigureResult;
  status(): Promise<InstanceStatus>;
  /** Resolves with the reason when Tocsin cannot continue: its database ended and cannot be kept running. */
  readonly lost: Promise<string>;
  /** True while work is under way, or waits that needs no time to pass. */
  isBusy(): boolean;
  /** Resolves when nothing is left to do that needs no time to pass. */
  untilIdle(signal: AbortSignal): Promise<void>;
  /** Takes no new work from now on. Resolves when what is under way has ended, or after `graceMs`; what is queued waits for the next start. */
  settle(graceMs: number): Promise<void>;
  /** As `settle`, and then ends everything. */
  stop(graceMs: number): Promise<void>;
}

/** A message given back waits for its pause; a run that ends leaves those that wait longer than this to the next one. */
const IDLE_HORIZON_MS = 20_000;

type Undo = (() => Promise<void> | void)[];

/** Throws InvalidInputError when another instance has the folder or the port, or the data cannot be opened; nothing is left running then. */
export async function runTocsin(options: RunOptions): Promise<Running> {
  const mode = !options.sample ? 'none' : options.once ? 'at once' : 'watch';
  const { folder, settings, env, clock, say, signal } = options;
  const parts = await startParts(folder, settings, { env, clock, sample: mode, say, signal });
  const undo: Undo = [() => parts.stop()];
  try {
    return await runOn(parts, options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw storageErrorOf(error, join(options.folder, DYNOXIDE_FILE)) ?? error;
  }
}

/** Nothing is waited for once work has begun, so that nothing fails beside it. */
async function runOn(parts: InstanceParts, options: RunOptions, undo: Undo): Promise<Running> {
  const { watcher, once } = options;
  const { health, queues, stores, clock } = parts;
  await releaseAttempts(parts.client, TABLE_NAME, clock);
  const status = (): Promise<InstanceStatus> =>
    instanceStatus({
      ...stores,
      operatorSubscriptions: null,
      localMail: parts.localMail,
      clock,
      settings: parts.settings,
    });
  if (once) health.runsOnce();
  else health.starting();
  const url = await openPort(parts, { port: options.port, status, env: options.env }, undo);
  const lost = listen(parts, watcher);
  const configured = await takeConfiguration(parts, options);
  await options.onConfigured?.({ url, parts, configured, status });
  // The sweep finishes alerts that were given up; their record is kept for a while for anyone who looks.
  if (options.redrive) queues.redrive();
  if (once) await queueEveryFeed(parts);
  undo.push(returnSpareMemory());
  const work = workOf(parts, watcher);
  const sources = [...startQueuedWork(work), ...startAskingMailServer(work), ...(once ? [] : startSchedules(work))];
  return { parts, stores, url, configured, status, lost, ...endings(sources, work, undo) };
}

function workOf(parts: InstanceParts, watcher: Watcher): Work {
  const onError = (error: unknown): void =>
    watcher.problem(
      (damageReported(parts, error) ?? storageErrorOf(error, join(parts.folder, DYNOXIDE_FILE)))?.message ??
        (error instanceof Error ? error.message : String(error)),
    );
  return { parts, handlers: composeHandlers(parts), watcher, onError };
}

function startSchedules(work: Work): readonly EventSource[] {
  const { client, settledClock, database, sample, pollQueue } = work.parts;
  const sampleIds = sampleIdsOf(sample);
  sample?.onPublish(() => void queuePollNow(sampleIds, { pollQueue }).catch(work.onError));
  return startScheduledWork(work, async () => {
    await deleteExpired(client, TABLE_NAME, settledClock);
    database.trim(settledClock.now());
  });
}

function endings(
  sources: readonly EventSource[],
  { parts, handlers }: Work,
  undo: Undo,
): Pick<Running, 'isBusy' | 'untilIdle' | 'settle' | 'stop'> {
  const settle = async (graceMs: number): Promise<void> => {
    parts.health.stopping();
    await Promise.race([Promise.all(sources.map((source) => source.stop())), pause(graceMs)]);
  };
  return {
    isBusy: () => sources.some((source) => source.busy()),
    untilIdle: async (signal) => {
      await quiet(sources, parts, signal);
      await parts.health.timed('sweep', handlers.sweep)(undefined);
      await quiet(sources, parts, signal);
    },
    settle,
    stop: async (graceMs) => {
      await settle(graceMs);
      for (const step of undo.reverse()) await step();
    },
  };
}

// ---------------------------------------------------------------- the port

interface Served {
  readonly port: number;
  readonly status: Running['status'];
  readonly env: Environment;
}

/** Opens the port and records it for the command line. Returns the address. */
async function openPort(parts: InstanceParts, { port, status, env }: Served, undo: Undo): Promise<string> {
  const handleConsole = createConsole(() => buildConsole(env));
  const web = await startWebServer({
    port,
    access: parts.access,
    clock: parts.clock,
    publicUrl: parts.publicUrl.given,
    log: parts.telemetry('api').log,
    publicPath: publicPathOf(parts.publicUrl.given ?? undefined),
    handleApi: atFirstRequest(() => withMachineApi(composeApi(parts), parts)),
    handlePublic: composePublicLinks(parts),
    handleSns: async (request) => handleSnsLink(request, parts.sns),
    handlePage: async (request) => (await handleConsole(request)) ?? handlePage(request, { outbox: parts.outbox }),
    handleHealth: healthHandler(parts, status),
  });
  undo.push(() => web.close());
  // Mails that leave the machine need links that work elsewhere: a proxy's address, given by the user.
  parts.publicUrl.servedAt(web.url);
  undo.push(writeRuntime(parts.folder, web.url));
  return web.url;
}

/** By then it is known where the page is served. */
function atFirstRequest(make: () => (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  let handle: ReturnType<typeof make> | undefined;
  return (request) => {
    handle ??= make();
    return handle(request);
  };
}

function healthHandler({ health, database, counters, clock }: InstanceParts, status: Running['status']) {
  const metrics = createMetrics({
    counters,
    machineStatus: () => health.machineStatus(),
    instanceStatus: status,
    databaseProcessId: () => database.processId(),
    passed: clock.passed,
  });
  return (request: Request): Promise<Response> =>
    handleHealth(request, { readiness: () => health.readiness(), metrics });
}

// ---------------------------------------------------------------- what parts report

/** Passes on what the database, the log and the mail server report. The promise is that of `Running.lost`. */
function listen(parts: InstanceParts, watcher: Watcher): Promise<string> {
  const { database, health, mailServer, onProblem } = parts;
  onProblem((entry) => {
    if (entry.message === LOG_UNWRITABLE) health.logUnwritable(String(entry['problem']));
    const shown = damageReported(parts, JSON.stringify(entry))?.message ?? shownOfLog(entry);
    if (shown !== null) watcher.problem(shown);
  });
  mailServer?.onNews((news) => {
    watcher.mailServer(news);
    if (news.kind === 'works') health.solved('mail server');
    else if (news.to === null) health.report('mail server', news.message);
  });
  return new Promise((resolve) => {
    database.onCrash({
      restarting: (message) => {
        health.databaseEnded();
        watcher.problem(`${message}; stored data is safe`);
      },
      lost: resolve,
    });
  });
}

/** As `damageIn`; `doctor` repeats it until the next start. */
function damageReported({ folder, health }: InstanceParts, said: unknown): InvalidInputError | null {
  const damage = damageIn(folder, said);
  if (damage !== null) health.report('data files', damage.message.replace(/\n\s*/g, '; '));
  return damage;
}

/** Log entries that the terminal shows too: otherwise the silence of a topic that is not matched would look as if there were no news. */
function shownOfLog({ message, ...fields }: LogEntry): string | null {
  if (message === LOG_UNWRITABLE) return `the log cannot be written, so lines will be missing: ${fields['problem']}`;
  if (message === MATCHING_PROBLEMS.leftOut) return `topic ${fields['topic']} is not in force: ${fields['problem']}`;
  if (message !== MATCHING_PROBLEMS.skipped) return null;
  const topics = Array.isArray(fields['topics']) ? fields['topics'].join(', ') : '';
  return `${topics} given up on an article, being too costly there: docs/runbook.md, topics-skipped`;
}

// ---------------------------------------------------------------- what is followed

/** Brings the files under config/ into the table, with the sample feeds, and subscribes the outbox. */
async function takeConfiguration(
  parts: InstanceParts,
  { configuration, once, signal, watcher }: RunOptions,
): Promise<ConfigureResult> {
  const { queues, sample, settings, stores, clock } = parts;
  await forgetFormerSample(queues, stores.feeds, sampleIdsOf(sample));
  // A run that ends polls every feed; what was just added is among them.
  const pollQueue: PollQueue = once ? { send: async () => {} } : parts.pollQueue;
  const configured = await configure(
    { ...stores, pollQueue, clock, log: parts.telemetry('configure').log },
    withSample(configuration, sample),
    settings,
    {
      whenMostEnd: 'keep',
      onProgress: (done, of) => {
        watcher.configuring(done, of);
        signal.throwIfAborted();
      },
    },
  );
  await subscribeOutbox(parts);
  if (parts.localMail.leaves) await askThoseNeverAsked({ ...stores, localMail: parts.localMail, clock, settings });
  return configured;
}

const OUTBOX_SETTING = 'outbox subscribed';

/** Once only: a user who ends this subscription has ended it for good. */
async function subscribeOutbox({
  queues,
  settings,
  stores,
  snsSubscriptions,
  localMail,
  clock,
}: InstanceParts): Promise<void> {
  if (queues.getSetting(OUTBOX_SETTING) !== null) return;
  await subscribe(
    { ...stores, snsSubscriptions, localMail, clock, settings, caller: 'start' },
    { channel: 'email', target: OUTBOX_ADDRESS, topics: ['*'] },
  ).catch((error: unknown) => {
    if (!(error instanceof ConflictError)) throw error;
  });
  queues.setSetting(OUTBOX_SETTING, clock.now().toISOString());
}

/** Asked for by a clock, not by a person: what its publisher or its failures ask for is heeded. */
const mayBePolled = ({ active, state }: Feed, settings: Settings, clock: Clock): boolean =>
  active && state.goneAt === null && !isPaused(state, clock.now(), settings);

async function queueEveryFeed({ stores: { feeds }, pollQueue, settings, clock }: InstanceParts): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof feeds.listFeeds>> = await feeds.listFeeds({ limit: 500, cursor });
    await queuePollNow(
      page.items.filter((feed) => mayBePolled(feed, settings, clock)).map(({ id }) => id),
      { pollQueue },
    );
    cursor = page.cursor;
  } while (cursor !== null);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Idle twice in a row, with a read of the stream in between: one source's last act may be another's first. */
async function quiet(
  sources: readonly EventSource[],
  { queues, clock }: InstanceParts,
  signal: AbortSignal,
): Promise<void> {
  const isIdle = (): boolean =>
    sources.every((source) => !source.busy()) &&
    (['polls', 'articles', 'deliveries', 'publications'] as const).every(
      (queue) => (queues.nextVisibleAt(queue) ?? Number.POSITIVE_INFINITY) > clock.now().getTime() + IDLE_HORIZON_MS,
    );
  for (let idle = 0; idle < 4 && !signal.aborted; ) {
    await pause(STREAM_EVERY_MS);
    idle = isIdle() ? idle + 1 : 0;
  }
}
