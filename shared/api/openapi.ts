// The OpenAPI 3.1 document, made from the route table and the schemas, so that it cannot drift from either.
import * as z from 'zod/mini';
import type { Route } from './router.ts';
import { problemSchema } from './schemas.ts';

type Json = Record<string, unknown>;

export function openApiDocument(routes: readonly Route<never>[] | readonly Route<unknown>[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes as readonly Route<unknown>[]) {
    const item = paths[route.path] ?? {};
    item[route.method.toLowerCase()] = operation(route);
    paths[route.path] = item;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin',
      version: '1',
      description:
        'Stored matches, feeds, topics and subscriptions. On AWS requests are signed with Signature Version 4 (service execute-api); on one machine they carry the token that `start` prints. Instants are RFC 3339 in UTC. `since` and `until` also take a day in UTC (`until=2026-11-30` includes that day) and a duration back from now (`since=P7D`), which moves with the clock and so cannot be used with a cursor. Text ranges count UTF-16 code units.',
    },
    security: [{ bearer: [] }, { sigv4: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'One machine: the token that `start` prints' },
        sigv4: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          description: 'AWS: Signature Version 4, service execute-api',
        },
      },
    },
  };
}

function operation(route: Route<unknown>): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    parameters: [...pathParameters(route.path), ...queryParameters(route)],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [status, answerOf(Number(status), schema)]),
      ),
      default: {
        description: 'What went wrong (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(route: Route<unknown>): Json[] {
  if (route.query === undefined) return [];
  const { properties = {} } = jsonSchema(route.query, 'input') as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function answerOf(status: number, schema: z.ZodMiniType | null): Json {
  const description =
    { 200: 'Done', 201: 'Made', 202: 'Accepted; done soon', 204: 'Done; nothing to say' }[status] ?? 'Done';
  return schema === null
    ? { description }
    : { description, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } };
}

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
