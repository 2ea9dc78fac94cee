// Arguments of a command, strictly: an unknown option names its nearest known one.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InvalidInputError } from '../shared/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Throws InvalidInputError('invalid_arguments') that shows the usage. */
export function parseArguments<O extends Options>(
  args: readonly string[],
  options: O,
  usage: string,
  positionals: { readonly min: number; readonly max: number } = { min: 0, max: 0 },
): ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>> {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const unknown = /Unknown option '(-[^']*)'/.exec((cause as Error).message)?.[1];
    const message = unknown === undefined ? (cause as Error).message.split('. ')[0] : `unknown option ${unknown}`;
    throw new InvalidInputError('invalid_arguments', `${message}`, [
      ...(unknown === undefined
        ? []
        : didYouMean(unknown.replace(/^-+/, ''), Object.keys(options)).map((name) => `did you mean --${name}?`)),
      `usage: ${usage}`,
    ]);
  }
  const count = parsed.positionals.length;
  if (count < positionals.min || count > positionals.max) {
    const problem =
      count < positionals.min
        ? 'something is missing'
        : `too much: "${parsed.positionals.slice(positionals.max).join(' ')}"`;
    throw new InvalidInputError('invalid_arguments', problem, [`usage: ${usage}`]);
  }
  return parsed;
}

/** The nearest known name, if it is near enough to be meant. */
export function didYouMean(got: string, known: readonly string[]): readonly string[] {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(got, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? [best.name] : [];
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
