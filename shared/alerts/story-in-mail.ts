// What an alert says of its story.
import type { Hit } from '../model/hit.ts';
import type { Match } from '../model/match.ts';
import type { Story } from '../model/story.ts';

export interface StoryInMail {
  readonly hit: Hit;
  /** Null when it is no longer stored. */
  readonly story: Story | null;
}

/** An alert below an earlier one of its story. */
export interface UpdateInMail {
  /** What the article brings, in words; the most telling first. Empty: another topic, or a graver one. */
  readonly news: readonly string[];
  /** Reports that waited for this update, the first one first. */
  readonly alsoNew: readonly { readonly match: Match; readonly news: readonly string[] }[];
}
