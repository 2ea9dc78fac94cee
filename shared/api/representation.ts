// Answers over HTTP: JSON with an ETag, 304 for clients that have it already, and HEAD without a body.
import { createHash } from 'node:crypto';
import { RequestError, SAFE_HEADERS } from './problem.ts';

/** Only for the client that asked, which revalidates it each time; with its ETag that costs no body. */
const CACHE_PRIVATELY = 'private, no-cache';
const DO_NOT_CACHE = 'no-store';
const JSON_TYPE = 'application/json';
/** Of a SHA-256, in an ETag: 128 bits. */
const ETAG_BYTES = 16;

/** `body` as JSON; undefined for none. Answers to GET and HEAD have an ETag, and are 304 when the client has that. */
export function jsonAnswer(
  request: Request,
  status: number,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
): Response {
  const always = { 'cache-control': DO_NOT_CACHE, ...SAFE_HEADERS, ...more };
  if (body === undefined) return new Response(null, { status, headers: always });
  const text = JSON.stringify(body);
  const headers = { ...always, 'content-type': JSON_TYPE, 'content-length': String(Buffer.byteLength(text)) };
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(text, { status, headers });
  const etag = etagOf(text);
  const validator = { 'cache-control': CACHE_PRIVATELY, etag, vary: 'accept' };
  return hasCurrent(request.headers.get('if-none-match'), etag)
    ? new Response(null, { status: 304, headers: { ...always, ...validator } })
    : new Response(text, { status, headers: { ...headers, ...validator } });
}

/** HEAD is answered like GET, without the body. */
export const withoutBodyForHead = (request: Request, response: Response): Response =>
  request.method === 'HEAD' ? new Response(null, { status: response.status, headers: response.headers }) : response;

/** Throws RequestError `not_acceptable` when the client does not accept JSON. */
export function mustAcceptJson({ headers }: Request): void {
  const accept = headers.get('accept');
  if (accept === null || accept.trim() === '' || accept.split(',').some(acceptsJson)) return;
  throw new RequestError(
    'not_acceptable',
    `the API answers with ${JSON_TYPE}, which the header Accept does not allow; leave it out or add ${JSON_TYPE}`,
  );
}

function acceptsJson(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  return !isRefused && /^(?:\*\/\*|application\/(?:\*|json|[\w.+-]+\+json))$/.test(type);
}

const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest().subarray(0, ETAG_BYTES).toString('base64url')}"`;

/** RFC 9110, section 13.1.2: compared weakly, because a proxy that compresses makes our ETag weak. */
const hasCurrent = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag));
