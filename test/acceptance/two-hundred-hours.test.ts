// One machine's Tocsin for two hundred hours of a virtual clock: the real handlers, database, queues and log, three feeds that publish on and
// on. Nothing may grow without end. Bounds: after the first days, data older than its retention makes room for what is new, so files and
// memory stay; the log grows by the same amount in each hour until it is rotated (docs/adr/0013, local/system/log-file.ts).

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Running, runTocsin } from '../../local/run.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { aTopic } from '../support/builders.ts';
import { rss } from '../support/followed-feed.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const HOUR_MS = 3_600_000;
const HOURS = 200;
/** Timers fire late, as on a machine that is busy; schedules catch up. */
const STEP_MS = 15 * 60_000;
const START = '2026-11-17T12:00:00.000Z';
const FEEDS = 3;
/** A document shows so many items; a new one comes each hour, and one in eight matches. */
const SHOWN = 20;
const MATCHES_ONE_IN = 8;
/** When all that is kept for a day and for a week has reached its size. */
const SETTLED_HOURS = 100;

const MB = 1_000_000;
/** Of the heap, over a hundred hours. */
const MOST_HEAP_GROWTH = 1 * MB;
/** Of the two data files together, over a hundred hours. */
const MOST_DATA_GROWTH = 0.25;
/** Of the log, in an hour. */
const MOST_LOG_BYTES_AN_HOUR = 30_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Size {
  readonly hours: number;
  readonly heap: number;
  readonly data: number;
  readonly log: number;
  readonly files: number;
  readonly timers: number;
  readonly settings: number;
  readonly messages: number;
}

const clock = virtualClock(START);
const problems: string[] = [];
const counts = { polled: 0, matched: 0 };
let folder: string;
/** It keeps nothing of what it is asked, unlike the servers of other tests. */
const publisher = createServer((request, response) => {
  response.setHeader('content-type', 'application/rss+xml');
  response.end(document(request.url ?? ''));
});
let running: Running;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-hours-'));
  await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', resolve));
  const pair = `127.0.0.1:${(publisher.address() as AddressInfo).port}`;
  running = await runTocsin({
    folder,
    env: process.env,
    clock,
    port: 0,
    once: false,
    redrive: false,
    sample: false,
    settings: {
      ...defaultSettings,
      poll: { ...defaultSettings.poll, everyMinutes: 60 },
      fetch: { allowHosts: [pair] },
      retention: { matchDays: 1, deliveryDays: 1 },
    },
    configuration: {
      feeds: Array.from({ length: FEEDS }, (_, n) => ({
        url: `http://${pair}/${n}`,
        title: `Feed ${n}`,
        folder: '',
        language: null,
        fullText: 'never' as const,
      })),
      topics: [aTopic()],
      packs: [],
    },
    say: () => {},
    signal: new AbortController().signal,
    watcher: {
      configuring: () => {},
      heldBack: () => {},
      polled: (ids) => {
        counts.polled += ids.length;
      },
      matched: (ids) => {
        counts.matched += ids.length;
      },
      mailServer: () => {},
      problem: (message) => problems.push(message),
    },
  });
}, 120_000);
afterAll(async () => {
  await running.stop(500);
  publisher.closeAllConnections();
  publisher.close();
  rmSync(folder, { recursive: true });
});

/** The newest items of a feed at this hour. */
function document(path: string): string {
  const hour = Math.floor(clock.passed() / HOUR_MS);
  const entries = Array.from({ length: SHOWN }, (_, back) => hour - back).map((n) => ({
    title: `Report ${n} of ${path}`,
    guid: `${path} ${n}`,
    date: new Date(Date.parse(START) + n * HOUR_MS).toUTCString(),
    text: n % MATCHES_ONE_IN === 0 ? `A convoy crossed the river in hour ${n}.` : `The market opened in hour ${n}.`,
  }));
  return rss(entries, hour);
}

async function letPass(ms: number): Promise<void> {
  for (const end = clock.passed() + ms; clock.passed() < end; ) {
    clock.move(STEP_MS);
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (running.isBusy());
  }
}

/** What there is now, when everything that ended is gone. */
async function measured(): Promise<Size> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collectGarbage();
  }
  const queues = new DatabaseSync(join(folder, 'queues.sqlite'), { readOnly: true });
  const count = (table: string): number =>
    (queues.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  const [settings, messages] = [count('setting'), count('message')];
  queues.close();
  const bytesOf = (pattern: RegExp): number =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return {
    hours: clock.passed() / HOUR_MS,
    heap: process.memoryUsage().heapUsed,
    data: bytesOf(/^(?:tocsin|queues)\.sqlite/),
    log: bytesOf(/^tocsin\.log/),
    files: readdirSync(folder).length,
    timers: clock.waiting(),
    settings,
    messages,
  };
}

it('two hundred hours leave files, log and memory as a hundred did', async () => {
  const begun = await measured();
  await letPass(SETTLED_HOURS * HOUR_MS);
  const halfway = await measured();
  await letPass((HOURS - SETTLED_HOURS) * HOUR_MS);
  const end = await measured();

  const mails = readdirSync(join(folder, 'outbox'));
  const shown = JSON.stringify([begun, halfway, end]);
  // It worked all the while: each feed's new items were found, each event was mailed of.
  expect([end.hours, problems]).toEqual([HOURS, []]);
  expect(counts.polled).toBeGreaterThan(FEEDS * (HOURS - 10));
  const matches = Math.floor((FEEDS * HOURS) / MATCHES_ONE_IN);
  expect(counts.matched).toBeGreaterThan(matches - FEEDS);
  // Reports in nearly the same words make stories; each has been mailed of, and nothing waits.
  const sent = running.parts.outbox.list().length;
  expect(sent).toBeGreaterThan(HOURS / MATCHES_ONE_IN);
  expect(sent).toBeLessThanOrEqual(counts.matched);
  expect(mails).toHaveLength(3 * sent + 1);
  expect(await running.status()).toMatchObject({ feeds: { total: FEEDS, failing: 0 }, deliveryFailures: [] });
  // And nothing was left behind.
  expect({ shown, heap: end.heap - halfway.heap <= MOST_HEAP_GROWTH }).toEqual({ shown, heap: true });
  expect({ shown, data: end.data <= halfway.data * (1 + MOST_DATA_GROWTH) }).toEqual({ shown, data: true });
  expect({ shown, log: (end.log - halfway.log) / (HOURS - SETTLED_HOURS) <= MOST_LOG_BYTES_AN_HOUR }).toEqual({
    shown,
    log: true,
  });
  expect([end.files, end.timers, end.settings, end.messages]).toEqual([
    halfway.files,
    halfway.timers,
    halfway.settings,
    0,
  ]);
  for (const line of readFileSync(join(folder, 'tocsin.log'), 'utf8').trimEnd().split('\n')) JSON.parse(line);
}, 900_000);
