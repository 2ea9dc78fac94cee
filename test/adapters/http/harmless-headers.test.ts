// What servers get wrong although the feed they send is sound. Browsers read all of it, and so must Tocsin.
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  constants as zlibConstants,
  zstdCompressSync,
} from 'node:zlib';
import { createGuardedFetch } from '../../../adapters/http/guarded-fetch.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { type Loopback, serveWeb } from '../../support/loopback.ts';

const FEED =
  '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Вести гавани</title></channel></rss>\n';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function running<T extends Loopback>(server: Promise<T>): Promise<T> {
  const started = await server;
  open.push(started);
  return started;
}

/** The body that a fetch of this server gives, or the kind of its failure. */
async function fetched(server: Loopback, path = '/feed.xml'): Promise<string> {
  const fetch = createGuardedFetch({ allowHosts: [server.pair], userAgent: 'test' });
  open.push(fetch);
  return fetch.get({ url: `${server.origin}${path}`, maxBytes: 5_000_000 }).then(
    ({ body }) => new TextDecoder().decode(body),
    (error: FetchFailedError) => error.kind ?? String(error),
  );
}

const answering = (encoding: string | string[], body: string | Uint8Array) =>
  running(serveWeb((_request, response) => response.setHeader('content-encoding', encoding).end(body)));

describe('a label that names no compression', () => {
  it.each([
    'utf-8',
    'UTF-8',
    ' utf8 ',
    'none',
    'identity',
    'Identity, identity',
    '',
    ' ',
    ',',
    'binary',
    '7bit',
    '8bit',
    'windows-1251',
    'iso-8859-1',
    'aws-chunked',
    'chunked',
    'text/xml',
    'application/rss+xml; charset=utf-8',
    'default',
    'null',
    'unknown',
  ])('("%s") changes nothing', async (encoding) => {
    expect(await fetched(await answering(encoding, FEED))).toBe(FEED);
  });

  it.each([
    'aws-chunked, gzip',
    'gzip,aws-chunked',
    'AWS-CHUNKED,GZIP',
    'utf-8, gzip',
    'gzip, none',
    'identity, x-gzip',
  ])('("%s") leaves the compression beside it as it is', async (encoding) => {
    expect(await fetched(await answering(encoding, gzipSync(FEED)))).toBe(FEED);
  });

  it.each([[['utf-8', 'gzip']], [['gzip', 'utf-8']], [['aws-chunked', 'gzip']]])(
    'may come in a header of its own: %j',
    async (encodings) => {
      expect(await fetched(await answering(encodings, gzipSync(FEED)))).toBe(FEED);
    },
  );

  it.each([
    ['little-endian', Buffer.from(`\ufeff${FEED}`, 'utf16le')],
    ['big-endian', Buffer.from(`\ufeff${FEED}`, 'utf16le').swap16()],
    ['little-endian without a mark', Buffer.from(FEED, 'utf16le')],
    ['big-endian without a mark', Buffer.from(FEED, 'utf16le').swap16()],
  ])('changes nothing in UTF-16 either: %s', async (_which, body) => {
    const web = await answering('utf-16', body);
    const fetch = createGuardedFetch({ allowHosts: [web.pair], userAgent: 'test' });
    open.push(fetch);

    const answer = await fetch.get({ url: web.origin, maxBytes: 10_000 });

    expect(Buffer.from(answer.body).equals(body)).toBe(true);
  });
});

describe('a label that names no compression beside one that does', () => {
  it('says nothing about what comes out', async () => {
    expect(await fetched(await answering('utf-8, gzip', gzipSync('\u0001\u0002')))).toBe('\u0001\u0002');
  });
});

describe('a label that names another compression than the one there is', () => {
  const forms: Readonly<Record<string, Uint8Array>> = {
    gzip: gzipSync(FEED),
    br: brotliCompressSync(FEED),
    zstd: zstdCompressSync(FEED),
    deflate: deflateSync(FEED),
    'bare deflate': deflateRawSync(FEED),
    'no compression': Buffer.from(FEED),
    'gzip behind blank lines': Buffer.concat([Buffer.from('\ufeff\r\n\n'), gzipSync(FEED)]),
  };
  const pairs = ['gzip', 'br', 'zstd', 'deflate', 'x-deflate', 'X-GZIP'].flatMap((label) =>
    Object.keys(forms).map((form) => [label, form] as const),
  );

  it.each(pairs)('is ignored: %s, and there is %s', async (label, form) => {
    expect(await fetched(await answering(label, forms[form]!))).toBe(FEED);
  });

  it.each([
    ['gzip', gzipSync(gzipSync(FEED))],
    ['gzip', gzipSync(zstdCompressSync(FEED))],
    ['br', brotliCompressSync(gzipSync(FEED))],
    ['', zstdCompressSync(FEED)],
    ['', gzipSync(gzipSync(FEED))],
    ['br, gzip', brotliCompressSync(gzipSync(FEED))],
  ])('is ignored where it stands for two, or is missing: "%s"', async (label, body) => {
    expect(await fetched(await answering(label, body))).toBe(FEED);
  });

  it('leaves what is nothing of all these a broken answer', async () => {
    const noise = Buffer.from('8b03805b0106ff00d2c45e5e5e017f9a', 'hex');

    for (const label of ['gzip', 'br', 'zstd', 'deflate'])
      expect(await fetched(await answering(label, noise))).toBe('decode');
  });
});

