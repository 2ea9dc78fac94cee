// Which stretches of a document show that a clause holds. For most clauses these are its spans; an AND whose sides stand
// far apart is shown by each of its sides instead, since the stretch between them says nothing.
import type { Clause } from '../compile/clause.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { Span } from '../document/span.ts';

export interface Evidence extends Span {
  /** How many required terms it shows: 2 for `a NEAR/5 b`, 1 for a word. More is better. */
  readonly weight: number;
}

/** An evaluator on one document. */
export interface Locator {
  holds(clause: Clause): boolean;
  /** Empty when it does not hold, or holds for a reason outside of the text. */
  spans(clause: Clause): readonly Span[];
}

/** Sides of an AND in sentences further apart than this are shown on their own. */
const WINDOW_SENTENCES = 2;

/** Evidence for a clause that holds, in no particular order. Empty where it holds for a reason outside of the text. */
export function evidenceFor(clause: Clause, locator: Locator, read: ReadDocument): readonly Evidence[] {
  switch (clause.kind) {
    case 'or':
      return isPlain(clause) ? weighed(clause, locator) : evidenceOfParts(clause.parts, locator, read);
    case 'some': {
      const compact = weighed(clause, locator).filter((span) => isCompact(span, read));
      return compact.length > 0 ? compact : evidenceOfParts(clause.parts, locator, read);
    }
    case 'without':
      return evidenceFor(clause.keep, locator, read);
    default:
      return weighed(clause, locator).flatMap((each) => (isCompact(each, read) ? [each] : bySentence(each, read)));
  }
}

function evidenceOfParts(parts: readonly Clause[], locator: Locator, read: ReadDocument): readonly Evidence[] {
  return parts.flatMap((part) => (locator.holds(part) ? evidenceFor(part, locator, read) : []));
}

function weighed(clause: Clause, locator: Locator): Evidence[] {
  const weight = weightOf(clause);
  return locator.spans(clause).map((span) => ({ ...span, weight }));
}

/** Words of a wide span (`a w/p b`), each sentence on its own. */
function bySentence(wide: Evidence, read: ReadDocument): Evidence[] {
  const groups = Map.groupBy(wide.tokens, (token) => read.sentences[token]!);
  return [...groups.values()].map((tokens) => ({ first: tokens[0]!, last: tokens.at(-1)!, tokens, weight: 1 }));
}

const isPlain = (clause: Clause): boolean =>
  clause.kind === 'term' || clause.kind === 'number' || (clause.kind === 'or' && clause.parts.every(isPlain));

function weightOf(clause: Clause): number {
  switch (clause.kind) {
    case 'near':
      return clause.parts.reduce((sum, part) => sum + weightOf(part), 0);
    case 'some':
      return clause.count;
    case 'without':
    case 'not-near':
      return weightOf(clause.keep);
    case 'at-least':
      return weightOf(clause.part);
    case 'or':
      return Math.min(...clause.parts.map(weightOf));
    default:
      return 1;
  }
}

function isCompact(span: Span, read: ReadDocument): boolean {
  return (
    read.paragraphs[span.first] === read.paragraphs[span.last] &&
    read.sentences[span.last]! - read.sentences[span.first]! < WINDOW_SENTENCES
  );
}
