// Bytes of a feed to text. What the feed says of its encoding is believed in this order: byte order mark, Content-Type, XML
// declaration (RFC 7303); but not against the bytes themselves. Without a word that holds: UTF-8 where it is valid, then what
// the detector finds.
import { byteOrderMark, charsetOf, type Decoder, decoderFor } from '../../text/charset.ts';
import { detectCharset, isIso2022Japanese, isMultibyte, rankCharsets, readAlike } from './detect-charset.ts';

export interface DecodedBytes {
  readonly text: string;
  /** By the names of the Encoding Standard, in lower case. */
  readonly encoding: string;
  /** Repairs, in words. */
  readonly notes: readonly string[];
}

interface Claim {
  readonly source: string;
  /** As it was written. */
  readonly label: string;
  readonly decoder: Decoder;
}

interface Utf8 {
  readonly text: string;
  readonly kind: 'ascii' | 'valid' | 'damaged' | 'not';
  /** Bytes that follow a first byte; of damaged text at least so many. */
  readonly following: number;
}

/** The XML declaration stands within so many bytes, even behind a warning of the server. */
const DECLARATION_BYTES = 1024;
/** So much is looked at to tell two-byte and four-byte characters by their zeros. */
const ZEROS_BYTES = 64;
const ZEROS_SHARE = 0.6;
/** With fewer broken characters than this, of those beyond ASCII, a text is in the encoding it claims, and damaged. */
const DAMAGED_SHARE = 0.1;
/** No other encoding makes so many characters of UTF-8 by chance, with no more than half as many broken ones between them. */
const WHOLE_BEYOND_CHANCE = 4;
/** Chance makes very short texts of two-byte encodings valid UTF-8. */
const FOLLOWING_BEYOND_CHANCE = 6;
/** And those that are nearly valid. */
const DAMAGED_BEYOND_CHANCE = 20;
/** A named encoding is believed unless another reading is likelier by this: for each byte beyond ASCII, and in all. */
const OVERRULING_BITS = { each: 1, total: 60 };
/** The same when the other reading is in the language that the feed says it is in. */
const STATED_OVERRULING_BITS = { each: 0.5, total: 25 };
/** Of two encodings that mean the same to the detector, the one it ranks. */
const RANKED_AS: Readonly<Record<string, string>> = { gbk: 'gb18030', 'iso-8859-15': 'windows-1252' };
const LESS_THAN = 0x3c;
const QUESTION_MARK = 0x3f;
const GREATER_THAN = 0x3e;
const JAPANESE_MAIL = 'iso-2022-jp';
const LONGEST_QUOTED = 40;

/** Never throws; what cannot be decoded becomes U+FFFD. Linear in the length: the text is decoded a few times at most. */
export function decodeBytes(body: Uint8Array, contentType?: string): DecodedBytes {
  const notes: string[] = [];
  const wide = wideEncoding(body);
  const claims = claimsOf(body, contentType, wide, notes).filter(({ source, label, decoder }) => {
    if (isWide(decoder.encoding) === (wide !== null)) return true;
    notes.push(`${source} says ${quoted(label)}, but the text is ${wide ?? 'in single bytes'}`);
    return false;
  });
  if (wide !== null) return decoded(decoderFor(wide) as Decoder, body, notes);

  const utf8 = readUtf8(body);
  const [first] = claims;
  if (utf8.kind === 'ascii') return decodeAscii(utf8.text, body, first, notes);
  if (utf8.kind === 'valid') {
    if (first === undefined || first.decoder.encoding === 'utf-8') return { text: utf8.text, encoding: 'utf-8', notes };
    const text = first.decoder.decode(body);
    const isChance = utf8.following < FOLLOWING_BEYOND_CHANCE && isMultibyte(first.decoder.encoding);
    if (isChance && !text.includes('\ufffd')) return { text, encoding: first.decoder.encoding, notes };
    notes.push(`${first.source} says ${quoted(first.label)}, but the text is utf-8`);
    return { text: utf8.text, encoding: 'utf-8', notes };
  }

  for (const { source, label, decoder } of claims) {
    if (decoder.encoding === 'utf-8') {
      if (utf8.kind === 'damaged') break;
      notes.push(`${source} says ${quoted(label)}, but the text is not`);
      continue;
    }
    if (utf8.kind === 'damaged' && utf8.following >= DAMAGED_BEYOND_CHANCE) {
      notes.push(`${source} says ${quoted(label)}, but the text is utf-8`);
      continue;
    }
    const text = decoder.decode(body);
    if (isBroken(text)) notes.push(`${source} says ${quoted(label)}, but the text is not`);
    else {
      const better = overruling(decoder.encoding, body);
      if (better === null) return { text, encoding: decoder.encoding, notes };
      notes.push(`${source} says ${quoted(label)}, but the text reads as ${better}`);
    }
  }
  if (utf8.kind === 'damaged') {
    notes.push('bytes that are not utf-8 were replaced');
    return { text: utf8.text, encoding: 'utf-8', notes };
  }
  const detected = detectCharset(body) ?? { label: 'windows-1252', confident: false };
  notes.push(`the encoding was ${detected.confident ? 'recognised' : 'guessed'}: ${detected.label}`);
  return decoded(decoderFor(detected.label) as Decoder, body, notes);
}

