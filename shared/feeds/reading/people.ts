// Names of authors and of categories.
import { attributeOf, childrenOf, type Element, textOf } from './element.ts';
import { AUTHORS, CATEGORIES } from './fields.ts';
import { lineOf, plainLine } from './plain-text.ts';

const MOST_NAMES = 100;
const ADDRESS = /^[^\s@<>()]+@[^\s@<>()]+$/;

/** In the order of the document, each once; empty when nobody is named. */
export const authorsOf = (element: Element): readonly string[] =>
  distinct(AUTHORS.flatMap((name) => childrenOf(element, name).slice(0, MOST_NAMES).map(nameOf)));

/** A person with parts, as in Atom, or a line, as in RSS: "desk@example.org (Foreign desk)" is the foreign desk. */
function nameOf(person: Element): string | null {
  for (const part of [
    'atom:name',
    'rss:name',
    'atom:email',
    'rss:email',
    'atom:uri',
    'atom:url',
    'rss:uri',
    'rss:url',
  ]) {
    const line = lineOf(childrenOf(person, part)[0], true);
    if (line !== null) return line;
  }
  const text = textOf(person) || attributeOf(person, 'name') || '';
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

/** Labels before terms, each once. */
export const categoriesOf = (element: Element): readonly string[] =>
  distinct(
    CATEGORIES.flatMap((name) =>
      childrenOf(element, name)
        .slice(0, MOST_NAMES)
        .flatMap((category) => (name.endsWith('keywords') ? textOf(category).split(',') : [labelOf(category)]))
        .map((label) => plainLine(label, 'unknown')),
    ),
  );

const labelOf = (category: Element): string =>
  attributeOf(category, 'label')?.trim() || textOf(category).trim() || attributeOf(category, 'term') || '';

export function distinct(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== null))].slice(0, MOST_NAMES);
}
