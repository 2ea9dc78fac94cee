// `tocsin doctor`: what works, what is late and what fails; exit code 1 when something needs attention.
import { counted } from '../../shared/core/counted.ts';
import { InvalidInputError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import { FAILING_STATUSES, REMARKABLE_STATUSES } from '../../shared/feeds/health-statuses.ts';
import type { Finding } from '../../shared/health/finding.ts';
import { instanceFindings } from '../../shared/health/instance-findings.ts';
import type { InstanceStatus } from '../../shared/health/instance-status.ts';
import { machineFindings } from '../../shared/health/machine-findings.ts';
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import type { HealthStatus } from '../../shared/model/feed-health.ts';
import type { ApiClient, CallOptions } from '../api/client.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../api/connect.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT, shownConfig, withConfigFolder } from '../command.ts';
import { fetchFeeds, type ShownFeed } from '../feeds/followed-feeds.ts';
import { withLocalTimes } from '../local-time.ts';
import { namedOnce, oneLine, printJson, table } from '../output.ts';
import { fetchSubscriptions } from '../subscriptions/known-subscriptions.ts';
import { fetchTopics } from '../topics/stored-topics.ts';

export const usage = `tocsin doctor ${INSTANCE_USAGE}`;

/** As an instance of an earlier version answers. */
type Newer = 'deliveryFailures' | 'operators' | 'question';
type OlderStatus = Omit<InstanceStatus, Newer> & Partial<Pick<InstanceStatus, Newer>>;

/** Counting 10,000 feeds takes a few seconds. */
const ANSWER_WITHIN_MS = MINUTE_MS;
/** Feeds that are named in one list. */
const MOST_SHOWN = 8;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, INSTANCE_OPTIONS, usage);
  return withApi(values, io, async (connected) => {
    const api = answeringInTime(connected);
    // On AWS the alarms report what a machine here reports about itself.
    const machine = values.stack === undefined ? await machineStatus(api) : null;
    const ofMachine = machine === null ? [] : machineFindings(machine);
    const status = await statusOf(api, machine);
    if (status instanceof ServiceUnavailableError) {
      const findings = [{ what: 'status', well: false, says: `cannot be read: ${status.message}` }, ...ofMachine];
      if (io.json) printJson(io, { machine, findings });
      else printFindings(findings, io);
      return EXIT.workFailed;
    }
    const findings = [...findingsOf(status), ...(await packFiles(api)), ...(await goneChannels(api)), ...ofMachine];
    const feeds = await fetchFeeds(api);
    const failing = feeds.filter((feed) => hasStatus(feed, FAILING_STATUSES));
    const remarkable = feeds.filter((feed) => !failing.includes(feed) && isRemarkable(feed));
    if (io.json) printJson(io, { ...status, machine, findings, failing, remarkable });
    else {
      printFindings(findings, io);
      const feedsAreWell = findings.every(({ what, well }) => well || what !== 'feeds');
      printFeeds(feedsAreWell ? 'note' : 'LOOK', failing, io);
      printFeeds('note', remarkable, io);
    }
    return findings.every(({ well }) => well) ? EXIT.done : EXIT.workFailed;
  });
};

/** An instance that hangs must not make a watchdog hang. */
const answeringInTime = (api: ApiClient): ApiClient => ({
  ...api,
  call: <T>(method: string, path: string, options?: CallOptions) => {
    const timer = Promise.withResolvers<never>();
    const timeout = setTimeout(() => {
      timer.reject(
        new ServiceUnavailableError(`Tocsin did not answer ${method} ${path} within ${ANSWER_WITHIN_MS / SECOND_MS} s`),
      );
    }, ANSWER_WITHIN_MS);
    return Promise.race([api.call<T>(method, path, options), timer.promise]).finally(() => clearTimeout(timeout));
  },
});

/** Empty when no file is missing. */
async function packFiles(api: ApiClient): Promise<readonly Finding[]> {
  const count = (await fetchTopics(api)).filter(({ isMissing }) => isMissing).length;
  if (count === 0) return [];
  const says = `those of ${counted(count, 'topic')} are missing: restore them, or end the topics: tocsin topics push --end-missing`;
  return [{ what: 'pack files', well: false, says }];
}

