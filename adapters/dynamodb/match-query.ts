// Which matches fit a filter, newest first: keys come from the index that fits, records from the table, page by page.

import type { MatchId } from '../../shared/model/ids.ts';
import type { Match, MatchFilter } from '../../shared/model/match.ts';
import { filterIdentity, fitsFilter, normalFilter } from '../../shared/model/match-filter.ts';
import type { Page } from '../../shared/model/page.ts';
import { decodeCursor } from './cursor.ts';
import { dayShards, MATCH_DAYS, matchesOfFeed, matchesOfTopic } from './keys.ts';
import {
  FIRST,
  filteredPage,
  inRelated,
  LAST,
  type Partition,
  type Positions,
  positionsIn,
  positionsOfDays,
} from './positions.ts';
import type { TableClient } from './table-client.ts';

export async function queryMatches(
  table: TableClient,
  filter: MatchFilter,
  page: { readonly limit: number; readonly cursor: string | null },
  load: (ids: readonly MatchId[]) => Promise<readonly Match[]>,
): Promise<Page<Match>> {
  const wanted = normalFilter(filter);
  const query = filterIdentity(wanted);
  const before = decodeCursor(query, page.cursor) ?? wanted.until ?? LAST;
  return filteredPage({
    positions: positionsOf(table, wanted, before),
    limit: page.limit,
    query,
    isNarrowed: isNarrowed(wanted),
    load,
    fits: (match) => fitsFilter(match, wanted),
  });
}

/** True when a key alone does not say whether the match fits. */
const isNarrowed = ({ topic, feedId, source, language, text, strength, prominence }: MatchFilter): boolean =>
  [source, language, text, strength, prominence].some((value) => value !== undefined) ||
  (topic !== undefined && feedId !== undefined);

/** Before `before` (exclusive) and at or after the filter's `since`. */
function positionsOf(table: TableClient, filter: MatchFilter, before: string): Positions {
  const since = filter.since ?? FIRST;
  if (filter.feedId !== undefined) return positionsIn(table, links(matchesOfFeed(filter.feedId)), since, before);
  if (filter.topic !== undefined) return positionsIn(table, inRelated(matchesOfTopic(filter.topic)), since, before);
  return positionsOfDays(table, { days: MATCH_DAYS, shardsOf: dayShards }, since, before);
}

const links = (value: string): Partition => ({ partitionKey: 'pk', sortKey: 'sk', value });
