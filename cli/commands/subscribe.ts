// `tocsin subscribe`, `unsubscribe`, `subscriptions`, `deliveries`: who is told, and what they were told.
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { Delivery, Subscription } from '../../shared/model/subscription.ts';
import { type ApiClient, connect, HOME_OPTIONS, HOME_USAGE } from '../api-client.ts';
import { didYouMean, parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../command.ts';
import { localSecond } from '../local-time.ts';
import { printJson, table } from '../output.ts';

type Shown = Omit<Subscription, 'unsubscribeToken' | 'snsSubscriptionArn'>;
interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

const CHANNELS = ['email', 'sns-email'] as const;

export const usage = {
  subscribe: `tocsin subscribe email|sns-email ADDRESS --topic T [--topic T …] [--digest hourly|daily] ${HOME_USAGE}`,
  unsubscribe: `tocsin unsubscribe ID|ADDRESS ${HOME_USAGE}`,
  subscriptions: `tocsin subscriptions [ADDRESS] ${HOME_USAGE}`,
  deliveries: `tocsin deliveries --match ID | --subscription ID | --failing ${HOME_USAGE}`,
};

export const subscribe: Command = async (args, io) => {
  const { values, positionals } = parseArguments(
    args,
    { ...HOME_OPTIONS, topic: { type: 'string', multiple: true }, digest: { type: 'string' } },
    usage.subscribe,
    { min: 2, max: 2 },
  );
  const [channel = '', target = ''] = positionals;
  if (!CHANNELS.some((known) => known === channel)) {
    const near = didYouMean(channel, CHANNELS).map((name) => `did you mean ${name}?`);
    throw new InvalidInputError(
      'invalid_arguments',
      `"${channel}" is not a channel; known: ${CHANNELS.join(', ')}`,
      near,
    );
  }
  if (values.topic === undefined) {
    throw new InvalidInputError(
      'invalid_arguments',
      'name at least one topic: --topic troop-deployment; --topic "*" is every topic',
      [`usage: ${usage.subscribe}`],
    );
  }
  return withApi(values, io, async (api) => {
    const subscription = (await api.call('POST', '/v1/subscriptions', {
      body: {
        channel,
        target,
        topics: values.topic,
        ...(values.digest === undefined ? {} : { digest: values.digest }),
      },
    })) as Shown;
    if (io.json) printJson(io, subscription);
    else {
      io.stdout(
        `${subscription.target} is told of ${topicsInWords(subscription)} by ${subscription.channel}${subscription.digest === 'none' ? '' : `, in a ${subscription.digest} digest`}. Subscription ${subscription.id}\n`,
      );
      if (channel === 'sns-email')
        io.stderr('Amazon SNS now mails a link to that address; alerts begin when it is followed.\n');
    }
    return EXIT.done;
  });
};

export const unsubscribe: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usage.unsubscribe, { min: 1, max: 1 });
  const [who = ''] = positionals;
  return withApi(values, io, async (api) => {
    const ids = who.includes('@')
      ? (await ofAddress(api, who)).filter(({ state }) => state === 'active').map(({ id }) => id as string)
      : [who];
    if (ids.length === 0) throw new InvalidInputError('not_found', `${who} has no active subscription here`);
    for (const id of ids) await api.call('DELETE', `/v1/subscriptions/${encodeURIComponent(id)}`);
    if (io.json) printJson(io, { ended: ids });
    else io.stdout(`ended: ${ids.join(', ')}\n`);
    return EXIT.done;
  });
};

export const subscriptions: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usage.subscriptions, { min: 0, max: 1 });
  return withApi(values, io, async (api) => {
    const found =
      positionals[0] === undefined
        ? await everything<Shown>(api, '/v1/subscriptions')
        : await ofAddress(api, positionals[0]);
    if (io.json) printJson(io, found);
    else if (found.length === 0)
      io.stderr('nobody is subscribed yet: tocsin subscribe email you@example.org --topic troop-deployment\n');
    else {
      io.stdout(
        table(found, [
          { title: 'ADDRESS', value: ({ target }) => target },
          { title: 'CHANNEL', value: ({ channel }) => channel },
          { title: 'TOPICS', value: topicsInWords },
          { title: 'DIGEST', value: ({ digest }) => digest },
          { title: 'STATE', value: ({ state }) => state },
          { title: 'ID', value: ({ id }) => id },
        ]),
      );
    }
    return EXIT.done;
  });
};

export const deliveries: Command = async (args, io) => {
  const { values } = parseArguments(
    args,
    { ...HOME_OPTIONS, match: { type: 'string' }, subscription: { type: 'string' }, failing: { type: 'boolean' } },
    usage.deliveries,
  );
  const { match, subscription, failing } = values;
  const paths = [
    ...(match === undefined ? [] : [`/v1/matches/${encodeURIComponent(match)}/deliveries`]),
    ...(subscription === undefined ? [] : [`/v1/subscriptions/${encodeURIComponent(subscription)}/deliveries`]),
    // Those that are tried again, or failed for good within a week.
    ...(failing === true ? ['/v1/deliveries'] : []),
  ];
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    throw new InvalidInputError('invalid_arguments', 'give one of --match, --subscription and --failing', [
      `usage: ${usage.deliveries}`,
    ]);
  }
  return withApi(values, io, async (api) => {
    const found = await everything<Delivery>(api, path);
    if (io.json) printJson(io, found);
    else if (found.length === 0) io.stderr(failing === true ? 'no delivery is failing\n' : 'no deliveries yet\n');
    else {
      io.stdout(
        table(found, [
          { title: 'CREATED', value: ({ createdAt }) => localSecond(createdAt, io.zone) },
          { title: 'STATE', value: ({ state }) => state },
          { title: 'CHANNEL', value: ({ channel }) => channel },
          { title: 'TOPIC', value: ({ topicId }) => topicId },
          { title: 'SUBSCRIPTION', value: ({ subscriptionId }) => subscriptionId },
          { title: 'TRIES', value: ({ attempts }) => String(attempts) },
          { title: 'SENT', value: ({ sentAt }) => (sentAt === null ? '' : localSecond(sentAt, io.zone)) },
          { title: 'REASON', value: ({ reason }) => reason ?? '', maxWidth: 400 },
        ]),
      );
    }
    return EXIT.done;
  });
};

const topicsInWords = ({ topics }: Pick<Shown, 'topics'>): string =>
  topics.includes('*') ? 'every topic' : topics.join(', ');

async function ofAddress(api: ApiClient, target: string): Promise<readonly Shown[]> {
  return ((await api.call('GET', '/v1/subscriptions', { query: { target } })) as Page<Shown>).items;
}

/** Every page of a listing. */
export async function everything<T>(
  api: ApiClient,
  path: string,
  asked: Readonly<Record<string, string>> = {},
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page = (await api.call('GET', path, { query: cursor === null ? asked : { ...asked, cursor } })) as Page<T>;
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}

export async function withApi<T>(
  home: Parameters<typeof connect>[0],
  io: CommandIo,
  work: (api: ApiClient) => Promise<T>,
): Promise<T> {
  const api = await connect(home, io);
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}
