// Answers whose content is sound and whose frame is not: what a browser reads, a fetch reads, and the next answer stays clean.

import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { createGuardedFetch, type GuardedFetch } from '../../../adapters/http/guarded-fetch.ts';
import { LenientSocket } from '../../../adapters/http/lenient-socket.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { type Loopback, serveRaw } from '../../support/loopback.ts';

const FEED = '<rss version="2.0"><channel><title>Вести гавани</title><item><title>Last</title></item></channel></rss>';
const HEAD = 'HTTP/1.1 200 OK\r\n';
const CHUNKS = `${Buffer.byteLength(FEED).toString(16)}\r\n${FEED}\r\n0\r\n\r\n`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function serving(says: string | Uint8Array | ((socket: Socket) => void)): Promise<Loopback> {
  const server = await serveRaw(says);
  open.push(server);
  return server;
}

function fetcherOf(server: Loopback, limits = {}): GuardedFetch {
  const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test', limits });
  open.push(fetch);
  return fetch;
}

const outcomeOf = (fetch: GuardedFetch, url: string, maxBytes = 10_000) =>
  fetch.get({ url, maxBytes }).then(
    ({ status, body }) => ({ status, body: new TextDecoder().decode(body) }),
    (error: FetchFailedError) => ({ status: error.kind, body: error.message }),
  );

it('an answer with odd headers is read, too, where it comes after a kept connection that had died', async () => {
  let connections = 0;
  const server = await serving((socket) => {
    connections += 1;
    if (connections > 1) return void socket.end(`${HEAD}Nonsense\r\n\r\n${FEED}`);
    socket.write(`${HEAD}Content-Length: 5\r\n\r\nhello`);
    socket.on('data', () => socket.resetAndDestroy());
  });
  const fetch = fetcherOf(server);
  await outcomeOf(fetch, server.origin);

  expect(await outcomeOf(fetch, server.origin)).toEqual({ status: 200, body: FEED });
});

