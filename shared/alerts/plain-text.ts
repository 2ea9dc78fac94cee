// Foreign text made fit to stand in a line of ours: no control characters, nothing that reorders the line around it.

/** C0, DEL and C1, but for white space. */
const CONTROLS = /[^\P{Cc}\s]/gu;
/** Embeddings, overrides, isolates and marks that turn text around, and the byte order mark: see Unicode TR 36, section 2.5. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LINE_SEPARATORS = /[\u2028\u2029]/g;

/** Safe to show, line breaks kept. Lone surrogates become U+FFFD. */
export const shownText = (text: string): string =>
  text.toWellFormed().replace(LINE_SEPARATORS, ' ').replace(CONTROLS, '').replace(TURNING, '');

/** As `shownText`, on one line, white space collapsed. */
export const oneLine = (text: string): string => shownText(text).replace(/\s+/g, ' ').trim();

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most `max` UTF-16 units, between words where one is near, never through the middle of a character; what was cut ends in an ellipsis. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text.slice(0, max + 1))) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  const lastGap = text[kept.length] === ' ' ? kept.length : kept.lastIndexOf(' ');
  return `${kept.slice(0, lastGap > max * 0.7 ? lastGap : undefined).trimEnd()}…`;
}

/** Lines of at most `width` units where words allow it. Words longer than that (links) stay whole. */
export function wrapText(text: string, width = 76): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
