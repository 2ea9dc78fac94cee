// `tocsin subscriptions rotate-secret`: another key for a webhook; the one before signs along for a day.
import type { Rotated } from '../../../shared/usecases/managing/rotate-secret.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute } from '../../local-time.ts';
import { printJson } from '../../output.ts';
import { subscriptionIdFor, subscriptionPath } from '../../subscriptions/known-subscriptions.ts';

export const usage = `tocsin subscriptions rotate-secret ID ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const path = subscriptionPath(await subscriptionIdFor(api, positionals[0] ?? ''));
    const rotated = await api.call<Rotated>('POST', `${path}/rotate-secret`);
    if (io.json) printJson(io, rotated);
    else {
      const { signingKey, previousUntil } = rotated;
      io.stdout(`${signingKey}\n`);
      const before =
        previousUntil === null ? '' : ` The key before signs along until ${localMinute(previousUntil, io.zone)}.`;
      io.stderr(`This key is shown this once: give it to the receiver (docs/webhooks.md).${before}\n`);
    }
    return EXIT.done;
  });
};
