// `tocsin deliveries`: what became of alerts, the newest first, and why.
import { DELIVERY_CHANNELS } from '../../../shared/model/channels.ts';
import { csvColumnsOf } from '../../../shared/model/csv-columns.ts';
import { DELIVERY_REASONS, REASON_CODES } from '../../../shared/model/delivery-reason.ts';
import { DELIVERY_STATES } from '../../../shared/model/delivery-states.ts';
import { type PublishedDelivery, publishedDeliverySchema } from '../../../shared/model/subscription.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { kindInWords, STATES_IN_WORDS, stateInWords } from '../../deliveries/state-in-words.ts';
import { LISTING_HELP, type Listing, PAGE_OPTIONS, PAGE_USAGE, printListing, readListing } from '../../listing.ts';
import { localSecond, type ZoneOffset } from '../../local-time.ts';
import { table } from '../../output.ts';

const FILTERS_USAGE =
  '[--failed | --failing] [--state STATE] [--reason REASON] [--channel CHANNEL] [--target ADDRESS] [--subscription ID] [--match ID] [--story ID] [--since TIME] [--until TIME]';
const SYNOPSIS = `tocsin deliveries ${FILTERS_USAGE} ${PAGE_USAGE} ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  '--failed: what did not arrive, the last found first; --since and --until are then about that.',
  '--failing: what needs somebody now: tried again, waiting for a quota, or failed in the last days.',
  'Without --target, --subscription or --failed the articles first seen last come first, as far back as deliveries are kept (retention.deliveryDays); --since ends the search earlier.',
  'An event is for machines, an alert for people, an update comes below an earlier alert of the same story.',
  '',
  'STATE:',
  ...Object.entries(STATES_IN_WORDS).map(([state, words]) => `  ${state.padEnd(11)}${words}`),
  '',
  'REASON:',
  ...REASON_CODES.map((code) => `  ${code.padEnd(21)}${DELIVERY_REASONS[code].means}`),
  '',
  `CHANNEL: ${DELIVERY_CHANNELS.join(', ')}`,
  ...LISTING_HELP,
];

const FILTERS = {
  failed: { type: 'boolean' },
  failing: { type: 'boolean' },
  state: { type: 'string' },
  reason: { type: 'string' },
  channel: { type: 'string' },
  target: { type: 'string' },
  subscription: { type: 'string' },
  match: { type: 'string' },
  story: { type: 'string' },
} as const;

const DELIVERIES: Listing<PublishedDelivery> = {
  path: '/v1/deliveries',
  filters: Object.keys(FILTERS),
  columns: csvColumnsOf(publishedDeliverySchema),
  asText: (deliveries, { zone }) => (deliveries.length === 0 ? '' : asTable(deliveries, zone)),
  none: 'no deliveries',
  isOfFeeds: false,
};

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, { ...INSTANCE_OPTIONS, ...PAGE_OPTIONS, ...FILTERS }, SYNOPSIS);
  const { failed, failing, state, reason, channel, since, until } = values;
  if (failed === true && failing === true)
    throw invalidArguments('give either --failed or --failing', [usageHint(SYNOPSIS)]);
  if (failing === true && (since !== undefined || until !== undefined))
    throw invalidArguments('--failing is about now, without --since and --until', [usageHint(SYNOPSIS)]);
  if (state !== undefined) oneOf('--state', state, DELIVERY_STATES);
  if (reason !== undefined) oneOf('--reason', reason, REASON_CODES);
  if (channel !== undefined) oneOf('--channel', channel, DELIVERY_CHANNELS);
  const asked = readListing(values, SYNOPSIS, io);
  return withApi(values, io, async (api) => {
    await printListing(api, asked, { ...DELIVERIES, none: noneInWords(values) }, io);
    return EXIT.done;
  });
};

function noneInWords({ failing, failed, state }: Readonly<Record<string, unknown>>): string {
  if (failing === true) return 'no deliveries are failing';
  if (failed === true) return 'no deliveries failed';
  return typeof state === 'string' ? `no delivery has the state ${state}` : DELIVERIES.none;
}

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
    { title: 'ID', value: ({ id }) => id },
    { title: 'REASON', value: ({ reason }) => reason ?? '', maxWidth: 400 },
  ]);
