// The input of a request, checked against the schemas of its route; every problem is reported at once.
import * as z from 'zod/mini';
import { describeProblems, problemAt, type RequestPart } from './describe-problems.ts';
import { whereJsonFails } from './json-position.ts';
import { type InputProblem, RequestError } from './problem.ts';
import { quote } from './quote.ts';

/** Of a request's JSON body; pushes of topics are the largest. */
export const MAX_BODY_BYTES = 1024 * 1024;

interface Schemas<Path, Query, Body> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
}

/** Throws RequestError with the problems of query and body together. */
export async function readRequest<Path extends z.ZodMiniType, Query extends z.ZodMiniType, Body extends z.ZodMiniType>(
  schemas: Schemas<Path, Query, Body>,
  request: Request,
  parts: Readonly<Record<string, string>>,
): Promise<Schemas<z.output<Path>, z.output<Query>, z.output<Body>>> {
  const { given, repeated } = queryOf(request);
  const query = checked(schemas.query, given, 'query');
  const sent = schemas.body instanceof z.ZodMiniUndefined ? undefined : await jsonOf(request);
  const body = checked(schemas.body, sent, 'body');
  const problems = [...[...repeated, ...query.problems].sort(byParameter), ...body.problems];
  if (problems.length > 0 || !query.ok || !body.ok)
    throw refusal({ query: repeated.length + query.count, body: body.count }, problems);
  return { path: schemas.path.parse(parts), query: query.value, body: body.value };
}

const byParameter = (left: InputProblem, right: InputProblem): number =>
  (left.parameter ?? '') < (right.parameter ?? '') ? -1 : 1;

type Checked<Value> =
  | { readonly ok: true; readonly value: Value; readonly count: 0; readonly problems: readonly [] }
  | { readonly ok: false; readonly count: number; readonly problems: readonly InputProblem[] };

function checked<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  part: RequestPart,
): Checked<z.output<Schema>> {
  const result = schema.safeParse(value);
  return result.success
    ? { ok: true, value: result.data, count: 0, problems: [] }
    : { ok: false, ...describeProblems(result.error.issues, schema, value, part) };
}

function refusal(
  wrong: { readonly query: number; readonly body: number },
  problems: readonly InputProblem[],
): RequestError {
  const [code, what] =
    wrong.body === 0
      ? (['invalid_query', 'the query'] as const)
      : wrong.query === 0
        ? (['invalid_body', 'the body'] as const)
        : (['invalid_request', 'the query and the body'] as const);
  const count = wrong.query + wrong.body;
  return new RequestError(code, `${what} cannot be used${count === 1 ? '' : ` (${count} problems)`}`, { problems });
}

/** Parameters by name. A repeated one has its first value. */
function queryOf(request: Request): { readonly given: unknown; readonly repeated: readonly InputProblem[] } {
  const given = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of new URL(request.url).searchParams) {
    if (given.has(name)) repeated.add(name);
    else given.set(name, value);
  }
  return {
    given: Object.fromEntries(given),
    repeated: [...repeated].map((name) => problemAt('query', [name], 'is given more than once; expected one value')),
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
  new RequestError('invalid_body', detail, { problems: [{ detail, pointer: '#' }] });
