// What one machine's process knows of its own health.
import { mkdtempSync, renameSync, rmSync, statfsSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Health } from '../../local/pages/health.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { VERSION } from '../../shared/core/version.ts';
import { reasonsNotReady } from '../../shared/health/machine-findings.ts';
import { later, START } from '../support/builders.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let folder: string;
let wall: number;
let passed: number;
let processId: number;
let queues: LocalQueues;
let health: Health;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-health-'));
  wall = Date.parse(START);
  passed = 5_000;
  processId = 100;
  queues = new LocalQueues(':memory:', () => wall);
  health = new Health(
    { folder, queues, databaseProcessId: () => processId },
    { now: () => wall, passed: () => passed },
  );
});
afterEach(() => {
  queues.close();
  rmSync(folder, { recursive: true });
});

const pass = (ms: number): void => {
  wall += ms;
  passed += ms;
};
const ready = (): boolean => reasonsNotReady(health.readiness()).length === 0;
const done = async (): Promise<void> => undefined;

describe('the health of a machine', () => {
  it('is offline until handlers are given work, with its version and its disk', () => {
    expect(health.machineStatus()).toMatchObject({
      state: 'offline',
      version: VERSION,
      time: START,
      startedAt: START,
      upSeconds: 0,
      disk: { freeBytes: expect.any(Number), totalBytes: expect.any(Number) },
    });
  });

  it('is ready from the first scheduled polls on, until it stops', async () => {
    health.starting();
    const before = ready();
    await health.timed('schedule', done)(undefined);
    const after = ready();
    health.stopping();
    await health.timed('schedule', done)(undefined);

    expect([before, after, ready()]).toEqual([false, true, false]);
  });

  it('tells a run that ends from one that goes on', () => {
    health.runsOnce();

    expect(health.readiness().state).toBe('once');
  });

  it('says how large its disk is', () => {
    const { blocks, bsize } = statfsSync(folder);
    const { disk } = health.machineStatus();

    expect(disk?.totalBytes).toBe(blocks * bsize);
    expect(disk?.freeBytes).toBeGreaterThan(bsize);
    expect(disk?.freeBytes).toBeLessThanOrEqual(blocks * bsize);
  });

  it('reports a log that cannot be written although there is none yet, until it is there', () => {
    health.logUnwritable('no right');
    const before = health.machineStatus().problems;
    writeFileSync(join(folder, 'tocsin.log'), '');

    expect(before).toMatchObject([{ what: 'log', says: 'the log cannot be written, so lines are missing: no right' }]);
    expect(health.machineStatus().problems).toEqual([]);
  });

  it('is not made ready by a sweep, nor by a schedule that failed', async () => {
    health.starting();
    await health.timed('sweep', done)(undefined);
    const failing = health.timed('schedule', async () => {
      throw new Error('no database');
    });

    await expect(failing(undefined)).rejects.toThrow('no database');
    expect(health.machineStatus()).toMatchObject({ state: 'starting', schedule: { at: null, secondsAgo: null } });
  });

  it('is not ready when a schedule stands still, whatever the clock on the wall shows', async () => {
    health.starting();
    await health.timed('schedule', done)(undefined);
    await health.timed('sweep', done)(undefined);
    wall += 2 * DAY;
    const afterJump = ready();
    pass(3 * MINUTE);

    expect(afterJump).toBe(true);
    expect(ready()).toBe(false);
    expect(health.machineStatus()).toMatchObject({ schedule: { at: START, secondsAgo: 180 }, upSeconds: 180 });
  });

  it('hands the event to the handler and its result back', async () => {
    const asked: unknown[] = [];
    await health.timed('sweep', async (event: string) => void asked.push(event))('now');
    const result = await health.worked('polls', async ({ Records }: { Records: readonly string[] }) => ({
      batchItemFailures: Records.slice(1),
    }))({ Records: ['a', 'b'] });

    expect(asked).toEqual(['now']);
    expect(result).toEqual({ batchItemFailures: ['b'] });
  });

  it('knows how long messages wait, and when one was last finished', async () => {
    queues.send('articles', ['one', 'two']);
    pass(MINUTE);
    await health.worked('articles', async () => ({ batchItemFailures: [] }))({ Records: ['one'] });
    pass(MINUTE);
    await health.worked('articles', async () => ({ batchItemFailures: ['two'] }))({ Records: ['two'] });

    expect(health.machineStatus().queues).toEqual([
      { name: 'polls', depth: 0, waitingSeconds: 0, idleSeconds: 120 },
      { name: 'articles', depth: 2, waitingSeconds: 120, idleSeconds: 60 },
      { name: 'deliveries', depth: 0, waitingSeconds: 0, idleSeconds: 120 },
      { name: 'publications', depth: 0, waitingSeconds: 0, idleSeconds: 120 },
    ]);
  });

  it('counts a message that is in progress as not waiting', () => {
    queues.send('polls', ['one']);
    pass(MINUTE);
    queues.receive('polls', 1, 15 * MINUTE);

    expect(health.machineStatus().queues[0]).toMatchObject({ depth: 1, waitingSeconds: 0 });
  });

  it('knows that the database is being restarted until another process has its place', async () => {
    health.starting();
    await health.timed('schedule', done)(undefined);
    health.databaseEnded();
    const during = health.machineStatus().database;
    processId = 101;

    expect(during).toEqual({ isRestarting: true, restarts: 1, lastRestartAt: START });
    expect(health.machineStatus().database).toEqual({ isRestarting: false, restarts: 1, lastRestartAt: START });
  });

  it.each([
    ['set back', -2 * DAY, -172_800],
    ['set forward', 2 * MINUTE, 120],
  ])('notices that the clock was %s', (_how, ms, seconds) => {
    pass(MINUTE);
    wall += ms;

    expect(health.machineStatus().clockJump).toEqual({ at: later(MINUTE + ms), seconds });
  });

  it('notices it at the next scheduled run, not only when it is asked', async () => {
    wall += 2 * DAY;
    await health.timed('schedule', done)(undefined);
    pass(60 * MINUTE);

    expect(health.machineStatus().clockJump).toEqual({ at: later(2 * DAY), seconds: 172_800 });
  });

  it('takes small corrections of the clock for what they are', () => {
    for (let correction = 0; correction < 100; correction += 1) {
      pass(MINUTE);
      wall += 2 * MINUTE - 1;
      health.machineStatus();
    }

    expect(health.machineStatus().clockJump).toBeNull();
  });

  it('keeps a problem, and since when it is there, until it is solved', () => {
    health.report('mail server', 'it refuses the password');
    pass(MINUTE);
    health.report('mail server', 'it does not answer');
    const { problems } = health.machineStatus();
    health.solved('mail server');

    expect(problems).toEqual([{ what: 'mail server', says: 'it does not answer', since: START }]);
    expect(health.machineStatus().problems).toEqual([]);
  });

  it('forgets that the log could not be written once it is written again', () => {
    const log = join(folder, 'tocsin.log');
    const written = (at: number): void => utimesSync(log, at / 1000, at / 1000);
    writeFileSync(log, 'a line\n');
    written(wall - MINUTE);
    health.logUnwritable('no space left');
    const before = health.machineStatus().problems;
    written(wall + MINUTE);

    expect(before).toMatchObject([{ what: 'log', says: expect.stringContaining('no space left') }]);
    expect(health.machineStatus().problems).toEqual([]);
  });

  it('counts what was set aside', () => {
    queues.send('polls-dead', ['one']);

    expect(health.machineStatus().deadLetters).toBe(1);
  });
});

it('reports a data file that is removed or replaced while it runs', () => {
  const file = join(folder, 'tocsin.sqlite');
  writeFileSync(file, '');
  health = new Health({ folder, queues, databaseProcessId: () => processId });
  const before = health.machineStatus().problems;

  renameSync(file, `${file}.elsewhere`);
  const gone = health.machineStatus().problems;
  renameSync(`${file}.elsewhere`, file);

  expect(before).toEqual([]);
  expect(gone).toEqual([expect.objectContaining({ what: 'data files', says: expect.stringContaining(file) })]);
});
