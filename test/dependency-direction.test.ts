// Which folder may import which: the arrows of docs/architecture.md, held true by reading every import.
import { readdirSync, readFileSync } from 'node:fs';
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
  local: { ours: ['shared', 'adapters', 'lambdas', 'local'], packages: /^(?!aws-cdk-lib|constructs|cdk-nag|esbuild)/ },
  cli: {
    ours: ['shared', 'adapters', 'lambdas', 'local', 'cli'],
    packages: /^(?!aws-cdk-lib|constructs|cdk-nag|esbuild)/,
  },
};

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
