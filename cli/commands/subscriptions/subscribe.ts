// `tocsin subscribe`: an address receives the alerts of topics.
import type { PublishedSubscription } from '../../../shared/model/subscription.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { topicsInWords } from '../../subscriptions.ts';

export const usage = `tocsin subscribe email|sns-email ADDRESS --topic T [--topic T …] [--digest hourly|daily] ${INSTANCE_USAGE}`;

const CHANNELS = ['email', 'sns-email'] as const;
const OPTIONS = {
  ...INSTANCE_OPTIONS,
  topic: { type: 'string', multiple: true },
  digest: { type: 'string' },
} as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 2, max: 2 });
  const [givenChannel = '', target = ''] = positionals;
  const channel = oneOf('channel', givenChannel, CHANNELS);
  const { topic: topics, digest } = values;
  if (topics === undefined) {
    const message = 'name at least one topic: --topic troop-deployment; --topic "*" stands for every topic';
    throw invalidArguments(message, [usageHint(usage)]);
  }
  return withApi(values, io, async (api) => {
    const body = { channel, target, topics, ...(digest === undefined ? {} : { digest }) };
    const subscription = await api.call<PublishedSubscription>('POST', '/v1/subscriptions', { body });
    if (io.json) printJson(io, subscription);
    else {
      io.stdout(`${inWords(subscription)}\n`);
      if (channel === 'sns-email')
        io.stderr('A confirmation link was sent to that address; alerts begin once it is opened.\n');
    }
    return EXIT.done;
  });
};

function inWords({ target, channel, digest, id, ...subscription }: PublishedSubscription): string {
  const asDigest = digest === 'none' ? '' : `, in one ${digest} digest`;
  return `${target} will receive alerts for ${topicsInWords(subscription)} by ${channel}${asDigest}. Subscription ${id}`;
}
