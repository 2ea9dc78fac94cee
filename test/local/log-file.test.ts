// The log file: rotated when it has grown, and never a reason to stop.
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotating } from '../../local/log-file.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-log-'));
  file = join(folder, 'tocsin.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Resolves when the line is written or dropped. */
const write = (log: ReturnType<typeof rotating>, line: string): Promise<void> =>
  new Promise((resolve) => log.write(line, () => resolve()));

describe('the log file', () => {
  it('is rotated when it has grown, and the one before is kept', async () => {
    const log = rotating(file, 30, () => {});

    for (const line of ['first line of twenty\n', 'second line of twenty\n', 'third line of twenty\n']) log.write(line);
    log.end();
    await once(log, 'finish');

    expect(readFileSync(file, 'utf8')).toBe('third line of twenty\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toBe('second line of twenty\n');
    expect(existsSync(`${file}.2`)).toBe(false);
  });

  it('on a full disk drops lines, reports it once, and goes on when there is room again', async () => {
    const reported: string[] = [];
    symlinkSync('/dev/full', file);
    const log = rotating(file, 1_000_000, (problem) => reported.push(problem));

    await write(log, 'lost\n');
    await write(log, 'lost too\n');
    unlinkSync(file);
    await write(log, 'kept\n');
    renameSync(file, join(folder, 'moved away'));
    await write(log, 'in a new file\n');

    expect(reported).toEqual([expect.stringContaining('no space left')]);
    expect(readFileSync(file, 'utf8')).toBe('in a new file\n');
    expect(readFileSync(join(folder, 'moved away'), 'utf8')).toBe('kept\n');
  });

  it('reports a second outage again', async () => {
    const reported: string[] = [];
    const log = rotating(file, 1_000_000, (problem) => reported.push(problem));

    for (let outage = 0; outage < 2; outage++) {
      symlinkSync('/dev/full', file);
      await write(log, 'lost\n');
      unlinkSync(file);
      await write(log, 'kept\n');
      unlinkSync(file);
    }

    expect(reported).toHaveLength(2);
  });

  it('that cannot be rotated goes on growing, and says so once', async () => {
    const reported: string[] = [];
    // Nothing can take the place of a folder that is not empty.
    mkdirSync(join(`${file}.1`, 'in the way'), { recursive: true });
    const log = rotating(file, 30, (problem) => reported.push(problem));

    for (const line of ['first line of twenty\n', 'second line of twenty\n', 'third line of twenty\n'])
      await write(log, line);

    expect(readFileSync(file, 'utf8')).toMatch(/^first.*\nsecond.*\nthird.*\n$/);
    expect(reported).toHaveLength(1);
  });
});
