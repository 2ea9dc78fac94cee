// What a language has to say about when something happened: the words by which a sentence is read as news, background or history.
// A language is a file in words/; every field is the source of a regular expression, tried in any case.

/**
 * - `since`: what is inside began in the past: since sanctions were imposed
 * - `told`: of something before the news: a force that had been sent
 * - `after`: news, unless it says more: after parliament had ratified it, when last year's truce ended
 * - `memory`: what a museum, a film or an anniversary is about
 * - `other`: a clause of its own, so that its dates stay with it: which it annexed in 2014
 */
export type ClauseKind = 'since' | 'told' | 'after' | 'memory' | 'other';

export interface TimeWords {
  /**
   * Dates that say when their clause happened, one pattern each. In them `<Y>` stands for a year, `<M>` for the name of a month, `<N>` for
   * its number and `<E>` for an era. A year that only belongs to a noun (the 2015 deal) is none of them.
   */
  readonly dates: readonly string[];
  /** The same for what goes on, or is compared with: since 2014, the largest since the war. They date nothing. */
  readonly beginnings: readonly string[];
  /** Eras and wars with the last year of each. */
  readonly eras: readonly (readonly [name: string, end: number])[];
  /** Events that are history with the year in front of or behind them, pattern with `<Y>`: the 2003 invasion of Iraq. */
  readonly events: readonly string[];
  /** Words behind a number that make it a count: 2015 soldiers. */
  readonly counted: string;
  /** What comes right before a date that is its own: a base built in 1951. */
  readonly attributes: string;
  /** Long ago: decades ago, last century. */
  readonly past: string;
  /** About a year ago: last year. */
  readonly lastYear: string;
  /** Inside an `after` clause: it happened before something else. */
  readonly had: string;
  /** Says that it is news: today, on Monday, this week. */
  readonly present: string;
  /** Verbs of the present and future: in their clause an old date belongs to something else. */
  readonly tense: string;
  /** Words at which a clause begins. */
  readonly opens: Readonly<Partial<Record<ClauseKind, string>>>;
  /** Words at which a clause ends that began at the sign before: Korean, Japanese, Chinese. */
  readonly closes?: Readonly<Partial<Record<ClauseKind, string>>>;
  /** A headline with this is about the past, and so is its text. */
  readonly headlines: string;
  /**
   * Parts of words of which a sentence of the past has one at least, or four digits: most sentences have none, and are read no further.
   * Where the field is left out, all are read.
   */
  readonly hints?: string;
  /** Commas that part a list and no clauses. */
  readonly listCommas?: string;
  /** Words are not parted by spaces, or particles follow them without one. */
  readonly isUnspaced?: boolean;
}
