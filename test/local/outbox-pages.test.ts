import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/outbox.ts';
import { handlePage } from '../../local/pages.ts';
import { aMachineStatus, aMatch, START } from '../support/builders.ts';

const HTML =
  '<!DOCTYPE html><html><head><title>x</title></head><body><a href="https://example.org/">read</a></body></html>';
const TIME = /\d{4}-\d{2}-\d{2} \d{2}:\d{2} (UTC|[+-]\d{2}:\d{2})/;

let folder: string;
let outbox: Outbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
  outbox = new Outbox(folder, null);
  const mail = { from: 'a@example.org', to: 'b@example.org', subject: 'A & B', text: 'text <b>', headers: {} };
  await outbox.take({ ...mail, html: HTML });
  await outbox.take({ ...mail, html: null });
});
afterEach(() => rmSync(folder, { recursive: true }));

async function look(path: string): Promise<string> {
  const response = await handlePage(new Request(`http://127.0.0.1${path}`), {
    outbox,
    matches: async () => [aMatch()],
    status: async () => ({
      time: START,
      feeds: { total: 1, failing: 0, neverPolled: 0, byStatus: {} },
      topics: 1,
      lastScheduledMinute: START,
      oldestPolledAt: null,
      due: 0,
      oldestDueAt: null,
      deliveryTroubles: [],
    }),
    machineStatus: () => aMachineStatus(),
  });
  return (await response?.text()) ?? '';
}

describe('the pages of one machine', () => {
  it.each(['/', '/outbox', '/outbox/1', '/outbox/2'])('show times with their zone on %s', async (path) => {
    const page = await look(path);

    expect(page).toMatch(TIME);
    expect(page).not.toMatch(/\dT\d\d:/);
  });

  it('give a mail the whole window to be scrolled in', async () => {
    expect(await look('/outbox/1')).toMatch(
      /<body class="framed">.*<iframe title="The mail" src="\/outbox\/1\/html">/s,
    );
    expect(await look('/outbox/2')).toMatch(/<body><nav>.*<pre dir="auto">text &lt;b&gt;<\/pre>/s);
  });

  it('open the links of a mail outside its frame, which shows this server alone', async () => {
    expect(await look('/outbox/1/html')).toBe(HTML.replace('<head>', '<head><base target="_blank">'));
    expect(outbox.read(1, 'html')).toBe(HTML);
  });
});
