// Whatever a server does, a fetch ends soon, in bounded memory, with an answer that is whole or with one error of a known kind.
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { createGuardedFetch, type GuardedFetchOptions } from '../../../adapters/http/guarded-fetch.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { type Loopback, listenOnLoopback, serveRaw, serveWeb } from '../../support/loopback.ts';
import { peakMemoryGrowth, until } from '../../support/waiting.ts';

const FEED = '<rss version="2.0"><channel><title>Harbour news</title></channel></rss>';
const MAX_FEED_BYTES = 5_000_000;
const MEGABYTE = 1_000_000;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function running<T extends Loopback>(server: Promise<T>): Promise<T> {
  const started = await server;
  open.push(started);
  return started;
}

/** Asks each URL path once, all at the same time; gives text of the body or the kind of the failure. */
async function fetching(server: Loopback, options: Partial<GuardedFetchOptions> = {}, path = '/feed.xml') {
  const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test', ...options });
  open.push(fetch);
  return fetch.get({ url: `${server.origin}${path}`, maxBytes: MAX_FEED_BYTES }).then(
    ({ body }) => ({ body: new TextDecoder().decode(body), kind: 'answer', message: '' }),
    (error: FetchFailedError) => ({ body: null, kind: error.kind ?? String(error), message: error.message }),
  );
}

