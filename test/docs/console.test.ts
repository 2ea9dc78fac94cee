// docs/console.md against the sources: the keys of the console, its addresses, who may do what, and what it says when it refuses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROLES } from '../../shared/api/access.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/console.md'), 'utf8');

const sourcesIn = (folder: string): string =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
const web = sourcesIn('web');

const section = (heading: string): string => (PAGE.split(`\n## ${heading}\n`)[1] ?? '').split('\n## ')[0] ?? '';
const cellsOf = (table: string): readonly string[] =>
  table
    .split('\n')
    .filter((line) => /^\| [`"]/.test(line))
    .map((line) => (line.split(' | ')[0] ?? '').replace(/^\| [`"]|[`"]$/g, ''));
const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].toSorted();

describe('docs/console.md', () => {
  it('lists each key of the console, and no other', () => {
    const keys = [...web.matchAll(/(?:\bkeys: |\bgoTo\()'(\S|Enter|\w \w)'/g)].flatMap(([, key = '']) =>
      key === 'Enter' ? [] : key.split(' '),
    );
    const listed = [...section('Keys').matchAll(/`(\S+)`/g)].map(([, key = '']) => key);

    expect(keys.length).toBeGreaterThan(15);
    expect(sorted(listed)).toEqual(sorted(keys));
  });

  it('says what each role may do', () => {
    expect(cellsOf(section('Who may'))).toEqual([...ROLES]);
  });

  it('names each address in the navigation of the console', () => {
    const addresses = [...web.matchAll(/\['(\/[a-z/]*)', TEXTS\./g)].map(([, address = '']) => address);

    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) expect(PAGE).toContain(`** \`${address}\` |`);
  });

  it('quotes refusals as they are', () => {
    const refusals = cellsOf(section('When it refuses'));
    const said = (sourcesIn('local') + sourcesIn('shared/api'))
      .replace(/\$\{needed\}/g, 'analyst')
      .replace(/\$\{role\}/g, 'read');

    expect(refusals).toHaveLength(5);
    expect(refusals.filter((refusal) => !said.includes(refusal))).toEqual([]);
  });
});
