// Encodings by their labels: what a byte order mark and a Content-Type say, and a decoder for each label that the Encoding
// Standard knows, for UTF-32, for all of the Korean encoding, and for the code pages of DOS.
import { decodeKorean } from './decode-korean.ts';
import { codePage } from './dos-code-pages.ts';

export interface Decoder {
  /** Lower case, by the names of the Encoding Standard: `shift_jis`, `windows-1252` for ISO-8859-1. */
  readonly encoding: string;
  /** Never throws: what cannot be decoded becomes U+FFFD. Takes a byte order mark off. */
  decode(body: Uint8Array): string;
}

/** The encoding that the first bytes name, or null. */
export function byteOrderMark([first, second, third, fourth]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be';
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return 'utf-32le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return null;
}

/** The `charset` of a Content-Type as it is written there, or null. Some servers write a comma or a space before it. */
export const charsetOf = (contentType: string | undefined): string | null =>
  /[;,\s]\s*charset\s*=\s*["']?([^"';,\s]+)/i.exec(contentType ?? '')?.[1] ?? null;

/** Null for a label that no browser knows, UTF-7 among them: it can hide markup from everybody who reads the bytes otherwise. */
export function decoderFor(label: string): Decoder | null {
  const name = label.trim().toLowerCase();
  const utf32 = /^utf-?32(le|be)?$/.exec(name);
  if (utf32 !== null) {
    const littleEndian = utf32[1] === 'le';
    return { encoding: littleEndian ? 'utf-32le' : 'utf-32be', decode: (body) => decodeUtf32(body, littleEndian) };
  }
  const hyphened = name.replaceAll('_', '-');
  return standardDecoder(SYNONYMS[hyphened] ?? name) ?? standardDecoder(hyphened) ?? codePage(hyphened);
}

function standardDecoder(label: string): Decoder | null {
  try {
    const decoder = new TextDecoder(label);
    const { encoding } = decoder;
    return { encoding, decode: encoding === 'euc-kr' ? decodeKorean : (body) => decoder.decode(body) };
  } catch {
    return null;
  }
}

/** Labels that feeds carry and the Encoding Standard does not list. */
const SYNONYMS: Readonly<Record<string, string>> = {
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  ms949: 'euc-kr',
  cp932: 'shift_jis',
  'cp-1251': 'windows-1251',
  'win-1251': 'windows-1251',
  win1251: 'windows-1251',
  cp936: 'gbk',
  cp950: 'big5',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  'iso-8859-8-e': 'iso-8859-8',
  cp874: 'windows-874',
  tis620: 'windows-874',
  macroman: 'macintosh',
  'mac-roman': 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  'mac-cyrillic': 'x-mac-cyrillic',
};

const LAST_CODE_POINT = 0x10ffff;
/** So many characters go to String.fromCodePoint at once. */
const CHUNK = 4096;

function decodeUtf32(body: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: string[] = [];
  let points: number[] = [];
  for (let at = 0; at + 4 <= body.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    if (at > 0 || point !== 0xfeff) points.push(point > LAST_CODE_POINT || isSurrogate ? 0xfffd : point);
    if (points.length === CHUNK) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
  }
  parts.push(String.fromCodePoint(...points));
  if (body.length % 4 !== 0) parts.push('\ufffd');
  return parts.join('');
}
