import { splitWordList } from '../../../shared/packs/word-lists.ts';

it.each([
  ['troops', ['troops']],
  ['troops, soldiers ,"armed forces"', ['troops', 'soldiers', '"armed forces"']],
  ['"one, two", three', ['"one, two"', 'three']],
  ['(a OR b), 2 OF (a, b), num(1..2)', ['(a OR b)', '2 OF (a, b)', 'num(1..2)']],
  ['~"armed force",\n  =US', ['~"armed force"', '=US']],
  [' , ,a,, ', ['a']],
  ['', []],
  ['"a, b', ['"a, b']],
  ['(a, b', ['(a, b']],
  ['"a)", (b, c)', ['"a)"', '(b, c)']],
])('the words of %j', (list, words) => {
  const found = splitWordList(list);

  expect(found.map(({ text }) => text)).toEqual(words);
  for (const { text, start } of found) expect(list.slice(start, start + text.length)).toBe(text);
});
