// A route table and the way from a request to its route. Knows nothing of what the routes do.
import * as z from 'zod/mini';
import { describeFaults, faultAt } from './describe-faults.ts';
import { whereJsonFails } from './json-fault.ts';
import { type Fault, problemOf, problemResponse, RequestError } from './problem.ts';
import { quote, suggestion } from './quote.ts';
import { jsonAnswer, mustAcceptJson, withoutBodyForHead } from './representation.ts';

/** Bodies are small JSON: a topic pack push is the largest. */
/** Of a request's body. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** No name in a path is longer; the database could not look for it. */
const MAX_NAME_CHARACTERS = 200;
const NOTHING_TAKEN = z.strictObject({});

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
  /** Codes of PROBLEMS that only this route answers with, in addition to those that its path, query and body can cause. */
  readonly refusals?: readonly string[];
  readonly handle: (input: RouteInput, ports: Ports) => Promise<Answer>;
}

/** Called for requests that failed through our fault (5xx). */
export interface FaultWatch {
  onFault(error: unknown): void;
  /** The detail for the client, where it may know more than the log's request id. */
  explain?(error: unknown): string | undefined;
}

/** Answers a request by the table; HEAD as GET. Never throws: what a route throws becomes a problem document. */
export async function answer<Ports>(
  routes: readonly Route<Ports>[],
  request: Request,
  ports: Ports,
  watch: FaultWatch,
): Promise<Response> {
  return withoutBodyForHead(request, await wholeAnswer(routes, request, ports, watch));
}

async function wholeAnswer<Ports>(
  routes: readonly Route<Ports>[],
  request: Request,
  ports: Ports,
  watch: FaultWatch,
): Promise<Response> {
  try {
    const found = findRoute(routes, request);
    if (found instanceof Response) return found;
    mustAcceptJson(request);
    const { status, body } = await found.route.handle(
      { path: found.path, ...(await readInput(found.route, request)) },
      ports,
    );
    return jsonAnswer(request, status, body);
  } catch (error) {
    const shown = problemOf(error);
    if (shown.status >= 500) watch.onFault(error);
    const detail = shown.code === 'internal' ? watch.explain?.(error) : undefined;
    return problemResponse(
      detail === undefined ? shown : { ...shown, detail },
      error instanceof RequestError ? error.headers : {},
    );
  }
}

// ---------------------------------------------------------------- the route

/** The route with the named parts of its path; or the answer to OPTIONS. Throws RequestError when there is none. */
function findRoute<Ports>(
  routes: readonly Route<Ports>[],
  request: Request,
): { route: Route<Ports>; path: Record<string, string> } | Response {
  const { pathname } = new URL(request.url);
  const here = routes.flatMap((route) => {
    const path = matchPath(route.path, pathname);
    return path === null ? [] : [{ route, path }];
  });
  if (here.length === 0) throw nothingAt(pathname, routes);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = here.find(({ route }) => route.method === method);
  if (found !== undefined) return { route: found.route, path: decodedPath(found.path) };
  const allow = methodsOf(here.map(({ route }) => route)).join(', ');
  if (method === 'OPTIONS') return jsonAnswer(request, 204, undefined, { allow });
  throw new RequestError('method_not_allowed', `${quote(pathname)} takes ${allow}; got ${quote(request.method)}`, {
    headers: { allow },
  });
}

const methodsOf = (routes: readonly Route<never>[]): readonly string[] => [
  ...routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  'OPTIONS',
];

function nothingAt(pathname: string, routes: readonly Route<never>[]): RequestError {
  const near = suggestion(pathname, [...new Set(routes.map(({ path }) => path))]);
  return new RequestError(
    'not_found',
    `there is nothing at ${quote(pathname)}.${near} GET /v1/openapi.json lists what there is`,
  );
}

/** The named parts of the path as they were sent, or null when it is not this route's. */
function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const got = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined ? want !== got : got === '') return null;
    if (name !== undefined) parts[name] = got;
  }
  return parts;
}

const decodedPath = (parts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, decoded(name, part)]));

