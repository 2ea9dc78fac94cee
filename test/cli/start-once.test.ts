// `tocsin start --once`: what it polls, what it leaves out, and its exit code and summary.
import type { ServerResponse } from 'node:http';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace, type Workplace } from '../support/tocsin-process.ts';

interface Summary {
  readonly polled: number;
  readonly failing: number;
  readonly matched: number;
  readonly mails: number;
  readonly heldBack: number;
  readonly waiting: number;
  readonly alertsWaiting: number | null;
}

const RSS = `<rss version="2.0"><channel><title>Harbour news</title><link>https://news.example.org/</link>
<item><title>Nothing new</title><guid>1</guid></item></channel></rss>`;

let web: LoopbackWeb;
let place: Workplace;
let answers: Record<string, (response: ServerResponse) => void>;

beforeEach(async () => {
  answers = {};
  web = await serveWeb((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  });
  place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
  const rows = ['/busy', '/well'].map((path) => `<outline type="rss" text="${path}" xmlUrl="${web.origin}${path}"/>`);
  place.write('config/feeds.opml', `<opml version="2.0"><body>${rows.join('')}</body></opml>`);
});
afterEach(async () => {
  await place.remove();
  await web.close();
});

it('polls each feed, but not one that asked to wait; --no-sample leaves the sample feed out', async () => {
  answers = {
    '/busy': (response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
    '/well': (response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(RSS),
  };
  const paths = (): readonly string[] => web.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');

  const first = await place.json<Summary>('start', '--once', '--no-sample');
  const asked = [...paths()].sort();
  const again = await place.run('start', '--once', '--no-sample');

  expect(first).toEqual({ polled: 1, failing: 1, matched: 0, mails: 0, heldBack: 0, waiting: 0, alertsWaiting: 0 });
  expect(asked).toEqual(['/busy', '/well']);
  expect(paths().slice(asked.length)).toEqual(['/well']);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('Tocsin watches 2 feeds for 1 topic.');
  expect(again.stdout).not.toContain('Sample feed');
  expect(again.stdout).toMatch(
    /\nDone: 1 feed read, 0 failing, 0 new matches, 0 mails\. To see the matches: tocsin matches\n$/,
  );
}, 120_000);
