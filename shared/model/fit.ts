// Making values fit their records: what is too long is cut with a mark or left out, as the marks of its schema say (`StorageMark`).
import type * as z from 'zod/mini';
import { cutToBytes } from '../text/cut-to-bytes.ts';
import { definitionOf, type Immutable, type StorageMark, storageOf } from './schema.ts';

type Shorten = (value: unknown) => unknown;

/**
 * Makes values of the schema, or some of their fields, fit. Other fields are left out, and so are those that are undefined.
 */
export function fitterOf<Schema extends z.ZodMiniObject>(schema: Schema) {
  const shorten = fitFields(schema.shape);
  return <Value extends Partial<Immutable<z.infer<Schema>>>>(value: Value): Value => shorten(value) as Value;
}

/** Null where every value fits as it is. */
function fitOf(schema: z.core.$ZodType, outer: StorageMark = {}): Shorten | null {
  const mark = { ...storageOf(schema), ...outer };
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'nullable': {
      const shorten = fitOf(definition.innerType, mark);
      if (mark.leftOutAbove !== undefined) return whole(mark.leftOutAbove, null);
      return shorten && ((value) => (value === null ? null : shorten(value)));
    }
    case 'optional':
    case 'default':
      return fitOf(definition.innerType, mark);
    case 'string':
      return fitText(mark);
    case 'array':
      return fitList(fitOf(definition.element), mark);
    case 'object':
      return fieldsFit(definition.shape) ? null : fitFields(definition.shape);
    default:
      return null;
  }
}

function fitText({ cutTo, leftOutAbove }: StorageMark): Shorten | null {
  if (leftOutAbove !== undefined) return whole(leftOutAbove, '');
  return cutTo === undefined ? null : (value) => cutToBytes(String(value), cutTo);
}

const whole =
  (maxBytes: number, instead: string | null): Shorten =>
  (value) =>
    typeof value === 'string' && Buffer.byteLength(value) > maxBytes ? instead : value;

function fitList(shorten: Shorten | null, { atMost }: StorageMark): Shorten | null {
  if (shorten === null && atMost === undefined) return null;
  return (value) => {
    const some = (value as readonly unknown[]).slice(0, atMost);
    return shorten === null ? some : some.map(shorten);
  };
}

const fieldsFit = (shape: z.core.$ZodShape): boolean => Object.values(shape).every((field) => fitOf(field) === null);

function fitFields(shape: z.core.$ZodShape): Shorten {
  const fields = Object.entries(shape).map(([key, schema]) => [key, fitOf(schema)] as const);
  return (value) => {
    const fitted: Record<string, unknown> = {};
    for (const [key, shorten] of fields) {
      const part = (value as Record<string, unknown>)[key];
      if (part !== undefined) fitted[key] = shorten === null ? part : shorten(part);
    }
    return fitted;
  };
}
