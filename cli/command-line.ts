// Finds the command that the arguments name, runs it, and reports what went wrong: one line, hints below it, an exit code.
import { InvalidInputError, NotFoundError, TocsinError } from '../shared/core/errors.ts';
import { VERSION } from '../shared/core/version.ts';
import { didYouMean, invalidArguments, usageHint } from './arguments.ts';
import { type CommandIo, type CommandModule, EXIT, shownConfig, withConfigFolder } from './command.ts';
import { COMMANDS, type CommandEntry, type NounEntry } from './commands.ts';
import { helpOf, overview, usageOfVerbs } from './help.ts';
import { oneLine } from './output.ts';

/** Options of every command; they may stand anywhere. */
const GLOBAL_OPTIONS = ['--json', '--help', '-h', '--no-color'];

/** Returns the exit code; throws nothing. */
export async function runCommandLine(args: readonly string[], io: Omit<CommandIo, 'json'>): Promise<number> {
  const has = (option: string): boolean => args.includes(option);
  const rest = args.filter((arg) => !GLOBAL_OPTIONS.includes(arg));
  // `tocsin help feeds` is `tocsin feeds --help`.
  const isHelp = has('--help') || has('-h') || (rest[0] === 'help' && rest.length > 1);
  const [name = '', ...own] = rest[0] === 'help' && rest.length > 1 ? rest.slice(1) : rest;
  if (name === '--version') {
    io.stdout(`${VERSION}\n`);
    return EXIT.done;
  }
  if (name === '' && !isHelp) {
    io.stderr(overview());
    return EXIT.inputWrong;
  }
  if (name === '' || name === 'help') {
    io.stdout(overview());
    return EXIT.done;
  }
  const json = has('--json');
  try {
    const entry = entryOf(name);
    if (isHelp) {
      io.stdout(await helpOf(entry, own[0]));
      return EXIT.done;
    }
    const [{ run }, left] = await moduleOf(entry, name, own);
    return await run(left, { ...io, json, color: io.color && !has('--no-color') });
  } catch (error) {
    // Cancelled by Ctrl-C: the user knows.
    if (io.signal.aborted && error === io.signal.reason) return EXIT.workFailed;
    return report(error, io, json);
  }
}

function entryOf(name: string): CommandEntry | NounEntry {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry !== undefined) return entry;
  const known = Object.keys(COMMANDS);
  throw invalidArguments(`unknown command "${oneLine(name)}"`, [
    ...didYouMean(name, [...known, 'help']),
    `known: ${known.join(', ')}`,
  ]);
}

/** The command with the arguments that are left for it. Throws InvalidInputError for a verb that is missing or unknown. */
async function moduleOf(
  entry: CommandEntry | NounEntry,
  name: string,
  args: readonly string[],
): Promise<readonly [CommandModule, readonly string[]]> {
  if ('load' in entry) return [await entry.load(), args];
  const [given = ''] = args;
  const isVerbLeftOut = given === '' || given.startsWith('-') || entry.isArgument?.(given) === true;
  const verb = isVerbLeftOut && entry.defaultVerb !== undefined ? entry.defaultVerb : given;
  const load = Object.hasOwn(entry.verbs, verb) ? entry.verbs[verb] : undefined;
  if (load !== undefined) return [await load(), isVerbLeftOut ? args : args.slice(1)];
  const message = isVerbLeftOut ? `tocsin ${name} needs a verb` : `unknown command "tocsin ${name} ${oneLine(verb)}"`;
  throw invalidArguments(message, [
    ...(isVerbLeftOut ? [] : didYouMean(verb, Object.keys(entry.verbs))),
    `known: ${Object.keys(entry.verbs).join(', ')}`,
    usageHint(await usageOfVerbs(entry)),
  ]);
}

/** One line about what happened, with hints below it. A stack trace only for errors that Tocsin did not raise itself. */
function report(error: unknown, io: Omit<CommandIo, 'json'>, json: boolean): number {
  if (!(error instanceof TocsinError)) {
    io.stderr(`tocsin: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.workFailed;
  }
  const inWords = (text: string): string => withConfigFolder(text, shownConfig(io));
  const [message = '', ...lines] = inWords(error.message).split('\n');
  const problems = error instanceof InvalidInputError ? error.problems.map(inWords) : [];
  if (json) io.stderr(`${JSON.stringify({ code: error.code, message, problems })}\n`);
  else io.stderr(`tocsin: ${[message, ...lines].map(printable).join('\n')}\n`);
  return error instanceof InvalidInputError || error instanceof NotFoundError ? EXIT.inputWrong : EXIT.workFailed;
}

/** Carets of topic errors stand under their word: leading spaces stay. */
const printable = (line: string): string => `${/^\s*/.exec(line)?.[0] ?? ''}${oneLine(line.trimStart())}`;
