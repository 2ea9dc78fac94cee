// `tocsin unmute`: ends a mute before its time.
import { mutedInWords } from '../../../shared/alerts/subscription-in-words.ts';
import { MUTED_KINDS } from '../../../shared/model/alert-rules.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { oneOf, parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';
import { fetchSubscription, subscriptionIdFor, subscriptionPath } from '../../subscriptions/known-subscriptions.ts';

export const usage = `tocsin unmute ID|ADDRESS topic|story|source VALUE ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 3, max: 3 });
  const [who = '', givenKind = '', value = ''] = positionals;
  const kind = oneOf('what to unmute', givenKind, MUTED_KINDS);
  return withApi(values, io, async (api) => {
    const id = await subscriptionIdFor(api, who);
    await api.call('DELETE', `${subscriptionPath(id)}/mutes`, { query: { kind, value } });
    if (io.json) printJson(io, await fetchSubscription(api, id));
    else io.stdout(`alerts ${oneLine(mutedInWords({ kind, value }))} are sent again\n`);
    return EXIT.done;
  });
};
