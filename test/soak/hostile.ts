// Publishers that behave badly, and what the product may say of each.
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface Hostile {
  readonly name: string;
  readonly answer: (response: ServerResponse) => void;
  /** Any of these tells the truth. */
  readonly health: readonly string[];
}

const EMPTY_FEED =
  '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><link>http://127.0.0.1/</link><description>News</description></channel></rss>';
const bomb = gzipSync(Buffer.alloc(60_000_000, 32));

export const HOSTILE: readonly Hostile[] = [
  { name: 'a fault', health: ['broken'], answer: (response) => void response.writeHead(500).end('no') },
  {
    name: 'a page',
    health: ['broken'],
    answer: (response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body><h1>Log in</h1></body></html>'),
  },
  { name: 'silence', health: ['slow'], answer: () => {} },
  { name: 'forbidden', health: ['blocked'], answer: (response) => void response.writeHead(403).end() },
  { name: 'gone', health: ['gone'], answer: (response) => void response.writeHead(410).end() },
  {
    name: 'a bomb',
    health: ['broken'],
    answer: (response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/rss+xml' }).end(bomb),
  },
  {
    name: 'a loop',
    health: ['broken'],
    answer: (response) => void response.writeHead(302, { location: '?again' }).end(),
  },
  {
    name: 'a way inside',
    health: ['blocked', 'broken'],
    answer: (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/admin' }).end(),
  },
  {
    name: 'throttling',
    health: ['slow'],
    answer: (response) => void response.writeHead(429, { 'retry-after': '120' }).end(),
  },
  {
    name: 'nothing in it',
    health: ['empty'],
    answer: (response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(EMPTY_FEED),
  },
  { name: 'an endless body', health: ['broken', 'slow'], answer: pourForever },
];

function pourForever(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  const pour = (): void => {
    while (!response.destroyed && response.write('<item><title>more and more</title></item>'.repeat(200)));
    if (!response.destroyed) response.once('drain', pour);
  };
  pour();
}
