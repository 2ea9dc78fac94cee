// Answers as HTTP wants them: JSON with a validator, 304 to those who have it already, and the same without a body for HEAD.
import { createHash } from 'node:crypto';
import { RequestError, SAFE_HEADERS } from './problem.ts';

/** Only for the client that asked, which has to revalidate it each time; with its ETag that costs no body. */
const KEPT = 'private, no-cache';
const NOT_KEPT = 'no-store';
const JSON_TYPE = 'application/json';
/** The parts of a SHA-256 that an ETag shows: 128 bits. */
const ETAG_BYTES = 16;

/** `body` as JSON; undefined for none. What GET and HEAD answer has an ETag, and is 304 when the client has it. */
export function jsonAnswer(
  request: Request,
  status: number,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
): Response {
  const always = { 'cache-control': NOT_KEPT, ...SAFE_HEADERS, ...more };
  if (body === undefined) return new Response(null, { status, headers: always });
  const text = JSON.stringify(body);
  const headers = { ...always, 'content-type': JSON_TYPE, 'content-length': String(Buffer.byteLength(text)) };
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(text, { status, headers });
  const etag = etagOf(text);
  const validator = { 'cache-control': KEPT, etag, vary: 'accept' };
  return hasAlready(request.headers.get('if-none-match'), etag)
    ? new Response(null, { status: 304, headers: { ...always, ...validator } })
    : new Response(text, { status, headers: { ...headers, ...validator } });
}

/** The answer to HEAD is that to GET without its body. */
export const withoutBodyForHead = (request: Request, response: Response): Response =>
  request.method === 'HEAD' ? new Response(null, { status: response.status, headers: response.headers }) : response;

/** Throws RequestError `not_acceptable` when the client takes no JSON. */
export function mustAcceptJson({ headers }: Request): void {
  const accept = headers.get('accept');
  if (accept === null || accept.trim() === '' || accept.split(',').some(takesJson)) return;
  throw new RequestError(
    'not_acceptable',
    `the API answers with ${JSON_TYPE}, which the header Accept does not allow; leave it out or add ${JSON_TYPE}`,
  );
}

function takesJson(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const isRefused = parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  return !isRefused && /^(?:\*\/\*|application\/(?:\*|json|[\w.+-]+\+json))$/.test(type);
}

const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest().subarray(0, ETAG_BYTES).toString('base64url')}"`;

/** RFC 9110, section 13.1.2: compared weakly, because a proxy that compresses makes our ETag weak. */
const hasAlready = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag));
