// Guesses the encoding of text that carries no label, or a wrong one: under each encoding the words with bytes beyond ASCII are
// decoded, and what comes out is weighed against how the languages of that encoding are written. The reading that would
// surprise least wins. Weights are bits: minus the binary logarithm of a rough probability.
import { decoderFor } from '../../text/charset.ts';
import { CHARSET_MODELS, type CharsetModel } from './charset-models.ts';

export interface DetectedCharset {
  /** By the names of the Encoding Standard. */
  readonly label: string;
  /** Another reading is very unlikely, and this one looks like a language. */
  readonly confident: boolean;
}

export interface RankedCharset {
  readonly label: string;
  /** Of the whole sample; less is likelier. */
  readonly bits: number;
  /** The part of `bits` that characters beyond ASCII have. */
  readonly beyondAscii: number;
  /** Two letters. */
  readonly language: string;
}

export interface CharsetRanking {
  /** The likeliest first. */
  readonly ranked: readonly RankedCharset[];
  /** The words that were weighed. */
  readonly sample: Uint8Array;
  /** Bytes beyond ASCII in the sample. */
  readonly highBytes: number;
  /** The likeliest reading is in the language that the feed says it is in. */
  readonly asStated: boolean;
}

/** Words beyond this are not weighed. In bytes. */
const SAMPLE_BYTES = 4_000;
/** ASCII bytes before the first other byte of a word, at most. */
const LONGEST_BEGINNING = 20;
/** The language of a feed is stated within so many bytes, or not at all. */
const STATED_WITHIN = 4_000;
/** What a language is worth that the feed says it is in; templates say so of other languages too. */
const STATED_BITS = 12;
/** A lead beyond chance. */
const CONFIDENT_LEAD = 20;
/** Text in a language we know stays below this for each of its bytes beyond ASCII; noise is half a bit and more above. */
const PLAUSIBLE_BITS = { singleByte: 8.5, multibyte: 7 };

/** Within words that also have letters beyond ASCII; letters of Latin script are rare in words of another. */
const ASCII_BITS = { latin: 4.5, other: 9.5 };
/** In Latin script most letters are ASCII ones. */
const BEYOND_ASCII_BITS = { latin: 3.5, other: 0 };
const CAPITAL_BITS = 4;
const PUNCTUATION_BITS = 7;
const UNLISTED_LETTER_BITS = 13;
const SYMBOL_BITS = 16;
const NO_CHARACTER_BITS = 22;
/** Of the characters of a language with thousands, those not listed make up about a third. */
const OTHERS_BITS = 1.5;
/** The second and further encodings of a language, and rare languages, are met less often; those of Western Europe more. */
const FIRST_BITS = 2;
const RARE_BITS = 6;

