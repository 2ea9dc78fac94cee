// `tocsin unsubscribe`: ends one subscription, or all of an address.
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { fetchSubscriptions, isAddress, subscriptionPath } from '../../subscriptions/known-subscriptions.ts';

export const usage = `tocsin unsubscribe ID|ADDRESS ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [who = ''] = positionals;
  return withApi(values, io, async (api) => {
    const subscriptions = isAddress(who) ? await fetchSubscriptions(api, who) : [];
    const active = subscriptions.filter(({ state }) => state !== 'unsubscribed').map(({ id }) => id);
    const ids = isAddress(who) ? active : [who];
    if (ids.length === 0) throw new InvalidInputError('not_found', `${who} has no active subscriptions`);
    for (const id of ids) await api.call('DELETE', subscriptionPath(id));
    if (io.json) printJson(io, { ended: ids });
    else io.stdout(`ended: ${ids.join(', ')}\n`);
    return EXIT.done;
  });
};
