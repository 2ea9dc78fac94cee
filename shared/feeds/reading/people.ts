// Names of authors and of categories.
import { attributeOf, childrenOf, type Element, textOf } from './element.ts';
import { cut, LONGEST_LINE, lineOf, plainLine } from './plain-text.ts';

const MOST_NAMES = 100;
const NOBODY: readonly string[] = [];
/** Of a person, the telling ones first. */
const PARTS =
  'atom/name rss/name itunes/name atom/email rss/email itunes/email atom/uri atom/url rss/uri rss/url'.split(' ');
const ADDRESS = /^[^\s@<>()]+@[^\s@<>()]+$/;

/** By these elements, in the order of the document, each once; empty when nobody is named. */
export function authorsOf(element: Element, names: readonly string[]): readonly string[] {
  const authors: (string | null)[] = [];
  for (const name of names) {
    for (const person of childrenOf(element, name).slice(0, MOST_NAMES)) authors.push(nameOf(person));
  }
  return distinct(authors);
}

/** A person with parts, as in Atom, or a line, as in RSS: "desk@example.org (Foreign desk)" is the foreign desk. */
function nameOf(person: Element): string | null {
  if (typeof person === 'string') return nameIn(person);
  for (const part of PARTS) {
    const line = lineOf(childrenOf(person, part)[0], true);
    if (line !== null) return line;
  }
  return nameIn(textOf(person) || attributeOf(person, 'name') || '');
}

function nameIn(written: string): string | null {
  const text = cut(written, LONGEST_LINE);
  if (/^[\w ]*$/.test(text)) return text.trim() || null;
  // An address in angle brackets is not a tag.
  const line = plainLine(text.replace(/<([^\s<>@]+@[^\s<>@]+)>/g, '($1)'), 'unknown');
  return line === null ? null : withoutAddress(line);
}

function withoutAddress(line: string): string {
  const [, before = '', inside = ''] = /^([^()]*)\(([^()]*)\)\s*$/.exec(line) ?? [];
  const outer = before.trim().replace(/^mailto:/i, '');
  const inner = inside.trim().replace(/^mailto:/i, '');
  if (ADDRESS.test(outer) && inner !== '') return inner;
  if (ADDRESS.test(inner) && outer !== '') return outer.replace(/^"(.*)"$/, '$1');
  return line;
}

/** By these elements, labels before terms, each once. */
export function categoriesOf(element: Element, names: readonly string[]): readonly string[] {
  const labels: (string | null)[] = [];
  for (const name of names) {
    for (const category of childrenOf(element, name).slice(0, MOST_NAMES)) {
      if (!name.endsWith('keywords')) {
        labels.push(plainLine(labelOf(category), 'unknown'));
        for (const narrower of childrenOf(category, name).slice(0, MOST_NAMES))
          labels.push(plainLine(labelOf(narrower), 'unknown'));
      } else for (const word of textOf(category).split(',', MOST_NAMES)) labels.push(plainLine(word, 'unknown'));
    }
  }
  return distinct(labels);
}

const labelOf = (category: Element): string =>
  attributeOf(category, 'label')?.trim() ||
  textOf(category).trim() ||
  attributeOf(category, 'term') ||
  attributeOf(category, 'text') ||
  '';

export function distinct(names: readonly (string | null)[]): readonly string[] {
  if (names.length === 0) return NOBODY;
  return [...new Set(names.filter((name) => name !== null))].slice(0, MOST_NAMES);
}
