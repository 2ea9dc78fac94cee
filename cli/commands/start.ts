// `tocsin start`: everything on this machine, until Ctrl-C; with `--once`, each feed once and the work that follows from it.
import { readSettings } from '../../adapters/files/read-configuration.ts';
import { readConfigurationApart } from '../../adapters/files/read-configuration-apart.ts';
import type { Running, RunOptions } from '../../local/run.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { counted } from '../../shared/health/finding.ts';
import { DUE_COUNTED } from '../../shared/health/instance-status.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, configFolder, dataFolder, EXIT } from '../command.ts';
import { printJson } from '../output.ts';
import { banner } from './start/banner.ts';
import { Narrator } from './start/narrator.ts';

export const usage =
  'tocsin start [--data DIR] [--port N] [--once] [--redrive] [--no-sample]     --redrive: try set-aside messages anew';

const DEFAULT_PORT = 4747;
/** After the first Ctrl-C: work under way may finish; what is not done by then stays queued. Half of what supervisors usually wait. */
const GRACE_MS = 5_000;
/** The closing summary is read from the database, which may hang. */
const LAST_WORDS_MS = 2_000;
/** Without a database, work in progress can only fail. */
const LOST_GRACE_MS = 1_000;

export const start: Command = async (args, io) => {
  const options = {
    data: { type: 'string' },
    port: { type: 'string' },
    once: { type: 'boolean' },
    redrive: { type: 'boolean' },
    'no-sample': { type: 'boolean' },
  } as const;
  const { values } = parseArguments(args, options, usage);
  const once = values.once === true;
  const port = portOf(values.port, once);
  const settings = await readSettings(configFolder(io), io.env);

  // With --json, stdout is for the summary alone.
  const say = (line: string): void => (io.json ? io.stderr : io.stdout)(`${line}\n`);
  const narrator = new Narrator({ say, color: io.color && !io.json, now: () => new Date(), zone: io.zone });
  const running = await startWithConfiguration(io, {
    folder: dataFolder(values.data, io),
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
  }).catch((error: unknown) => {
    if (error === io.signal.reason) return null;
    throw error;
  });
  if (running === null) {
    say('Stopped while starting; the next start goes on from here.');
    return EXIT.done;
  }
  narrator.begin(running);
  const done = once ? running.untilIdle(io.signal) : aborted(io.signal);
  const lost = await Promise.race([done.then(() => null), running.lost]);
  if (lost !== null) return giveUp(running, lost, io);
  // Before the summary, which takes a moment: from now on a proxy should send no more requests here.
  running.parts.health.stopping();
  if (!once) say('\nStopping: what is under way ends first; Ctrl-C again ends at once.');
  // First of all no new work: with very much to do, every answer below would wait behind it.
  await running.settle(GRACE_MS);
  const alerts = await within(
    LAST_WORDS_MS,
    narrator.end().then(() => alertsWaiting(running)),
  );
  const summary = {
    ...narrator.totals,
    waiting: running.parts.queues.depth('polls') + running.parts.queues.depth('articles'),
    alertsWaiting: alerts,
  };
  await running.stop(0);
  if (io.json) printJson(io, summary);
  else say(closing(summary, once));
  return EXIT.done;
};

/** The files of config/ are read while the rest of the program is loaded. Nothing of them is kept when this has returned. */
async function startWithConfiguration(io: CommandIo, options: Omit<RunOptions, 'configuration'>): Promise<Running> {
  const [{ configuration, badRows }, { runTocsin }] = await Promise.all([
    readConfigurationApart(configFolder(io), options.settings.topics),
    import('../../local/run.ts'),
  ]);
  for (const row of badRows) io.stderr(`left out: ${row}\n`);
  return runTocsin({ ...options, configuration });
}

/** At most as many as `status` counts, whose other figures need a read of every feed. */
const alertsWaiting = async ({ stores }: Running): Promise<number> =>
  (await stores.deliveries.listDue(new Date().toISOString(), DUE_COUNTED)).length;

/** Without its database nothing can be read, stored or sent. The exit code shows the failure to a supervisor such as systemd. */
async function giveUp(running: Running, reason: string, io: CommandIo): Promise<number> {
  io.stderr(
    `tocsin: ${reason}\n  it was restarted several times without success; stored data is safe. Check the disk, then start again\n`,
  );
  await running.stop(LOST_GRACE_MS);
  return EXIT.workFailed;
}

function portOf(given: string | undefined, once: boolean): number {
  if (given === undefined) return once ? 0 : DEFAULT_PORT;
  const port = Number(given);
  if (given.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidInputError(
    'invalid_arguments',
    `--port: "${given}" is not a port. Allowed: 0 (any free one) to 65535`,
    [`usage: ${usage}`],
  );
}

const closing = (
  {
    polled,
    failing,
    matched,
    mails,
    waiting,
    alertsWaiting,
  }: Narrator['totals'] & { waiting: number; alertsWaiting: number | null },
  once: boolean,
): string =>
  [
    once ? 'Done' : 'Stopped',
    `: ${counted(polled, 'feed')} read, ${failing} failing, ${matched} new ${matched === 1 ? 'match' : 'matches'}, ${counted(mails, 'mail')}`,
    waiting > 0 ? `; ${waits(waiting, 'message')} for the next start` : '',
    alertsWaiting === null ? '; the database does not answer, so alerts that wait are not counted' : '',
    alertsWaiting !== null && alertsWaiting > 0 ? `; ${waits(alertsWaiting, 'alert')} for a digest or another try` : '',
    '. To look: tocsin matches',
  ].join('');

const waits = (count: number, noun: string): string => `${counted(count, noun)} ${count === 1 ? 'waits' : 'wait'}`;

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What comes too late, or fails, is null. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  return Promise.race([work.catch(() => null), late.promise]).finally(() => clearTimeout(timer));
}
