// The mutation run itself: which mutants it makes and picks, and that it tells a fault which tests notice from one which they cannot.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findEquivalent } from './equivalent.ts';
import { applyMutant, isWellFormed, mutantsOf } from './mutate-source.ts';
import { nearByName, readImporters, relatedTests } from './related-tests.ts';
import { describeMutant, summary } from './report.ts';
import { sampleMutants } from './sample.ts';
import { readTestCosts } from './test-costs.ts';
import { tryMutant } from './try-mutant.ts';
import { openWorkbench } from './workbench.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const AGE = `
/** Whether someone may vote. */
export function mayVote(age: number): boolean {
  return age >= 18;
}
export const sorted = (ages: readonly number[]): number[] => [...ages].sort((a, b) => a - b);
`;
const AGE_TEST = `
import { mayVote, sorted } from '../shared/age.ts';

it('knows who may vote', () => {
  expect([17, 18].map(mayVote)).toEqual([false, true]);
});

it('sorts', () => {
  expect(sorted([3, 1, 2, 2])).toEqual([1, 2, 2, 3]);
});
`;

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
});
afterEach(() => rmSync(project, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

/** A project with one source file and its test, on the packages and the Jest configuration of this one. */
function makeProject(): void {
  const helpers = ['strip-types', 'plain-globals', 'processes-first'].map((name) => `test/support/${name}.mjs`);
  for (const file of ['package.json', 'jest.config.mjs', ...helpers]) {
    cpSync(join(ROOT, file), join(project, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'), 'dir');
  write('.gitignore', 'node_modules\n');
  write('shared/age.ts', AGE);
  write('test/age.test.ts', AGE_TEST);
  execFileSync('git', ['init', '--quiet'], { cwd: project });
}

const changesOf = (source: string): string[] =>
  mutantsOf('a.ts', source).map((mutant) => `${mutant.kind}: ${applyMutant(source, mutant)}`);

describe('the mutants of a file', () => {
  it.each([
    ['x = a < b;', ['statement: ;', 'comparison: x = a <= b;', 'comparison: x = a >= b;']],
    ['x = a && b;', ['statement: ;', 'logical: x = a || b;']],
    ['x = a ?? b;', ['statement: ;', 'default: x = (a);', 'default: x = (b);']],
    ['x = 2;', ['statement: ;', 'number: x = (1);', 'number: x = 3;']],
    ["x = '';", ['statement: ;', "string: x = 'mutated';"]],
    ['x = a?.b;', ['statement: ;', 'optional chaining: x = a.b;']],
    ['x = a?.[b];', ['statement: ;', 'optional chaining: x = a[b];']],
    ['x = a.trim();', ['statement: ;', 'call: x = (a);']],
    ['x = a.some(b);', ['statement: ;', 'method: x = a.every(b);']],
    ['x = { a, b };', ['statement: ;', 'property: x = { b };', 'property: x = { a };']],
    [
      'x = /^a+$/u;',
      ['statement: ;', 'regex: x = /(?!)/u;', 'regex: x = /^a$/u;', 'regex: x = /^a+/u;', 'regex: x = /a+$/u;'],
    ],
    ['if (a) throw b;', ['condition: if (false) throw b;', 'condition: if (true) throw b;', 'statement: if (a) ;']],
    ['const f = () => { return a; };', ['return: const f = () => { return undefined; };']],
    ['for (;;) a++;', ['statement: for (;;) ;', 'arithmetic: for (;;) a--;']],
  ])('%s', (source, changes) => {
    expect(changesOf(source).toSorted()).toEqual(changes.toSorted());
  });

  it('spare types, imports, names of properties and the entries of long lists', () => {
    const entries = Array.from({ length: 13 }, (_, index) => `'word ${index}'`);

    expect(changesOf(`import a from 'a';\ntype B = 'b' | 1;\nconst c = { 'd-e': f } as { g: 'h' };`)).toHaveLength(1);
    expect(changesOf(`const words = [${entries}];`)).toEqual(['list: const words = [];']);
    expect(changesOf(`const words = [${entries.slice(1)}];`)).toHaveLength(13);
  });

  it('know their lines', () => {
    expect(mutantsOf('a.ts', '\n\nx(1);\n  y();\n').map(({ line }) => line)).toEqual([3, 3, 3, 4]);
  });

  it('count only where the file can still be read', () => {
    const [mutant] = mutantsOf('a.ts', 'x = a < b;').filter(({ kind }) => kind === 'comparison');
    if (!mutant) throw new Error('no mutant');

    expect(isWellFormed('x = a < b;', mutant)).toBe(true);
    expect(isWellFormed('x = a < b;', { ...mutant, replacement: '<=>' })).toBe(false);
  });
});

describe('a sample', () => {
  it('is the same for the same seed, another for another, and begins like a larger one', () => {
    const sample = sampleMutants(ROOT, ['shared/query', 'shared/net'], 20, 7);

    expect(sample).toHaveLength(20);
    expect(new Set(sample.map(({ file, line }) => `${file}:${line}`)).size).toBe(20);
    expect(sampleMutants(ROOT, ['shared/query', 'shared/net'], 20, 7)).toEqual(sample);
    expect(sampleMutants(ROOT, ['shared/query', 'shared/net'], 5, 7)).toEqual(sample.slice(0, 5));
    expect(sampleMutants(ROOT, ['shared/query', 'shared/net'], 20, 8)).not.toEqual(sample);
  });

  it('ends with the last line that can be changed', () => {
    write('shared/age.ts', AGE);

    expect(
      sampleMutants(project, ['shared'], 100, 1)
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual([4, 6]);
  });
});

describe('the tests of a file', () => {
  it('are those that import it, however indirectly, but not for its types alone', () => {
    write('shared/a.ts', '');
    write('shared/b.ts', "import { a } from './a.ts';");
    write('shared/c.ts', "import type { A } from './a.ts';");
    write('test/a.test.ts', "import { a } from '../shared/a.ts';");
    write('test/b.test.ts', "import {\n  b,\n} from '../shared/b.ts';");
    write('test/lazy.test.ts', "const { b } = await import('../shared/b.ts');");
    write('test/c.test.ts', "import { c } from '../shared/c.ts';");

    expect(Object.fromEntries(relatedTests(readImporters(project), 'shared/a.ts'))).toEqual({
      'test/a.test.ts': 1,
      'test/b.test.ts': 2,
      'test/lazy.test.ts': 2,
    });
  });

  it('are near when they stand under its path, name the file or are called after its folder, whatever lies between', () => {
    const texts: Readonly<Record<string, string>> = {
      'test/cli/feeds.test.ts': "run('feeds', 'import')",
      'test/import-export.test.ts': 'import',
      'test/cli/opml.test.ts': "run('feeds', 'import', file)",
      'test/cli/topics.test.ts': 'import',
      'test/cli/feeds-add.test.ts': 'important',
      'test/direct.test.ts': "import '../cli/commands/feeds/import.ts'",
      'test/cli/commands/feeds/import.test.ts': '',
    };
    const related = new Map(Object.keys(texts).map((test) => [test, test.includes('direct') ? 1 : 5]));

    expect([...nearByName(related, 'cli/commands/feeds/import.ts', (test) => texts[test] ?? '').values()]).toEqual([
      2, 2, 2, 5, 3, 1, 0,
    ]);
  });

  it('include those that run the command', () => {
    expect(relatedTests(readImporters(ROOT), 'cli/main.ts').get('test/acceptance/start.test.ts')).toBeDefined();
  });
});

describe('a trial', () => {
  async function verdictOn(kind: string, replacement: string): Promise<string> {
    const mutant = mutantsOf('shared/age.ts', AGE).find((one) => one.kind === kind && one.replacement === replacement);
    if (!mutant) throw new Error(`no mutant "${replacement}"`);
    const workbench = openWorkbench(project);
    try {
      const trial = {
        workbench,
        costs: readTestCosts(join(project, 'costs.json')),
        failing: new Map(),
        budgetMs: 60_000,
      };
      const { outcome, by } = await tryMutant(mutant, relatedTests(readImporters(project), mutant.file), trial);
      return by === null ? outcome : `${outcome} by ${by}`;
    } finally {
      workbench.remove();
    }
  }

  it('kills a mutant that a test notices', async () => {
    makeProject();

    expect(await verdictOn('comparison', '>')).toBe('killed by test/age.test.ts');
  });

  it('lets one survive that changes nothing', async () => {
    makeProject();
    write('test/age.test.ts', AGE_TEST.replace('[17, 18]', '[10, 20]').replace('[3, 1, 2, 2]', '[1, 2, 2, 3]'));

    expect(await verdictOn('comparison', '>')).toBe('survived');
  });

  it('ignores a test that fails without the mutant, too', async () => {
    makeProject();
    write('test/age.test.ts', `${AGE_TEST}\nit('fails', () => expect(mayVote(1)).toBe(true));`);

    expect(await verdictOn('comparison', '>')).toBe('survived');
  });

  it('leaves the project itself alone', async () => {
    makeProject();

    await verdictOn('comparison', '>');

    expect(readFileSync(join(project, 'shared/age.ts'), 'utf8')).toBe(AGE);
  });
});

describe('the report', () => {
  const [mutant] = mutantsOf('shared/age/age.ts', AGE).filter(({ replacement }) => replacement === '>');
  if (!mutant) throw new Error('no mutant');

  it('shows a mutant as a small diff', () => {
    expect(describeMutant(mutant, AGE)).toBe(
      'shared/age/age.ts:4 comparison\n  - return age >= 18;\n  + return age > 18;',
    );
  });

  it('counts equivalent mutants for nothing, and what only the compiler notices as a survivor', () => {
    const results = (['killed', 'killed', 'timed out', 'survived', 'killed by types', 'equivalent'] as const).map(
      (outcome) => ({
        mutant,
        outcome,
      }),
    );

    expect(summary(results, 'seed 1').split('\n').slice(0, 3)).toEqual([
      '== seed 1',
      'shared: 3 of 5 killed (60 %), 1 of them timed out; survived 1, killed by types only 1, equivalent 1',
      'shared/age: 3 of 5 killed (60 %), 1 of them timed out; survived 1, killed by types only 1, equivalent 1',
    ]);
  });

  it('knows an equivalent mutant again wherever its line is', () => {
    const known = [{ file: mutant.file, before: 'return age >= 18;', after: 'return age > 18;', why: 'nobody is 18' }];

    expect(findEquivalent(mutant, AGE, known)?.why).toBe('nobody is 18');
    expect(findEquivalent(mutant, `\n${AGE}`.slice(1), known)).toBeDefined();
    expect(findEquivalent({ ...mutant, replacement: '<' }, AGE, known)).toBeUndefined();
    expect(findEquivalent(mutant, AGE.replace('18', '21'), known)).toBeUndefined();
  });
});
