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
  if (encoding === 'iso-2022-jp') return encodeJapaneseMail(text);
  const table = tableOf(encoding);
  const written: number[] = [];
  for (const character of writable(text, encoding)) {
    const bytes = table.get(character);
    if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
    written.push(...bytes);
  }
  return Uint8Array.from(written);
}

export function canEncode(text: string, encoding: string): boolean {
  const isMail = encoding === 'iso-2022-jp';
  const table = tableOf(isMail ? 'euc-jp' : encoding);
  return [...writable(text, encoding)].every((character) => {
    const bytes = table.get(character);
    return bytes !== undefined && (!isMail || bytes[0] !== 0x8e);
  });
}

const writable = (text: string, encoding: string): string =>
  encoding === 'windows-1258' ? withTonesApart(text) : text;

/** The two bytes of each character as in EUC-JP, without their highest bits, between escape sequences. */
const encodeJapaneseMail = (text: string): Uint8Array =>
  Buffer.concat(
    (text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? []).map((run) =>
      run < '\x80'
        ? Buffer.from(run)
        : Buffer.from([0x1b, 0x24, 0x42, ...encode(run, 'euc-jp').map((byte) => byte & 0x7f), 0x1b, 0x28, 0x42]),
    ),
  );

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
