// Bytes of a web page to text. A byte order mark decides; then come the Content-Type and `<meta>` in the first kilobyte, in
// this order (HTML Standard, "determining the character encoding"). How far they are believed: see decode-labelled.ts.
import { byteOrderMark, charsetOf, decoderFor } from './charset.ts';
import { type Claim, decodeLabelled } from './decode-labelled.ts';

/** The HTML Standard looks no further for a `<meta>`. */
const PRESCAN_BYTES = 1024;

/** Never throws: what cannot be decoded becomes U+FFFD. */
export function decodePage(body: Uint8Array, contentType: string | undefined): string {
  const marked = decoderFor(byteOrderMark(body) ?? '');
  if (marked !== null) return marked.decode(body);
  const claims = claimsOf(body, contentType);
  const [first] = claims;
  return first !== undefined && isWide(first) ? first.decoder.decode(body) : decodeLabelled(body, claims).text;
}

function claimsOf(body: Uint8Array, contentType: string | undefined): readonly Claim[] {
  const labels: readonly (readonly [source: string, label: string | null])[] = [
    ['the Content-Type', charsetOf(contentType)],
    ['the meta element', fromMeta(body)],
  ];
  return labels.flatMap(([source, label]) => {
    const decoder = label === null ? null : decoderFor(label);
    return label === null || decoder === null ? [] : [{ source, label, decoder }];
  });
}

const isWide = ({ decoder }: Claim): boolean => /^utf-(16|32)/.test(decoder.encoding);

/** `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">`. A page that could be read this far is not in UTF-16, whatever it says. */
function fromMeta(body: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(body.subarray(0, PRESCAN_BYTES)).replace(/<!--.*?-->/gs, '');
  const label = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^"'\s;/>]+)/i.exec(start)?.[1] ?? null;
  return label !== null && /^utf-?16/i.test(label) ? 'utf-8' : label;
}
