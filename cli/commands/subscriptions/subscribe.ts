// `tocsin subscribe`: an address receives the alerts of topics.
import { differencesInWords } from '../../../shared/alerts/subscription-in-words.ts';
import { CHANNELS } from '../../../shared/model/channels.ts';
import type { PublishedSubscription } from '../../../shared/model/subscription.ts';
import type { Subscribed } from '../../../shared/usecases/managing/subscribe.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';
import { clockFor, topicsInWords, withDefaults } from '../../subscriptions/known-subscriptions.ts';
import { remarkOn, SETTING_OPTIONS, SETTINGS, settingsIn } from '../../subscriptions/setting-options.ts';

export const usage = [
  `tocsin subscribe email|sns-email ADDRESS --topic T [--topic T …] [SETTINGS] ${INSTANCE_USAGE}`,
  ...SETTINGS,
];

const OPTIONS = { ...INSTANCE_OPTIONS, ...SETTING_OPTIONS, topic: { type: 'string', multiple: true } } as const;

type Answer = PublishedSubscription & Pick<Subscribed, 'outcome' | 'isAsked' | 'others'>;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 2, max: 2 });
  const [givenChannel = '', target = ''] = positionals;
  const channel = oneOf('channel', givenChannel, CHANNELS);
  const { topic: topics } = values;
  if (topics === undefined) {
    const message = 'name at least one topic: --topic troop-deployment; --topic "*" stands for every topic';
    throw invalidArguments(message, [usageHint(usage)]);
  }
  const body = { channel, target, topics, ...settingsIn(values) };
  return withApi(values, io, async (api) => {
    const answer = withDefaults(await api.call<Answer>('POST', '/v1/subscriptions', { body }));
    if (io.json) printJson(io, answer);
    else {
      io.stdout(`${oneLine(inWords(answer, await clockFor(api, [answer])))}\n`);
      io.stderr(remarkOn(values, answer));
      // What a deployment of an older version answers has no others.
      for (const other of answer.others ?? [])
        io.stderr(`Subscription ${other} of this address stays as it is. To end it: tocsin unsubscribe ${other}\n`);
      if (answer.isAsked) io.stderr(`${HOW_TO_CONFIRM[channel === 'sns-email' ? 'sns' : 'mail']}\n`);
    }
    return EXIT.done;
  });
};

const HOW_TO_CONFIRM = {
  mail: 'A mail asks that address whether it agrees; alerts begin once that is confirmed on the page behind its link, which works for 7 days.',
  sns: 'A confirmation link was sent to that address; alerts begin once it is opened and confirmed.',
} as const;

function inWords(subscription: PublishedSubscription, now: Date): string {
  const { target, channel, id, state } = subscription;
  const differences = differencesInWords(subscription, now);
  const how = differences === '' ? '' : `; ${differences}`;
  const once = state === 'unconfirmed' ? ' once it agrees' : '';
  return `${target} will receive alerts for ${topicsInWords(subscription)} by ${channel}${how}${once}. Subscription ${id}`;
}
