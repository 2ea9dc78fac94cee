// Structured logs of the handlers go to a file beside the data, begun anew when it has grown; `TOCSIN_LOG=stderr` shows them instead.
// Warnings and errors can be listened to as well.
import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sendLogsTo } from '../adapters/log/powertools.ts';

/** Two files of this size at most: `tocsin.log` and the one before. */
const MAX_BYTES = 20 * 1024 * 1024;

/** A warning or an error of a handler, with its fields. */
export type LogEntry = { readonly message: string } & Readonly<Record<string, unknown>>;
export type LogListener = (entry: LogEntry) => void;

export async function logFile(folder: string, env: NodeJS.ProcessEnv, listener: LogListener): Promise<void> {
  const into = env['TOCSIN_LOG'] === 'stderr' ? process.stderr : rotating(join(folder, 'tocsin.log'), MAX_BYTES);
  sendLogsTo(overheard(into, listener));
}

/** Passes everything on. Metrics and informations, nearly all there is, are not looked at. */
function overheard(into: Writable, listener: LogListener): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      for (const line of /"level":"(?:WARN|ERROR)"/.test(text) ? text.split('\n') : []) {
        const entry = entryOf(line);
        if (entry !== null) listener(entry);
      }
      into.write(chunk, done);
    },
  });
}

function entryOf(line: string): LogEntry | null {
  if (line.trim() === '') return null;
  try {
    const { level, message, ...fields } = JSON.parse(line) as { level?: string; message?: string };
    return (level === 'WARN' || level === 'ERROR') && message !== undefined ? { ...fields, message } : null;
  } catch {
    return null;
  }
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
