// `tocsin subscribe`: an address, a webhook or a chat receives the alerts of topics.
import { differencesInWords } from '../../../shared/alerts/subscription-in-words.ts';
import { CHANNELS, WEB_CHANNELS } from '../../../shared/model/channels.ts';
import type { PublishedSubscription } from '../../../shared/model/subscription.ts';
import type { Receipt } from '../../../shared/ports.ts';
import type { Subscribed } from '../../../shared/usecases/managing/subscribe.ts';
import type { ApiClient } from '../../api/client.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';
import { clockFor, topicsInWords, withDefaults } from '../../subscriptions/known-subscriptions.ts';
import { remarkOn, SETTING_OPTIONS, SETTINGS, settingsIn } from '../../subscriptions/setting-options.ts';
import { sendTest, testInWords } from '../../subscriptions/test-message.ts';

export const usage = [
  `tocsin subscribe email|sns-email ADDRESS --topic T [--topic T …] [--test] [SETTINGS] ${INSTANCE_USAGE}`,
  `tocsin subscribe ${WEB_CHANNELS.join('|')} TARGET --topic T [--topic T …] [--chat CHAT] [--token TOKEN] [--test] [SETTINGS] ${INSTANCE_USAGE}`,
  ...SETTINGS,
  'TARGET: the address of the service (docs/channels.md); - reads it from standard input, so that it is in no history of commands',
  '--chat: of Telegram; --token: of an ntfy server; --test: sends a message marked as a test',
];

const text = { type: 'string' } as const;
const OPTIONS = {
  ...INSTANCE_OPTIONS,
  ...SETTING_OPTIONS,
  topic: { type: 'string', multiple: true },
  chat: text,
  token: text,
  test: { type: 'boolean' },
} as const;

type Answer = PublishedSubscription &
  Pick<Subscribed, 'outcome' | 'isAsked' | 'others'> & { readonly signingKey?: string };

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 2, max: 2 });
  const [givenChannel = '', givenTarget = ''] = positionals;
  const channel = oneOf('channel', givenChannel, CHANNELS);
  const { topic: topics, chat, token, test = false } = values;
  if (topics === undefined) {
    const message = 'name at least one topic: --topic troop-deployment; --topic "*" stands for every topic';
    throw invalidArguments(message, [usageHint(usage)]);
  }
  const target = givenTarget === '-' ? await readTarget(io) : givenTarget;
  const body = { channel, target, topics, chat, token, ...settingsIn(values) };
  return withApi(values, io, async (api) => {
    const answer = withDefaults(await api.call<Answer>('POST', '/v1/subscriptions', { body }));
    if (!io.json) {
      io.stdout(`${oneLine(inWords(answer, await clockFor(api, [answer])))}\n`);
      io.stderr(remarkOn(values, answer));
      // What a deployment of an older version answers has no others.
      for (const other of answer.others ?? [])
        io.stderr(`Subscription ${other} of this address stays as it is. To end it: tocsin unsubscribe ${other}\n`);
      if (answer.isAsked) io.stderr(`${HOW_TO_CONFIRM[channel === 'sns-email' ? 'sns' : 'mail']}\n`);
      if (answer.signingKey !== undefined) {
        io.stdout(`${answer.signingKey}\n`);
        io.stderr('This key signs each call. It is shown this once: give it to the receiver (docs/webhooks.md).\n');
      }
    }
    const sent = test ? await tested(api, answer, io) : null;
    if (io.json) printJson(io, { ...answer, ...(sent === null ? {} : { test: sent }) });
    else if (sent !== null) io.stdout(`${oneLine(testInWords(sent))}\n`);
    return EXIT.done;
  });
};

/** When it fails, the subscription is there all the same, and the key that is shown once with it. The error says why. */
async function tested(api: ApiClient, answer: Answer, io: CommandIo): Promise<Receipt> {
  try {
    return await sendTest(api, answer.id);
  } catch (error) {
    if (io.json) printJson(io, answer);
    io.stderr(`It is subscribed, but the test failed. To try again: tocsin subscriptions test ${answer.id}\n`);
    throw error;
  }
}

const HOW_TO_CONFIRM = {
  mail: 'A mail asks that address whether it agrees; alerts begin once that is confirmed on the page behind its link, which works for 7 days.',
  sns: 'A confirmation link was sent to that address; alerts begin once it is opened and confirmed.',
} as const;

async function readTarget(io: CommandIo): Promise<string> {
  let target = '';
  for await (const part of io.stdin()) target += part;
  return target.trim();
}

function inWords(subscription: PublishedSubscription, now: Date): string {
  const { target, channel, id, state } = subscription;
  const differences = differencesInWords(subscription, now);
  const how = differences === '' ? '' : `; ${differences}`;
  const once = state === 'unconfirmed' ? ' once it agrees' : '';
  return `${target} will receive alerts for ${topicsInWords(subscription)} by ${channel}${how}${once}. Subscription ${id}`;
}
