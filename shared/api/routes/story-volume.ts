// GET /v1/stories/volume: how much is reported, day by day.
import * as z from 'zod/mini';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { DAY_MS } from '../../core/time.ts';
import type { MatchFilter } from '../../model/match.ts';
import type { Page } from '../../model/page.ts';
import { described } from '../../model/schema.ts';
import type { Story } from '../../model/story.ts';
import { ok } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { matchFilterOf, mustExist } from '../match-filter.ts';
import { route } from '../route.ts';
import { volumeQuery } from '../schemas.ts';

const volumeSchema = z.strictObject({
  days: described(
    z.array(z.strictObject({ day: z.string(), stories: z.int() })),
    'Each day in UTC of the time that is asked for, whole days, the first one first, with the stories that were last reported on it',
  ),
  truncated: described(
    z.boolean(),
    'True: there are more stories than are counted, so the first days may show too few',
  ),
});

const MOST_DAYS = 31;
const DAYS_AT_ONCE = 4;
/** A store examines no more than this many stories for a page, whether or not they fit. */
const STORIES_A_PAGE = 1_000;
/** Ten thousand stories, also where a filter lets few of them through. */
const MOST_PAGES = 10;

export const getVolume = route({
  summary:
    'How many stories were last reported on each day, at most the last 31 days; the filters are those of stories',
  query: volumeQuery,
  answers: { 200: volumeSchema },
  handle: async ({ query }, ports: ApiPorts) => {
    const now = ports.clock.now();
    const filter = matchFilterOf(query, now);
    const until = earlierOf(filter.until, now.toISOString());
    const earliest = new Date(startOfDay(lastBefore(until)) - (MOST_DAYS - 1) * DAY_MS).toISOString();
    const since = filter.since === undefined || filter.since < earliest ? earliest : filter.since;
    const days = daysFrom(since, until);
    const { since: _since, until: _until, ...others } = filter;
    const counted = Object.values(others).every((value) => value === undefined)
      ? { counts: await countsOf(days, ports), isWhole: true }
      : await countsOfFitting({ ...filter, since: new Date(startOfDay(since)).toISOString() }, days, ports);
    if ([...counted.counts.values()].every((count) => count === 0)) await mustExist(filter, ports);
    return ok({
      days: days.map((day) => ({ day, stories: counted.counts.get(day) ?? 0 })),
      truncated: !counted.isWhole,
    });
  },
});

type Counts = ReadonlyMap<string, number>;

/** Whole days, from the index alone. */
const countsOf = async (days: readonly string[], { stories }: ApiPorts): Promise<Counts> =>
  new Map(await mapConcurrently(days, DAYS_AT_ONCE, async (day) => [day, await stories.countOn(day)] as const));

/** A filter needs the stories themselves. */
async function countsOfFitting(
  filter: MatchFilter,
  days: readonly string[],
  { stories }: ApiPorts,
): Promise<{ readonly counts: Counts; readonly isWhole: boolean }> {
  const counts = new Map(days.map((day) => [day, 0]));
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES && (pages === 0 || cursor !== null); pages += 1) {
    const page: Page<Story> = await stories.queryStories(filter, { limit: STORIES_A_PAGE, cursor });
    for (const { lastSeenAt } of page.items) {
      const day = lastSeenAt.slice(0, 10);
      if (counts.has(day)) counts.set(day, counts.get(day)! + 1);
    }
    cursor = page.cursor;
  }
  return { counts, isWhole: cursor === null };
}

const earlierOf = (one: string | undefined, other: string): string => (one === undefined || one > other ? other : one);

/** `until` is not included, and a day ends where the next one begins. */
const lastBefore = (until: string): string => new Date(Date.parse(until) - 1).toISOString();

const startOfDay = (instant: string): number => Date.parse(instant.slice(0, 10));

/** `until` is not included. */
function daysFrom(since: string, until: string): readonly string[] {
  const days: string[] = [];
  for (let at = startOfDay(since); at < Date.parse(until); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
