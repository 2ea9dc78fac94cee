// Which matches fit a filter, newest first: keys come from the index that fits, records from the table, page by page.

import type { Match, MatchFilter } from '../../shared/model/match.ts';
import { filterIdentity, fitsFilter, normalFilter } from '../../shared/model/match-filter.ts';
import type { Page } from '../../shared/model/page.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { dayShards, MATCH_DAYS, matchesOfFeed, matchesOfTopic, matchIdOfPosition } from './keys.ts';
import { TABLE } from './table.ts';
import type { TableClient } from './table-client.ts';

/** Records read by one call at most: then it returns what it has, and a cursor. At 4 KB each that is 500 read units. */
const MOST_EXAMINED = 1_000;
const KEYS_PER_READ = 100;
/** Sorts before and after every instant. */
const FIRST = '0';
const LAST = '~';

/** Positions (`<first seen>#<match id>`), newest first. */
type Positions = AsyncGenerator<string, void, void>;
type LoadMatches = (positions: readonly string[]) => Promise<readonly Match[]>;

export async function queryMatches(
  table: TableClient,
  filter: MatchFilter,
  page: { readonly limit: number; readonly cursor: string | null },
  load: LoadMatches,
): Promise<Page<Match>> {
  const wanted = normalFilter(filter);
  const query = filterIdentity(wanted);
  const before = decodeCursor(query, page.cursor) ?? wanted.until ?? LAST;
  const positions = positionsOf(table, wanted, before);
  const items: Match[] = [];
  for (let examined = 0; ; ) {
    const wantedNow = Math.min(KEYS_PER_READ, isNarrowed(wanted) ? KEYS_PER_READ : page.limit - items.length);
    const some = await take(positions, wantedNow);
    if (some.length === 0) return { items, cursor: null };
    const found = new Map((await load(some)).map((match) => [match.id, match]));
    for (const position of some) {
      examined += 1;
      const match = found.get(matchIdOfPosition(position));
      if (match !== undefined && fitsFilter(match, wanted)) items.push(match);
      if (items.length < page.limit && examined < MOST_EXAMINED) continue;
      const isLast = position === some.at(-1) && (await take(positions, 1)).length === 0;
      return { items, cursor: isLast ? null : encodeCursor(query, position) };
    }
  }
}

/** True when a key alone does not say whether the match fits. */
const isNarrowed = ({ topic, feedId, source, language, text }: MatchFilter): boolean =>
  [source, language, text].some((value) => value !== undefined) || (topic !== undefined && feedId !== undefined);

/** Before `before` (exclusive) and at or after the filter's `since`. */
function positionsOf(table: TableClient, filter: MatchFilter, before: string): Positions {
  const since = filter.since ?? FIRST;
  if (filter.feedId !== undefined) return positionsIn(table, links(matchesOfFeed(filter.feedId)), since, before);
  if (filter.topic !== undefined) return positionsIn(table, byTopic(filter.topic), since, before);
  return positionsOfAllDays(table, since, before);
}

interface Partition {
  readonly indexName?: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly value: string;
}

const links = (value: string): Partition => ({ partitionKey: 'pk', sortKey: 'sk', value });
const byTopic = (topicId: string): Partition => {
  const { name, partitionKey, sortKey } = TABLE.indexes.related;
  return { indexName: name, partitionKey, sortKey, value: matchesOfTopic(topicId) };
};
const byDayShard = (value: string): Partition => {
  const { name, partitionKey, sortKey } = TABLE.indexes.listed;
  return { indexName: name, partitionKey, sortKey, value };
};

async function* positionsIn(table: TableClient, partition: Partition, since: string, before: string): Positions {
  const { indexName, partitionKey, sortKey, value } = partition;
  // The database takes an upside-down range for a mistake.
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

async function* positionsOfAllDays(table: TableClient, since: string, before: string): Positions {
  const days = await table.query({
    KeyConditionExpression: 'pk = :days AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':days': MATCH_DAYS, ':first': since.slice(0, 10), ':last': before.slice(0, 10) },
    ProjectionExpression: 'sk',
    ScanIndexForward: false,
    ConsistentRead: true,
  });
  for (const { sk } of days) {
    const shards = dayShards(String(sk)).map((shard) => positionsIn(table, byDayShard(shard), since, before));
    yield* newestFirst(shards);
  }
}

/** One sorted stream of several. */
async function* newestFirst(streams: readonly Positions[]): Positions {
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

async function take(positions: Positions, count: number): Promise<readonly string[]> {
  const taken: string[] = [];
  while (taken.length < count) {
    const next = await positions.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
