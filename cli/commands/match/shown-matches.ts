// Passages for people: the sentences with the matched words marked.
import { cutMarks, type Passage } from '../../../shared/model/match.ts';
import type { CommandIo } from '../../command.ts';
import { oneLine } from '../../output.ts';

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const MARKS = ['«', '»'] as const;

/** As programs get them: what stands in the field, without a mark for the eye. */
export const publicPassages = (passages: readonly Passage[]): readonly Omit<Passage, 'cut'>[] =>
  passages.some(({ cut }) => cut !== undefined) ? passages.map(({ cut: _, ...passage }) => passage) : passages;

/** One line per passage: the text it comes from, its position there, then its words. */
export function shownPassages(passages: readonly Passage[], io: Pick<CommandIo, 'color'>): string {
  return passages
    .map(
      (passage) =>
        `  ${placeOf(passage)} ${passage.start}–${passage.end}  ${marked(passage, io.color ? BOLD : MARKS)}\n`,
    )
    .join('');
}

/** The body of a file is its only text. */
const placeOf = ({ field, origin }: Passage): string => (origin === 'article' ? field : origin);

function marked(passage: Passage, [open, close]: readonly [string, string]): string {
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
