// A sentence cut into clauses by signs and by the words that begin or end them. No parser: where a clause cannot be told from the
// next, they stay one, and its evidence is news.
import type { TimePatterns } from './time-patterns.ts';
import type { ClauseKind } from './time-words.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface SentenceClause extends Stretch {
  readonly kind: ClauseKind | 'main';
  /** The word that makes it what it is; empty for `main`. */
  readonly marker: string;
  /** What stands before it does not go on in it: after a semicolon, a dash, a colon, "but". */
  readonly isApart: boolean;
}

interface Cut {
  readonly at: number;
  /** Where the clause behind it begins to have text: behind a sign, at a word. */
  readonly isApart: boolean;
  readonly kind: ClauseKind | 'main';
  readonly marker: string;
}

const APART = /^(?:[;؛；:：()（）[\]!?！？—–-]|\s--?\s)/u;

/** In order, disjoint, and together the whole sentence. `whole` are stretches that no sign cuts: dates. */
export function clausesOf(
  sentence: string,
  patterns: TimePatterns,
  whole: readonly Stretch[],
): readonly SentenceClause[] {
  const isInside = (at: number): boolean => whole.some(({ from, to }) => at > from && at < to);
  const cuts: Cut[] = [];
  for (const match of sentence.matchAll(patterns.breaks)) {
    if (isInside(match.index)) continue;
    cuts.push({ at: match.index, isApart: APART.test(match[0]), kind: 'main', marker: '' });
  }
  for (const [kind, pattern] of patterns.opens) {
    for (const match of sentence.matchAll(pattern)) {
      if (isInside(match.index)) continue;
      cuts.push({ at: match.index, isApart: false, kind, marker: match[0] });
    }
  }
  cuts.sort((a, b) => a.at - b.at || rank(a.kind) - rank(b.kind));
  const clauses: SentenceClause[] = [];
  let open: Cut = { at: 0, isApart: false, kind: 'main', marker: '' };
  for (const cut of cuts) {
    if (open.kind !== 'main' && cut.at < open.at + open.marker.length) continue;
    if (cut.at > open.at) clauses.push({ ...clauseOf(open), from: open.at, to: cut.at });
    open = cut;
  }
  clauses.push({ ...clauseOf(open), from: open.at, to: sentence.length });
  return patterns.closes.length === 0 ? clauses : clauses.flatMap((clause) => closedIn(sentence, clause, patterns));
}

const clauseOf = ({ kind, marker, isApart }: Cut): Pick<SentenceClause, 'kind' | 'marker' | 'isApart'> => ({
  kind,
  marker,
  isApart,
});

/** Of words at one place, the one that says most. */
const RANKS: readonly (ClauseKind | 'main')[] = ['memory', 'told', 'since', 'after', 'other', 'main'];
const rank = (kind: ClauseKind | 'main'): number => RANKS.indexOf(kind);

/** A clause that a word within it ends, and what follows that word. */
function closedIn(sentence: string, clause: SentenceClause, patterns: TimePatterns): readonly SentenceClause[] {
  if (clause.kind !== 'main') return [clause];
  const ends: { at: number; kind: ClauseKind; marker: string }[] = [];
  for (const [kind, pattern] of patterns.closes) {
    for (const match of sentence.slice(clause.from, clause.to).matchAll(pattern)) {
      ends.push({ at: clause.from + match.index + match[0].length, kind, marker: match[0] });
    }
  }
  if (ends.length === 0) return [clause];
  ends.sort((a, b) => a.at - b.at);
  let from = clause.from;
  const parts = ends.flatMap(({ at, kind, marker }): SentenceClause[] => {
    const part = { from, to: at, kind, marker, isApart: clause.isApart };
    from = at;
    return part.to > part.from ? [part] : [];
  });
  return from < clause.to ? [...parts, { ...clause, from, isApart: false }] : parts;
}
