// Which data folder a command uses: the option, then the environment, then the folder it was called in; and the wait for one that is in use.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, lockFolder } from '../../local/data-folder/folder-lock.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

let place: CommandFolder;
beforeEach(() => {
  place = commandFolder();
});
afterEach(() => place.remove());

/** Where the command looked: its folder exists and holds no data, or does not exist; either way the error names it. */
async function folderNamed(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { code, stderr } = await place.run(['backup', 'file.backup', ...args], { env });
  expect(code).toBe(2);
  return /no data folder (\S+)/.exec(stderr)?.[1] ?? stderr;
}

it.each([
  ['.tocsin below the current folder', [], {}, '.tocsin'],
  ['TOCSIN_DATA', [], { TOCSIN_DATA: 'from-environment' }, 'from-environment'],
  ['--data before TOCSIN_DATA', ['--data', 'from-option'], { TOCSIN_DATA: 'from-environment' }, 'from-option'],
  ['.tocsin where TOCSIN_DATA is empty', [], { TOCSIN_DATA: '' }, '.tocsin'],
])('%s', async (_title, args, env, expected) => {
  expect(await folderNamed(args, env)).toBe(join(place.path, expected));
});

it('TOCSIN_DATA holds for the commands that ask the API as well', async () => {
  const { stderr } = await place.run(['matches'], { env: { TOCSIN_DATA: 'nowhere' } });
  expect(stderr).toContain(join(place.path, 'nowhere'));
});

it('a command on a folder that no instance uses leaves it free, also when it fails', async () => {
  const data = join(place.path, '.tocsin');
  mkdirSync(data);

  const done = await place.run(['subscriptions', '--json']);
  const free = holderOf(data);
  const failed = await place.run(['matches', '00000000']);

  expect(done).toMatchObject({ code: 0, stdout: '[]\n' });
  expect(failed.code).toBe(2);
  expect([free, holderOf(data)]).toEqual([null, null]);
});

it('mistakes in the arguments are reported before an instance is looked for', async () => {
  for (const args of [
    ['--since', 'lately'],
    ['--limit', '0'],
    ['--format', 'xml'],
  ]) {
    const { code, stderr } = await place.run(['matches', ...args]);

    expect(code).toBe(2);
    expect(stderr).toContain(`${args[0]}: "${args[1]}" is not`);
  }
});

it('Ctrl-C ends the wait for a folder that is in use, without a word', async () => {
  const data = join(place.path, '.tocsin');
  mkdirSync(data);
  const unlock = lockFolder(data);
  const run = place.run(['restore', 'file.backup'], { signal: AbortSignal.abort() });

  expect(await run).toMatchObject({ code: 1, stdout: '', stderr: '' });
  unlock();
});
