// Answers over HTTP: JSON with an ETag, 304 for clients that have it already, and HEAD without a body.
import { createHash } from 'node:crypto';
import { SECOND_MS } from '../core/time.ts';
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
  return status === 200 && (request.method === 'GET' || request.method === 'HEAD')
    ? representationFor(request, { text, type: JSON_TYPE, changedAt: null }, { ...always, vary: 'accept' })
    : new Response(text, { status, headers });
}

/** A document that clients read again and again. */
export interface Representation {
  readonly text: string;
  /** Its media type. */
  readonly type: string;
  /** When it last changed, RFC 3339; null: its ETag alone says whether it has changed. */
  readonly changedAt: string | null;
}

/** The answer to a GET or HEAD: 304 when the client has the document already (RFC 9110, section 13.2.2: the ETag decides where one is sent). */
export function representationFor(
  request: Request,
  { text, type, changedAt }: Representation,
  more: Readonly<Record<string, string>>,
): Response {
  const etag = etagOf(text);
  const always = {
    ...more,
    'cache-control': CACHE_PRIVATELY,
    etag,
    ...(changedAt === null ? {} : { 'last-modified': new Date(changedAt).toUTCString() }),
  };
  const ifNoneMatch = request.headers.get('if-none-match');
  const isCurrent =
    ifNoneMatch === null
      ? hasSince(request.headers.get('if-modified-since'), changedAt)
      : hasCurrent(ifNoneMatch, etag);
  return isCurrent
    ? new Response(null, { status: 304, headers: always })
    : new Response(text, {
        status: 200,
        headers: { ...always, 'content-type': type, 'content-length': String(Buffer.byteLength(text)) },
      });
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
const hasCurrent = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

/** A date of HTTP has no parts of a second. */
const hasSince = (ifModifiedSince: string | null, changedAt: string | null): boolean =>
  ifModifiedSince !== null &&
  changedAt !== null &&
  Date.parse(ifModifiedSince) >= Math.floor(Date.parse(changedAt) / SECOND_MS) * SECOND_MS;
