// `tocsin forget`: deletes what is stored about an address.
import { counted } from '../../../shared/core/counted.ts';
import type { Forgotten } from '../../../shared/usecases/managing/forget.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';

export const usage = `tocsin forget ADDRESS ${INSTANCE_USAGE}`;

const COUNTS = ['subscriptions', 'deliveries', 'atSns', 'mails'] as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [address = ''] = positionals;
  return withApi(values, io, async (api) => {
    const ask = (): Promise<Forgotten> => api.call<Forgotten>('POST', '/v1/forget', { body: { address } });
    let total = await ask();
    // A request deletes as much as it has time for.
    while (!total.isDone) total = sumOf(total, await ask());
    if (io.json) printJson(io, total);
    else io.stdout(inWords(total));
    return EXIT.done;
  });
};

const sumOf = (before: Forgotten, latest: Forgotten): Forgotten => ({
  ...latest,
  ...Object.fromEntries(COUNTS.map((name) => [name, before[name] + latest[name]])),
});

function inWords({ subscriptions, deliveries, atSns, mails, remains }: Forgotten): string {
  const parts = [
    counted(subscriptions, 'subscription'),
    counted(deliveries, 'record of what was sent', 'records of what was sent'),
    ...(atSns === 0 ? [] : [counted(atSns, 'subscription at SNS', 'subscriptions at SNS')]),
    ...(mails === 0 ? [] : [counted(mails, 'mail in the outbox', 'mails in the outbox')]),
  ];
  const isNothing = subscriptions + deliveries + atSns + mails === 0;
  const done = isNothing ? 'Nothing is stored about this address.' : `Deleted: ${parts.join(', ')}.`;
  return [done, 'What remains:', ...remains.map((each) => `  ${oneLine(each)}`), ''].join('\n');
}
