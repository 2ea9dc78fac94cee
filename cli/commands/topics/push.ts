// `tocsin topics push`: puts the topics of packs in force. All packs together, or none when one of them has an error.
import { counted } from '../../../shared/core/counted.ts';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { formatProblems } from '../../../shared/packs/format-problems.ts';
import type { ParsedPack } from '../../../shared/packs/parse-pack.ts';
import type { TopicSubscription } from '../../../shared/usecases/managing/end-topics.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT, shownConfig } from '../../command.ts';
import { printJson } from '../../output.ts';
import { readPacks } from '../../topics/packs.ts';
import { MOST_NAMED } from '../../topics/stored-topics.ts';
import { aboutSubscriptions } from '../../topics/topic-changes.ts';

export const usage = [
  `tocsin topics push [FILE.yaml …] [--end-missing] ${INSTANCE_USAGE}     without a file: every pack of the configuration; --end-missing: end the topics of missing pack files, however many`,
];

export const run: Command = async (args, io) => {
  const options = { ...INSTANCE_OPTIONS, 'end-missing': { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 0, max: MOST_NAMED });
  const isWhole = positionals.length === 0;
  const endMissing = values['end-missing'] === true;
  if (endMissing && !isWhole) {
    const message = `--end-missing is about packs that are missing from ${shownConfig(io, 'topics')}; it takes no files`;
    throw invalidArguments(message, [usageHint(usage)]);
  }
  const packs = await packsToPush(io, positionals, endMissing);
  const topics = packs.flatMap((pack) => pack.topics);
  const body = {
    topics,
    replacePacks: packs.map(({ packId }) => packId),
    source: isWhole ? 'configuration' : 'push',
    endMissing,
  };
  return withApi(values, io, async (api) => {
    const pushed = await api.call<TopicsPushed>('PUT', '/v1/topics', { body });
    if (io.json) printJson(io, pushed);
    else {
      io.stdout(`${counted(topics.length, 'topic')}: ${changesInWords(pushed)}\n`);
      for (const line of aboutSubscriptions(pushed.subscriptions)) io.stdout(`${line}\n`);
    }
    return EXIT.done;
  });
};

interface TopicsPushed {
  readonly changed: readonly string[];
  readonly ended: readonly string[];
  /** Removed earlier, so not put in force. */
  readonly disabled: readonly string[];
  readonly subscriptions: readonly TopicSubscription[];
}

function changesInWords({ changed, ended, disabled }: TopicsPushed): string {
  const parts = [named('changed', changed), named('ended', ended)];
  if (disabled.length > 0)
    parts.push(`${named('removed earlier', disabled)}: they stay removed until tocsin topics restore`);
  return parts.join(', ');
}

const named = (what: string, ids: readonly string[]): string =>
  `${ids.length} ${what}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`;

/** All without errors. A folder without packs is accepted only when the topics of missing packs are to end. */
async function packsToPush(
  io: CommandIo,
  files: readonly string[],
  endMissing: boolean,
): Promise<readonly ParsedPack[]> {
  const packs = await readPacks(io, undefined, files, false).catch((error: unknown) => {
    if (endMissing && error instanceof InvalidInputError && error.code === 'no_packs') return [];
    throw error;
  });
  const errors = packs.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return packs;
  const message = 'nothing was changed: some packs have errors';
  throw new InvalidInputError('invalid_topic', message, formatProblems(errors));
}
