import { counted } from '../../../shared/core/counted.ts';

it.each([
  [counted(0, 'alert'), '0 alerts'],
  [counted(1, 'alert'), '1 alert'],
  [counted(2, 'alert'), '2 alerts'],
  [counted(4_980, 'alert'), '4,980 alerts'],
  [counted(1, 'entry', 'entries'), '1 entry'],
  [counted(2, 'entry', 'entries'), '2 entries'],
])('a number of things in words: %s', (words, expected) => {
  expect(words).toBe(expected);
});
