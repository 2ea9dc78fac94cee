// A document cut into the words, sentences and paragraphs that expressions speak of. Title and text are one row of
// tokens, title first; offsets always point into the field a token came from. Several texts are read as one: texts-in-a-row.ts.
import type { MatchableDocument } from '../../model/article.ts';
import { clausesWithin } from '../../text/clauses.ts';
import { hashOf } from '../../text/code-units.ts';
import { detectLanguage, languageInScript } from '../../text/language.ts';
import { type FoundNumber, numbersIn } from '../../text/numbers/numbers.ts';
import { splitSentences } from '../../text/sentences.ts';
import { tokenizeBoth } from '../../text/tokenize.ts';
import { type Compound, compoundsOf } from './compounds.ts';
import { type TextInRow, textsInARow } from './texts-in-a-row.ts';

/** Tokens beyond these are not read; `truncated` says so. A long article has 2,000. */
const MAX_TOKENS = 10_000;
/** Letters of a word that count; what is longer, such as pasted data, is compared by its beginning. */
const MAX_WORD_CHARS = 100;
/** So that the last sentence of a truncated document is whole. */
const MAX_CHARS_BEYOND = 1_000;
/** `lead:` is the title, a short summary, and this many sentences of the main text. */
const LEAD_SENTENCES = 3;
/** What is looked at to find the language: title and lead are enough. */
const LANGUAGE_SAMPLE_CHARS = 2_000;

/** Sentences, paragraphs and the language are found when first asked for: most documents match nothing and need none. */
export class ReadDocument {
  /** As it is read: `text` is the row of all texts. */
  readonly document: MatchableDocument;
  /** Those texts, in order; one where the document has no more than its `text`. */
  readonly texts: readonly TextInRow[];
  /** Tokens of title and text together. */
  readonly count: number;
  /** Tokens [0, titleCount) are the title's. */
  readonly titleCount: number;
  /** Offsets of each token in its own field. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly #hashes: Int32Array;
  readonly truncated: boolean;
  readonly #joints: readonly number[];
  #sentences: Int32Array | null = null;
  #sentenceRanges: readonly (readonly [number, number])[] | null = null;
  /** Number of the first sentence of each text, and at the end that of a sentence behind all. */
  #firstSentences: readonly number[] = [];
  #paragraphs: Int32Array | null = null;
  #clauses: Int32Array | null = null;
  #widths: Int32Array | null = null;
  #numbers: readonly FoundNumber[] | null = null;
  #languages: readonly string[] | null = null;
  #compounds: readonly Compound[] | null = null;
  #titleSentences: readonly (readonly [number, number])[] | null = null;

  readonly #given: MatchableDocument;

  constructor(document: MatchableDocument) {
    const { row, texts } = textsInARow(document);
    const tokens = tokenizeBoth(document.title, row, MAX_TOKENS + 1);
    this.#given = document;
    this.document = texts.length === 1 ? document : { ...document, text: row };
    this.texts = texts;
    this.count = Math.min(tokens.count, MAX_TOKENS);
    this.titleCount = Math.min(tokens.titleCount, MAX_TOKENS);
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.#hashes = tokens.hashes;
    this.#joints = tokens.joints;
    this.truncated = tokens.count > MAX_TOKENS;
  }

  /** The field that the token's offsets point into. */
  fieldOf(token: number): string {
    return token < this.titleCount ? this.document.title : this.document.text;
  }

  /** The word as it is in the text, or as much of it as counts. */
  surface(token: number): string {
    return this.fieldOf(token).slice(this.starts[token], this.surfaceEnd(token));
  }

  /** Where `surface` ends, as offset in the field. */
  surfaceEnd(token: number): number {
    return Math.min(this.ends[token]!, this.starts[token]! + MAX_WORD_CHARS);
  }

