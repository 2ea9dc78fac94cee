// The same topics as one regular expression each: what somebody writes who has no engine.
import type { Query } from './matching-material.ts';

const FORM = '(?:s|ed|ing)?';
const GAP = '[^\\p{L}\\p{N}\\n]+';

/** Looks for the query in a text whose paragraphs are apart by line ends. */
export function toRegularExpression(query: Query): RegExp {
  return new RegExp(`^${condition(query)}`, 'isu');
}

function condition(query: Query): string {
  if (query.kind === 'and') return condition(query.left) + condition(query.right);
  if (query.kind === 'and-not') return `${condition(query.left)}(?!.*?${place(query.right)})`;
  return `(?=.*?${place(query)})`;
}

function place(query: Query): string {
  switch (query.kind) {
    case 'any':
      return `(?<![\\p{L}\\p{N}])(?:${query.lemmas.join('|')})${FORM}(?![\\p{L}\\p{N}])`;
    case 'prefix':
      return `(?<![\\p{L}\\p{N}])${query.letters}[\\p{L}\\p{N}]*`;
    case 'adjacent':
      return query.lemmas.map((lemma) => place({ kind: 'any', lemmas: [lemma] })).join(GAP);
    case 'near': {
      const between = `(?:${GAP}[\\p{L}\\p{N}]+){0,${query.gap}}?${GAP}`;
      const [left, right] = [place(query.left), place(query.right)];
      return `(?:${left}${between}${right}|${right}${between}${left})`;
    }
    default:
      throw new Error(`${query.kind} inside of a place`);
  }
}
