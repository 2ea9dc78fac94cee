// Walking all pages of a listing, as a client does.
import type { Page } from '../../shared/model/page.ts';

/** More pages than any test has: a listing that never ends is a failure, not a hang. */
const MOST_PAGES = 200;

/** The items of each page. */
export async function allPages<T>(
  limit: number,
  read: (page: { limit: number; cursor: string | null }) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit, cursor });
    pages.push(page.items);
    cursor = page.cursor;
    if (pages.length > MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages`);
  } while (cursor !== null);
  return pages;
}
