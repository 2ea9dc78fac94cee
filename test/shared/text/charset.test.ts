// Encodings by their labels: which decoder a label means, and what the first bytes and a Content-Type name.
import { byteOrderMark, charsetOf, decoderFor } from '../../../shared/text/charset.ts';

const decoded = (label: string, bytes: readonly number[]): string | undefined =>
  decoderFor(label)?.decode(Uint8Array.from(bytes));

describe('a byte order mark', () => {
  it.each([
    ['utf-8', [0xef, 0xbb, 0xbf, 0x41]],
    ['utf-32be', [0, 0, 0xfe, 0xff]],
    ['utf-32le', [0xff, 0xfe, 0, 0]],
    ['utf-16be', [0xfe, 0xff, 0, 0]],
    ['utf-16le', [0xff, 0xfe, 0x41, 0]],
    ['utf-16le', [0xff, 0xfe, 0, 0x41]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ])('names %s: %j', (encoding, bytes) => {
    expect(byteOrderMark(Uint8Array.from(bytes))).toBe(encoding);
  });

  it.each([
    [[]],
    [[0xef, 0xbb]],
    [[0xef, 0xbb, 0x41]],
    [[0xef, 0x41, 0xbf]],
    [[0x41, 0xbb, 0xbf]],
    [[0, 0, 0xfe, 0x41]],
    [[0, 0, 0x41, 0xff]],
    [[0, 0x41, 0xfe, 0xff]],
    [[0x41, 0, 0xfe, 0xff]],
    [[0x41, 0xfe, 0, 0]],
    [[0xff, 0x41, 0, 0]],
    [[0xfe, 0x41]],
    [[0x41, 0xff]],
  ])('is whole or none: %j', (bytes) => {
    expect(byteOrderMark(Uint8Array.from(bytes))).toBeNull();
  });
});

it.each([
  ['text/html; charset=utf-8', 'utf-8'],
  ['text/html;charset=utf-8;x=y', 'utf-8'],
  ['text/html; x=y;  Charset = "KOI8-R"', 'KOI8-R'],
  ["text/html; charset='koi8-r'", 'koi8-r'],
  ['text/html, charset=utf-8', 'utf-8'],
  ['text/html charset=utf-8', 'utf-8'],
  ['text/html; charset=utf-8,text/plain', 'utf-8'],
  ['text/html; charset=utf-8 x', 'utf-8'],
  ['text/html', null],
  ['text/html; xcharset=utf-8', null],
  ['text/html; charset=', null],
  ['charset=utf-8', null],
  ['', null],
  [undefined, null],
])('the Content-Type %j names %j', (contentType, charset) => {
  expect(charsetOf(contentType)).toBe(charset);
});

describe('a label', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    [' windows-1251\n', 'windows-1251'],
    ['ISO-8859-1', 'windows-1252'],
    ['iso_8859_2', 'iso-8859-2'],
    ['x_mac_cyrillic', 'x-mac-cyrillic'],
    ['Shift_JIS', 'shift_jis'],
    ['CP949', 'euc-kr'],
    ['uhc', 'euc-kr'],
    ['ms949', 'euc-kr'],
    ['euckr', 'euc-kr'],
    ['cp932', 'shift_jis'],
    ['cp-1251', 'windows-1251'],
    ['win-1251', 'windows-1251'],
    ['win_1251', 'windows-1251'],
    ['win1251', 'windows-1251'],
    ['cp936', 'gbk'],
    ['cp950', 'big5'],
    ['eucjp', 'euc-jp'],
    ['iso-8859-8-e', 'iso-8859-8'],
    ['cp874', 'windows-874'],
    ['tis620', 'windows-874'],
    ['macroman', 'macintosh'],
    ['mac-roman', 'macintosh'],
    ['maccyrillic', 'x-mac-cyrillic'],
    ['mac_cyrillic', 'x-mac-cyrillic'],
    ['utf-32', 'utf-32be'],
    ['UTF32', 'utf-32be'],
    ['utf-32be', 'utf-32be'],
    ['utf32le', 'utf-32le'],
    ['cp437', 'ibm437'],
    ['IBM00858', 'ibm858'],
    ['csPC8CodePage437', 'ibm437'],
    ['oem-850', 'ibm850'],
    ['pcp852', 'ibm852'],
    ['737', 'ibm737'],
  ])('%j means %s', (label, encoding) => {
    expect(decoderFor(label)?.encoding).toBe(encoding);
  });

  it.each(['', 'klingon', 'utf-7', 'utf-32x', 'xutf-32', 'utf-320', 'cp999', 'cp4370', 'xcp437', 'cp437x', 'cp000437'])(
    '%j means nothing',
    (label) => {
      expect(decoderFor(label)).toBeNull();
    },
  );
});

describe('bytes', () => {
  it.each([
    ['utf-8', [0xef, 0xbb, 0xbf, 0xc3, 0xa9], 'é'],
    ['euc-kr', [0x81, 0x41], '갂'],
    ['cp437', [0x41, 0x7f, 0x80, 0xff], 'A\x7fÇ\u00a0'],
    ['cp855', [0xa0, 0xa1], 'аА'],
    ['utf-32be', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x41], 'A'],
    ['utf-32le', [0xff, 0xfe, 0, 0, 0x41, 0, 0, 0], 'A'],
    ['utf-32be', [0, 0, 0, 0x41, 0, 0, 0xfe, 0xff], 'A\ufeff'],
    ['utf-32be', [0, 1, 0xf6, 0], '😀'],
    ['utf-32be', [0, 0x10, 0xff, 0xff], '\u{10ffff}'],
    ['utf-32be', [0, 0x11, 0, 0], '\ufffd'],
    ['utf-32be', [0, 0, 0xd7, 0xff, 0, 0, 0xd8, 0, 0, 0, 0xdf, 0xff, 0, 0, 0xe0, 0], '\ud7ff\ufffd\ufffd\ue000'],
    ['utf-32be', [0, 0, 0, 0x41, 0, 0], 'A\ufffd'],
    ['utf-32be', [], ''],
  ])('in %s: %j', (label, bytes, text) => {
    expect(decoded(label, bytes)).toBe(text);
  });

  it('are all read, however many there are', () => {
    const count = 4_096 * 2 + 1;
    const letters = Array.from({ length: count }, (_, index) => 0x61 + (index % 26));
    const text = String.fromCharCode(...letters);

    expect(
      decoded(
        'utf-32le',
        letters.flatMap((letter) => [letter, 0, 0, 0]),
      ),
    ).toBe(text);
    expect(decoded('cp437', letters)).toBe(text);
  });

  it('may lie behind others in memory', () => {
    const all = Uint8Array.from([1, 2, 3, 0, 0, 0, 0x41]);

    expect(decoderFor('utf-32be')?.decode(all.subarray(3))).toBe('A');
  });
});
