// Links that open a page at the passage: URL fragment text directives, `#:~:text=[prefix-,]start[,end][,-suffix]`.
// Source: WICG Scroll To Text Fragment, https://wicg.github.io/scroll-to-text-fragment/
// A browser that does not know them, or does not find the text, opens the page at its top.
import type { Passage } from '../model/match.ts';
import { safeLink } from './safe-link.ts';

/** Words of context on either side: enough to distinguish two places, few enough to survive a footnote mark. */
const CONTEXT_WORDS = 3;
/** A longer target is named by its first and last words only; the browser marks what lies between. */
const MAX_EXACT_WORDS = 10;
const EDGE_WORDS = 4;
/** A link over this many characters gets no directive: mail lines end at 998 octets. */
const MAX_LINK = 900;

export interface TextDirective {
  readonly prefix?: string;
  readonly start: string;
  readonly end?: string;
  readonly suffix?: string;
}

/** The page, opened at the passage; the link itself where no directive can be made; null where it is not a web address. */
export function linkToPassage(address: string, passage: Passage | undefined): string | null {
  const link = safeLink(address);
  if (link === null) return null;
  const directive = passage === undefined ? null : directiveFor(passage);
  const target = directive === null ? link.href : withDirective(link.href, directive);
  return target.length <= MAX_LINK ? target : link.href;
}

/** Adds the directive after the fragment that is there, in place of an older directive. */
export function withDirective(href: string, directive: TextDirective): string {
  const hash = href.indexOf('#');
  const page = hash === -1 ? href : href.slice(0, hash);
  const fragment = hash === -1 ? '' : (href.slice(hash + 1).split(':~:')[0] ?? '');
  return `${page}#${fragment}:~:text=${writeDirective(directive)}`;
}

export const writeDirective = ({ prefix, start, end, suffix }: TextDirective): string =>
  [
    ...(prefix ? [`${encodeTerm(prefix)}-`] : []),
    encodeTerm(start),
    ...(end ? [encodeTerm(end)] : []),
    ...(suffix ? [`-${encodeTerm(suffix)}`] : []),
  ].join(',');

/** Comma, ampersand and dash are the directive's own punctuation, and encodeURIComponent leaves the dash. */
const encodeTerm = (term: string): string =>
  encodeURIComponent(term.toWellFormed().replace(/\s+/g, ' ').trim()).replaceAll('-', '%2D');

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** A word's place in the passage. */
interface Word {
  readonly start: number;
  readonly end: number;
}

/**
 * What to look for: from the first highlight to the last, in words, with words before and after it as context.
 * Prefix and suffix must touch the target but for white space, so punctuation in between belongs to them.
 * Null when the passage has no word.
 */
export function directiveFor(passage: Passage): TextDirective | null {
  const text = passage.text;
  const all = wordsOf(text);
  if (all.length === 0) return null;
  const [first, last] = targetWords(passage, all);
  const start = all[first]?.start ?? 0;
  const end = all[last]?.end ?? text.length;
  const before = text.slice(all[Math.max(0, first - CONTEXT_WORDS)]?.start ?? start, start);
  const after = text.slice(end, all[Math.min(all.length - 1, last + CONTEXT_WORDS)]?.end ?? end);
  const context = { prefix: lastLine(before).trim(), suffix: firstLine(after).trim() };
  const long = last - first + 1 > MAX_EXACT_WORDS || /[\r\n]/.test(text.slice(start, end));
  if (!long || last - first + 1 < 2) return { ...context, start: text.slice(start, end) };
  const edge = Math.min(EDGE_WORDS, Math.floor((last - first + 1) / 2));
  return {
    ...context,
    start: firstLine(text.slice(start, all[first + edge - 1]?.end)),
    end: lastLine(text.slice(all[last - edge + 1]?.start, end)),
  };
}

function wordsOf(text: string): readonly Word[] {
  const found: Word[] = [];
  for (const { segment, index, isWordLike } of words.segment(text)) {
    if (isWordLike === true) found.push({ start: index, end: index + segment.length });
  }
  return found;
}

/** Indexes of the first and last word touched by a highlight; all words where there is none. */
function targetWords(passage: Passage, all: readonly Word[]): readonly [number, number] {
  const touched = all.flatMap((word, index) =>
    passage.highlights.some(([from, to]) => from - passage.start < word.end && to - passage.start > word.start)
      ? [index]
      : [],
  );
  return [touched[0] ?? 0, touched.at(-1) ?? all.length - 1];
}

/** A term must lie within one block of the page, so it never crosses a line break. */
const firstLine = (text: string): string => text.split(/[\r\n]/)[0] ?? '';
const lastLine = (text: string): string => text.split(/[\r\n]/).at(-1) ?? '';
