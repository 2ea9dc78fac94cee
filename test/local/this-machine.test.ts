// This machine as a place for a database engine: its packages, and how one is installed.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import { thisMachine } from '../../local/database/this-machine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('has the platform of this process, and knows the folders of installed packages', () => {
  const machine = thisMachine({ PATH: '/bin' });

  expect(machine.platform).toBe(`${process.platform}-${process.arch}`);
  expect(machine.env).toEqual({ PATH: '/bin' });
  expect(readFileSync(join(machine.packageFolder('zod') ?? '', 'package.json'), 'utf8')).toContain('"name": "zod"');
  expect(machine.packageFolder('no-such-package')).toBeNull();
});

it('says what it does on stderr', () => {
  const write = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);

  thisMachine({}).say('a line');
  const said = write.mock.calls.map(([text]) => text);
  write.mockRestore();

  expect(said).toEqual(['a line\n']);
});

describe('a package is installed', () => {
  const ARGS = ['install', '--no-save', '--no-audit', '--no-fund', 'a-package@1.0.0'];
  /** An npm that notes how it was called and then does this. */
  const npmThat = (then: string): string => {
    const script = join(folder, 'npm');
    const note = `require('fs').writeFileSync(${JSON.stringify(join(folder, 'called.json'))}, JSON.stringify([process.argv.slice(2), process.cwd(), process.env.TOCSIN_SMTP_URL ?? null]));`;
    writeFileSync(script, `#!${process.execPath}\n${note}\n${then}\n`);
    chmodSync(script, 0o755);
    return script;
  };
  const called = (): unknown => JSON.parse(readFileSync(join(folder, 'called.json'), 'utf8'));

  it.each(['under npm by the same npm', 'else by that on the PATH'])(
    '%s, in the folder of Tocsin, and gets none of its secrets',
    (how) => {
      const npm = npmThat('');
      const where = how.startsWith('under') ? { npm_execpath: npm, PATH: '' } : { PATH: dirname(npm) };

      const problem = thisMachine({ ...where, TOCSIN_SMTP_URL: 'secret' }).install('a-package@1.0.0');

      expect(problem).toBeNull();
      expect(called()).toEqual([ARGS, `${process.cwd()}`, null]);
    },
  );

  it.each([
    ["console.error('npm error code E404\\nnpm error 404 Not Found'); process.exit(1)", 'code E404'],
    ["console.error('no network'); process.exit(3)", 'npm ended with 3'],
    ["console.error('npm error '); process.exit(4)", 'npm ended with 4'],
  ])('or the reason is given: %s', (then, reason) => {
    expect(thisMachine({ npm_execpath: npmThat(then) }).install('a-package@1.0.0')).toBe(reason);
  });

  it('or not, where there is no npm', () => {
    expect(thisMachine({ PATH: folder }).install('a-package@1.0.0')).toMatch(/ENOENT/);
  });
});
