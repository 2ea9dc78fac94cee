// Reads the arguments of a command, strictly: for an unknown option the nearest known one is suggested.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InvalidInputError } from '../shared/core/errors.ts';
import { nearestNames } from '../shared/core/nearest-names.ts';
import type { Usage } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The names nearest to a misspelt one, as a line of an error each. */
export const didYouMean = (given: string, known: readonly string[]): readonly string[] =>
  nearestNames(given, known).map((name) => `did you mean ${name}?`);

export const invalidArguments = (message: string, hints: readonly string[] = []): InvalidInputError =>
  new InvalidInputError('invalid_arguments', message, hints);

/** The usage as a line of an error; it may span several lines of the terminal. */
export const usageHint = (usage: Usage): string => `usage: ${[usage].flat().join('\n         ')}`;

/** The options that were given, for a query. */
export const given = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** One of the values that an option or argument allows. Throws InvalidInputError that lists them. */
export function oneOf<T extends string>(what: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === given);
  if (found !== undefined) return found;
  throw invalidArguments(`${what}: "${given}" is not one of ${allowed.join(', ')}`, didYouMean(given, allowed));
}

/** Throws InvalidInputError('invalid_arguments') that shows the usage. */
export function parseArguments<O extends Options>(
  args: readonly string[],
  options: O,
  usage: Usage,
  positionals: { readonly min: number; readonly max: number } = { min: 0, max: 0 },
): Parsed<O> {
  const parsed = parsedOrRefused(args, options, usage);
  const { length } = parsed.positionals;
  if (length < positionals.min) throw invalidArguments('missing argument', [usageHint(usage)]);
  if (length > positionals.max) {
    const extra = parsed.positionals.slice(positionals.max);
    const noun = extra.length === 1 ? 'argument' : 'arguments';
    throw invalidArguments(`unexpected ${noun}: ${extra.map((each) => `"${each}"`).join(', ')}`, [usageHint(usage)]);
  }
  return parsed;
}

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

function parsedOrRefused<O extends Options>(args: readonly string[], options: O, usage: Usage): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const { message } = cause as Error;
    const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw invalidArguments(inWords(message), [usageHint(usage)]);
    const near = nearestNames(unknown.replace(/^-+/, ''), Object.keys(options));
    const hints = near.map((name) => `did you mean --${name}?`);
    throw invalidArguments(`unknown option ${unknown}`, [...hints, usageHint(usage)]);
  }
}

/** Node's message about an option without its value, with a value that looks like an option, or with a value it does not take. */
function inWords(message: string): string {
  const [, option, what] =
    /^Option '(--[\w-]+)[^']*' (argument missing|argument is ambiguous|does not take an argument)/.exec(message) ?? [];
  if (option === undefined) return message;
  if (what === 'does not take an argument') return `${option} takes no value`;
  return what === 'argument missing'
    ? `${option} needs a value`
    : `${option} needs a value; a value that begins with a hyphen is written ${option}=VALUE`;
}
