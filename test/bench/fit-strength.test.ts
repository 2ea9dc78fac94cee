// The fit of the weights of strength: what it learns from judged matches, what it leaves alone, and what it reports.
import { fitReport, type JudgedMatch, judgedIn, reportInWords } from '../../bench/fit-strength.ts';
import { fitWeights } from '../../bench/logistic.ts';
import { WEIGHTS } from '../../shared/matching/strength/weights.ts';
import type { MatchFeatures } from '../../shared/model/strength.ts';
import { someFeatures } from '../support/builders.ts';

const OPTIONS = { seed: 1, pull: 1 };
const judged = (
  count: number,
  verdict: JudgedMatch['verdict'],
  change: Partial<MatchFeatures>,
): readonly JudgedMatch[] => Array.from({ length: count }, () => ({ verdict, features: someFeatures(change) }));
const fittedOf = (some: readonly JudgedMatch[], name: string): number =>
  fitReport(some, OPTIONS).table.find((each) => each.name === name)!.fitted;

describe('the weights that fit labels best', () => {
  it('give each group of rows the share of its labels', () => {
    const rows = [
      ...Array.from({ length: 4 }, (_, at) => ({ values: [1, 0], label: at === 0 ? 1 : 0 })),
      ...Array.from({ length: 4 }, (_, at) => ({ values: [1, 1], label: at === 0 ? 0 : 1 })),
    ];

    const [start = 0, more = 0] = fitWeights(rows, { from: [0, 0], pull: 0 });

    expect(start).toBeCloseTo(Math.log(1 / 3), 3);
    expect(start + more).toBeCloseTo(Math.log(3), 3);
  });

  it('stay nearer to where they began the harder they are pulled', () => {
    const rows = [
      { values: [1], label: 1 },
      { values: [1], label: 1 },
    ];
    const pulled = (pull: number) => fitWeights(rows, { from: [0], pull })[0]!;

    expect(pulled(100)).toBeGreaterThan(0);
    expect(pulled(100)).toBeLessThan(pulled(10));
    expect(fitWeights([], { from: [7], pull: 1 })).toEqual([7]);
  });
});

describe('the fit of judged matches', () => {
  const some = [
    ...judged(20, 'right', { rules: 4 }),
    ...judged(5, 'arguable', { rules: 2 }),
    ...judged(20, 'wrong', { rules: 1, prominence: 'body', density: 0 }),
  ];

  it('raises what right matches have and wrong ones lack', () => {
    expect(fittedOf(some, 'rules')).toBeGreaterThan(WEIGHTS.rules.weight);
    expect(fittedOf(some, 'start')).toBeLessThan(WEIGHTS.start.weight);
  });

  it('leaves rules alone, and learns nothing from matches that a rule decides', () => {
    const ruled = judged(50, 'wrong', { rules: 4, time: 'background' });

    expect(fitReport([...some, ...ruled], OPTIONS).table).toEqual(fitReport(some, OPTIONS).table);
    expect(fittedOf(ruled, 'background')).toBe(WEIGHTS.background.weight);
  });

  it('counts what is at each threshold or above, with the present table and on parts that were left out', () => {
    const { rows, present, crossValidated } = fitReport(some, OPTIONS);

    expect(rows).toBe(45);
    expect(present).toEqual([
      { at: 'fair', matches: 25, right: 20, rightOrArguable: 25, ofRight: 20 },
      { at: 'strong', matches: 25, right: 20, rightOrArguable: 25, ofRight: 20 },
    ]);
    expect(crossValidated.map(({ at, right, ofRight }) => ({ at, right, ofRight }))).toEqual([
      { at: 'fair', right: 20, ofRight: 20 },
      { at: 'strong', right: 20, ofRight: 20 },
    ]);
  });

  it('is the same for the same seed', () => {
    expect(fitReport(some, OPTIONS)).toEqual(fitReport(some, OPTIONS));
  });

  it('is reported as a table and two lines of figures each', () => {
    const lines = reportInWords(fitReport(some, OPTIONS)).split('\n');

    expect(lines[0]).toBe('45 judged matches');
    expect(lines.find((line) => line.startsWith('background'))).toMatch(/^background +-10\.00 +-10\.00$/);
    expect(lines).toContain(
      '  strong or above: 25 matches, right 80.0 %, right or arguable 100.0 %, recall of the right ones 100.0 %',
    );
    expect(reportInWords(fitReport([], OPTIONS))).toContain('0 matches, right –');
  });
});

describe('a file of judged matches', () => {
  const line = JSON.stringify({ id: 'a', topic: 't', verdict: 'right', features: someFeatures() });

  it('is read line by line, blank ones passed over', () => {
    expect(judgedIn(`${line}\n\n${line}\n`)).toEqual(judged(2, 'right', {}));
  });

  it.each(['{"verdict":"maybe","features":{}}', '{"verdict":"right"}', '{"features":{}}'])(
    'is refused with the number of a line such as %s',
    (wrong) => {
      expect(() => judgedIn(`${line}\n${wrong}`)).toThrow(
        'line 2: expected a verdict (right, arguable, wrong) and features',
      );
    },
  );
});
