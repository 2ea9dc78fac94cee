// Bytes to text, where labels say in which encoding they are. Labels are believed, for a publisher knows best what he writes:
// against them stand only bytes that they cannot mean, bytes that are UTF-8, and a text that reads badly as labelled and well
// otherwise. Signs alone (currencies, quotes, dashes, fractions) never count against a label: see weigh-text.ts.
import { byteOrderMark, type Decoder, decoderFor } from './charset.ts';
import { sampleOf } from './charset-sample.ts';
import { detectAmong, isIso2022Japanese, readSample } from './detect-charset.ts';
import { type Claim, type Evidence, gatherEvidence, overrulingEncoding } from './overrule-label.ts';
import { type Utf8Damage, utf8Damage } from './utf8-damage.ts';

export type { Claim } from './overrule-label.ts';

export interface DecodedBytes {
  readonly text: string;
  /** By the names of the Encoding Standard, in lower case. */
  readonly encoding: string;
  /** Repairs, in words. */
  readonly notes: readonly string[];
}

/** With fewer bytes than this that follow a first byte, texts of other encodings may be valid UTF-8 by chance. */
const FOLLOWING_BEYOND_CHANCE = 6;
const JAPANESE_MAIL = 'iso-2022-jp';
const LONGEST_QUOTED = 40;

/** Never throws; what cannot be decoded becomes U+FFFD. Linear in the length. The claims are in the order of their weight. */
export function decodeLabelled(
  body: Uint8Array,
  claims: readonly Claim[],
  earlierNotes: readonly string[] = [],
): DecodedBytes {
  const valid = validUtf8(body);
  return valid === null
    ? decodeOther(body, claims, [...earlierNotes])
    : decodeValid(valid, body, claims, [...earlierNotes]);
}

function decodeValid(text: string, body: Uint8Array, claims: readonly Claim[], notes: string[]): DecodedBytes {
  const [first] = claims;
  const following = body.length - text.length - (byteOrderMark(body) === 'utf-8' ? 3 : 0);
  if (following <= 0) return decodeAscii(text, body, first, notes);
  if (first === undefined || first.decoder.encoding === 'utf-8') return { text, encoding: 'utf-8', notes };
  if (following < FOLLOWING_BEYOND_CHANCE && isUtf8ByChance(body, first)) return decoded(first.decoder, body, notes);
  notes.push(`${says(first)}, but the text is utf-8`);
  return { text, encoding: 'utf-8', notes };
}

/** Only Japanese can hide in ASCII, and only its first characters show it: under every other label the text is the same. */
function decodeAscii(text: string, body: Uint8Array, claim: Claim | undefined, notes: string[]): DecodedBytes {
  if (claim?.decoder.encoding === JAPANESE_MAIL) return decoded(claim.decoder, body, notes);
  if (!isIso2022Japanese(body)) return { text, encoding: claim?.decoder.encoding ?? 'utf-8', notes };
  notes.push(`the encoding was recognised: ${JAPANESE_MAIL}`);
  return decoded(decoderFor(JAPANESE_MAIL) as Decoder, body, notes);
}

function isUtf8ByChance(body: Uint8Array, { decoder }: Claim): boolean {
  const sample = sampleOf(body);
  return readSample(sample, decoder.encoding).bits < readSample(sample, 'utf-8').bits;
}

function decodeOther(body: Uint8Array, claims: readonly Claim[], notes: string[]): DecodedBytes {
  const damage = utf8Damage(body);
  let gathered: Evidence | undefined;
  const evidence = (): Evidence => {
    gathered ??= gatherEvidence(body, damage.whole + damage.cut > damage.stray);
    return gathered;
  };
  for (const claim of claims) {
    if (claim.decoder.encoding === 'utf-8') {
      if (isDamagedUtf8(damage)) return decodeDamaged(body, notes);
      notes.push(`${says(claim)}, but the text is not`);
    } else {
      const better = overrulingEncoding(claim, claims, evidence());
      if (better === null) return decoded(claim.decoder, body, notes);
      notes.push(`${says(claim)}, but the text reads as ${better}`);
    }
  }
  const { label, confident } = detectAmong(evidence());
  if (label === 'utf-8') return decodeDamaged(body, notes);
  notes.push(`the encoding was ${confident ? 'recognised' : 'guessed'}: ${label}`);
  return decoded(decoderFor(label) as Decoder, body, notes);
}

const decodeDamaged = (body: Uint8Array, notes: readonly string[]): DecodedBytes => ({
  text: new TextDecoder().decode(body),
  encoding: 'utf-8',
  notes: [...notes, 'bytes that are not utf-8 were replaced'],
});

const decoded = (decoder: Decoder, body: Uint8Array, notes: readonly string[]): DecodedBytes => ({
  text: decoder.decode(body),
  encoding: decoder.encoding,
  notes,
});

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

/** Where a label says UTF-8, other bytes must outnumber its characters to count against it. */
const isDamagedUtf8 = ({ whole, cut, stray }: Utf8Damage): boolean => whole + cut >= stray;

const says = ({ source, label }: Claim): string => `${source} says ${quoted(label)}`;

export const quoted = (label: string): string =>
  label.length > LONGEST_QUOTED ? `${label.slice(0, LONGEST_QUOTED)}…` : label;
