// Which folder may import which: the arrows of docs/architecture.md, held true by reading every import.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Folder -> what it may import of ours, and which packages and Node modules. */
const MAY_IMPORT: Record<string, { ours: string[]; packages: RegExp }> = {
  // Pure: no AWS, no network, no files, no environment. Parsers and checkers are values in, values out.
  shared: {
    ours: ['shared'],
    packages: /^(node:crypto|node:buffer|rss-parser|htmlparser2|zod(\/.*)?|yaml|linkedom|@mozilla\/readability)$/,
  },
  adapters: { ours: ['shared', 'adapters'], packages: /^(?!aws-cdk-lib|constructs|cdk-nag|esbuild)/ },
  lambdas: {
    ours: ['shared', 'adapters', 'lambdas'],
    packages: /^(node:|@aws-lambda-powertools\/|@aws-sdk\/|aws-lambda$|zod)/,
  },
  infra: {
    ours: ['shared', 'adapters', 'lambdas', 'infra'],
    packages: /^(node:|aws-cdk-lib|constructs|cdk-nag|esbuild|yaml$)/,
  },
  // It builds the console.
  local: { ours: ['shared', 'adapters', 'lambdas', 'local'], packages: /^(?!aws-cdk-lib|constructs|cdk-nag)/ },
  // The console runs in a browser and talks to the API only.
  web: { ours: ['shared', 'web'], packages: /^(lit(\/.*)?|tinykeys)$/ },
  cli: {
    ours: ['shared', 'adapters', 'lambdas', 'local', 'cli'],
    packages: /^(?!aws-cdk-lib|constructs|cdk-nag|esbuild)/,
  },
};

/** The rooms of shared/, from the ground up: each may use those before it. A name that ends in .ts is a file of shared/ itself. */
const ROOMS = [
  'core',
  'text',
  'query',
  'net',
  'model',
  'matching',
  'packs',
  'feeds',
  'articles',
  'stories',
  'alerts',
  'ports.ts',
  'channels',
  'health',
  'usecases',
  'api',
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(folder: string): Import[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const file = join(folder, name);
    const source = readFileSync(join(ROOT, file), 'utf8');
    const statements = source.matchAll(
      /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|^import\s+'([^']+)'/gm,
    );
    return [...statements].map(([, type, from, lazy, bare]) => ({
      file,
      target: from ?? lazy ?? bare ?? '',
      typeOnly: type !== undefined,
    }));
  });
}

/** Both ends of an import within `folder`: files relative to the project's root. */
const importsWithin = (folder: string): { readonly from: string; readonly to: string }[] =>
  importsOf(folder)
    .filter(({ target }) => target.startsWith('.'))
    .map(({ file, target }) => ({ from: file, to: relative(ROOT, resolve(ROOT, dirname(file), target)) }))
    .filter(({ to }) => to.startsWith(`${folder}/`));

/**
 * What imports what inside each folder: its files and its sub-folders, at every depth. An import between two sub-folders counts where their
 * ways part.
 */
function neighbours(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of importsWithin(folder)) {
    const [left, right] = [from.split('/'), to.split('/')];
    const parting = left.findIndex((part, at) => part !== right[at]);
    if (parting === -1) continue;
    const [start, end] = [left.slice(0, parting + 1).join('/'), right.slice(0, parting + 1).join('/')];
    // Two files may name each other's types.
    if (start.endsWith('.ts') && end.endsWith('.ts')) continue;
    arrows.set(start, (arrows.get(start) ?? new Set()).add(end));
  }
  return arrows;
}

/** A way from a folder back to itself; null when there is none. */
function circleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (at: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return null;
    for (const next of arrows.get(at) ?? []) {
      const circle = walk(next, [...way, at]);
      if (circle !== null) return circle;
    }
    done.add(at);
    return null;
  };
  for (const start of arrows.keys()) {
    const circle = walk(start, []);
    if (circle !== null) return circle;
  }
  return null;
}

function isAllowed({ file, target, typeOnly }: Import, folder: string): boolean {
  const rule = MAY_IMPORT[folder];
  if (rule === undefined) return false;
  if (!target.startsWith('.')) return typeOnly || rule.packages.test(target);
  const to = relative(ROOT, resolve(ROOT, dirname(file), target)).split(/[\\/]/)[0] ?? '';
  return rule.ours.includes(to);
}

describe('the direction of imports', () => {
  it.each(Object.keys(MAY_IMPORT))('%s imports only what stands to its left', (folder) => {
    const wrong = importsOf(folder).filter((each) => !isAllowed(each, folder));

    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('each room of shared uses only the rooms below it', () => {
    const roomOf = (file: string): number => ROOMS.indexOf(file.split('/')[1] ?? '');
    const imports = importsWithin('shared');

    expect([...new Set(imports.flatMap(({ from, to }) => [from, to]))].filter((file) => roomOf(file) === -1)).toEqual(
      [],
    );
    expect(
      imports.filter(({ from, to }) => roomOf(to) > roomOf(from)).map(({ from, to }) => `${from} imports ${to}`),
    ).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))('no folders of %s import each other in a circle', (folder) => {
    expect(circleIn(neighbours(folder))).toBeNull();
  });

  it('the memory store of the tests stands on rules of the product, not on those of the adapter it is compared with', () => {
    const source = readFileSync(join(ROOT, 'test', 'support', 'memory-store.ts'), 'utf8');

    expect(source.match(/from '[^']*adapters[^']*'/g)).toBeNull();
  });

  it('finds a circle where there is one', () => {
    const arrows = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c', 'd'])],
      ['d', new Set(['b'])],
    ]);

    expect(circleIn(arrows)).toEqual(['b', 'd', 'b']);
  });

  it('each file that a script imports exists', () => {
    const scripts = Object.keys(MAY_IMPORT).flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.mjs'))
        .map((name) => join(folder, name)),
    );
    const missing = scripts.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from |import\(?\s*)'(\.[^']+)'/g)]
        .map(([, target = '']) => join(dirname(file), target))
        .filter((target) => !existsSync(join(ROOT, target))),
    );

    expect(scripts.length).toBeGreaterThan(1);
    expect(missing).toEqual([]);
  });

  it('is checked on real imports', () => {
    const total = Object.keys(MAY_IMPORT).flatMap(importsOf).length;

    expect(total).toBeGreaterThan(100);
    expect(isAllowed({ file: 'shared/ports.ts', target: '../adapters/x.ts', typeOnly: false }, 'shared')).toBe(false);
    expect(isAllowed({ file: 'shared/ports.ts', target: '@aws-sdk/client-sqs', typeOnly: false }, 'shared')).toBe(
      false,
    );
  });

  it('keeps the environment and the clock out of shared', () => {
    const sources = readdirSync(join(ROOT, 'shared'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const impure = sources.filter((name) =>
      /\bprocess\.|\bDate\.now\(\)|new Date\(\)|\bMath\.random\(/.test(
        readFileSync(join(ROOT, 'shared', name), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, ''),
      ),
    );

    expect(impure).toEqual([]);
  });
});
