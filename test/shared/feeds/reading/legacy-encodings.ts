// Text to bytes in the encodings that the platform can only read: by turning its decoder round.
import { decoderFor } from '../../../../shared/text/charset.ts';

const LEADS = Array.from({ length: 128 }, (_, index) => 0x80 + index);
const BYTES = Array.from({ length: 256 }, (_, index) => index);
const tables = new Map<string, ReadonlyMap<string, Uint8Array>>();

/** Throws for a character that the encoding does not have. */
export function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding.startsWith('utf-32')) return encodeUtf32(text, encoding.endsWith('le'));
  const table = tableOf(encoding);
  const characters = encoding === 'windows-1258' ? withTonesApart(text) : text;
  const parts = [...characters].map((character) => {
    const bytes = table.get(character);
    if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
    return bytes;
  });
  return Buffer.concat(parts);
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** As Windows writes Vietnamese: a letter with its other signs, and its tone behind it. */
const withTonesApart = (text: string): string =>
  [...text]
    .map((character) => {
      const parts = character.normalize('NFD');
      return parts.replace(TONE, '').normalize('NFC') + (parts.match(TONE) ?? []).join('');
    })
    .join('');

function encodeUtf32(text: string, littleEndian: boolean): Uint8Array {
  const points = [...text].map((character) => character.codePointAt(0) as number);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, littleEndian);
  return new Uint8Array(view.buffer);
}

function tableOf(encoding: string): ReadonlyMap<string, Uint8Array> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const decoder = decoderFor(encoding);
  if (decoder === null) throw new Error(`${encoding} is not known`);
  const table = new Map<string, Uint8Array>();
  const add = (bytes: readonly number[]): void => {
    const body = Uint8Array.from(bytes);
    const text = decoder.decode(body);
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, body);
  };
  for (const byte of BYTES) add([byte]);
  if (/^(euc-|gb|big5|shift_jis)/.test(encoding)) {
    for (const lead of LEADS) for (const trail of BYTES.slice(0x40)) add([lead, trail]);
  }
  tables.set(encoding, table);
  return table;
}
