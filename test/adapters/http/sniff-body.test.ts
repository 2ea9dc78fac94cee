import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { gunzipDamaged } from '../../../adapters/http/damaged-gzip.ts';
import { hasZlibHeader, isGzip, isZstd, looksLikeText } from '../../../adapters/http/sniff-body.ts';
import { bytes } from '../../support/bytes.ts';

describe('a body', () => {
  it.each<[what: string, body: Uint8Array]>([
    ['empty', bytes()],
    ['in UTF-8', bytes('<rss>Вести</rss>')],
    ['with a mark', bytes([0xef, 0xbb, 0xbf], '<rss/>')],
    ['with tabs, line ends and form feeds', bytes('\t<rss>\r\n\f</rss>')],
    ['in ISO-2022-JP', bytes('<title>', [0x1b], '$B', '%K', [0x1b], '(B</title>')],
    ['in windows-1251', bytes([0xc2, 0xe5, 0xf1, 0xf2, 0xe8])],
    ['with control characters far from its beginning', bytes('x'.repeat(200), [1, 2, 3])],
    ['in UTF-16, whose bytes are control characters', Buffer.from('<а>', 'utf16le')],
  ])('that is %s looks like text', (_what, body) => {
    expect(looksLikeText(body)).toBe(true);
  });

  it.each<[what: string, body: Uint8Array]>([
    ['a start of heading', bytes('<rss', [0x01], '/>')],
    ['a unit separator', bytes('<rss', [0x1f], '/>')],
    ['a delete', bytes('<rss', [0x7f], '/>')],
    ['a zero', bytes('<rss', [0x00], '/>')],
    ['two zeros at its beginning', bytes([0x00, 0x00], '<rss/>')],
    ['a control character late', bytes('x'.repeat(199), [1])],
    ['a control character of UTF-16', Buffer.from('<a>\u0001', 'utf16le')],
  ])('with %s does not', (_what, body) => {
    expect(looksLikeText(body)).toBe(false);
  });

  it('is known by its first bytes', () => {
    expect([isGzip(bytes([0x1f, 0x8b, 8])), isGzip(bytes([0x1f, 0x8b, 7])), isGzip(bytes([0x1f]))]).toEqual([
      true,
      false,
      false,
    ]);
    expect([hasZlibHeader(bytes([0x78, 0x9c])), hasZlibHeader(bytes([0x78, 0x9d]))]).toEqual([true, false]);
    expect([isZstd(bytes([0x28, 0xb5, 0x2f, 0xfd])), isZstd(bytes([0x28, 0xb5, 0x2f]))]).toEqual([true, false]);
  });
});

describe('a damaged gzip file', () => {
  const TEXT = 'The ferry stood at the pier since Monday.';
  const file = gzipSync(TEXT);
  const whole = { maxOutputLength: 1000 };
  const read = async (member: Uint8Array, options = whole): Promise<string | null> => {
    const data = await gunzipDamaged(member, options);
    return data === null ? null : Buffer.from(data).toString();
  };
  const trailer = (checksum: number, length: number): Uint8Array => {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, checksum, true);
    view.setUint32(4, length, true);
    return new Uint8Array(view.buffer);
  };

  it('is read as far as its parts are whole', async () => {
    expect(await read(file.subarray(0, -8))).toBe(TEXT);
    expect(await read(Buffer.concat([file, file, Buffer.from('<!-- kept -->')]))).toBe(TEXT + TEXT);
  });

  it.each([
    ['a wrong checksum', trailer(crc32(TEXT) ^ 1, TEXT.length)],
    ['a wrong length', trailer(crc32(TEXT), TEXT.length + 1)],
  ])('is not read with %s', async (_what, end) => {
    expect(await read(Buffer.concat([file.subarray(0, -8), end]))).toBeNull();
  });

  it('is not read when its data is cut', async () => {
    expect(await read(file.subarray(0, -12))).toBeNull();
  });

  it('may have a long extra field', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, 0x2c, 0x01]);

    expect(await read(Buffer.concat([header, Buffer.alloc(300), deflateRawSync(TEXT)]))).toBe(TEXT);
  });

  it('does not bypass the cap: all its parts count together', async () => {
    const twice = Buffer.concat([file, file]);

    expect(await read(twice, { maxOutputLength: 2 * TEXT.length })).toBe(TEXT + TEXT);
    await expect(gunzipDamaged(twice, { maxOutputLength: 2 * TEXT.length - 1 })).rejects.toMatchObject({
      code: 'ERR_BUFFER_TOO_LARGE',
    });
  });
});