const LATIN = /\p{Script=Latin}/u;
const LETTER = /[\p{L}\p{M}]/u;
const PUNCTUATION: ReadonlySet<string> = new Set(
  '‘’“”„‚–—…«»•·°©®™€§№、。，．・「」『』（）《》〈〉【】！？：；～\u3000\u00a0\u2009',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text is what is looked for
const NO_CHARACTER = /[\u0000-\u001f\u007f-\u009f\ue000-\uf8ff\ufffd\ufffe\uffff]/;

/** Null when nothing needs guessing: the bytes are all ASCII. */
export function detectCharset(body: Uint8Array): DetectedCharset | null {
  if (isIso2022Japanese(body)) return { label: 'iso-2022-jp', confident: true };
  const ranking = rankCharsets(body);
  const [best, ...others] = ranking.ranked;
  if (best === undefined) return null;
  const rival = others.find(({ label }) => !readAlike(ranking, best.label, label));
  const lead = (rival?.bits ?? Number.POSITIVE_INFINITY) - best.bits;
  const plausibleBits = PLAUSIBLE_BITS[isMultibyte(best.label) ? 'multibyte' : 'singleByte'];
  const isPlausible = best.beyondAscii < plausibleBits * ranking.highBytes;
  return { label: best.label, confident: lead >= CONFIDENT_LEAD && isPlausible };
}

/** The sample is the same text in both. */
export const readAlike = ({ sample }: CharsetRanking, left: string, right: string): boolean =>
  decode(sample, left) === decode(sample, right);

/** Escape sequences that begin Japanese characters, in a text without any byte beyond ASCII. */
export function isIso2022Japanese(body: Uint8Array): boolean {
  const begin = body.subarray(0, 100_000).indexOf(0x1b);
  if (begin === -1 || body[begin + 1] !== 0x24) return false;
  return (body[begin + 2] === 0x42 || body[begin + 2] === 0x40) && !body.some((byte) => byte >= 0x80);
}

/** Every encoding known here, weighed. Costs the same for every long text. */
export function rankCharsets(body: Uint8Array): CharsetRanking {
  const { sample, highBytes } = sampleOf(body);
  if (highBytes === 0) return { ranked: [], sample, highBytes, asStated: false };
  const stated = statedLanguage(body);
  const byteCounts = [...countEach(sample)].map(([byte, count]) => [byte, count] as const);
  const ranked = [...weighersByEncoding()].map(([label, weighers]) => {
    const table = SINGLE_BYTE.get(label);
    const counts: Counts =
      table === undefined
        ? [...countEach(decode(sample, label))]
        : byteCounts.map(([byte, count]) => [table[byte] as string, count]);
    const weights = weighers.map(({ language, weigh }) => {
      const { bits, beyondAscii } = weigh(counts);
      return { label, language, bits: language === stated ? bits - STATED_BITS : bits, beyondAscii };
    });
    return weights.toSorted(byBits)[0] as RankedCharset;
  });
  const [best, ...others] = ranked.toSorted(byBits);
  return {
    ranked: best === undefined ? [] : [best, ...others],
    sample,
    highBytes,
    asStated: stated !== null && best?.language === stated,
  };
}

const STATED = /<(?:\w{1,20}:)?language>\s*(?:<!\[CDATA\[\s*)?([a-z]{2})\b|\sxml:lang\s*=\s*["']([a-z]{2})\b/i;

/** Two letters. It stands in ASCII, in every encoding. */
function statedLanguage(body: Uint8Array): string | null {
  const found = STATED.exec(new TextDecoder('latin1').decode(body.subarray(0, STATED_WITHIN)));
  return (found?.[1] ?? found?.[2])?.toLowerCase() ?? null;
}

const byBits = (left: RankedCharset, right: RankedCharset): number => left.bits - right.bits;
const decode = (bytes: Uint8Array, label: string): string => decoderFor(label)?.decode(bytes) ?? '';

function countEach<T>(values: Iterable<T>): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The words that hold bytes beyond ASCII, each with a blank behind it. Bytes from @ to ~ may be second halves of characters. */
function sampleOf(body: Uint8Array): { sample: Uint8Array; highBytes: number } {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  let highBytes = 0;
  for (let at = 0; at < body.length && length < SAMPLE_BYTES; at += 1) {
    if ((body[at] as number) < 0x80) continue;
    let start = at;
    while (start > 0 && at - start < LONGEST_BEGINNING && isPartOfWord(body[start - 1])) start -= 1;
    let end = at;
    while (isPartOfWord(body[end])) end += 1;
    const word = body.subarray(start, Math.min(end, start + SAMPLE_BYTES - length));
    sample.set(word, length);
    for (const byte of word) if (byte >= 0x80) highBytes += 1;
    length += word.length;
    if (length < SAMPLE_BYTES) sample[length] = 0x20;
    length += 1;
    at = end;
  }
  return { sample: sample.subarray(0, length), highBytes };
}

const isPartOfWord = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x40 && byte !== 0x7f;

type Counts = readonly (readonly [character: string, count: number])[];
type Weigh = (counts: Counts) => { readonly bits: number; readonly beyondAscii: number };
interface Weigher {
  /** Two letters. */
  readonly language: string;
  readonly weigh: Weigh;
}

/** What each byte means, of encodings that have one for each character. Filled with the weighers. */
const SINGLE_BYTE = new Map<string, readonly string[]>();
let known: ReadonlyMap<string, readonly Weigher[]> | null = null;

/** Made at the first need: most documents never need them. */
function weighersByEncoding(): ReadonlyMap<string, readonly Weigher[]> {
  if (known !== null) return known;
  const made = new Map<string, Weigher[]>();
  for (const model of CHARSET_MODELS) {
    const bitsOf = bitsByCharacter(model);
    for (const [rank, encoding] of model.encodings.entries()) {
      const isUsual = rank === 0 && model.isRare !== true;
      const prior = isUsual ? (encoding === 'windows-1252' ? 0 : FIRST_BITS) : RARE_BITS;
      const weigh: Weigh = (counts) => {
        let bits = prior;
        let beyondAscii = 0;
        for (const [character, count] of counts) {
          const weight = count * bitsOf(character);
          bits += weight;
          if (!isAscii(character)) beyondAscii += weight;
        }
        return { bits, beyondAscii };
      };
      made.set(encoding, [...(made.get(encoding) ?? []), { language: model.language.slice(0, 2), weigh }]);
    }
  }
  for (const encoding of made.keys()) {
    if (!isMultibyte(encoding)) SINGLE_BYTE.set(encoding, [...decode(EVERY_BYTE, encoding)]);
  }
  known = made;
  return made;
}

function bitsByCharacter({ frequent, other, others = 1 }: CharsetModel): (character: string) => number {
  const characters = [...new Set(frequent)];
  const script = LATIN.test(frequent) ? 'latin' : 'other';
  const total = characters.reduce((sum, _character, rank) => sum + 1 / (rank + 3), 0);
  const known = new Map<string, number>();
  for (const [rank, character] of characters.entries()) {
    const bits = Math.log2(total * (rank + 3)) + BEYOND_ASCII_BITS[script];
    known.set(character, bits);
    const capital = character.toUpperCase();
    if (!known.has(capital)) known.set(capital, bits + CAPITAL_BITS);
  }
  const ascii = ASCII_BITS[script];
  const othersBits = Math.log2(others) + OTHERS_BITS;
  const remember = (character: string): number => {
    const bits = isAscii(character)
      ? ascii
      : PUNCTUATION.has(character)
        ? PUNCTUATION_BITS
        : other?.test(character)
          ? othersBits
          : NO_CHARACTER.test(character)
            ? NO_CHARACTER_BITS
            : LETTER.test(character)
              ? UNLISTED_LETTER_BITS
              : SYMBOL_BITS;
    known.set(character, bits);
    return bits;
  };
  known.set(' ', 0);
  return (character) => known.get(character) ?? remember(character);
}

/** More than one byte to a character, in one of the encodings of East Asia. */
export const isMultibyte = (encoding: string): boolean => /^(euc-|gb|big5|shift_jis|iso-2022)/.test(encoding);

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const isAscii = (character: string): boolean => character < '\u0080';
