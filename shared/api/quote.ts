// How messages show what a client sent.
import { suggestionOf } from '../core/nearest-names.ts';

const LONGEST_QUOTE = 60;
/** Delete, the C1 control characters, and characters that are invisible or change the direction of writing. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text in quotes, on one line and cut; a list or an object in words, however deep. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  if (value.length <= LONGEST_QUOTE) return quoted(value);
  // Half a surrogate pair is left out.
  const start = value.slice(0, LONGEST_QUOTE).replace(/[\ud800-\udbff]$/, '');
  return `${quoted(start).slice(0, -1)}…" (${value.length} characters)`;
}

const quoted = (text: string): string =>
  JSON.stringify(text).replace(UNSEEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `Did you mean "a" or "b"?` with a space before it; empty when no known name is similar. */
export const suggestion = (typed: string, known: readonly string[]): string => suggestionOf(typed, known, quote);
