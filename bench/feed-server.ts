// A publisher for measurements, in a process of its own so that its work is not counted as ours: small feeds with validators, and some that
// are slow. Paths: /feed/N answers at once, /late/N after two seconds, /never/N not at all; /page/N/I is the page of a feed's item.
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pick, seeded } from '../test/support/seeded.ts';
import { generatePage } from './news-pages.ts';

const LATE_MS = 2_000;

/** What the server shows; a new edition changes one feed in `changedOneIn`. */
export interface Edition {
  readonly number: number;
  readonly itemsEach: number;
  /** Each item's text; `{n}` stands for the item's number, `{names}` for names of its own, which its title has too. */
  readonly text: string;
  /** 0: no feed changes with the edition. */
  readonly changedOneIn: number;
  /** How long a feed takes to answer; at once without it. */
  readonly answerAfterMs?: number;
  /** Items link to pages of this server; without it to pages that should never be requested. */
  readonly hasPages?: boolean;
}

export interface FeedServer {
  /** It answers at this port of every address in 127.0.0.0/8. */
  readonly port: number;
  show(edition: Edition): Promise<void>;
  stop(): void;
}

/** An address of this machine for the nth of many hosts. */
export const loopbackHost = (n: number): string => `127.${1 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;

export async function startFeedServer(edition: Edition): Promise<FeedServer> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  const port = Number(await answerOf(child));
  const show = async (next: Edition): Promise<void> => {
    child.send(next);
    await answerOf(child);
  };
  await show(edition);
  return { port, show, stop: () => void child.kill() };
}

const answerOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the feed server ended with ${code}`)));
  });

function serve(): void {
  let edition: Edition = { number: 0, itemsEach: 0, text: '', changedOneIn: 0 };
  const server = createServer((request, response) => {
    const [, kind, number = '', item = ''] = (request.url ?? '').split('/');
    const answer = (): void => {
      const changes = edition.changedOneIn > 0 && Number(number) % edition.changedOneIn === 0;
      const shown = changes ? edition.number : 1;
      const etag = `"${number}-${shown}"`;
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304, { etag }).end();
      } else {
        const site = edition.hasPages === true ? `http://${request.headers.host}/page` : 'https://news.example.org';
        response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(rss(number, shown, edition, site));
      }
    };
    if (kind === 'feed' && edition.answerAfterMs === undefined) answer();
    else if (kind === 'feed') setTimeout(answer, edition.answerAfterMs);
    else if (kind === 'late') setTimeout(answer, LATE_MS);
    else if (kind === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(number, item));
    else if (kind !== 'never') response.writeHead(404).end();
  });
  server.keepAliveTimeout = 60_000;
  // All of 127.0.0.0/8 is this machine, so each feed can have a host of its own; anybody else is not answered.
  server.on('connection', (socket) => {
    if (!/^(?:::ffff:)?127\./.test(socket.remoteAddress ?? '')) socket.destroy();
  });
  server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', (next) => {
    edition = next as Edition;
    process.send?.('shown');
  });
  process.on('disconnect', () => process.exit());
}

/** From some 20 to some 200 KB. */
function pageOf(feed: string, item: string): string {
  const seed = Number(feed) * 10_000 + Number(item);
  return generatePage({ seed, paragraphs: 10 + (seed % 60), teasers: 20, comments: (seed % 7) * 60 });
}

function rss(feed: string, edition: number, { itemsEach, text }: Edition, site: string): string {
  const items = Array.from({ length: itemsEach }, (_, index) => {
    const n = (edition - 1) * itemsEach + index;
    const link = `${site}/${feed}/${n}`;
    const date = new Date().toUTCString();
    const names = text.includes('{names}') ? namesOf(Number(feed) * 100_000 + n) : [];
    const title = names.length === 0 ? `Report ${n} of ${feed}` : `Convoy from ${names.slice(0, 3).join(' to ')}`;
    const words = text.replace('{n}', `${feed}-${n}`).replace('{names}', names.join(', '));
    return `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate><description><![CDATA[${words}]]></description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>https://news.example.org/${feed}</link>${items.reverse().join('')}</channel></rss>`;
}

const SYLLABLES = ['ka', 'lo', 'mir', 'ten', 'vo', 'sha', 'dra', 'bel', 'nu', 'gor', 'wi', 'pa'];

function namesOf(seed: number): readonly string[] {
  const random = seeded(seed);
  return Array.from({ length: 8 }, () => {
    const name = Array.from({ length: 3 }, () => pick(random, SYLLABLES)).join('');
    return name[0]!.toUpperCase() + name.slice(1);
  });
}

if (process.argv[2] === 'serve' && process.argv[1] === fileURLToPath(import.meta.url)) serve();
