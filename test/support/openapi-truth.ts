// Holds an OpenAPI document against answers that were really given.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RouteEntry } from '../../shared/api/route.ts';
import type { Json, Seen } from './api-world.ts';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Record<string, { schema: object }> }>
  >;
}

/** Answers that differ from the document, with the reason; and the ids of the routes of which a good answer was seen. */
export function untrueAnswers(
  document: Json,
  routes: readonly Pick<RouteEntry<never>, 'id' | 'method' | 'path'>[],
  seen: readonly Seen[],
): { readonly untrue: readonly unknown[]; readonly succeeded: readonly string[] } {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', components: document['components'] });
  const untrue: unknown[] = [];
  const succeeded = new Set<string>();
  for (const { method, path, status, body } of seen) {
    const route = routes.find(
      (each) => each.method === method && new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
    if (route === undefined) continue;
    if (status < 300) succeeded.add(route.id);
    const schema = schemaOf(document, route, status);
    if (schema === undefined) untrue.push([route.id, status, 'is not described']);
    else if (schema === null ? body !== undefined : !ajv.validate(schema, body))
      untrue.push([route.id, status, ajv.errors]);
  }
  return { untrue, succeeded: [...succeeded].sort() };
}

/** Of the answer's JSON; null for no body, undefined where the status is not described. */
function schemaOf(
  document: Json,
  { method, path }: Pick<RouteEntry<never>, 'method' | 'path'>,
  status: number,
): object | null | undefined {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const named = paths[path]?.[method.toLowerCase()]?.responses[String(status)];
  const answer = named?.$ref === undefined ? named : componentOf(document, named.$ref);
  if (answer === undefined) return undefined;
  const schema = Object.values(answer.content ?? {})[0]?.schema;
  return schema === undefined
    ? null
    : JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components'));
}

const componentOf = (document: Json, ref: string): Operation['responses'][string] =>
  ref
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Json)[key], document) as Operation['responses'][string];
