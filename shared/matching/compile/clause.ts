// An expression made ready to be evaluated: sets put in, words folded and stemmed, fields pushed down to the words they
// restrict. Both evaluators (topic-matcher.ts and its oracle) read this one form.
import type { DescriptionField, Reach, TextField } from '../../query/syntax.ts';
import type { WordPattern } from './word-patterns.ts';

/** Where in the document a term may stand: `title:`, `lead:`, `body:`, or null for anywhere. */
export type Scope = TextField | null;

export type Clause =
  /** Words side by side, each matching its pattern; one word is the usual case. */
  | {
      readonly kind: 'term';
      readonly label: string;
      readonly words: readonly WordPattern[];
      readonly scope: Scope;
    }
  | {
      readonly kind: 'number';
      readonly label: string;
      readonly from: number | null;
      readonly to: number | null;
      readonly scope: Scope;
    }
  /** What is said of the document, not in it: holds or not, and has no place in the text. */
  | { readonly kind: 'description'; readonly label: string; readonly field: DescriptionField; readonly value: string }
  | { readonly kind: 'or'; readonly label: string; readonly parts: readonly Clause[] }
  /** At least `count` of the parts hold; AND is the case where all must. */
  | { readonly kind: 'some'; readonly label: string; readonly count: number; readonly parts: readonly Clause[] }
  | { readonly kind: 'without'; readonly label: string; readonly keep: Clause; readonly vetoes: readonly Clause[] }
  | {
      readonly kind: 'near';
      readonly label: string;
      readonly parts: readonly Clause[];
      readonly ordered: boolean;
      readonly reach: Reach;
    }
  | {
      readonly kind: 'not-near';
      readonly label: string;
      readonly keep: Clause;
      readonly avoid: Clause;
      readonly reach: Reach;
    }
  | { readonly kind: 'at-least'; readonly label: string; readonly count: number; readonly part: Clause };

/** The clauses right below, in order. */
export function partsOf(clause: Clause): readonly Clause[] {
  switch (clause.kind) {
    case 'or':
    case 'some':
    case 'near':
      return clause.parts;
    case 'without':
      return [clause.keep, ...clause.vetoes];
    case 'not-near':
      return [clause.keep, clause.avoid];
    case 'at-least':
      return [clause.part];
    default:
      return [];
  }
}

/**
 * True when the clause can hold only where some word or number of the text does: what the engine needs to find its
 * candidates, and what keeps a topic from matching every document of a source.
 */
export function needsText(clause: Clause): boolean {
  switch (clause.kind) {
    case 'description':
      return false;
    case 'or':
      return clause.parts.every(needsText);
    case 'some':
      return clause.parts.filter((part) => !needsText(part)).length < clause.count;
    case 'without':
    case 'not-near':
      return needsText(clause.keep);
    default:
      return true;
  }
}
