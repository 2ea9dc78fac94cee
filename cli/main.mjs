// The entry of `npm start` and `npm run tocsin`: runs main.ts. What runs for weeks, `start`, runs with as little memory as it needs.
import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALLOCATION, FLAGS } from './lean.mjs';

const HERE = fileURLToPath(import.meta.url);
/**
 * What Node has made of the sources. A process that has to strip the types itself keeps the stripper, some 30 MB, and starts half a second
 * later. Where the folder cannot be written, everything works without it.
 */
const NODE_MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));
/** One for each installation and version of Node, since they cannot use each other's. */
const CACHE = join(NODE_MODULES, '.cache', 'tocsin', hash('sha1', `${process.version} ${HERE}`));
/** Set in the process that has the flags. */
const LEAN = 'TOCSIN_LEAN';
const FILL_CACHE = '--fill-cache';

const [, , command, ...rest] = process.argv;

/** Starts this process again with the flags, under the same id. Returns where the system cannot do that. */
function beginLean() {
  const env = { ...process.env, ...ALLOCATION, [LEAN]: 'yes' };
  const args = [...process.execArgv, ...FLAGS, HERE];
  // The first time, a short-lived process fills the cache, if it may write there.
  if (!existsSync(CACHE) && isWritable(NODE_MODULES)) spawnSync(process.execPath, [...args, FILL_CACHE], { env });
  process.execve?.(process.execPath, [process.execPath, ...args, command, ...rest], env);
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

if (command === 'start' && process.env[LEAN] === undefined && process.platform !== 'win32') beginLean();
enableCompileCache(CACHE);

// Output of libraries is dropped until main.ts has somewhere to put it.
process.removeAllListeners('warning');
for (const method of ['debug', 'error', 'info', 'log', 'trace', 'warn']) console[method] = () => {};

if (command === FILL_CACHE) {
  await import('./main.ts');
  await import('./commands/start.ts');
  await import('../local/run.ts');
} else {
  await (await import('./main.ts')).main();
}