function decoded(name: string, part: string): string {
  let value: string;
  try {
    value = decodeURIComponent(part);
  } catch {
    throw new RequestError(
      'invalid_path',
      `${name}: got ${quote(part)}; expected "%" only before two hexadecimal digits of UTF-8 ("%25" is "%")`,
    );
  }
  if (value.length > MAX_NAME_CHARACTERS)
    throw new RequestError(
      'invalid_path',
      `${name}: got ${quote(value)}; expected at most ${MAX_NAME_CHARACTERS} characters`,
    );
  return value;
}

// ---------------------------------------------------------------- query and body

/** Throws RequestError with all faults of query and body together. */
async function readInput(
  route: Pick<Route<never>, 'query' | 'body'>,
  request: Request,
): Promise<Pick<RouteInput, 'query' | 'body'>> {
  const { given, repeated } = queryOf(request);
  const query = checked(route.query ?? NOTHING_TAKEN, given, 'query');
  const body = route.body === undefined ? NO_BODY : checked(route.body, await jsonOf(request), 'body');
  const faults = [...[...repeated, ...query.faults].sort(byParameter), ...body.faults];
  const wrong = { query: repeated.length + query.count, body: body.count };
  if (faults.length > 0) throw refusal(wrong, faults);
  return { query: query.value as Record<string, unknown>, body: body.value };
}

const byParameter = (left: Fault, right: Fault): number => ((left.parameter ?? '') < (right.parameter ?? '') ? -1 : 1);

interface Checked {
  readonly value: unknown;
  readonly count: number;
  readonly faults: readonly Fault[];
}

const NO_BODY: Checked = { value: undefined, count: 0, faults: [] };

function checked(schema: z.ZodMiniType, value: unknown, part: 'query' | 'body'): Checked {
  const result = schema.safeParse(value);
  return result.success
    ? { value: result.data, count: 0, faults: [] }
    : { value: undefined, ...describeFaults(result.error.issues, schema, value, part) };
}

function refusal(wrong: { readonly query: number; readonly body: number }, faults: readonly Fault[]): RequestError {
  const [code, what] =
    wrong.body === 0
      ? (['invalid_query', 'the query'] as const)
      : wrong.query === 0
        ? (['invalid_body', 'the body'] as const)
        : (['invalid_request', 'the query and the body'] as const);
  const count = wrong.query + wrong.body;
  return new RequestError(code, `${what} cannot be used${count === 1 ? '' : ` (${count} faults)`}`, { faults });
}

/** Parameters by name; of one that is given twice the first value. */
function queryOf(request: Request): { readonly given: unknown; readonly repeated: readonly Fault[] } {
  const given = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of new URL(request.url).searchParams) {
    if (given.has(name)) repeated.add(name);
    else given.set(name, value);
  }
  return {
    given: Object.fromEntries(given),
    repeated: [...repeated].map((name) => faultAt('query', [name], 'is given more than once; expected one value')),
  };
}

async function jsonOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (request.body === null && type === '') throw notJson('the body is missing; expected JSON');
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    const got = type === '' ? 'the header is missing' : `got ${quote(type)}`;
    throw new RequestError('unsupported_media_type', `Content-Type: ${got}; expected application/json`, {
      headers: { accept: 'application/json' },
    });
  }
  if (encoding !== 'identity')
    throw new RequestError(
      'unsupported_media_type',
      `Content-Encoding: got ${quote(encoding)}; send the body as it is`,
      {
        headers: { 'accept-encoding': 'identity' },
      },
    );
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > MAX_BODY_BYTES)
    throw new RequestError(
      'body_too_large',
      `the body has ${bytes.byteLength} bytes; expected at most ${MAX_BODY_BYTES}`,
    );
  return parseJson(textOf(bytes));
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson('the body is not UTF-8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(
      text.trim() === '' ? 'the body is empty; expected JSON' : `the body is not JSON: ${whereJsonFails(text)}`,
    );
  }
}

const notJson = (detail: string): RequestError =>
  new RequestError('invalid_body', detail, { faults: [{ detail, pointer: '#' }] });
