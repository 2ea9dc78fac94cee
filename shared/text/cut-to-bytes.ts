// Cutting text to a size in bytes of UTF-8, for records and messages whose size is bounded.

/** What a text ends with when it was cut. */
export const CUT_MARK = ' […]';

/** The text, or its beginning and a mark, in at most `maxBytes` bytes of UTF-8. Never cuts a code point in two. */
export function cutToBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  return keptBytes(text, maxBytes - Buffer.byteLength(CUT_MARK)) + CUT_MARK;
}

/** The longest beginning of whole code points in at most `maxBytes` bytes of UTF-8. */
export function keptBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const codePoint of text) {
    bytes += Buffer.byteLength(codePoint);
    if (bytes > maxBytes) break;
    end += codePoint.length;
  }
  return text.slice(0, end);
}
