// The environment of processes that are not part of Tocsin, such as the database: ours without the variables of Tocsin.
import type { Environment } from '../../shared/core/environment.ts';

/**
 * Without the variables of Tocsin. They hold its password for the mail server, and all of its settings: with ten thousand `fetch.allowHosts`
 * these are longer than the 128 KB that Linux lets a process inherit, and no other process could be started.
 */
export const childEnvironment = (env: Environment): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TOCSIN_')));
