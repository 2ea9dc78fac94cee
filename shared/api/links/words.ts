// What these pages say of addresses, alerts and reports.

import { oneLine } from '../../alerts/plain-text.ts';
import { newsOf } from '../../alerts/policy.ts';
import { instantInWords, listed } from '../../alerts/wording.ts';
import type { DigestPeriod } from '../../model/alert-rules.ts';
import { type Channel, isWebChannel } from '../../model/channels.ts';
import type { Hit } from '../../model/hit.ts';
import type { Delivery, Subscription } from '../../model/subscription.ts';

/** `re…@example.org`: enough to know one's own address, too little to learn another's. That of a webhook or chat is kept shortened. */
export function shortenedAddress({ channel, target }: Pick<Subscription, 'channel' | 'target'>): string {
  if (isWebChannel(channel)) return target;
  const at = target.lastIndexOf('@');
  if (at === -1) return '…';
  return `${target.slice(0, at > 2 ? 2 : 1)}…${target.slice(at)}`;
}

/** What comes through the channel, as its readers call it. */
export const MESSAGES: Readonly<Record<Channel, string>> = {
  email: 'mails',
  'sns-email': 'mails',
  webhook: 'calls',
  slack: 'messages',
  teams: 'messages',
  discord: 'messages',
  telegram: 'messages',
  ntfy: 'notifications',
};

export const DIGEST_CHOICES: Readonly<Record<DigestPeriod, string>> = {
  none: 'A mail for each event, at once',
  hourly: 'One mail an hour',
  daily: 'One mail a day',
  weekly: 'One mail a week',
};

// ---------------------------------------------------------------- reports and alerts

const KINDS: Readonly<Record<Hit['story']['kind'], string>> = {
  first: 'the first report',
  copy: 'a copy of an earlier report',
  same: 'the same event, nothing new',
  new: 'brings something new',
};

/** `brings something new: 40 trucks`. */
export function kindInWords(hit: Hit): string {
  const news = newsOf(hit).map(oneLine);
  return news.length === 0 ? KINDS[hit.story.kind] : `${KINDS.new}: ${listed(news)}`;
}

/** What became of an alert. */
export function deliveryInWords({ state, kind, reason, dueAt, sentAt, digestId }: Delivery, timeZone: string): string {
  const why = reason === null ? '' : `: ${reasonInWords(reason, timeZone)}`;
  const at = (instant: string | null): string => (instant === null ? '' : ` at ${instantInWords(instant, timeZone)}`);
  switch (state) {
    case 'sent':
    case 'accepted':
    case 'delivered':
    case 'delayed':
    case 'complained': {
      const how = digestId === null ? (kind === 'update' ? ' as an update' : '') : ' in a digest';
      return `sent to you${how}${at(sentAt)}${AFTERWARDS[state] ?? ''}`;
    }
    case 'bounced':
      return `came back${why}`;
    case 'waiting':
      return 'waits for your next digest';
    case 'held':
      return `waits until ${dueAt === null ? 'later' : instantInWords(dueAt, timeZone)}${why}`;
    case 'pending':
      return reason === null ? 'is being sent' : `will be tried again${at(dueAt)}`;
    case 'sending':
      return 'is being sent';
    case 'failed':
      return `could not be sent${why}`;
    case 'merged':
    case 'filtered':
    case 'suppressed':
    case 'disabled':
      return `not sent${why}`;
  }
}

const AFTERWARDS: Partial<Readonly<Record<Delivery['state'], string>>> = {
  delayed: '; the receiving server makes it wait',
  complained: '; reported as unwanted',
};

/** Reasons name alerts by their ids and times in UTC. */
const reasonInWords = (reason: string, timeZone: string): string =>
  oneLine(reason)
    .replace(/^the update \S* ?speaks for it$/, 'a later update spoke for it')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) => instantInWords(instant, timeZone));
