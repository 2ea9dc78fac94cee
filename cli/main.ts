// The `tocsin` command: finds the command, runs it, and alone touches the process: output, exit code, Ctrl-C, the last catch.
import { InvalidInputError, NotFoundError, TocsinError } from '../shared/core/errors.ts';
import { VERSION } from '../shared/core/version.ts';
import { didYouMean } from './arguments.ts';
import { type Command, type CommandIo, EXIT } from './command.ts';
import { terminalZone } from './local-time.ts';
import { oneLine } from './output.ts';
import { keepStrayOutput } from './stray-output.ts';

interface Entry {
  readonly summary: string;
  /** Loaded when it is called: no command pays for another's libraries. */
  readonly load: () => Promise<{ readonly run: Command; readonly usage: string | readonly string[] }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: 'run everything on this machine; --once: poll each feed once and end',
    load: async () => {
      const { start, usage } = await import('./commands/start.ts');
      return { run: start, usage };
    },
  },
  feeds: {
    summary: 'add, list, check, import, export, remove feeds',
    load: async () => {
      const { feeds, usage } = await import('./commands/feeds.ts');
      return { run: feeds, usage };
    },
  },
  topics: {
    summary: 'list, check, test, explain, words, push, remove, restore topics',
    load: async () => {
      const { topics, usage } = await import('./commands/topics.ts');
      const store = await import('./commands/topics-store.ts');
      const inStore: Readonly<Record<string, Command>> = {
        list: store.listTopics,
        push: store.pushTopics,
        remove: store.removeTopics,
        restore: store.restoreTopics,
      };
      return {
        run: (args, io) => {
          const [verb = ''] = args;
          const command = Object.hasOwn(inStore, verb) ? inStore[verb] : undefined;
          return command === undefined ? topics(args, io) : command(args.slice(1), io);
        },
        usage: [...Object.values(store.usage), ...Object.values(usage)],
      };
    },
  },
  match: {
    summary: 'match one text or a stream of documents now: topics, passages, why',
    load: async () => {
      const { match, usage } = await import('./commands/match.ts');
      return { run: match, usage };
    },
  },
  matches: {
    summary: 'show stored matches',
    load: async () => {
      const { matches, usage } = await import('./commands/matches.ts');
      return { run: matches, usage };
    },
  },
  subscribe: {
    summary: 'send alerts of topics to an address',
    load: async () => {
      const { subscribe, usage } = await import('./commands/subscribe.ts');
      return { run: subscribe, usage: usage.subscribe };
    },
  },
  unsubscribe: {
    summary: 'end a subscription',
    load: async () => {
      const { unsubscribe, usage } = await import('./commands/subscribe.ts');
      return { run: unsubscribe, usage: usage.unsubscribe };
    },
  },
  subscriptions: {
    summary: 'show who is told of what',
    load: async () => {
      const { subscriptions, usage } = await import('./commands/subscribe.ts');
      return { run: subscriptions, usage: usage.subscriptions };
    },
  },
  deliveries: {
    summary: 'show which alerts were sent, failed or suppressed',
    load: async () => {
      const { deliveries, usage } = await import('./commands/subscribe.ts');
      return { run: deliveries, usage: usage.deliveries };
    },
  },
  deadletters: {
    summary: 'list, retry or delete messages that were set aside after too many tries',
    load: async () => {
      const { deadletters, usage } = await import('./commands/deadletters.ts');
      return { run: deadletters, usage };
    },
  },
  backup: {
    summary: 'copy the data of this machine into one file, while Tocsin runs',
    load: async () => {
      const { backup, usage } = await import('./commands/backup.ts');
      return { run: backup, usage: usage.backup };
    },
  },
  restore: {
    summary: 'restore a backup into a data folder that is not in use',
    load: async () => {
      const { restore, usage } = await import('./commands/backup.ts');
      return { run: restore, usage: usage.restore };
    },
  },
  doctor: {
    summary: 'is all well? exit code 1 when something needs a human',
    load: async () => {
      const { doctor, usage } = await import('./commands/doctor.ts');
      return { run: doctor, usage };
    },
  },
};

/** Options that every command has; they may stand anywhere. */
const GLOBAL_OPTIONS = ['--json', '--help', '-h', '--no-color'];

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
  if (name === '' || name === 'help') {
    (name === '' && !isHelp ? io.stderr : io.stdout)(overview());
    return name === '' && !isHelp ? EXIT.inputWrong : EXIT.done;
  }
  const json = has('--json');
  try {
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (entry === undefined) throw unknownCommand(name);
    const { run, usage } = await entry.load();
    if (isHelp) {
      io.stdout(help(ofVerb([usage].flat(), name, own[0]).join('\n'), entry.summary));
      return EXIT.done;
    }
    return await run(own, { ...io, json, color: io.color && !has('--no-color') });
  } catch (error) {
    // Cancelled by Ctrl-C: the user knows.
    if (io.signal.aborted && error === io.signal.reason) return EXIT.workFailed;
    return report(error, io, json);
  }
}

