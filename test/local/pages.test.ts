// The pages of one machine: what they show, in which zone, and to HEAD.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/mail/outbox.ts';
import { handlePage, type PageParts } from '../../local/pages/pages.ts';
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
    deliveryFailures: [],
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
  const HTML =
    '<!DOCTYPE html><html><head><title>x</title></head><body><a href="https://example.org/">read</a></body></html>';
  let outbox: Outbox;
  beforeEach(async () => {
    outbox = new Outbox(folder, null);
    const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'A & B', text: 'text <b>', headers: {} };
    await outbox.take({ ...mail, html: HTML });
    await outbox.take({ ...mail, html: null });
  });
  const page = async (path: string): Promise<string> => (await look(path, partsWith({ outbox }))).text;

  it.each(['/outbox', '/outbox/1', '/outbox/2'])('names the zone of its times on %s', async (path) => {
    expect(await page(path)).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(await page(path)).not.toMatch(/\dT\d\d:/);
  });

  it('gives a mail the whole window to be scrolled in', async () => {
    expect(await page('/outbox/1')).toMatch(
      /<body class="framed">.*<iframe title="The mail" src="\/outbox\/1\/html">/s,
    );
    expect(await page('/outbox/2')).toMatch(/<body><nav>.*<pre dir="auto">text &lt;b&gt;<\/pre>/s);
  });

  it('opens the links of a mail outside its frame, which shows this server alone', async () => {
    expect(await page('/outbox/1/html')).toBe(HTML.replace('<head>', '<head><base target="_blank">'));
    expect(outbox.read(1, 'html')).toBe(HTML);
  });
});

it.each(['/', '/outbox'])('HEAD finds %s as GET does', async (path) => {
  expect((await look(path, partsWith(), 'HEAD')).status).toBe(200);
});

it('other methods find no page', async () => {
  expect((await look('/', partsWith(), 'POST')).status).toBeUndefined();
});
