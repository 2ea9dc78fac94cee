// Where the running instance of a data folder answers, for the command line.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../shared/core/version.ts';
import { writeWhole } from '../files/whole-file.ts';
import { holderOf } from './folder-lock.ts';
import { tokenOf } from './token-file.ts';

export interface Runtime {
  readonly url: string;
  readonly token: string;
  /** Of the running Tocsin; null when it is older than this field. */
  readonly version: string | null;
}

/** What the file holds. */
interface Written {
  readonly url: string;
  readonly pid: number;
  readonly version?: string;
}

const runtimeFile = (folder: string): string => join(folder, 'runtime.json');

/** Records for the command line where this instance answers; the returned function removes the record. Throws StorageError. */
export function writeRuntime(folder: string, url: string): () => void {
  const written: Written = { url, pid: process.pid, version: VERSION };
  writeWhole(runtimeFile(folder), JSON.stringify(written));
  return () => rmSync(runtimeFile(folder), { force: true });
}

/** The running instance of a data folder, null when none runs. */
export async function readRuntime(folder: string): Promise<Runtime | null> {
  const written = existsSync(runtimeFile(folder)) ? parseRuntime(readFileSync(runtimeFile(folder), 'utf8')) : null;
  // A killed instance leaves its file behind.
  if (written === null || written.pid !== holderOf(folder)) return null;
  return { url: written.url, token: tokenOf(folder), version: written.version ?? null };
}

/** A remark for a command that asks an instance of another version, which may answer differently; null if the versions are the same. */
export const otherVersion = ({ version }: Runtime): string | null =>
  version === VERSION
    ? null
    : `the running Tocsin is ${version === null ? 'an older version' : `version ${version}`}, this command is version ${VERSION}: restart the running one`;

/** A file that a power cut damaged counts as missing. */
function parseRuntime(text: string): Written | null {
  try {
    const { url, pid, version } = JSON.parse(text) as Partial<Record<keyof Written, unknown>>;
    if (typeof url !== 'string' || !URL.canParse(url) || typeof pid !== 'number') return null;
    return typeof version === 'string' ? { url, pid, version } : { url, pid };
  } catch {
    return null;
  }
}
