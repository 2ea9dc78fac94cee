// Which stories fit a filter, by their last report, newest first.
import type { MatchFilter } from '../../shared/model/match.ts';
import { filterIdentity, normalFilter } from '../../shared/model/match-filter.ts';
import type { Page } from '../../shared/model/page.ts';
import type { Story } from '../../shared/model/story.ts';
import { storyFits } from '../../shared/model/story-filter.ts';
import { decodeCursor } from './cursor.ts';
import { STORY_DAYS, storyDayShards } from './keys.ts';
import { FIRST, filteredPage, LAST, positionsOfDays } from './positions.ts';
import type { TableClient } from './table-client.ts';

export async function queryStories(
  table: TableClient,
  filter: MatchFilter,
  page: { readonly limit: number; readonly cursor: string | null },
  load: (ids: readonly string[]) => Promise<readonly Story[]>,
): Promise<Page<Story>> {
  const wanted = normalFilter(filter);
  const query = ['stories', ...filterIdentity(wanted)];
  const before = decodeCursor(query, page.cursor) ?? wanted.until ?? LAST;
  const listed = { days: STORY_DAYS, shardsOf: storyDayShards };
  const { since: _since, until: _until, ...others } = wanted;
  return filteredPage({
    positions: positionsOfDays(table, listed, wanted.since ?? FIRST, before),
    limit: page.limit,
    query,
    isNarrowed: Object.values(others).some((value) => value !== undefined),
    load,
    fits: (story) => storyFits(story, wanted),
  });
}
