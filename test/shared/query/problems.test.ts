// How a problem of an expression or a pack is shown to its author.
import { excerptOf, formatProblem, type Problem } from '../../../shared/query/problems.ts';

const TEXT = 'title: x\n(troops OR {forcs}) NEAR/3 x\nend';
const START = TEXT.indexOf('{forcs}');

const aProblem = (changes: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  code: 'E_UNKNOWN_SET',
  message: 'unknown set {forcs}',
  path: 'topics/troop.yaml',
  line: 2,
  column: 12,
  excerpt: excerptOf(TEXT, START, START + 7),
  hint: 'did you mean {forces}?',
  ...changes,
});

describe('a problem', () => {
  it('is shown with its place, its line, a caret below what is wrong, and a hint', () => {
    expect(formatProblem(aProblem())).toBe(
      [
        'E_UNKNOWN_SET  topics/troop.yaml:2:12  unknown set {forcs}',
        '  (troops OR {forcs}) NEAR/3 x',
        '             ^^^^^^^  hint: did you mean {forces}?',
      ].join('\n'),
    );
  });

  it('is shown without what it does not have', () => {
    const head = 'E_UNKNOWN_SET  topics/troop.yaml:2:12  unknown set {forcs}';

    expect(formatProblem(aProblem({ excerpt: '', hint: undefined }))).toBe(head);
    expect(formatProblem(aProblem({ excerpt: '' }))).toBe(`${head}\n  hint: did you mean {forces}?`);
    expect(formatProblem(aProblem({ hint: undefined }))).toBe(
      `${head}\n  (troops OR {forcs}) NEAR/3 x\n             ^^^^^^^`,
    );
  });
});

describe('the line of a problem', () => {
  it('is the whole line, be it the first or the last', () => {
    expect(excerptOf(TEXT, 0, 5)).toBe('title: x\n^^^^^');
    expect(excerptOf(TEXT, TEXT.length - 3, TEXT.length)).toBe('end\n^^^');
    expect(excerptOf('', 0, 0)).toBe('\n^');
  });

  it('is the line before where the problem is a line end', () => {
    expect(excerptOf('ab\ncd', 2, 3)).toBe('ab\n  ^');
    expect(excerptOf('ab\ncd', 3, 4)).toBe('cd\n^');
  });

  it('has carets to its end where the problem goes on', () => {
    expect(excerptOf('ab cd\nef', 3, 8)).toBe('ab cd\n   ^^');
  });

  it('is cut sixty units before and behind the place', () => {
    const text = `${'a'.repeat(61)}XY${'b'.repeat(61)}`;

    expect(excerptOf(text, 61, 63)).toBe(`…${'a'.repeat(60)}XY${'b'.repeat(60)}…\n${' '.repeat(61)}^^`);
    expect(excerptOf(text.slice(1, -1), 60, 62)).toBe(`${'a'.repeat(60)}XY${'b'.repeat(60)}\n${' '.repeat(60)}^^`);
  });

  it('has two carets below a wide character, and none below a mark', () => {
    expect(excerptOf('兵 병 é', 0, 1)).toBe('兵 병 é\n^^');
    expect(excerptOf('兵 병 é', 2, 3)).toBe('兵 병 é\n   ^^');
    expect(excerptOf('e\u0301x', 0, 2)).toBe('e\u0301x\n^');
    expect(excerptOf('😀x', 2, 3)).toBe('😀x\n  ^');
    expect(excerptOf('あ、가！ｱ', 4, 5)).toBe('あ、가！ｱ\n        ^');
  });
});