  /** `hashOf` the surface; `units` are those of its field. */
  surfaceHash(token: number, units: Uint16Array): number {
    const start = this.starts[token]!;
    const end = this.surfaceEnd(token);
    return end === this.ends[token] ? this.#hashes[token]! : hashOf(units, start, end);
  }

  /** Sentence of each token: an index into `sentenceRanges`. The title is sentence 0. */
  get sentences(): Int32Array {
    this.#sentences ??= numberSentences(this, this.sentenceRanges);
    return this.#sentences;
  }

  /** [start, end) of each sentence in its field; the first is the title. */
  get sentenceRanges(): readonly (readonly [start: number, end: number])[] {
    this.#sentenceRanges ??= this.#splitTexts();
    return this.#sentenceRanges;
  }

  /** Each text separately, so that no sentence can reach into the next. Of a truncated document, little more than what was read. */
  #splitTexts(): readonly (readonly [number, number])[] {
    const { text } = this.document;
    const readTo = this.truncated ? (this.ends[this.count - 1] ?? 0) + MAX_CHARS_BEYOND : text.length;
    const ranges: (readonly [number, number])[] = [[0, this.document.title.length]];
    const firsts: number[] = [];
    for (const { from, to } of this.texts) {
      firsts.push(ranges.length);
      for (const [start, end] of splitSentences(text.slice(from, Math.min(to, readTo)))) {
        ranges.push([from + start, from + end]);
      }
    }
    this.#firstSentences = [...firsts, ranges.length];
    return ranges;
  }

  /** The text that a sentence other than the title is in, and its sentences [first, behind). */
  textOf(sentence: number): { readonly text: TextInRow; readonly first: number; readonly behind: number } {
    void this.sentenceRanges;
    let at = this.texts.length - 1;
    while (at > 0 && this.#firstSentences[at]! > sentence) at--;
    return { text: this.texts[at]!, first: this.#firstSentences[at]!, behind: this.#firstSentences[at + 1]! };
  }

  /** Whether a sentence ends between two tokens of one field; titles are cut too, though each is shown as one. */
  isSentenceBetween(before: number, token: number): boolean {
    if (token >= this.titleCount) return this.sentences[before] !== this.sentences[token];
    this.#titleSentences ??= splitSentences(this.document.title);
    return this.#titleSentences.some(([, end]) => end >= this.ends[before]! && end <= this.starts[token]!);
  }

  /** Words of several tokens. */
  get compounds(): readonly Compound[] {
    this.#compounds ??= compoundsOf(this, this.#joints);
    return this.#compounds;
  }

  /** Clause of each token; a clause is within one sentence and one paragraph. */
  get clauses(): Int32Array {
    this.#clauses ??= numberClauses(this);
    return this.#clauses;
  }

  /** Paragraph of each token; the title is paragraph 0. */
  get paragraphs(): Int32Array {
    this.#paragraphs ??= numberParagraphs(this);
    return this.#paragraphs;
  }

  /** widths[i]: half words before token i; a Han or kana character is half a word, so distances in it count half. */
  get widths(): Int32Array {
    this.#widths ??= measure(this);
    return this.#widths;
  }

  /** Numbers as `num(a..b)` means them, in order; disjoint. */
  get numbers(): readonly FoundNumber[] {
    this.#numbers ??= numbersIn(this);
    return this.#numbers;
  }

  /** Tokens [0, leadCount) are the lead's. */
  get leadCount(): number {
    const { sentences } = this;
    const main = this.texts.findIndex(({ isMain }) => isMain);
    const behindLead = Math.min(this.#firstSentences[main]! + LEAD_SENTENCES, this.#firstSentences[main + 1]!);
    let lead = this.titleCount;
    while (lead < this.count && sentences[lead]! < behindLead) lead++;
    return lead;
  }

  /** The language of title and main text and, where that is unsure, the second best: a wrong guess would cost every inflection. */
  get languages(): readonly string[] {
    this.#languages ??= languagesOf(this.#given);
    return this.#languages;
  }
}

function languagesOf(document: MatchableDocument): readonly string[] {
  const sample = `${document.title}\n${document.text.slice(0, LANGUAGE_SAMPLE_CHARS)}`;
  const stated = document.language;
  if (stated !== undefined && stated !== '' && stated !== 'und') return [languageInScript(stated, sample)];
  const { language, second, confident } = detectLanguage(sample);
  return confident || second === null ? [language] : [language, second];
}

function numberSentences(read: ReadDocument, ranges: readonly (readonly [number, number])[]): Int32Array {
  const sentences = new Int32Array(read.count);
  let sentence = 1;
  for (let token = read.titleCount; token < read.count; token++) {
    while (sentence + 1 < ranges.length && read.starts[token]! >= ranges[sentence]![1]) sentence++;
    sentences[token] = sentence;
  }
  return sentences;
}

function numberClauses(read: ReadDocument): Int32Array {
  const { count, sentences, paragraphs, starts, ends } = read;
  const [language = 'und'] = read.languages;
  const clauses = new Int32Array(count);
  const text = {
    wordAt: (token: number) => read.surface(token).toLowerCase(),
    gapBefore: (token: number) => read.fieldOf(token).slice(ends[token - 1], starts[token]),
  };
  let clause = 0;
  for (let first = 0; first < count; ) {
    let behind = first + 1;
    while (behind < count && sentences[behind] === sentences[first] && paragraphs[behind] === paragraphs[first])
      behind++;
    const begins = new Set(clausesWithin(first, behind, language, text));
    for (let token = first; token < behind; token++) {
      if (begins.has(token)) clause++;
      clauses[token] = clause;
    }
    clause++;
    first = behind;
  }
  return clauses;
}

function numberParagraphs(read: ReadDocument): Int32Array {
  const { text } = read.document;
  const paragraphs = new Int32Array(read.count);
  let paragraph = 1;
  let lineEnd = lineEndFrom(text, 0);
  for (let token = read.titleCount; token < read.count; token++) {
    const start = read.starts[token]!;
    if (lineEnd !== -1 && lineEnd < start) {
      if (token > read.titleCount && endsParagraph(text, read.ends[token - 1]!, start)) paragraph++;
      lineEnd = lineEndFrom(text, start);
    }
    paragraphs[token] = paragraph;
  }
  return paragraphs;
}

const LINE_END = /[\n\r\u2029]/g;

/** -1 when there is none. */
function lineEndFrom(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? -1;
}

/** Two line ends of any kind with nothing but spaces between, or the sign that Unicode has for it. */
const BLANK_LINE = /(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*[\r\n]|\u2029/;
const LINE_END_AFTER_SENTENCE = /[.!?…。！？:："”’»」』)）][^\S\r\n]*[\r\n]/;

/**
 * True when the gap between two tokens ends a paragraph: a blank line, or a line end after a full stop. A single line
 * end elsewhere is a wrapped line, as in mails and plain-text files.
 */
function endsParagraph(text: string, from: number, to: number): boolean {
  const gap = text.slice(from, to);
  return BLANK_LINE.test(gap) || LINE_END_AFTER_SENTENCE.test(gap);
}

const HALF_WORD = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;
/** Below this code unit there is neither Han nor kana. */
export const FIRST_EAST_ASIAN = 0x2e80;

function measure(read: ReadDocument): Int32Array {
  const widths = new Int32Array(read.count + 1);
  for (let token = 0; token < read.count; token++) {
    const field = token < read.titleCount ? read.document.title : read.document.text;
    const start = read.starts[token]!;
    const isHalf = field.charCodeAt(start) >= FIRST_EAST_ASIAN && HALF_WORD.test(field.slice(start, read.ends[token]));
    widths[token + 1] = widths[token]! + (isHalf ? 1 : 2);
  }
  return widths;
}
