// `tocsin feeds list`: the feeds that are followed, with their health.

import { counted } from '../../../shared/core/counted.ts';
import { HEALTH_STATUSES } from '../../../shared/model/feed-health.ts';
import { displayUrl } from '../../../shared/net/display-url.ts';
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { oneOf, parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { fetchFeeds, type ShownFeed } from '../../feeds/followed-feeds.ts';
import { localMinute, withLocalTimes, type ZoneOffset } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';

export const usage = ['tocsin feeds list [--status S] [WHERE]', WHERE];

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, { ...INSTANCE_OPTIONS, status: { type: 'string' } }, usage);
  const status = values.status === undefined ? undefined : oneOf('--status', values.status, HEALTH_STATUSES);
  return withApi(values, io, async (api) => {
    const all = await fetchFeeds(api);
    const shown = status === undefined ? all : all.filter(({ health }) => health.status === status);
    if (io.json) printJson(io, shown);
    else {
      io.stdout(asTable(shown, io.zone));
      io.stderr(`${counted(shown.length, 'feed')}\n`);
    }
    return EXIT.done;
  });
};

function asTable(feeds: readonly ShownFeed[], zone: ZoneOffset): string {
  const minute = (instant: string | null): string => (instant === null ? '' : localMinute(instant, zone));
  return table(feeds, [
    { title: 'STATUS', value: ({ health }) => health.status },
    { title: 'FEED', value: ({ title }) => title, maxWidth: 36 },
    { title: 'FOLDER', value: ({ folder }) => folder, maxWidth: 20 },
    { title: 'SINCE', value: ({ health }) => minute(health.since) },
    { title: 'LAST GOOD POLL', value: ({ health }) => minute(health.lastGoodPollAt) },
    { title: 'LAST NEW ITEM', value: ({ health }) => minute(health.lastNewItemAt) },
    { title: 'ITEMS/DAY', value: ({ health }) => health.itemsPerDay?.toFixed(1) ?? '' },
    { title: 'NEXT POLL', value: ({ health }) => minute(health.nextPollAt) },
    { title: 'TEXT', value: ({ health }) => health.textOrigin ?? '' },
    { title: 'ADDRESS', value: ({ url }) => displayUrl(url), maxWidth: 80 },
    { title: 'EXPLANATION', value: (feed) => withLocalTimes(explanationOf(feed), zone), maxWidth: 360 },
  ]);
}

/** Without the address, which has a column of its own. */
function explanationOf({ url, health }: ShownFeed): string {
  const shown = displayUrl(url);
  return health.explanation.startsWith(shown)
    ? health.explanation.slice(shown.length).replace(/^:? /, '')
    : health.explanation;
}
