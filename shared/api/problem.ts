// Errors as the API shows them: problem documents (RFC 9457). One table from code to status; no stack and no cause to the client.
import { type FeedCandidate, FeedRefusedError, InvalidInputError, TocsinError } from '../errors.ts';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  feed_refused: 422,
  unauthorized: 401,
  forbidden: 403,
  service_unavailable: 503,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Feed refused',
  500: 'Internal error',
  503: 'Service unavailable',
};

export interface Problem {
  /** `about:blank`: the code says more than a page would. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, to what, and what to do. */
  readonly detail: string;
  /** Stable; listed in docs/errors.md. */
  readonly code: string;
  /** Every problem of the input, one line each. */
  readonly problems?: readonly string[];
  /** Of a feed that was refused. */
  readonly kind?: FeedRefusedError['kind'];
  readonly temporary?: boolean;
  readonly candidates?: readonly FeedCandidate[];
}

export function problemOf(error: unknown): Problem {
  if (!(error instanceof TocsinError)) {
    return problem(500, 'internal', 'Something failed on our side; the log has the cause under this request id.');
  }
  const status = STATUS_BY_CODE[error.code] ?? (error instanceof InvalidInputError ? 400 : error.retryable ? 503 : 400);
  const problems = error instanceof InvalidInputError && error.problems.length > 0 ? error.problems : undefined;
  const summary = error.message.split('\n', 1)[0] ?? error.message;
  return {
    ...problem(status, error.code, summary),
    ...(problems === undefined ? {} : { problems }),
    ...feedDetails(error),
  };
}

const feedDetails = (error: TocsinError): Pick<Problem, 'kind' | 'temporary' | 'candidates'> =>
  error instanceof FeedRefusedError
    ? { kind: error.kind, temporary: error.temporary, candidates: error.candidates }
    : {};

export const problemResponse = (shown: Problem, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(shown), {
    status: shown.status,
    headers: { 'content-type': 'application/problem+json', ...SAFE_HEADERS, ...headers },
  });

/** On every answer of the API: it is never a page, never cached, never sniffed. */
export const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

function problem(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, code };
}
