// A page of the records that one key of the index `related` leads to, newest first.
import type { Page } from '../../shared/model/page.ts';
import { newestFirst } from '../../shared/model/positions.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { keyOf } from './keys.ts';
import { LAST } from './positions.ts';
import { TABLE } from './table.ts';
import type { Item, TableClient } from './table-client.ts';

/** What has expired is left out of a page, so a page may hold fewer items than its limit. */
export async function pageOfRelated<T>(
  table: TableClient,
  of: {
    readonly relatedTo: string;
    /** The query's part of the cursor. */
    readonly query: readonly unknown[];
    readonly page: { readonly limit: number; readonly cursor: string | null };
    /** Those of the records that still count. */
    readonly decode: (records: readonly Item[]) => readonly T[];
    /** What `relatedAt` holds. */
    readonly position: (item: T) => string;
  },
): Promise<Page<T>> {
  const { name, partitionKey, sortKey } = TABLE.indexes.related;
  const { query, page } = of;
  const keys = await table.query(
    {
      IndexName: name,
      KeyConditionExpression: `${partitionKey} = :value AND ${sortKey} < :before`,
      ExpressionAttributeValues: { ':value': of.relatedTo, ':before': decodeCursor(query, page.cursor) ?? LAST },
      ProjectionExpression: `pk, sk, ${sortKey}`,
      ScanIndexForward: false,
    },
    page.limit + 1,
  );
  const chosen = keys.slice(0, page.limit);
  const found = of.decode(await table.getMany(chosen.map(keyOf), { consistent: true }));
  const last = chosen.at(-1);
  return {
    items: found.toSorted(newestFirst(of.position)),
    cursor: last !== undefined && keys.length > chosen.length ? encodeCursor(query, String(last[sortKey])) : null,
  };
}
