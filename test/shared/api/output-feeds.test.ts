// Outputs as a program reads them: from a request for a secret address to a document, read again by our own reader of feeds.
import { createOutputFeeds, type OutputFeedPorts } from '../../../shared/api/output-feeds.ts';
import { readFeed } from '../../../shared/feeds/read-feed.ts';
import type { Match } from '../../../shared/model/match.ts';
import type { OutputFeed, OutputForm } from '../../../shared/model/output.ts';
import { aClock, aMatch, later, START } from '../../support/builders.ts';
import { aLog } from '../../support/fakes.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { anOutput, pathOfOutput } from '../../support/output-world.ts';

const BASE = 'https://tocsin.example.org';
const HOUR_MS = 3_600_000;

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => SIGNS[name] ?? '');

async function aFeedWorld(
  matches: readonly Match[] = [aMatch()],
  output: Partial<OutputFeed> = {},
  change: Partial<OutputFeedPorts> = {},
) {
  const clock = aClock();
  const log = aLog();
  const stores = createMemoryStores({ clock });
  await stores.outputs.createOutput(anOutput(output));
  for (const match of matches) await stores.matches.putMatch(match);
  clock.advance(HOUR_MS);
  const handle = createOutputFeeds({ ...stores, clock, log, publicUrl: () => BASE, ...change });
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    handle(new Request(`${BASE}${path}`, { method, headers }));
  const read = async (form: OutputForm) => {
    const response = await ask(pathOfOutput(form));
    const body = new Uint8Array(await response.arrayBuffer());
    const contentType = response.headers.get('content-type') ?? '';
    const parsed = await readFeed({ body, contentType, url: `${BASE}${pathOfOutput(form)}` });
    return { ...parsed, text: new TextDecoder().decode(body), contentType };
  };
  return { ask, read, stores, clock, log };
}

