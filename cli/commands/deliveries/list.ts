// `tocsin deliveries`: what became of the alerts of a match or a subscription, or which ones fail.
import { DELIVERY_STATES, type PublishedDelivery } from '../../../shared/model/subscription.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { kindInWords, stateInWords } from '../../deliveries/state-in-words.ts';
import { localSecond, type ZoneOffset } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';

const SYNOPSIS = `tocsin deliveries --match ID | --subscription ID | --failing [--state STATE] ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  `STATE: ${DELIVERY_STATES.join(', ')}`,
  'An event is for machines, an alert for people, an update comes below an earlier alert of the same story.',
];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  match: { type: 'string' },
  subscription: { type: 'string' },
  failing: { type: 'boolean' },
  state: { type: 'string' },
} as const;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, OPTIONS, SYNOPSIS);
  const { match, subscription, failing } = values;
  const wanted = values.state === undefined ? null : oneOf('--state', values.state, DELIVERY_STATES);
  const paths = [
    ...(match === undefined ? [] : [`/v1/matches/${encodeURIComponent(match)}/deliveries`]),
    ...(subscription === undefined ? [] : [`/v1/subscriptions/${encodeURIComponent(subscription)}/deliveries`]),
    // Those that will be tried again, and those that failed permanently within a week.
    ...(failing === true ? ['/v1/deliveries'] : []),
  ];
  const [path] = paths;
  if (path === undefined || paths.length > 1)
    throw invalidArguments('give exactly one of --match, --subscription and --failing', [usageHint(SYNOPSIS)]);
  return withApi(values, io, async (api) => {
    const all = await fetchAllPages<PublishedDelivery>(api, path);
    const found = all.filter(({ state }) => wanted === null || state === wanted);
    if (io.json) printJson(io, found);
    else if (found.length === 0) io.stderr(`${noneInWords(failing === true, all.length > 0 ? wanted : null)}\n`);
    else io.stdout(asTable(found, io.zone));
    return EXIT.done;
  });
};

const noneInWords = (isFailing: boolean, wanted: PublishedDelivery['state'] | null): string =>
  wanted !== null
    ? `no delivery has the state ${wanted}`
    : isFailing
      ? 'no deliveries are failing'
      : 'no deliveries yet';

const asTable = (deliveries: readonly PublishedDelivery[], zone: ZoneOffset): string =>
  table(deliveries, [
    { title: 'CREATED', value: ({ createdAt }) => localSecond(createdAt, zone) },
    { title: 'STATE', value: (delivery) => stateInWords(delivery, zone) },
    { title: 'KIND', value: kindInWords },
    { title: 'CHANNEL', value: ({ channel }) => channel },
    { title: 'TOPIC', value: ({ topicId }) => topicId },
    { title: 'SUBSCRIPTION', value: ({ subscriptionId }) => subscriptionId },
    { title: 'ATTEMPTS', value: ({ attempts }) => String(attempts) },
    { title: 'SENT', value: ({ sentAt }) => (sentAt === null ? '' : localSecond(sentAt, zone)) },
    { title: 'REASON', value: ({ reason }) => reason ?? '', maxWidth: 400 },
  ]);
