// One passage, marked for every place where it is shown.
import { markPassage, passageInAsterisks, passageParts } from '../../../shared/alerts/passage-parts.ts';
import type { Passage } from '../../../shared/model/match.ts';
import { cutAtHighlights } from '../../../shared/model/passage-cuts.ts';

/** `text` with the marked words in brackets; the passage begins at `start` of its article. */
function aPassage(text: string, change: Partial<Passage> = {}): Passage {
  const start = change.start ?? 100;
  const plain = text.replace(/[[\]]/g, '');
  const highlights: [number, number][] = [];
  for (let at = 0, removed = 0; at < text.length; at += 1) {
    if (text[at] === '[') highlights.push([start + at - removed++, 0]);
    if (text[at] === ']') highlights.at(-1)![1] = start + at - removed++;
  }
  return { text: plain, field: 'body', origin: 'article', start, end: start + plain.length, highlights, ...change };
}

const inBrackets = (passage: Passage): string =>
  markPassage(
    passage,
    (text) => text,
    (text) => `[${text}]`,
  );

describe('a passage cut at its highlights', () => {
  it.each(['A [convoy] crossed the [river] at dawn.', '[Convoy] at the [river]', 'Nothing is marked.', '[All of it]'])(
    'is whole, and marks what matched: %s',
    (text) => {
      expect(inBrackets(aPassage(text))).toBe(text);
    },
  );

  it('has no empty parts', () => {
    expect(cutAtHighlights(aPassage('[Convoy][s] came'))).toEqual([
      { text: 'Convoy', marked: true },
      { text: 's', marked: true },
      { text: ' came', marked: false },
    ]);
  });

  it.each([
    ['before the passage', [[90, 95]], 'A convoy came.'],
    ['behind it', [[120, 130]], 'A convoy came.'],
    ['across its beginning', [[90, 101]], '[A] convoy came.'],
    ['across its end', [[109, 130]], 'A convoy [came.]'],
    [
      'over the one before',
      [
        [102, 106],
        [104, 108],
      ],
      'A [conv][oy] came.',
    ],
    [
      'within the one before',
      [
        [102, 108],
        [104, 106],
      ],
      'A [convoy] came.',
    ],
  ] as [string, [number, number][], string][])(
    'keeps to the passage when a highlight lies %s',
    (_where, highlights, expected) => {
      expect(inBrackets(aPassage('A convoy came.', { highlights }))).toBe(expected);
    },
  );

  it.each([
    ['start', '…A [convoy] came.'],
    ['end', 'A [convoy] came.…'],
    ['both', '…A [convoy] came.…'],
  ] as const)('says where it was cut: %s', (cut, expected) => {
    expect(inBrackets(aPassage('A [convoy] came.', { cut }))).toBe(expected);
  });
});

describe('a passage in a mail', () => {
  it('is on one line and free of what turns text around', () => {
    const passage = aPassage('A [con\u202evoy]\n\n  came \u0007.');

    expect(passageParts(passage)).toEqual([
      { text: 'A ', marked: false },
      { text: 'convoy', marked: true },
      { text: ' came .', marked: false },
    ]);
  });

  it('has its matched words between asterisks in plain text', () => {
    expect(passageInAsterisks(aPassage('  A [convoy]\tcame to the [river]. '))).toBe('A *convoy* came to the *river*.');
  });
});
