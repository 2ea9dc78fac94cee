// A route on its own: what its handler gets, and what the compiler refuses. Each @ts-expect-error is a test of `npm run types`.
import * as z from 'zod/mini';
import { NO_CONTENT, ok } from '../../../shared/api/answers.ts';
import { createApi } from '../../../shared/api/handle.ts';
import { RequestError } from '../../../shared/api/problem.ts';
import { at, type RouteEntry, route } from '../../../shared/api/route.ts';
import { answer } from '../../../shared/api/router.ts';
import { ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { aLog } from '../../support/fakes.ts';

interface Ports {
  readonly seen: unknown[];
}

const getThing = route({
  summary: 'One thing',
  path: z.strictObject({ id: z.string() }),
  query: z.strictObject({ limit: z.optional(z.pipe(z.string(), z.transform(Number))) }),
  body: z.strictObject({ names: z.array(z.string()) }),
  answers: { 200: z.strictObject({ id: z.string(), count: z.int() }), 204: null },
  handle: async ({ path, query, body }, { seen }: Ports) => {
    const input: { id: string; limit: number | undefined; names: string[] } = {
      id: path.id,
      limit: query.limit,
      names: body.names,
    };
    seen.push(input);
    return input.names.length === 0 ? NO_CONTENT : ok({ id: input.id, count: input.names.length });
  },
});

const ask = async (routes: readonly RouteEntry<Ports>[], path: string, body?: unknown) => {
  const seen: unknown[] = [];
  const errors: unknown[] = [];
  const response = await answer(
    routes,
    new Request(`https://api.example.org${path}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
    { seen },
    { onServerError: (error) => void errors.push(error), explain: (error) => `seen: ${String(error)}` },
  );
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), seen, errors };
};

it('the handler gets path, query and body as their schemas let them through', async () => {
  const routes = [at('POST', '/things/{id}', 'getThing', getThing)];

  const { status, body, seen } = await ask(routes, '/things/a%20b?limit=3', { names: ['x', 'y'] });

  expect([status, body]).toEqual([200, { id: 'a b', count: 2 }]);
  expect(seen).toEqual([{ id: 'a b', limit: 3, names: ['x', 'y'] }]);
  expect((await ask(routes, '/things/a', { names: [] })).status).toBe(204);
});

it('the handler is not called with input that a schema refuses', async () => {
  const routes = [at('POST', '/things/{id}', 'getThing', getThing)];

  const { status, body, seen } = await ask(routes, '/things/a?other=1', { names: 'x' });

  expect([status, body.code, body.errors.length, seen]).toEqual([400, 'invalid_request', 2, []]);
});

it('a route without schemas takes neither query nor body', async () => {
  const touch = route({ summary: 'Nothing', answers: { 204: null }, handle: async () => NO_CONTENT });
  const routes = [at('POST', '/touch', 'touch', touch)];

  expect((await ask(routes, '/touch')).status).toBe(204);
  expect((await ask(routes, '/touch?x=1')).status).toBe(400);
});

it('an unexpected error is reported once, and explained only where that is allowed', async () => {
  const fail = route({
    summary: 'Fails',
    answers: { 204: null },
    handle: async () => {
      throw new Error('a bug');
    },
  });

  const { status, body, errors } = await ask([at('POST', '/fail', 'fail', fail)], '/fail');

  expect([status, body.code, body.detail]).toEqual([500, 'internal', 'seen: Error: a bug']);
  expect(errors).toEqual([new Error('a bug')]);
});

it('the compiler compares the names in a path with the schema of the route', () => {
  const paths = [
    at('POST', '/things/{id}', 'getThing', getThing),
    // @ts-expect-error: the route needs {id}
    at('POST', '/things', 'getThing', getThing),
    // @ts-expect-error: {name} is not {id}
    at('POST', '/things/{name}', 'getThing', getThing),
    // @ts-expect-error: nothing takes {part}
    at('POST', '/things/{id}/{part}', 'getThing', getThing),
  ];

  expect(paths.map(({ path }) => path)).toEqual(['/things/{id}', '/things', '/things/{name}', '/things/{id}/{part}']);
});

it('the compiler compares answers with the schemas of their statuses', () => {
  const answers = { 200: z.strictObject({ id: z.string() }) };
  const routes = [
    // @ts-expect-error: a number is not text
    route({ summary: '', answers, handle: async () => ok({ id: 1 }) }),
    // @ts-expect-error: the field is missing
    route({ summary: '', answers, handle: async () => ok({}) }),
    // @ts-expect-error: 204 is not among the statuses
    route({ summary: '', answers, handle: async () => NO_CONTENT }),
    // @ts-expect-error: without a body schema there is no body
    route({ summary: '', answers, handle: async ({ body }) => ok({ id: body.id }) }),
  ];

  expect(routes).toHaveLength(4);
});

describe('a route that throws', () => {
  const thrown = async (error: unknown, explain?: (error: unknown) => string | undefined) => {
    const handle = (): Promise<typeof NO_CONTENT> => Promise.reject(error);
    const fail = route({ summary: 'Fails', answers: { 204: null }, handle });
    const reported: unknown[] = [];
    const response = await answer(
      [at('GET', '/fail', 'fail', fail)],
      new Request('https://api.example.org/fail'),
      {},
      { onServerError: (each) => void reported.push(each), ...(explain === undefined ? {} : { explain }) },
    );
    const { status, code, detail } = await response.json();
    return { status, code, detail, allow: response.headers.get('allow'), reported };
  };
  const INTERNAL = 'Something failed on our side; the log has the cause under this request id.';

  it('an error of the request is no report, and keeps its headers', async () => {
    const error = new RequestError('method_not_allowed', 'not so', { headers: { allow: 'PUT' } });

    expect(await thrown(error, () => 'explained')).toEqual({
      status: 405,
      code: 'method_not_allowed',
      detail: 'not so',
      allow: 'PUT',
      reported: [],
    });
  });

  it('an error of the server is reported, and explained only where it is unexpected', async () => {
    const expected = new ServiceUnavailableError('no answer');
    const surprise = new Error('a bug');

    expect(await thrown(expected, () => 'explained')).toMatchObject({
      status: 503,
      detail: 'no answer',
      reported: [expected],
    });
    expect(await thrown(surprise, () => undefined)).toMatchObject({
      status: 500,
      detail: INTERNAL,
      reported: [surprise],
    });
    expect(await thrown(surprise)).toMatchObject({ status: 500, detail: INTERNAL, reported: [surprise] });
  });

  it('is in the log with its method and its path, but without its query', async () => {
    const log = aLog();
    const error = new Error('a bug');
    const api = createApi({ log, topics: { listEntries: () => Promise.reject(error) } } as never);
    await api(new Request('https://api.example.org/v1/topics?state=all'));

    expect(log.lines).toEqual([
      { level: 'error', message: 'request failed', fields: { method: 'GET', path: '/v1/topics', error } },
    ]);
  });
});

describe('a path', () => {
  const touch = (id: string) => route({ summary: id, answers: { 204: null }, handle: async () => NO_CONTENT });
  const thing = route({
    summary: 'A thing',
    path: z.strictObject({ id: z.string(), part: z.string() }),
    answers: { 200: z.strictObject({ id: z.string(), part: z.string() }) },
    handle: async ({ path }) => ok(path),
  });
  const routes: readonly RouteEntry<unknown>[] = [
    at('GET', '/things', 'list', touch('list')),
    at('PUT', '/things', 'put', touch('put')),
    at('PUT', '/things/all', 'putAll', touch('putAll')),
    at('GET', '/things/{id}/{part}', 'get', thing as never),
  ];
  const asked = async (method: string, path: string) => {
    const response = await answer(
      routes,
      new Request(`https://api.example.org${path}`, { method }),
      {},
      { onServerError: () => {} },
    );
    const text = await response.text();
    return {
      status: response.status,
      allow: response.headers.get('allow'),
      body: text === '' ? null : JSON.parse(text),
    };
  };

  it('may have several names, each of which is decoded', async () => {
    expect((await asked('GET', '/things/a%2Fb/%25')).body).toEqual({ id: 'a/b', part: '%' });
  });

  it.each([
    ['GET', '/things/a/', 404],
    ['GET', '/things//b', 404],
    ['GET', '/things/a/b/c', 404],
    ['GET', '/thing', 404],
    ['GET', '/things/all', 405],
    ['PUT', '/things/all', 204],
    ['HEAD', '/things', 204],
    ['PATCH', '/things', 405],
  ])('%s %s is answered with %d', async (method, path, status) => {
    expect((await asked(method, path)).status).toBe(status);
  });

  it('tells its methods, to OPTIONS and to one that it does not take', async () => {
    expect(await asked('OPTIONS', '/things')).toEqual({ status: 204, allow: 'GET, HEAD, PUT, OPTIONS', body: null });
    expect(await asked('OPTIONS', '/things/all')).toMatchObject({ allow: 'PUT, OPTIONS' });
    expect(await asked('HEAD', '/things/all')).toMatchObject({ status: 405, allow: 'PUT, OPTIONS', body: null });
    expect((await asked('DELETE', '/things')).body.detail).toBe(
      '"/things" allows GET, HEAD, PUT, OPTIONS; got "DELETE"',
    );
  });

  it('that is unknown comes with each that is near, once', async () => {
    expect((await asked('GET', '/thingz')).body.detail).toBe(
      'unknown path "/thingz". Did you mean "/things"? GET /v1/openapi.json lists all paths',
    );
    expect((await asked('GET', '/')).body.detail).toBe('unknown path "/". GET /v1/openapi.json lists all paths');
  });

  it.each([
    ['a name of 200 characters', 'x'.repeat(200), 200],
    ['a name of 201', 'x'.repeat(201), 400],
    // Counted when they are decoded.
    ['200 characters that are written as 600', '%41'.repeat(200), 200],
  ])('may hold %s: %#', async (_name, name, status) => {
    expect((await asked('GET', `/things/a/${name}`)).status).toBe(status);
  });
});

