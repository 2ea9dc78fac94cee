// Feeds of some outlets give a picture's caption for the text. It says what the picture shows, often on another day, and the same picture
// is used for many articles: what such an item reports is in its headline alone.

/** A caption is not longer. */
const LONGEST = 500;
/** At the end, in brackets: a photographer and an agency with a stroke between them, or a word for a picture or an agency. */
const CREDIT =
  /\((?:[^()]{1,60}\/[^()]{2,50}|[^()]{0,60}(?:\bphoto|\bimage|\bfoto|\bpicture|фото|getty|reuters|\bafp\b|\bap\b|\bepa\b|\bdpa\b|\bansa\b)[^()]{0,40})\)\s*$/iu;

export const isCaption = (text: string): boolean =>
  text.length <= LONGEST && text.trimEnd().endsWith(')') && CREDIT.test(text);
