// A publisher of feeds made to harm their reader, for measurements; in a process of its own. The path /N/… chooses the kind.
import { type ChildProcess, fork } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface HostileServer {
  /** It answers at this port of every address in 127.0.0.0/8. */
  readonly port: number;
  stop(): void;
}

export async function startHostileServer(): Promise<HostileServer> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  const port = await portOf(child);
  return { port, stop: () => void child.kill() };
}

const portOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('message', (port) => resolve(Number(port)));
    child.once('exit', (code) => reject(new Error(`the hostile server ended with ${code}`)));
  });

// ---------------------------------------------------------------- the kinds

/** `n`: which feed; `visit`: a number that no other answer has, so that nothing is known to the reader. */
type Answer = (response: ServerResponse, n: number, visit: number) => void;

/** A little below the most that is read of a feed. */
const LARGE = 4_800_000;
const TOO_LARGE = 40_000_000;

const KINDS: readonly Answer[] = [
  // Short items, as many as fit.
  (response, n, visit) =>
    send(
      response,
      rss(many(LARGE / 80, (i) => `<item><guid>${n}-${visit}-${i}</guid><title>Item ${i}</title></item>`)),
    ),
  // Some hundred long items.
  (response, n, visit) =>
    send(response, rss(many(120, (i) => item(`${n}-${visit}-${i}`, words(LARGE / 120 - 200, n + i))))),
  // One item as large as the limit allows.
  (response, n, visit) => send(response, rss(item(`${n}-${visit}`, words(LARGE, n)))),
  // A title as long as the limit allows.
  (response, n, visit) =>
    send(response, rss(`<item><guid>${n}-${visit}</guid><title>${words(LARGE, n)}</title></item>`)),
  // Elements in elements.
  (response) =>
    send(response, rss(`<item><title>x</title>${'<a>'.repeat(LARGE / 8)}${'</a>'.repeat(LARGE / 8)}</item>`)),
  // Elements that are never closed.
  (response) => send(response, rss('<item><description>'.repeat(LARGE / 20))),
  // Markup in the text of items: what looks like a page with deep nesting.
  (response, n, visit) =>
    send(response, rss(many(20, (i) => item(`${n}-${visit}-${i}`, `<![CDATA[${'<div><b>x'.repeat(LARGE / 200)}]]>`)))),
  // Entities that stand for entities.
  (response) => send(response, laughs()),
  // Character references only.
  (response, n, visit) => send(response, rss(item(`${n}-${visit}`, '&#x1F600;'.repeat(LARGE / 9)))),
  // JSON Feed with deep nesting.
  (response) =>
    send(
      response,
      `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(LARGE / 2)}`,
      'application/json',
    ),
  // JSON Feed with long items.
  (response, n, visit) => send(response, jsonFeed(n, visit), 'application/feed+json'),
  // More than is read.
  (response, n) => send(response, rss(item(`${n}`, words(TOO_LARGE, n)))),
  // A small body that decompresses to a very large one.
  (response) => void response.writeHead(200, { ...XML, 'content-encoding': 'gzip' }).end(BOMB),
  // A high ratio of compression, but still allowed.
  (response, n, visit) =>
    void response
      .writeHead(200, { ...XML, 'content-encoding': 'gzip' })
      .end(gzipSync(rss(many(100, (i) => item(`${n}-${visit}-${i}`, words(LARGE / 120, n + i)))))),
  // A body without end, as fast as it is taken.
  (response) => pour(response, 65_536, 0),
  // A body that drips.
  (response) => pour(response, 16, 300),
  // No answer.
  () => {},
  // Headers without end.
  (response) =>
    void response
      .writeHead(200, Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, 'v'.repeat(90)])))
      .end(),
  // A page in place of a feed.
  (response, n) =>
    send(response, `<html><body>${many(LARGE / 200, () => `<p>${words(180, n)}</p>`)}</body></html>`, 'text/html'),
  // A circle of redirects.
  (response, _n, visit) => void response.writeHead(302, { location: `?${visit}` }).end(),
  // Text in two bytes a character, labelled as something else.
  (response, n, visit) =>
    void response
      .writeHead(200, { 'content-type': 'application/rss+xml; charset=iso-8859-1' })
      .end(Buffer.from(`\uFEFF${rss(many(50, (i) => item(`${n}-${visit}-${i}`, words(40_000, n))))}`, 'utf16le')),
];

/** How many kinds there are; feeds take turns. */
export const HOSTILE_KINDS = KINDS.length;

const XML = { 'content-type': 'application/rss+xml' } as const;
const BOMB = gzipSync(Buffer.alloc(80_000_000, 32));

const send = (response: ServerResponse, text: string, type: string = XML['content-type']): void =>
  void response.writeHead(200, { 'content-type': type }).end(text);

const rss = (inside: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>http://feed.example.org/</link>${inside}</channel></rss>`;

const item = (id: string, text: string): string =>
  `<item><guid>${id}</guid><title>Report ${id}</title><description>${text}</description></item>`;

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: Math.floor(count) }, (_, index) => make(index)).join('');

const WORDS =
  'convoy river troops border harbour minister talks sanctions treaty missile exercise 平和 войска الجيش'.split(' ');

function words(length: number, seed: number): string {
  const sentence = Array.from({ length: 61 }, (_, i) => WORDS[(seed + i * i) % WORDS.length]).join(' ');
  return `${sentence}. `.repeat(Math.ceil(length / sentence.length)).slice(0, Math.floor(length));
}

function laughs(): string {
  const entities = many(30, (i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(20)}">`);
  return `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${entities}]>${rss(item('1', '&l30;')).slice(21)}`;
}

const jsonFeed = (n: number, visit: number): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Feed',
    items: Array.from({ length: 400 }, (_, i) => ({ id: `${n}-${visit}-${i}`, content_text: words(10_000, n + i) })),
  });

function pour(response: ServerResponse, bytes: number, pauseMs: number): void {
  response.writeHead(200, XML);
  response.write(rss('').replace('</channel></rss>', '<item>'));
  const chunk = 'x'.repeat(bytes);
  const next = (): void => {
    if (response.destroyed) return;
    if (!response.write(chunk) && pauseMs === 0) response.once('drain', next);
    else setTimeout(next, pauseMs);
  };
  next();
}

// ---------------------------------------------------------------- serving

function serve(): void {
  let visits = 0;
  const server = createServer((request, response) => {
    const n = Number((request.url ?? '').split('/')[1]);
    visits += 1;
    KINDS[n % KINDS.length]?.(response, n, visits);
  });
  // All of 127.0.0.0/8 is this machine; no other client is answered.
  server.on('connection', (socket) => {
    if (!/^(?:::ffff:)?127\./.test(socket.remoteAddress ?? '')) socket.destroy();
  });
  server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

if (process.argv[2] === 'serve' && process.argv[1] === fileURLToPath(import.meta.url)) serve();
