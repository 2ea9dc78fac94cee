// One machine, as its user sees it: the shipped configuration, no internet, one command.
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

const CONFIG = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'config');

interface ShownMatch {
  readonly id: string;
  readonly topic: { readonly id: string };
  readonly article: { readonly language: string };
  readonly passages: readonly { readonly text: string; readonly highlights: readonly unknown[] }[];
}

describe('tocsin start with what is shipped, without internet', () => {
  let place: Workplace;
  let first: StartedTocsin;
  let firstCode: number | null;
  let page: { url: string; token: string };
  let pages: Record<string, { status: number; text: string }>;
  let matches: readonly ShownMatch[];

  beforeAll(async () => {
    place = makeWorkplace({ TOCSIN_PUBLIC_URL: 'https://tocsin.example.org/news/' });
    cpSync(CONFIG, join(place.folder, 'config'), { recursive: true });
    // The test pack of the workplace would be one topic more than what is shipped.
    place.write(
      'config/topics/test.yaml',
      'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: none, version: 1.0.0, title: None }\nsets: {}\n',
    );
    first = place.start();
    page = await first.address();
    await first.untilSaid(/mail {5}http:\S+\/outbox\/5/);
    matches = await place.json<readonly ShownMatch[]>('matches');
    pages = await lookAtPages(page);
    firstCode = await first.stop();
  }, 120_000);

  afterAll(() => place.remove());

  it('finds matches of several topics and languages, each with marked words', () => {
    expect(matches.length).toBeGreaterThanOrEqual(5);
    expect(new Set(matches.map(({ topic }) => topic.id)).size).toBeGreaterThanOrEqual(2);
    for (const { passages } of matches) expect(passages[0]?.highlights.length).toBeGreaterThan(0);
  });

  it('shows in plain words what was polled, matched and mailed', () => {
    expect(first.said()).toMatch(/polled {3}.*Tocsin sample feed \(\d+ items?\)/);
    expect(first.said()).toMatch(/matched {2}\[[^\]]+\] .+ — Tocsin sample feed/);
    expect(first.said()).toMatch(/“.*\*\w+\*.*”/);
  });

  it('says that the shipped contact is nobody’s, for publishers are sent there', () => {
    expect(first.said()).toMatch(/Contact .*https:\/\/example\.org\/.*: set contact in config\/tocsin\.yaml/);
  });

  it('keeps the mail with its passage marked in the outbox', () => {
    expect(pages['/outbox/1/html']?.text).toMatch(/<mark/);
    expect(pages['/outbox/1/txt']?.text.length).toBeGreaterThan(100);
  });

  it('shows its page to whoever has the token and to nobody else', () => {
    expect(pages['/']?.status).toBe(200);
    expect(pages['/']?.text).toContain('<div id="console">');
    expect(pages['script']?.text).toContain('/v1/stories');
    expect(pages['without token']?.text).toContain('<h1>Tocsin</h1><form method="post" action="/login">');
    expect(pages['of another site']?.status).toBe(403);
    expect(pages['under another name']?.status).toBe(403);
    expect(pages['under its public name']?.status).toBe(200);
  });

  it('writes its token to no pipe, no journal and no log, but says where it is', () => {
    const log = readFileSync(join(place.folder, '.tocsin', 'tocsin.log'), 'utf8');

    expect(page.token.length).toBeGreaterThan(20);
    expect(first.said()).not.toContain(page.token);
    expect(log).not.toContain(page.token);
    expect(first.said()).toContain('is in the file .tocsin/token');
  });

  it('puts links under its public address into mails, and answers them there', () => {
    expect(pages['/outbox/1/txt']?.text).toMatch(
      /Change or stop these mails: https:\/\/tocsin\.example\.org\/news\/u\/\S+\n/,
    );
    expect(pages['a link of a mail']?.status).toBe(404);
  });

  it('stops cleanly at Ctrl-C', () => {
    expect(firstCode).toBe(0);
    expect(first.said()).toContain('Stopped:');
  });

  it('goes on where it stopped and repeats no alert', async () => {
    const outbox = (): readonly { messageId: string }[] =>
      readFileSync(join(place.folder, '.tocsin', 'outbox', 'index.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    const before = outbox().length;

    const again = place.start();
    await again.untilSaid(/polled {3}.*Tocsin sample feed/);
    // Items that had not been published before the stop come now; those from before do not.
    await again.untilSaid(/mail {5}|sample feed \(12 items\)/);
    await again.stop();

    const all = outbox().map(({ messageId }) => messageId);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(before);
  }, 120_000);
});

async function lookAtPages({ url, token }: { url: string; token: string }) {
  const look = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(`${url}${path}`, { headers });
    return { status: response.status, text: await response.text() };
  };
  const allowed = { authorization: `Bearer ${token}` };
  return {
    '/': await look('/', allowed),
    script: await look(scriptOf((await look('/', allowed)).text), allowed),
    '/outbox/1/html': await look('/outbox/1/html', allowed),
    '/outbox/1/txt': await look('/outbox/1/txt', allowed),
    'without token': await look('/', {}),
    'of another site': await look('/v1/matches', { ...allowed, origin: 'https://example.org' }),
    'under another name': await rawStatus(`${url}/v1/matches`, 'rebound.example.org', token),
    'under its public name': await rawStatus(`${url}/v1/matches`, 'tocsin.example.org', token),
    'a link of a mail': await rawStatus(`${url}/news/u/${'x'.repeat(43)}`, 'tocsin.example.org', ''),
  };
}

const scriptOf = (page: string): string => /src="([^"]+)"/.exec(page)?.[1] ?? '/no-script';

/** fetch() sets Host itself; a name that was rebound to 127.0.0.1 has to be played by hand. */
async function rawStatus(url: string, host: string, token: string): Promise<{ status: number; text: string }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(url, { headers: { host, authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: '' }));
    })
      .on('error', reject)
      .end();
  });
}