describe.each<OutputForm>(['atom', 'json'])('an output as %s', (form) => {
  it('has an entry for each article, the newest first, with all its topics', async () => {
    const { read } = await aFeedWorld([
      aMatch({ articleId: 'old' }),
      aMatch({ articleId: 'new', firstSeenAt: later(60_000) }),
      aMatch(
        { articleId: 'new', topicId: 'treaties', firstSeenAt: later(60_000) },
        { topic: { id: 'treaties', version: '1', title: 'Treaties & pacts', severity: 'critical' } },
      ),
    ]);

    const { items, feed, notes } = await read(form);

    expect(notes).toEqual([]);
    expect(feed).toMatchObject({ title: 'Rivers', format: form });
    expect(items).toMatchObject([
      {
        id: 'urn:tocsin:article:new',
        title: 'Convoy crosses the river',
        published: later(60_000),
        updated: later(60_000),
        language: 'en',
        authors: ['Example News'],
        categories: expect.arrayContaining(['Treaties & pacts', 'River crossings', 'severity: critical']),
      },
      { id: 'urn:tocsin:article:old', categories: expect.arrayContaining(['River crossings', 'severity: medium']) },
    ]);
    expect(items[1]?.categories).not.toContain('Treaties & pacts');
  });

  it('shows the passage, why the article matched, and where it comes from; the link leads to the passage', async () => {
    const { items, text } = await (await aFeedWorld()).read(form);

    expect(items[0]?.content).toContain('A convoy of forty trucks crossed the river at dawn.');
    expect(items[0]?.content).toContain('River crossings (medium): convoy near river');
    expect(items[0]?.content).toContain('Example News · published 2026-11-17');
    expect(items[0]?.url).toMatch(/^https:\/\/news\.example\.org\/2026\/11\/17\/convoy/);
    expect(text).toContain(form === 'json' ? 'A <b>convoy</b> of' : 'A &lt;b&gt;convoy&lt;/b&gt; of');
  });

  it('names itself by an id that stays and by its address', async () => {
    const { text } = await (await aFeedWorld()).read(form);

    expect(text).toContain(`${BASE}${pathOfOutput(form)}`);
    if (form === 'atom') expect(text).toContain(`<id>urn:tocsin:output:${anOutput().id}</id>`);
  });

  it('is well formed whatever foreign texts hold', async () => {
    const hostile =
      '</title><script>alert(1)</script> ]]> &amp; <![CDATA[ "\' \u0000\u0008\u001b\ufffe\ud800 \u202etxt\u2066';
    const base = aMatch();
    const { read } = await aFeedWorld(
      [
        aMatch(
          {},
          {
            topic: { id: 'a"b<&\u0001', version: '1', title: hostile, severity: 'high' },
            article: { ...base.article, title: hostile, url: `https://news.example.org/?a=1&b="2"'<>` },
            sources: [{ ...base.sources[0]!, title: hostile }],
            passages: [
              {
                text: `${hostile} convoy`,
                field: 'body',
                origin: 'feed',
                start: 0,
                end: hostile.length + 7,
                highlights: [[0, 9]],
              },
            ],
            why: `en: ${hostile}`,
          },
        ),
      ],
      { title: hostile },
    );

    const { items, notes, text } = await read(form);

    expect(notes).toEqual([]);
    expect(items).toHaveLength(1);
    // Our reader takes what looks like HTML for HTML, wherever it stands, so the titles are read without it.
    const titles =
      form === 'atom'
        ? [...text.matchAll(/<title type="html">(.*?)<\/title>/g)].map(([, title = '']) => unescaped(unescaped(title)))
        : [JSON.parse(text), ...JSON.parse(text).items].map(({ title }) => title);
    const shown = '</title><script>alert(1)</script> ]]> &amp; <![CDATA[ "\' \ufffd txt';
    expect(titles.map((title) => title.replaceAll('\ufffe', ''))).toEqual([shown, shown]);
    const html =
      form === 'atom'
        ? unescaped(/<content type="html">(.*?)<\/content>/s.exec(text)?.[1] ?? '')
        : JSON.parse(text).items[0].content_html;
    expect(
      [...html.matchAll(/<\/?(\w+)/g)].every(([, name]) => ['blockquote', 'b', 'ul', 'li', 'p'].includes(name)),
    ).toBe(true);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\ud800-\udfff\u202e\u2066]/u);
  });

  it('leaves the link out where the article has no web address', async () => {
    const { article } = aMatch();
    const { read } = await aFeedWorld([
      aMatch({}, { article: { ...article, url: 'javascript:alert(1)', canonicalUrl: '' } }),
    ]);

    expect((await read(form)).text).not.toContain('javascript:');
    expect((await read(form)).items).toHaveLength(1);
  });

  it('has a hundred entries at most', async () => {
    const { read } = await aFeedWorld(
      Array.from({ length: 105 }, (_, nth) => aMatch({ articleId: `article-${nth}`, firstSeenAt: later(nth * 1_000) })),
    );

    const { items } = await read(form);

    expect(items).toHaveLength(100);
    expect([items[0]?.id, items.at(-1)?.id]).toEqual([
      'urn:tocsin:article:article-104',
      'urn:tocsin:article:article-5',
    ]);
  });

  it('is empty, and still a feed, where nothing was found', async () => {
    const { items, notes } = await (await aFeedWorld([])).read(form);

    expect([items, notes]).toEqual([[], []]);
  });
});

