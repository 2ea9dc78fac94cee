// Lists come in pages.
import * as z from 'zod/mini';
import { InvalidInputError } from '../core/errors.ts';
import { nullableText } from './schema.ts';

/** `cursor` null on the last page. Cursors are opaque and good for the same query only. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

export const pageSchemaOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ items: z.array(item), cursor: nullableText() });

/** Why a cursor is refused. `problem`: "is not a cursor". */
export const badCursor = (cursor: string, problem: string): InvalidInputError =>
  new InvalidInputError(
    'bad_cursor',
    `cursor "${cursor.slice(0, 40)}" ${problem}; pass the cursor of the page before, with the same filters, or none to start again`,
  );
