// How a feed fares, in words that a person can act on. Pure: made from the feed's record, its batch's mark and the clock.
// While a feed is unchanged nothing is written of its polls; when it was last polled follows from its batch.
import type { FetchFailureKind } from '../core/errors.ts';
import { DAY_MS } from '../core/time.ts';
import type { Feed, PollBatch, PollState } from '../model/feed.ts';
import type { FeedHealth, HealthStatus, OldItems } from '../model/feed-health.ts';
import type { Settings } from '../model/settings.ts';
import { displayUrl } from '../net/display-url.ts';
import { timeInWords, UTC } from '../text/zoned-time.ts';
import { lastScheduledPollAt, nextPollAt } from './poll-schedule.ts';
import { ignoresValidators, isOldItemsOver } from './poll-state.ts';

/** Mean gaps between items without one that make a silence: by chance alone that happens once in 22,000 times. */
const SILENT_GAPS = 10;
/** A weekend and a holiday do not make a feed silent, however lively it is. */
const SHORTEST_SILENCE_MS = 4 * DAY_MS;
/** For feeds whose rhythm is not known, and those that publish a few times a year. */
const LONGEST_SILENCE_MS = 60 * DAY_MS;
/** Items a day are shown with one decimal below ten, whole above. */
const EXACT_BELOW = 10;

/** `batch` is the feed's poll batch, null when it is not known: the time of the last good poll may then be too early. */
export function describeHealth(feed: Feed, batch: PollBatch | null, now: Date, settings: Settings): FeedHealth {
  const { state } = feed;
  const lastGood = lastGoodPollAt(feed, batch, now, settings);
  const next = nextPollAt(feed, now, settings);
  const judged = judge(feed, lastGood, next, now);
  const validatorsIgnoredUntil = ignoresValidators(state, now) ? state.validatorsIgnoredUntil : null;
  const oldItems = oldItemsOf(state, now);
  return {
    ...judged,
    explanation: [judged.explanation, ...remarks(validatorsIgnoredUntil, oldItems, settings)].join('; '),
    lastGoodPollAt: lastGood,
    lastNewItemAt: state.lastNewItemAt,
    itemsPerDay: state.itemsPerDay === null ? null : rounded(state.itemsPerDay),
    nextPollAt: next,
    textOrigin: state.textOrigin,
    validatorsIgnoredUntil,
    oldItems,
  };
}

const oldItemsOf = ({ oldItems }: PollState, now: Date): OldItems | null =>
  oldItems === null || isOldItemsOver(oldItems, now) ? null : oldItems;

/** What an operator should know about a feed, whatever its status. */
function remarks(
  validatorsIgnoredUntil: string | null,
  oldItems: OldItems | null,
  { alerts: { maxAgeDays } }: Settings,
): readonly string[] {
  const said: string[] = [];
  if (oldItems !== null) {
    const items = oldItems.count === 1 ? '1 new item' : `${oldItems.count} new items`;
    const since = timeInWords(oldItems.firstAt, UTC);
    said.push(
      `${items} since ${since} dated more than ${maxAgeDays} days back, stored without an alert: check the feed's dates`,
    );
  }
  if (validatorsIgnoredUntil !== null) {
    const until = timeInWords(validatorsIgnoredUntil, UTC);
    said.push(`it answered "not modified" although it had new items, so it is downloaded whole until ${until}`);
  }
  return said;
}

type Judgement = Pick<FeedHealth, 'status' | 'explanation' | 'since'>;

function judge(feed: Feed, lastGood: string | null, next: string | null, now: Date): Judgement {
  const { state } = feed;
  if (!feed.active) return { status: 'inactive', explanation: 'switched off: it is not polled', since: null };
  if (state.goneAt !== null) {
    const explanation = 'the publisher has ended it (410): it is no longer polled. Remove it, or add its new address';
    return { status: 'gone', explanation, since: state.goneAt };
  }
  if (state.failure !== null) return judgeFailure(state.failure, next);
  if (!state.baselined || lastGood === null) {
    return { status: 'new', explanation: 'not polled yet', since: feed.addedAt };
  }
  if (state.redirect !== null) {
    const explanation = `answers from ${displayUrl(state.redirect.url)}; that address is adopted when it stays good for a day`;
    return { status: 'moved', explanation, since: state.redirect.firstAt };
  }
  if (state.itemCount === 0) {
    const explanation = 'it can be read, but has no items';
    return { status: 'empty', explanation, since: state.emptySince };
  }
  return judgeRhythm(feed, now);
}

function judgeFailure(
  { kind, message, since, count, status }: NonNullable<PollState['failure']>,
  next: string | null,
): Judgement {
  const tries = count === 1 ? '1 try' : `${count} tries`;
  const nextTry = next === null ? '' : `, next one at ${timeInWords(next, UTC)}`;
  const isRefused = kind === 'http' && REFUSALS.includes(status ?? 0);
  return {
    status: isRefused ? 'blocked' : (STATUS_OF_FAILURE[kind] ?? 'broken'),
    explanation: `${message} (${tries}${nextTry})`,
    since,
  };
}

/** Log in, pay, forbidden, withheld for legal reasons (RFC 7725). */
const REFUSALS: readonly number[] = [401, 402, 403, 451];

/** Kinds that are not here are `broken`. */
const STATUS_OF_FAILURE: Partial<Record<FetchFailureKind, HealthStatus>> = {
  blocked: 'blocked',
  robots: 'blocked',
  timeout: 'slow',
  throttled: 'slow',
  empty: 'empty',
  gone: 'gone',
};

function judgeRhythm(feed: Feed, now: Date): Judgement {
  const { lastNewItemAt, itemsPerDay } = feed.state;
  const quietSince = lastNewItemAt ?? feed.addedAt;
  const quietMs = now.getTime() - Date.parse(quietSince);
  const rhythm =
    itemsPerDay === null ? 'its rhythm is not known yet' : `it brings about ${rounded(itemsPerDay)} items a day`;
  if (quietMs < DAY_MS) return { status: 'ok', explanation: `polled without errors; ${rhythm}`, since: null };
  const days = Math.floor(quietMs / DAY_MS);
  const quiet = `nothing new for ${days} ${days === 1 ? 'day' : 'days'}`;
  if (quietMs >= silenceMs(itemsPerDay)) {
    const explanation = `${quiet}, and ${rhythm}: check whether it has moved, or follow another feed`;
    return { status: 'silent', explanation, since: quietSince };
  }
  return {
    status: 'unchanged',
    explanation: `polled without errors; ${quiet}, which is not unusual for it`,
    since: quietSince,
  };
}

function silenceMs(itemsPerDay: number | null): number {
  if (itemsPerDay === null || itemsPerDay <= 0) return LONGEST_SILENCE_MS;
  return Math.min(LONGEST_SILENCE_MS, Math.max(SHORTEST_SILENCE_MS, (SILENT_GAPS / itemsPerDay) * DAY_MS));
}

/** From the record; or from the batch's mark, when the feed has been polled since then without anything to write down. */
function lastGoodPollAt(feed: Feed, batch: PollBatch | null, now: Date, settings: Settings): string | null {
  const { baselined, failure, goneAt, lastChangedPollAt } = feed.state;
  if (!baselined) return null;
  if (failure !== null || goneAt !== null || !feed.active) return lastChangedPollAt;
  const scheduled = lastScheduledPollAt(feed, batch, now, settings);
  return scheduled !== null && scheduled > (lastChangedPollAt ?? '') ? scheduled : lastChangedPollAt;
}

const rounded = (rate: number): number => (rate < EXACT_BELOW ? Math.round(rate * 10) / 10 : Math.round(rate));
