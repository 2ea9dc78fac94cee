// The OpenAPI 3.1 document, made from the route table, the schemas and the table of problems, so that it cannot drift from any.
import * as z from 'zod/mini';
import { PROBLEMS, problemFor } from './problem.ts';
import type { Route } from './router.ts';
import { problemSchema } from './schemas.ts';

type Json = Record<string, unknown>;
/** Only what the document shows of a route. */
type Documented = Omit<Route<never>, 'handle'>;

const INFO = {
  title: 'Tocsin',
  version: '1',
  summary: 'An open news monitor: feeds, topics, the matches found, and who is alerted to them',
  description: `Stored matches, feeds, topics and subscriptions.

On AWS requests are signed with Signature Version 4 (service \`execute-api\`); on one machine they carry the token in the file \`token\` of the data folder.

- Instants are RFC 3339 in UTC. \`since\` and \`until\` also take a day in UTC (\`until=2026-11-30\` includes that day) and a duration back from now (\`since=P7D\`), which moves with the clock and so cannot be used with a cursor. Text ranges count UTF-16 code units.
- Errors are reported as problem documents (RFC 9457). \`errors\` lists every fault of the input.
- HEAD is answered wherever GET is. Answers to GET have an ETag; \`If-None-Match\` with it is answered with 304 while nothing has changed.
- A list comes in pages: ask again with its \`cursor\` until that is null.`,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

const SERVERS = [
  { url: '/', description: 'The server that this document came from' },
  {
    url: 'http://127.0.0.1:{port}',
    description: 'Tocsin on one machine, at the port chosen with `start --port`',
    variables: { port: { default: '4747' } },
  },
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com',
    description: 'Tocsin on AWS: the output ApiUrl of the stack',
    variables: { api: { default: 'api-id' }, region: { default: 'us-east-1' } },
  },
];

const OTHER = 'instance';
/** By the first part of the path after the version. */
const TAGS: Readonly<Record<string, string>> = {
  matches: 'What was found',
  topics: 'What is looked for',
  feeds: 'Where it is looked for',
  subscriptions: 'Who is told',
  'dead-letters': 'Messages that were set aside after too many tries; on one machine only',
  backup: 'Copies of the data; on one machine only',
  [OTHER]: 'The instance itself',
};

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted; done soon',
  204: 'Done; nothing to say',
};

/** Responses with a problem, and the code that is their example. */
const EXAMPLES = {
  BadRequest: problemFor('invalid_query', 'the query cannot be used', [
    { detail: 'limit: got "1000"; expected a whole number from 1 to 100', parameter: 'limit' },
  ]),
  Unauthorized: problemFor(
    'unauthorized',
    'send "Authorization: Bearer <token>"; the token is in the file `token` of the data folder',
  ),
  Forbidden: problemFor('forbidden', 'requests from another site are not taken'),
  NotFound: problemFor('not_found', 'feed "abc" does not exist'),
  NotAcceptable: problemFor('not_acceptable', 'the API answers with application/json'),
  ContentTooLarge: problemFor('body_too_large', 'the body has 2097152 bytes; expected at most 1048576'),
  UnsupportedMediaType: problemFor(
    'unsupported_media_type',
    'Content-Type: got "text/plain"; expected application/json',
  ),
  FeedRefused: {
    ...problemFor('feed_refused', 'https://www.example.org/: it holds no feed: it is a web page; it is not followed'),
    kind: 'not_a_feed',
    temporary: false,
    advice: 'look for the feed on the site, and give its address',
    candidates: [],
  },
  InternalError: problemFor('internal', 'Something failed on our side; the log has the cause under this request id.'),
  Unavailable: problemFor('service_unavailable', 'the database does not answer'),
} as const;

type ProblemName = keyof typeof EXAMPLES;

const ETAG = { description: 'Changes when the answer does', schema: { type: 'string' } };

export function openApiDocument(routes: readonly Documented[]): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const item = paths[route.path] ?? {};
    item[route.method.toLowerCase()] = operation(route, schemas);
    paths[route.path] = item;
  }
  const tags = new Set(routes.map(({ path }) => tagOf(path)));
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: SERVERS,
    security: [{ bearer: [] }, { sigv4: [] }],
    tags: [...tags].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      responses: Object.fromEntries(
        Object.keys(EXAMPLES).map((name) => [name, problemAnswer(name as ProblemName, schemas)]),
      ),
      schemas,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'One machine: the content of the file `token` of the data folder',
        },
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS: Signature Version 4, service execute-api',
          'x-amazon-apigateway-authtype': 'awsSigv4',
        },
      },
    },
  };
}

const tagOf = (path: string): string => {
  const [, , part = ''] = path.split('/');
  return Object.hasOwn(TAGS, part) ? part : OTHER;
};

function operation(route: Documented, schemas: Json): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route.path)],
    parameters: [...pathParameters(route.path), ...queryParameters(route, schemas)],
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
      ...Object.fromEntries((route.refusals ?? []).map((code) => refusalOf(code, schemas))),
    },
  };
}

/** Those that the request itself may cause, and those of any server. */
const problemsOf = ({ id, path, body }: Documented): readonly ProblemName[] => [
  'BadRequest',
  'Unauthorized',
  'Forbidden',
  ...(path.includes('{') ? (['NotFound'] as const) : []),
  'NotAcceptable',
  ...(body === undefined ? [] : (['ContentTooLarge', 'UnsupportedMediaType'] as const)),
  ...(id === 'addFeed' ? (['FeedRefused'] as const) : []),
  'InternalError',
  'Unavailable',
];

function problemAnswer(name: ProblemName, schemas: Json): Json {
  const example = EXAMPLES[name];
  return {
    description: PROBLEMS[example.code]?.title,
    ...(example.status === 401
      ? { headers: { 'WWW-Authenticate': { description: 'The scheme that would do', schema: { type: 'string' } } } }
      : {}),
    content: { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output', schemas), example } },
  };
}

function refusalOf(code: string, schemas: Json): readonly [number | undefined, Json] {
  const { status, title } = PROBLEMS[code] ?? {};
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

function queryParameters(route: Documented, schemas: Json): Json[] {
  if (route.query === undefined) return [];
  const { properties = {} } = jsonSchema(route.query, 'input', schemas) as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }));
}

function answerOf(route: Documented, status: number, schema: z.ZodMiniType | null, schemas: Json): Json {
  const description = DESCRIPTIONS[status] ?? 'Done';
  if (schema === null) return { description };
  return {
    description,
    ...(route.method === 'GET' ? { headers: { ETag: ETAG } } : {}),
    content: { 'application/json': { schema: jsonSchema(schema, 'output', schemas) } },
  };
}

/** The schema; those in it that have an id are put into `schemas`, and referred to. */
function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output', schemas: Json): Json {
  const written = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = JSON.parse(written.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json & { $defs?: Json };
  Object.assign(schemas, $defs);
  return rest;
}
