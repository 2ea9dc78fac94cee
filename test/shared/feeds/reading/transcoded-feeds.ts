// Feeds made of natural sentences and the signs of news, written in a legacy encoding: by their seed the same each time.
import { decoderFor } from '../../../../shared/text/charset.ts';
import { canEncode, encode } from './legacy-encodings.ts';
import { LATE_LANGUAGES, LEGACY_ENCODINGS, SENTENCES } from './natural-sentences.ts';

/** Which sentences may be used: those the detector was tuned on, or those it never saw. */
export type Half = 'tuned' | 'held out';

/**
 * `news`: titles and summaries; `titles`: nothing else; `capitals`: titles in capitals; `signs`: plain English with a sign here
 * and there; `agency`: English titles with the name of an agency in the letters of the language; `foreign words`: English
 * titles with words of whatever languages the encoding can write; `languages`: titles in all of those.
 */
export type Style = 'news' | 'titles' | 'capitals' | 'signs' | 'agency' | 'foreign words' | 'languages';
export const ITEM_COUNTS: readonly number[] = [5, 12, 40, 200];

export interface FeedRecipe {
  readonly language: string;
  /** The encoding that the feed will be written in: it has only signs that this one has. */
  readonly encoding: string;
  readonly style: Style;
  readonly items: number;
  readonly half: Half;
  readonly seed: number;
  /** Of the XML declaration. */
  readonly declared?: string | undefined;
}

const SIGNS: readonly string[] = [
  '£2',
  '£1.4m',
  '€5',
  '12 €',
  '¥900',
  '30¢',
  '½',
  '2½',
  '¾',
  '¼',
  '3 × 4',
  '4×4',
  '±3',
  '25 °C',
  '25°',
  '5ºC',
  'nº 7',
  '1º',
  '2ª',
  '§ 12',
  '§12',
  '© 2026',
  'km²',
  '40 m³',
  '7\u00a0000',
  'the\u00a0pier',
  '10\u00a0km',
  '“open”',
  '‘open’',
  '«open»',
  '« open »',
  '„open“',
  'it’s',
  'the port’s',
  '– live',
  'two — at most',
  '2–1',
  'wait…',
  'Brand™',
  'Brand®',
  '• live',
  'north · south',
  '50 µg',
  '№ 5',
  '3‰',
  '¿open?',
  '÷ 2',
  '£m',
  '€bn',
  'AU$9',
  '72 °F',
  '2×',
  'Mª',
  '3º',
  'D’Hondt',
  'rock ’n’ roll',
  'wait…what',
  'open\u00a0!',
  '«\u00a0open\u00a0»',
  'air\u00adport',
  '¡open!',
  'B&B®',
  '5–7',
  '‹open›',
  '†',
  '¶ 4',
  '1¼',
  '¥30,000',
  '° ° °',
  'café',
  'Zürich',
  'São Paulo',
  'François',
];

const AGENCIES: Readonly<Record<string, readonly string[]>> = {
  ru: ['ТАСС', 'РИА НОВОСТИ', 'РБК'],
  uk: ['УНІАН', 'УКРІНФОРМ'],
  be: ['БЕЛТА'],
  bg: ['БТА', 'ФОКУС'],
  sr: ['ТАНЈУГ', 'БЕТА'],
  mk: ['МИА'],
  el: ['ΑΠΕ-ΜΠΕ', 'ΕΡΤ'],
  tr: ['İHA', 'TRT VE İHA', 'ANKARA, ŞIRNAK'],
  he: ['ידיעות', 'כאן'],
  ar: ['واس', 'وام'],
  fa: ['ايسنا'],
  ur: ['اے پی پی'],
  th: ['สำนักข่าว'],
  cs: ['ČTK'],
  pl: ['PAP, ŁÓDŹ'],
  sk: ['SITA, ŽILINA'],
  hu: ['MTI, GYŐR'],
  de: ['DPA, KÖLN'],
  fr: ['AFP, ORLÉANS'],
  lv: ['RĪGA'],
  lt: ['ŠIAULIAI'],
  ja: ['共同', '時事'],
  ko: ['연합뉴스'],
  'zh-Hans': ['新华社'],
  'zh-Hant': ['中央社'],
};