describe('what the specifications require', () => {
  it('of Atom: id, title and updated of the feed and of each entry, an author, and a content or a link', async () => {
    const { text } = await (await aFeedWorld()).read('atom');
    const [head = '', entry = ''] = text.split('<entry');

    for (const part of [head, entry]) {
      for (const name of ['id', 'title', 'updated', 'author'])
        expect(part.split(new RegExp(`<${name}\\b`))).toHaveLength(2);
    }
    expect(head).toContain('<feed xmlns="http://www.w3.org/2005/Atom">');
    expect(head).toContain('<link rel="self"');
    expect(entry).toContain('<content type="html">');
    expect(entry).toContain('<link rel="alternate"');
  });

  it('of JSON Feed 1.1: version, title and items; of an item an id and a content', async () => {
    const { text, contentType } = await (await aFeedWorld()).read('json');
    const feed = JSON.parse(text);

    expect(contentType).toBe('application/feed+json; charset=utf-8');
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Rivers',
      items: expect.any(Array),
    });
    expect(feed.items[0]).toMatchObject({
      id: expect.any(String),
      content_html: expect.any(String),
      _tocsin: { severity: 'medium', topics: [{ id: 'river-crossings', severity: 'medium' }] },
    });
  });
});

describe('which articles an output shows', () => {
  const found = async (output: Partial<OutputFeed>, matches: readonly Match[]) => {
    const { items } = await (await aFeedWorld(matches, output)).read('json');
    return items.map(({ id }) => id?.replace('urn:tocsin:article:', ''));
  };

  it('those of any of its topics, each once, across the topics in one order', async () => {
    const matches = [
      aMatch({ articleId: 'both', topicId: 'a', firstSeenAt: later(2_000) }),
      aMatch({ articleId: 'both', topicId: 'b', firstSeenAt: later(2_000) }),
      aMatch({ articleId: 'first', topicId: 'a', firstSeenAt: later(1_000) }),
      aMatch({ articleId: 'last', topicId: 'b', firstSeenAt: later(3_000) }),
      aMatch({ articleId: 'other', topicId: 'c', firstSeenAt: later(4_000) }),
    ];

    expect(await found({ topics: ['a', 'b'] }, matches)).toEqual(['last', 'both', 'first']);
    expect(await found({ topics: ['*'] }, matches)).toEqual(['other', 'last', 'both', 'first']);
  });

  it('those that fit its source, language and text', async () => {
    const { article, sources } = aMatch();
    const matches = [
      aMatch({ articleId: 'plain' }),
      aMatch({ articleId: 'french' }, { article: { ...article, id: 'french', language: 'fr' } }),
      aMatch(
        { articleId: 'wire' },
        { article: { ...article, id: 'wire' }, sources: [{ ...sources[0]!, host: 'wire.example' }] },
      ),
      aMatch({ articleId: 'elbe' }, { article: { ...article, id: 'elbe', title: 'On the Elbe' } }),
    ];

    expect(await found({ lang: 'fr' }, matches)).toEqual(['french']);
    expect(await found({ source: 'wire.example' }, matches)).toEqual(['wire']);
    expect(await found({ text: 'elbe' }, matches)).toEqual(['elbe']);
    expect(await found({ feed: 'no-feed' as OutputFeed['feed'] }, matches)).toEqual([]);
  });

  it('none that sends no alert because it is old', async () => {
    const matches = [aMatch({ articleId: 'old' }, { quiet: 'first_poll_old' }), aMatch({ articleId: 'news' })];

    expect(await found({}, matches)).toEqual(['news']);
  });

  it('only whole articles: one whose further topics were not reached is left out', async () => {
    const many = Array.from({ length: 30 }, (_, article) =>
      Array.from({ length: 20 }, (__, topic) =>
        aMatch({ articleId: `a${article}`, topicId: `t${topic}`, firstSeenAt: later(article * 1_000) }),
      ),
    ).flat();
    const { read } = await aFeedWorld(many);

    const feed = JSON.parse((await read('json')).text);

    expect(new Set(feed.items.map((item: { _tocsin: { topics: unknown[] } }) => item._tocsin.topics.length))).toEqual(
      new Set([20]),
    );
    expect(feed.items.length).toBeGreaterThan(20);
  });
});

