// A passage cut at the edges of its highlights, so that each channel can mark them in its own way.
import { cutMarks, type Passage } from '../model/match.ts';
import { shownText } from './plain-text.ts';

export interface PassagePart {
  readonly text: string;
  /** One of the matched words. */
  readonly marked: boolean;
}

/** In order, safe to show, white space collapsed. Highlights outside the passage are ignored. */
export function passageParts(passage: Passage): readonly PassagePart[] {
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
  return parts
    .map(({ text, marked }) => ({ text: shownText(text).replace(/\s+/g, ' '), marked }))
    .filter(({ text }) => text !== '');
}

/** Matched words between asterisks, as people write it in plain mail. */
export const passageInAsterisks = (passage: Passage): string =>
  passageParts(passage)
    .map(({ text, marked }) => (marked ? `*${text}*` : text))
    .join('')
    .trim();