describe('a slow server', () => {
  const limits = { totalMs: 400, headersMs: 200, idleMs: 100 };
  const drip = (socket: Socket | ServerResponse, text: string, everyMs: number): void => {
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

  it.each<{ does: string; says: (socket: Socket) => void; message: string }>([
    { does: 'never answers', says: () => {}, message: 'no answer within 0.2 s' },
    {
      does: 'sends its headers a byte at a time',
      says: (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-Slow: yes, very slow indeed\r\n', 10),
      message: 'no answer within 0.2 s',
    },
    {
      does: 'sends its body a byte at a time',
      says: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        drip(socket, FEED, 10);
      },
      message: 'no whole answer within 0.4 s',
    },
    {
      does: 'falls silent in the middle',
      says: (socket) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${FEED}`),
      message: 'silent for 0.1 s in the middle of the answer',
    },
    {
      does: 'falls silent before the first byte of the body',
      says: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n'),
      message: 'silent for 0.1 s in the middle of the answer',
    },
    {
      does: 'falls silent before the last chunk',
      says: (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
      message: 'silent for 0.1 s in the middle of the answer',
    },
    {
      does: 'sends interim answers slowly',
      says: (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 50);
        socket.on('close', () => clearInterval(timer));
      },
      message: 'no answer within 0.2 s',
    },
  ])('that $does costs no more than its time limit', async ({ says, message }) => {
    const outcome = await fetching(await running(serveRaw(says)), { limits });

    expect(outcome).toMatchObject({ kind: 'timeout', message: expect.stringContaining(message) });
  });

  it('that redirects to slow places has one deadline for all of them', async () => {
    const web = await running(
      serveWeb((request, response) => {
        const step = Number(request.url?.slice(1)) + 1;
        setTimeout(() => response.writeHead(302, { location: `/${step}` }).end(), 150);
      }),
    );

    const outcome = await fetching(web, { limits }, '/0');

    expect(outcome.kind).toBe('timeout');
    expect(web.requests.length).toBeLessThan(5);
  });

  it('that never finishes a TLS handshake costs no more than the time for headers', async () => {
    const silent = await running(serveRaw(() => {}));
    const fetch = createGuardedFetch({ allowHosts: [silent.pair], userAgent: 'test', limits });
    open.push(fetch);

    await expect(fetch.get({ url: `https://${silent.pair}/`, maxBytes: 10 })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  it('whose name is never resolved costs no more than the time for headers', async () => {
    const fetch = createGuardedFetch({
      allowHosts: [],
      userAgent: 'test',
      limits,
      resolver: () => new Promise(() => {}),
    });
    open.push(fetch);

    await expect(fetch.get({ url: 'http://feeds.example.org/', maxBytes: 10 })).rejects.toMatchObject({
      kind: 'timeout',
    });
  });
});

describe('an answer that is cut, lies or is not HTTP', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\n';
  it.each<[what: string, says: string | Uint8Array, kind: string]>([
    ['nothing at all', '', 'reset'],
    ['half a status line', 'HTTP/1.1 2', 'reset'],
    ['half its headers', `${HEAD}Content-Type: text/x`, 'reset'],
    ['half the body it announces', `${HEAD}Content-Length: 5000\r\n\r\n${FEED}`, 'reset'],
    ['chunks without an end', `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`, 'reset'],
    ['half a chunk', `${HEAD}Transfer-Encoding: chunked\r\n\r\n50\r\nhello`, 'reset'],
    ['a chunk size that is no number', `${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n`, 'http'],
    ['a chunk size beyond all numbers', `${HEAD}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx`, 'http'],
    ['a chunk longer than it says', `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n`, 'http'],
    ['half the body it announces, under a bad header', `${HEAD}Bad\r\nContent-Length: 5000\r\n\r\n${FEED}`, 'reset'],
    ['half its headers, one of them bad', `${HEAD}Bad: a\0b\r\nContent-Type: text/x`, 'http'],
    ['40 KB of headers, one of them bad', `${HEAD}Bad\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\nhello`, 'too_large'],
    ['100 KB of headers, one of them bad', `${HEAD}Bad\r\nX-Long: ${'a'.repeat(100_000)}`, 'http'],
    ['two lengths', `${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, 'http'],
    ['a body without headers (HTTP/0.9)', FEED, 'http'],
    ['a version that does not exist', 'HTTP/7.3 200 OK\r\n\r\nhello', 'http'],
    ['the protocol of a radio', 'ICY 200 OK\r\n\r\nhello', 'http'],
    ['the banner of another service', 'SSH-2.0-OpenSSH_9.6\r\n', 'http'],
    ['a status that is no number', 'HTTP/1.1 OK 200\r\n\r\nhello', 'http'],
    ['random bytes', Buffer.from('9f3a00ff17c4d2e8810b6677', 'hex'), 'http'],
    ['40 KB of one header', `${HEAD}X-Long: ${'a'.repeat(40_000)}\r\n\r\nhello`, 'too_large'],
    ['far too many headers', `${HEAD}${'X-Many: yes\r\n'.repeat(6000)}\r\nhello`, 'too_large'],
    ['a switch to another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n', 'http'],
    [
      'a switch to another protocol, with a bad header',
      'HTTP/1.1 101 Switching\r\nBad\r\nUpgrade: h2c\r\n\r\n',
      'http',
    ],
    ['interim answers without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1000), 'http'],
    [
      'eleven interim answers',
      `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(11)}${HEAD}Content-Length: 5\r\n\r\nhello`,
      'http',
    ],
    ['a redirect to nowhere', 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', 'redirects'],
  ])('%s: one error of a known kind', async (_what, says, kind) => {
    const outcome = await fetching(await running(serveRaw(says)));

    expect(outcome.kind).toBe(kind);
  });

  it.each<[what: string, says: string, body: string]>([
    ['ends with the connection', `${HEAD}\r\n${FEED}`, FEED],
    [
      'comes after hints',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${HEAD}Content-Length: 5\r\n\r\nhello`,
      'hello',
    ],
    [
      'comes after ten hints',
      `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10)}${HEAD}Content-Length: 5\r\n\r\nhello`,
      'hello',
    ],
    ['comes in chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`, 'hello'],
  ])('is read as far as it is sound when it %s', async (_what, says, body) => {
    const outcome = await fetching(await running(serveRaw(says)));

    expect(outcome).toMatchObject({ kind: 'answer', body });
  });

  it('cannot plant the answer to the next request', async () => {
    const reply = (body: string) => `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`;
    const server = await running(
      serveRaw((socket) => {
        socket.write(reply('first'));
        setImmediate(() => socket.write(reply('smuggled')));
        socket.on('data', () => socket.write(reply('late')));
      }),
    );
    const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test' });
    open.push(fetch);
    const bodies: string[] = [];

    for (let round = 0; round < 5; round += 1) {
      const { body } = await fetch.get({ url: `${server.origin}/${round}`, maxBytes: 100 });
      bodies.push(new TextDecoder().decode(body));
      await until(() => server.bytesWritten() >= (round + 1) * (reply('first') + reply('smuggled')).length);
    }

    expect(bodies).toEqual(['first', 'first', 'first', 'first', 'first']);
  });
});

describe('a compressed answer', () => {
  const answering = (encoding: string | string[], body: Uint8Array) =>
    running(serveWeb((_request, response) => response.setHeader('content-encoding', encoding).end(body)));

  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync(FEED)],
    ['x-gzip', gzipSync(FEED)],
    ['GZIP', gzipSync(FEED)],
    ['br', brotliCompressSync(FEED)],
    ['deflate', deflateSync(FEED)],
    ['deflate', deflateRawSync(FEED)],
    ['identity', Buffer.from(FEED)],
    ['identity, gzip', gzipSync(FEED)],
    ['', Buffer.from(FEED)],
    ['gzip', Buffer.concat([gzipSync(FEED.slice(0, 30)), gzipSync(FEED.slice(30))])],
    ['gzip, gzip', gzipSync(gzipSync(FEED))],
    ['gzip, br', brotliCompressSync(gzipSync(FEED))],
    ['"gzip"', gzipSync(FEED)],
    ['gzip;q=1.0', gzipSync(FEED)],
  ])('of coding "%s" is read', async (encoding, body) => {
    expect(await fetching(await answering(encoding, body))).toMatchObject({ body: FEED });
  });

  const gzipped = gzipSync(FEED);
  /** Neither text nor any compression. */
  const NOISE = Buffer.from('e5071b00c4d2e8810b66770399fe12ab', 'hex');
  const withChecksum = (file: Uint8Array, trailer: Uint8Array, after = ''): Uint8Array =>
    Buffer.concat([file.subarray(0, -8), trailer, Buffer.from(after)]);

  it.each<[what: string, encoding: string | string[], body: Uint8Array]>([
    ['is cut', 'gzip', gzipped.subarray(0, gzipped.length - 12)],
    ['has a wrong checksum', 'gzip', Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(8)])],
    ['is cut in its second part', 'gzip', Buffer.concat([gzipped, gzipped.subarray(0, 30)])],
    ['has a wrong checksum and junk behind it', 'gzip', withChecksum(gzipped, Buffer.alloc(8), 'junk')],
    ['is zlib that is cut', 'deflate', deflateSync(FEED).subarray(0, 40)],
    ['is zlib with a wrong checksum', 'deflate', Buffer.concat([deflateSync(FEED).subarray(0, -4), Buffer.alloc(4)])],
    ['is not what it says', 'gzip', NOISE],
    ['is deflate that is not', 'deflate', NOISE],
    ['is brotli that is not', 'br', NOISE],
    ['is zstd that is not', 'zstd', NOISE],
    ['is compressed three times', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipped))],
    ['has a coding nobody asked for', 'sdch', NOISE],
    ['has a coding named like a property', 'constructor', NOISE],
  ])('that %s is an error, never half a feed', async (_what, encoding, body) => {
    expect(await fetching(await answering(encoding, body))).toMatchObject({ body: null, kind: 'decode' });
  });

  const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  /** Members follow each other in one gzip file, so a GiB is cheap to make. */
  const gibibyte = () => {
    const member = gzipSync(Buffer.alloc(2 ** 24), { level: 9 });
    return Buffer.concat(new Array<Buffer>(64).fill(member));
  };
  it.each<[what: string, encoding: string, bomb: () => Uint8Array]>([
    ['a GiB in gzip', 'gzip', gibibyte],
    ['a quarter of a GiB in brotli', 'br', () => brotliCompressSync(Buffer.alloc(2 ** 28), QUICK)],
    ['64 MiB in deflate', 'deflate', () => deflateSync(Buffer.alloc(2 ** 26))],
    ['64 MiB in bare deflate', 'deflate', () => deflateRawSync(Buffer.alloc(2 ** 26))],
    ['4 MB that swells 1,000 times', 'gzip', () => gzipSync(Buffer.alloc(4 * MEGABYTE))],
  ])('that is a bomb (%s) is stopped before it goes off', async (_what, encoding, bomb) => {
    const server = await answering(encoding, bomb());
    const begun = performance.now();

    const { result, grownBytes } = await peakMemoryGrowth(() => fetching(server));

    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(result.kind).toBe('too_large');
    expect(grownBytes).toBeLessThan(100 * MEGABYTE);
  });

  it('that holds a bomb within is unpacked once only', async () => {
    const server = await answering('gzip', gzipSync(gzipSync(Buffer.alloc(2 ** 24))));

    const outcome = await fetching(server);

    expect(outcome.kind).toBe('answer');
    expect(outcome.body?.length).toBeLessThan(100_000);
  });

  it('that is small may swell more than a hundred times', async () => {
    const blank = ' '.repeat(900_000);

    expect(await fetching(await answering('gzip', gzipSync(blank)))).toMatchObject({ body: blank });
  });
});

