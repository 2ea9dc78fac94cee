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
  readonly text: string;
}

export interface CharsetRanking {
  /** The likeliest first. */
  readonly ranked: readonly RankedCharset[];
  /** Bytes beyond ASCII in the sample. */
  readonly highBytes: number;
}

/** Words beyond this are not weighed. In bytes. */
const SAMPLE_BYTES = 12_000;
/** ASCII bytes before the first other byte of a word, at most. */
const LONGEST_BEGINNING = 20;
/** A lead beyond chance. */
const CONFIDENT_LEAD = 20;
/** Text in a language we know stays below this for each of its bytes beyond ASCII; noise is at 10 and more. */
const PLAUSIBLE_BITS = 9;

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
/** The second and further encodings of a language, and those of languages that share the Latin script, are met less often. */
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
  const { ranked, highBytes } = rankCharsets(body);
  const [best] = ranked;
  if (best === undefined) return null;
  const rival = ranked.find(({ text }) => text !== best.text);
  const lead = (rival?.bits ?? Number.POSITIVE_INFINITY) - best.bits;
  return { label: best.label, confident: lead >= CONFIDENT_LEAD && best.bits / highBytes < PLAUSIBLE_BITS };
}

/** Escape sequences that begin Japanese characters, in a text without any byte beyond ASCII. */
function isIso2022Japanese(body: Uint8Array): boolean {
  const begin = body.subarray(0, 100_000).indexOf(0x1b);
  if (begin === -1 || body[begin + 1] !== 0x24) return false;
  return (body[begin + 2] === 0x42 || body[begin + 2] === 0x40) && !body.some((byte) => byte >= 0x80);
}

/** Every encoding known here, weighed. Costs the same for every long text. */
export function rankCharsets(body: Uint8Array): CharsetRanking {
  const { sample, highBytes } = sampleOf(body);
  if (highBytes === 0) return { ranked: [], highBytes };
  const ranked = [...modelsByEncoding()].map(([label, models]) => {
    const text = decoderFor(label)?.decode(sample) ?? '';
    const counts = new Map<string, number>();
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    return { label, text, bits: Math.min(...models.map((weigh) => weigh(counts))) };
  });
  return { ranked: ranked.toSorted((left, right) => left.bits - right.bits), highBytes };
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

type Weigh = (counts: ReadonlyMap<string, number>) => number;
let weighers: ReadonlyMap<string, readonly Weigh[]> | null = null;

/** Made at the first need: most documents never need them. */
function modelsByEncoding(): ReadonlyMap<string, readonly Weigh[]> {
  if (weighers !== null) return weighers;
  const made = new Map<string, Weigh[]>();
  for (const model of CHARSET_MODELS) {
    const bitsOf = bitsByCharacter(model);
    for (const [rank, encoding] of model.encodings.entries()) {
      const prior = encoding === 'windows-1252' ? 0 : rank === 0 ? FIRST_BITS : RARE_BITS;
      const weigh: Weigh = (counts) => {
        let bits = prior;
        for (const [character, count] of counts) bits += count * bitsOf(character);
        return bits;
      };
      made.set(encoding, [...(made.get(encoding) ?? []), weigh]);
    }
  }
  weighers = made;
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

const isAscii = (character: string): boolean => character < '\u0080';
