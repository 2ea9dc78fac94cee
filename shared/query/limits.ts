// What a topic may cost: decided before it runs, but for its steps (matching cost is measured in docs/topic-syntax.md,
// "Limits"). Every limit is a setting, `topics` in config/tocsin.yaml.

export interface TopicLimits {
  /** Characters of one expression. */
  readonly expressionChars: number;
  /** Words, phrases and numbers of one expression after its sets are put in. */
  readonly terms: number;
  /** Same, where a warning starts: a set that grows a little more would break the expression. */
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
  /** Words that begin with `*`, per topic and language: each costs a look at every word of the text. */
  readonly leadingWildcards: number;
  /** Letters beside a `*`. */
  readonly wildcardLetters: number;
  readonly leadingWildcardLetters: number;
  readonly wildcardSyllables: number;
}

/** `STEPS_PER_TOPIC` of shared/matching/topic-matcher.ts, for those who do not need the engine. */
export const DEFAULT_STEPS_PER_ARTICLE = 200_000;

export const DEFAULT_LIMITS: TopicLimits = {
  expressionChars: 4_000,
  terms: 500,
  termsWarning: 450,
  depth: 20,
  setDepth: 5,
  near: 50,
  nearWarning: 25,
  nearParts: 6,
  atLeast: 50,
  leadingWildcards: 20,
  wildcardLetters: 3,
  leadingWildcardLetters: 4,
  wildcardSyllables: 2,
};
