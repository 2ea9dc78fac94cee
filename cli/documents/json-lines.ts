// JSON lines, one document each: `{ id, title, text, lang?, url?, source?, authors?, categories?, publishedAt? }`. Read as a stream, so that a file
// of any size fits; a line that cannot be read is a value, for the caller to report.
import type { MatchableDocument } from '../../shared/model/article.ts';

/** No document is longer: the engine reads the first 10,000 words, about 60,000 characters. */
const MAX_LINE_CHARS = 5_000_000;

export interface Line {
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Null when the line is too long to be read. */
  readonly text: string | null;
}

export interface IdentifiedDocument {
  /** As it was written: a text or a number. */
  readonly id: string | number;
  readonly document: MatchableDocument;
  /** All keys of the line. */
  readonly keys: Readonly<Record<string, unknown>>;
}

/** The lines of a stream, as many at once as came together; blank ones are left out. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let number = 0;
  let rest = '';
  let isTooLong = false;
  const close = (text: string): Line => {
    number += 1;
    const line = { number, text: isTooLong || text.length > MAX_LINE_CHARS ? null : text };
    isTooLong = false;
    return line;
  };
  for await (const chunk of chunks) {
    const pieces = chunk.split('\n');
    const last = pieces.pop() ?? '';
    const lines = pieces.map((piece, index) => close(index === 0 ? rest + piece : piece));
    rest = pieces.length === 0 ? rest + last : last;
    if (rest.length > MAX_LINE_CHARS) {
      isTooLong = true;
      rest = '';
    }
    yield lines.filter(isNotBlank);
  }
  yield [close(rest)].filter(isNotBlank);
}

const isNotBlank = ({ text }: Line): boolean => text === null || text.trim() !== '';

/** The value of a line, or the problem with it in words. */
export function parseLine({ text }: Line): { readonly value: unknown } | { readonly problem: string } {
  if (text === null) return { problem: `the line is longer than ${MAX_LINE_CHARS} characters` };
  try {
    return { value: JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) };
  } catch (cause) {
    return { problem: `not JSON (${(cause as Error).message})` };
  }
}

/** Of a line whose `publishedAt` says no time. */
export const NO_TIME = 'publishedAt must be a time such as 2026-03-02T08:00:00Z';

/** A document, or the problem with it in words. Keys that are not a document's are ignored. */
export function documentOf(value: unknown): IdentifiedDocument | { readonly problem: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'must be an object { id, title, text }' };
  const keys: Readonly<Record<string, unknown>> = { ...value };
  const { id, title, text, lang, url, source, authors, categories, publishedAt, date } = keys;
  if (typeof id !== 'string' && typeof id !== 'number') return { problem: 'id must be a text or a number' };
  if (!isTextOrAbsent(title) || !isTextOrAbsent(text)) return { problem: 'title and text must be texts' };
  if (typeof title !== 'string' && typeof text !== 'string') return { problem: 'title and text are both missing' };
  if (!isTextOrAbsent(lang) || !isTextOrAbsent(url)) return { problem: 'lang and url must be texts' };
  if (!isTextOrAbsent(source) && !isSource(source)) return { problem: 'source must be a text or { title, host }' };
  if (!isListOrAbsent(authors)) return { problem: 'authors must be a list of texts' };
  if (!isListOrAbsent(categories)) return { problem: 'categories must be a list of texts' };
  if (!isAbsent(publishedAt) && !isDay(publishedAt)) return { problem: NO_TIME };
  const document: MatchableDocument = {
    title: title ?? '',
    text: text ?? '',
    language: lang || undefined,
    url: url || undefined,
    source: source || undefined,
    authors: authors ?? undefined,
    categories: categories ?? undefined,
    publishedAt: publishedAt ?? (isDay(date) ? date : undefined),
  };
  return { id, document, keys };
}

/** An instant, a day, or a year. Labelled sets state theirs as `date`, and some of those cannot be read. */
const isDay = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;
const isListOrAbsent = (value: unknown): value is readonly string[] | null | undefined =>
  isAbsent(value) || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
const isTextOrAbsent = (value: unknown): value is string | null | undefined =>
  isAbsent(value) || typeof value === 'string';

function isSource(value: unknown): value is { readonly title: string; readonly host: string } {
  const { title, host } = (value ?? {}) as Record<string, unknown>;
  return typeof title === 'string' && typeof host === 'string';
}