describe('an answer that is too long', () => {
  /** What loopback sockets buffer on both sides was seen to reach 6 MB. */
  const BUFFERED_BYTES = 7 * MEGABYTE;
  const pouring = (bytes: number, headers: Record<string, string>) =>
    running(
      serveWeb((_request, response) => {
        response.writeHead(200, headers);
        const chunk = Buffer.alloc(65_536, 'x');
        let left = bytes;
        const pour = (): void => {
          while (left > 0 && !response.destroyed) {
            left -= chunk.length;
            if (!response.write(chunk)) return void response.once('drain', pour);
          }
          response.end();
        };
        pour();
      }),
    );

  it.each<[what: string, bytes: number, headers: Record<string, string>]>([
    ['100 MB, announced', 100 * MEGABYTE, { 'content-length': String(100 * MEGABYTE) }],
    ['100 MB in chunks', 100 * MEGABYTE, {}],
    ['without end', Number.POSITIVE_INFINITY, {}],
    ['100 MB until the connection closes', 100 * MEGABYTE, { connection: 'close', 'transfer-encoding': 'identity' }],
  ])('(%s) is not read to its end', async (_what, bytes, headers) => {
    const server = await pouring(bytes, headers);

    const { result, grownBytes } = await peakMemoryGrowth(() => fetching(server));

    expect(result.kind).toBe('too_large');
    expect(server.bytesWritten()).toBeLessThan(MAX_FEED_BYTES + BUFFERED_BYTES);
    expect(grownBytes).toBeLessThan(100 * MEGABYTE);
  });

  it('is allowed to be exactly as long as the cap', async () => {
    const body = Buffer.alloc(MAX_FEED_BYTES, 'x');
    const server = await running(serveWeb((_request, response) => response.end(body)));

    expect((await fetching(server)).body?.length).toBe(MAX_FEED_BYTES);
  });

  it('is not read at all when its status says it is no feed', async () => {
    const server = await running(
      serveRaw((socket) =>
        socket.write(`HTTP/1.1 404 Not Found\r\nContent-Length: 1000000000\r\n\r\n${'x'.repeat(100)}`),
      ),
    );

    expect(await fetching(server)).toMatchObject({ kind: 'answer', body: '' });
  });
});

