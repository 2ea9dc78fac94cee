// Which data folder a command uses: the option, then the environment, then the folder it was called in; and the wait for one that is in use.
import { existsSync, mkdirSync, statSync } from 'node:fs';
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

it('a backup is one file, which can be restored into any folder that is not in use', async () => {
  const at = (name: string): string => join(place.path, name);
  mkdirSync(at('.tocsin'));
  await place.run(['subscriptions']);

  const made = await place.run(['backup', 'my.backup']);
  const again = await place.run(['backup', 'my.backup']);
  const asData = await place.run(['backup', 'other.backup', '--json']);
  const restored = await place.run(['restore', 'my.backup', '--data', 'copy']);
  const over = await place.run(['restore', 'my.backup', '--data', 'copy', '--json']);
  const third = await place.run(['restore', 'my.backup', '--data', 'copy']);

  const size = Math.ceil(statSync(at('my.backup')).size / 1024);
  expect(made).toMatchObject({
    code: 0,
    stdout: `${at('my.backup')}: ${size} KB. To restore it: tocsin restore my.backup\n`,
    stderr: '',
  });
  expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('my.backup already exists') });
  expect(JSON.parse(asData.stdout)).toEqual({
    file: at('other.backup'),
    madeAt: expect.stringMatching(/^\d{4}-.*Z$/),
    bytes: statSync(at('other.backup')).size,
  });
  expect(restored).toMatchObject({ code: 0, stdout: `restored into ${at('copy')}\n`, stderr: '' });
  const { folder, kept } = JSON.parse(over.stdout);
  expect([folder, over.stderr]).toEqual([at('copy'), '']);
  expect(kept.map((name: string) => /copy\/(.*)\.before-restore-/.exec(name)?.[1]).sort()).toEqual([
    'queues.sqlite',
    'tocsin.sqlite',
    'token',
  ]);
  expect(third.stderr).toMatch(/^(?:the previous data is now \S+\/copy\/\S+\.before-restore-\S+\n){3}$/);
});

it.each([
  ['absent.backup', 'there is no file'],
  ['text.backup', 'is not a backup of Tocsin'],
])('%s is not restored, and no folder is left behind', async (file, says) => {
  place.write('text.backup', 'just a text');

  const { code, stderr } = await place.run(['restore', file, '--data', 'copy']);

  expect(code).toBe(2);
  expect(stderr).toContain(says);
  expect(existsSync(join(place.path, 'copy'))).toBe(false);
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
