// What `deadletters redrive` and `deadletters drop` share: some messages that were set aside, or all, are taken from there.
import { counted } from '../shared/core/counted.ts';
import { INSTANCE_OPTIONS, withApi } from './api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from './arguments.ts';
import { type CommandIo, EXIT } from './command.ts';
import { printJson } from './output.ts';

const OPTIONS = { data: INSTANCE_OPTIONS.data, all: { type: 'boolean' } } as const;

interface ResolvedCount {
  readonly redriven?: number;
  readonly dropped?: number;
}

/** Exit code 2 when one of the ids is not that of a dead letter; the others are still taken. */
export async function resolveDeadLetters(
  verb: 'redrive' | 'drop',
  args: readonly string[],
  usage: string,
  io: CommandIo,
): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 0, max: Number.POSITIVE_INFINITY });
  const ids = positionals.map(idOf);
  if ((ids.length === 0) !== (values.all === true))
    throw invalidArguments('name either ids or --all', [usageHint(usage)]);
  return withApi(values, io, async (api) => {
    const body = ids.length === 0 ? {} : { ids };
    const count = await api.call<ResolvedCount>('POST', `/v1/dead-letters/${verb}`, { body });
    const done = count.redriven ?? count.dropped ?? 0;
    if (io.json) printJson(io, count);
    else {
      const what = verb === 'redrive' ? 'will be tried again' : 'dropped';
      io.stdout(`${counted(done, 'message')} ${what}\n`);
    }
    if (done < ids.length) io.stderr(`not found: ${ids.length - done} of ${ids.length} dead letters\n`);
    return done < ids.length ? EXIT.inputWrong : EXIT.done;
  });
}

function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
  throw invalidArguments(`"${text}" is not the id of a dead letter`, ['tocsin deadletters list shows the ids']);
}