describe('redirects', () => {
  it('in a circle end at once', async () => {
    const web = await running(
      serveWeb((request, response) => response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end()),
    );

    expect(await fetching(web, {}, '/a')).toMatchObject({ kind: 'redirects' });
    expect(web.requests.length).toBe(2);
  });

  it.each([
    { count: 5, kind: 'answer' },
    { count: 6, kind: 'redirects' },
  ])('are followed up to five times: $count', async ({ count, kind }) => {
    const web = await running(
      serveWeb((request, response) => {
        const step = Number(request.url?.slice(1));
        if (step === count) response.end(FEED);
        else response.writeHead(301, { location: String(step + 1) }).end();
      }),
    );

    expect((await fetching(web, {}, '/0')).kind).toBe(kind);
    expect(web.requests.length).toBe(6);
  });

  it('carry credentials within an origin only', async () => {
    const other = await running(serveWeb((_request, response) => response.end(FEED)));
    const web = await running(
      serveWeb((request, response) =>
        response.writeHead(302, { location: request.url === '/a' ? '/b' : `${other.origin}/c` }).end(),
      ),
    );
    const fetch = createGuardedFetch({ allowHosts: [web.pair, other.pair], userAgent: 'test' });
    open.push(fetch);

    await fetch.get({
      url: `${web.origin}/a`,
      headers: { Authorization: 'Bearer secret', Cookie: 'session=secret', accept: 'text/xml' },
      maxBytes: 1000,
    });

    const seen = [...web.requests, ...other.requests].map(({ headers }) => [headers.authorization, headers.cookie]);
    expect(seen).toEqual([
      ['Bearer secret', 'session=secret'],
      ['Bearer secret', 'session=secret'],
      [undefined, undefined],
    ]);
    expect(other.requests[0]?.headers.accept).toBe('text/xml');
  });

  it('to raw UTF-8 addresses arrive', async () => {
    const web = await running(
      serveRaw((socket) =>
        socket.end(Buffer.from('HTTP/1.1 302 Found\r\nLocation: /поток\r\nContent-Length: 0\r\n\r\n')),
      ),
    );

    const outcome = await fetching(web);

    expect(outcome.kind).toBe('redirects'); // the server sends everybody there, so the second visit is a circle
    expect(web.connections()).toBe(2);
  });
});

