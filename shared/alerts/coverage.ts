// How much of what is followed was read: the last line of a digest.

export interface Coverage {
  /** That are followed. */
  readonly feeds: number;
  /** Of them, those that are not failing for long and not gone. */
  readonly read: number;
  /** Those that have failed longest first; of many only some are named. */
  readonly failing: readonly { readonly title: string; readonly since: string }[];
}

/** Feeds that are named. */
export const MOST_FAILING_NAMED = 10;
