// What a file exports, somebody uses. knip 6 finds the same, for 21 packages and 27 MB of binaries on each machine.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PRODUCT = ['shared', 'adapters', 'lambdas', 'infra', 'local', 'cli'];
const CHECKS = ['test', 'bench'];

/** Exports that no file of the product imports, and why they stay. */
const UNUSED_FOR_A_REASON: Readonly<Record<string, string>> = {
  'shared/matching/evaluate/oracle.ts#slowLocator': 'the oracle that tests compare the matcher with',
  'infra/bundle.ts#bundleSizes': 'npm run bench -- bundles measures what a deployment makes',
  'shared/stories/place-document.ts#placeDocuments':
    'places a batch in the order of its times, for functions that get hits in batches',
};
/** The bundler puts this file in the place of packages; its exports have their names. */
const STANDS_FOR_PACKAGES = 'infra/not-in-lambda.ts';

interface Source {
  readonly file: string;
  /** Without comments. */
  readonly text: string;
}

interface Export {
  readonly file: string;
  readonly name: string;
  readonly isType: boolean;
}

const sourcesOf = (folder: string): readonly Source[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.startsWith('fixtures/'))
    .map((name) => ({ file: join(folder, name), text: read(join(folder, name)) }));

const read = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8').replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\/|\s\/\/ .*$/gm, '');

/** `{ a, type b, c as d }` as pairs: the name in the file that is imported from, and the name here. */
const namesIn = (braces: string): readonly { readonly theirs: string; readonly ours: string }[] =>
  braces
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const [theirs = part, ours = theirs] = part.split(/\s+as\s+/);
      return { theirs, ours };
    });

function exportsOf({ file, text }: Source): readonly Export[] {
  const declared = [
    ...text.matchAll(
      /^export (?:async |abstract |declare )*(?:(interface|type)|function\*?|const|let|class) (?!\{)([\w$]+)/gm,
    ),
  ].map(([, type, name = '']) => ({ file, name, isType: type !== undefined }));
  const listed = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, type, names = '']) =>
    namesIn(names).map(({ ours }) => ({ file, name: ours, isType: type !== undefined })),
  );
  return [...declared, ...listed];
}

/** What a file uses of others, as `file#name`; `file#*` where it takes the whole file under a name of its own. */
function usesOf({ file, text }: Source): readonly string[] {
  const target = (from: string): string => relative(ROOT, resolve(ROOT, dirname(file), from));
  const named = [...text.matchAll(/^(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(\.[^']+)'/gm)].flatMap(
    ([, names = '', from = '']) => namesIn(names).map(({ theirs }) => `${target(from)}#${theirs}`),
  );
  const whole = [...text.matchAll(/^import\s+(?:type\s+)?\* as \w+ from\s+'(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)].map(
    ([, namespace, lazy]) => `${target(namespace ?? lazy ?? '')}#*`,
  );
  return [...named, ...whole];
}

const wordOf = (name: string): string => String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`;

/** The exports that no other file of `sources` uses. Lambda calls the handlers of `lambdas/`. */
function unusedIn(sources: readonly Source[], exports: readonly Export[]): readonly Export[] {
  const uses = new Set(sources.flatMap(usesOf));
  // A file that was loaded as a whole may be handed on: its exports are used wherever they are taken from an object.
  const isTaken = ({ file, name }: Export): boolean => {
    const taking = new RegExp(String.raw`(?:\.|[{,]\s*)${wordOf(name)}`);
    return uses.has(`${file}#*`) && sources.some((source) => source.file !== file && taking.test(source.text));
  };
  return exports.filter(
    (each) =>
      !uses.has(nameOf(each)) && !isTaken(each) && !(each.file.startsWith('lambdas/') && each.name === 'handler'),
  );
}

/** Whether the file that exports it also uses it: its name is there once more than where it is exported. */
const isUsedAtHome = ({ file, name }: Export): boolean => {
  const text = read(file);
  const isListed = new RegExp(String.raw`^export (?:type )?\{[^}]*\b${name}\b`, 'm').test(text);
  return !isListed && [...text.matchAll(new RegExp(wordOf(name), 'g'))].length > 1;
};

const nameOf = ({ file, name }: Export): string => `${file}#${name}`;

describe('exports', () => {
  const product = PRODUCT.flatMap(sourcesOf);
  const unused = unusedIn(product, product.flatMap(exportsOf)).filter(({ file }) => file !== STANDS_FOR_PACKAGES);
  const dead = unused.filter((each) => !isUsedAtHome(each)).map(nameOf);
  const forNobody = unusedIn(
    CHECKS.flatMap(sourcesOf),
    unused.filter((each) => !each.isType && isUsedAtHome(each)),
  ).map(nameOf);

  it('are used by the product, not by tests alone', () => {
    expect(dead.filter((name) => UNUSED_FOR_A_REASON[name] === undefined)).toEqual([]);
  });

  it('that only their own file uses are types that its signatures name, or used by tests', () => {
    expect(forNobody).toEqual([]);
  });

  it('that are excused are still unused', () => {
    const excused = Object.keys(UNUSED_FOR_A_REASON);

    expect(excused.filter((name) => !dead.includes(name) && !forNobody.includes(name))).toEqual([]);
  });

  it('are found in each of the ways in which files export and import', () => {
    const at = (file: string, text: string): Source => ({ file, text });
    const sources = [
      at(
        'shared/a.ts',
        'export const one = 1;\nexport function two() {}\nexport interface Three {}\nexport { five as six };',
      ),
      at('shared/b.ts', "import { one as first, type Three } from './a.ts';\nexport { two } from './a.ts';"),
      at('shared/c.ts', "import * as b from './b.ts';\nb.two();"),
      at('shared/d.ts', "const { six } = await import('./a.ts');"),
    ];
    const exports = sources.flatMap(exportsOf);

    expect(exports.map(({ name }) => name)).toEqual(['one', 'two', 'Three', 'six', 'two']);
    expect(unusedIn(sources, exports)).toEqual([]);
    expect(unusedIn(sources.slice(0, 2), exports).map(nameOf)).toEqual(['shared/a.ts#six', 'shared/b.ts#two']);
  });
});