describe('an address with a user name', () => {
  it('is asked for without it, and messages show neither password nor query secrets', async () => {
    const web = await running(serveWeb((_request, response) => response.writeHead(302, { location: '' }).end()));
    const fetch = createGuardedFetch({ allowHosts: [web.pair], userAgent: 'test' });
    open.push(fetch);

    const failure = await fetch
      .get({ url: `http://user:passw0rd@${web.pair}/feed?token=s3cret&page=2#part`, maxBytes: 10 })
      .catch((error: FetchFailedError) => error);

    expect(failure).toMatchObject({ url: `${web.origin}/feed?token=…&page=2` });
    expect((failure as Error).message).not.toMatch(/passw0rd|s3cret/);
    expect(web.requests[0]).toMatchObject({ path: '/feed?token=s3cret&page=2' });
    expect(web.requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a TLS certificate', () => {
  const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');

  async function overTls(certificate: string): Promise<unknown> {
    const server = await running(
      listenOnLoopback(
        createTlsServer({ cert: fixture(certificate), key: fixture('server.key') }, (socket) => {
          socket.on('error', () => {});
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'));
        }),
      ),
    );
    const fetch = createGuardedFetch({
      allowHosts: [`feeds.example.org:${server.port}`],
      userAgent: 'test',
      resolver: async () => [{ address: '127.0.0.1', family: 4 }],
      certificateAuthorities: [fixture('root.pem')],
    });
    open.push(fetch);
    return fetch.get({ url: `https://feeds.example.org:${server.port}/`, maxBytes: 100 }).then(
      ({ status }) => status,
      (error: FetchFailedError) => `${error.kind}: ${error.message}`,
    );
  }

  it('that is good is accepted', async () => {
    expect(await overTls('good.pem')).toBe(200);
  });

  it.each([
    ['expired.pem', 'the certificate has expired'],
    ['other-name.pem', 'the certificate is for another host name'],
    ['self-signed.pem', 'the certificate is self-signed'],
  ])('that is bad (%s) is refused, whatever the environment says', async (certificate, message) => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await overTls(certificate)).toMatch(new RegExp(`^tls: .*${message}`));
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('is expected behind https: a server that speaks plain HTTP is refused', async () => {
    const server = await running(serveWeb((_request, response) => response.end(FEED)));
    const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test' });
    open.push(fetch);

    await expect(fetch.get({ url: `https://${server.pair}/`, maxBytes: 10 })).rejects.toMatchObject({ kind: 'tls' });
  });
});

describe('the network', () => {
  it('that refuses a connection gives an error of its own kind', async () => {
    const gone = await serveWeb(() => {});
    await gone.close();

    expect(await fetching(gone)).toMatchObject({ kind: 'refused' });
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'])(
    'that knows no such name (%s) gives an error of its own kind',
    async (code) => {
      const fetch = createGuardedFetch({
        allowHosts: [],
        userAgent: 'test',
        resolver: async () => {
          throw Object.assign(new Error('no such host'), { code });
        },
      });
      open.push(fetch);

      await expect(fetch.get({ url: 'http://feeds.example.org/', maxBytes: 10 })).rejects.toMatchObject({
        kind: 'dns',
      });
    },
  );

  it('is asked directly, whatever proxy the environment names', async () => {
    const proxy = await running(serveWeb((_request, response) => response.end('from the proxy')));
    const web = await running(serveWeb((_request, response) => response.end(FEED)));
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : proxy.origin;
    try {
      expect(await fetching(web)).toMatchObject({ body: FEED });
      expect(proxy.connections()).toBe(0);
    } finally {
      for (const [index, name] of names.entries()) {
        if (before[index] === undefined) delete process.env[name];
        else process.env[name] = before[index];
      }
    }
  });
});

describe('connections', () => {
  it('are kept within an origin and never shared with another', async () => {
    const webs = await Promise.all([1, 2].map(() => running(serveWeb((_request, response) => response.end(FEED)))));
    const fetch = createGuardedFetch({ allowHosts: webs.map(({ pair }) => pair), userAgent: 'test' });
    open.push(fetch);

    for (let round = 0; round < 3; round += 1) {
      for (const { origin } of webs) await fetch.get({ url: `${origin}/${round}`, maxBytes: 1000 });
    }

    expect(webs.map(({ requests }) => requests.length)).toEqual([3, 3]);
    expect(webs.map((web) => web.connections())).toEqual([1, 1]);
  });

  it('that the server closed while they were idle are replaced without a word', async () => {
    const sockets: Socket[] = [];
    const server = await running(
      serveRaw((socket) => {
        sockets.push(socket);
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello');
        socket.on('data', () => socket.resetAndDestroy()); // the second request meets a server that has gone
      }),
    );
    const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test' });
    open.push(fetch);

    await fetch.get({ url: server.origin, maxBytes: 100 });
    const second = await fetch.get({ url: server.origin, maxBytes: 100 });

    expect(second.status).toBe(200);
    expect(server.connections()).toBe(2);
  });
});

describe('a post', () => {
  it('sends its body once, follows no redirect and gives the status', async () => {
    const web = await running(
      serveWeb((request, response) => {
        request.resume();
        response.writeHead(307, { location: '/elsewhere' }).end();
      }),
    );
    const fetch = createGuardedFetch({ allowHosts: [web.pair], userAgent: 'test' });
    open.push(fetch);

    const answer = await fetch.post({
      url: `${web.origin}/hook`,
      headers: { 'content-type': 'application/json' },
      body: '{"text":"Grüße"}',
    });

    expect(answer.status).toBe(307);
    expect(web.requests).toMatchObject([
      { method: 'POST', path: '/hook', headers: { 'content-type': 'application/json', 'content-length': '18' } },
    ]);
  });

  it('keeps 64 KB of the reply and drops the rest', async () => {
    const server = await running(
      serveRaw((socket) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(90_000)}`)),
    );
    const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test' });
    open.push(fetch);

    const answer = await fetch.post({ url: server.origin, body: '{}' });

    expect([answer.status, answer.body.length]).toEqual([200, 65_536]);
  });

  it('is not sent again when the connection is cut', async () => {
    let received = 0;
    const web = await running(
      serveWeb((request) => {
        received += 1;
        request.socket.destroy();
      }),
    );
    const fetch = createGuardedFetch({ allowHosts: [web.pair], userAgent: 'test' });
    open.push(fetch);

    await expect(fetch.post({ url: web.origin, body: '{}' })).rejects.toMatchObject({ kind: 'reset' });
    expect(received).toBe(1);
  });
});
