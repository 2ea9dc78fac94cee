// Lists come in pages.
import type { Page } from '../../shared/model/page.ts';
import type { ApiClient } from './client.ts';

export async function fetchAllPages<T>(
  api: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const items of pagesOf<T>(api, path, query)) found.push(...items);
  return found;
}

/** Page by page, for lists that may be too long to be held. */
export async function* pagesOf<T>(
  api: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<readonly T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.call<Page<T>>('GET', path, {
      query: cursor === null ? query : { ...query, cursor },
    });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== null);
}