describe('a query and a body', () => {
  const search = route({
    summary: 'Search',
    query: z.strictObject({
      after: z.optional(z.string()),
      before: z.optional(z.string()),
      zone: z.optional(z.string()),
    }),
    body: z.strictObject({ n: z.int() }),
    answers: { 200: z.looseObject({}) },
    handle: async ({ query, body }) => ok({ ...query, ...body }),
  });
  const refusal = async (path: string, body: unknown) => {
    const { body: shown } = await ask([at('POST', '/search', 'search', search as never)], path, body);
    return {
      code: shown.code,
      detail: shown.detail,
      errors: (shown.errors ?? []).map(({ detail }: { detail: string }) => detail),
    };
  };
  const TWICE = 'is given more than once; expected one value';

  it('that are right are both given', async () => {
    const { body } = await ask([at('POST', '/search', 'search', search as never)], '/search?after=1&before=2', {
      n: 3,
    });

    expect(body).toEqual({ after: '1', before: '2', n: 3 });
  });

  it.each<[string, string, unknown, object]>([
    [
      'a repeated parameter',
      '/search?after=1&after=2&after=3',
      { n: 1 },
      { code: 'invalid_query', detail: `the query cannot be used: after: ${TWICE}`, errors: [`after: ${TWICE}`] },
    ],
    [
      'several parameters, by name',
      '/search?zone=1&zone=2&query=1&after=1&after=2',
      { n: 1 },
      {
        code: 'invalid_query',
        detail: 'the query cannot be used (3 problems)',
        errors: [`after: ${TWICE}`, 'query: unknown parameter; known: after, before, zone.', `zone: ${TWICE}`],
      },
    ],
    [
      'the body',
      '/search',
      { n: 'x' },
      {
        code: 'invalid_body',
        detail: 'the body cannot be used: n: got "x"; expected a number',
        errors: ['n: got "x"; expected a number'],
      },
    ],
    [
      'both, the query first',
      '/search?query=1',
      { n: 'x', m: 1 },
      {
        code: 'invalid_request',
        detail: 'the query and the body cannot be used (3 problems)',
        errors: [
          'query: unknown parameter; known: after, before, zone.',
          'm: unknown field; known: n. Did you mean "n"?',
          'n: got "x"; expected a number',
        ],
      },
    ],
  ])('that are wrong in %s are refused', async (_name, path, body, wanted) => {
    expect(await refusal(path, body)).toEqual(wanted);
  });
});

it('a route has what its definition says, and nothing where that is silent', () => {
  const body = z.strictObject({});
  const answers = { 204: null };
  const { respond: _, ...silent } = route({ summary: 'One', answers, handle: async () => NO_CONTENT });
  const full = route({ summary: 'Two', answers, body, refusals: ['conflict'], handle: async () => NO_CONTENT });

  expect(silent).toMatchObject({ summary: 'One', answers, refusals: [], body: undefined });
  expect(Object.keys(silent.query.shape)).toEqual([]);
  expect(Object.keys(silent.path.shape)).toEqual([]);
  expect(full).toMatchObject({ summary: 'Two', body, refusals: ['conflict'] });
  expect(at('PUT', '/two', 'two', full)).toEqual({ ...full, method: 'PUT', path: '/two', id: 'two', role: 'admin' });
  expect(at('GET', '/two', 'two', full).role).toBe('read');
  expect(at('GET', '/two', 'two', full, 'admin').role).toBe('admin');
});
