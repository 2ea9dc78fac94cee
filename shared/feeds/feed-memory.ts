// Which items of a document are new, and what to remember of it. Pure; the past is asked for only when something looks new.
//
// Memory grows with new items only: a known item keeps the keys by which it is known. Were its other key added each time it
// changed, a feed whose guids change at each poll would write at each poll, for ever.
import type { FeedMemory } from '../ports.ts';
import type { IdentifiedItem, ItemKeys } from './item-identity.ts';

/** Days an item that left the document is remembered: one that returns within them alerts nobody again. */
const PAST_DAYS = 90;
/** Bound on what is remembered of a feed's past, for feeds that invent thousands of items a day: about 600 KB. */
const MOST_PAST_KEYS = 100_000;
/**
 * So many keys that left the document stay in `current`, and move to the past together: one write for twenty-odd items instead of one
 * each. For a feed that lists few items it is most of what is remembered, and still half a kilobyte.
 */
const LEFT_TOGETHER = 48;
const DAY_MS = 86_400_000;

export interface Comparison {
  /** Items never seen, or not for 90 days; in the order of the document. */
  readonly fresh: readonly IdentifiedItem[];
  /** What `saveMemory` is to be told; null when the memory holds all that is needed, so that nothing is written. */
  readonly change: {
    readonly current: ReadonlySet<string>;
    readonly week: string;
    readonly left: ReadonlySet<string>;
    /** Epoch seconds. */
    readonly expiresAt: number;
  } | null;
}

/**
 * `loadPast` is called only if an item is not in `current`. `lastPolledAt`: the last poll that changed `current` or may have; null where
 * that is not known.
 */
export async function compareWithMemory(
  items: readonly IdentifiedItem[],
  current: ReadonlySet<string>,
  loadPast: () => Promise<FeedMemory['past']>,
  now: Date,
  lastPolledAt: string | null = null,
): Promise<Comparison> {
  const unfamiliar = items.filter(({ keys }) => !isAmong(keys, (key) => current.has(key)));
  // Keys that left the document are forgotten only when there is something to write: being remembered for longer does no harm.
  if (unfamiliar.length === 0) return { fresh: [], change: null };
  const past = await loadPast();
  const weeks = [...past.values()];
  const isKnown = (key: string): boolean => current.has(key) || weeks.some((week) => week.has(key));
  const unknown = unfamiliar.filter(({ keys }) => !isAmong(keys, isKnown));
  const redated = redatedAmong(unknown, items, current, now, lastPolledAt);
  const fresh = unknown.filter((item) => !redated.has(item));
  const next = new Set(items.flatMap(({ keys }) => keysToKeep(keys, isKnown)));
  const room = Math.max(0, MOST_PAST_KEYS - weeks.reduce((sum, week) => sum + week.size, 0));
  const gone = [...current].filter((key) => !next.has(key));
  const isWorthMoving = gone.length >= LEFT_TOGETHER;
  const left = isWorthMoving ? gone.slice(0, room) : [];
  if (!isWorthMoving) for (const key of gone) next.add(key);
  const expiresAt = Math.floor((now.getTime() + PAST_DAYS * DAY_MS) / 1000);
  return { fresh, change: { current: next, week: isoWeek(now), left: new Set(left), expiresAt } };
}

const isAmong = ({ name, look, otherLook }: ItemKeys, has: (key: string) => boolean): boolean =>
  has(name) || has(look) || (otherLook !== null && has(otherLook));

function keysToKeep({ name, look, otherLook, words }: ItemKeys, isKnown: (key: string) => boolean): readonly string[] {
  const isHeldBy = [name, look].filter(isKnown);
  const saying = words === null ? [] : [words];
  if (isHeldBy.length > 0) return [...isHeldBy, ...saying.filter(isKnown)];
  // New; or known by its other look only, which it shows as long as it shares its link.
  const others = otherLook !== null && isKnown(otherLook) ? [otherLook] : [];
  return [name, look, ...others, ...saying];
}

/**
 * Items that neither a known guid nor a page of their own holds, whose words the last document held under another date: the publisher
 * dates them anew.
 * The same words may be a new issue of a bulletin, which must not be lost; so they count as known only where the old item is gone, no other
 * says the same, and the date is not one that a new issue would have: there is none, it lies in the future or days before the last poll,
 * or all items bear the same one, that of the document.
 */
function redatedAmong(
  unknown: readonly IdentifiedItem[],
  items: readonly IdentifiedItem[],
  current: ReadonlySet<string>,
  now: Date,
  lastPolledAt: string | null,
): ReadonlySet<IdentifiedItem> {
  const isDatedAsOne = datesAreOfTheDocument(items);
  const uses = Map.groupBy(items, ({ keys }) => keys.words);
  return new Set(
    unknown.filter(({ item, keys: { words } }) => {
      if (words === null || !current.has(words) || uses.get(words)!.length > 1) return false;
      const at = Date.parse(item.published ?? item.updated ?? '');
      if (Number.isNaN(at) || at > now.getTime() + DAY_MS || isDatedAsOne) return true;
      return lastPolledAt !== null && at < Date.parse(lastPolledAt) - DAY_MS;
    }),
  );
}

/** Three items or more, all of the same minute. */
function datesAreOfTheDocument(items: readonly IdentifiedItem[]): boolean {
  const minutes = items.map(({ item }) => (item.published ?? item.updated ?? '').slice(0, 16));
  return minutes.length >= 3 && minutes[0] !== '' && new Set(minutes).size === 1;
}

/** `2026-W47`: ISO 8601 week, UTC. */
export function isoWeek(instant: Date): string {
  const day = new Date(Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate()));
  // The week belongs to the year of its Thursday.
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const firstOfYear = Date.UTC(day.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((day.getTime() - firstOfYear) / DAY_MS + 1) / 7);
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
