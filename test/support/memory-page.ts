// One page of a sorted list, with the cursors of the real stores.

import { decodeCursor, encodeCursor } from '../../adapters/dynamodb/cursor.ts';
import type { Page } from '../../shared/model/page.ts';

export function cursorPage<T>(
  query: readonly unknown[],
  page: { readonly limit: number; readonly cursor: string | null },
  sorted: readonly T[],
  position: (item: T) => string,
  direction: 'ascending' | 'descending' = 'ascending',
): Page<T> {
  const last = decodeCursor(query, page.cursor);
  const rest = sorted.filter((item) => {
    if (last === null) return true;
    return direction === 'ascending' ? position(item) > last : position(item) < last;
  });
  const items = rest.slice(0, page.limit);
  const more = rest.length > items.length;
  return { items, cursor: more ? encodeCursor(query, position(items.at(-1)!)) : null };
}
