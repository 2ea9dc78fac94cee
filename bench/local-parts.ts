// What several measurements stand on: the parts of one machine in a folder that is thrown away, topics in force, text to match.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../adapters/files/read-configuration.ts';
import { type InstanceParts, startParts } from '../local/instance.ts';
import { defaultSettings } from '../shared/model/settings.ts';
import type { Topic } from '../shared/model/topic.ts';
import type { Clock, Log } from '../shared/ports.ts';

export const SYSTEM_CLOCK: Clock = { now: () => new Date() };
export const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Holds in each item of `ARTICLE_TEXT`, so that every item is stored, whatever the shipped packs say of it. */
const CROSSING: Topic = {
  id: 'river-crossing',
  version: '1.0.0+0000000',
  pack: 'measurement',
  title: 'River crossing',
  description: 'Convoys that cross a river.',
  severity: 'low',
  codes: {},
  any: { en: ['convoy NEAR/5 river'] },
  all: {},
  none: {},
  sets: {},
  passage: { context: 1, max: 3, maxChars: 600 },
};

/** Two hundred words, as a feed with full text gives; `{n}` makes each item another. */
export const ARTICLE_TEXT = [
  'A convoy of forty trucks crossed the river in the morning, report {n} says, and reached the town on the far side before noon.',
  ...Array.from(
    { length: 12 },
    (_, n) =>
      `Shops on street ${n} had opened late, and people stood at the windows to see what the noise of so many engines was about.`,
  ),
].join(' ');

/** The parts of one machine with the shipped topics and one of our own; `stop` throws the folder away. */
export async function startBenchParts(
  allowHosts: readonly string[],
): Promise<{ parts: InstanceParts; topics: readonly Topic[] }> {
  const { topics } = (await readConfiguration('config')).configuration;
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const parts = await startParts(folder, { ...defaultSettings, fetch: { allowHosts } }, { env: process.env });
  const stop = async (): Promise<void> => {
    await parts.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { parts: { ...parts, stop }, topics: [...topics, CROSSING] };
}
