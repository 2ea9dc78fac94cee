// Passages on the terminal: the matched words marked, nothing of a foreign text raw.
import { passageInLine, passageLines, publicPassages } from '../../cli/passages.ts';
import type { Passage } from '../../shared/model/match.ts';

/** Ten characters into its text: `convoy` and `river` are what matched. */
const PASSAGE: Passage = {
  text: 'A convoy\u001b crossed the river.',
  field: 'body',
  origin: 'feed',
  start: 10,
  end: 38,
  highlights: [
    [12, 18],
    [32, 37],
  ],
};

it('a passage in a line has asterisks around its words, or colour', () => {
  expect(passageInLine(PASSAGE, false)).toBe('A *convoy*\ufffd crossed the *river*.');
  expect(passageInLine(PASSAGE, true)).toBe(
    'A \u001b[1;33mconvoy\u001b[0m\ufffd crossed the \u001b[1;33mriver\u001b[0m.',
  );
});

it('a passage that was cut says where', () => {
  expect((['start', 'end', 'both'] as const).map((cut) => passageInLine({ ...PASSAGE, cut }, false))).toEqual([
    '…A *convoy*\ufffd crossed the *river*.',
    'A *convoy*\ufffd crossed the *river*.…',
    '…A *convoy*\ufffd crossed the *river*.…',
  ]);
});

it('passages have a line each, with where they come from and their place there', () => {
  const whole: Passage = {
    ...PASSAGE,
    text: 'Convoy',
    field: 'title',
    origin: 'article',
    start: 0,
    end: 6,
    highlights: [[0, 6]],
  };

  expect(passageLines([PASSAGE, whole], { color: false })).toBe(
    '  feed 10–38  A «convoy»\ufffd crossed the «river».\n  title 0–6  «Convoy»\n',
  );
  expect(passageLines([whole], { color: true })).toBe('  title 0–6  \u001b[1mConvoy\u001b[22m\n');
  expect(passageLines([], { color: true })).toBe('');
});

it('programs get passages without the marks of a cut', () => {
  const some = [PASSAGE, PASSAGE];

  expect(publicPassages(some)).toBe(some);
  expect(publicPassages([PASSAGE, { ...PASSAGE, cut: 'end' }])).toEqual(some);
  expect(publicPassages([{ ...PASSAGE, cut: 'end' }])[0]).not.toHaveProperty('cut');
});
