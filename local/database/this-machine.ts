// This machine, as a place to find or download a database engine.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../shared/core/environment.ts';
import { childEnvironment } from '../system/child-environment.ts';
import type { Machine } from './database-engines.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const INSTALL_WITHIN_MS = 120_000;

export function thisMachine(env: Environment): Machine {
  return {
    platform: `${process.platform}-${process.arch}`,
    env,
    packageFolder: (name) => {
      try {
        return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
      } catch {
        return null;
      }
    },
    install: (wanted) => install(wanted, env),
    say: (line) => void process.stderr.write(`${line}\n`),
  };
}

function install(wanted: string, env: Environment): string | null {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', wanted];
  // Under npm, the same npm that runs; it is a script, which Windows does not run by itself.
  const own = env['npm_execpath'];
  const options = { cwd: PROJECT, env: childEnvironment(env), encoding: 'utf8', timeout: INSTALL_WITHIN_MS } as const;
  const { status, error, stderr } =
    own === undefined
      ? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [own, ...args], options);
  if (status === 0) return null;
  return error?.message ?? (/npm error (.*)/.exec(stderr)?.[1] || `npm ended with ${status}`);
}
