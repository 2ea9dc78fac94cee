// Lists come in pages.
import type { ApiClient } from './client.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly cursor: string | null;
}

export async function fetchAllPages<T>(
  api: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.call<Page<T>>('GET', path, {
      query: cursor === null ? query : { ...query, cursor },
    });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return found;
}
