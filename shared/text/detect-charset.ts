// Guesses the encoding of text that carries no label, or a wrong one: under each encoding the words with bytes beyond ASCII are
// decoded, and what comes out is weighed against how the languages of that encoding are written. The reading that would
// surprise least wins.
import { decoderFor } from './charset.ts';
import { CHARSET_MODELS, type CharsetModel } from './charset-models.ts';
import type { CharsetSample } from './charset-sample.ts';
import { ASCII_LETTER_BITS, type PreparedText, prepareText, weighAs, weighAsUnknown } from './weigh-text.ts';

export interface DetectedCharset {
  /** By the names of the Encoding Standard. */
  readonly label: string;
  /** Another reading is very unlikely, and this one looks like a language. */
  readonly confident: boolean;
}

export interface CharsetReading {
  readonly label: string;
  /** The words of the sample. */
  readonly text: string;
  /** Of all of them; less is likelier. */
  readonly bits: number;
  /** Two letters; `und` for a language not known here. */
  readonly language: string;
}

/** What a language is worth that the feed says it is in; templates say so of other languages too. */
const STATED_BITS = 12;
/** A lead beyond chance. */
const CONFIDENT_LEAD = 20;
/** Text in a language we know stays below this for each of its bytes beyond ASCII; noise is above. */
const PLAUSIBLE_BITS = { singleByte: 9, multibyte: 7.7 };
/** The second and further encodings of a language, and rare languages, are met less often; those of Western Europe more. */
const USUAL = 'windows-1252';
const FIRST_BITS = 4;
const RARE_BITS = 8;
/** Katakana of half width stand where the capitals of other encodings do: a label may say so, a guess should not. */
const HALF_WIDTH_KANA_BITS = 40;
const HALF_WIDTH_KANA = /[\uff66-\uff9f]/;

interface Ranked {
  readonly sample: CharsetSample;
  readonly ranked: readonly CharsetReading[];
}

/** The first of the readings, which are in order, and how much it is to be trusted. */
export function detectAmong({ sample, ranked }: Ranked): DetectedCharset {
  const [best, ...others] = ranked;
  if (best === undefined) return { label: USUAL, confident: false };
  const rival = others.find(({ text }) => text !== best.text);
  const lead = (rival?.bits ?? Number.POSITIVE_INFINITY) - best.bits;
  const plausible = PLAUSIBLE_BITS[isMultibyte(best.label) ? 'multibyte' : 'singleByte'] * sample.highBytes;
  const isPlausible = best.bits - ASCII_LETTER_BITS * countAsciiLetters(best.text) < plausible;
  return { label: best.label, confident: lead >= CONFIDENT_LEAD && isPlausible };
}

/** Escape sequences that begin Japanese characters, in a text without any byte beyond ASCII. */
export function isIso2022Japanese(body: Uint8Array): boolean {
  const begin = body.subarray(0, 100_000).indexOf(0x1b);
  if (begin === -1 || body[begin + 1] !== 0x24) return false;
  return (body[begin + 2] === 0x42 || body[begin + 2] === 0x40) && !body.some((byte) => byte >= 0x80);
}

/** Every encoding known here, weighed, the likeliest first. Costs the same for every long text. */
export function rankCharsets(sample: CharsetSample): readonly CharsetReading[] {
  const readings = [...languagesByEncoding()].map(([label, languages]) => {
    const text = decode(sample.words, label);
    const prepared = prepareText(text);
    const doubt = HALF_WIDTH_KANA.test(text) ? HALF_WIDTH_KANA_BITS : 0;
    const known = languages.map(({ model, prior }) =>
      readAs({ model, prior: prior + doubt }, label, text, prepared, sample),
    );
    return likeliest(label === USUAL ? [...known, readAsUnknown(label, text, prepared)] : known);
  });
  return readings.toSorted((left, right) => left.bits - right.bits);
}

/** The sample as a label says it is to be read: in whatever language that is, known here or not. */
export function readSample(sample: CharsetSample, label: string): CharsetReading {
  const text = decode(sample.words, label);
  const prepared = prepareText(text);
  return likeliest([
    ...CHARSET_MODELS.map((model) => readAs({ model, prior: 0 }, label, text, prepared, sample)),
    readAsUnknown(label, text, prepared),
  ]);
}

const readAsUnknown = (label: string, text: string, prepared: PreparedText): CharsetReading => ({
  label,
  text,
  bits: weighAsUnknown(prepared),
  language: 'und',
});

interface EncodedLanguage {
  readonly model: CharsetModel;
  /** Bits. */
  readonly prior: number;
}

function readAs(
  { model, prior }: EncodedLanguage,
  label: string,
  text: string,
  prepared: PreparedText,
  { stated }: CharsetSample,
): CharsetReading {
  const language = model.language.slice(0, 2);
  const bits = prior + weighAs(model, prepared) - (language === stated ? STATED_BITS : 0);
  return { label, text, bits, language };
}

const likeliest = (readings: readonly CharsetReading[]): CharsetReading =>
  readings.reduce((best, reading) => (reading.bits < best.bits ? reading : best));

const countAsciiLetters = (text: string): number => text.match(/[a-z]/gi)?.length ?? 0;
const decode = (bytes: Uint8Array, label: string): string => decoderFor(label)?.decode(bytes) ?? '';

let known: ReadonlyMap<string, readonly EncodedLanguage[]> | null = null;

/** Made at the first need: most documents never need them. */
function languagesByEncoding(): ReadonlyMap<string, readonly EncodedLanguage[]> {
  if (known !== null) return known;
  const made = new Map<string, EncodedLanguage[]>();
  for (const model of CHARSET_MODELS) {
    for (const [rank, encoding] of model.encodings.entries()) {
      const isUsual = rank === 0 && model.isRare !== true;
      const prior = isUsual ? (encoding === USUAL ? 0 : FIRST_BITS) : RARE_BITS;
      made.set(encoding, [...(made.get(encoding) ?? []), { model, prior }]);
    }
  }
  known = made;
  return made;
}

/** Encodings that a text without a label may be found to be in, or that are the same but for a few signs. */
export const isGuessed = (encoding: string): boolean =>
  languagesByEncoding().has(encoding) || encoding === 'gbk' || encoding === 'iso-8859-15';

/** More than one byte to a character, in one of the encodings of East Asia. */
const isMultibyte = (encoding: string): boolean => /^(euc-|gb|big5|shift_jis|iso-2022)/.test(encoding);
