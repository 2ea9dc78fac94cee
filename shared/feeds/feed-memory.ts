// Which items of a document are new, and what to remember of it. Pure; the past is asked for only when something looks new.
import type { FeedMemory } from '../ports.ts';
import type { IdentifiedItem } from './item-identity.ts';

/** Days an item that left the document is remembered: one that returns within them alerts nobody again. */
const PAST_DAYS = 90;
const DAY_MS = 86_400_000;

export interface Comparison {
  readonly fresh: readonly IdentifiedItem[];
  readonly change: {
    readonly current: ReadonlySet<string>;
    readonly week: string;
    readonly left: ReadonlySet<string>;
    /** Epoch seconds. */
    readonly expiresAt: number;
  };
  /** False when the document holds just the keys it held before: nothing needs writing. */
  readonly changed: boolean;
}

/**
 * An item is known when any of its keys was in the last document or in one of the past weeks.
 * `loadPast` is called only if an item is not in `current`.
 */
export async function compareWithMemory(
  items: readonly IdentifiedItem[],
  current: ReadonlySet<string>,
  loadPast: () => Promise<FeedMemory['past']>,
  now: Date,
): Promise<Comparison> {
  const unfamiliar = items.filter(({ keys }) => !keys.some((key) => current.has(key)));
  const past = unfamiliar.length > 0 && current.size > 0 ? [...(await loadPast()).values()] : [];
  const fresh = unfamiliar.filter(({ keys }) => !keys.some((key) => past.some((week) => week.has(key))));
  const next = new Set(items.flatMap(({ keys }) => keys));
  const left = new Set([...current].filter((key) => !next.has(key)));
  return {
    fresh,
    change: { current: next, week: isoWeek(now), left, expiresAt: Math.floor((now.getTime() + PAST_DAYS * DAY_MS) / 1000) },
    changed: left.size > 0 || next.size !== current.size,
  };
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
