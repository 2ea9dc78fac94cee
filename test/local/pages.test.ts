// The pages of one machine: what they show, in which zone, and to HEAD.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/mail/outbox.ts';
import { handlePage, type PageParts } from '../../local/pages/pages.ts';
import { type Story, withReport } from '../../shared/model/story.ts';
import { aHit, aMachineStatus, aMatch, START } from '../support/builders.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const partsWith = (change: Partial<PageParts> = {}): PageParts => ({
  outbox: new Outbox(folder, null),
  matches: async () => [aMatch()],
  stories: async () => [],
  status: async () => ({
    time: START,
    feeds: { total: 2, failing: 0, neverPolled: 0, byStatus: { ok: 2 } },
    topics: 1,
    lastScheduledMinute: START,
    oldestPolledAt: null,
    due: 0,
    oldestDueAt: null,
    question: 'mail',
    deliveryFailures: [],
    operators: null,
  }),
  machineStatus: () => aMachineStatus(),
  ...change,
});
const look = async (path: string, parts = partsWith(), method = 'GET') => {
  const response = await handlePage(new Request(`http://127.0.0.1${path}`, { method }), parts);
  return { status: response?.status, headers: response?.headers, text: (await response?.text()) ?? '' };
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

describe('the status page shows', () => {
  it('events that several reports are about, with reports and sources, and no others', async () => {
    const match = aMatch();
    const source = match.sources[0]!;
    const story = (id: string, title: string): Story => ({
      ...withReport(null, { hit: aHit({}, [match]), title, language: 'en', source }),
      id,
    });
    const several = {
      ...story('ferry', 'Ferry <sinks>'),
      hits: 3,
      texts: 2,
      sources: [source, { ...source, title: 'A & B' }],
    };
    const { text } = await look('/', partsWith({ stories: async () => [several, story('strike', 'Rail strike')] }));

    expect(text).toContain('<span class="head" dir="auto">Ferry &lt;sinks&gt;</span>');
    expect(text).toContain(
      '3 reports, 2 texts · Example News, A &amp; B · last 2026-11-17 08:00 UTC · tocsin stories ferry',
    );
    expect(text).not.toContain('Rail strike');
    expect((await look('/')).text).not.toContain('several reports');
  });

  it('figures of what runs', async () => {
    const counts = { total: 12, failing: 3, neverPolled: 2, byStatus: { ok: 9 } };
    const { text } = await look(
      '/',
      partsWith({
        matches: async () => [],
        status: async () => ({ ...(await partsWith().status()), feeds: counts, topics: 4, due: 5 }),
      }),
    );

    expect(text).toContain(
      '<div class="figures"><div><b>12</b>feeds followed</div><div><b>3</b>failing</div><div><b>4</b>topics</div><div><b>0</b>mails</div><div><b>5</b>alerts waiting</div></div>',
    );
    expect(text).toContain('<p>No matches yet; 10 of 12 feeds were polled.</p>');
    expect(text).not.toContain('<ul></ul>');
  });

  it('each match with its topic, its passages and where it comes from', async () => {
    const { article, passages, sources, topic } = aMatch();
    const match = aMatch(
      {},
      {
        topic: { ...topic, title: 'Rivers <x>' },
        article: { ...article, title: 'Convoy & river', url: 'https://news.example.org/?a=1&b=2' },
        passages: [{ ...passages[0]!, text: 'A <b> of forty trucks crossed the river at dawn.', highlights: [[2, 5]] }],
        sources: [sources[0]!, { ...sources[0]!, title: 'Other' }],
      },
    );

    const { text } = await look('/', partsWith({ matches: async () => [match] }));

    expect(text).toContain(
      '<ul><li><span class="chip">Rivers &lt;x&gt;</span> <a class="head" dir="auto" href="https://news.example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">Convoy &amp; river</a>' +
        '<p class="passage" dir="auto">A <mark>&lt;b&gt;</mark> of forty trucks crossed the river at dawn.</p>' +
        '<span class="meta">Example News, Other · en · 2026-11-17 08:00 UTC · matched in the feed',
    );
    expect(text).not.toContain('mentioned in passing');
    const weak = await look('/', partsWith({ matches: async () => [{ ...match, strength: 'weak' }] }));
    expect(weak.text).toContain(' · mentioned in passing</span>');
    expect(text).toMatch(/<\/span><\/li><\/ul><\/main>/);
    expect(text).not.toContain('No matches yet');
  });

  it.each(['javascript:alert(1)', 'data:text/html,https://news.example.org/'])(
    'no link to an address that is not on the web: %s',
    async (url) => {
      const match = aMatch({}, { article: { ...aMatch().article, url } });

      const { text } = await look('/', partsWith({ matches: async () => [match] }));

      expect(text).toContain('<a class="head" dir="auto" >Convoy crosses the river</a>');
    },
  );
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

it.each([
  ['/', 'Tocsin – Tocsin'],
  ['/outbox', 'Outbox – Tocsin'],
])('%s is a page of its own that loads nothing and is kept nowhere', async (path, title) => {
  const { headers, text } = await look(path);

  expect(text).toMatch(new RegExp(`<title>${title}</title><style>:root.*</style></head><body><nav>`, 's'));
  expect(Object.fromEntries(headers ?? [])).toEqual({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  });
});

it.each(['/', '/outbox'])('HEAD finds %s as GET does', async (path) => {
  expect((await look(path, partsWith(), 'HEAD')).status).toBe(200);
});

it('other methods find no page', async () => {
  expect((await look('/', partsWith(), 'POST')).status).toBeUndefined();
});
