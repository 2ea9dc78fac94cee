// From a request to its route, and from the route's answer to a response.
import { mustHaveRole } from './access.ts';
import { problemOf, problemResponse, RequestError } from './problem.ts';
import { quote, suggestion } from './quote.ts';
import { jsonAnswer, mustAcceptJson, withoutBodyForHead } from './representation.ts';
import type { RouteEntry } from './route.ts';

/** Of a name in a path; the database cannot look up a longer one. */
const MAX_NAME_CHARACTERS = 200;

export interface ServerErrors {
  /** Called for every answer with a status of 500 or more. */
  onServerError(error: unknown): void;
  /** The detail of an unexpected error, for clients that may see more than the log's request id. */
  explain?(error: unknown): string | undefined;
}

/** Answers a request from the table; HEAD as GET. Never throws: what a route throws becomes a problem document. */
export async function answer<Ports>(
  routes: readonly RouteEntry<Ports>[],
  request: Request,
  ports: Ports,
  errors: ServerErrors,
): Promise<Response> {
  return withoutBodyForHead(request, await wholeAnswer(routes, request, ports, errors));
}

async function wholeAnswer<Ports>(
  routes: readonly RouteEntry<Ports>[],
  request: Request,
  ports: Ports,
  errors: ServerErrors,
): Promise<Response> {
  try {
    const found = findRoute(routes, request);
    if (found instanceof Response) return found;
    mustAcceptJson(request);
    mustHaveRole(request, found.route.role);
    const { status, body } = await found.route.respond(request, found.path, ports);
    return jsonAnswer(request, status, body);
  } catch (error) {
    const shown = problemOf(error);
    if (shown.status >= 500) errors.onServerError(error);
    const detail = shown.code === 'internal' ? errors.explain?.(error) : undefined;
    return problemResponse(
      detail === undefined ? shown : { ...shown, detail },
      error instanceof RequestError ? error.headers : {},
    );
  }
}

// ---------------------------------------------------------------- the route

/** The route with the named parts of its path; or the answer to OPTIONS. Throws RequestError when there is none. */
function findRoute<Ports>(
  routes: readonly RouteEntry<Ports>[],
  request: Request,
): { route: RouteEntry<Ports>; path: Record<string, string> } | Response {
  const { pathname } = new URL(request.url);
  const here = routes.flatMap((route) => {
    const path = matchPath(route.path, pathname);
    return path === null ? [] : [{ route, path }];
  });
  if (here.length === 0) throw unknownPath(pathname, routes);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = here.find(({ route }) => route.method === method);
  if (found !== undefined) return { route: found.route, path: decodedPath(found.path) };
  const allow = methodsOf(here.map(({ route }) => route)).join(', ');
  if (method === 'OPTIONS') return jsonAnswer(request, 204, undefined, { allow });
  throw new RequestError('method_not_allowed', `${quote(pathname)} allows ${allow}; got ${quote(request.method)}`, {
    headers: { allow },
  });
}

const methodsOf = (routes: readonly RouteEntry<never>[]): readonly string[] => [
  ...routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  'OPTIONS',
];

function unknownPath(pathname: string, routes: readonly RouteEntry<never>[]): RequestError {
  const near = suggestion(pathname, [...new Set(routes.map(({ path }) => path))]);
  return new RequestError('not_found', `unknown path ${quote(pathname)}.${near} GET /v1/openapi.json lists all paths`);
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
