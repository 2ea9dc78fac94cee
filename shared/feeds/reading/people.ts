// Names of authors and of categories.
import { attributeOf, childrenOf, type Element, textOf } from './element.ts';
import { cut, LONGEST_LINE, lineOf, plainLine } from './plain-text.ts';

const MOST_NAMES = 100;
const NOBODY: readonly string[] = [];
const NAMES = ['atom/name', 'rss/name', 'itunes/name'];
/** Placeholders for a missing name. The address of a page is not a name. */
const ADDRESSES = ['atom/email', 'rss/email', 'itunes/email'];
const WEB_ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i;
const ADDRESS = /^[^\s@<>()]+@[^\s@<>()]+$/;

/** By these elements, in the order of the document, each once; empty when there are none. */
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
  const names = NAMES.flatMap((part) => childrenOf(person, part));
  for (const name of names) {
    const line = lineOf(name, true);
    if (line !== null) return asName(line);
  }
  // An empty name is not an author.
  if (names.length > 0) return null;
  for (const part of ADDRESSES) {
    const line = lineOf(childrenOf(person, part)[0], true);
    if (line !== null) return asName(line);
  }
  return nameIn(textOf(person) || attributeOf(person, 'name') || '');
}

function nameIn(written: string): string | null {
  const text = cut(written, LONGEST_LINE);
  if (/^[\w ]*$/.test(text)) return text.trim() || null;
  // An address in angle brackets is not a tag.
  const line = plainLine(text.replace(/<([^\s<>@]+@[^\s<>@]+)>/g, '($1)'), 'unknown');
  return line === null ? null : asName(line);
}

/** Without the mail address that some write next to the name, or its scheme; null for the address of a page. */
export function asName(line: string): string | null {
  const name = withoutAddress(line).replace(/^mailto:\s{0,9}/i, '');
  return name === '' || WEB_ADDRESS.test(name) ? null : name;
}

function withoutAddress(line: string): string {
  const [, before = '', inside = ''] = /^([^()]*)\(([^()]*)\)\s*$/.exec(line) ?? [];
  const outer = before.trim().replace(/^mailto:/i, '');
  const inner = inside.trim().replace(/^mailto:/i, '');
  if (ADDRESS.test(outer) && inner !== '') return inner;
  if (ADDRESS.test(inner) && outer !== '') return outer.replace(/^"(.*)"$/, '$1');
  return line;
}

/** The categories in these elements, each once. Label and term both count, since they may be in different languages. */
export function categoriesOf(element: Element, names: readonly string[]): readonly string[] {
  const labels: (string | null)[] = [];
  for (const name of names) {
    for (const category of childrenOf(element, name).slice(0, MOST_NAMES)) {
      if (!name.endsWith('keywords')) {
        labels.push(...labelsOf(category));
        for (const narrower of childrenOf(category, name).slice(0, MOST_NAMES)) labels.push(...labelsOf(narrower));
      } else for (const word of textOf(category).split(',', MOST_NAMES)) labels.push(plainLine(word, 'unknown'));
    }
  }
  return distinct(labels);
}

function labelsOf(category: Element): readonly (string | null)[] {
  if (typeof category === 'string') return [plainLine(category, 'unknown')];
  const written = [attributeOf(category, 'label'), textOf(category), attributeOf(category, 'term')].filter(Boolean);
  const labels = written.length > 0 ? written : [attributeOf(category, 'text')];
  return labels.map((text) => plainLine(text ?? '', 'unknown'));
}

export function distinct(names: readonly (string | null)[]): readonly string[] {
  if (names.length === 0) return NOBODY;
  return [...new Set(names.filter((name) => name !== null))].slice(0, MOST_NAMES);
}
