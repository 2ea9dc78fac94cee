// How the problems of packs are printed: each with its place, but many unknown sets of one file together.
import { formatProblems } from '../../../shared/packs/format-problems.ts';
import type { Problem } from '../../../shared/query/problems.ts';

const problem = (message: string, change: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  code: 'E_UNKNOWN_SET',
  message,
  path: 'combat.yaml',
  line: 3,
  column: 5,
  excerpt: '',
  ...change,
});
const unknown = (...names: readonly string[]): readonly Problem[] =>
  names.map((name) => problem(`unknown set {${name}}`));

it('are printed one by one where they are few', () => {
  expect(formatProblems(unknown('a', 'b', 'c'))).toEqual([
    'E_UNKNOWN_SET  combat.yaml:3:5  unknown set {a}',
    'E_UNKNOWN_SET  combat.yaml:3:5  unknown set {b}',
    'E_UNKNOWN_SET  combat.yaml:3:5  unknown set {c}',
  ]);
});

it('are summed up from the fourth on', () => {
  expect(formatProblems(unknown('a', 'b', 'c', 'd'))).toEqual([
    'E_UNKNOWN_SET  combat.yaml  unknown sets in 4 places: {a}, {b}, {c}, {d}\n  hint: is the pack that defines them missing?',
  ]);
});

it('say once for each file how many unknown sets it has, each name once', () => {
  const other = problem('not closed', { code: 'E_SYNTAX', path: 'treaty.yaml' });

  expect(formatProblems([...unknown('a', 'b', 'a', 'c'), other, ...unknown('a')])).toEqual([
    'E_UNKNOWN_SET  combat.yaml  unknown sets in 5 places: {a}, {b}, {c}\n  hint: is the pack that defines them missing?',
    'E_SYNTAX  treaty.yaml:3:5  not closed',
  ]);
});

it('count each file for itself', () => {
  const elsewhere = unknown('a', 'b').map((each) => ({ ...each, path: 'treaty.yaml' }));

  expect(formatProblems([...unknown('a', 'b', 'c'), ...elsewhere])).toHaveLength(5);
});

it('name eight sets at most', () => {
  expect(formatProblems(unknown(...'abcdefgh'))[0]).toContain('{g}, {h}\n');
  expect(formatProblems(unknown(...'abcdefghij'))[0]).toContain('{g}, {h} and 2 more\n');
});
