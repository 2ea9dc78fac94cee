// `tocsin doctor`: is silence proven? What is polled, what is late, what fails, in words; exit code 1 when something needs a human.
import { InvalidInputError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { FAILING_STATUSES, type HealthStatus, REMARKABLE_STATUSES } from '../../shared/feeds/feed-health.ts';
import type { Finding } from '../../shared/health/finding.ts';
import { instanceFindings } from '../../shared/health/instance-findings.ts';
import type { InstanceStatus } from '../../shared/health/instance-status.ts';
import { machineFindings } from '../../shared/health/machine-findings.ts';
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import { type ApiClient, HOME_OPTIONS, HOME_USAGE } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../command.ts';
import { withLocalTimes } from '../local-time.ts';
import { namedOnce, oneLine, printJson, table } from '../output.ts';
import { allFeeds, type ShownFeed } from './feeds.ts';
import { everything, withApi } from './subscribe.ts';

export const usage = `tocsin doctor ${HOME_USAGE}`;

/** What an instance of an earlier version answers. */
type OlderStatus = Omit<InstanceStatus, 'deliveryTroubles'> & Partial<Pick<InstanceStatus, 'deliveryTroubles'>>;

/** Counting 10,000 feeds takes a few seconds. */
const ANSWER_WITHIN_MS = 60_000;
/** Feeds named one by one. */
const MOST_SHOWN = 8;

export const doctor: Command = async (args, io) => {
  const { values } = parseArguments(args, HOME_OPTIONS, usage);
  return withApi(values, io, async (connected) => {
    const api = answeringInTime(connected);
    // Not on AWS: there the alarms report what a machine says of itself.
    const machine = values.stack === undefined ? await machineStatus(api) : null;
    const ofMachine = machine === null ? [] : machineFindings(machine);
    const status = await statusOf(api, machine);
    if (status instanceof ServiceUnavailableError) {
      const found = [{ what: 'status', well: false, says: `cannot be read: ${status.message}` }, ...ofMachine];
      if (io.json) printJson(io, { machine, findings: found });
      else printFindings(found, io);
      return EXIT.workFailed;
    }
    const found = [...findingsOf(status), ...(await packFiles(api)), ...ofMachine];
    const feeds = await allFeeds(api);
    const failing = feeds.filter((feed) => has(feed, FAILING_STATUSES));
    const remarkable = feeds.filter((feed) => !failing.includes(feed) && isRemarkable(feed));
    if (io.json) printJson(io, { ...status, machine, findings: found, failing, remarkable });
    else {
      printFindings(found, io);
      const feedsAreWell = found.every(({ what, well }) => well || what !== 'feeds');
      printFeeds(feedsAreWell ? 'note' : 'LOOK', failing, io);
      printFeeds('note', remarkable, io);
    }
    return found.every(({ well }) => well) ? EXIT.done : EXIT.workFailed;
  });
};

/** A process that hangs must not make a watchdog hang. */
const answeringInTime = (api: ApiClient): ApiClient => ({
  ...api,
  call: (method, path, options) => {
    const timer = Promise.withResolvers<never>();
    const timeout = setTimeout(() => {
      timer.reject(
        new ServiceUnavailableError(`Tocsin did not answer ${method} ${path} within ${ANSWER_WITHIN_MS / 1000} s`),
      );
    }, ANSWER_WITHIN_MS);
    return Promise.race([api.call(method, path, options), timer.promise]).finally(() => clearTimeout(timeout));
  },
});

/** Nothing where all is well. */
async function packFiles(api: ApiClient): Promise<readonly Finding[]> {
  const topics = await everything<{ readonly isMissing: boolean }>(api, '/v1/topics');
  const count = topics.filter(({ isMissing }) => isMissing).length;
  if (count === 0) return [];
  const says = `of ${count} topics are gone: restore them, or end the topics: tocsin topics push --end-missing`;
  return [{ what: 'pack files', well: false, says }];
}

/** The error when the machine answers, but not its database. */
async function statusOf(api: ApiClient, machine: MachineStatus | null): Promise<OlderStatus | ServiceUnavailableError> {
  try {
    return (await api.call('GET', '/v1/status')) as OlderStatus;
  } catch (error) {
    if (machine !== null && error instanceof ServiceUnavailableError) return error;
    throw error;
  }
}

const has = ({ health }: ShownFeed, statuses: readonly HealthStatus[]): boolean =>
  (statuses as readonly string[]).includes(health.status);

/** They are read without errors, but something about them may hide news. */
const isRemarkable = (feed: ShownFeed): boolean =>
  has(feed, REMARKABLE_STATUSES) || feed.health.oldItems !== null || feed.health.validatorsIgnoredUntil !== null;

/** Null from an earlier version, which `findingsOf` reports. */
async function machineStatus(api: ApiClient): Promise<MachineStatus | null> {
  try {
    return (await api.call('GET', '/v1/machine')) as MachineStatus;
  } catch (error) {
    if (error instanceof InvalidInputError && error.code === 'not_found') return null;
    throw error;
  }
}

function findingsOf({ deliveryTroubles, ...status }: OlderStatus): readonly Finding[] {
  if (deliveryTroubles !== undefined) return instanceFindings({ ...status, deliveryTroubles });
  const older: Finding = {
    what: 'version',
    well: false,
    says: 'the instance is older than this command, so some checks are missing: restart or deploy it with this version',
  };
  const known = instanceFindings({ ...status, feeds: { ...status.feeds, byStatus: {} }, deliveryTroubles: [] });
  return [older, ...known.filter(({ what }) => what !== 'deliveries')];
}

function printFindings(found: readonly Finding[], io: CommandIo): void {
  io.stdout(
    table(found, [
      { title: '', value: ({ well }) => (well ? 'ok' : 'LOOK') },
      { title: '', value: ({ what }) => what },
      { title: '', value: ({ says }) => withLocalTimes(says, io.zone), maxWidth: 400 },
    ]),
  );
}

function printFeeds(mark: 'LOOK' | 'note', feeds: readonly ShownFeed[], io: CommandIo): void {
  for (const { title, health } of feeds.slice(0, MOST_SHOWN)) {
    io.stdout(`${mark}  ${namedOnce(oneLine(title), withLocalTimes(oneLine(health.explanation), io.zone))}\n`);
  }
  if (feeds.length > MOST_SHOWN) io.stdout(`      and ${feeds.length - MOST_SHOWN} more feeds: tocsin feeds list\n`);
}
