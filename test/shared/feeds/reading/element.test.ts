// What an element holds, and the language that it states.
import { attributeOf, childrenOf, isBlank, textOf } from '../../../../shared/feeds/reading/element.ts';
import { languageTag } from '../../../../shared/feeds/reading/language-tag.ts';

it('an element has text, attributes and children; a bare text has nothing else', () => {
  const element = { _: 'text', $: { href: '/a' }, 'rss/link': ['one', 'two'] };

  expect([textOf(element), textOf('bare'), textOf({}), textOf(undefined)]).toEqual(['text', 'bare', '', '']);
  expect([attributeOf(element, 'href'), attributeOf(element, 'rel'), attributeOf('bare', 'href')]).toEqual([
    '/a',
    null,
    null,
  ]);
  expect([childrenOf(element, 'rss/link'), childrenOf(element, 'rss/title'), childrenOf('bare', 'length')]).toEqual([
    ['one', 'two'],
    [],
    [],
  ]);
  expect(childrenOf(element, '_')).toEqual([]);
});

it.each([
  ['', true],
  [' \n', true],
  ['text', false],
  [{}, true],
  [{ _: ' ' }, true],
  [{ _: 'text' }, false],
  [{ $: { href: '/a' } }, false],
  [{ 'rss/a': [' ', { 'rss/b': [''] }] }, true],
  [{ 'rss/a': ['', { 'rss/b': ['text'] }] }, false],
])('%j is blank: %s', (element, blank) => {
  expect(isBlank(element)).toBe(blank);
});

it.each([
  ['en', 'en'],
  [' pt_BR ', 'pt-BR'],
  ['de_DE.UTF-8', 'de-DE'],
  ['gsw-CH', 'gsw-CH'],
  ['zh-Hant-TW-x-a-b-c', 'zh-Hant-TW-x-a-b-c'],
  ['zh-Hant-TW-x-a-b-c-d', null],
  ['en-abcdefgh', 'en-abcdefgh'],
  ['en-abcdefghi', null],
  ['e', null],
  ['engl', null],
  ['English', null],
  ['und', null],
  ['MUL', null],
  ['zxx-Latn', null],
  ['undx', null],
  ['', null],
  [null, null],
  [undefined, null],
])('the language stated as %j is %j', (written, tag) => {
  expect(languageTag(written)).toBe(tag);
});
