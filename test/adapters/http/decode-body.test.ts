// Bodies under labels that may be wrong, by themselves. Over real connections: harmless-headers.test.ts and hostile-servers.test.ts.
import { createHash } from 'node:crypto';
import { brotliCompressSync, crc32, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { withoutAwsChunks } from '../../../adapters/http/aws-chunks.ts';
import { gunzipDamaged } from '../../../adapters/http/damaged-gzip.ts';
import { ACCEPT_ENCODING, decodeBody } from '../../../adapters/http/decode-body.ts';
import { NoTurnError } from '../../../shared/core/errors.ts';
import { checkTarget } from '../../../shared/net/target-rules.ts';

const URL_OF_FEED = 'https://news.example.org/feed';
const TEXT = 'A convoy crossed the river. '.repeat(20);
const verdict = checkTarget(URL_OF_FEED, { allowedHosts: new Set() });
const target = verdict.ok ? verdict.target : (undefined as never);

/** Takes the turn or not, and counts how often it is asked. */
const aTurn = (smallBytes = 10_000_000, has = true) => {
  const turn = { asked: 0, smallBytes, waitedMs: () => 0, take: async () => Boolean(++turn.asked) && has };
  return turn;
};
const decode = async (
  wire: Uint8Array,
  label?: string,
  { maxBytes = 5_000_000, turn = aTurn() } = {},
): Promise<string> => Buffer.from(await decodeBody(wire, label, { target, maxBytes, turn })).toString('latin1');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a body', () => {
  it('is asked for in the two compressions that mean one thing only', () => {
    expect(ACCEPT_ENCODING).toBe('gzip, br');
  });

  it.each<[label: string | undefined, wire: Uint8Array]>([
    [undefined, bytes(TEXT)],
    ['identity', bytes(TEXT)],
    ['', bytes(TEXT)],
    ['utf-8', bytes(TEXT)],
    ['gzip', bytes(TEXT)],
    ['gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['"gzip";q=1', gzipSync(TEXT)],
    ["'gzip' , identity", gzipSync(TEXT)],
    [undefined, gzipSync(TEXT)],
    ['utf-8', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['x-br', brotliCompressSync(TEXT)],
    ['br', gzipSync(TEXT)],
    ['br', bytes(TEXT)],
    ['gzip', brotliCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['x-deflate', deflateSync(TEXT)],
    ['gzip', deflateSync(TEXT)],
    ['gzip', deflateRawSync(TEXT)],
    ['deflate', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT).subarray(0, -4)],
    ['zstd', zstdCompressSync(TEXT)],
    [undefined, zstdCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['br, gzip', gzipSync(brotliCompressSync(TEXT))],
    ['gzip', gzipSync(gzipSync(TEXT))],
    ['br', brotliCompressSync(gzipSync(TEXT))],
    [undefined, gzipSync(gzipSync(TEXT))],
    ['gzip', Buffer.concat([bytes('\r\n\t \xef\xbb\xbf'), gzipSync(TEXT)])],
    ['gzip', Buffer.concat([bytes(' '.repeat(99)), gzipSync(TEXT)])],
    ['gzip', gzipSync(TEXT).subarray(0, -8)],
    ['gzip', Buffer.concat([gzipSync(TEXT), bytes('<!-- cached -->')])],
  ])('labelled %j is read whatever it is (%#)', async (label, wire) => {
    expect(await decode(wire, label)).toBe(TEXT);
  });

  it.each(['gzip', 'br', 'deflate', undefined])('labelled %j may be empty', async (label) => {
    expect(await decode(new Uint8Array(), label)).toBe('');
  });

  it.each<[label: string, wire: Uint8Array, happened: string]>([
    ['gzip', bytes('\x00\x01\x02 nothing'), 'the gzip compression is broken (Z_DATA_ERROR)'],
    ['gzip', gzipSync(TEXT).subarray(0, -30), 'the gzip compression is broken (Z_BUF_ERROR)'],
    [
      'deflate',
      Buffer.concat([deflateSync(TEXT).subarray(0, 4), bytes('\xff\xff\xff')]),
      'the deflate compression is broken',
    ],
    ['br', bytes('\xff\x01\x02 nothing'), 'the br compression is broken'],
    ['gzip, gzip, gzip', gzipSync(TEXT), 'the answer is compressed more than 2 times'],
    ['x-odd', bytes('\x00\x01'), 'the answer has a content-coding that was not asked for: "x-odd"'],
  ])('labelled %s that cannot be read says so: %#', async (label, wire, happened) => {
    const failure = await decode(wire, label).catch((error: unknown) => error);

    expect(failure).toMatchObject({ kind: 'decode', happened: expect.stringContaining(happened) });
  });

  it.each([undefined, '', 'identity'])('labelled %j may be anything, text or not', async (label) => {
    const picture = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe';

    expect(await decode(bytes(picture), label)).toBe(picture);
  });

  it('of an unknown label is read where it is text', async () => {
    expect(await decode(bytes(TEXT), 'x-odd')).toBe(TEXT);
  });

  it('may be exactly as long as the cap', async () => {
    const body = 'x'.repeat(1_000_000);

    expect(await decode(gzipSync(body), 'gzip', { maxBytes: 1_000_000 })).toHaveLength(1_000_000);
    await expect(decode(gzipSync(`${body}x`), 'gzip', { maxBytes: 1_000_000 })).rejects.toMatchObject({
      kind: 'too_large',
      happened: 'the answer is longer than 1 MB when decompressed',
    });
  });

  it('may grow to a megabyte, and to a hundred times itself', async () => {
    const blanks = (length: number): Buffer => gzipSync(' '.repeat(length));
    // 12 KB of noise and blanks: a hundred times its length is more than a megabyte.
    const noise = createHash('shake256', { outputLength: 12_000 }).update('noise').digest();
    const wire = gzipSync(Buffer.concat([noise, bytes(' '.repeat(1_000_000))]));

    expect(wire.length * 100).toBeGreaterThan(noise.length + 1_000_000);
    expect(await decode(wire, 'gzip')).toHaveLength(noise.length + 1_000_000);
    expect(await decode(blanks(1_000_000), 'gzip')).toHaveLength(1_000_000);
    await expect(decode(blanks(1_000_001), 'gzip')).rejects.toMatchObject({
      kind: 'too_large',
      happened: 'the answer grows more than 100 times when decompressed',
    });
  });

  it('that is small takes no turn; a large one takes one and is read again', async () => {
    const [small, large] = [aTurn(TEXT.length), aTurn(TEXT.length - 1)];

    expect(await decode(gzipSync(TEXT), 'gzip', { turn: small })).toBe(TEXT);
    expect(await decode(gzipSync(TEXT), 'gzip', { turn: large })).toBe(TEXT);
    expect([small.asked, large.asked]).toEqual([0, 1]);
  });

  it('that is large and has no turn is left for later, one that is compressed twice too', async () => {
    const turn = () => aTurn(300, false);

    await expect(decode(gzipSync(TEXT), 'gzip', { turn: turn() })).rejects.toBeInstanceOf(NoTurnError);
    await expect(decode(gzipSync(gzipSync(TEXT)), 'gzip', { turn: turn() })).rejects.toBeInstanceOf(NoTurnError);
  });

  it('that is over its cap asks for no turn', async () => {
    const turn = aTurn(500, false);

    await expect(decode(gzipSync(TEXT), 'gzip', { maxBytes: 500, turn })).rejects.toMatchObject({ kind: 'too_large' });
    expect(turn.asked).toBe(0);
  });

  it('whose second layer cannot be read stays as it is', async () => {
    const broken = gzipSync(TEXT).subarray(0, -30);

    expect(await decode(gzipSync(broken), 'gzip')).toBe(broken.toString('latin1'));
  });
});

describe('frames of an upload', () => {
  const SIGNATURE = `;chunk-signature=${'a0'.repeat(32)}`;
  const unframed = (text: string): string => Buffer.from(withoutAwsChunks(bytes(text))).toString('latin1');

  it.each([
    ['5\r\nhello\r\n0\r\n\r\n', 'hello'],
    [`5${SIGNATURE}\r\nhello\r\n0${SIGNATURE}\r\n\r\n`, 'hello'],
    ['5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n', 'hello world'],
    ['A\r\n0123456789\r\n0\r\n', '0123456789'],
    ['00000005\r\nhello\r\n0\r\n', 'hello'],
    ['0\r\n', ''],
  ])('are taken off: %j', (framed, content) => {
    expect(unframed(framed)).toBe(content);
  });

  it.each([
    'hello',
    '5\r\nhello',
    '5\r\nhello\r\n',
    '5\r\nhell\r\n0\r\n',
    '5\nhello\n0\n',
    '000000005\r\nhello\r\n0\r\n',
    '5;other=1\r\nhello\r\n0\r\n',
    `5${SIGNATURE}a\r\nhello\r\n0\r\n`,
    ' 5\r\nhello\r\n0\r\n',
    '',
  ])('that are none from beginning to end stay: %j', (text) => {
    expect(unframed(text)).toBe(text);
  });

  it('are taken off by their label, within a compression', async () => {
    const wire = gzipSync(TEXT);
    const framed = Buffer.concat([bytes(`${wire.length.toString(16)}\r\n`), wire, bytes('\r\n0\r\n\r\n')]);

    expect(await decode(framed, 'gzip,aws-chunked')).toBe(TEXT);
    expect(await decode(bytes(`3\r\nabc\r\n0\r\n`), 'aws-chunked')).toBe('abc');
    expect(await decode(bytes(`3\r\nabc\r\n0\r\n`))).toBe('3\r\nabc\r\n0\r\n');
  });
});

describe('a damaged gzip file', () => {
  const DATA = deflateRawSync(TEXT);
  const trailer = (text = TEXT, length = text.length): Buffer => {
    const end = Buffer.alloc(8);
    end.writeUInt32LE(crc32(text), 0);
    end.writeUInt32LE(length, 4);
    return end;
  };
  const file = (flags: number, fields: readonly number[] = [], end: Uint8Array = trailer()): Buffer =>
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...fields]), DATA, end]);
  const read = async (whole: Uint8Array, maxOutputLength = 10_000): Promise<string | null> => {
    const data = await gunzipDamaged(whole, { maxOutputLength });
    return data === null ? null : Buffer.from(data).toString('latin1');
  };

  it.each<[what: string, flags: number, fields: readonly number[]]>([
    ['no fields', 0, []],
    ['a checksum', 2, [1, 2]],
    ['an extra field', 4, [3, 0, 9, 9, 9]],
    ['a name', 8, [65, 66, 0]],
    ['a comment', 16, [65, 0]],
    ['all of them', 30, [1, 0, 9, 65, 0, 66, 0, 1, 2]],
    ['a flag without meaning', 1, []],
  ])('may have %s in its header', async (_what, flags, fields) => {
    expect(await read(file(flags, fields))).toBe(TEXT);
  });

  it.each<[what: string, end: Uint8Array, text: string | null]>([
    ['none', new Uint8Array(), TEXT],
    ['half of it', trailer().subarray(0, 7), TEXT],
    ['something behind it', Buffer.concat([trailer(), bytes('<!-- cached -->')]), TEXT],
    ['another checksum', trailer('other', TEXT.length), null],
    ['another length', trailer(TEXT, TEXT.length + 1), null],
  ])('with %s of its trailer is %#', async (_what, end, text) => {
    expect(await read(file(0, [], end))).toBe(text);
  });

  it('may have several members, which are counted together', async () => {
    const two = Buffer.concat([file(0), file(0)]);

    expect(await read(two)).toBe(TEXT + TEXT);
    expect(await read(two, 2 * TEXT.length)).toBe(TEXT + TEXT);
    await expect(read(two, 2 * TEXT.length - 1)).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' });
    await expect(read(two, TEXT.length)).rejects.toMatchObject({ code: 'ERR_BUFFER_TOO_LARGE' });
  });

  it('of which the data is cut is not read', async () => {
    expect(await read(file(0).subarray(0, 30))).toBeNull();
  });
});
