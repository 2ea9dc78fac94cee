// What the schemas of shared/model/ are made of: fields that many things have, and marks that say how a field is stored.
// A thing is described once, by its schema; its type, its record, its published shape, JSON Schema and CSV columns follow from that.
import * as z from 'zod/mini';

/** The type of a schema's values: everything in them is read only. */
export type Immutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [Key in keyof T]: Immutable<T[Key]> };

/** RFC 3339 in UTC. */
export const instant = () => z.iso.datetime();
export const nullableInstant = () => z.nullable(z.iso.datetime());
export const nullableText = () => z.nullable(z.string());
/** Epoch seconds after which the database may delete the record. */
export const expiry = () => z.number();

export const articleId = () => z.string().brand<'ArticleId'>();
export const deliveryId = () => z.string().brand<'DeliveryId'>();
export const feedId = () => z.string().brand<'FeedId'>();
export const matchId = () => z.string().brand<'MatchId'>();
export const subscriptionId = () => z.string().brand<'SubscriptionId'>();

/** A schema with a description, which JSON Schema and OpenAPI show. */
export const described = <Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema =>
  schema.check(z.describe(description));

/** A schema with a name of its own among the components of the OpenAPI document. */
export const named = <Schema extends z.ZodMiniType>(id: string, schema: Schema): Schema => schema.check(z.meta({ id }));

// ---------------------------------------------------------------- how a field is stored

/** Where a stored field differs from the field itself. What is null or absent is not stored at all. */
export interface StorageMark {
  /** Its name in the record. */
  readonly name?: string;
  /** `json`: one text instead of a map, which is faster to read. */
  readonly form?: 'json';
  /** Longer text (bytes of UTF-8) is cut with a mark. */
  readonly cutTo?: number;
  /** Longer text (bytes of UTF-8) is left out, because half of it is of no use: null or, where the field cannot be null, empty. */
  readonly leftOutAbove?: number;
  /** Elements of a list after this many are left out. */
  readonly atMost?: number;
  /** It is left out where it is the usual value, which the codec of its thing knows. */
  readonly mayBeMissing?: true;
  /** The present form of a text that an older version stored. */
  readonly read?: (text: string) => string;
}

const marks = z.registry<StorageMark>();

/** The same schema, marked. */
export function stored<Schema extends z.ZodMiniType>(schema: Schema, mark: StorageMark): Schema {
  marks.add(schema, mark);
  return schema;
}

export const storageOf = (schema: z.core.$ZodType): StorageMark => marks.get(schema) ?? {};

// ---------------------------------------------------------------- parts of a schema

/** The definition of a schema, by which one can walk through it. */
export const definitionOf = (schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] =>
  (schema as z.core.$ZodTypes)._zod.def;

type Values<Shape extends z.core.$ZodShape> = { readonly [Key in keyof Shape]: Immutable<z.core.output<Shape[Key]>> };

/** Only the fields that the schema names, in its order. Parts of the value are not copied. */
export function pick<Shape extends z.core.$ZodShape>(schema: z.ZodMiniObject<Shape>, value: Values<Shape>) {
  const names: readonly (keyof Shape)[] = Object.keys(schema.shape);
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Values<Shape>;
}
