// One route of the API: what it takes, what it answers and what it does. The types of its input and its answers follow from its schemas.
import * as z from 'zod/mini';
import type { ProblemCode } from '../core/error-codes.ts';
import type { Role } from './access.ts';
import { readRequest } from './read-request.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Status -> schema of the JSON answered, null for no body. */
export type AnswerSchemas = Readonly<Record<number, z.ZodMiniType | null>>;

/** What a handler may return for a value of a schema: the same, or read-only. */
type Answered<Value> = unknown extends Value
  ? Value
  : Value extends string | number | boolean | null | undefined
    ? Value
    : { readonly [Key in keyof Value]: Answered<Value[Key]> };

/** What a handler returns: one of the route's statuses, with a body of that status's schema. */
export type ApiAnswer<Schemas extends AnswerSchemas = AnswerSchemas> = {
  [Status in keyof Schemas & number]: Schemas[Status] extends z.ZodMiniType
    ? { readonly status: Status; readonly body: Answered<z.output<Schemas[Status]>> }
    : { readonly status: Status; readonly body?: undefined };
}[keyof Schemas & number];

const NO_FIELDS = z.strictObject({});
const NO_BODY = z.undefined();

type NoFields = typeof NO_FIELDS;
type NoBody = typeof NO_BODY;

interface Definition<
  Ports,
  Answers extends AnswerSchemas,
  Path extends z.ZodMiniObject,
  Query extends z.ZodMiniObject,
  Body extends z.ZodMiniType,
> {
  /** For the OpenAPI document. */
  readonly summary: string;
  /** The named parts of the path. */
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly answers: Answers;
  /** Codes that only this route answers with, in addition to those that its path, query and body can cause. */
  readonly refusals?: readonly ProblemCode[];
  readonly handle: (
    input: { readonly path: z.output<Path>; readonly query: z.output<Query>; readonly body: z.output<Body> },
    ports: Ports,
  ) => Promise<ApiAnswer<Answers>>;
}

/** What a route does, without its place in the table. */
export interface Route<Ports, Path extends z.ZodMiniObject = z.ZodMiniObject> {
  readonly summary: string;
  readonly path: Path;
  readonly query: z.ZodMiniObject;
  /** Undefined: it takes no body. */
  readonly body: z.ZodMiniType | undefined;
  readonly answers: AnswerSchemas;
  readonly refusals: readonly ProblemCode[];
  /** `parts`: the named parts of the path, decoded. Throws RequestError for input that the schemas refuse, and what the handler throws. */
  readonly respond: (
    request: Request,
    parts: Readonly<Record<string, string>>,
    ports: Ports,
  ) => Promise<{ readonly status: number; readonly body?: unknown }>;
}

/** A line of the route table. */
export interface RouteEntry<Ports> extends Omit<Route<Ports>, 'path'> {
  readonly method: Method;
  /** `/v1/matches/{id}` */
  readonly path: string;
  readonly id: string;
  /** What a caller must at least be. */
  readonly role: Role;
}

/** `handle` gets what the schemas let through. Without a schema, the route takes no names, no parameters or no body. */
export function route<
  Ports,
  Answers extends AnswerSchemas,
  Path extends z.ZodMiniObject = NoFields,
  Query extends z.ZodMiniObject = NoFields,
  Body extends z.ZodMiniType = NoBody,
>(definition: Definition<Ports, Answers, Path, Query, Body>): Route<Ports, Path> {
  const { summary, answers, refusals = [], body, handle } = definition;
  const schemas = {
    path: orElse(definition.path, NO_FIELDS),
    query: orElse(definition.query, NO_FIELDS),
    body: orElse(body, NO_BODY),
  };
  return {
    summary,
    answers,
    refusals,
    path: schemas.path,
    query: schemas.query,
    body,
    respond: async (request, parts, ports) => handle(await readRequest(schemas, request, parts), ports),
  };
}

/** Where a schema is left out, its type is that of the default, which the compiler cannot know. */
const orElse = <Schema extends z.ZodMiniType>(given: Schema | undefined, otherwise: z.ZodMiniType): Schema =>
  given ?? (otherwise as Schema);

/** `id` and `topic` of `/v1/x/{id}/y/{topic}`. */
type NamesIn<Address extends string> = Address extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type IfSame<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? unknown : never) : never;

/** Puts a route into the table. The names in the path must be those of the route's path schema. Without a role, all may read and admins do the rest. */
export function at<Ports, Path extends z.ZodMiniObject, const Address extends string>(
  method: Method,
  address: Address,
  id: string,
  placed: Route<Ports, Path> & IfSame<keyof Path['shape'], NamesIn<Address>>,
  role: Role = method === 'GET' ? 'read' : 'admin',
): RouteEntry<Ports> {
  return { ...placed, method, path: address, id, role };
}
