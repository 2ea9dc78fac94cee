// Where names, tags and comments end.
import {
  endOfBareTag,
  endOfName,
  isSign,
  localOf,
  skipSpace,
  withoutComments,
} from '../../../../shared/feeds/reading/signs.ts';

it.each([
  ['title', 'title'],
  ['dc:Creator', 'creator'],
  ['a:b:c', 'b:c'],
])('the local name of %s is %s', (name, local) => {
  expect(localOf(name)).toBe(local);
});

it.each(['=', '"', "'"])('%s ends a name where none should', (sign) => {
  expect(isSign(sign.charCodeAt(0))).toBe(true);
});

it.each(['a', '>', '/', ' ', '!', '&', '<'])('%j is no such sign', (sign) => {
  expect(isSign(sign.charCodeAt(0))).toBe(false);
});

it.each([
  ['a', 0],
  [' \t\n\v\f\ra', 6],
  ['\ba', 0],
  ['\u000ea', 0],
  ['\u00a0a', 0],
  ['  ', 2],
])('white space before %j is skipped to %d', (text, at) => {
  expect(skipSpace(text, 0)).toBe(at);
});

it.each([
  ['title>', 5],
  ['title/>', 5],
  ['title<', 5],
  ['title=', 5],
  ['title"', 5],
  ["title'", 5],
  ['title x', 5],
  ['title\n', 5],
  ['title', 5],
  ['Zz:_-.7', 7],
  ['_x', 2],
  ['übung ', 5],
  ['À', 1],
  ['a&', 2],
  ['¿x', 0],
  ['7x', 0],
  ['-x', 0],
  ['@x', 0],
  ['[x', 0],
  ['`x', 0],
  ['{x', 0],
  ['\ufffex', 0],
  ['', 0],
])('a name in %j ends at %d', (text, end) => {
  expect(endOfName(text, 0)).toBe(end);
});

it.each([
  ['a>b', 2],
  ['a<b>', 1],
  ['a', -1],
  ['>', 1],
  ['', -1],
])('a tag without quotes in %j ends at %d', (text, end) => {
  expect(endOfBareTag(text, 0)).toBe(end);
});

it.each([
  ['a<!-- b -->c', 'ac'],
  ['a<!-- b -->c<!-- d -->e', 'ace'],
  ['<!---->a', 'a'],
  ['a<!-->b', 'a'],
  ['a<!-- b <c>', 'a<c>'],
  ['a<!-- b <!-- c', 'a'],
  ['a<!-- b --><!-- c <d>', 'a<d>'],
  ['no comment', 'no comment'],
])('without comments, %j is %j', (text, rest) => {
  expect(withoutComments(text)).toBe(rest);
});
