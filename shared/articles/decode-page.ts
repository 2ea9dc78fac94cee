// Bytes of a web page to text. Order: byte order mark, Content-Type, `<meta>` in the first kilobyte, UTF-8 where it is valid,
// windows-1252. Source: HTML Standard, "determining the character encoding"; without its guessing from the locale.
import { byteOrderMark, charsetOf, decoderFor } from '../text/charset.ts';

/** The HTML Standard looks no further for a `<meta>`. */
const PRESCAN_BYTES = 1024;

/** Never throws: what cannot be decoded becomes U+FFFD. */
export function decodePage(body: Uint8Array, contentType: string | undefined): string {
  const declared = [byteOrderMark(body), charsetOf(contentType), fromMeta(body)];
  for (const label of declared) {
    const decoder = label === null ? null : decoderFor(label);
    if (decoder !== null) return decoder.decode(body);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('windows-1252').decode(body);
  }
}

/** `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">`. A page that could be read this far is not in UTF-16, whatever it says. */
function fromMeta(body: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(body.subarray(0, PRESCAN_BYTES)).replace(/<!--.*?-->/gs, '');
  const label = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^"'\s;/>]+)/i.exec(start)?.[1] ?? null;
  return label !== null && /^utf-?16/i.test(label) ? 'utf-8' : label;
}
