// `tocsin suppressions remove`: mail is sent to an address again.
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';

export const usage = `tocsin suppressions remove ADDRESS ${INSTANCE_USAGE}     sends mail to it again`;

interface Removed {
  readonly outcome: 'lifted' | 'not_suppressed';
  readonly subscriptions: readonly string[];
}

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [address = ''] = positionals;
  return withApi(values, io, async (api) => {
    const { outcome, subscriptions } = await api.call<Removed>('POST', '/v1/suppressions/remove', {
      body: { address },
    });
    if (outcome === 'not_suppressed') throw new InvalidInputError('not_found', `${address} is not suppressed`);
    if (io.json) printJson(io, { removed: address, subscriptions });
    else {
      const goOn = subscriptions.length === 0 ? 'it has no subscription' : `going on: ${subscriptions.join(', ')}`;
      io.stdout(`mail to ${address} is sent again; ${goOn}\n`);
      // The list of the account is not ours to change: other applications send with it, too.
      if (values.stack !== undefined)
        io.stderr(
          `if SES has it on the list of the account, remove it there too: aws sesv2 delete-suppressed-destination --email-address ${address}\n`,
        );
    }
    return EXIT.done;
  });
};
