// A line that `tocsin start` prints about what happens, with the lines that belong to it.

export interface NarratedLine {
  /** What it is about, in a word: `polled`, `mail`. */
  readonly kind: 'feed' | 'failing' | 'held' | 'mail' | 'matched' | 'no mail' | 'polled' | 'progress' | 'problem';
  readonly text: string;
  readonly details?: readonly string[];
}

/** Names shown in one line. */
const MOST_NAMES = 4;

export const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;