describe('an answer with odd headers', () => {
  const length = `Content-Length: ${Buffer.byteLength(FEED)}\r\n`;

  it.each<[what: string, says: string | Uint8Array]>([
    ['lines that end in a line feed only', `HTTP/1.1 200 OK\nContent-Type: text/xml\n\n${FEED}`],
    ['lines that end in either way', `HTTP/1.1 200 OK\r\nContent-Type: text/xml\n${length}\n${FEED}`],
    ['a line that is no header', `${HEAD}Nonsense\r\n${length}\r\n${FEED}`],
    ['a name with a space in it', `${HEAD}X Odd: a\r\n${length}\r\n${FEED}`],
    ['a space before a colon', `${HEAD}Content-Length : 100\r\n\r\n${FEED}`],
    ['a name with a letter beyond ASCII', Buffer.from(`${HEAD}X-Größe: a\r\n${length}\r\n${FEED}`)],
    ['no name at all', `${HEAD}: a\r\n${length}\r\n${FEED}`],
    ['a control character', `${HEAD}X-Odd: caf\u0001\r\n${length}\r\n${FEED}`],
    ['a zero byte', `${HEAD}X-Odd: a\0b\r\n${length}\r\n${FEED}`],
    ['a lone carriage return', `${HEAD}X-Odd: b\rContent-Length: 5\r\n\r\n${FEED}`],
    ['a header that goes on in the next line', `${HEAD}X-Odd: a\r\n  b\0\r\n${length}\r\n${FEED}`],
    ['a negative length', `${HEAD}Content-Length: -5\r\n\r\n${FEED}`],
    ['a length in words', `${HEAD}Content-Length: many\r\n\r\n${FEED}`],
    ['a length with its unit', `${HEAD}Content-Length: 5 bytes\r\n\r\n${FEED}`],
    ['an empty length', `${HEAD}Content-Length:\r\n\r\n${FEED}`],
    ['the same length twice', `${HEAD}${length}${length}\r\n${FEED}`],
    ['the same length twice in a line', `${HEAD}${length.trim()}, ${Buffer.byteLength(FEED)}\r\n\r\n${FEED}`],
    ['a length and chunks', `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKS}`],
    [
      'two lengths and chunks',
      `${HEAD}Content-Length: 5\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNKS}`,
    ],
    ['a length and a coding that is none', `${HEAD}${length}Transfer-Encoding: identity\r\n\r\n${FEED}`],
    ['no reason', `HTTP/1.1 200\r\nBad\r\n${length}\r\n${FEED}`],
    ['HTTP/1.0 and no length', `HTTP/1.0 200 OK\r\nBad\r\n\r\n${FEED}`],
    ['an empty line before it', `\r\n${HEAD}Bad\r\n${length}\r\n${FEED}`],
    ['hints before it', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${HEAD}Bad\r\n${length}\r\n${FEED}`],
  ])('is read: %s', async (_what, says) => {
    const server = await serving(says);

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status: 200, body: FEED });
  });

  it('keeps the good ones', async () => {
    const server = await serving(
      `${HEAD}Bad\r\nContent-Encoding: gzip\r\nETag: "a\u0001b"\r\nX-Long: one\r\n two\r\nServer: Größe\r\n\r\n`,
    );

    const { headers } = await fetcherOf(server).get({ url: server.origin, maxBytes: 100 });

    expect(headers).toMatchObject({ etag: '"a b"', 'x-long': 'one two', 'content-encoding': 'gzip' });
    expect(Buffer.from(String(headers['server']), 'latin1').toString()).toBe('Größe');
  });

  it('may say that nothing has changed, whatever length it gives to nothing', async () => {
    const server = await serving('HTTP/1.1 304 Not Modified\r\nBad\r\nContent-Length: 500\r\n\r\n');

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status: 304, body: '' });
  });

  it('may send on to another address', async () => {
    let asked = 0;
    const server = await serving((socket) => {
      asked += 1;
      const isFirst = asked <= 2; // once strictly, once leniently
      socket.end(isFirst ? 'HTTP/1.1 302 Found\nLocation: /b\nContent-Length: 0\n\n' : `${HEAD}\r\n${FEED}`);
    });

    expect(await outcomeOf(fetcherOf(server), `${server.origin}/a`)).toEqual({ status: 200, body: FEED });
  });

  it('is asked for twice the first time only', async () => {
    const server = await serving(`${HEAD}Bad\r\n\r\n${FEED}`);
    const fetch = fetcherOf(server);

    for (const path of ['/a', '/b', '/c']) await fetch.get({ url: `${server.origin}${path}`, maxBytes: 1000 });

    expect(server.connections()).toBe(4);
  });

  it('is asked for once where the parser finds no HTTP at all', async () => {
    const server = await serving('SSH-2.0-OpenSSH_9.6\r\n');

    expect((await outcomeOf(fetcherOf(server), server.origin)).status).toBe('http');
    expect(server.connections()).toBe(1);
  });

  it('of a post is not asked for again', async () => {
    const server = await serving(`${HEAD}Bad\r\n\r\nok`);

    await expect(fetcherOf(server).post({ url: server.origin, body: '{}' })).rejects.toMatchObject({ kind: 'http' });
    expect(server.connections()).toBe(1);
  });

  it('has the time of one request, whichever way it is read', async () => {
    const server = await serving((socket) => {
      setTimeout(() => socket.end(`${HEAD}Bad\r\n\r\n${FEED}`), 200);
    });

    expect((await outcomeOf(fetcherOf(server, { totalMs: 300 }), server.origin)).status).toBe('timeout');
  });

  it('has no more than the bytes that any may have', async () => {
    const server = await serving(`${HEAD}Bad\r\n\r\n${'x'.repeat(200)}`);

    expect((await outcomeOf(fetcherOf(server), server.origin, 100)).status).toBe('too_large');
  });
});

describe('a body that is longer than announced', () => {
  it.each<[what: string, says: string | Uint8Array]>([
    ['with the end of the connection', `${HEAD}Content-Length: 60\r\nConnection: close\r\n\r\n${FEED}`],
    ['on a connection to be kept', `${HEAD}Content-Length: 60\r\n\r\n${FEED}`],
    ['where characters were counted for bytes', `${HEAD}Content-Length: ${FEED.length}\r\n\r\n${FEED}`],
    ['by all of it', `${HEAD}Content-Length: 0\r\n\r\n${FEED}`],
    ['in a compressed form', withHead(`Content-Encoding: gzip\r\nContent-Length: 20\r\n`, gzipSync(FEED))],
    ['where another length is meant', `HTTP/1.0 200 OK\r\nContent-Length: 70\r\n\r\n${FEED}`],
  ])('is read to its end %s', async (_what, says) => {
    const server = await serving(says);

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status: 200, body: FEED });
  });

  it('behind chunks is over with the last of them', async () => {
    const server = await serving(`${HEAD}Transfer-Encoding: chunked\r\n\r\n${CHUNKS}<!-- cached -->`);

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status: 200, body: FEED });
  });

  it('by another answer is over where that one begins', async () => {
    const reply = (body: string) => `${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    const server = await serving(reply(FEED).replace('200 OK\r\n', '200 OK\r\nBad\r\n') + reply('smuggled'));

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status: 200, body: FEED });
  });

  it('leaves nothing on the connection for the next answer', async () => {
    let asked = 0;
    const server = await serving((socket) => {
      asked += 1;
      const body = `answer ${asked}`;
      socket.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
      setImmediate(() => socket.write('</channel></rss>'));
      socket.on('data', () => socket.write('</channel></rss>'));
    });
    const fetch = fetcherOf(server);

    const first = await outcomeOf(fetch, `${server.origin}/1`);
    const second = await outcomeOf(fetch, `${server.origin}/2`);

    // What follows at once is read, what follows later is not; neither is ever the beginning of something else.
    expect([first.body, second.body]).toEqual(
      [1, 2].map(() => expect.stringMatching(/^answer \d(<\/channel><\/rss>)?$/)),
    );
  });

  it('that comes before the next answer is thrown away with the connection', async () => {
    const server = await serving((socket) => {
      socket.write(`${HEAD}Content-Length: 5\r\n\r\nhello`);
      socket.on('data', () => socket.write('</channel></rss>')); // in place of the second answer
    });
    const fetch = fetcherOf(server);

    const outcomes = [await outcomeOf(fetch, server.origin), await outcomeOf(fetch, server.origin)];

    expect(outcomes.map(({ body }) => body)).toEqual(['hello', 'hello']);
    expect(server.connections()).toBe(2);
  });

  it.each([
    ['an unchanged feed', 'HTTP/1.1 304 Not Modified\r\n\r\nnot modified', 304],
    ['one without content', 'HTTP/1.1 204 No Content\r\n\r\nnothing', 204],
    ['a refusal', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\nnot found', 404],
  ])('is not read where no body is wanted: %s', async (_what, says, status) => {
    const server = await serving(says);

    expect(await outcomeOf(fetcherOf(server), server.origin)).toEqual({ status, body: '' });
    expect(server.connections()).toBe(1);
  });

  it('of a redirect without a body stops no one', async () => {
    let asked = 0;
    const server = await serving((socket) => {
      asked += 1;
      if (asked === 1)
        socket.end('HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n<a href="/b">Moved</a>');
      else socket.end(`${HEAD}\r\n${FEED}`);
    });

    expect(await outcomeOf(fetcherOf(server), `${server.origin}/a`)).toEqual({ status: 200, body: FEED });
  });

  it('is not a failure as the reply to a post', async () => {
    const server = await serving(`${HEAD}Content-Length: 2\r\n\r\nok and more`);

    const { status, body } = await fetcherOf(server).post({ url: server.origin, body: '{}' });

    expect([status, new TextDecoder().decode(body)]).toEqual([200, 'ok']);
  });

  it.each([
    ['is not waited for', 1, 'Content-Length: 5\r\n\r\nhello', 'hello'],
    ['is not waited for behind an empty one', 1, 'Content-Length: 0\r\n\r\n', ''],
    [
      'is not waited for once another answer begins',
      1_000_000,
      `Content-Length: 5\r\n\r\nhello${HEAD}Content-Length: 8\r\n\r\nsmuggled`,
      'hello',
    ],
  ])('%s where the server keeps the connection open', async (_what, moreMs, says, body) => {
    const wire = new PassThrough();
    const lenient = new LenientSocket(wire, moreMs);
    wire.write(`${HEAD}${says}`);

    let text = '';
    for await (const chunk of lenient) text += String(chunk);

    expect(text).toBe(`${HEAD}Connection: close\r\n\r\n${body}`);
  });
});

describe('a connection that is read leniently', () => {
  const READ = `${HEAD}Connection: close\r\n\r\n`;
  /** What the parser is given after the server has sent these pieces and, unless it stays silent, ended. */
  async function given(pieces: readonly string[], { moreMs = 60_000, ends = true } = {}) {
    const wire = new PassThrough();
    const lenient = new LenientSocket(wire, moreMs);
    let text = '';
    lenient.on('data', (chunk) => {
      text += String(chunk);
    });
    const over = new Promise<string>((resolve) => {
      lenient.on('end', () => resolve('ended')).on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code}`));
    });
    for (const piece of pieces) {
      wire.write(Buffer.from(piece, 'latin1'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (ends) wire.end();
    return { outcome: await over, text };
  }

  it.each<[what: string, pieces: readonly string[], outcome: string, text: string]>([
    ['in pieces', [...`${HEAD}Content-Length: 2\r\n\r\nok`], 'ended', `${READ}ok`],
    ['that ends with its connection', [`${HEAD}\r\nhel`, 'lo'], 'ended', `${READ}hello`],
    ['with more than it announced', [`${HEAD}Content-Length: 2\r\n\r\nok`, ' and more'], 'ended', `${READ}ok and more`],
    ['with less than it announced', [`${HEAD}Content-Length: 3\r\n\r\nok`], 'ECONNRESET', `${READ}ok`],
    ['with nothing of what it announced', [`${HEAD}Content-Length: 1\r\n\r\n`], 'ECONNRESET', READ],
    ['without a body', [`${HEAD}Content-Length: 0\r\n\r\n`], 'ended', READ],
    ['that is half a head', ['HTTP/1.1 200 OK\r\nA: b'], 'ended', 'HTTP/1.1 200 OK\r\nA: b'],
    ['that is nothing', [], 'ended', ''],
    ['that is not HTTP', ['HTTP/2 200\r\n\r\nbody'], 'ended', 'HTTP/2 200\r\n\r\nbody'],
    [
      'after hints',
      ['HTTP/1.1 103 Hints\r\n\r\n', `${HEAD}Content-Length: 2\r\n\r\nok`],
      'ended',
      `HTTP/1.1 103 Hints\r\n\r\n${READ}ok`,
    ],
    ['before another', [`${HEAD}Content-Length: 2\r\n\r\nok\r\nHTTP/1.1 200 OK\r\n\r\nsmuggled`], 'ended', `${READ}ok`],
    ['that speaks of HTTP', [`${HEAD}Content-Length: 2\r\n\r\nok, HTTP/1.1`], 'ended', `${READ}ok, HTTP/1.1`],
  ])('gives an answer %s', async (_what, pieces, outcome, text) => {
    expect(await given(pieces)).toEqual({ outcome, text });
  });

  it.each([
    ['repairs', 65_536, `Bad\r\n\r\n`, false],
    ['leaves', 65_537, '', true],
  ])('%s a head of %i bytes', async (_what, length, end, unchanged) => {
    const head = `${HEAD}A: `.padEnd(length, 'x');

    const { text } = await given([head, `\r\n${end}`]);

    expect(text === `${head}\r\n${end}`).toBe(unchanged);
  });

  it('waits for more once everything announced is there, but not for long', async () => {
    const says = [`${HEAD}Content-Length: 2\r\n\r\nok`, '!'];

    expect(await given(says, { moreMs: 30, ends: false })).toEqual({ outcome: 'ended', text: `${READ}ok!` });
  });

  it('is over with an error of its socket', async () => {
    const wire = new PassThrough();
    const lenient = new LenientSocket(wire);
    const failed = new Promise((resolve) => lenient.on('error', resolve));

    wire.destroy(new Error('cut'));

    expect(await failed).toEqual(new Error('cut'));
    expect(lenient.destroyed).toBe(true);
  });

  it('is over when its socket closes without an end, and closes it when it is over itself', async () => {
    const [cut, kept] = [new PassThrough(), new PassThrough()];
    const first = new LenientSocket(cut);
    const second = new LenientSocket(kept);
    const closed = new Promise((resolve) => first.on('close', resolve));

    cut.destroy();
    await closed;
    second.destroy();

    expect([first.destroyed, kept.destroyed]).toEqual([true, true]);
  });

  it('passes on what is sent, and its end', async () => {
    const wire = new PassThrough();
    const lenient = new LenientSocket(
      Object.assign(wire, { read: () => null }) as unknown as ConstructorParameters<typeof LenientSocket>[0],
    );
    const sent: string[] = [];
    wire.write = ((chunk: Uint8Array, _encoding: string, done: () => void) => {
      sent.push(String(chunk));
      done();
      return true;
    }) as typeof wire.write;
    wire.end = ((done: () => void) => {
      sent.push('the end');
      done();
      return wire;
    }) as typeof wire.end;

    await new Promise<void>((resolve) => lenient.end('GET /', resolve));

    expect(sent).toEqual(['GET /', 'the end']);
  });
});

function withHead(headers: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${HEAD}${headers}\r\n`), body]);
}
