// The token of a data folder, which the API and the pages of one machine want.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from './storage-problems.ts';

/** Made at the first start, and again when the file is empty, as a full disk may leave it. Readable by its owner only. */
export function tokenOf(folder: string): string {
  const file = join(folder, 'token');
  return onDisk(file, () => {
    const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (known !== '') return known;
    const token = randomBytes(32).toString('base64url');
    writeFileSync(file, token, { mode: 0o600 });
    chmodSync(file, 0o600);
    return token;
  });
}
