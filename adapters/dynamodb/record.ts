// Reading records that have no schema field by field, with an error that names the record and the field. Things with a schema: codec.ts.
import { DamagedRecordError } from '../../shared/core/errors.ts';
import type { Item } from './table-client.ts';

/** One record (or a map inside it) whose fields are checked as they are read. A field stored as null counts as missing. */
export class RecordReader {
  readonly #fields: Item;
  readonly #what: string;

  constructor(record: unknown, what: string) {
    this.#what = what;
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      throw this.damaged(`expected a map, got ${shown(record)}`);
    this.#fields = record as Item;
  }

  string(field: string): string {
    return this.#checked(field, 'a text', (value) => typeof value === 'string') as string;
  }

  stringOrNull(field: string): string | null {
    return this.#has(field) ? this.string(field) : null;
  }

  number(field: string): number {
    return this.#checked(field, 'a number', (value) => typeof value === 'number' && Number.isFinite(value)) as number;
  }

  numberOrNull(field: string): number | null {
    return this.#has(field) ? this.number(field) : null;
  }

  boolean(field: string): boolean {
    return this.#checked(field, 'true or false', (value) => typeof value === 'boolean') as boolean;
  }

  booleanOrFalse(field: string): boolean {
    return this.#has(field) ? this.boolean(field) : false;
  }

  oneOf<T extends string>(field: string, allowed: readonly T[]): T {
    return this.#checked(field, `one of ${allowed.join(', ')}`, (value) => allowed.includes(value as T)) as T;
  }

  oneOfOrNull<T extends string>(field: string, allowed: readonly T[]): T | null {
    return this.#has(field) ? this.oneOf(field, allowed) : null;
  }

  strings(field: string): readonly string[] {
    return this.#checked(
      field,
      'a list of texts',
      (value) => Array.isArray(value) && value.every((element) => typeof element === 'string'),
    ) as string[];
  }

  /** A set of texts; the database has no empty set, so a missing one is empty. */
  stringSet(field: string): ReadonlySet<string> {
    if (!this.#has(field)) return new Set();
    return this.#checked(field, 'a set of texts', (value) => value instanceof Set) as Set<string>;
  }

  bytes(field: string): Uint8Array {
    return this.#checked(field, 'bytes', (value) => value instanceof Uint8Array) as Uint8Array;
  }

  list(field: string): readonly unknown[] {
    return this.#checked(field, 'a list', Array.isArray) as unknown[];
  }

  map(field: string): RecordReader {
    return new RecordReader(this.#fields[field], `${this.#what}, field "${field}"`);
  }

  /** A map that is stored as JSON text. */
  json(field: string): RecordReader {
    const text = this.string(field);
    try {
      return new RecordReader(JSON.parse(text), `${this.#what}, field "${field}"`);
    } catch (error) {
      if (error instanceof SyntaxError) throw this.damaged(`"${field}" is ${shown(text)}, expected JSON`);
      throw error;
    }
  }

  mapOrNull(field: string): RecordReader | null {
    return this.#has(field) ? this.map(field) : null;
  }

  /** Each element of a list of maps. */
  maps(field: string): readonly RecordReader[] {
    return this.list(field).map((element, at) => new RecordReader(element, `${this.#what}, field "${field}[${at}]"`));
  }

  damaged(problem: string): DamagedRecordError {
    return new DamagedRecordError(this.#what, problem);
  }

  #has(field: string): boolean {
    return this.#fields[field] !== undefined && this.#fields[field] !== null;
  }

  #checked(field: string, expected: string, holds: (value: unknown) => boolean): unknown {
    const value = this.#fields[field];
    if (holds(value)) return value;
    throw this.damaged(`"${field}" is ${shown(value)}, expected ${expected}`);
  }
}

/** How a record is named in an error: its key. */
export const nameOf = (record: Item): string => `${String(record['pk'])} / ${String(record['sk'])}`;

/** Without the fields that are null: they cost bytes, and readers take a missing field for null. */
export function withoutNulls<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** A value in an error, cut short. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  const text =
    typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
