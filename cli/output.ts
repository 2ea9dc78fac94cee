// How data is shown: a table for people, JSON, JSON lines or CSV for programs. Foreign text never reaches the terminal raw.
import type { CommandIo } from './command.ts';

/** Control characters, bidi controls and line ends become visible or a space: foreign text cannot move the cursor or forge a line. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

export interface Column<T> {
  readonly title: string;
  readonly value: (row: T) => string;
  /** Longer values are cut with an ellipsis. */
  readonly maxWidth?: number;
}

/** Columns padded to the widest value. East Asian wide characters count two cells. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const titles = columns.map(({ title }) => title);
  const lines = [
    ...(titles.every((title) => title === '') ? [] : [titles]),
    ...rows.map((row) => columns.map(({ value, maxWidth }) => cut(oneLine(value(row)), maxWidth ?? 60))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => cells(line[index] ?? ''))));
  return lines
    .map(
      (line) =>
        `${line
          .map((text, index) => pad(text, widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** Quoted always; a leading character that a spreadsheet would run as a formula is disarmed with an apostrophe. */
const csvField = (value: string): string =>
  `"${(/^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

export const printJson = (io: CommandIo, value: unknown): void => io.stdout(`${JSON.stringify(value, null, 2)}\n`);

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

const cells = (text: string): number => [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)));

function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    used += cells(char);
    if (used > width - 1) break;
    out += char;
  }
  return `${out}…`;
}

/** `NAME: words`, once where the words begin with the name already, as those about a feed without a title do. */
export const namedOnce = (name: string, words: string): string =>
  words.startsWith(`${name}: `) ? words : `${name}: ${words}`;
