// `tocsin doctor`: is silence proven? What is polled, what is late, what fails, in words; exit code 1 when something needs a human.
import { type ApiClient, HOME_OPTIONS } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, EXIT } from '../command.ts';
import { localMinute, withLocalTimes, type ZoneOffset } from '../local-time.ts';
import { oneLine, printJson, table } from '../output.ts';
import { allFeeds } from './feeds.ts';
import { everything, withApi } from './subscribe.ts';

export const usage = 'tocsin doctor [--stack NAME]';

interface Status {
  readonly time: string;
  readonly feeds: { readonly total: number; readonly failing: number; readonly neverPolled: number };
  readonly topics: number;
  readonly lastScheduledMinute: string | null;
  readonly oldestPolledAt: string | null;
  readonly due: number;
  readonly oldestDueAt: string | null;
}

interface Finding {
  readonly well: boolean;
  readonly what: string;
  readonly says: string;
}

/** The schedule runs each minute; three missed ones are a fault. */
const SCHEDULE_LATE_MS = 3 * 60_000;
/** Failing feeds named one by one. */
const MOST_SHOWN = 8;
/** The sweep comes each five minutes; two of them. */
const ALERT_LATE_MS = 10 * 60_000;

export const doctor: Command = async (args, io) => {
  const { values } = parseArguments(args, HOME_OPTIONS, usage);
  return withApi(values, io, async (api) => {
    const status = (await api.call('GET', '/v1/status')) as Status;
    const feeds = await allFeeds(api);
    const failing = feeds.filter(({ health }) => ['blocked', 'broken', 'gone', 'silent'].includes(health.status));
    // They are read without errors, but something about them may hide news.
    const remarkable = feeds.filter(
      (feed) => !failing.includes(feed) && (feed.health.oldItems || feed.health.validatorsIgnoredUntil),
    );
    const found = [
      ...findings(status, io.zone),
      ...(await packFiles(api)),
      ...(values.stack === undefined ? [await setAside(api)] : []),
    ];
    if (io.json) printJson(io, { ...status, findings: found, failing, remarkable });
    else {
      io.stdout(
        table(found, [
          { title: '', value: ({ well }) => (well ? 'ok' : 'LOOK') },
          { title: '', value: ({ what }) => what },
          { title: '', value: ({ says }) => says, maxWidth: 160 },
        ]),
      );
      for (const feed of failing.slice(0, MOST_SHOWN)) {
        io.stdout(`LOOK  ${oneLine(feed.title)}: ${withLocalTimes(oneLine(feed.health.explanation), io.zone)}\n`);
      }
      if (failing.length > MOST_SHOWN)
        io.stdout(`      and ${failing.length - MOST_SHOWN} more feeds: tocsin feeds list\n`);
      for (const feed of remarkable.slice(0, MOST_SHOWN)) {
        io.stdout(`note  ${oneLine(feed.title)}: ${withLocalTimes(oneLine(feed.health.explanation), io.zone)}\n`);
      }
      if (remarkable.length > MOST_SHOWN)
        io.stdout(`      and ${remarkable.length - MOST_SHOWN} more feeds: tocsin feeds list\n`);
    }
    return found.every(({ well }) => well) ? EXIT.done : EXIT.workFailed;
  });
};

/** Nothing where all is well. */
async function packFiles(api: ApiClient): Promise<readonly Finding[]> {
  const topics = await everything<{ readonly isMissing: boolean }>(api, '/v1/topics');
  const count = topics.filter(({ isMissing }) => isMissing).length;
  if (count === 0) return [];
  const says = `of ${count} topics are gone: restore them, or end the topics: tocsin topics push --end-missing`;
  return [{ what: 'pack files', well: false, says }];
}

/** Not on AWS: there the alarms of the dead-letter queues report them. */
async function setAside(api: ApiClient): Promise<Finding> {
  const { count } = (await api.call('GET', '/v1/dead-letters')) as { count: number };
  return {
    what: 'set aside',
    well: count === 0,
    says: count === 0 ? 'nothing' : `${count} messages after too many tries: tocsin deadletters list`,
  };
}

/** Judged against the instance's own clock, not this machine's. */
export function findings(status: Status, zone: ZoneOffset): readonly Finding[] {
  const now = Date.parse(status.time);
  const age = (instant: string | null): number =>
    instant === null ? Number.POSITIVE_INFINITY : now - Date.parse(instant);
  const { total, failing, neverPolled } = status.feeds;
  return [
    scheduleFinding(status.lastScheduledMinute, age(status.lastScheduledMinute), zone),
    {
      what: 'feeds',
      well: total > 0 && failing * 2 < total,
      says: `${total} followed, ${failing} failing, ${neverPolled} not read yet${status.oldestPolledAt === null ? '' : `; every group was polled since ${localMinute(status.oldestPolledAt, zone)}`}`,
    },
    { what: 'topics', well: status.topics > 0, says: `${status.topics} in force` },
    {
      what: 'alerts',
      well: status.due === 0 || age(status.oldestDueAt) < ALERT_LATE_MS,
      says:
        status.due === 0
          ? 'none waiting'
          : `${status.due} waiting${status.oldestDueAt === null ? '' : `, the oldest due since ${localMinute(status.oldestDueAt, zone)}`}`,
    },
  ];
}

function scheduleFinding(lastMinute: string | null, ageMs: number, zone: ZoneOffset): Finding {
  if (lastMinute === null) return { what: 'schedule', well: false, says: 'has never run' };
  if (ageMs < -SCHEDULE_LATE_MS) {
    const says = `last ran for ${localMinute(lastMinute, zone)}, which is in the future: the clock must have been ahead; feeds are still polled`;
    return { what: 'schedule', well: false, says };
  }
  return { what: 'schedule', well: ageMs < SCHEDULE_LATE_MS, says: `last ran for ${localMinute(lastMinute, zone)}` };
}