/** Whoever reads there gets nothing more, and deliveries that were given up stop being reported after a week. Empty when none is gone. */
async function goneChannels(api: ApiClient): Promise<readonly Finding[]> {
  const gone = (await fetchSubscriptions(api)).filter(({ state }) => state === 'disabled');
  if (gone.length === 0) return [];
  const shown = gone
    .slice(0, MOST_SHOWN)
    .map(
      ({ id, channel, target, stateReason }) =>
        `${channel} ${target} (${stateReason ?? 'no reason is known'}; id ${id})`,
    );
  const more = gone.length > MOST_SHOWN ? [`and ${gone.length - MOST_SHOWN} more`] : [];
  const says = `${counted(gone.length, 'subscription')} disabled because the service said that the address is gone; subscribe it again, or end it (tocsin unsubscribe ID): ${[...shown, ...more].join(', ')}`;
  return [{ what: 'channels', well: false, says }];
}

/** The error when the machine answers but its database does not. */
async function statusOf(api: ApiClient, machine: MachineStatus | null): Promise<OlderStatus | ServiceUnavailableError> {
  try {
    return await api.call<OlderStatus>('GET', '/v1/status');
  } catch (error) {
    if (machine !== null && error instanceof ServiceUnavailableError) return error;
    throw error;
  }
}

const hasStatus = ({ health }: ShownFeed, statuses: readonly HealthStatus[]): boolean =>
  (statuses as readonly string[]).includes(health.status);

/** Read without errors, but something about the feed may hide news. */
const isRemarkable = (feed: ShownFeed): boolean =>
  hasStatus(feed, REMARKABLE_STATUSES) || feed.health.oldItems !== null || feed.health.validatorsIgnoredUntil !== null;

/** Null from an earlier version; `findingsOf` reports that. */
async function machineStatus(api: ApiClient): Promise<MachineStatus | null> {
  try {
    return await api.call<MachineStatus>('GET', '/v1/machine');
  } catch (error) {
    if (error instanceof InvalidInputError && error.code === 'not_found') return null;
    throw error;
  }
}

function findingsOf({ deliveryFailures, operators, question, ...status }: OlderStatus): readonly Finding[] {
  if (deliveryFailures !== undefined && operators !== undefined && question !== undefined)
    return instanceFindings({ ...status, deliveryFailures, operators, question });
  const older: Finding = {
    what: 'version',
    well: false,
    says: 'the instance is older than this command, so some checks are missing: restart it or deploy it with this version',
  };
  const known = instanceFindings({
    ...status,
    feeds: { ...status.feeds, byStatus: status.feeds.byStatus ?? {} },
    deliveryFailures: deliveryFailures ?? [],
    operators: operators ?? null,
    question: question ?? 'mail',
  });
  return [older, ...known.filter(({ what }) => deliveryFailures !== undefined || what !== 'deliveries')];
}

function printFindings(findings: readonly Finding[], io: CommandIo): void {
  io.stdout(
    table(findings, [
      { title: '', value: ({ well }) => (well ? 'ok' : 'LOOK') },
      { title: '', value: ({ what }) => what },
      {
        title: '',
        value: ({ says }) => withConfigFolder(withLocalTimes(says, io.zone), shownConfig(io)),
        maxWidth: 400,
      },
    ]),
  );
}

function printFeeds(mark: 'LOOK' | 'note', feeds: readonly ShownFeed[], io: CommandIo): void {
  for (const { title, health } of feeds.slice(0, MOST_SHOWN)) {
    io.stdout(`${mark}  ${namedOnce(oneLine(title), withLocalTimes(oneLine(health.explanation), io.zone))}\n`);
  }
  if (feeds.length > MOST_SHOWN) io.stdout(`      and ${feeds.length - MOST_SHOWN} more feeds: tocsin feeds list\n`);
}
