// Answers and pages, as all handlers make them.
import { NotFoundError } from '../core/errors.ts';
import { badCursor, type Page } from '../model/page.ts';
import { quote } from './quote.ts';

const DEFAULT_LIMIT = 50;

export const ok = <Body>(body: Body) => ({ status: 200 as const, body });

/** 201 for something new, 200 for what was there before. */
export const created = <Body>(isNew: boolean, body: Body) => ({
  status: isNew ? (201 as const) : (200 as const),
  body,
});

export const ACCEPTED = { status: 202 as const };
export const NO_CONTENT = { status: 204 as const };

/** Throws NotFoundError for null. */
export function existing<Thing>(thing: Thing | null, what: string, id: string): Thing {
  if (thing === null) throw new NotFoundError(`${what} ${quote(id)}`);
  return thing;
}

/** The page that a query asks for. */
export const pageAsked = ({ limit = DEFAULT_LIMIT, cursor = null }: { limit?: number; cursor?: string | null }) => ({
  limit,
  cursor,
});

export const shownPage = <Thing, Shown>({ items, cursor }: Page<Thing>, show: (item: Thing) => Shown) => ({
  items: items.map(show),
  cursor,
});

/** The words of a query parameter that takes several, separated by commas; none where it is absent. */
export const wordsIn = (text: string | undefined): ReadonlySet<string> =>
  new Set(text === undefined ? [] : text.split(','));

/** A list without further pages. */
export const onePage = <Shown>(items: readonly Shown[]) => ({ items, cursor: null });

/**
 * A page of a list that the store returns as a whole, sorted by id. The cursor is the id of the last item shown. Throws InvalidInputError
 * (`bad_cursor`) when no item of the list has that id.
 */
export function pageOfList<Thing extends { readonly id: string }>(
  list: readonly Thing[],
  { limit, cursor }: ReturnType<typeof pageAsked>,
): Page<Thing> {
  const sorted = [...list].sort((left, right) => (left.id < right.id ? -1 : 1));
  const last = sorted.findIndex(({ id }) => id === cursor);
  if (cursor !== null && last === -1) throw badCursor(cursor, 'is not one of this list');
  const items = sorted.slice(last + 1, last + 1 + limit);
  return { items, cursor: last + 1 + limit < sorted.length ? (items.at(-1)?.id ?? null) : null };
}
