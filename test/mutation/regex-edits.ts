// What may be changed in a regular expression.

/** Each stands for a part of a pattern outside of classes. */
const PARTS = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!])|[\^$+*?]/gu;

/**
 * The expression with one change each, as source text: an anchor or a quantifier less, a class inverted, lookaround inverted, a flag less, and one that matches
 * nothing at all. Only what still is a valid expression.
 */
export function regexEdits(pattern: string, flags: string): string[] {
  const patterns = [...pattern.matchAll(PARTS)].flatMap(({ 0: part, index }) =>
    changed(part, pattern[index - 1]).map(
      (other) => pattern.slice(0, index) + other + pattern.slice(index + part.length),
    ),
  );
  const edits = [
    ['(?!)', flags],
    ...patterns.map((other) => [other, flags]),
    ...(flags.includes('i') ? [[pattern, flags.replace('i', '')]] : []),
  ];
  return edits.filter(([other = '', kept]) => isValid(other, kept)).map(([other, kept]) => `/${other}/${kept}`);
}

function changed(part: string, before: string | undefined): string[] {
  if (part === '^' || part === '$' || part === '\\b' || part === '\\B') return [''];
  if (part === '+') return [''];
  if (part === '*') return ['+'];
  if (part === '?') return before !== undefined && '+*?}'.includes(before) ? [] : [''];
  if (part.startsWith('[^')) return [`[${part.slice(2)}`];
  if (part.startsWith('[')) return [`[^${part.slice(1)}`];
  if (/^\\[dswDSW]$/.test(part)) return [part.toLowerCase() === part ? part.toUpperCase() : part.toLowerCase()];
  if (part.endsWith('=')) return [`${part.slice(0, -1)}!`];
  if (part.endsWith('!')) return [`${part.slice(0, -1)}=`];
  return [];
}

function isValid(pattern: string, flags: string | undefined): boolean {
  try {
    new RegExp(pattern, flags);
    return pattern !== '';
  } catch {
    return false;
  }
}
