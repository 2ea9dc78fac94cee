// `tocsin deliveries`: what became of the alerts of a match or a subscription, or which ones fail.
import type { PublishedDelivery } from '../../../shared/model/subscription.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localSecond, type ZoneOffset } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';

export const usage = `tocsin deliveries --match ID | --subscription ID | --failing ${INSTANCE_USAGE}`;

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  match: { type: 'string' },
  subscription: { type: 'string' },
  failing: { type: 'boolean' },
} as const;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, OPTIONS, usage);
  const { match, subscription, failing } = values;
  const paths = [
    ...(match === undefined ? [] : [`/v1/matches/${encodeURIComponent(match)}/deliveries`]),
    ...(subscription === undefined ? [] : [`/v1/subscriptions/${encodeURIComponent(subscription)}/deliveries`]),
    // Those that will be tried again, and those that failed permanently within a week.
    ...(failing === true ? ['/v1/deliveries'] : []),
  ];
  const [path] = paths;
  if (path === undefined || paths.length > 1)
    throw invalidArguments('give exactly one of --match, --subscription and --failing', [usageHint(usage)]);
  return withApi(values, io, async (api) => {
    const found = await fetchAllPages<PublishedDelivery>(api, path);
    if (io.json) printJson(io, found);
    else if (found.length === 0) io.stderr(failing === true ? 'no deliveries are failing\n' : 'no deliveries yet\n');
    else io.stdout(asTable(found, io.zone));
    return EXIT.done;
  });
};

const asTable = (deliveries: readonly PublishedDelivery[], zone: ZoneOffset): string =>
  table(deliveries, [
    { title: 'CREATED', value: ({ createdAt }) => localSecond(createdAt, zone) },
    { title: 'STATE', value: ({ state }) => state },
    { title: 'CHANNEL', value: ({ channel }) => channel },
    { title: 'TOPIC', value: ({ topicId }) => topicId },
    { title: 'SUBSCRIPTION', value: ({ subscriptionId }) => subscriptionId },
    { title: 'ATTEMPTS', value: ({ attempts }) => String(attempts) },
    { title: 'SENT', value: ({ sentAt }) => (sentAt === null ? '' : localSecond(sentAt, zone)) },
    { title: 'REASON', value: ({ reason }) => reason ?? '', maxWidth: 400 },
  ]);
