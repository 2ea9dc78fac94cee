// `tocsin subscriptions`: every subscription, or those of an address.
import { differencesInWords } from '../../../shared/alerts/subscription-in-words.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson, table } from '../../output.ts';
import { clockFor, fetchSubscriptions, isAddress, topicsInWords } from '../../subscriptions/known-subscriptions.ts';

export const usage = `tocsin subscriptions list [ADDRESS] ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 0, max: 1 });
  const [address] = positionals;
  if (address !== undefined) isAddress(address);
  return withApi(values, io, async (api) => {
    const found = await fetchSubscriptions(api, address);
    if (io.json) printJson(io, found);
    else if (found.length === 0) {
      const which = address === undefined ? 'there are no subscriptions yet' : `${address} has no subscriptions`;
      io.stderr(`${which}. To add one: tocsin subscribe email you@example.org --topic troop-deployment\n`);
    } else {
      const now = await clockFor(api, found);
      io.stdout(
        table(found, [
          { title: 'ADDRESS', value: ({ target }) => target },
          { title: 'CHANNEL', value: ({ channel }) => channel },
          { title: 'TOPICS', value: topicsInWords },
          { title: 'SETTINGS', value: (each) => differencesInWords(each, now) || 'default', maxWidth: 100 },
          { title: 'STATE', value: ({ state }) => state },
          { title: 'ID', value: ({ id }) => id },
        ]),
      );
    }
    return EXIT.done;
  });
};