describe('asking again', () => {
  it('costs no body while nothing has changed, by ETag and by date', async () => {
    const { ask, stores, clock } = await aFeedWorld();
    const first = await ask(pathOfOutput('atom'));
    const etag = first.headers.get('etag') ?? '';
    const date = first.headers.get('last-modified') ?? '';

    const current: readonly Record<string, string>[] = [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-modified-since': date },
    ];
    for (const headers of current) {
      const again = await ask(pathOfOutput('atom'), headers);
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect(new Date(date).toISOString()).toBe(START);
    await stores.matches.putMatch(aMatch({ articleId: 'another', firstSeenAt: later(60_000) }));
    clock.advance(HOUR_MS);
    for (const headers of [...current, { 'if-none-match': '"x"', 'if-modified-since': new Date().toUTCString() }])
      expect((await ask(pathOfOutput('atom'), headers)).status).toBe(200);
  });

  it('goes by the ETag alone while the newest change is less than a minute old', async () => {
    const { ask } = await aFeedWorld([aMatch({ firstSeenAt: later(HOUR_MS - 59_000) })]);

    const { headers } = await ask(pathOfOutput('json'));

    expect([headers.has('etag'), headers.has('last-modified')]).toEqual([true, false]);
  });

  it('is answered for this client only, and not indexed', async () => {
    const { headers } = await (await aFeedWorld()).ask(pathOfOutput('json'));

    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('notes the day once, also for a 304', async () => {
    const { ask, stores, clock } = await aFeedWorld();
    const { headers } = await ask(pathOfOutput('atom'));
    const read = async () => (await stores.outputs.getOutput(anOutput().id))?.lastReadOn;

    expect(await read()).toBe('2026-11-17');
    clock.advance(24 * HOUR_MS);
    await ask(pathOfOutput('atom'), { 'if-none-match': headers.get('etag') ?? '' });
    expect(await read()).toBe('2026-11-18');
  });
});

describe('an address', () => {
  const wrong = pathOfOutput('atom', 'x'.repeat(43));

  it.each([
    ['with a wrong secret', wrong],
    ['of an output that there is not', wrong.replace(/o{26}/, 'p'.repeat(26))],
    ['without an ending', pathOfOutput('atom').replace('.atom', '')],
    ['with another ending', pathOfOutput('atom').replace('.atom', '.rss')],
    ['that is cut', pathOfOutput('atom').slice(0, 40)],
    ['with more behind it', `${pathOfOutput('atom')}/x`],
    ['of nothing', '/f/'],
  ])('%s is answered with the same 404 as any other', async (_, path) => {
    const { ask, stores } = await aFeedWorld();

    const response = await ask(path);

    expect([response.status, await response.text()]).toEqual([404, 'There is no such feed.\n']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await stores.outputs.getOutput(anOutput().id))?.lastReadOn).toBeNull();
  });

  it('can be read and nothing else', async () => {
    const { ask } = await aFeedWorld();

    expect((await ask(pathOfOutput('atom'), {}, 'POST')).status).toBe(405);
    const head = await ask(pathOfOutput('atom'), {}, 'HEAD');
    expect([head.status, await head.text(), head.headers.has('etag')]).toEqual([200, '', true]);
  });

  it('stands in no log, and a failure of the store is answered with 503', async () => {
    const failing = { getOutput: () => Promise.reject(new Error('the table is away')), noteRead: async () => {} };
    const { ask, log } = await aFeedWorld([], {}, { outputs: failing });

    const response = await ask(pathOfOutput('atom'));

    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '300']);
    expect(JSON.stringify(log.lines)).toContain('an output could not be read');
    expect(JSON.stringify(log.lines)).not.toContain('/f/');
  });

  it('is served although the day cannot be noted', async () => {
    const outputs = { getOutput: async () => anOutput(), noteRead: () => Promise.reject(new Error('no writes')) };
    const { ask } = await aFeedWorld([], {}, { outputs });

    expect((await ask(pathOfOutput('atom'))).status).toBe(200);
  });
});
