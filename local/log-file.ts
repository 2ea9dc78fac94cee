// Structured logs of the handlers go to a file beside the data, begun anew when it has grown; `TOCSIN_LOG=stderr` shows them instead.
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sendLogsTo } from '../adapters/log/powertools.ts';

/** Two files of this size at most: `tocsin.log` and the one before. */
const MAX_BYTES = 20 * 1024 * 1024;

export async function logFile(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (env['TOCSIN_LOG'] === 'stderr') return sendLogsTo(process.stderr);
  const file = join(folder, 'tocsin.log');
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  sendLogsTo(createWriteStream(file, { flags: 'a' }));
}
