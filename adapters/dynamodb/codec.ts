// The way between a thing and its record, made once from the thing's schema: a new field needs no line here.
// Reading checks kinds and names, not ranges: a record was checked before it was written. Poll states are read by the thousand, so the
// work of walking through a schema is done beforehand, and `zod` does not run.

import type * as z from 'zod/mini';
import { DamagedRecordError } from '../../shared/core/errors.ts';
import { definitionOf, type Immutable, storageOf } from '../../shared/model/schema.ts';
import { nameOf, shown } from './record.ts';
import type { Item } from './table-client.ts';

export interface Codec<T> {
  /** Without keys. What is null, absent or the schema's default is not stored. */
  encode(value: T): Item;
  /** Some fields, for an update: null is kept, so that it clears the field. */
  encodePart(value: Partial<T>): Item;
  /** Fields that the schema does not know are passed over. Throws DamagedRecordError, which names record and field. */
  decode(record: Item): T;
}

export function codecOf<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
): Codec<Immutable<z.infer<z.ZodMiniObject<Shape>>>> {
  type T = Immutable<z.infer<z.ZodMiniObject<Shape>>>;
  const fields = fieldsOf(schema.shape);
  const decodeFields = fieldsDecoder(fields);
  return {
    encode: (value) => encodeFields(fields, value),
    encodePart: (value) => encodeGiven(fields, value),
    decode: (record) => {
      try {
        return decodeFields(record) as T;
      } catch (error) {
        if (error instanceof Damage) throw new DamagedRecordError(nameOf(record) + error.where, error.message);
        throw error;
      }
    },
  };
}

type Encode = (value: unknown) => unknown;
type Decode = (value: unknown) => unknown;

interface Field {
  readonly key: string;
  /** Its name in the record. */
  readonly name: string;
  readonly kind: Kind;
  /** Of a value that is not null. Null: it is stored as it is. */
  readonly encode: Encode | null;
  readonly decode: Decode | null;
  /** What a record without the field says; undefined: it must be there. */
  readonly absent: { readonly value: unknown; readonly isOptional?: boolean } | undefined;
}

/** How a value is recognised as one of the schema. */
interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

/** What is wrong inside a record. */
class Damage extends Error {
  readonly #path: string[] = [];

  within(field: string): this {
    this.#path.unshift(field);
    return this;
  }

  /** `, field "sources[0]"`; empty for the record itself. */
  get where(): string {
    const fields = this.#path.join('\0').replaceAll('\0[', '[').split('\0');
    return this.#path.length === 0 ? '' : fields.map((field) => `, field "${field}"`).join('');
  }
}

function fieldsOf(shape: z.core.$ZodShape): readonly Field[] {
  return Object.entries(shape).map(([key, schema]) => {
    const mark = storageOf(schema);
    const { inner, absent } = withoutWrappers(schema, mark.mayBeMissing ? { value: undefined } : undefined);
    const { kind, encode, decode } = converterOf(inner);
    const { read } = { ...storageOf(inner), ...mark };
    const name = mark.name ?? key;
    if (mark.form === 'json') {
      const toJson: Encode = (value) => JSON.stringify(encode === null ? value : encode(value));
      return { key, name, absent, kind: TEXT, encode: toJson, decode: jsonDecoder(name, kind, decode) };
    }
    if (read !== undefined) return { key, name, absent, kind, encode, decode: (value) => read(String(value)) };
    return { key, name, absent, kind, encode, decode: decode && insideOf(name, decode) };
  });
}

function withoutWrappers(
  schema: z.core.$ZodType,
  absent?: Field['absent'],
): { readonly inner: z.core.$ZodType; readonly absent: Field['absent'] } {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'nullable':
      return withoutWrappers(definition.innerType, absent ?? { value: null });
    case 'optional':
      return withoutWrappers(definition.innerType, absent ?? { value: undefined, isOptional: true });
    case 'default':
      return withoutWrappers(definition.innerType, absent ?? { value: definition.defaultValue });
    default:
      return { inner: schema, absent };
  }
}

type Converter = Pick<Field, 'kind' | 'encode' | 'decode'>;

const plain = (expected: string, holds: Kind['holds']): Converter => ({
  kind: { expected, holds },
  encode: null,
  decode: null,
});

const TEXT: Kind = { expected: 'a text', holds: (value) => typeof value === 'string' };
const NUMBER: Kind = { expected: 'a number', holds: (value) => typeof value === 'number' && Number.isFinite(value) };

