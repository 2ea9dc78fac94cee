// Errors as the API shows them: problem documents (RFC 9457). One table from code to status and title; no stack and no cause to the client.
import { type FeedCandidate, FeedRefusedError, InvalidInputError, TocsinError } from '../core/errors.ts';

interface Kind {
  readonly status: number;
  /** The same for every problem of this code; what is special about one is in its `detail`. */
  readonly title: string;
  /** The query parameter at fault, where it is always the same. */
  readonly parameter?: string;
  /** Each line of the error's problems begins with the field of the body at fault and a colon. */
  readonly namesFields?: boolean;
}

/** Every code that the API answers with; listed in docs/errors.md too, and a test compares the two. */
export const PROBLEMS: Readonly<Record<string, Kind>> = {
  invalid_request: { status: 400, title: 'Invalid request' },
  invalid_path: { status: 400, title: 'Invalid path' },
  invalid_query: { status: 400, title: 'Invalid query' },
  invalid_body: { status: 400, title: 'Invalid body' },
  invalid_feed_url: { status: 400, title: 'Invalid feed address' },
  invalid_topic: { status: 400, title: 'Invalid topics' },
  invalid_subscription: { status: 400, title: 'Invalid subscription', namesFields: true },
  address_suppressed: { status: 400, title: 'Address suppressed' },
  delivery_refused: { status: 400, title: 'Delivery refused' },
  bad_cursor: { status: 400, title: 'Invalid cursor', parameter: 'cursor' },
  topics_missing: { status: 400, title: 'Pack files are gone' },
  unknown_topic: { status: 400, title: 'Unknown topic' },
  unknown_feed: { status: 400, title: 'Unknown feed' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  not_acceptable: { status: 406, title: 'Not acceptable' },
  conflict: { status: 409, title: 'Conflict' },
  file_exists: { status: 409, title: 'File exists' },
  body_too_large: { status: 413, title: 'Content too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  feed_refused: { status: 422, title: 'Feed refused' },
  internal: { status: 500, title: 'Internal error' },
  damaged_record: { status: 500, title: 'Damaged record' },
  message_refused: { status: 500, title: 'Message refused' },
  service_unavailable: { status: 503, title: 'Service unavailable' },
  sender_refused: { status: 503, title: 'Sender refused' },
  disk_full: { status: 503, title: 'Disk full' },
  unwritable_data: { status: 503, title: 'Data folder not writable' },
};

/** One fault of the input. */
export interface Fault {
  /** Where, what was got, what is allowed and, where there is one, the nearest known name. */
  readonly detail: string;
  /** Place in the body: a JSON pointer as a URI fragment (`#/feeds/0/url`). */
  readonly pointer?: string;
  /** Name of the query parameter. */
  readonly parameter?: string;
}

export interface Problem {
  /** `urn:tocsin:problem:<code>`: a name, not an address. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, to what, and what to do. */
  readonly detail: string;
  /** Stable; listed in docs/errors.md. */
  readonly code: string;
  /** Every fault of the input, sorted by place. */
  readonly errors?: readonly Fault[];
  /** Of a feed that was refused. */
  readonly kind?: FeedRefusedError['kind'];
  readonly temporary?: boolean;
  readonly advice?: string;
  readonly candidates?: readonly FeedCandidate[];
}

/** Faults listed in one answer. */
export const MOST_FAULTS = 50;

/** A request that cannot be answered; `code` is one of PROBLEMS. */
export class RequestError extends TocsinError {
  readonly code: string;
  readonly retryable = false;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    { faults = [], headers = {} }: { faults?: readonly Fault[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.faults = faults;
    this.headers = headers;
  }
}

export function problemOf(error: unknown): Problem {
  if (!(error instanceof TocsinError))
    return problemFor('internal', 'Something failed on our side; the log has the cause under this request id.');
  return { ...problemFor(error.code, summaryOf(error), faultsOf(error)), ...kindOf(error), ...feedDetails(error) };
}

/** The lines after the first are the problems of an input. In other messages a line break can only come from the name of something. */
const summaryOf = (error: TocsinError): string =>
  error instanceof InvalidInputError
    ? (error.message.split('\n', 1)[0] ?? error.message)
    : error.message.replaceAll(/\s*[\r\n]+\s*/g, ' ');

const feedDetails = (error: TocsinError): Pick<Problem, 'kind' | 'temporary' | 'advice' | 'candidates'> =>
  error instanceof FeedRefusedError
    ? { kind: error.kind, temporary: error.temporary, advice: error.advice, candidates: error.candidates }
    : {};

/** A problem of a code of PROBLEMS. A single fault is told in `detail` too. */
export function problemFor(code: string, summary: string, faults: readonly Fault[] = []): Problem {
  const { status, title } = PROBLEMS[code] ?? UNFORESEEN.input;
  const { length } = faults;
  return {
    type: `urn:tocsin:problem:${code}`,
    title,
    status,
    detail: length !== 1 || summary === faults[0]?.detail ? summary : `${summary}: ${faults[0]?.detail}`,
    code,
    ...(length === 0 ? {} : { errors: faults.slice(0, MOST_FAULTS) }),
  };
}

export function problemResponse(shown: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  const body = JSON.stringify(shown);
  return new Response(body, {
    status: shown.status,
    headers: {
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      ...SAFE_HEADERS,
      // RFC 9110, section 11.6.1: every 401 names the scheme that would do.
      ...(shown.status === 401 ? { 'www-authenticate': BEARER_CHALLENGE } : {}),
      ...headers,
    },
  });
}

export const BEARER_CHALLENGE = 'Bearer realm="tocsin"';

/** On every answer of the API: it is never a page and never sniffed. */
export const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Errors of codes that are not in the table. */
const UNFORESEEN = {
  input: { status: 400, title: 'Invalid input' },
  later: { status: 503, title: 'Temporarily unavailable' },
  ours: { status: 500, title: 'Internal error' },
} as const;

function kindOf(error: TocsinError): { readonly status: number; readonly title: string } {
  const known = PROBLEMS[error.code];
  if (known !== undefined) return { status: known.status, title: known.title };
  if (error instanceof InvalidInputError) return UNFORESEEN.input;
  return error.retryable ? UNFORESEEN.later : UNFORESEEN.ours;
}

function faultsOf(error: TocsinError): readonly Fault[] {
  if (error instanceof RequestError) return error.faults;
  if (!(error instanceof InvalidInputError)) return [];
  const { parameter, namesFields = false } = PROBLEMS[error.code] ?? {};
  if (parameter !== undefined) return [{ detail: error.message, parameter }];
  return error.problems.map((detail) => {
    const field = namesFields ? /^(\w+):/.exec(detail)?.[1] : undefined;
    return field === undefined ? { detail } : { detail, pointer: `#/${field}` };
  });
}
