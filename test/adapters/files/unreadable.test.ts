// What is said of a file that cannot be read: the name as it was given, and why, without a code of the system.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../../adapters/files/read-configuration.ts';
import { unreadable } from '../../../adapters/files/unreadable.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-unreadable-'));
  mkdirSync(join(folder, 'topics', 'pack.yaml'), { recursive: true });
  writeFileSync(join(folder, 'file'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['nothing', () => readFile(join(folder, 'none')), 'there is no such file or folder'],
  ['a folder', () => readFile(join(folder, 'topics')), 'it is a folder, not a file'],
  [
    'a file in place of a folder',
    () => readdir(join(folder, 'file')),
    'it is a file, or lies below one; expected a folder',
  ],
])('of %s', async (_what, read, reason) => {
  const error = unreadable('given/name', await read().catch((cause: unknown) => cause), ['do this']);

  expect(error).toMatchObject({ code: 'unreadable_file', problems: ['do this'] });
  expect(error.message).toContain(`given/name cannot be read: ${reason}`);
});

it('these, where the system gives only words and no code', () => {
  expect(unreadable('a', new Error('the cable is cut')).message).toBe('a cannot be read: the cable is cut');
});

it('a pack that is a folder is named so when the configuration is read', async () => {
  await expect(readConfiguration(folder)).rejects.toMatchObject({
    code: 'unreadable_file',
    message: `${join(folder, 'topics', 'pack.yaml')} cannot be read: it is a folder, not a file`,
  });
});
