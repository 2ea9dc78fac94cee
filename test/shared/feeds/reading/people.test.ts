// Names of authors and categories.
import type { Element } from '../../../../shared/feeds/reading/element.ts';
import { asName, authorsOf, categoriesOf, distinct } from '../../../../shared/feeds/reading/people.ts';

const authors = (...people: readonly Element[]) => authorsOf({ 'rss/author': people }, ['rss/author']);
const categories = (...all: readonly Element[]) => categoriesOf({ 'rss/category': all }, ['rss/category']);

describe('an author', () => {
  it.each<[written: Element, name: string | undefined]>([
    ['Foreign desk', 'Foreign desk'],
    [' Foreign  desk\n', 'Foreign desk'],
    ['Desk, Foreign', 'Desk, Foreign'],
    ['Fish &amp; chips', 'Fish & chips'],
    ['desk@example.org (Foreign desk)', 'Foreign desk'],
    ['mailto:desk@example.org (Foreign desk)', 'Foreign desk'],
    ['Foreign desk (desk@example.org)', 'Foreign desk'],
    ['"Desk, Foreign" (mailto:desk@example.org)', 'Desk, Foreign'],
    ['Foreign desk <desk@example.org>', 'Foreign desk'],
    ['Foreign desk (Paris)', 'Foreign desk (Paris)'],
    ['desk@example.org ()', 'desk@example.org ()'],
    ['(desk@example.org)', '(desk@example.org)'],
    ['desk@example.org', 'desk@example.org'],
    ['mailto: desk@example.org', 'desk@example.org'],
    ['https://news.example.org/desk', undefined],
    ['www.example.org', undefined],
    ['see www.example.org', 'see www.example.org'],
    ['', undefined],
    [' ', undefined],
    [{ 'atom/name': ['Foreign desk'], 'atom/email': ['desk@example.org'] }, 'Foreign desk'],
    [{ 'rss/name': ['Foreign desk'] }, 'Foreign desk'],
    [{ 'itunes/name': ['', 'Foreign desk'] }, 'Foreign desk'],
    [{ 'atom/name': [''], 'atom/email': ['desk@example.org'] }, undefined],
    [{ 'atom/name': ['https://news.example.org/'] }, undefined],
    [{ 'atom/email': ['desk@example.org'] }, 'desk@example.org'],
    [{ 'rss/email': ['desk@example.org'] }, 'desk@example.org'],
    [{ 'itunes/email': ['desk@example.org'] }, 'desk@example.org'],
    [{ _: 'Foreign desk', $: { name: 'other' } }, 'Foreign desk'],
    [{ $: { name: 'Foreign desk' } }, 'Foreign desk'],
    [{ $: {} }, undefined],
  ])('written %j is %s', (written, name) => {
    expect(authors(written)[0]).toBe(name);
  });

  it('is named once, in the order of the elements, a hundred at most', () => {
    const element = { 'rss/author': ['B', 'A', 'B'], 'dc/creator': ['C', 'A'] };

    expect(authorsOf(element, ['rss/author', 'dc/creator'])).toEqual(['B', 'A', 'C']);
    expect(authorsOf(element, ['dc/creator', 'rss/author'])).toEqual(['C', 'A', 'B']);
    expect(authors(...Array.from({ length: 101 }, (_, n) => `${n}`))).toHaveLength(100);
    expect(authors()).toEqual([]);
  });
});

it.each<[line: string, name: string | null]>([
  ['Foreign desk', 'Foreign desk'],
  ['MAILTO:desk@example.org', 'desk@example.org'],
  ['HTTP://news.example.org', null],
  ['mailto:', null],
])('the line %j names %j', (line, name) => {
  expect(asName(line)).toBe(name);
});

describe('a category', () => {
  it.each<[written: Element, names: readonly string[]]>([
    [' Harbour  news ', ['Harbour news']],
    ['', []],
    [{ $: { term: 'harbour', label: 'Hafen' }, _: 'Port' }, ['Hafen', 'Port', 'harbour']],
    [{ $: { term: 'harbour' } }, ['harbour']],
    [{ $: { text: 'Harbour' } }, ['Harbour']],
    [{ $: { text: 'Sea', term: 'harbour' } }, ['harbour']],
    [{ $: { text: 'Sea' }, 'rss/category': [{ $: { text: 'Harbour' } }] }, ['Sea', 'Harbour']],
    [{}, []],
  ])('written %j is %j', (written, names) => {
    expect(categories(written)).toEqual(names);
  });

  it('is each of the words of a list, and is named once', () => {
    const element = { 'media/keywords': ['sea, harbour ,, sea'], 'rss/category': ['a, b'] };

    expect(categoriesOf(element, ['media/keywords', 'rss/category'])).toEqual(['sea', 'harbour', 'a, b']);
    expect(categories(...Array.from({ length: 101 }, (_, n) => `${n}`))).toHaveLength(100);
  });
});

it('names are listed once each, a hundred at most, without those that are missing', () => {
  expect(distinct(['a', null, 'b', 'a'])).toEqual(['a', 'b']);
  expect(distinct([])).toEqual([]);
  expect(distinct(Array.from({ length: 101 }, (_, n) => `${n}`))).toHaveLength(100);
});
