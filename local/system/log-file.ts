// Structured logs of the handlers go to a file beside the data, which is rotated when it has grown; `TOCSIN_LOG=stderr` shows them instead.
// Warnings and errors can be listened to as well. A log that cannot be written never stops the work: it is reported once, and lines are
// dropped until it can be written again.
import { appendFile, readFileSync, renameSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Environment } from '../../shared/core/environment.ts';

/** Two files of this size at most: `tocsin.log` and the one before. */
const MAX_BYTES = 20 * 1024 * 1024;

export const LOG_FILE = 'tocsin.log';

/** A warning or an error of a handler, with its fields. */
export type LogEntry = { readonly message: string } & Readonly<Record<string, unknown>>;
export type LogListener = (entry: LogEntry) => void;

/** Message of the entry that a listener gets when the log cannot be written; `problem` says why. */
export const LOG_UNWRITABLE = 'the log cannot be written';

/** Where the handlers' lines of JSON go. */
export function openLog(folder: string, env: Environment, listener: LogListener): Writable {
  const report = (problem: string): void => listener({ message: LOG_UNWRITABLE, problem });
  const into = env['TOCSIN_LOG'] === 'stderr' ? process.stderr : rotating(join(folder, LOG_FILE), MAX_BYTES, report);
  return overheard(into, listener);
}

/** Passes everything on. Metrics and informational lines, nearly all there is, are not parsed. */
function overheard(into: Writable, listener: LogListener): Writable {
  // Standard error may be a pipe whose reader is gone.
  into.on('error', () => {});
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const text = chunk.toString();
      for (const line of /"level":"(?:WARN|ERROR)"/.test(text) ? text.split('\n') : []) {
        const entry = entryOf(line);
        if (entry !== null) listener(entry);
      }
      into.write(chunk);
      done();
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
 * gets the first problem of each run of problems, and what could not be written is dropped. Lines that came during a write are written
 * together. The file is opened for each write, so that writing resumes by itself when the disk has room again or the file was moved away.
 * Half a line, as a kill or a full disk leaves it, is removed.
 */
export function rotating(file: string, maxBytes: number, report: (problem: string) => void): Writable {
  let isFailing = false;
  dropPartialLine(file);
  const append = (lines: readonly string[], done: () => void): void => {
    const text = lines.join('');
    const size = sizeOf(file);
    const isFull = size > 0 && size + Buffer.byteLength(text) > maxBytes;
    const unrotated = isFull ? rotate(file) : null;
    appendFile(file, text, (unwritten) => {
      if (unwritten !== null) cutAt(file, isFull && unrotated === null ? 0 : size);
      const problem = unwritten ?? unrotated;
      if (problem !== null && !isFailing) report(problem.message);
      isFailing = problem !== null;
      // There may be room for some of them.
      if (unwritten !== null && lines.length > 1) oneByOne(lines, done);
      else done();
    });
  };
  const oneByOne = (lines: readonly string[], done: () => void, at = 0): void => {
    const line = lines[at];
    if (line === undefined) done();
    else append([line], () => oneByOne(lines, done, at + 1));
  };
  return new Writable({
    // As buffers, waiting lines would each keep a block of the pool that small buffers are cut from: 64 KB for a line of 200 bytes.
    decodeStrings: false,
    writev(chunks, done) {
      const lines = chunks.map(({ chunk }) => String(chunk));
      const next = (): void => {
        if (lines.length === 0) done();
        else append(takeUpTo(maxBytes - sizeOf(file), lines), next);
      };
      next();
    },
  });
}

/** Removes from the front of `lines` what fits into so many bytes, one line at least. */
function takeUpTo(bytes: number, lines: string[]): readonly string[] {
  let [count, taken] = [0, 0];
  for (const line of lines) {
    taken += Buffer.byteLength(line);
    if (count > 0 && taken > bytes) break;
    count += 1;
  }
  return lines.splice(0, count);
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What a process that was killed has left behind the last whole line. */
function dropPartialLine(file: string): void {
  try {
    // A device can be read without end.
    if (statSync(file).isFile()) cutAt(file, readFileSync(file).lastIndexOf('\n') + 1);
  } catch {
    // It is not there, or cannot be read and stays as it is.
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
