// The columns of a thing in CSV, made from its schema: dotted names (`topic.id`, `article.publishedAt`), in the order of the schema.
import type * as z from 'zod/mini';
import { definitionOf, type Immutable } from './schema.ts';

export interface CsvColumn<T> {
  readonly name: string;
  /** Empty for null and what is absent. */
  readonly value: (row: T) => string;
}

/** Between the values of a list. */
const BETWEEN_VALUES = ' | ';

/**
 * A list of things has a column for each of their fields (`passages.text`), with the values one after the other. A list inside such a list
 * is JSON. What is the same in every row, such as the name of the schema, is no column.
 */
export function csvColumnsOf<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
): readonly CsvColumn<Immutable<z.infer<z.ZodMiniObject<Shape>>>>[] {
  return pathsIn(schema).map((path) => ({ name: path.join('.'), value: (row) => cellAt(row, path) }));
}

type Path = readonly string[];

function pathsIn(schema: z.core.$ZodType, isInList = false): readonly Path[] {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'nullable':
    case 'optional':
    case 'default':
      return pathsIn(definition.innerType, isInList);
    case 'array':
      return isInList ? [[]] : pathsIn(definition.element, true);
    case 'object':
      return Object.entries(definition.shape).flatMap(([key, field]) =>
        pathsIn(field, isInList).map((path) => [key, ...path]),
      );
    case 'literal':
      return [];
    default:
      return [[]];
  }
}

function cellAt(value: unknown, path: Path, isInList = false): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && !isInList) return value.map((each) => cellAt(each, path, true)).join(BETWEEN_VALUES);
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return cellAt((value as Readonly<Record<string, unknown>>)[key], rest, isInList);
}
