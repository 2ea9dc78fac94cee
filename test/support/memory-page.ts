// One page of a sorted list. A cursor is where the last page ended, and the query that it belongs to.
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { Page } from '../../shared/model/page.ts';

export function cursorPage<T>(
  query: readonly unknown[],
  page: { readonly limit: number; readonly cursor: string | null },
  sorted: readonly T[],
  position: (item: T) => string,
  direction: 'ascending' | 'descending' = 'ascending',
): Page<T> {
  const last = page.cursor === null ? null : positionIn(page.cursor, query);
  const rest = sorted.filter((item) => {
    if (last === null) return true;
    return direction === 'ascending' ? position(item) > last : position(item) < last;
  });
  const items = rest.slice(0, page.limit);
  const end = items.at(-1);
  const isLast = rest.length === items.length || end === undefined;
  return { items, cursor: isLast ? null : cursorAt(position(end), query) };
}

const cursorAt = (position: string, query: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([position, query])).toString('base64url');

function positionIn(cursor: string, query: readonly unknown[]): string {
  try {
    const [position, belongsTo] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, unknown];
    const isOurs = typeof position === 'string' && JSON.stringify(belongsTo) === JSON.stringify(query);
    if (isOurs && cursorAt(position, query) === cursor) return position;
  } catch {}
  throw new InvalidInputError('bad_cursor', `cursor "${cursor.slice(0, 40)}" is not one of this query`);
}
