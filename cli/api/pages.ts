// Lists come in pages.
import type { Page } from '../../shared/model/page.ts';
import type { ApiClient } from './client.ts';

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
