// Errors as the API shows them: problem documents (RFC 9457), without a stack or a cause.
import { API_PROBLEMS, type ApiProblem, type ErrorCode, isProblemCode, type ProblemCode } from '../core/error-codes.ts';
import { type FeedCandidate, FeedRefusedError, InvalidInputError, TocsinError } from '../core/errors.ts';

/** One problem of the input. */
export interface InputProblem {
  /** Where it is, the value, what is allowed and the nearest known name, if there is one. */
  readonly detail: string;
  /** Place in the body: a JSON pointer as a URI fragment (`#/feeds/0/url`). */
  readonly pointer?: string;
  /** Name of the query parameter. */
  readonly parameter?: string;
}

export interface ProblemDocument {
  /** `urn:tocsin:problem:<code>`: a name, not an address. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened, to what, and what to do. */
  readonly detail: string;
  readonly code: ErrorCode;
  /** The problems of the input, sorted by place. */
  readonly errors?: readonly InputProblem[];
  /** These four for a feed that was refused. */
  readonly kind?: FeedRefusedError['kind'];
  readonly temporary?: boolean;
  readonly advice?: string;
  readonly candidates?: readonly FeedCandidate[];
}

/** Problems listed in one answer. */
export const MAX_PROBLEMS = 50;

const INTERNAL = 'Something failed on our side; the log has the cause under this request id.';

/** The query parameter that these problems are about. */
const PARAMETERS: Readonly<Partial<Record<ErrorCode, string>>> = { bad_cursor: 'cursor' };
/** Each line of these errors' problems begins with a field of the body and a colon. */
const NAME_FIELDS: readonly ErrorCode[] = ['invalid_subscription', 'invalid_output'];

/** A request that cannot be answered. */
export class RequestError extends TocsinError {
  readonly code: ProblemCode;
  readonly retryable = false;
  readonly problems: readonly InputProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    message: string,
    {
      problems = [],
      headers = {},
    }: { readonly problems?: readonly InputProblem[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.problems = problems;
    this.headers = headers;
  }
}

export function problemOf(error: unknown): ProblemDocument {
  if (!(error instanceof TocsinError)) return problemFor('internal', INTERNAL);
  return { ...documentOf(error.code, kindOf(error), summaryOf(error), problemsOf(error)), ...feedDetails(error) };
}

/** An input error lists its problems on the lines after the first. In other messages a line break can only come from a name. */
const summaryOf = (error: TocsinError): string =>
  error instanceof InvalidInputError
    ? error.message.replace(/\n.*/s, '')
    : error.message.replaceAll(/\s*[\r\n]+\s*/g, ' ');

const feedDetails = (error: TocsinError): Pick<ProblemDocument, 'kind' | 'temporary' | 'advice' | 'candidates'> =>
  error instanceof FeedRefusedError
    ? { kind: error.kind, temporary: error.temporary, advice: error.advice, candidates: error.candidates }
    : {};

/** A single problem is part of `detail` too. */
export const problemFor = (
  code: ProblemCode,
  summary: string,
  problems: readonly InputProblem[] = [],
): ProblemDocument => documentOf(code, API_PROBLEMS[code], summary, problems);

function documentOf(
  code: ErrorCode,
  { status, title }: ApiProblem,
  summary: string,
  problems: readonly InputProblem[],
): ProblemDocument {
  const [only] = problems;
  const isWhole = problems.length !== 1 || only === undefined || summary === only.detail;
  return {
    type: `urn:tocsin:problem:${code}`,
    title,
    status,
    detail: isWhole ? summary : `${summary}: ${only.detail}`,
    code,
    ...(problems.length === 0 ? {} : { errors: problems.slice(0, MAX_PROBLEMS) }),
  };
}

export function problemResponse(shown: ProblemDocument, headers: Readonly<Record<string, string>> = {}): Response {
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

const BEARER_CHALLENGE = 'Bearer realm="tocsin"';

/** On every answer of the API: it is never a page and never sniffed. */
export const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

function kindOf(error: TocsinError): ApiProblem {
  if (isProblemCode(error.code)) return API_PROBLEMS[error.code];
  if (error instanceof InvalidInputError) return { status: 400, title: 'Invalid input' };
  return error.retryable
    ? { status: 503, title: 'Temporarily unavailable' }
    : { status: 500, title: API_PROBLEMS.internal.title };
}

function problemsOf(error: TocsinError): readonly InputProblem[] {
  if (error instanceof RequestError) return error.problems;
  if (!(error instanceof InvalidInputError)) return [];
  const parameter = PARAMETERS[error.code];
  if (parameter !== undefined) return [{ detail: error.message, parameter }];
  return error.problems.map((detail) => {
    const field = NAME_FIELDS.includes(error.code) ? /^(\w+):/.exec(detail)?.[1] : undefined;
    return field === undefined ? { detail } : { detail, pointer: `#/${field}` };
  });
}
