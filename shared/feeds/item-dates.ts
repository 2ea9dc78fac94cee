// Whether an item's own date says that it is old, and whether the dates of its feed can be believed at all. Pure.
import { DAY_MS } from '../core/time.ts';
import type { Item } from '../model/item.ts';
import { dateOf } from './item-identity.ts';
import { minuteOf } from './item-note.ts';

/** This share of the items or more without a date: the publisher takes no care of dates. */
const UNDATED_SHARE = 1 / 3;
/** This share of the dates or more lies in the future. */
const FUTURE_SHARE = 1 / 4;
/** Years before it, and the first two days of 1970, are what systems write that have no date. */
const FIRST_YEAR = 1900;

/** True for a date more than so many days before `at`. No date, or one that stands for none, says nothing. */
export function isOlderThan(date: string | null, at: string, days: number): boolean {
  return date !== null && !isPlaceholder(Date.parse(date)) && Date.parse(at) - Date.parse(date) > days * DAY_MS;
}

/**
 * False where many dates lie in the future, many items have none, or all are the same: the date of one item means nothing then.
 * `earlierMinutes`: dates of items that the feed showed before, in minutes since 1970; a feed may show one item at a time.
 */
export function datesAreReliable(items: readonly Item[], earlierMinutes: readonly number[], now: Date): boolean {
  const dated = items.filter((item) => dateOf(item) !== '' && !isPlaceholder(Date.parse(dateOf(item))));
  if (items.length > 0 && items.length - dated.length >= items.length * UNDATED_SHARE) return false;
  const ahead = dated.filter((item) => Date.parse(dateOf(item)) - now.getTime() > DAY_MS);
  if (ahead.length > 0 && ahead.length >= dated.length * FUTURE_SHARE) return false;
  const minutes = dated.map(minuteOf);
  const compared = minutes.length > 1 ? minutes : [...minutes, ...earlierMinutes];
  return compared.length < 2 || new Set(compared).size > 1;
}

function isPlaceholder(time: number): boolean {
  return Number.isNaN(time) || Math.abs(time) <= DAY_MS || new Date(time).getUTCFullYear() < FIRST_YEAR;
}
