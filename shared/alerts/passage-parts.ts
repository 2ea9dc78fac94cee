// A passage cut at the edges of its highlights, so that each channel can mark them in its own way.
import { cutMarks, type Passage } from '../model/match.ts';
import { shownText } from './plain-text.ts';

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

/** As one text: `mark` shows the matched words, `plain` the rest. Both make foreign text safe for the place where it is shown. */
export const markPassage = (
  passage: Passage,
  plain: (text: string) => string,
  mark: (text: string) => string,
): string =>
  cutAtHighlights(passage)
    .map(({ text, marked }) => (marked ? mark(text) : plain(text)))
    .join('');

/** For mails: safe to show, white space collapsed. */
export const passageParts = (passage: Passage): readonly PassagePart[] =>
  cutAtHighlights(passage)
    .map(({ text, marked }) => ({ text: inMail(text), marked }))
    .filter(({ text }) => text !== '');

/** Matched words between asterisks, as people write it in plain mail. */
export const passageInAsterisks = (passage: Passage): string =>
  markPassage(passage, inMail, (text) => `*${inMail(text)}*`).trim();

/** Without marks, on one line. */
export const passageText = (passage: Passage): string => markPassage(passage, inMail, inMail).trim();

const inMail = (text: string): string => shownText(text).replace(/\s+/g, ' ');
