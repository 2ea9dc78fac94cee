// Lists come in pages.
import * as z from 'zod/mini';
import { nullableText } from './schema.ts';

/** `cursor` null on the last page. Cursors are opaque and good for the same query only. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}

export const pageSchemaOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.strictObject({ items: z.array(item), cursor: nullableText() });
