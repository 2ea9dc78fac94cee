// A document cut into the words, sentences and paragraphs that expressions speak of. Title and text are one row of
// tokens, title first; offsets always point into the field a token came from.
import type { MatchableDocument } from '../model/article.ts';
import { detectLanguage, resolveLanguage } from '../text/language.ts';
import { splitSentences } from '../text/sentences.ts';
import { tokenize } from '../text/tokenize.ts';

/** Tokens beyond these are not read; the reader is told by `truncated`. A long article has 2,000. */
export const MAX_TOKENS = 10_000;
/** `lead:` is the title and this many sentences of the text. */
const LEAD_SENTENCES = 3;

export interface ReadDocument {
  readonly document: MatchableDocument;
  /** Tokens of title and text together. */
  readonly count: number;
  /** Tokens [0, titleCount) are the title's. */
  readonly titleCount: number;
  /** Tokens [0, leadCount) are the lead's. */
  readonly leadCount: number;
  /** Offsets of each token in its own field. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Paragraph and sentence of each token; the title is paragraph 0 and sentence 0. */
  readonly paragraphs: Int32Array;
  readonly sentences: Int32Array;
  /** widths[i]: half words before token i; a Han or kana character is half a word, so distances in it count half. */
  readonly widths: Int32Array;
  /** [start, end) in its field of each sentence, indexed as in `sentences`. */
  readonly sentenceRanges: readonly (readonly [start: number, end: number])[];
  /** The document's language and, where that is unsure, the second best. */
  readonly languages: readonly string[];
  readonly truncated: boolean;
}

export function readDocument(document: MatchableDocument): ReadDocument {
  const title = tokenize(document.title, MAX_TOKENS);
  const text = tokenize(document.text, MAX_TOKENS - title.count);
  const count = title.count + text.count;
  const starts = joinOffsets(title.starts, title.count, text.starts, text.count);
  const ends = joinOffsets(title.ends, title.count, text.ends, text.count);
  const sentenceRanges = sentenceRangesOf(document);
  const sentences = new Int32Array(count);
  const paragraphs = new Int32Array(count);
  const widths = new Int32Array(count + 1);
  let sentence = 1;
  let paragraph = 1;
  for (let i = 0; i < count; i++) {
    const inTitle = i < title.count;
    const field = inTitle ? document.title : document.text;
    widths[i + 1] = widths[i]! + (isHalfWord(field, starts[i]!, ends[i]!) ? 1 : 2);
    if (inTitle) continue;
    while (sentence + 1 < sentenceRanges.length && starts[i]! >= sentenceRanges[sentence]![1]) sentence++;
    if (i > title.count && breaksParagraph(document.text, ends[i - 1]!, starts[i]!)) paragraph++;
    sentences[i] = sentence;
    paragraphs[i] = paragraph;
  }
  return {
    document,
    count,
    titleCount: title.count,
    leadCount: leadCountOf(sentences, title.count, count),
    starts,
    ends,
    paragraphs,
    sentences,
    widths,
    sentenceRanges,
    languages: languagesOf(document),
    truncated: count >= MAX_TOKENS,
  };
}

/** The word as it stands in the text. */
export function surfaceOf(read: ReadDocument, token: number): string {
  const field = token < read.titleCount ? read.document.title : read.document.text;
  return field.slice(read.starts[token], read.ends[token]);
}

/** Stems of the second language count too where the first is only a guess: a wrong guess would cost every inflection. */
export function languagesOf(document: MatchableDocument): readonly string[] {
  const sample = `${document.title}\n${document.text.slice(0, LANGUAGE_SAMPLE_CHARS)}`;
  const stated = document.language;
  if (stated !== undefined && stated !== '' && stated !== 'und') return [resolveLanguage(stated, sample)];
  const found = detectLanguage(sample);
  return found.confident || found.second === null ? [found.language] : [found.language, found.second];
}

const LANGUAGE_SAMPLE_CHARS = 2_000;

/**
 * True when the gap between two tokens ends a paragraph: a blank line, or a line end after a full stop. A single line
 * end elsewhere is a wrapped line, as in mails and plain-text files.
 */
export function breaksParagraph(text: string, from: number, to: number): boolean {
  const newline = text.indexOf('\n', from);
  if (newline === -1 || newline >= to) return false;
  const gap = text.slice(from, to);
  return /\n[^\S\n]*\n/.test(gap) || /[.!?…。！？:："”’»」』)）][^\S\n]*\r?\n/.test(gap);
}

const HALF_WORD = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]/u;

function isHalfWord(field: string, start: number, end: number): boolean {
  return field.charCodeAt(start) >= 0x2e80 && HALF_WORD.test(field.slice(start, end));
}

function joinOffsets(first: Int32Array, firstCount: number, second: Int32Array, secondCount: number): Int32Array {
  const joined = new Int32Array(firstCount + secondCount);
  joined.set(first.subarray(0, firstCount));
  joined.set(second.subarray(0, secondCount), firstCount);
  return joined;
}

/** Sentence 0 is the title; a sentence never reaches over the end of a paragraph. */
function sentenceRangesOf(document: MatchableDocument): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [[0, document.title.length]];
  for (const [start, end] of splitSentences(document.text)) {
    let from = start;
    for (const gap of document.text.slice(start, end).matchAll(/\n\s*\n/g)) {
      ranges.push([from, start + gap.index]);
      from = start + gap.index + gap[0].length;
    }
    if (from < end) ranges.push([from, end]);
  }
  return ranges;
}

function leadCountOf(sentences: Int32Array, titleCount: number, count: number): number {
  let lead = titleCount;
  while (lead < count && sentences[lead]! <= LEAD_SENTENCES) lead++;
  return lead;
}
