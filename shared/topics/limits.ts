// What an expression may cost, decided before it runs (matching cost is measured in docs/topic-syntax.md, "Limits").

export interface TopicLimits {
  /** Characters of one expression. */
  readonly expressionChars: number;
  /** Words, phrases and numbers of one expression after its sets are put in. */
  readonly terms: number;
  /** Same, where a warning starts. */
  readonly termsWarning: number;
  /** Parentheses inside parentheses. */
  readonly depth: number;
  /** Sets inside sets. */
  readonly setDepth: number;
  /** NEAR/n: n at most, and where a warning starts. */
  readonly near: number;
  readonly nearWarning: number;
  /** Sides of one unordered chain, `a NEAR/5 b NEAR/5 c`: its cost doubles with each. */
  readonly nearParts: number;
  readonly atLeast: number;
  /** Words that begin with `*`, per topic: each costs a look at every word of the text. */
  readonly leadingWildcards: number;
  /** Letters beside a `*`. */
  readonly wildcardLetters: number;
  readonly leadingWildcardLetters: number;
  readonly wildcardSyllables: number;
}

export const DEFAULT_LIMITS: TopicLimits = {
  expressionChars: 4_000,
  terms: 500,
  termsWarning: 200,
  depth: 20,
  setDepth: 5,
  near: 50,
  nearWarning: 25,
  nearParts: 6,
  atLeast: 50,
  leadingWildcards: 10,
  wildcardLetters: 3,
  leadingWildcardLetters: 4,
  wildcardSyllables: 2,
};
