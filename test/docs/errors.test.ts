// docs/errors.md is the generated page, and lists only codes that something throws.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from '../../docs/errors/page.ts';

const WRITE = 'npx node docs/errors/page.ts --write';

/** All product code but the list of codes itself. */
const SOURCE = ['shared', 'adapters', 'lambdas', 'local', 'cli', 'infra']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('error-codes.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  .join('\n');

const isThrown = (code: string): boolean =>
  SOURCE.includes(`'${code}'`) || (code.startsWith('fetch_') && SOURCE.includes(`'${code.slice('fetch_'.length)}'`));

it(`docs/errors.md is what "${WRITE}" writes`, () => {
  const written = readFileSync('docs/errors.md', 'utf8');

  if (written !== errorsPage()) throw new Error(`docs/errors.md differs from its source; write it again: ${WRITE}`);
});

it('every code on the page is used', () => {
  const codes = [...errorsPage().matchAll(/^\| `(\w+)` \|/gm)].map(([, code = '']) => code);

  expect(codes.length).toBeGreaterThan(80);
  expect(codes.filter((code) => !isThrown(code))).toEqual([]);
});

it('a code that nothing throws is noticed', () => {
  expect(isThrown('fetch_never_thrown')).toBe(false);
});
