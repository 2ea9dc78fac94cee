// Arguments of a command, strictly: an unknown option names its nearest known one.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InvalidInputError } from '../shared/core/errors.ts';
import { nearestNames } from '../shared/core/nearest-names.ts';

export { nearestNames as didYouMean };

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
    const message = unknown === undefined ? inWords((cause as Error).message) : `unknown option ${unknown}`;
    throw new InvalidInputError('invalid_arguments', message, [
      ...(unknown === undefined
        ? []
        : nearestNames(unknown.replace(/^-+/, ''), Object.keys(options)).map((name) => `did you mean --${name}?`)),
      `usage: ${usage}`,
    ]);
  }
  const count = parsed.positionals.length;
  if (count < positionals.min || count > positionals.max) {
    const problem =
      count < positionals.min
        ? 'an argument is missing'
        : `too much: "${parsed.positionals.slice(positionals.max).join(' ')}"`;
    throw new InvalidInputError('invalid_arguments', problem, [`usage: ${usage}`]);
  }
  return parsed;
}

/** What Node says of an option without its value, with a value that looks like an option, or with one too many. */
function inWords(message: string): string {
  const [, option, what] =
    /^Option '(?:-\w, )?(--[\w-]+)[^']*' (argument missing|argument is ambiguous|does not take an argument)/.exec(
      message,
    ) ?? [];
  if (option === undefined) return message.split('. ')[0] ?? message;
  if (what === 'does not take an argument') return `${option} takes no value`;
  return what === 'argument missing'
    ? `${option} needs a value`
    : `${option} needs a value; one that begins with a hyphen is written ${option}=VALUE`;
}
