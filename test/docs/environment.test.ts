// docs/environment.md names every environment variable that the sources read, and no other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync('docs/environment.md', 'utf8');
const FOLDERS = ['adapters', 'bench', 'cli', 'infra', 'lambdas', 'local', 'shared', 'test'];
/** Tests set variables of the world to show that they do not matter. */
const IN_TESTS = /process\.env\['(\w+)'\] \?\?/g;
const IN_SOURCES = /\benv(?:\.|\[')([A-Za-z]\w*)|'(TOCSIN_[A-Z_]+)'/g;

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ folder, text: readFileSync(join(folder, name), 'utf8') })),
);

const read = new Set(
  sources.flatMap(({ folder, text }) =>
    [...text.matchAll(folder === 'test' ? IN_TESTS : IN_SOURCES)].map(([, named, quoted]) => named ?? quoted ?? ''),
  ),
);

describe('the page of environment variables', () => {
  it('names each one that is read', () => {
    expect(read.size).toBeGreaterThan(15);
    expect([...read].filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
  });

  it('names none of ours that nothing reads', () => {
    const named = [...PAGE.matchAll(/`(TOCSIN_\w+)`/g)].map(([, name = '']) => name);

    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !read.has(name))).toEqual([]);
  });
});
