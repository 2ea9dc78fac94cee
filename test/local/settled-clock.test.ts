// The time by which data is deleted for good: not that of a clock that has just jumped.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettledClock } from '../../local/event-sources/settled-clock.ts';
import { startParts } from '../../local/instance.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { START } from '../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = 3_652 * DAY;

let queues: LocalQueues;
let wall: number;
let passed: number;
let clock: SettledClock;

beforeEach(() => {
  queues = new LocalQueues(':memory:');
  wall = Date.parse(START);
  passed = 7_000;
  clock = start();
});
afterEach(() => queues.close());

function start(): SettledClock {
  const started = new SettledClock(
    queues,
    () => wall,
    () => passed,
  );
  started.now();
  return started;
}

/** Asked each minute, as a running Tocsin does. */
function run(ms: number): void {
  for (let ran = 0; ran < ms; ran += MINUTE) {
    wall += MINUTE;
    passed += MINUTE;
    clock.now();
  }
}

const behindTheWall = (): number => wall - clock.now().getTime();

describe('the settled clock', () => {
  it('is the clock while that goes on as time passes', () => {
    run(3 * HOUR);

    expect(clock.now().getTime()).toBe(Date.parse(START) + 3 * HOUR);
  });

  it.each([
    ['a day and an hour', DAY + HOUR],
    ['ten years', YEARS],
  ])('does not follow a jump of %s within a day of running time, and goes on from before', (_, jump) => {
    wall += jump;
    run(DAY - MINUTE);

    expect(clock.now().getTime()).toBe(Date.parse(START) + DAY - MINUTE);
  });

  it('follows a jump after a day of running time', () => {
    wall += YEARS;
    run(DAY);

    expect(behindTheWall()).toBe(0);
  });

  it('follows a step of up to a day at once', () => {
    wall += DAY;

    expect(behindTheWall()).toBe(0);
  });

  it('is right again as soon as the clock is', () => {
    wall += YEARS;
    run(HOUR);
    wall -= YEARS;

    expect(clock.now().getTime()).toBe(Date.parse(START) + HOUR);
  });

  it('counts running time from zero for each jump', () => {
    wall += YEARS;
    run(DAY - HOUR);
    wall -= YEARS;
    run(MINUTE);
    wall += YEARS;
    run(HOUR);

    expect(behindTheWall()).toBe(YEARS);
  });

  it('does not follow a jump that came while nothing ran, and counts the running time of several starts', () => {
    wall += YEARS;
    clock = start();
    const atStart = behindTheWall();
    run(DAY / 2);
    clock = start();
    run(DAY / 2 - MINUTE);
    const before = behindTheWall();
    run(MINUTE);

    expect([atStart, before, behindTheWall()]).toEqual([YEARS, YEARS, 0]);
  });

  it('is never ahead of the clock, and believes an earlier one after a day of running time too', () => {
    wall -= YEARS;
    const atOnce = behindTheWall();
    run(DAY);
    wall += 2 * DAY;

    expect([atOnce, behindTheWall()]).toEqual([0, 2 * DAY]);
  });

  it('believes the clock when what was kept cannot be read', () => {
    queues.setSetting('settled clock', '{"at":');
    wall += YEARS;

    expect(behindTheWall()).toBe(0);
  });
});

describe('a start', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-settled-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Five days ago an article was queued and not matched; `believed` days ago the clock was last believed. */
  async function queuedAfterStart(believed: number): Promise<number> {
    const file = join(folder, 'queues.sqlite');
    const before = new LocalQueues(file, () => Date.now() - 5 * DAY);
    before.send('articles', ['waits']);
    new SettledClock(before, () => Date.now() - believed * DAY).now();
    before.close();
    const parts = await startParts(folder, defaultSettings, { env: process.env });
    const queued = parts.queues.depth('articles');
    await parts.stop();
    return queued;
  }

  it('forgets what has waited too long', async () => {
    expect(await queuedAfterStart(0)).toBe(0);
  });

  it('with a clock that jumped forgets nothing', async () => {
    expect(await queuedAfterStart(5)).toBe(1);
  });
});
