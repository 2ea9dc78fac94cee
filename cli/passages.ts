// Passages on the terminal: the sentence with the matched words marked.
import type { Passage } from '../shared/model/match.ts';
import { cutMarks } from '../shared/model/passage-cuts.ts';
import type { CommandIo } from './command.ts';
import { oneLine } from './output.ts';

/** What stands around a matched word. */
type Marks = readonly [open: string, close: string];

const BOLD: Marks = ['\u001b[1m', '\u001b[22m'];
const QUOTES: Marks = ['«', '»'];
const YELLOW: Marks = ['\u001b[1;33m', '\u001b[0m'];
const ASTERISKS: Marks = ['*', '*'];

/** As `matches` and `start` show a passage. */
export const passageInLine = (passage: Passage, color: boolean): string => marked(passage, color ? YELLOW : ASTERISKS);

/** The passages of a stored match, a line each: the text it comes from, then its words. */
export const passageRows = (passages: readonly Passage[], color: boolean): readonly string[] =>
  passages.map((passage) => `  ${passage.origin.padEnd(8)} ${passageInLine(passage, color)}`);

/** As `match` and `topics explain` show passages, a line each: the text it comes from, its position there, then its words. */
export function passageLines(passages: readonly Passage[], { color }: Pick<CommandIo, 'color'>): string {
  return passages
    .map((passage) => {
      const { start, end } = passage;
      return `  ${placeOf(passage)} ${start}–${end}  ${marked(passage, color ? BOLD : QUOTES)}\n`;
    })
    .join('');
}

/** A file has no other text than its body. */
const placeOf = ({ field, origin }: Passage): string => (origin === 'article' ? field : origin);

/** The passages as programs get them: the text of the field, without the marks of a cut, which are for readers. */
export const publicPassages = (passages: readonly Passage[]): readonly Omit<Passage, 'cut'>[] =>
  passages.some(({ cut }) => cut !== undefined) ? passages.map(({ cut: _, ...passage }) => passage) : passages;

function marked(passage: Passage, [open, close]: Marks): string {
  const { text, start, highlights } = passage;
  const [before, after] = cutMarks(passage);
  let shown = before;
  let at = 0;
  for (const [from, to] of highlights) {
    shown += `${oneLine(text.slice(at, from - start))}${open}${oneLine(text.slice(from - start, to - start))}${close}`;
    at = to - start;
  }
  return shown + oneLine(text.slice(at)) + after;
}
