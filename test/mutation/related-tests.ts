// Which tests could notice a fault in a file: those that import it, however indirectly. And which of them most likely do.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const FOLDERS = ['shared', 'adapters', 'local', 'cli', 'lambdas', 'infra', 'test', 'config'];
const IMPORTS =
  /^\s*(?:import|export)\s(?!type\s)[^'";]*?from\s+'(\.[^']+)'|\b(?:import|URL)\(\s*'(\.[^']+)'|^import\s+'(\.[^']+)'/gm;
/** Files that start others by a path which no import names. */
const STARTED: Readonly<Record<string, readonly string[]>> = {
  'test/support/tocsin-process.ts': ['cli/main.mjs'],
  'test/infra/bundle.test.ts': [
    'lambdas/poll-feeds.ts',
    'lambdas/match-articles.ts',
    'lambdas/send-alerts.ts',
    'lambdas/api.ts',
  ],
};

/** Test files by their distance in imports, 1 for a test that imports the file itself. */
export type RelatedTests = ReadonlyMap<string, number>;

/** For each file of the project, who imports it. */
export type Importers = ReadonlyMap<string, ReadonlySet<string>>;

export function readImporters(root: string): Importers {
  const importers = new Map<string, Set<string>>();
  for (const file of FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    codeFiles(root, folder),
  )) {
    for (const imported of importsOf(root, file))
      importers.set(imported, (importers.get(imported) ?? new Set()).add(file));
  }
  return importers;
}

/** Those below `folder` only. */
export function relatedTests(importers: Importers, file: string, folder = 'test'): RelatedTests {
  const distances = new Map([[file, 0]]);
  for (const [near, distance] of distances) {
    for (const importer of importers.get(near) ?? []) {
      if (!distances.has(importer)) distances.set(importer, distance + 1);
    }
  }
  return new Map([...distances].filter(([near]) => near.startsWith(`${folder}/`) && near.endsWith('.test.ts')));
}

/**
 * However many imports lie between, the test under the file's own path comes first, and a test comes early that names the file and its folder, in its path or
 * side by side in its text: `feeds import`, `'feeds', 'import'`. Behind them come those that are called after the folder: `feeds.test.ts`, `feeds-add.test.ts`.
 */
export function nearByName(related: RelatedTests, file: string, read: (test: string) => string): RelatedTests {
  const [name, folder] = [posix.basename(file, '.ts'), posix.basename(dirname(file))];
  const pattern = name.replaceAll('-', '-?');
  const named = new RegExp(`(?<![a-z])${pattern}(?![a-z])`, 'i');
  const together = new RegExp(`(?<![a-z])${folder}[^a-z]{1,4}${pattern}(?![a-z])`, 'i');
  const isNear = (test: string, text: string): boolean =>
    together.test(text) || ((test.includes(name) || test.includes(folder)) && named.test(text));
  const nearness = (test: string, distance: number): number => {
    if (test === `test/${file.replace(/ts$/, 'test.ts')}`) return 0;
    if (isNear(test, read(test))) return Math.min(distance, 2);
    return `-${posix.basename(test, '.test.ts')}-`.includes(`-${folder}-`) ? Math.min(distance, 3) : distance;
  };
  return new Map([...related].map(([test, distance]) => [test, nearness(test, distance)]));
}

export const testsIn = (importers: Importers): ReadonlySet<string> =>
  new Set([...importers.values()].flatMap((each) => [...each]).filter((file) => file.endsWith('.test.ts')));

const codeFiles = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(?:ts|mjs)$/.test(name));

function importsOf(root: string, file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const named = [...source.matchAll(IMPORTS)].map(([, from, lazy, bare]) => from ?? lazy ?? bare ?? '');
  return [...named.map((name) => posix.join(dirname(file), name)), ...(STARTED[file] ?? [])];
}
