// What came instead of a feed, in words that help.
import { FetchFailedError } from '../../core/errors.ts';
import { displayUrl, quoteForeign } from '../../net/display-url.ts';
import { htmlToText } from '../../text/html-to-text.ts';

const SAMPLE = 80;
const START = 100_000;
/** By root element. */
const KINDS: Readonly<Record<string, string>> = {
  opml: 'it is a list of feeds (OPML); import it with "tocsin feeds import"',
  urlset: 'it is a sitemap',
  sitemapindex: 'it is a sitemap',
  error: 'it is the error message of a server, in XML',
};

export function notAFeed(url: string, body: Uint8Array, text: string, problem: string | null): FetchFailedError {
  const what = problem ?? describe(body, text.slice(0, START));
  const sample = sampleOf(text);
  const begins = sample === '' ? '' : ` It begins: ${sample}`;
  const shown = displayUrl(url);
  return new FetchFailedError(
    'not_a_feed',
    shown,
    `${shown} holds no feed: ${what}. "tocsin feeds check" with the address of the site lists its feeds.${begins}`,
    { happened: `it holds no feed: ${what}` },
  );
}

function describe(body: Uint8Array, text: string): string {
  if (body.length === 0 || text.trim() === '') return 'the answer was empty';
  const binary = binaryKind(body);
  if (binary !== null) return `it is ${binary}`;
  const trimmed = text.trimStart();
  if (/^[[{]/.test(trimmed)) return jsonKind(text);
  const root = /<(?![?!])([^\s<>/]{1,60})/.exec(text)?.[1];
  const kind = KINDS[root?.toLowerCase() ?? ''];
  if (kind !== undefined) return kind;
  if (isWebPage(text)) return pageKind(text);
  return root === undefined
    ? 'it is plain text'
    : `it is XML with the root element <${harmless(root)}>, and nothing in it is a channel, a feed or an item`;
}

/** Whether a text that is not a feed is HTML. */
export const isWebPage = (text: string): boolean => /<(?:!doctype\s+html|html|head|body)\b/i.test(text);

function pageKind(html: string): string {
  const title = /<title[^>]{0,200}>([^<]{1,300})/i.exec(html)?.[1];
  const named = title === undefined ? '' : ` (${quoteForeign(htmlToText(title), SAMPLE)})`;
  if (/type\s{0,5}=\s{0,5}["']?password/i.test(html)) return `it is a page that asks for a password${named}`;
  if (/captcha|cf-browser-verification|challenge-platform|are you (?:a )?human/i.test(html)) {
    return `it is a page that keeps programs out${named}`;
  }
  return `it is a web page${named}`;
}

function jsonKind(text: string): string {
  try {
    const value: object = JSON.parse(text);
    const keys = Object.keys(value).slice(0, 5).join(', ');
    return `it is JSON, but no JSON Feed${keys === '' ? '' : ` (its fields: ${harmless(keys)})`}`;
  } catch {
    return 'it looks like JSON, and is broken or cut off';
  }
}

const SIGNATURES: readonly (readonly [bytes: readonly number[], kind: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x89, 0x50, 0x4e, 0x47], 'an image'],
  [[0xff, 0xd8, 0xff], 'an image'],
  [[0x47, 0x49, 0x46, 0x38], 'an image'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive'],
  [[0x1f, 0x8b], 'compressed data'],
];

const binaryKind = (body: Uint8Array): string | null =>
  SIGNATURES.find(([bytes]) => bytes.every((byte, index) => body[index] === byte))?.[1] ?? null;

/** Names that a stranger chose, without what could act on a terminal. */
const harmless = (names: string): string => quoteForeign(names, SAMPLE).slice(1, -1);

/** As JSON, so that nothing in it can act on a terminal or a log. */
const sampleOf = (text: string): string => {
  const start = text.slice(0, 1_000).trim().replace(/\s+/g, ' ').toWellFormed();
  return start === ''
    ? ''
    : JSON.stringify(start.slice(0, SAMPLE)).replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');
};
