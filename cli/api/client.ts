// Sends requests to the HTTP API, and turns its refusals into errors worded for someone who typed a command.
import { CALLER_HEADER } from '../../shared/api/caller.ts';
import { isProblemCode } from '../../shared/core/error-codes.ts';
import { InvalidInputError, ServiceUnavailableError } from '../../shared/core/errors.ts';

export interface ApiClient {
  /**
   * The JSON answered, null for no content. `T` is what the OpenAPI document states for the route; it is not checked. Throws
   * InvalidInputError for 4xx, ServiceUnavailableError for 5xx and no answer.
   */
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<T>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

export type SendRequest = (request: Request) => Promise<Response>;

/** The API's refusal with every field of its answer: it may have more than code, detail and errors. */
export class ApiProblemError extends InvalidInputError {
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(
    code: InvalidInputError['code'],
    detail: string,
    problems: readonly string[],
    problem: Readonly<Record<string, unknown>>,
  ) {
    super(code, detail, problems);
    this.problem = problem;
  }
}

export function apiClient(base: string, send: SendRequest, close: () => Promise<void> = async () => {}): ApiClient {
  return {
    close,
    call: async (method, path, { query = {}, body } = {}) => {
      const url = new URL(base.replace(/\/$/, '') + path);
      for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
      const request = new Request(url, {
        method,
        headers: {
          [CALLER_HEADER]: 'command line',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await send(request).catch((cause: unknown) => {
        throw new ServiceUnavailableError(`${url.host} does not answer; is Tocsin running there?`, { cause });
      });
      return contentOf(response, `${method} ${url.pathname}`);
    },
  };
}

async function contentOf<T>(response: Response, request: string): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text === '' ? 'null' : text);
  const problem = problemOf(text);
  const excerpt = text === '' ? '' : `: ${text.slice(0, 200)}`;
  const detail = inCommandWords(problem?.detail ?? `${request} failed with HTTP ${response.status}${excerpt}`);
  if (response.status >= 500) throw new ServiceUnavailableError(detail);
  const hint =
    response.status === 403 && problem === null
      ? [`${request}: IAM refuses; these credentials need execute-api:Invoke on the API`]
      : [];
  // When there is only one problem, it is in the detail already.
  const problems = problemsIn(problem)
    .map(inCommandWords)
    .filter((each) => !detail.includes(each));
  const code = problem !== null && isProblemCode(problem.code) ? problem.code : (`http_${response.status}` as const);
  throw new ApiProblemError(code, detail, [...problems, ...hint], { ...problem });
}

/** Rewords what the API says to its callers for someone who typed a command and sees neither query nor body. */
export const inCommandWords = (text: string): string =>
  text
    .replace(/^the (?:query|body|query and the body) cannot be used(?:: )?(?: \(\d+ (?:faults|problems)\))?/, '')
    .replace(/^$/, 'some values cannot be used')
    .replace(/GET \/v1\/(topics|feeds) lists them/, 'tocsin $1 list shows them')
    .replace(/GET \/v1\/(matches|stories|subscriptions) lists them/, 'tocsin $1 shows them')
    .replace('send "verify": false', 'add --anyway');

interface ProblemDocument {
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly detail: string }[];
  /** What a deployment of an older version sends. */
  readonly problems?: readonly string[];
}

const problemsIn = (problem: ProblemDocument | null): readonly string[] =>
  problem?.errors?.map(({ detail }) => detail) ?? problem?.problems ?? [];

/** Null for an answer that is not a problem document, such as a proxy's. */
function problemOf(text: string): ProblemDocument | null {
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : null;
  } catch {
    return null;
  }
}

const isProblem = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string';
