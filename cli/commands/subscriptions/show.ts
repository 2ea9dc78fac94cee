// `tocsin subscriptions show`: what a subscriber receives and when, in sentences.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { fetchSubscription, subscriptionIdFor } from '../../subscriptions/known-subscriptions.ts';
import { subscriptionAsText } from '../../subscriptions/shown-subscription.ts';

export const usage = `tocsin subscriptions show ID|ADDRESS ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const subscription = await fetchSubscription(api, await subscriptionIdFor(api, positionals[0] ?? ''));
    if (io.json) printJson(io, subscription);
    else io.stdout(await subscriptionAsText(api, subscription, io.zone));
    return EXIT.done;
  });
};
