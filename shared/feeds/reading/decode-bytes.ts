// Bytes of a feed to text. Statements about the encoding count in this order: byte order mark, Content-Type, XML
// declaration (RFC 7303). How far they are believed: see decode-labelled.ts.
import { byteOrderMark, charsetOf, type Decoder, decoderFor } from '../../text/charset.ts';
import { type Claim, type DecodedBytes, decodeLabelled, quoted } from '../../text/decode-labelled.ts';

/** The XML declaration stands within this many bytes, even behind a warning of the server. */
const DECLARATION_BYTES = 1024;
/** This much is looked at to recognise two-byte and four-byte characters by their zeros. */
const ZEROS_BYTES = 64;
const ZEROS_SHARE = 0.6;
const LESS_THAN = 0x3c;
const QUESTION_MARK = 0x3f;
const GREATER_THAN = 0x3e;

/** Never throws; what cannot be decoded becomes U+FFFD. Linear in the length: the text is decoded a few times at most. */
export function decodeBytes(body: Uint8Array, contentType?: string): DecodedBytes {
  const notes: string[] = [];
  const wide = wideEncoding(body);
  const claims = claimsOf(body, contentType, wide, notes).filter(({ source, label, decoder }) => {
    if (isWide(decoder.encoding) === (wide !== null)) return true;
    notes.push(`${source} says ${quoted(label)}, but the text is ${wide ?? 'in single bytes'}`);
    return false;
  });
  if (wide === null) return decodeLabelled(body, claims, notes);
  const decoder = decoderFor(wide) as Decoder;
  return { text: decoder.decode(body), encoding: decoder.encoding, notes };
}

function claimsOf(
  body: Uint8Array,
  contentType: string | undefined,
  wide: string | null,
  notes: string[],
): readonly Claim[] {
  const labels: readonly (readonly [source: string, label: string | null])[] = [
    ['the byte order mark', byteOrderMark(body)],
    ['the Content-Type', charsetOf(contentType)],
    ['the XML declaration', fromDeclaration(body, wide)],
  ];
  return labels.flatMap(([source, label]) => {
    if (label === null) return [];
    const decoder = decoderFor(label);
    if (decoder !== null) return [{ source, label, decoder }];
    notes.push(`${source} names an encoding that is not read: ${quoted(label)}`);
    return [];
  });
}

function fromDeclaration(body: Uint8Array, wide: string | null): string | null {
  // Nearly every feed begins with its declaration, which ends at the first `>`.
  const usual = body[0] === LESS_THAN && body[1] === QUESTION_MARK ? body.indexOf(GREATER_THAN) + 1 : 0;
  const start = body.subarray(0, usual > 0 && usual < DECLARATION_BYTES ? usual : DECLARATION_BYTES);
  const text = wide === null ? latin(start) : (decoderFor(wide)?.decode(start) ?? '');
  const declaration = /<\?xml\s[^>]*?\sencoding\s*=\s*["']\s*([^"'\s>]+)/i.exec(text);
  return declaration?.[1] ?? null;
}

/** Each byte as a character; for a few. */
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const isWide = (encoding: string): boolean => /^utf-(16|32)/.test(encoding);

/** UTF-16 or UTF-32, by its mark or by the zeros among the first characters: feeds begin in ASCII. */
function wideEncoding(body: Uint8Array): string | null {
  const marked = byteOrderMark(body);
  if (marked !== null) return isWide(marked) ? marked : null;
  const length = Math.min(ZEROS_BYTES, body.length) & ~3;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < length; at += 1) if (body[at] === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  // Of fewer than four bytes no share is large enough.
  const pattern = zeros.map((count) => (count / (length / 4) >= ZEROS_SHARE ? '0' : 'x')).join('');
  return { '000x': 'utf-32be', x000: 'utf-32le', '0x0x': 'utf-16be', x0x0: 'utf-16le' }[pattern] ?? null;
}
