// Structured logs of the handlers go to a file beside the data, begun anew when it has grown; `TOCSIN_LOG=stderr` shows them instead.
import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sendLogsTo } from '../adapters/log/powertools.ts';

/** Two files of this size at most: `tocsin.log` and the one before. */
const MAX_BYTES = 20 * 1024 * 1024;

export async function logFile(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  sendLogsTo(env['TOCSIN_LOG'] === 'stderr' ? process.stderr : rotating(join(folder, 'tocsin.log'), MAX_BYTES));
}

/** A stream into `file`; when it would exceed `maxBytes`, the file becomes `<file>.1` and is begun anew. */
export function rotating(file: string, maxBytes: number): Writable {
  let size = existsSync(file) ? statSync(file).size : 0;
  let current: WriteStream = createWriteStream(file, { flags: 'a' });
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (size > 0 && size + chunk.length > maxBytes) {
        current.end();
        renameSync(file, `${file}.1`);
        current = createWriteStream(file, { flags: 'a' });
        size = 0;
      }
      size += chunk.length;
      current.write(chunk, done);
    },
    final(done) {
      current.end(done);
    },
  });
}