describe('the frames of an upload to S3', () => {
  const size = (text: string): string => Buffer.byteLength(text).toString(16);
  const signature = `;chunk-signature=${'0f'.repeat(32)}`;
  const half = FEED.slice(0, 40);
  const rest = FEED.slice(40);

  it.each([
    [
      'with signatures',
      `${size(half)}${signature}\r\n${half}\r\n${size(rest)}${signature}\r\n${rest}\r\n0${signature}\r\n\r\n`,
    ],
    ['with a checksum at the end', `${size(FEED)}\r\n${FEED}\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`],
  ])('are removed: %s', async (_which, framed) => {
    expect(await fetched(await answering('aws-chunked', framed))).toBe(FEED);
  });

  it('are removed before the content is decompressed', async () => {
    const packed = gzipSync(FEED);
    const framed = Buffer.concat([
      Buffer.from(`${packed.length.toString(16)}\r\n`),
      packed,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);

    expect(await fetched(await answering('gzip, aws-chunked', framed))).toBe(FEED);
  });

  it.each([
    ['a size that is wrong', `5\r\n${FEED}\r\n0\r\n\r\n`],
    ['an end that is none', 'c\r\nHarbour news--0\r\n\r\n'],
    ['no last frame', `${size(FEED)}\r\n${FEED}\r\n`],
  ])('are left alone where they are none: %s', async (_which, body) => {
    expect(await fetched(await answering('aws-chunked', body))).toBe(body);
  });

  it('are looked for only where the label says so', async () => {
    const body = `${size(FEED)}\r\n${FEED}\r\n0\r\n\r\n`;

    expect(await fetched(await answering('utf-8', body))).toBe(body);
  });
});

describe('a label that the bytes disprove', () => {
  it.each(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'br, gzip'])(
    '("%s" before plain text) is ignored',
    async (encoding) => {
      expect(await fetched(await answering(encoding, FEED))).toBe(FEED);
    },
  );

  it.each<[what: string, encoding: string, body: Uint8Array]>([
    ['two compressions of which the server had one', 'gzip, deflate', gzipSync(FEED)],
    ['two headers for one compression', 'gzip, gzip', gzipSync(FEED)],
    ['gzip called deflate', 'deflate', gzipSync(FEED)],
    ['zlib called gzip', 'gzip', deflateSync(FEED)],
    ['bare deflate called gzip', 'gzip', deflateRawSync(FEED)],
    ['gzip called brotli', 'br', gzipSync(FEED)],
    ['gzip that is not mentioned', '', gzipSync(FEED)],
    ['gzip called a character set', 'utf-8', gzipSync(FEED)],
    ['zstd nobody asked for', 'zstd', zstdCompressSync(Buffer.from(FEED))],
  ])('(%s) is corrected', async (_what, encoding, body) => {
    expect(await fetched(await answering(encoding, body))).toBe(FEED);
  });

  it('is ignored before an empty body', async () => {
    expect(await fetched(await answering('gzip', ''))).toBe('');
  });

  it('does not make a bomb of two layers', async () => {
    const level = { level: zlibConstants.Z_BEST_COMPRESSION };
    const bomb = gzipSync(gzipSync(Buffer.alloc(4_000_000), level), level);

    expect(await fetched(await answering('gzip, gzip', bomb))).toBe('too_large');
  });
});

describe('a compressed body that is whole, with a damaged end', () => {
  const packed = gzipSync(FEED);
  /** Extra field, name, comment and header checksum: all that a gzip header may hold. */
  const withLongHeader = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]),
    Buffer.from([3, 0, 0xab, 0, 0xcd]),
    Buffer.from('feed.xml\0kept by a cache\0', 'latin1'),
  ]);

  it.each<[what: string, encoding: string, body: Uint8Array]>([
    ['its trailer is cut off', 'gzip', packed.subarray(0, -8)],
    ['its trailer is cut in the middle', 'gzip', packed.subarray(0, -3)],
    ['a comment of the cache follows', 'gzip', Buffer.concat([packed, Buffer.from('\n<!-- cached -->')])],
    ['zeros follow', 'gzip', Buffer.concat([packed, Buffer.alloc(512)])],
    [
      'a comment follows its second part',
      'gzip',
      Buffer.concat([gzipSync(FEED.slice(0, 50)), gzipSync(FEED.slice(50)), Buffer.from('<!-- cached -->')]),
    ],
    [
      'its header is long and its trailer is missing',
      'gzip',
      Buffer.concat([withLongHeader, Buffer.from([0, 0]), deflateRawSync(FEED)]),
    ],
    ['the checksum of zlib is missing', 'deflate', deflateSync(FEED).subarray(0, -4)],
    ['a comment follows zlib', 'deflate', Buffer.concat([deflateSync(FEED), Buffer.from('<!-- cached -->')])],
    ['a comment follows brotli', 'br', Buffer.concat([brotliCompressSync(FEED), Buffer.from('<!-- cached -->')])],
  ])('is read: %s', async (_what, encoding, body) => {
    expect(await fetched(await answering(encoding, body))).toBe(FEED);
  });
});
