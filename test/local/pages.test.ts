// The outbox of one machine: what it shows, and to HEAD.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/mail/outbox.ts';
import { handlePage, type PageParts } from '../../local/pages/pages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const partsWith = (change: Partial<PageParts> = {}): PageParts => ({ outbox: new Outbox(folder, null), ...change });
const look = async (path: string, parts = partsWith(), method = 'GET') => {
  const response = await handlePage(new Request(`http://127.0.0.1${path}`, { method }), parts);
  return { status: response?.status, headers: response?.headers, text: (await response?.text()) ?? '' };
};

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

  it('lists its mails, the newest first, with where they went', async () => {
    await new Outbox(folder, { sendMail: async ({ messageId }) => ({ providerId: 'sent', messageId }) }).take({
      from: 'a@example.org',
      to: 'c@example.org',
      subject: 'Third',
      text: '',
      html: null,
      headers: {},
    });
    outbox = new Outbox(folder, null);

    const rows = [...(await page('/outbox')).matchAll(/<li>.*?<\/li>/g)].map(([row]) =>
      row.replace(/\d{4}-.{11}/, 'AT'),
    );

    expect(rows).toEqual([
      '<li><a class="head" dir="auto" href="/outbox/3">Third</a><br><span class="meta">to c@example.org · AT UTC · sent by SMTP</span></li>',
      ...[2, 1].map(
        (number) =>
          `<li><a class="head" dir="auto" href="/outbox/${number}">A &amp; B</a><br><span class="meta">to b@example.org · AT UTC · kept here</span></li>`,
      ),
    ]);
  });

  it('shows each mail under its own number', async () => {
    expect(await page('/outbox/1')).toContain(
      '<a href="/outbox/1/txt">as text</a> · <a href="/outbox/1/eml">as file</a>',
    );
    expect(await page('/outbox/2')).toMatch(
      /^<!doctype html>.*<title>A &amp; B – Tocsin<\/title>.*<h1 dir="auto">A &amp; B<\/h1><p class="meta">to b@example\.org · /s,
    );
    expect((await look('/outbox', partsWith())).text).not.toContain('No mail yet');
  });

  it('is empty before the first mail', async () => {
    const empty = partsWith({ outbox: { list: () => [] } as unknown as Outbox });

    expect((await look('/outbox', empty)).text).toContain('<main><h1>Outbox</h1><p>No mail yet.</p></main>');
  });

  it.each([
    ['/outbox/1/html', 'text/html; charset=utf-8'],
    ['/outbox/1/txt', 'text/plain; charset=utf-8'],
    ['/outbox/1/eml', 'message/rfc822; charset=utf-8'],
  ])('gives %s as %s, in which no script runs', async (path, type) => {
    const { status, headers } = await look(path, partsWith({ outbox }));

    expect(status).toBe(200);
    expect(headers?.get('content-type')).toBe(type);
    expect(headers?.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; sandbox /);
    expect(headers?.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/outbox/3',
    '/outbox/3/txt',
    '/outbox/2/html',
    '/outbox/10',
    '/outbox/1/png',
    '/outbox/1/txt/x',
    '/x/outbox/1',
  ])('has nothing at %s', async (path) => {
    expect((await look(path, partsWith({ outbox }))).status).toBeUndefined();
  });
});

it('is a page of its own that loads nothing and is kept nowhere', async () => {
  const { headers, text } = await look('/outbox');

  expect(text).toMatch(/<title>Outbox – Tocsin<\/title><style>:root.*<\/style><\/head><body><nav>/s);
  expect(Object.fromEntries(headers ?? [])).toEqual({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  });
});

it('is found by HEAD as by GET', async () => {
  expect((await look('/outbox', partsWith(), 'HEAD')).status).toBe(200);
});

it('other methods find no page', async () => {
  expect((await look('/outbox', partsWith(), 'POST')).status).toBeUndefined();
});
