// The tree of an expression, as its author wrote it: sets not yet replaced, words not yet folded or stemmed.
// docs/topic-syntax.md explains each part.

/** [start, end) in the expression's own text, UTF-16 code units. */
export type At = readonly [start: number, end: number];

/**
 * How far the sides of a proximity may be apart. A Han or kana character counts half a word. `inClause`: and in one clause.
 * `span` is WITHOUT: no further than the words themselves, so that the other side may neither stand in them nor across their ends.
 */
export type Reach =
  | { readonly unit: 'words'; readonly count: number; readonly inClause?: true }
  | { readonly unit: 'clause' }
  | { readonly unit: 'sentence' }
  | { readonly unit: 'paragraph' }
  | { readonly unit: 'span' };

/** Fields that hold words of the document, and fields that describe it. */
export const TEXT_FIELDS = ['title', 'lead', 'body'] as const;
export const DESCRIPTION_FIELDS = ['source', 'lang', 'url', 'author', 'country', 'category'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type DescriptionField = (typeof DESCRIPTION_FIELDS)[number];
export type FieldName = TextField | DescriptionField;

export type Expression =
  /** Bare: its inflected forms. `text` keeps its wildcards; with `exactCase` (`=Word`) letter for letter. */
  | { readonly kind: 'word'; readonly text: string; readonly exactCase: boolean; readonly at: At }
  /**
   * In quotes: these words side by side, as written. A lone `*` stands for any one word. `isInflected` (`~"two words"`): in
   * any of their forms.
   */
  | {
      readonly kind: 'phrase';
      readonly words: readonly string[];
      readonly exactCase: boolean;
      readonly isInflected: boolean;
      readonly at: At;
    }
  | { readonly kind: 'set'; readonly name: string; readonly at: At }
  /** A number in [from, to]; null leaves that end open. */
  | { readonly kind: 'number'; readonly from: number | null; readonly to: number | null; readonly at: At }
  | { readonly kind: 'or'; readonly parts: readonly Expression[]; readonly at: At }
  /** All parts hold somewhere, none of the vetoes anywhere. */
  | {
      readonly kind: 'and';
      readonly parts: readonly Expression[];
      readonly vetoes: readonly Expression[];
      readonly at: At;
    }
  | {
      readonly kind: 'near';
      readonly parts: readonly Expression[];
      readonly ordered: boolean;
      readonly reach: Reach;
      readonly at: At;
    }
  | {
      readonly kind: 'not-near';
      readonly keep: Expression;
      readonly avoid: Expression;
      readonly reach: Reach;
      readonly at: At;
    }
  | { readonly kind: 'at-least'; readonly count: number; readonly part: Expression; readonly at: At }
  | { readonly kind: 'quorum'; readonly count: number; readonly parts: readonly Expression[]; readonly at: At }
  | { readonly kind: 'field'; readonly field: FieldName; readonly part: Expression; readonly at: At };

/** The parts right below, in the order they were written. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'or':
    case 'near':
    case 'quorum':
      return expression.parts;
    case 'and':
      return [...expression.parts, ...expression.vetoes];
    case 'not-near':
      return [expression.keep, expression.avoid];
    case 'at-least':
    case 'field':
      return [expression.part];
    default:
      return [];
  }
}