const decoded = (decoder: Decoder, body: Uint8Array, notes: readonly string[]): DecodedBytes => ({
  text: decoder.decode(body),
  encoding: decoder.encoding,
  notes,
});

/** Only Japanese can hide in ASCII, and only what it begins with tells: under every other label the text is the same. */
function decodeAscii(text: string, body: Uint8Array, claim: Claim | undefined, notes: string[]): DecodedBytes {
  if (claim?.decoder.encoding === JAPANESE_MAIL) return decoded(claim.decoder, body, notes);
  if (!isIso2022Japanese(body)) return { text, encoding: claim?.decoder.encoding ?? 'utf-8', notes };
  notes.push(`the encoding was recognised: ${JAPANESE_MAIL}`);
  return decoded(decoderFor(JAPANESE_MAIL) as Decoder, body, notes);
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

/** Each byte as a character. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at] as number);
  return text;
}

const isWide = (encoding: string): boolean => /^utf-(16|32)/.test(encoding);

/** UTF-16 or UTF-32, by its mark or by the zeros among the first characters: feeds begin in ASCII. */
function wideEncoding(body: Uint8Array): string | null {
  const marked = byteOrderMark(body);
  if (marked !== null) return isWide(marked) ? marked : null;
  const length = Math.min(ZEROS_BYTES, body.length) & ~3;
  if (length === 0) return null;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < length; at += 1) if (body[at] === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  const pattern = zeros.map((count) => (count / (length / 4) >= ZEROS_SHARE ? '0' : 'x')).join('');
  return { '000x': 'utf-32be', x000: 'utf-32le', '0x0x': 'utf-16be', x0x0: 'utf-16le' }[pattern] ?? null;
}

function readUtf8(body: Uint8Array): Utf8 {
  const text = validUtf8(body);
  if (text !== null) {
    const following = Math.max(0, body.length - text.length - (byteOrderMark(body) === 'utf-8' ? 3 : 0));
    return { text, kind: following === 0 ? 'ascii' : 'valid', following };
  }
  const mended = new TextDecoder().decode(body);
  const { beyond, broken } = countBroken(mended);
  const whole = beyond - broken;
  const isUtf8 = !isTooBroken(beyond, broken) || (whole >= WHOLE_BEYOND_CHANCE && broken * 2 <= whole);
  return { text: mended, kind: isUtf8 ? 'damaged' : 'not', following: whole };
}

/** Used for whole documents only, so that it keeps nothing of one for the next. */
const STRICT = new TextDecoder('utf-8', { fatal: true });

function validUtf8(body: Uint8Array): string | null {
  try {
    return STRICT.decode(body);
  } catch {
    return withoutCutCharacter(body);
  }
}

/** A last character that was cut off is left out, it does not make the rest invalid. */
function withoutCutCharacter(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
  } catch {
    return null;
  }
}

function isBroken(text: string): boolean {
  const { beyond, broken } = countBroken(text);
  return isTooBroken(beyond, broken);
}

const isTooBroken = (beyond: number, broken: number): boolean => broken > beyond * DAMAGED_SHARE;

/** Characters beyond ASCII, and those among them that stand for nothing. */
function countBroken(text: string): { beyond: number; broken: number } {
  let beyond = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    beyond += 1;
    if (unit === 0xfffd || unit < 0xa0) broken += 1;
  }
  return { beyond, broken };
}

/** The encoding in which the text is so much likelier that the publisher must be wrong, or null. */
function overruling(encoding: string, body: Uint8Array): string | null {
  const ranking = rankCharsets(body);
  const named = ranking.ranked.find(({ label }) => label === (RANKED_AS[encoding] ?? encoding));
  const [best] = ranking.ranked;
  if (named === undefined || best === undefined || named === best) return null;
  const lead = named.bits - best.bits;
  const needed = ranking.asStated ? STATED_OVERRULING_BITS : OVERRULING_BITS;
  const isBeyondDoubt = lead >= needed.total && lead >= needed.each * ranking.highBytes;
  return isBeyondDoubt && !readAlike(ranking, best.label, named.label) ? best.label : null;
}

const quoted = (label: string): string =>
  label.length > LONGEST_QUOTED ? `${label.slice(0, LONGEST_QUOTED)}…` : label;