/** Ways round characters that an encoding lacks. */
const PLAINER: ReadonlyMap<string, string> = new Map([
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['״', '"'],
  ['«', '"'],
  ['»', '"'],
  ['–', '-'],
  ['—', '-'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['ی', 'ي'],
  ['ک', 'ك'],
  ['‌', ' '],
  ['·', '.'],
  ['ґ', 'г'],
  ['Ґ', 'Г'],
  ['۔', '.'],
  ['İ', 'I'],
]);

/** Languages that a feed of this encoding is made for. */
export const languagesOf = (half: Half): readonly string[] =>
  Object.keys(SENTENCES).filter((language) => half === 'held out' || !LATE_LANGUAGES.has(language));

export const encodingsOf = (language: string): readonly string[] => LEGACY_ENCODINGS[language] ?? [];

/** The text of a feed, all of it in characters that its encoding has. */
export function composeFeed({ language, encoding, style, items, half, seed, declared }: FeedRecipe): string {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const isTuned = (_: string, index: number): boolean => (index % 2 === 0) === (half === 'tuned');
  const sentences = sentencesFor(language, encoding, LATE_LANGUAGES.has(language) ? () => true : isTuned);
  const english = (SENTENCES.en as readonly string[]).filter(isTuned).map(inAscii);
  const signs = SIGNS.filter((sign) => canEncode(sign, encoding));
  // Often one sign only is used in all of a document.
  const used = random() < 0.5 ? signs : [pick(signs), pick(signs)];
  const agencies = (AGENCIES[language] ?? []).filter((agency) => canEncode(agency, encoding));
  const one = agencies.length === 0 ? null : pick(agencies);
  const foreign = style === 'foreign words' || style === 'languages' ? foreignSentences(encoding, isTuned) : [];
  const withSign = (text: string, share: number): string => {
    if (used[0] === undefined || random() >= share) return text;
    const words = text.split(' ');
    words.splice(1 + Math.floor(random() * words.length), 0, pick(used));
    return words.join(' ');
  };
  const title = (index: number): string => {
    if (style === 'signs') return withSign(pick(english), index === 0 ? 1 : 0.4);
    if (style === 'agency') return one === null ? withSign(pick(english), 0.5) : `${pick(english)} (${one})`;
    if (style === 'languages') return withSign(pick(foreign), 0.2);
    if (style === 'foreign words') {
      const words = pick(foreign)
        .split(' ')
        .filter((word) => /[^\0-\x7f]/.test(word));
      return random() < 0.5 ? pick(english) : `${pick(english)}: ${pick(words)}`;
    }
    const sentence = pick(sentences);
    if (style === 'capitals') return plainer(sentence.toLocaleUpperCase(language), encoding);
    return withSign(random() < 0.15 ? plainer(sentence.toLocaleUpperCase(language), encoding) : sentence, 0.2);
  };
  const parts = Array.from({ length: items }, (_, index) => {
    const summary =
      style === 'news' ? `<description>${withSign(pick(sentences), 0.3)}. ${pick(sentences)}.</description>` : '';
    return `<item><title>${title(index)}</title><link>https://gazette.example/news/2026/11/story-${index}?id=${1000 + index}</link>${summary}</item>`;
  });
  const stated = pick([language.slice(0, 2), language.slice(0, 2), 'en', null]);
  const name = style === 'news' ? pick(sentences).split(' ').slice(0, 2).join(' ') : 'Gazette';
  return `<?xml version="1.0"${declared === undefined ? '' : ` encoding="${declared}"`}?>\n<rss version="2.0"><channel><title>${name}</title>${
    stated === null ? '' : `<language>${stated}</language>`
  }\n${parts.join('\n')}\n</channel></rss>`;
}

/** What a reader of the decoded text sees; Vietnamese has its tones apart in some encodings. */
export const sameText = (left: string, right: string): boolean =>
  left === right || left.normalize('NFC') === right.normalize('NFC');

const sentencesByKey = new Map<string, readonly string[]>();

function sentencesFor(
  language: string,
  encoding: string,
  isUsed: (_: string, index: number) => boolean,
): readonly string[] {
  const all = (SENTENCES[language] as readonly string[]).filter(isUsed);
  const key = `${encoding}\n${all.join('\n')}`;
  const known = sentencesByKey.get(key);
  if (known !== undefined) return known;
  const made = all.map((sentence) => plainer(sentence, encoding));
  sentencesByKey.set(key, made);
  return made;
}

const foreignByKey = new Map<string, readonly string[]>();

/** Sentences with letters beyond ASCII, of all languages that are published in the encoding. */
function foreignSentences(encoding: string, isUsed: (_: string, index: number) => boolean): readonly string[] {
  const languages = Object.keys(SENTENCES).filter((language) => encodingsOf(language).includes(encoding));
  const key = `${encoding} ${isUsed('', 0)}`;
  const known = foreignByKey.get(key);
  if (known !== undefined) return known;
  const made = languages
    .flatMap((language) => sentencesFor(language, encoding, isUsed))
    .filter((sentence) => /[^\0-\x7f]/.test(sentence));
  foreignByKey.set(key, made);
  return made;
}

function plainer(text: string, encoding: string): string {
  if (canEncode(text, encoding)) return text;
  const simpler = [...text]
    .map((character) => (canEncode(character, encoding) ? character : (PLAINER.get(character) ?? character)))
    .join('');
  if (!canEncode(simpler, encoding)) throw new Error(`${encoding} cannot write: ${simpler}`);
  return simpler;
}

const inAscii = (text: string): string => text.replaceAll(/[’‘]/g, "'").replaceAll(/[“”]/g, '"').replaceAll('–', '-');

/** Numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The encoded feed, and what it reads as when it is read right. */
export function transcode(recipe: FeedRecipe): { readonly text: string; readonly body: Uint8Array } {
  const text = composeFeed(recipe);
  return { text, body: encode(text, recipe.encoding) };
}

export const isReadable = (encoding: string): boolean => decoderFor(encoding) !== null;