/** What options mean that several commands have. */
const SHARED_OPTIONS = [
  [
    '--data',
    'DIR       the data folder on this machine; otherwise that in TOCSIN_DATA, otherwise .tocsin in this folder',
  ],
  ['--stack', 'NAME     a deployment on AWS, in --region R or that of the environment'],
  ['--json', '          machine-readable output'],
  ['--no-color', '      no colours; NO_COLOR=1 does the same'],
] as const;

/** The usage of one verb where one is named: `tocsin feeds add --help`. */
function ofVerb(usage: readonly string[], name: string, verb = ''): readonly string[] {
  const isOfVerb = (line: string): boolean => `${line} `.startsWith(`tocsin ${name} ${verb} `);
  return usage.some(isOfVerb) ? usage.filter((line) => isOfVerb(line) || !line.startsWith('tocsin ')) : usage;
}

const help = (usage: string, summary: string): string => {
  const options = SHARED_OPTIONS.filter(([name]) => !['--data', '--stack'].includes(name) || usage.includes(name));
  const aligned = usage.replace(/\n(?=tocsin |WHERE: )/g, '\n       ');
  return `usage: ${aligned}\n\n${summary}\n\n${options.map(([name, meaning]) => `  ${name} ${meaning}\n`).join('')}`;
};

/** One line of what happened, the cures below it. A stack only for what nobody foresaw. */
function report(error: unknown, io: Omit<CommandIo, 'json'>, json: boolean): number {
  if (!(error instanceof TocsinError)) {
    io.stderr(`tocsin: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.workFailed;
  }
  const isInput = error instanceof InvalidInputError || error instanceof NotFoundError;
  if (json)
    io.stderr(
      `${JSON.stringify({ code: error.code, message: error.message.split('\n')[0], problems: error instanceof InvalidInputError ? error.problems : [] })}\n`,
    );
  else io.stderr(`tocsin: ${error.message.split('\n').map(printable).join('\n')}\n`);
  return isInput ? EXIT.inputWrong : EXIT.workFailed;
}

/** Carets of topic errors stand under their word: leading spaces stay. */
const printable = (line: string): string => `${/^\s*/.exec(line)?.[0] ?? ''}${oneLine(line.trimStart())}`;

function unknownCommand(name: string): InvalidInputError {
  return new InvalidInputError('invalid_arguments', `there is no command "${oneLine(name)}"`, [
    ...didYouMean(name, [...Object.keys(COMMANDS), 'help']).map((near) => `did you mean ${near}?`),
    `known: ${Object.keys(COMMANDS).join(', ')}`,
  ]);
}

function overview(): string {
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`);
  return `Tocsin ${VERSION}: watches news feeds for topics and alerts with the very passage that matched.\n\nusage: tocsin COMMAND [options]     tocsin help COMMAND\n\n${rows.join('\n')}\n\nEvery command takes --json. Environment variables: docs/environment.md. Exit codes: 0 done, 1 the work failed, 2 the input was wrong.\n`;
}

async function* textOf(stream: NodeJS.ReadStream): AsyncIterable<string> {
  stream.setEncoding('utf8');
  for await (const chunk of stream) yield chunk as string;
}

/** A terminal sends Ctrl-C to every process of the command, and npm passes it on once more: that is one Ctrl-C. */
const SAME_SIGNAL_MS = 500;

/** How long a command may take to end once its output has no reader; stopping an instance takes up to ten seconds. */
const UNREAD_GRACE_MS = 15_000;

/** Exit code of a process that a signal ended, as shells report it: 128 and the number of the signal. */
const EXIT_OF_SIGNAL = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command line of this process. Ctrl-C, SIGTERM or closing the terminal stop it cleanly, a second one at once. */
export async function main(): Promise<void> {
  keepStrayOutput();
  const abort = new AbortController();
  let stoppedAt = 0;
  const stop = (signal: keyof typeof EXIT_OF_SIGNAL): void => {
    if (stoppedAt > 0 && performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(EXIT_OF_SIGNAL[signal]);
    stoppedAt ||= performance.now();
    abort.abort();
  };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  // `tocsin matches | head`: the reader has closed the pipe. The command shuts down cleanly, since a database may run for it.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      abort.abort();
      setTimeout(() => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.workFailed), UNREAD_GRACE_MS).unref();
    });
  }
  const code = await runCommandLine(process.argv.slice(2), {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    flush: () => new Promise((resolve) => process.stdout.write('', () => resolve())),
    stdin: () => textOf(process.stdin),
    terminal: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
    color: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
    cwd: process.cwd(),
    env: process.env,
    zone: terminalZone,
    signal: abort.signal,
  });
  process.exitCode = code;
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))),
  );
  // Workers and keep-alive connections would hold the process.
  process.exit(code);
}

if (import.meta.main) await main();
