// The hosts file of this machine, as the system's resolver reads it: no name server is asked for a name that it lists.

import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '../../shared/core/environment.ts';

/** Addresses in the order of the file; none for a name that is not in it. `host` in lower case, without a dot at its end. */
export type HostsFile = (host: string) => readonly string[];

export const hostsFileOf = (platform: string, env: Environment): string =>
  platform === 'win32' ? join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'drivers', 'etc', 'hosts') : '/etc/hosts';

/** Read again whenever it has changed. One that is missing or cannot be read names nothing. */
export function openHostsFile(file: string): HostsFile {
  let seen = '';
  let text = '';
  return (host) => {
    const now = stampOf(file);
    if (now !== seen) {
      text = now === '' ? '' : read(file);
      seen = now;
    }
    // Lists that block advertisers have 100,000 lines: most names are not in the file at all.
    return text.includes(host) ? addressesIn(text, host) : [];
  };
}

/** Synchronous: a look takes microseconds, and the threads that would do it otherwise may be waiting for name servers. */
function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').toLowerCase();
  } catch {
    return '';
  }
}

function addressesIn(text: string, host: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (!line.includes(host)) return [];
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    const isNamed = names.some((name) => name.replace(/\.$/, '') === host);
    // An address with a scope (fe80::1%lo0) can be used on one interface only.
    return isNamed && isIP(address) !== 0 && !address.includes('%') ? [address] : [];
  });
}
