// Reads the document a command is given: a file, a web page, or standard input, as plain text or HTML; or documents in a JSON lines file.
// Pages are fetched and read exactly as the product does it.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { createArticleExtractor } from '../../adapters/articles/extractor.ts';
import { unreadable } from '../../adapters/files/unreadable.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { MatchableDocument } from '../../shared/model/article.ts';
import { decodePage } from '../../shared/text/decode-page.ts';
import { resolveLanguage } from '../../shared/text/language.ts';
import { invalidArguments } from '../arguments.ts';
import { type CommandIo, configFolder } from '../command.ts';
import { oneLine } from '../output.ts';
import { documentOf, type IdentifiedDocument, type Line, linesOf, parseLine } from './json-lines.ts';

export const DOCUMENT_OPTIONS = {
  title: { type: 'string' },
  lang: { type: 'string' },
  id: { type: 'string' },
} as const;

/** Shown when a document is longer than the engine reads. */
export const TRUNCATED = 'the document is too long; its end was not read';

/** What the user says about a document. */
export interface DocumentChoice {
  /** Title of a plain text, instead of the one found in it; '' for none. */
  readonly title?: string;
  /** Language of the document, instead of the one it states. */
  readonly lang?: string;
  /** Which document of a JSON lines file. */
  readonly id?: string;
}

/** `where` is a file, an http(s) address, or `-` for standard input. Throws InvalidInputError and FetchFailedError. */
export async function readDocument(
  io: CommandIo,
  where: string,
  choice: DocumentChoice = {},
): Promise<MatchableDocument> {
  const document = await (isAddress(where) ? readPage(io, where) : readLocal(io, where, choice));
  return { ...document, title: choice.title ?? document.title, language: choice.lang ?? document.language };
}

const isAddress = (where: string): boolean => /^https?:\/\//i.test(where);

async function readLocal(io: CommandIo, where: string, { id, title }: DocumentChoice): Promise<MatchableDocument> {
  if (id !== undefined || isJsonLines(where)) return oneOfLines(io, where, id);
  const text = where === '-' ? await allOf(io.stdin()) : decodePage(await bytesOf(io, where), undefined);
  const isHtml = /^\.x?html?$/i.test(extname(where)) || /^\s*(<!doctype html|<html[\s>])/i.test(text);
  return isHtml ? extracted(io, text, where, undefined) : plainDocument(text, title);
}

/**
 * Unless a title is given, the first line is the title when it is short and an empty line follows, or when it is written as in Markdown
 * (`# Title`). Otherwise there is none. Offsets count from the first character of the text after the title.
 */
function plainDocument(plain: string, title?: string): MatchableDocument {
  const whole = plain.replace(/^\ufeff/, '');
  if (title !== undefined) return { title, text: whole };
  const first = /^\s*(?<marked>#\s+)?(?<line>\S[^\r\n]*?)[^\S\r\n]*\r?\n(?<blank>[^\S\r\n]*\r?\n)?\s*/.exec(whole);
  const { marked, line = '', blank } = first?.groups ?? {};
  const isTitle = line.length <= MAX_TITLE_CHARS && (marked !== undefined || blank !== undefined);
  return first !== null && isTitle ? { title: line, text: whole.slice(first[0].length) } : { title: '', text: whole };
}

const MAX_TITLE_CHARS = 250;

async function readPage(io: CommandIo, url: string): Promise<MatchableDocument> {
  // Loaded for pages only: these libraries take longer to load than a text takes to match.
  const [{ createPageFetcher }, { hostsFileOf }, { openWeb }, { readSettings }] = await Promise.all([
    import('../../adapters/http/page-fetcher.ts'),
    import('../../adapters/http/hosts-file.ts'),
    import('../../adapters/http/web.ts'),
    import('../../adapters/files/read-configuration.ts'),
  ]);
  const settings = await readSettings(configFolder(io), io.env);
  const web = openWeb(settings, { hostsFile: hostsFileOf(process.platform, io.env) });
  try {
    const { html, finalUrl } = await createPageFetcher(web).fetchPage(url);
    return await extracted(io, html, finalUrl, finalUrl);
  } finally {
    web.fetch.close();
  }
}

async function extracted(
  io: CommandIo,
  html: string,
  where: string,
  url: string | undefined,
): Promise<MatchableDocument> {
  const extractor = createArticleExtractor();
  try {
    const found = await extractor.extract(html, url ?? 'http://localhost/');
    if (!found.ok) {
      const hint = 'save the article as plain text and use that file';
      throw new InvalidInputError('no_article', `cannot find the article in ${where}: ${found.reason}`, [hint]);
    }
    io.stderr(
      `read ${found.text.length} characters${found.title === null ? '' : ` of ${oneLine(JSON.stringify(found.title))}`}\n`,
    );
    const { title, text } = found;
    const language = found.language === null ? undefined : resolveLanguage(found.language, `${title ?? ''}\n\n${text}`);
    return { title: title ?? '', text, language, url };
  } finally {
    await extractor.close();
  }
}

const isJsonLines = (where: string): boolean => /^\.(jsonl|ndjson)$/i.test(extname(where));

async function oneOfLines(io: CommandIo, where: string, id: string | undefined): Promise<MatchableDocument> {
  if (id === undefined) {
    throw invalidArguments(`${where} has many documents`, ['choose one with --id ID']);
  }
  for await (const { id: found, document } of readDocumentLines(io, where)) {
    if (String(found) === id) return document;
  }
  throw new InvalidInputError('unknown_document', `${where} has no document with the id ${id}`);
}

/** The documents of a file: each line of a JSON lines file, or the one document that it is. */
export async function* readDocuments(io: CommandIo, where: string): AsyncGenerator<MatchableDocument> {
  if (!isJsonLines(where)) yield await readDocument(io, where);
  else for await (const { document } of readDocumentLines(io, where)) yield document;
}

/** Every document of a JSON lines file. Throws InvalidInputError at the first bad line. */
export async function* readDocumentLines(
  io: CommandIo,
  where: string,
): AsyncGenerator<IdentifiedDocument & { readonly line: number }> {
  for await (const lines of linesOf(chunksOf(io, where))) {
    for (const line of lines) {
      const parsed = parseLine(line);
      if ('problem' in parsed) throw unreadableLine(where, line, parsed.problem);
      const read = documentOf(parsed.value);
      if ('problem' in read) throw unreadableLine(where, line, read.problem);
      yield { ...read, line: line.number };
    }
  }
}

const unreadableLine = (where: string, line: Line, problem: string): InvalidInputError =>
  new InvalidInputError('unreadable_line', `${where}, line ${line.number}: ${problem}`);

/** The text of a file or of standard input, chunk by chunk. */
export async function* chunksOf(io: CommandIo, where: string): AsyncGenerator<string> {
  if (where === '-') {
    yield* io.stdin();
    return;
  }
  try {
    for await (const chunk of createReadStream(resolve(io.cwd, where), { encoding: 'utf8' })) yield chunk as string;
  } catch (cause) {
    throw unreadable(where, cause);
  }
}

const bytesOf = (io: CommandIo, where: string): Promise<Uint8Array> =>
  readFile(resolve(io.cwd, where)).catch((cause: unknown) => {
    throw unreadable(where, cause);
  });

async function allOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}
