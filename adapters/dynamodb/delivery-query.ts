// Which deliveries fit a filter. Those of a subscription and those that failed have an index of their own; all others are found through the hits
// that they belong to, newest first, so that no delivery costs a write for being listed.
import { DAY_MS, instantAfter } from '../../shared/core/time.ts';
import { type DeliveryFilter, deliveryFilterIdentity, deliveryFits } from '../../shared/model/delivery-filter.ts';
import type { ArticleId, DeliveryId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import {
  dayShards,
  deliveriesOfHit,
  deliveriesOfMatch,
  deliveriesOfSubscription,
  deliveryKey,
  FAILED_DELIVERIES,
  hitsOfStory,
  idOfPosition,
  MATCH_DAYS,
  matchKey,
} from './keys.ts';
import {
  FIRST,
  filteredPage,
  inListed,
  inRelated,
  LAST,
  MOST_EXAMINED,
  newestOf,
  type Positions,
  positionsIn,
  positionsOfDays,
  take,
} from './positions.ts';
import type { Item, Key, TableClient } from './table-client.ts';

/** A hit gets no further matches, and so no further deliveries, once it is older than this. */
const HIT_GROWS_MS = 2 * DAY_MS;
/** Hits whose deliveries are read side by side. */
const HITS_A_READ = 10;
const DELIVERIES_A_READ = 100;
/** Hits looked at by one call at most; most have few deliveries, and many have none that fits. */
const MOST_HITS = 500;

interface Reading {
  readonly table: TableClient;
  readonly decodeDeliveries: (records: readonly Item[]) => readonly Delivery[];
  /** The articles of the matches. */
  readonly articlesOf: (records: readonly Item[]) => ReadonlyMap<MatchId, ArticleId>;
}

type PageAsked = { readonly limit: number; readonly cursor: string | null };

export async function queryDeliveries(
  reading: Reading,
  filter: DeliveryFilter,
  page: PageAsked,
): Promise<Page<Delivery>> {
  const query = deliveryFilterIdentity(filter);
  const before = decodeCursor(query, page.cursor);
  if (filter.failed === true || filter.subscriptions !== undefined) {
    return filteredPage({
      positions: indexed(reading.table, filter, before ?? filter.until ?? LAST),
      limit: page.limit,
      query,
      isNarrowed: true,
      load: async (ids: readonly DeliveryId[]) =>
        reading.decodeDeliveries(await reading.table.getMany(ids.map(deliveryKey), { consistent: true })),
      fits: (delivery) => deliveryFits(delivery, filter),
    });
  }
  return pageOfHits(hitsOf(reading, filter, before), reading, { filter, query, page, before });
}

function indexed(table: TableClient, { failed, subscriptions = [], since = FIRST }: DeliveryFilter, before: string) {
  if (failed === true) return positionsIn(table, inListed(FAILED_DELIVERIES), since, before);
  const ofEach = (id: SubscriptionId): Positions =>
    positionsIn(table, inRelated(deliveriesOfSubscription(id)), since, before);
  return newestOf([...new Set(subscriptions)].map(ofEach));
}

/** Where some of the deliveries of a hit stand. */
interface Place {
  /** `<instant>#<id>`; the cursor within it is this, a space, and the id of the last delivery. */
  readonly position: string;
  readonly partitions: readonly { readonly pk: string; readonly prefix: string }[];
  /** A delivery of several matches is listed with the one that it leads with. */
  readonly leadsWith: MatchId | null;
}

async function* hitsOf(
  { table, articlesOf }: Reading,
  { match, story, since, until }: DeliveryFilter,
  cursor: string | null,
): AsyncGenerator<readonly Place[], void, void> {
  const before = cursor ?? until ?? LAST;
  const from = since === undefined ? FIRST : instantAfter(new Date(since), -HIT_GROWS_MS);
  const placesOf = async (positions: readonly string[]): Promise<readonly Place[]> => {
    const ids = positions.map((position) => idOfPosition(position) as MatchId);
    const articles = articlesOf(await table.getMany(ids.map(matchKey), { consistent: false }));
    return positions.map((position, at) => {
      const id = ids[at]!;
      const article = articles.get(id);
      const ofArticle = article === undefined ? [] : [deliveriesOfHit(article)];
      return {
        position,
        partitions: [deliveriesOfMatch(id), ...ofArticle],
        leadsWith: match === undefined ? id : null,
      };
    });
  };
  if (match !== undefined) {
    yield await placesOf([`${FIRST}#${match}`]);
    return;
  }
  const positions =
    story === undefined
      ? positionsOfDays(table, { days: MATCH_DAYS, shardsOf: dayShards }, from, before)
      : positionsIn(table, inRelated(hitsOfStory(story)), FIRST, cursor ?? LAST);
  for (;;) {
    const some = await take(positions, HITS_A_READ);
    if (some.length === 0) return;
    yield story === undefined
      ? await placesOf(some)
      : some.map((position) => ({
          position,
          partitions: [deliveriesOfHit(idOfPosition(position) as ArticleId)],
          leadsWith: null,
        }));
  }
}

async function pageOfHits(
  hits: AsyncGenerator<readonly Place[], void, void>,
  { table, decodeDeliveries }: Reading,
  {
    filter,
    query,
    page,
    before,
  }: {
    readonly filter: DeliveryFilter;
    readonly query: readonly unknown[];
    readonly page: PageAsked;
    readonly before: string | null;
  },
): Promise<Page<Delivery>> {
  const items: Delivery[] = [];
  let examined = 0;
  let places = 0;
  let last: string | null = null;
  for await (const some of hits) {
    const streams = some.map((place) => deliveriesAt(table, place, lastSeenAt(place, before)));
    const firsts = await Promise.all(streams.map((stream) => stream.next()));
    for (const [at, place] of some.entries()) {
      for (let read = firsts[at]!; !read.done; read = await streams[at]!.next()) {
        const found = new Map(decodeDeliveries(read.value).map((delivery) => [delivery.id as string, delivery]));
        for (const record of read.value) {
          // Only now is it known that there is more.
          if (last !== null && (items.length >= page.limit || examined >= MOST_EXAMINED))
            return { items, cursor: encodeCursor(query, last) };
          examined += 1;
          const id = String(record['id']);
          last = `${place.position} ${id}`;
          const delivery = found.get(id);
          const isListedHere = place.leadsWith === null || delivery?.matchId === place.leadsWith;
          if (delivery !== undefined && isListedHere && deliveryFits(delivery, filter)) items.push(delivery);
        }
      }
      places += 1;
      if (places >= MOST_HITS) return { items, cursor: encodeCursor(query, place.position) };
    }
  }
  return { items, cursor: null };
}

/** The delivery at which the last page ended, if that was in this place. */
function lastSeenAt({ position }: Place, before: string | null): DeliveryId | null {
  const start = `${position} `;
  return before?.startsWith(start) === true ? (before.slice(start.length) as DeliveryId) : null;
}

/** Records after a delivery, in the order of their keys; a read at a time. */
async function* deliveriesAt(
  table: TableClient,
  { partitions }: Place,
  after: DeliveryId | null,
): AsyncGenerator<readonly Item[], void, void> {
  const seen: Key | null = after === null ? null : deliveryKey(after);
  const start = partitions.findIndex(({ pk }) => pk === seen?.pk);
  for (const { pk, prefix } of partitions.slice(Math.max(0, start))) {
    let lower = seen !== null && pk === seen.pk ? seen.sk : prefix;
    for (;;) {
      const records = await table.query(
        {
          KeyConditionExpression: 'pk = :partition AND sk BETWEEN :lower AND :upper',
          ExpressionAttributeValues: { ':partition': pk, ':lower': lower, ':upper': `${prefix}${LAST}` },
        },
        DELIVERIES_A_READ,
      );
      const fresh = records.filter(({ sk }) => sk !== lower);
      if (fresh.length > 0) yield fresh;
      if (records.length < DELIVERIES_A_READ) break;
      lower = String(records.at(-1)!['sk']);
    }
  }
}
