// The entry of the `tocsin` command. It alone touches the process: output, exit code, Ctrl-C.
import { on } from 'node:events';
import { EXIT } from './command.ts';
import { runCommandLine } from './command-line.ts';
import { terminalZone } from './local-time.ts';
import { keepStrayOutput } from './stray-output.ts';

async function* textOf(stream: NodeJS.ReadStream): AsyncIterable<string> {
  stream.setEncoding('utf8');
  for await (const chunk of stream) yield chunk as string;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** Each key at once, without Enter. The terminal sends no signals meanwhile, so Ctrl-C is a key, which ends the keys. */
async function* keysOf(terminal: NodeJS.ReadStream, signal: AbortSignal): AsyncIterable<string> {
  terminal.setRawMode(true);
  terminal.setEncoding('utf8');
  try {
    for await (const [keys] of on(terminal, 'data', { signal, close: ['end', 'close'] })) {
      for (const key of keys as string) {
        if (key === CTRL_C || key === CTRL_D) return;
        yield key;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    terminal.setRawMode(false);
    terminal.pause();
  }
}

/** A terminal sends Ctrl-C to every process of the command, and npm passes it on again; that counts as one Ctrl-C. */
const SAME_SIGNAL_MS = 500;

/** How long a command may take to end after the reader of its output is gone; stopping an instance takes up to ten seconds. */
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
    ...(process.stdin.isTTY === true && { keys: () => keysOf(process.stdin, abort.signal) }),
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
