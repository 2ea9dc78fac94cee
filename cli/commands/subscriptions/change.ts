// `tocsin subscriptions change`: other topics or settings for a subscriber. Only what is given changes.
import type { PublishedSubscription } from '../../../shared/model/subscription.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { subscriptionIdFor, subscriptionPath } from '../../subscriptions/known-subscriptions.ts';
import { remarkOn, SETTING_OPTIONS, SETTINGS, settingsIn, topicRulesIn } from '../../subscriptions/setting-options.ts';
import { subscriptionAsText } from '../../subscriptions/shown-subscription.ts';

export const usage = [
  `tocsin subscriptions change ID|ADDRESS [--add-topic T …] [--drop-topic T …] [SETTINGS] [--for TOPIC] ${INSTANCE_USAGE}`,
  ...SETTINGS,
  "--for TOPIC: the settings are for this topic only. An empty value brings the default back: --zone ''",
];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  ...SETTING_OPTIONS,
  'add-topic': { type: 'string', multiple: true },
  'drop-topic': { type: 'string', multiple: true },
  for: { type: 'string' },
} as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 1, max: 1 });
  const { 'add-topic': addTopics, 'drop-topic': dropTopics, for: topic } = values;
  const body = {
    addTopics,
    dropTopics,
    ...(topic === undefined ? settingsIn(values) : topicRulesIn(topic, values)),
  };
  const given = Object.keys(values).filter((name) => !['for', ...Object.keys(INSTANCE_OPTIONS)].includes(name));
  if (given.length === 0) throw invalidArguments('nothing to change: give at least one option', [usageHint(usage)]);
  return withApi(values, io, async (api) => {
    const path = subscriptionPath(await subscriptionIdFor(api, positionals[0] ?? ''));
    const changed = await api.call<PublishedSubscription>('PATCH', path, { body });
    if (io.json) printJson(io, changed);
    else {
      io.stdout(await subscriptionAsText(api, changed, io.zone));
      io.stderr(remarkOn(values, changed));
    }
    return EXIT.done;
  });
};
