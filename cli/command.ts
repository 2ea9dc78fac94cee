// What a command is: one function from arguments to an exit code. main.ts alone touches the process.

import { join, relative, resolve } from 'node:path';
import type { Environment } from '../shared/core/environment.ts';
import type { ZoneOffset } from './local-time.ts';

export const EXIT = { done: 0, workFailed: 1, inputWrong: 2 } as const;

/** Everything a command may use of the process. Data goes to stdout, progress and remarks to stderr. */
export interface CommandIo {
  /** Writes a piece of data, as it is: add your own line ends. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Resolves once the reader of stdout has taken what was written; for commands that write without end. */
  flush?(): Promise<void>;
  /** Standard input as text, chunk by chunk. */
  stdin(): AsyncIterable<string>;
  /** What is typed, key by key, until Ctrl-C or Ctrl-D; absent where standard input is no terminal. Instead of `stdin`, not beside it. */
  keys?(): AsyncIterable<string>;
  /** `--json` was given: machine-readable output on stdout, nothing else there. */
  readonly json: boolean;
  /** Whether each stream is a terminal. What goes elsewhere, such as to a service's journal, is kept and may be read by others. */
  readonly terminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** stdout is a terminal and colour is welcome. */
  readonly color: boolean;
  /** The current folder; relative paths start here. */
  readonly cwd: string;
  readonly env: Environment;
  /** The time zone for times that people read and type. */
  readonly zone: ZoneOffset;
  /** Aborted at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Arguments without the command's own name and without the global options (`--json`, `--help`, `--no-color`). */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** What each file below commands/ exports. */
export interface CommandModule {
  readonly run: Command;
  readonly usage: Usage;
}

/** Lines of help. The first begins with `tocsin NAME`; lines that do not begin with `tocsin` explain words used in those that do. */
export type Usage = string | readonly string[];

/** The folder of the user's files: `TOCSIN_CONFIG`, otherwise `config` in the current folder. */
export const configFolder = (io: Pick<CommandIo, 'cwd' | 'env'>): string =>
  resolve(io.cwd, io.env['TOCSIN_CONFIG'] || 'config');

/** The configuration folder, or a file in it, as messages show it: relative to the current folder when it is below that. */
export const shownConfig = (io: Pick<CommandIo, 'cwd' | 'env'>, file = ''): string =>
  shownPath(join(configFolder(io), file), io.cwd);

/** Messages of the product name config/tocsin.yaml and the like; the configuration in use may be in another folder. */
export const withConfigFolder = (message: string, config: string): string =>
  message.replace(/(?<![\w/.-])config\/(?=tocsin\.yaml|feeds\.opml|topics\b)/g, () => `${config}/`);

/** Relative to the current folder when it is below that. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path) || '.';
  return below.startsWith('..') ? path : below;
}

/** The data folder of this machine: `--data DIR`, otherwise `TOCSIN_DATA`, otherwise `.tocsin` in the current folder. */
export const dataFolder = (given: string | undefined, io: Pick<CommandIo, 'cwd' | 'env'>): string =>
  resolve(io.cwd, given ?? (io.env['TOCSIN_DATA'] || '.tocsin'));
