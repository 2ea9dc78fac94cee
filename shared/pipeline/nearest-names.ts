import { nearest } from '../topics/problems.ts';

/** Longer text is no slip of a name, and would take long to compare. */
const LONGEST_NAME = 64;

/** Up to three of the known names that may have been meant: the nearest one, and those of which only a part was typed. */
export function nearestNames(typed: string, known: readonly string[]): readonly string[] {
  const part = typed.trim().toLowerCase();
  if (part.length > LONGEST_NAME) return [];
  const slip = nearest(part, known);
  const longer = part.length < 3 ? [] : known.filter((name) => name.toLowerCase().includes(part));
  return [...new Set([...(slip === undefined ? [] : [slip]), ...longer])].slice(0, 3);
}
