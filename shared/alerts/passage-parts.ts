// A passage as text, each channel marking its highlights in its own way.
import type { Passage } from '../model/match.ts';
import { cutAtHighlights, type PassagePart } from '../model/passage-cuts.ts';
import { shownText } from './plain-text.ts';

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
