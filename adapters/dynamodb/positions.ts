// Positions (`<instant>#<id>`) read from an index, newest first, and pages of what they lead to.
import type { Page } from '../../shared/model/page.ts';
import { encodeCursor } from './cursor.ts';
import { idOfPosition } from './keys.ts';
import { TABLE } from './table.ts';
import type { TableClient } from './table-client.ts';

/** Records read by one call at most: then it returns what it has, and a cursor. At 4 KB each that is 500 read units. */
export const MOST_EXAMINED = 1_000;
const KEYS_PER_READ = 100;
/** Sort before and after every instant. */
export const FIRST = '0';
export const LAST = '~';

export type Positions = AsyncGenerator<string, void, void>;

/** The next page of things that fit, from the positions after the last page's. */
export async function filteredPage<T extends { readonly id: string }>(options: {
  readonly positions: Positions;
  readonly limit: number;
  /** The query's part of the cursor. */
  readonly query: readonly unknown[];
  /** Whether a position may lead to something that does not fit. */
  readonly isNarrowed: boolean;
  /** Those of the things that still exist, in any order. */
  readonly load: (ids: readonly T['id'][]) => Promise<readonly T[]>;
  readonly fits: (item: T) => boolean;
}): Promise<Page<T>> {
  const { positions, limit, query, isNarrowed } = options;
  const items: T[] = [];
  for (let examined = 0; ; ) {
    const some = await take(positions, Math.min(KEYS_PER_READ, isNarrowed ? KEYS_PER_READ : limit - items.length));
    if (some.length === 0) return { items, cursor: null };
    const found = new Map((await options.load(some.map(idOfPosition))).map((item) => [item.id, item]));
    for (const position of some) {
      examined += 1;
      const item = found.get(idOfPosition(position));
      if (item !== undefined && options.fits(item)) items.push(item);
      if (items.length < limit && examined < MOST_EXAMINED) continue;
      const isLast = position === some.at(-1) && (await take(positions, 1)).length === 0;
      return { items, cursor: isLast ? null : encodeCursor(query, position) };
    }
  }
}

/** Where positions are read from: the table itself, or an index of it. */
export interface Partition {
  readonly indexName?: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly value: string;
}

/** Before `before` (exclusive) and at or after `since`. */
export async function* positionsIn(table: TableClient, partition: Partition, since: string, before: string): Positions {
  const { indexName, partitionKey, sortKey, value } = partition;
  // The database refuses a range whose ends are the wrong way round.
  for (let upper = before; since < upper; ) {
    const records = await table.query(
      {
        IndexName: indexName,
        KeyConditionExpression: `${partitionKey} = :partition AND ${sortKey} BETWEEN :since AND :upper`,
        ExpressionAttributeValues: { ':partition': value, ':since': since, ':upper': upper },
        ProjectionExpression: sortKey,
        ScanIndexForward: false,
      },
      KEYS_PER_READ,
    );
    for (const record of records) {
      const position = String(record[sortKey]);
      // BETWEEN includes its upper end, where the last page (or the last read) stopped.
      if (position !== upper) yield position;
    }
    if (records.length < KEYS_PER_READ) return;
    upper = String(records.at(-1)![sortKey]);
  }
}

/** Of all days that `days` has a record of, each spread over shards. */
export async function* positionsOfDays(
  table: TableClient,
  listed: { readonly days: string; readonly shardsOf: (day: string) => readonly string[] },
  since: string,
  before: string,
): Positions {
  const days = await table.query({
    KeyConditionExpression: 'pk = :days AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':days': listed.days, ':first': since.slice(0, 10), ':last': before.slice(0, 10) },
    ProjectionExpression: 'sk',
    ScanIndexForward: false,
    ConsistentRead: true,
  });
  for (const { sk } of days) {
    const shards = listed.shardsOf(String(sk)).map((shard) => positionsIn(table, inListed(shard), since, before));
    yield* newestOf(shards);
  }
}

export const inListed = (value: string): Partition => inIndex('listed', value);
export const inRelated = (value: string): Partition => inIndex('related', value);

const inIndex = (index: 'listed' | 'related', value: string): Partition => {
  const { name, partitionKey, sortKey } = TABLE.indexes[index];
  return { indexName: name, partitionKey, sortKey, value };
};

/** One sorted stream of several. */
export async function* newestOf(streams: readonly Positions[]): Positions {
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let newest = -1;
    heads.forEach((head, at) => {
      if (!head.done && (newest < 0 || head.value > (heads[newest]!.value as string))) newest = at;
    });
    if (newest < 0) return;
    yield heads[newest]!.value as string;
    heads[newest] = await streams[newest]!.next();
  }
}

export async function take(positions: Positions, count: number): Promise<readonly string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await positions.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
