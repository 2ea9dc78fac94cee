// The token of a data folder, which the API and the pages of one machine want.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '../files/storage-problems.ts';
import { writeWhole } from '../files/whole-file.ts';

/** What a header can hold; anything else was written by a failing disk. */
const USABLE = /^[\x21-\x7e]{1,512}$/;

/** Made at the first start, and again when the file cannot be used, as a full disk may leave it. Readable by its owner only. */
export function tokenOf(folder: string): string {
  const file = join(folder, 'token');
  const known = onDisk(file, () => (existsSync(file) ? readFileSync(file, 'utf8').trim() : ''));
  if (USABLE.test(known)) return known;
  const token = randomBytes(32).toString('base64url');
  writeWhole(file, token);
  return token;
}
