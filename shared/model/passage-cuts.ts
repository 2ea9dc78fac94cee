// A passage cut at the edges of its highlights, so that each channel can mark them in its own way. Imports nothing that runs: the console loads it.
import type { Passage } from './match.ts';

/** What people are shown before and after the passage. */
export const cutMarks = ({ cut }: Passage): readonly [before: string, after: string] => [
  cut === 'start' || cut === 'both' ? '…' : '',
  cut === 'end' || cut === 'both' ? '…' : '',
];

export interface PassagePart {
  readonly text: string;
  /** One of the matched words. */
  readonly marked: boolean;
}

/** In order, as the article has them; the marks of a cut included. Highlights outside the passage are ignored. */
export function cutAtHighlights(passage: Passage): readonly PassagePart[] {
  const [before, after] = cutMarks(passage);
  const parts: PassagePart[] = [{ text: before, marked: false }];
  let done = 0;
  for (const [from, to] of passage.highlights) {
    const start = Math.max(from - passage.start, done);
    const end = Math.min(to - passage.start, passage.text.length);
    if (start >= end) continue;
    parts.push({ text: passage.text.slice(done, start), marked: false });
    parts.push({ text: passage.text.slice(start, end), marked: true });
    done = end;
  }
  parts.push({ text: passage.text.slice(done) + after, marked: false });
  return parts.filter(({ text }) => text !== '');
}
