// White space and invisible characters of text taken from a page.

/** One line: white space collapsed, control and invisible formatting characters gone, lone surrogates replaced. */
export const tidyText = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** Like tidyText, but keeps line breaks; several in a row become one. */
export function tidyLines(text: string): string {
  const plain = visible(text);
  return (UNTIDY.test(plain) ? plain.replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n') : plain).trim();
}

/** White space that is not one blank. */
export const UNTIDY = /[^\S ]| {2}/;

/** Joiners stay where scripts need them (U+200C, U+200D); soft hyphens, zero-width spaces and direction marks would hide words from matching. */
function visible(text: string): string {
  if (ALL_VISIBLE.test(text)) return text;
  return text.toWellFormed().replace(INVISIBLE, '');
}

const INVISIBLE = /(?!\s)[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|\ufeff/gu;
/** Nearly every text: none of the invisible characters, no surrogates. */
const ALL_VISIBLE = /^[\t\n\r\u0020-\u007e\u00a0-\u00ac\u00ae-\u1fff\u2010-\u2027\u3000-\ud7ff]*$/;
