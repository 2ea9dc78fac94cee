// The address that an answer sends its reader to: by a redirect or, from some servers, by a Refresh header.
import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerHead } from './exchange.ts';

/** Pages that send a reader on do so within seconds; those that reload themselves wait for minutes. */
const LONGEST_REFRESH_SECONDS = 10;
/** A page that does nothing but send its reader on is short. */
const LONGEST_SIGNPOST_BYTES = 16_000;
/** `0; url=/feed`, `5;URL='/feed'`, `0,/feed`. Source: HTML Standard, "shared declarative refresh steps". */
const REFRESH = /^\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(["']?)(.+?)\2\s*$/i;

/** The address as the server wrote it; empty for a redirect without one; null for an answer that leads nowhere else. */
export function nextAddress(answer: AnswerHead & { readonly body: Uint8Array }): string | null {
  const { status, headers } = answer;
  const location = readLocation(headers.location);
  if (isRedirect(status)) return location;
  // Several choices, of which the server prefers one (RFC 9110, 15.4.1).
  if (status === 300 && location !== '') return location;
  return status === 200 ? refreshOf(answer) : null;
}

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function refreshOf({
  headers,
  body,
}: {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}): string | null {
  // A feed is not left because of a Refresh header.
  if (body.length > 0 && !/html/i.test(headers['content-type'] ?? '')) return null;
  const url = addressIn(String(headers['refresh'] ?? ''));
  return url === null ? null : inUtf8(url);
}

function addressIn(refresh: string): string | null {
  const [, seconds, , url = ''] = REFRESH.exec(refresh) ?? [];
  return url === '' || Number(seconds) > LONGEST_REFRESH_SECONDS ? null : url;
}

/**
 * The address that a document in place of a feed sends its reader to: by a `<meta http-equiv="refresh">`, as static hosts use because they
 * cannot redirect, or by `<redirect><newLocation>` (RSS Advisory Board, "Redirecting an RSS feed"). Null for any other document.
 */
export function signpostedAddress({ body }: { readonly body: Uint8Array }): string | null {
  if (body.length > LONGEST_SIGNPOST_BYTES) return null;
  const text = new TextDecoder().decode(body).replace(/<!--.*?-->|<noscript\b.*?<\/noscript>/gis, '');
  const [, moved] =
    /^\s*(?:<\?xml[^>]*>\s*)?<redirect>\s*<newLocation>\s*([^<\s]+)\s*<\/newLocation>/i.exec(text) ?? [];
  if (moved !== undefined) return withoutEscapes(moved);
  const [meta = ''] = /<meta\s(?=[^>]*http-equiv\s*=\s*["']?refresh\b)[^>]*>/i.exec(text) ?? [];
  const [, , content = ''] = /\scontent\s*=\s*(["'])(.*?)\1/is.exec(meta) ?? [];
  return addressIn(withoutEscapes(content));
}

const withoutEscapes = (text: string): string =>
  text.replace(/&(?:amp|#38|#x26);/gi, '&').replace(/&(?:quot|#34|#39);/gi, "'");

const readLocation = (header: string | undefined): string => inUtf8(header ?? '').trim();

/**
 * Node gives header bytes as Latin-1; addresses with raw UTF-8 in them are common and mean UTF-8. Other bytes beyond ASCII are part of
 * the server's own address and are sent back unchanged, percent-encoded.
 */
function inUtf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8');
  if (!text.includes('\uFFFD')) return text;
  return header.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
