// Names of elements and attributes, whatever prefix a document chose.
import {
  bindRoot,
  canonicalAttribute,
  canonicalName,
  isUnknownNamespace,
} from '../../../../shared/feeds/reading/names.ts';

const DC = 'http://purl.org/dc/elements/1.1/';
const bound = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));

describe('the name of an element', () => {
  it.each<[raw: string, namespaces: Readonly<Record<string, string>>, name: string]>([
    ['title', {}, 'rss/title'],
    ['TITLE', {}, 'rss/title'],
    ['x:Creator', { x: DC }, 'dc/creator'],
    ['x:creator', { x: ' HTTPS://purl.org/DC/elements/1.1# ' }, 'dc/creator'],
    ['x:creator', { x: 'purl.org/dc/elements/1.1' }, 'dc/creator'],
    ['x:creator', { x: `see ${DC}` }, 'other:x/creator'],
    ['title', { '': 'http://www.w3.org/2005/Atom' }, 'atom/title'],
    ['title', { '': 'http://news.example.org/own' }, 'rss/title'],
    ['dc:creator', {}, 'dc/creator'],
    ['DC:creator', { DC: 'http://news.example.org/misspelt' }, 'dc/creator'],
    ['a10:updated', {}, 'atom/updated'],
    ['own:mood', {}, 'other:own/mood'],
    ['a:b:c', {}, 'other:a/b:c'],
  ])('%s with %j is %s', (raw, namespaces, name) => {
    expect(canonicalName(raw, bound(namespaces), 'rss')).toBe(name);
  });

  it('without a prefix and a namespace is that of the format', () => {
    expect(canonicalName('title', new Map(), 'atom')).toBe('atom/title');
  });
});

it.each<[raw: string, namespaces: Readonly<Record<string, string>>, name: string]>([
  ['HREF', {}, 'href'],
  ['xml:Base', {}, 'xml:base'],
  ['r:About', { r: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' }, 'rdf:about'],
  ['own:Mood', { own: 'http://news.example.org/own' }, 'own:mood'],
  ['xmlns:dc', {}, 'xmlns'],
  ['xmlns', {}, 'xmlns'],
])('the attribute %s with %j is %s', (raw, namespaces, name) => {
  expect(canonicalAttribute(raw, bound(namespaces))).toBe(name);
});

it.each([
  ['rss', 'rss', ''],
  ['RSS', 'rss', ''],
  ['channel', 'rss', ''],
  ['feed', 'atom', ''],
  ['a:entry', 'atom', 'a'],
  ['x:rss', 'rss', 'x'],
] as const)('the root %s binds its prefix to %s', (root, core, prefix) => {
  const uri = core === 'rss' ? 'http://purl.org/rss/1.0/' : 'http://www.w3.org/2005/Atom';
  const declared = bound({ dc: DC, [prefix]: 'http://news.example.org/own' });

  expect(bindRoot(root, declared)).toEqual({ core, namespaces: new Map([...declared, [prefix, uri]]) });
});

it('another root binds nothing', () => {
  const declared = bound({ rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' });

  expect(bindRoot('rdf:RDF', declared)).toEqual({ core: 'rss', namespaces: declared });
});

it.each([
  ['http://news.example.org/own', true],
  [DC, false],
  [' ', false],
  ['', false],
  [undefined, false],
])('the namespace %j is declared and unknown: %s', (uri, isUnknown) => {
  expect(isUnknownNamespace(uri)).toBe(isUnknown);
});
