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

  oneOf<T extends string>(field: string, allowed: readonly T[]): T {
    return this.#checked(field, `one of ${allowed.join(', ')}`, (value) => allowed.includes(value as T)) as T;
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

/** A value in an error, cut short. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  const text =
    typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
