// Who may use a data folder: one instance at a time, and what a killed one left behind does not block the next.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { holderOf, lockFolder, makeFolder } from '../../local/data-folder/folder-lock.ts';
import { withFolder } from '../../local/data-folder/free-folder.ts';
import { otherVersion, readRuntime, writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { VERSION } from '../../shared/core/version.ts';

const MODULE = new URL('../../local/data-folder/folder-lock.ts', import.meta.url).href;

let folder: string;
const others: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
});
afterEach(async () => {
  for (const other of others.splice(0)) await end(other);
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const IN_USE = expect.objectContaining({ code: 'data_in_use' });

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A process that runs this code until it is killed; resolves when it has said something. */
async function running(code: string, ...args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  others.push(child);
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

const holder = (): Promise<ChildProcess> =>
  running(
    `const { lockFolder } = await import(${JSON.stringify(MODULE)}); lockFolder(process.argv[1]); globalThis.gc(); console.log('has it'); setInterval(() => {}, 1000);`,
    folder,
  );

describe('a data folder is made', () => {
  it('with those above it, for its owner only; the outermost that was made is returned', () => {
    expect(makeFolder(at('a/b/c'))).toBe(at('a'));
    expect(makeFolder(at('a/b/d'))).toBe(at('a/b/d'));
    expect(makeFolder(at('a/b/d'))).toBeNull();
    for (const name of ['a', 'a/b/d']) expect(statSync(at(name)).mode & 0o777).toBe(0o700);
  });

  it.each(['file', 'file/below'])('not where a file is in its place: %s', (name) => {
    writeFileSync(at('file'), '');

    expect(() => makeFolder(at(name))).toThrow(
      expect.objectContaining({
        code: 'unreadable_file',
        message: expect.stringContaining(`the data folder ${at(name)} cannot be made: a file is in its place`),
        problems: ['choose another: --data DIR'],
      }),
    );
  });

  it('not where the system refuses, whose words are given', () => {
    expect(() => makeFolder(at('x'.repeat(300)))).toThrow(/cannot be made: ENAMETOOLONG/);
  });
});

describe('a data folder', () => {
  it('is used by one process at a time, which is named', async () => {
    const other = await holder();

    expect(holderOf(folder)).toBe(other.pid);
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({ code: 'data_in_use', message: expect.stringContaining(`(process ${other.pid})`) }),
    );
  });

  it('cannot be locked twice by one process either', () => {
    const unlock = lockFolder(folder);

    expect(() => lockFolder(folder)).toThrow(IN_USE);
    unlock();
    lockFolder(folder)();
  });

  it('is free as soon as its process is killed, whatever its files say', async () => {
    const other = await holder();
    await end(other);

    expect(holderOf(folder)).toBeNull();
    lockFolder(folder)();
  });

  it('is in use when another container has it, whose process ids mean nothing here', async () => {
    await holder();
    writeFileSync(at('lock'), `${process.pid}\n`);

    expect(() => lockFolder(folder)).toThrow(IN_USE);
  });

  it('has no lock files when it is released, nor when the work in it failed', async () => {
    lockFolder(folder)();
    await expect(withFolder(folder, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');

    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['lock', 'neither number nor anything else'],
    ['lock', ''],
    ['lock.sqlite', 'no database, whatever its name says'.repeat(100)],
  ])('with a file %s of nonsense is free', (name, text) => {
    writeFileSync(at(name), text);

    lockFolder(folder)();
  });
});

describe('the lock of a version that left only its process id', () => {
  it.each([
    ['that has our own id now, as in a container', process.pid],
    ['whose id another program has now', process.ppid],
    ['whose id nobody has', 2 ** 22 - 1],
  ])('is void after a killed process %s', (_what, pid) => {
    writeFileSync(at('lock'), String(pid));

    lockFolder(folder)();
  });

  /** A process that looks like the command of an installation. */
  async function lookingLikeTocsin(code: string): Promise<ChildProcess> {
    mkdirSync(at('cli'));
    writeFileSync(at('cli/main.ts'), code);
    const child = spawn(process.execPath, [at('cli/main.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    others.push(child);
    await once(child.stdout, 'data');
    return child;
  }
  const RUNS = "console.log('runs'); setInterval(() => {}, 1000);";

  it('counts while that version runs', async () => {
    const child = await lookingLikeTocsin(RUNS);
    writeFileSync(at('lock'), String(child.pid));

    expect(holderOf(folder)).toBe(child.pid);
    expect(() => lockFolder(folder)).toThrow(IN_USE);
    expect(readFileSync(at('lock'), 'utf8')).toBe(String(child.pid));
  });

  it('is not taken for that of this version, whose id the Tocsin of another folder may have now', async () => {
    const child = await lookingLikeTocsin(RUNS);
    writeFileSync(at('lock'), `${child.pid}\n`);

    expect(holderOf(folder)).toBeNull();
    lockFolder(folder)();
  });

  it('with the id of the very process that starts is void, as in a container', async () => {
    const child = await lookingLikeTocsin(`
      import { writeFileSync } from 'node:fs';
      const { lockFolder } = await import(${JSON.stringify(MODULE)});
      writeFileSync(${JSON.stringify(join(folder, 'lock'))}, String(process.pid));
      lockFolder(${JSON.stringify(folder)});
      ${RUNS}`);

    expect(holderOf(folder)).toBe(child.pid);
  });

  it('finds ours in its way: the id can be read as before', () => {
    const unlock = lockFolder(folder);

    expect(Number(readFileSync(at('lock'), 'utf8'))).toBe(process.pid);
    unlock();
  });
});

describe('the file that says where an instance answers', () => {
  const URL_HERE = 'http://127.0.0.1:4747';

  it('counts while its process has the folder, and goes with it', async () => {
    const unlock = lockFolder(folder);
    const forget = writeRuntime(folder, URL_HERE);

    expect(await readRuntime(folder)).toMatchObject({ url: URL_HERE, version: VERSION });
    forget();
    expect(existsSync(at('runtime.json'))).toBe(false);
    unlock();
  });

  it('of a killed instance is void, also while another command has the folder', async () => {
    writeRuntime(folder, URL_HERE);
    expect(await readRuntime(folder)).toBeNull();

    await holder();

    expect(await readRuntime(folder)).toBeNull();
  });

  it.each([['{"url":'], ['{}'], ['{"url":"nowhere","pid":1}'], ['null']])(
    'that is damaged is void: %s',
    async (text) => {
      const unlock = lockFolder(folder);
      writeFileSync(at('runtime.json'), text);

      expect(await readRuntime(folder)).toBeNull();
      unlock();
    },
  );

  it.each([
    [null, /is an older version, this command is version \d.*: restart/],
    ['99.0.0', /is version 99\.0\.0, this command is version \d.*: restart/],
  ])('has a remark about a running Tocsin of version %s', (version, remark) => {
    expect(otherVersion({ url: URL_HERE, token: '', version })).toMatch(remark);
  });

  it('has no remark about the same version', () => {
    expect(otherVersion({ url: URL_HERE, token: '', version: VERSION })).toBeNull();
  });
});
