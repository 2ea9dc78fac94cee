// The log file: rotated when it has grown, and never a reason to stop.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTelemetry } from '../../adapters/log/powertools.ts';
import { LOG_UNWRITABLE, type LogEntry, openLog, rotating } from '../../local/system/log-file.ts';
import { until } from '../support/waiting.ts';

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

  it('is filled to its last byte before it is rotated', async () => {
    const log = rotating(file, 11, () => {});

    for (const line of ['first\n', 'next\n']) await write(log, line);
    const full = [readFileSync(file, 'utf8'), existsSync(`${file}.1`)];
    await write(log, '\n');

    expect(full).toEqual(['first\nnext\n', false]);
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.1`, 'utf8')]).toEqual(['\n', 'first\nnext\n']);
  });

  it('of one byte is rotated too, but an empty one is not', async () => {
    const log = rotating(file, 1, () => {});

    await write(log, 'a line that is too long\n');
    const first = existsSync(`${file}.1`);
    writeFileSync(file, '\n');
    await write(log, 'next\n');

    expect([first, readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8')]).toEqual([false, '\n', 'next\n']);
  });

  it('has every line in its order when more come than can be written one by one', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n} – ü\n`);
    const log = rotating(file, 40_000, () => {});

    for (const line of lines) log.write(line);
    log.end();
    await once(log, 'finish');

    const [before, now] = [readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8')];
    expect(lines.join('').endsWith(before + now)).toBe(true);
    for (const text of [before, now]) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(40_000);
    expect(Buffer.byteLength(before)).toBeGreaterThan(39_900);
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

  it('keeps no part of a line for which there was no room', () => {
    const writes = `
      import { rotating } from ${JSON.stringify(new URL('../../local/system/log-file.ts', import.meta.url).href)};
      const log = rotating(${JSON.stringify(file)}, 1_000_000, (problem) => console.log(problem));
      for (const line of ['short', 'too long'.repeat(1_000), 'short again']) log.write(line + '\\n');`;

    // A file may have one block, of 512 or of 1,024 bytes.
    const { stdout } = spawnSync('sh', [
      '-c',
      'ulimit -f 1; exec "$0" --input-type=module --eval "$1"',
      process.execPath,
      writes,
    ]);

    expect(stdout.toString()).toContain('EFBIG');
    expect(readFileSync(file, 'utf8')).toBe('short\nshort again\n');
  });

  it('has no half line of a process that was killed', async () => {
    writeFileSync(file, 'whole\nhal');

    await write(
      rotating(file, 1_000_000, () => {}),
      'next\n',
    );

    expect(readFileSync(file, 'utf8')).toBe('whole\nnext\n');
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

describe('the log of the handlers', () => {
  const lines = (): readonly string[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];

  it('has one line of JSON for each entry and each metric, whatever is in them', async () => {
    const { log, metrics, begin } = createTelemetry('test', { stream: openLog(folder, {}, () => {}) });
    const long = 'word '.repeat(200_000);

    const end = begin(undefined);
    log.info('two\nlines', { long, lone: '\ud83d', control: '\u0000\u2028', error: new Error('a\r\nb') });
    metrics.put('ArticlesMatched', 'Count', 1);
    end();
    await until(() => lines().length === 2);

    const [entry, metric] = lines().map((line) => JSON.parse(line));
    expect(entry).toMatchObject({ message: 'two\nlines', long, lone: '\ud83d', error: { message: 'a\r\nb' } });
    expect(metric).toMatchObject({ ArticlesMatched: 1 });
  });

  it('says nothing of an invocation without metrics', async () => {
    const { log, begin } = createTelemetry('test', { stream: openLog(folder, {}, () => {}) });

    begin(undefined)();
    log.info('after it');
    await until(() => lines().length > 0);

    expect(lines().map((line) => JSON.parse(line).message)).toEqual(['after it']);
  });

  it('tells its listener of warnings and errors, with their fields, and of nothing else', async () => {
    const heard: LogEntry[] = [];
    const log = openLog(folder, {}, (entry) => heard.push(entry));
    const entry = (level: string, more = {}): string => JSON.stringify({ level, message: `of ${level}`, ...more });

    for (const text of [
      `${entry('INFO', { says: '"level":"WARN"' })}\n`,
      `${entry('WARN', { topic: 'bridges' })}\n\n${entry('ERROR')}\n${entry('INFO')}\n`,
      '{"level":"ERROR"}\n',
      '{"level":"ERROR", cut off',
      `{"_aws":{},"level":"WARN"}\n`,
    ])
      log.write(text);
    log.write(Buffer.from(entry('ERROR')));
    await until(() => lines().length > 6);

    expect(heard).toEqual([{ message: 'of WARN', topic: 'bridges' }, { message: 'of ERROR' }, { message: 'of ERROR' }]);
  });

  it('tells its listener that it cannot be written', async () => {
    mkdirSync(file);
    const heard: LogEntry[] = [];

    openLog(folder, {}, (entry) => heard.push(entry)).write('lost\n');
    await until(() => heard.length > 0);

    expect(heard).toEqual([{ message: LOG_UNWRITABLE, problem: expect.stringContaining('EISDIR') }]);
  });
});
