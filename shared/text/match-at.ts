// Sticky patterns (flag y) tried at one place of a text.

export function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export const matchesAt = (pattern: RegExp, text: string, at: number): boolean => execAt(pattern, text, at) !== null;

/** Where a match at `at` ends; `at` when there is none. */
export const endOf = (pattern: RegExp, text: string, at: number): number =>
  at + (execAt(pattern, text, at)?.[0].length ?? 0);
