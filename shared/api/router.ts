// A route table and the way from a request to its route. Knows nothing of what the routes do.
import type * as z from 'zod/mini';
import { InvalidInputError, TocsinError } from '../errors.ts';
import { problemOf, problemResponse, SAFE_HEADERS } from './problem.ts';

/** Bodies are small JSON: a topic pack push is the largest. */
const MAX_BODY_BYTES = 1024 * 1024;

export interface RouteInput {
  /** Named parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  /** JSON; undefined for 204. */
  readonly body?: unknown;
}

/** One line of the table; the OpenAPI document is made from it too. */
export interface Route<Ports> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/matches/{id}` */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** Status -> schema of the JSON answered, null for no body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  readonly handle: (input: RouteInput, ports: Ports) => Promise<Answer>;
}

class RequestError extends TocsinError {
  readonly code: string;
  readonly retryable = false;
  readonly headers: Record<string, string>;

  constructor(code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/**
 * Answers a request by the table. Never throws: what a route throws becomes a problem document, and `onFault` is told
 * of what is our fault (5xx).
 */
export async function answer<Ports>(
  routes: readonly Route<Ports>[],
  request: Request,
  ports: Ports,
  onFault: (error: unknown) => void,
): Promise<Response> {
  try {
    const { route, path } = findRoute(routes, request);
    const query = checked(route.query, queryOf(request), 'query parameter', 'invalid_query');
    const body =
      route.body === undefined ? undefined : checked(route.body, await jsonOf(request), 'body', 'invalid_body');
    const given = await route.handle({ path, query: query as Record<string, unknown>, body }, ports);
    if (given.body === undefined) return new Response(null, { status: given.status, headers: SAFE_HEADERS });
    return new Response(JSON.stringify(given.body), {
      status: given.status,
      headers: { 'content-type': 'application/json', ...SAFE_HEADERS },
    });
  } catch (error) {
    const shown = problemOf(error);
    if (shown.status >= 500) onFault(error);
    return problemResponse(shown, error instanceof RequestError ? error.headers : {});
  }
}

function findRoute<Ports>(
  routes: readonly Route<Ports>[],
  request: Request,
): { route: Route<Ports>; path: Record<string, string> } {
  const { pathname } = new URL(request.url);
  const here = routes.flatMap((route) => {
    const path = matchPath(route.path, pathname);
    return path === null ? [] : [{ route, path }];
  });
  const found = here.find(({ route }) => route.method === request.method);
  if (found !== undefined) return found;
  if (here.length === 0)
    throw new RequestError('not_found', `there is nothing at ${pathname}; GET /v1/openapi.json lists what there is`);
  const allow = here.map(({ route }) => route.method).join(', ');
  throw new RequestError('method_not_allowed', `${pathname} takes ${allow}, not ${request.method}`, { allow });
}

/** The named parts of the path, or null when it is not this route's. */
export function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const got = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined) {
      if (want !== got) return null;
      continue;
    }
    const value = decoded(got);
    if (value === null || value === '') return null;
    parts[name] = value;
  }
  return parts;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function queryOf(request: Request): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(query, name))
      throw new InvalidInputError('invalid_query', `the query parameter "${name}" is given twice`);
    query[name] = value;
  }
  return query;
}

async function jsonOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new RequestError(
      'unsupported_media_type',
      `send application/json, not ${type === '' ? 'an unnamed type' : `"${type.slice(0, 60)}"`}`,
    );
  }
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES) {
    throw new RequestError('body_too_large', `the body has ${bytes.byteLength} bytes, ${MAX_BODY_BYTES} are allowed`);
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidInputError('invalid_body', `the body is not JSON: ${(cause as Error).message}`, [], { cause });
  }
}

function checked(schema: z.ZodMiniType | undefined, value: unknown, what: string, code: string): unknown {
  if (schema === undefined) {
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      throw new InvalidInputError(code, `no ${what} is taken here; got ${Object.keys(value).join(', ').slice(0, 100)}`);
    }
    return {};
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `"${key}"`).join(', ')}: no such ${what}`
      : `${issue.path.join('.') || what}: ${issue.message}`,
  );
  throw new InvalidInputError(code, `the ${what} cannot be used`, problems);
}
