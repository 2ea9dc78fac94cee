// One page of a sorted list. A cursor is where the last page ended, and the query that it belongs to.
import { badCursor, type Page } from '../../shared/model/page.ts';

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
  const [position, belongsTo] = partsOf(cursor) ?? [];
  if (position === undefined || cursorAt(position, belongsTo ?? []) !== cursor)
    throw badCursor(cursor, 'is not a cursor');
  if (JSON.stringify(belongsTo) !== JSON.stringify(query)) throw badCursor(cursor, 'belongs to another query');
  return position;
}

function partsOf(cursor: string): [string, readonly unknown[]] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && typeof parts[0] === 'string' ? (parts as [string, readonly unknown[]]) : null;
  } catch {
    return null;
  }
}
