// Structured logs of the handlers go to a file beside the data, which is rotated when it has grown; `TOCSIN_LOG=stderr` shows them instead.
// Warnings and errors can be listened to as well. A log that cannot be written never stops the work: it is reported once, and lines are
// dropped until it can be written again.
import { appendFile, readFileSync, renameSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sendLogsTo } from '../adapters/log/powertools.ts';

/** Two files of this size at most: `tocsin.log` and the one before. */
const MAX_BYTES = 20 * 1024 * 1024;

export const LOG_FILE = 'tocsin.log';

/** A warning or an error of a handler, with its fields. */
export type LogEntry = { readonly message: string } & Readonly<Record<string, unknown>>;
export type LogListener = (entry: LogEntry) => void;

/** Message of the entry that a listener gets when the log cannot be written; `problem` says why. */
export const LOG_UNWRITABLE = 'the log cannot be written';

export async function logFile(folder: string, env: NodeJS.ProcessEnv, listener: LogListener): Promise<void> {
  const report = (problem: string): void => listener({ message: LOG_UNWRITABLE, problem });
  const into = env['TOCSIN_LOG'] === 'stderr' ? process.stderr : rotating(join(folder, LOG_FILE), MAX_BYTES, report);
  sendLogsTo(overheard(into, listener));
}

/** Passes everything on. Metrics and informations, nearly all there is, are not looked at. */
function overheard(into: Writable, listener: LogListener): Writable {
  // Standard error may be a pipe whose reader is gone.
  into.on('error', () => {});
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      for (const line of /"level":"(?:WARN|ERROR)"/.test(text) ? text.split('\n') : []) {
        const entry = entryOf(line);
        if (entry !== null) listener(entry);
      }
      into.write(chunk, () => done());
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

/**
 * A stream into `file`; when it would exceed `maxBytes`, the file becomes `<file>.1` and a new one is started. It never fails: `report`
 * gets the first problem of each run of problems, and what could not be written is dropped. The file is opened for each chunk, so that
 * writing resumes by itself when the disk has room again or the file was moved away. Half a line, as a kill or a full disk leaves it, is
 * removed.
 */
export function rotating(file: string, maxBytes: number, report: (problem: string) => void): Writable {
  let isFailing = false;
  cutAt(file, wholeLines(file));
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const size = sizeOf(file);
      const isFull = size > 0 && size + chunk.length > maxBytes;
      const unrotated = isFull ? rotate(file) : null;
      appendFile(file, chunk, (unwritten) => {
        if (unwritten !== null) cutAt(file, isFull && unrotated === null ? 0 : size);
        const problem = unwritten ?? unrotated;
        if (problem !== null && !isFailing) report(problem.message);
        isFailing = problem !== null;
        done();
      });
    },
  });
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Bytes up to the end of the last whole line. */
function wholeLines(file: string): number {
  try {
    // A device can be read without end.
    return statSync(file).isFile() ? readFileSync(file).lastIndexOf('\n') + 1 : 0;
  } catch {
    return 0;
  }
}

function cutAt(file: string, bytes: number): void {
  try {
    if (sizeOf(file) > bytes) truncateSync(file, bytes);
  } catch {
    // It cannot be written, which the next line reports.
  }
}

/** Null on success. */
function rotate(file: string): Error | null {
  try {
    renameSync(file, `${file}.1`);
    return null;
  } catch (error) {
    return error as Error;
  }
}
