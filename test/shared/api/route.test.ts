// A route on its own: what its handler gets, and what the compiler refuses. Each @ts-expect-error is a test of `npm run types`.
import * as z from 'zod/mini';
import { NO_CONTENT, ok } from '../../../shared/api/answers.ts';
import { at, type RouteEntry, route } from '../../../shared/api/route.ts';
import { answer } from '../../../shared/api/router.ts';

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
