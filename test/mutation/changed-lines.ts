// The lines that a mutant changes.
import type { Edit } from './edits.ts';

/** The whole lines, each without the white space around it. */
export function linesOf(
  { start, end, replacement }: Edit,
  source: string,
): { readonly before: string; readonly after: string } {
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const newline = source.indexOf('\n', end);
  const to = newline < 0 ? source.length : newline;
  return {
    before: trimmed(source.slice(from, to)),
    after: trimmed(source.slice(from, start) + replacement + source.slice(end, to)),
  };
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
