// Requests to the API of this server. Errors are problems as the API words them.

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do, line by line. */
  readonly help: readonly string[];
  /** Feeds that the page at the address names, where there are several. */
  readonly candidates: readonly { readonly url: string; readonly title?: string | null }[];

  constructor(
    status: number,
    problem: {
      readonly code?: string;
      readonly detail?: string;
      readonly advice?: string;
      readonly candidates?: ApiError['candidates'];
    },
  ) {
    super(problem.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = problem.code ?? '';
    this.help = problem.advice === undefined ? [] : [problem.advice];
    this.candidates = problem.candidates ?? [];
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>;

const withQuery = (path: string, query: Query): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** Throws ApiError, and what `fetch` throws when the server cannot be reached or `signal` ends the request. */
async function ask<Answer>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  });
  const text = await response.text();
  if (response.status === 401) location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
  if (!response.ok) throw new ApiError(response.status, parsed(text));
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

export const get = <Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> =>
  ask('GET', withQuery(path, query), undefined, signal);
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => ask('PUT', path, body);
export const post = <Answer>(path: string, body: unknown = {}): Promise<Answer> => ask('POST', path, body);
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> => ask('PATCH', path, body);
export const remove = <Answer>(path: string): Promise<Answer> => ask('DELETE', path, undefined);
