// Words of several tokens: cease-fire is also found as ceasefire, 한·미 as 한미, #McDonalds whole, and a word of a script
// without spaces in whatever the segmenter made of it.
import { isHangul, isUnspaced } from '../../text/scripts.ts';
import { SEGMENT_BREAK } from '../../text/unspaced-scripts.ts';
import type { ReadDocument } from './read-document.ts';

export interface Compound {
  /** Tokens, both included; at least two. */
  readonly first: number;
  readonly last: number;
  /** The word as it is looked up. */
  readonly surface: string;
  /** Hyphens hold it together, so that it counts as any one word. */
  readonly isHyphened: boolean;
}

/** Tokens of the longest. */
const LONGEST_COMPOUND = 8;
/** Tokens of the longest with hyphens: state-of-the-art. */
export const LONGEST_HYPHENED = 4;
const LONGEST_STRETCH_CHARS = 100;

const HYPHENS = '-\u2010\u2011';
/** Between the names of countries in Korean: 한·미. */
const MIDDLE_DOTS = '\u00b7\u318d\u30fb\u2027\u2219\uff65';
const LETTERS_ONLY = /^\p{L}[\p{L}\p{M}'’]*$/u;

/** Between the parts of what is looked up. */
const GLUE: Readonly<Record<Kind, string>> = {
  hyphen: '',
  dot: '',
  initials: '.',
  touching: '',
  unspaced: SEGMENT_BREAK,
};

type Kind = 'hyphen' | 'dot' | 'initials' | 'touching' | 'unspaced';

/** In the order of their first tokens. `joints`: the tokens behind which there may be something that holds them and the next together. */
export function compoundsOf(read: ReadDocument, joints: readonly number[]): readonly Compound[] {
  const found: Compound[] = [];
  for (const token of joints) {
    if (token + 1 >= read.count || token + 1 === read.titleCount) continue;
    const kind = kindAt(read.fieldOf(token), read, token);
    if (kind !== null) addCompounds(kind, token, read, found);
  }
  return found;
}

/** What holds a token and the next together. */
function kindAt(field: string, read: ReadDocument, token: number): Kind | null {
  const { starts, ends } = read;
  const end = ends[token]!;
  const gap = field.slice(end, starts[token + 1]);
  const code = field.charCodeAt(starts[token]!);
  const next = field.charCodeAt(starts[token + 1]!);
  if (gap === '') {
    if (isUnspaced(code) && isUnspaced(next)) return 'unspaced';
    return isLetters(read, token) && isLetters(read, token + 1) ? 'touching' : null;
  }
  if (gap.length === 1) {
    if (HYPHENS.includes(gap)) return isLetters(read, token) && isLetters(read, token + 1) ? 'hyphen' : null;
    return MIDDLE_DOTS.includes(gap) && isHangul(code) && isHangul(next) ? 'dot' : null;
  }
  if (gap !== '. ' && gap !== '.\u00a0') return null;
  return isInitial(field, read, token) && isInitial(field, read, token + 1) ? 'initials' : null;
}

const isLetters = (read: ReadDocument, token: number): boolean => {
  const surface = read.surface(token);
  return LETTERS_ONLY.test(surface) && surface.charCodeAt(0) < 0xe00;
};

/** One capital with its full stop. */
const isInitial = (field: string, { starts, ends }: ReadDocument, token: number): boolean =>
  ends[token]! - starts[token]! === 1 && field[ends[token]!] === '.' && /\p{Lu}/u.test(field[starts[token]!]!);

function addCompounds(kind: Kind, first: number, read: ReadDocument, found: Compound[]): void {
  const field = read.fieldOf(first);
  const most = kind === 'unspaced' ? LONGEST_COMPOUND : LONGEST_HYPHENED;
  let surface = read.surface(first);
  for (let last = first + 1; last < first + most && last < read.count; last++) {
    if (last === read.titleCount || kindAt(field, read, last - 1) !== kind) return;
    surface += GLUE[kind] + read.surface(last);
    if (surface.length > LONGEST_STRETCH_CHARS) return;
    found.push({ first, last, surface, isHyphened: kind === 'hyphen' });
  }
}
