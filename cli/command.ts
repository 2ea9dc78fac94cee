// What a command is: one function from arguments to an exit code. main.ts alone touches the process.
import { resolve } from 'node:path';
import type { ZoneOffset } from './local-time.ts';

export const EXIT = { done: 0, workFailed: 1, inputWrong: 2 } as const;

/** The world of a command. Data goes to stdout, progress and remarks to stderr. */
export interface CommandIo {
  /** Writes a piece of data, as it is: add your own line ends. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Resolves once the reader of stdout has taken what was written; for commands that write without end. */
  flush?(): Promise<void>;
  /** Standard input as text, chunk by chunk. */
  stdin(): AsyncIterable<string>;
  /** `--json` was given: machine-readable output on stdout, nothing else there. */
  readonly json: boolean;
  /** Whether a person sees at once what is written there. Elsewhere, as in a service's journal, it is kept and may be read by others. */
  readonly terminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** stdout is a terminal and colour is welcome. */
  readonly color: boolean;
  /** Folder the command was called in; relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The time zone of the terminal, for times that people read and type. */
  readonly zone: ZoneOffset;
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Arguments without the command's own name and without the global options (`--json`, `--help`, `--no-color`). */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** Where the user's files stand: `TOCSIN_CONFIG`, else `config` below the folder the command was called in. */
export const configFolder = (io: Pick<CommandIo, 'cwd' | 'env'>): string =>
  resolve(io.cwd, io.env['TOCSIN_CONFIG'] || 'config');

/** Where this machine's data is: `--data DIR`, else `TOCSIN_DATA`, else `.tocsin` below the folder the command was called in. */
export const dataFolder = (given: string | undefined, io: Pick<CommandIo, 'cwd' | 'env'>): string =>
  resolve(io.cwd, given ?? (io.env['TOCSIN_DATA'] || '.tocsin'));
