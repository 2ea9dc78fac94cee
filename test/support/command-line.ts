// Runs a command as `tocsin` would, in a folder of its own, and keeps what it wrote.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../cli/command-line.ts';
import { zoneOf } from './time-zone.ts';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How many times stdout was written to. */
  readonly writes: number;
}

export interface CommandFolder {
  readonly path: string;
  /** Writes a file below the folder; folders are made. */
  write(name: string, content: string | Uint8Array): void;
  run(
    args: readonly string[],
    more?: {
      readonly stdin?: Iterable<string>;
      /** Standard input is a terminal on which these keys are typed. */
      readonly keys?: Iterable<string>;
      readonly env?: Record<string, string>;
      readonly signal?: AbortSignal;
      readonly color?: boolean;
      /** Both outputs are a terminal. */
      readonly terminal?: boolean;
    },
  ): Promise<CommandRun>;
  remove(): void;
}

export function commandFolder(files: Readonly<Record<string, string>> = {}): CommandFolder {
  const path = mkdtempSync(join(tmpdir(), 'tocsin-command-'));
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    path,
    write,
    run: async (
      args,
      { stdin = [], keys, env = {}, signal = new AbortController().signal, color = false, terminal = false } = {},
    ) => {
      let stdout = '';
      let stderr = '';
      let writes = 0;
      const code = await runCommandLine(args, {
        stdout: (text) => {
          stdout += text;
          writes += 1;
        },
        stderr: (text) => {
          stderr += text;
        },
        stdin: async function* () {
          yield* stdin;
        },
        ...(keys !== undefined && {
          keys: async function* () {
            yield* keys;
          },
        }),
        terminal: { stdout: terminal, stderr: terminal },
        color,
        cwd: path,
        env,
        zone: zoneOf(env['TZ'] ?? 'UTC'),
        signal,
      });
      return { code, stdout, stderr, writes };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
