// The configuration that the product is given: topics, feeds, subscriptions, and a disk of its own where that is allowed.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';
import type { Product } from './product.ts';
import type { Publishers } from './publishers.ts';

const TOPICS_FILE = `${TROOPS_PACK}  - id: bridge-closure
    title: Bridge closure
    description: A bridge that is closed.
    severity: low
    any:
      en: [ 'bridge NEAR/8 closed' ]
    tests:
      - match: "The bridge was closed at noon."
        passage: "bridge was closed"
      - no: "The shop closed at noon."
`;

/** The subscriber of all topics reaches the limit within ten minutes, so that some alerts come as a digest; the others do not. */
const SETTINGS_FILE =
  'poll:\n  everyMinutes: 1\n  slowestMinutes: 1\nalerts:\n  maxSinglePerTenMinutes: 300\nmail:\n  from: tocsin@soak.example\n  confirm: false\n';

export const SUBSCRIPTIONS = [
  { target: 'each@soak.example', topics: ['*'], digest: 'none' },
  { target: 'hourly@soak.example', topics: ['*'], digest: 'hourly' },
  { target: 'troops@soak.example', topics: ['troop-deployment'], digest: 'none' },
] as const;

export function writeConfiguration(place: Workplace, { feeds }: Publishers): void {
  place.write('config/topics/test.yaml', TOPICS_FILE);
  place.write('config/tocsin.yaml', SETTINGS_FILE);
  const rows = feeds.map(
    ({ url, hasPages }, feed) =>
      `<outline type="rss" text="Feed ${feed}" xmlUrl="${url}" tocsin:fullText="${hasPages ? 'always' : 'never'}"/>`,
  );
  place.write(
    'config/feeds.opml',
    `<opml version="2.0" xmlns:tocsin="urn:tocsin:opml"><head/><body>${rows.join('\n')}</body></opml>`,
  );
}

export async function makeSubscriptions(product: Product): Promise<void> {
  for (const subscription of SUBSCRIPTIONS)
    await product.api('POST', '/v1/subscriptions', { channel: 'email', ...subscription });
}

const DISK_OPTIONS = 'size=256m,mode=0700';

/** A small disk of its own for the data, which can be filled; false where this user may not mount one. */
export function mountDisk(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', DISK_OPTIONS, 'tocsin-soak', folder]).status === 0;
}

export const unmountDisk = (folder: string): void => void spawnSync('umount', ['--lazy', folder]);
