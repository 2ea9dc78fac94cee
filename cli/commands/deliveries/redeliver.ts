// `tocsin redeliver`: sends again what did not arrive, once its cause is repaired.
import { counted } from '../../../shared/core/counted.ts';
import { DELIVERY_CHANNELS } from '../../../shared/model/channels.ts';
import type { PublishedDelivery } from '../../../shared/model/subscription.ts';
import type { ApiClient } from '../../api/client.ts';
import { clockOf } from '../../api/clock.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { fetchAllPages } from '../../api/pages.ts';
import { given, invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { readTimes } from '../../listing.ts';
import { ALLOWED_TIMES, localMinute } from '../../local-time.ts';
import { oneLine, printJson } from '../../output.ts';

const SYNOPSES = [
  `tocsin redeliver ID... ${INSTANCE_USAGE}`,
  `tocsin redeliver --failed --since TIME [--until TIME] [--channel CHANNEL] [--yes] ${INSTANCE_USAGE}`,
];

export const usage: readonly string[] = [
  ...SYNOPSES,
  '',
  '--failed: all that did not arrive and that this was found of since TIME: failed, bounced, disabled, or suppressed because of the address. Asks first, unless --yes is given.',
  'Each gets fresh tries under its id and leaves within five minutes, if its subscription is active. What was complained about is never sent again. Those of a digest that failed come singly or with the next digest.',
  'To see before what it would be, with the ids: tocsin deliveries --failed --since TIME',
  `CHANNEL: ${DELIVERY_CHANNELS.join(', ')}`,
  `TIME: ${ALLOWED_TIMES}`,
];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  failed: { type: 'boolean' },
  since: { type: 'string' },
  until: { type: 'string' },
  channel: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

/** Ids in one request: the most that the API allows. */
const IDS_A_REQUEST = 100;

interface Redelivered {
  readonly redelivered: readonly string[];
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
  readonly cursor: string | null;
}

export const run: Command = async (args, io) => {
  const { values, positionals: ids } = parseArguments(args, OPTIONS, SYNOPSES, {
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  });
  const { failed = false, since, until, channel, yes = false } = values;
  if (failed === ids.length > 0) throw invalidArguments('give either ids or --failed', [usageHint(SYNOPSES)]);
  if (!failed && (since ?? until ?? channel) !== undefined)
    throw invalidArguments('--since, --until and --channel go with --failed', [usageHint(SYNOPSES)]);
  if (failed && since === undefined)
    throw invalidArguments('--failed needs --since: it keeps old alerts from being sent', [usageHint(SYNOPSES)]);
  if (channel !== undefined) oneOf('--channel', channel, DELIVERY_CHANNELS);
  readTimes(values, new Date(), io);
  return withApi(values, io, async (api) => {
    if (!failed) return report(await redeliverEach(api, ids), io, EXIT.workFailed);
    const now = await clockOf(api);
    // What fails again meanwhile is not sent a third time.
    const period = { until: now.toISOString(), ...given(readTimes(values, now, io)), ...given({ channel }) };
    const answer = yes ? 'yes' : await ask(api, period, io);
    if (answer === 'no') return EXIT.workFailed;
    if (answer === 'nothing') return report([], io, EXIT.done);
    return report(await redeliverAll(api, period), io, EXIT.done);
  });
};

/** `nothing`: there was nothing to ask about. Throws InvalidInputError where there is no one to answer. */
async function ask(
  api: ApiClient,
  period: Readonly<Record<string, string>>,
  io: CommandIo,
): Promise<'yes' | 'no' | 'nothing'> {
  const found = await fetchAllPages<PublishedDelivery>(api, '/v1/deliveries', {
    ...period,
    failed: 'true',
    limit: '100',
  });
  const last = found.at(-1);
  if (last === undefined) return 'nothing';
  const channels = [...Map.groupBy(found, ({ channel }) => channel)].map(([name, some]) => `${some.length} ${name}`);
  const what = `${counted(found.length, 'delivery', 'deliveries')} (${channels.join(', ')}), the first failed ${localMinute(last.updatedAt, io.zone)}`;
  if (!io.terminal.stderr) throw invalidArguments(`${what}: add --yes to send them again`);
  io.stderr(`${what}. Send them again? Type yes: `);
  return /^y(?:es)?$/i.test(await lineOf(io)) ? 'yes' : 'no';
}

async function lineOf({ stdin }: Pick<CommandIo, 'stdin'>): Promise<string> {
  let text = '';
  for await (const chunk of stdin()) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]!.trim();
}

async function redeliverEach(api: ApiClient, ids: readonly string[]): Promise<readonly Redelivered[]> {
  const answers: Redelivered[] = [];
  for (let from = 0; from < ids.length; from += IDS_A_REQUEST) {
    const body = { ids: ids.slice(from, from + IDS_A_REQUEST) };
    answers.push(await api.call<Redelivered>('POST', '/v1/deliveries/redeliver', { body }));
  }
  return answers;
}

async function redeliverAll(api: ApiClient, period: Readonly<Record<string, string>>): Promise<readonly Redelivered[]> {
  const answers: Redelivered[] = [];
  for (let cursor: string | null = null; ; ) {
    const body = { failed: true, ...period, ...(cursor !== null && { cursor }) };
    const answer: Redelivered = await api.call<Redelivered>('POST', '/v1/deliveries/redeliver', { body });
    answers.push(answer);
    cursor = answer.cursor;
    if (cursor === null) return answers;
  }
}

function report(answers: readonly Redelivered[], io: CommandIo, whenSkipped: number): number {
  const redelivered = answers.flatMap((answer) => answer.redelivered);
  const skipped = answers.flatMap((answer) => answer.skipped);
  if (io.json) printJson(io, { redelivered, skipped });
  else {
    io.stdout(`${counted(redelivered.length, 'delivery', 'deliveries')} due now, to leave within five minutes\n`);
    for (const [why, some] of Map.groupBy(skipped, (one) => one.why)) {
      const few = some.length <= 3 ? `: ${some.map(({ id }) => oneLine(id)).join(', ')}` : '';
      io.stdout(`${some.length} left out, ${oneLine(why)}${few}\n`);
    }
  }
  return skipped.length > 0 ? whenSkipped : EXIT.done;
}
