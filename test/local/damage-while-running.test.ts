// A data file that is damaged while Tocsin runs: the terminal names it with the remedy, instead of silent retries.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, runTocsin } from '../../local/run.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { until } from '../support/waiting.ts';

let folder: string;
let running: Running;
const problems: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-damage-'));
  running = await runTocsin({
    folder,
    env: process.env,
    port: 0,
    once: false,
    redrive: false,
    sample: false,
    settings: defaultSettings,
    configuration: { feeds: [], topics: [], packs: [] },
    say: () => {},
    signal: new AbortController().signal,
    watcher: {
      configuring: () => {},
      polled: () => {},
      matched: () => {},
      heldBack: () => {},
      mailServer: () => {},
      problem: (message) => problems.push(message),
    },
  });
});
afterAll(async () => {
  await running.stop(1_000);
  rmSync(folder, { recursive: true });
});

it('damage of the database is reported when a handler fails on it', async () => {
  const error = 'InternalServerError: backend: database disk image is malformed';

  running.parts.telemetry('match-articles').log.warn('batch', { failed: 1, failures: [{ record: '1', error }] });
  await until(() => problems.length > 0);

  const words = /tocsin\.sqlite cannot be used: database disk image(.|\n)*tocsin restore/;
  expect(problems).toEqual([expect.stringMatching(words)]);
  expect(running.parts.health.machineStatus().problems).toEqual([
    expect.objectContaining({ what: 'data files', says: expect.stringMatching(words) }),
  ]);
});

it('so is a record that is no text any more', async () => {
  const before = problems.length;
  const error =
    'backend: Conversion error from type Text at index: 2, invalid utf-8 sequence of 1 bytes from index 524';

  running.parts.telemetry('match-articles').log.warn('batch', { failed: 1, failures: [{ record: '1', error }] });
  await until(() => problems.length > before);

  expect(problems.at(-1)).toMatch(/tocsin\.sqlite cannot be used: invalid utf-8 sequence(.|\n)*tocsin restore/);
});

it('damage of the queue file is reported when a queue fails on it', async () => {
  const before = problems.length;
  const { queues } = running.parts;
  queues.nextVisibleAt = () => {
    throw Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
  };

  queues.send('polls', ['{}']);
  await until(() => problems.length > before);

  expect(problems.at(-1)).toMatch(/queues\.sqlite cannot be used: database disk image(.|\n)*tocsin restore/);
  Reflect.deleteProperty(queues, 'nextVisibleAt');
});
