// A data folder that another process has for the moment: a command that needs it waits, unless an instance answers there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holderOf, lockFolder } from '../../local/data-folder/folder-lock.ts';
import { askOrDo, lockFreeFolder, withFolder } from '../../local/data-folder/free-folder.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { makeWorkplace } from '../support/tocsin-process.ts';
import { until } from '../support/waiting.ts';

const MODULE = new URL('../../local/data-folder/folder-lock.ts', import.meta.url).href;
const IN_USE = { code: 'data_in_use' };
const ANSWERS_AT = 'http://127.0.0.1:4747';

let folder: string;
let holder: ChildProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-free-'));
});
afterEach(async () => {
  await endHolder();
  rmSync(folder, { recursive: true });
});

/** Another process that has the folder. */
async function hold(): Promise<void> {
  const code = `const { lockFolder } = await import(${JSON.stringify(MODULE)}); globalThis.held = lockFolder(process.argv[1]); console.log('has it'); setInterval(() => {}, 1000);`;
  holder = spawn(process.execPath, ['--input-type=module', '-e', code, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (holder.stdout !== null) await once(holder.stdout, 'data');
}

async function endHolder(): Promise<void> {
  const ended = holder === null ? null : once(holder, 'exit');
  holder?.kill('SIGKILL');
  holder = null;
  await ended;
}

const answerThere = (): void =>
  writeFileSync(join(folder, 'runtime.json'), JSON.stringify({ url: ANSWERS_AT, pid: holder?.pid }));

describe('a folder that another process has', () => {
  it('is taken as soon as that process ends; a long wait is explained', async () => {
    await hold();
    const said: string[] = [];

    const unlock = await lockFreeFolder(folder, {
      say: (line) => {
        said.push(line);
        void endHolder();
      },
    });

    expect(holderOf(folder)).toBe(process.pid);
    unlock();
    expect(said).toEqual([
      expect.stringMatching(/^waiting: .* is used by another Tocsin \(process \d+\), which is starting.*$/),
    ]);
  });

  it('is refused when the wait is over', async () => {
    await hold();

    await expect(lockFreeFolder(folder, { maxWaitMs: 0 })).rejects.toMatchObject(IN_USE);
    await expect(withFolder(folder, () => {}, { maxWaitMs: 0 })).rejects.toMatchObject(IN_USE);
  });

  it('is waited for no longer when a signal ends the wait', async () => {
    await hold();
    const abort = new AbortController();

    const waiting = lockFreeFolder(folder, { maxWaitMs: Number.POSITIVE_INFINITY, signal: abort.signal });
    abort.abort('Ctrl-C');

    await expect(waiting).rejects.toBe('Ctrl-C');
  });

  it('is refused at once while an instance answers there', async () => {
    await hold();
    answerThere();

    await expect(lockFreeFolder(folder)).rejects.toMatchObject(IN_USE);
  });

  it('is not waited for when something else is wrong', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file');

    await expect(lockFreeFolder(folder)).rejects.not.toMatchObject(IN_USE);
  });
});

describe('a question to a folder', () => {
  const ask = async ({ url }: { readonly url: string }): Promise<string> => url;

  it('goes to the instance that answers there', async () => {
    await hold();
    answerThere();

    expect(await askOrDo(folder, ask, async () => 'alone')).toBe(ANSWERS_AT);
  });

  it('is answered from the folder itself when no instance runs', async () => {
    expect(await askOrDo(folder, ask, async () => 'alone')).toBe('alone');
  });

  it('goes to an instance that took the folder meanwhile', async () => {
    const alone = async (): Promise<string> => {
      await hold();
      answerThere();
      throw new InvalidInputError('data_in_use', 'too late');
    };

    expect(await askOrDo(folder, ask, alone)).toBe(ANSWERS_AT);
  });

  it('fails with the error of the work, also when the folder was in use to the end', async () => {
    for (const code of ['data_in_use', 'not_found'] as const) {
      const alone = (): Promise<string> => Promise.reject(new InvalidInputError(code, 'cannot be done'));

      await expect(askOrDo(folder, ask, alone)).rejects.toMatchObject({ code });
    }
  });

  it('can be asked while Tocsin starts, and by several commands at once while it does not run', async () => {
    const place = makeWorkplace();
    try {
      const started = place.start('--no-sample');
      await until(() => existsSync(join(place.folder, '.tocsin', 'lock')));
      expect(await place.json<readonly { id: string }[]>('topics', 'list')).toMatchObject([{ id: 'troop-deployment' }]);
      await started.stop();

      const answers = await Promise.all([1, 2, 3].map(() => place.run('topics', 'list')));
      expect(answers.map(({ code }) => code)).toEqual([0, 0, 0]);
    } finally {
      await place.remove();
    }
  });
});

it('a process that has the folder waits for itself no longer than it says', async () => {
  const unlock = lockFolder(folder);

  await expect(lockFreeFolder(folder, { maxWaitMs: 0 })).rejects.toMatchObject(IN_USE);
  unlock();
});

describe('a data folder that is made for work', () => {
  const fail = (): never => {
    throw new Error('no such backup');
  };

  it('is gone when the work fails, with the folders above it', async () => {
    await expect(withFolder(join(folder, 'new', 'data'), fail)).rejects.toThrow('no such backup');

    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays when the work is done, or left something in it', async () => {
    await withFolder(join(folder, 'done'), () => {});
    const failed = join(folder, 'failed');
    await expect(
      withFolder(failed, () => {
        writeFileSync(join(failed, 'kept'), '');
        fail();
      }),
    ).rejects.toThrow();

    expect([existsSync(join(folder, 'done')), readdirSync(failed)]).toEqual([true, ['kept']]);
  });

  it('stays when it was there before', async () => {
    await expect(withFolder(folder, fail)).rejects.toThrow('no such backup');

    expect(readdirSync(folder)).toEqual([]);
  });
});
