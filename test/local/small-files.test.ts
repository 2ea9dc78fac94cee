// The small files of a data folder, whole or not there: the token, and where the running instance answers.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../local/data-folder/folder-lock.ts';
import { otherVersion, readRuntime, writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { tokenOf } from '../../local/data-folder/token-file.ts';
import { writeWhole } from '../../local/files/whole-file.ts';
import { StorageError } from '../../shared/core/errors.ts';
import { VERSION } from '../../shared/core/version.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

describe('a file that is written whole', () => {
  it('is readable by its owner only, takes the place of the one before, and leaves no draft', () => {
    writeWhole(at('note'), 'first');
    writeWhole(at('note'), 'second');

    expect(readFileSync(at('note'), 'utf8')).toBe('second');
    expect(statSync(at('note')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['note']);
  });

  it('leaves no draft either where it cannot be put in its place', () => {
    mkdirSync(join(at('note'), 'in the way'), { recursive: true });

    expect(() => writeWhole(at('note'), 'text')).toThrow(StorageError);
    expect(readdirSync(folder)).toEqual(['note']);
  });
});

describe('the token of a data folder', () => {
  it('is made once', () => {
    const token = tokenOf(folder);

    expect(token).toMatch(/^[\w-]{43}$/);
    expect(tokenOf(folder)).toBe(token);
    expect(statSync(at('token')).mode & 0o777).toBe(0o600);
  });

  it.each(['my-own', 'x', '~!', 'x'.repeat(512)])('may be given by its owner: %s', (token) => {
    writeFileSync(at('token'), ` ${token}\n`);

    expect(tokenOf(folder)).toBe(token);
  });

  it.each(['', ' \n', 'two words', 'ünï', '\u0000\u0000', 'x'.repeat(513), 'one\ntwo'])(
    'is made again where the file holds none that a header could carry: %j',
    (text) => {
      writeFileSync(at('token'), text);

      expect(tokenOf(folder)).toMatch(/^[\w-]{43}$/);
      expect(readFileSync(at('token'), 'utf8')).toBe(tokenOf(folder));
    },
  );
});

describe('where the running instance answers', () => {
  const URL_HERE = 'http://127.0.0.1:4747';
  let unlock: () => void;
  beforeEach(() => {
    unlock = lockFolder(folder);
  });
  afterEach(() => unlock());

  it('is known while it holds the folder, and until it forgets it', async () => {
    const forget = writeRuntime(folder, URL_HERE);
    const running = await readRuntime(folder);
    forget();

    expect(running).toEqual({ url: URL_HERE, token: tokenOf(folder), version: VERSION });
    expect(await readRuntime(folder)).toBeNull();
    expect(existsSync(at('runtime.json'))).toBe(false);
  });

  it('is not known from the file of one that was killed', async () => {
    writeRuntime(folder, URL_HERE);
    unlock();
    const after = await readRuntime(folder);
    unlock = lockFolder(folder);

    expect(after).toBeNull();
  });

  it.each([
    ['no JSON', '{"url"'],
    ['no object', 'null'],
    ['no address', JSON.stringify({ pid: process.pid })],
    ['what is no address', JSON.stringify({ url: '127', pid: process.pid })],
    ['an id that is none', JSON.stringify({ url: URL_HERE, pid: String(process.pid) })],
    ['the id of another process', JSON.stringify({ url: URL_HERE, pid: process.pid + 1 })],
  ])('is not known from a file with %s', async (_, text) => {
    writeFileSync(at('runtime.json'), text);

    expect(await readRuntime(folder)).toBeNull();
  });

  it('is known for an older version too, which wrote no version', async () => {
    writeFileSync(at('runtime.json'), JSON.stringify({ url: URL_HERE, pid: process.pid }));

    expect(await readRuntime(folder)).toMatchObject({ url: URL_HERE, version: null });
  });

  it.each([
    [VERSION, null],
    ['0.0.9', `the running Tocsin is version 0.0.9, this command is version ${VERSION}: restart the running one`],
    [null, `the running Tocsin is an older version, this command is version ${VERSION}: restart the running one`],
  ])('is reported as another version, or not, where its version is %s', (version, remark) => {
    expect(otherVersion({ url: URL_HERE, token: 'x', version })).toBe(remark);
  });
});
