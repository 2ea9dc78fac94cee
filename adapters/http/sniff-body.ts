// Detects what a body is from its first bytes, for servers whose label (Content-Encoding) is wrong.

/** Compressed data has a control character among its first bytes; the chance of none in this many is one in ten thousand million. */
const SNIFFED_BYTES = 200;

/** RFC 1952, 2.3.1: two magic bytes, and the only method there is. */
export const isGzip = ([first, second, method]: Uint8Array): boolean =>
  first === 0x1f && second === 0x8b && method === 8;

/** RFC 1950, 2.2. Also true of a few texts, so not sufficient by itself. */
export const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

/** RFC 8878, 3.1.1. */
export const isZstd = ([first, second, third, fourth]: Uint8Array): boolean =>
  first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd;

/** True of text in any encoding that feeds and pages use, UTF-16 among them. An empty body is text. */
export function looksLikeText(body: Uint8Array): boolean {
  const beginning = body.subarray(0, SNIFFED_BYTES);
  const high = highBytesOfUtf16(beginning);
  return high === null ? !beginning.some(isControl) : !charactersOfUtf16(beginning, high).some(isControl);
}

/** Where the higher byte of each pair is, by the mark at the beginning or by a first letter of ASCII; null for other text. */
function highBytesOfUtf16([first, second]: Uint8Array): 0 | 1 | null {
  if (first === 0xff && second === 0xfe) return 1;
  if (first === 0xfe && second === 0xff) return 0;
  if (second === 0 && first !== 0) return 1;
  return first === 0 && second !== 0 ? 0 : null;
}

const charactersOfUtf16 = (bytes: Uint8Array, high: 0 | 1): readonly number[] =>
  Array.from(
    { length: bytes.length >> 1 },
    (_, n) => 256 * (bytes[2 * n + high] ?? 0) + (bytes[2 * n + 1 - high] ?? 0),
  );

/** Tab, the line ends, form feed, end of file (DOS) and escape (ISO-2022-JP) stand in texts. */
const isControl = (character: number): boolean =>
  (character < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b].includes(character)) || character === 0x7f;
