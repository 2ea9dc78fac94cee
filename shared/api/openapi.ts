// The OpenAPI 3.1 document, made from the route table, the schemas and the table of problems, so that it cannot contradict them.
import * as z from 'zod/mini';
import { API_PROBLEMS, type ProblemCode } from '../core/error-codes.ts';
import { DESCRIPTIONS, EXAMPLES, INFO, OTHER_TAG, SECURITY_SCHEMES, SERVERS, TAGS } from './openapi-texts.ts';
import type { ProblemDocument } from './problem.ts';
import type { RouteEntry } from './route.ts';
import { problemSchema } from './schemas.ts';

type Json = Record<string, unknown>;
/** Only what the document shows of a route. */
export type DocumentedRoute = Omit<RouteEntry<never>, 'respond'>;
type ProblemName = keyof typeof EXAMPLES;

/** Its response is a component, with an example. */
const NAMED_REFUSAL: ProblemCode = 'feed_refused';

const ETAG = { description: 'Changes when the answer does', schema: { type: 'string' } };

export function openApiDocument(routes: readonly DocumentedRoute[]) {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const item = paths[route.path] ?? {};
    item[route.method.toLowerCase()] = operation(route, schemas);
    paths[route.path] = item;
  }
  const tags = new Set(routes.map(({ path }) => tagOf(path)));
  const problems = Object.entries(EXAMPLES).map(([name, example]) => [name, problemAnswer(example, schemas)]);
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: SERVERS,
    security: [{ bearer: [] }, { sigv4: [] }],
    tags: [...tags].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: { responses: Object.fromEntries(problems), schemas, securitySchemes: SECURITY_SCHEMES },
  };
}

const tagOf = (path: string): string => {
  const [, , part = ''] = path.split('/');
  return Object.hasOwn(TAGS, part) ? part : OTHER_TAG;
};

function operation(route: DocumentedRoute, schemas: Json): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route.path)],
    parameters: [...pathParameters(route.path), ...queryParameters(route)],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input', schemas) } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [
          status,
          answerOf(route, Number(status), schema, schemas),
        ]),
      ),
      ...(route.method === 'GET'
        ? { 304: { description: 'What the client has (`If-None-Match`) is current', headers: { ETag: ETAG } } }
        : {}),
      ...Object.fromEntries(
        problemsOf(route).map((name) => [EXAMPLES[name].status, { $ref: `#/components/responses/${name}` }]),
      ),
      ...Object.fromEntries(
        route.refusals.filter((code) => code !== NAMED_REFUSAL).map((code) => refusalOf(code, schemas)),
      ),
    },
  };
}

/** Those that the request itself may cause, and those of any server. */
const problemsOf = ({ path, body, refusals }: DocumentedRoute): readonly ProblemName[] => [
  'BadRequest',
  'Unauthorized',
  'Forbidden',
  ...(path.includes('{') ? (['NotFound'] as const) : []),
  'NotAcceptable',
  ...(body === undefined ? [] : (['ContentTooLarge', 'UnsupportedMediaType'] as const)),
  ...(refusals.includes(NAMED_REFUSAL) ? (['FeedRefused'] as const) : []),
  'InternalError',
  'Unavailable',
];

function problemAnswer(example: ProblemDocument, schemas: Json): Json {
  return {
    description: example.title,
    ...(example.status === 401
      ? { headers: { 'WWW-Authenticate': { description: 'The scheme to use', schema: { type: 'string' } } } }
      : {}),
    content: { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output', schemas), example } },
  };
}

function refusalOf(code: ProblemCode, schemas: Json): readonly [number, Json] {
  const { status, title } = API_PROBLEMS[code];
  const content = { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output', schemas) } };
  return [status, { description: title, content }];
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: `The ${name}, as lists and other answers give it`,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  }));

/** Parameters are plain values, so nothing in their schemas refers to the components. */
function queryParameters({ query }: DocumentedRoute): Json[] {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property === 'boolean') return [];
    const { description, ...schema } = property;
    return [{ name, in: 'query', required: false, description, schema }];
  });
}

function answerOf(route: DocumentedRoute, status: number, schema: z.ZodMiniType | null, schemas: Json): Json {
  const description = DESCRIPTIONS[status] ?? 'Done';
  if (schema === null) return { description };
  return {
    description,
    ...(route.method === 'GET' ? { headers: { ETag: ETAG } } : {}),
    content: { 'application/json': { schema: jsonSchema(schema, 'output', schemas) } },
  };
}

/** The schema; the parts of it that have an id are put into `schemas` and referred to. */
function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output', schemas: Json): Json {
  const written = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const parsed: Json & { $defs?: Json } = JSON.parse(written.replaceAll('"#/$defs/', '"#/components/schemas/'));
  const { $schema: _, $defs = {}, ...rest } = parsed;
  Object.assign(schemas, $defs);
  return rest;
}
