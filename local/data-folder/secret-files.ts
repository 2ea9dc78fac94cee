// Secrets of channels in a file of the data folder that only its owner may read.
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { type ChannelSecret, readChannelSecret } from '../../shared/model/channels.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { ChannelSecrets } from '../../shared/ports.ts';
import { SECRETS_FILE } from '../files/file-names.ts';
import { onDisk } from '../files/storage-problems.ts';
import { writeWhole } from '../files/whole-file.ts';

const OWNER_ONLY = 0o600;

/** Reads the file each time: a command may write it while Tocsin runs. */
export function createSecretFiles(folder: string): ChannelSecrets {
  const file = join(folder, SECRETS_FILE);
  const change = (id: SubscriptionId, secret: ChannelSecret | null): void => {
    const { [id]: before, ...others } = readAll(file);
    if (secret === null && before === undefined) return;
    writeWhole(file, `${JSON.stringify({ ...others, ...(secret === null ? {} : { [id]: secret }) })}\n`);
  };
  return {
    getSecret: async (id) => {
      const stored = readAll(file)[id];
      return stored === undefined ? null : readChannelSecret(stored, `of subscription ${id} in ${SECRETS_FILE}`);
    },
    putSecret: async (id, secret) => change(id, secret),
    removeSecret: async (id) => change(id, null),
  };
}

/** By the id of the subscription. What was made readable for others, as a copy of the folder may be, is closed again. */
function readAll(file: string): Readonly<Record<string, unknown>> {
  return onDisk(file, () => {
    if (!existsSync(file)) return {};
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, OWNER_ONLY);
    return parsed(readFileSync(file, 'utf8'), file);
  });
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Its message would quote the text.
  }
  // Alerts wait meanwhile.
  throw new ServiceUnavailableError(
    `${file} is damaged: put the one of a backup in its place, or move it away and subscribe the channels again`,
  );
}
