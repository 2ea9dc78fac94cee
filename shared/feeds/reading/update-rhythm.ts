// How often, and when not, a publisher asks to be polled.
import { DAY_MINUTES } from '../../core/time.ts';
import { childrenOf, type Element, textOf } from './element.ts';

const MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: DAY_MINUTES,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};
const MOST_MINUTES = 525_600;

/** `ttl`, else the period of the syndication module divided by its frequency (daily and once, unless said). Null when not said. */
export function askedMinutes(feed: Element): number | null {
  const ttl = Number.parseFloat(textOf(childrenOf(feed, 'rss/ttl')[0]));
  if (ttl > 0) return Math.min(MOST_MINUTES, Math.max(1, Math.round(ttl)));
  const period = textOf(childrenOf(feed, 'sy/updateperiod')[0]).trim().toLowerCase();
  const frequency = Number.parseFloat(textOf(childrenOf(feed, 'sy/updatefrequency')[0]));
  const minutes = MINUTES[period === '' && frequency > 0 ? 'daily' : period];
  if (minutes === undefined) return null;
  return Math.max(1, Math.round(minutes / (frequency > 0 ? frequency : 1)));
}

/** 0 to 23, ascending; RSS 0.91 counts from 1 to 24. */
export function hoursToSkip(feed: Element): readonly number[] {
  const hours = childrenOf(feed, 'rss/skiphours')
    .flatMap((element) => childrenOf(element, 'rss/hour').slice(0, 100))
    .map((hour) => textOf(hour).trim())
    .filter((hour) => /^\d{1,2}$/.test(hour))
    .map(Number)
    .filter((hour) => hour <= 24);
  return [...new Set(hours.map((hour) => hour % 24))].toSorted((a, b) => a - b);
}
