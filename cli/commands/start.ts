// `tocsin start`: everything on this machine, until Ctrl-C; with `--once`, one poll of each feed and the work that follows from it.
import { readSettings } from '../../adapters/files/read-configuration.ts';
import { readConfigurationApart } from '../../adapters/files/read-configuration-apart.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Running, RunOptions } from '../../local/run.ts';
import { waitingAlerts } from '../../shared/health/instance-status.ts';
import { invalidArguments, parseArguments, usageHint } from '../arguments.ts';
import { type Command, type CommandIo, configFolder, dataFolder, EXIT, shownConfig } from '../command.ts';
import { printJson } from '../output.ts';
import { banner } from '../start/banner.ts';
import { closingLine, type Summary } from '../start/closing-line.ts';
import { Narrator } from '../start/narrator.ts';

export const usage =
  'tocsin start [--data DIR] [--port N] [--once] [--redrive] [--no-sample]     --redrive: retry messages that were set aside';

const DEFAULT_PORT = 4747;
/** How long work in progress may take to finish after the first Ctrl-C; the rest stays queued. Supervisors usually wait twice as long. */
const GRACE_MS = 5_000;
/** The closing summary is read from the database, which may hang. */
const CLOSING_SUMMARY_MS = 2_000;
/** Without a database, work in progress can only fail. */
const LOST_GRACE_MS = 1_000;

const OPTIONS = {
  data: { type: 'string' },
  port: { type: 'string' },
  once: { type: 'boolean' },
  redrive: { type: 'boolean' },
  'no-sample': { type: 'boolean' },
} as const;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, OPTIONS, usage);
  const once = values.once === true;
  const port = portOf(values.port, once);
  const settings = await readSettings(configFolder(io), io.env);
  // With --json, stdout is for the summary alone.
  const say = (line: string): void => (io.json ? io.stderr : io.stdout)(`${line}\n`);
  const config = shownConfig(io);
  const color = io.color && !io.json;
  const narrator = new Narrator({ say, color, now: wallClock.now, zone: io.zone, config });
  const instance = await startWithConfiguration(io, {
    folder: dataFolder(values.data, io),
    env: io.env,
    port,
    once,
    redrive: values.redrive === true,
    sample: values['no-sample'] !== true,
    settings,
    watcher: narrator,
    say,
    signal: io.signal,
    onConfigured: async (ready) => {
      const status = await ready.status();
      for (const line of banner(ready, status, settings.contact, io)) say(line);
      narrator.expect(status.feeds.neverPolled);
    },
  });
  if (instance === null) {
    say('Stopped during the start; the next start continues from here.');
    return EXIT.done;
  }
  narrator.begin(instance);
  const done = once ? instance.untilIdle(io.signal) : aborted(io.signal);
  const lost = await Promise.race([done.then(() => null), instance.lost]);
  if (lost !== null) return giveUp(instance, lost, io);
  if (!once) say('\nStopping: work in progress may finish; Ctrl-C again stops at once.');
  const summary = await stopWithSummary(instance, narrator);
  if (io.json) printJson(io, summary);
  else say(closingLine(summary, once));
  return EXIT.done;
};

/** The files of config/ are read while the rest of the program is loaded. Returns null if the start was cancelled. */
async function startWithConfiguration(
  io: CommandIo,
  options: Omit<RunOptions, 'configuration'>,
): Promise<Running | null> {
  const [{ configuration, badRows }, { runTocsin }] = await Promise.all([
    readConfigurationApart(configFolder(io), options.settings.topics),
    import('../../local/run.ts'),
  ]);
  for (const row of badRows) io.stderr(`left out: ${row}\n`);
  return runTocsin({ ...options, configuration }).catch((error: unknown) => {
    if (error === io.signal.reason) return null;
    throw error;
  });
}

async function stopWithSummary(instance: Running, narrator: Narrator): Promise<Summary> {
  // The summary takes a moment, and a proxy should send no more requests from now on.
  instance.parts.health.stopping();
  // No new work before the summary is read: with much to do, its queries would wait behind the work.
  await instance.settle(GRACE_MS);
  const alerts = await within(
    CLOSING_SUMMARY_MS,
    narrator.end().then(() => alertsWaiting(instance)),
  );
  const { queues } = instance.parts;
  const summary = {
    ...narrator.totals,
    waiting: queues.depth('polls') + queues.depth('articles'),
    alertsWaiting: alerts,
  };
  await instance.stop(0);
  return summary;
}

/** At most as many as `status` counts, whose other figures need a read of every feed. */
const alertsWaiting = async ({ stores }: Running): Promise<number> =>
  (await waitingAlerts(stores, new Date().toISOString())).length;

/** Nothing can be read, stored or sent without the database. The exit code shows the failure to a supervisor such as systemd. */
async function giveUp(instance: Running, reason: string, io: CommandIo): Promise<number> {
  io.stderr(
    `tocsin: ${reason}\n  it was restarted several times without success; stored data is safe. Check the disk, then start again\n`,
  );
  await instance.stop(LOST_GRACE_MS);
  return EXIT.workFailed;
}

function portOf(given: string | undefined, once: boolean): number {
  if (given === undefined) return once ? 0 : DEFAULT_PORT;
  const port = Number(given);
  if (given.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw invalidArguments(`--port: "${given}" is not a port. Allowed: 0 (any free one) to 65535`, [usageHint(usage)]);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Null when the work fails or takes too long. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  return Promise.race([work.catch(() => null), late.promise]).finally(() => clearTimeout(timer));
}
