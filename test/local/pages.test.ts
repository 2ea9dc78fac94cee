// The pages of one machine: what they show, in which zone, and to HEAD.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/outbox.ts';
import { handlePage, type PageParts } from '../../local/pages.ts';
import { aMachineStatus, aMatch, START } from '../support/builders.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const partsWith = (change: Partial<PageParts> = {}): PageParts => ({
  outbox: new Outbox(folder, null),
  matches: async () => [aMatch()],
  status: async () => ({
    time: START,
    feeds: { total: 2, failing: 0, neverPolled: 0, byStatus: { ok: 2 } },
    topics: 1,
    lastScheduledMinute: START,
    oldestPolledAt: null,
    due: 0,
    oldestDueAt: null,
    deliveryTroubles: [],
  }),
  machineStatus: () => aMachineStatus(),
  ...change,
});
const look = async (path: string, parts = partsWith(), method = 'GET') => {
  const response = await handlePage(new Request(`http://127.0.0.1${path}`, { method }), parts);
  return { status: response?.status, text: (await response?.text()) ?? '' };
};

describe('the status page', () => {
  it('names the zone of its times', async () => {
    const { text } = await look('/');
    const [minute = ''] =
      aMatch()
        .article.firstSeenAt.replace('T', ' ')
        .match(/^.{16}/) ?? [];

    expect(text).toContain(`${minute} UTC`);
  });

  it('says that all is well, or what needs a look, as doctor does', async () => {
    const problems = [{ what: 'mail server', says: 'it refuses <the password>', since: START }];
    const well = await look('/');
    const unwell = await look('/', partsWith({ machineStatus: () => aMachineStatus({ problems, deadLetters: 2 }) }));

    expect(well.text).toContain('All is well.');
    expect(unwell.text).not.toContain('All is well.');
    expect(unwell.text).toContain('<b>mail server</b> it refuses &lt;the password&gt; (since 2026-11-17 08:00 UTC)');
    expect(unwell.text).toContain('tocsin deadletters list');
    expect(unwell.text).not.toContain('has been running');
  });
});

describe('the outbox', () => {
  it('names the zone of its times, in the list and with each mail', async () => {
    const outbox = new Outbox(folder, null);
    await outbox.take({
      from: 'a@example.org',
      to: 'b@example.org',
      subject: 'News',
      text: 'Text',
      html: null,
      headers: {},
    });
    const time = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/;

    expect((await look('/outbox', partsWith({ outbox }))).text).toMatch(time);
    expect((await look('/outbox/1', partsWith({ outbox }))).text).toMatch(time);
  });
});

it.each(['/', '/outbox'])('HEAD finds %s as GET does', async (path) => {
  expect((await look(path, partsWith(), 'HEAD')).status).toBe(200);
});

it('other methods find no page', async () => {
  expect((await look('/', partsWith(), 'POST')).status).toBeUndefined();
});
