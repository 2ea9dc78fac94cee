// The sweep of one machine notifies its operator of feeds: the real handler, database and outbox.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeHandlers } from '../../local/compose.ts';
import { type InstanceParts, startParts } from '../../local/instance.ts';
import { OUTBOX_ADDRESS } from '../../local/mail/received-mail.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { aNewFeed } from '../support/builders.ts';

const HOUR = 3_600_000;

let folder: string;
let parts: InstanceParts;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-feed-incidents-'));
  parts = await startParts(folder, defaultSettings, { env: process.env });
});
afterAll(async () => {
  await parts.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a feed that has failed for long stands in the outbox once, however often the sweep comes', async () => {
  const { sweep } = composeHandlers(parts);
  const { feeds } = parts.stores;
  const feed = aNewFeed({ url: 'https://north.example.org/feed', title: 'The north' });
  await feeds.addFeed(feed);
  const since = new Date(Date.now() - 7 * HOUR).toISOString();
  const { state } = (await feeds.getFeed(feed.id))!;
  const failure = { kind: 'dns' as const, message: `${feed.url}: the host name has no address.`, since, count: 8 };
  await feeds.savePollState(feed.id, { ...state, failure });

  await sweep(undefined);
  await sweep(undefined);

  expect(parts.outbox.list()).toMatchObject([{ to: OUTBOX_ADDRESS, subject: 'Tocsin: 1 feed fails' }]);
  expect(parts.outbox.read(1, 'txt')).toContain('8 tries: the host name has no address.');
});