function converterOf(schema: z.core.$ZodType): Converter {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'string':
      return { kind: TEXT, encode: null, decode: null };
    case 'number':
      return { kind: NUMBER, encode: null, decode: null };
    case 'boolean':
      return plain('true or false', (value) => typeof value === 'boolean');
    case 'enum': {
      const values: readonly unknown[] = Object.values(definition.entries);
      return plain(`one of ${values.join(', ')}`, (value) => values.includes(value));
    }
    case 'custom':
      return plain('a text', (value) => TEXT.holds(value) && definition.fn(value) !== false);
    case 'tuple': {
      const items = definition.items.map((item) => converterOf(item).kind);
      return plain(
        `[${items.map(({ expected }) => expected).join(', ')}]`,
        (value) =>
          Array.isArray(value) && value.length === items.length && items.every(({ holds }, at) => holds(value[at])),
      );
    }
    case 'array':
      return listConverter(converterOf(definition.element));
    case 'object': {
      const fields = fieldsOf(definition.shape);
      const decode = fieldsDecoder(fields);
      return { kind: ANY, encode: (value) => encodeFields(fields, value), decode };
    }
    default:
      throw new TypeError(`records do not support the schema type "${definition.type}" yet; add it to converterOf`);
  }
}

/** The decoder looks for itself. */
const ANY: Kind = { expected: 'a value', holds: () => true };
const LIST: Kind = { expected: 'a list', holds: Array.isArray };

function listConverter({ kind, encode, decode }: Converter): Converter {
  if (kind === TEXT) return plain('a list of texts', (value) => Array.isArray(value) && value.every(kind.holds));
  return {
    kind: LIST,
    encode: encode && ((value) => (value as readonly unknown[]).map(encode)),
    decode: (value) =>
      (value as readonly unknown[]).map((element, at) => {
        try {
          if (!kind.holds(element)) throw new Damage(`got ${shown(element)}, expected ${kind.expected}`);
          return decode === null ? element : decode(element);
        } catch (error) {
          throw error instanceof Damage ? error.within(`[${at}]`) : error;
        }
      }),
  };
}

// ---------------------------------------------------------------- writing

function encodeFields(fields: readonly Field[], value: unknown): Item {
  const record: Record<string, unknown> = {};
  for (const { key, name, encode, absent } of fields) {
    const part = (value as Item)[key];
    if (part !== null && part !== undefined && part !== absent?.value)
      record[name] = encode === null ? part : encode(part);
  }
  return record;
}

function encodeGiven(fields: readonly Field[], value: object): Item {
  const record: Record<string, unknown> = {};
  for (const { key, name, encode } of fields) {
    const part = (value as Item)[key];
    if (part !== undefined) record[name] = part === null || encode === null ? part : encode(part);
  }
  return record;
}

// ---------------------------------------------------------------- reading

function fieldsDecoder(fields: readonly Field[]): Decode {
  // Copying an object that has all its keys is several times as fast as adding them one by one.
  const blank = Object.fromEntries(
    fields.filter(({ absent }) => absent?.isOptional !== true).map(({ key, absent }) => [key, absent?.value]),
  );
  // Most fields are texts, and a check that is written out is faster than one that is called.
  const isText = ({ kind, decode }: Field): boolean => kind === TEXT && decode === null;
  const texts = fields.filter(isText);
  const others = fields.filter((field) => !isText(field));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Damage(`expected a map, got ${shown(value)}`);
    }
    const record = value as Item;
    const read: Record<string, unknown> = { ...blank };
    for (const field of texts) {
      const stored = record[field.name];
      if (typeof stored === 'string') read[field.key] = stored;
      else if (stored !== undefined && stored !== null) throw unlike(field, stored);
      else if (field.absent === undefined) throw missing(field);
    }
    for (const field of others) {
      const stored = record[field.name];
      if (stored === undefined || stored === null) {
        if (field.absent === undefined) throw missing(field);
      } else if (field.kind.holds(stored)) {
        read[field.key] = field.decode === null ? stored : field.decode(stored);
      } else throw unlike(field, stored);
    }
    return read;
  };
}

const missing = ({ name, kind }: Field): Damage => new Damage(`"${name}" is missing, expected ${kind.expected}`);
const unlike = ({ name, kind }: Field, stored: unknown): Damage =>
  new Damage(`"${name}" is ${shown(stored)}, expected ${kind.expected}`);

function jsonDecoder(name: string, kind: Kind, decode: Decode | null): Decode {
  const decodeInside = decode && insideOf(name, decode);
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(String(text));
    } catch {
      throw new Damage(`"${name}" is ${shown(text)}, expected JSON`);
    }
    if (!kind.holds(value)) throw new Damage(`"${name}" holds ${shown(value)}, expected ${kind.expected}`);
    return decodeInside === null ? value : decodeInside(value);
  };
}

const insideOf =
  (field: string, decode: Decode): Decode =>
  (value) => {
    try {
      return decode(value);
    } catch (error) {
      throw error instanceof Damage ? error.within(field) : error;
    }
  };
