// The subscriptions of an instance, as its API shows them.
import { differencesInWords } from '../../shared/alerts/subscription-in-words.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { defaultSubscriptionSettings, type PublishedSubscription } from '../../shared/model/subscription.ts';
import type { ApiClient } from '../api/client.ts';
import { clockOf } from '../api/clock.ts';
import { fetchAllPages } from '../api/pages.ts';
import { invalidArguments } from '../arguments.ts';
import { isTarget } from './target-words.ts';

/** All, or those of one address. */
export async function fetchSubscriptions(api: ApiClient, target?: string): Promise<readonly PublishedSubscription[]> {
  const query: Readonly<Record<string, string>> = target === undefined ? {} : { target };
  return (await fetchAllPages<PublishedSubscription>(api, '/v1/subscriptions', query)).map(withDefaults);
}

export const fetchSubscription = async (api: ApiClient, id: string): Promise<PublishedSubscription> =>
  withDefaults(await api.call<PublishedSubscription>('GET', subscriptionPath(id)));

/** A deployment of an older version does not know some of the settings. */
export const withDefaults = <Answer extends PublishedSubscription>(answer: Answer): Answer => ({
  ...defaultSubscriptionSettings,
  ...answer,
});

export const subscriptionPath = (id: string): string => `/v1/subscriptions/${encodeURIComponent(id)}`;

/**
 * The id of the one subscription that is meant by an id or an address. Throws InvalidInputError for an address whose subscriptions have all
 * ended, or that has several, which it lists.
 */
export async function subscriptionIdFor(api: ApiClient, who: string): Promise<string> {
  if (!isAddress(who)) return who;
  const active = (await fetchSubscriptions(api, who)).filter(({ state }) => state !== 'unsubscribed');
  const [only, ...others] = active;
  if (only === undefined) throw new InvalidInputError('not_found', `${who} has no active subscriptions`);
  if (others.length === 0) return only.id;
  const now = await clockFor(api, active);
  const lines = active.map((each) => `${each.id}  ${inFewWords(each, now)}`);
  throw invalidArguments(`${who} has ${active.length} subscriptions; name one by its id`, lines);
}

/** The clock that tells whether mutes are over. */
export const clockFor = (api: ApiClient, found: readonly PublishedSubscription[]): Promise<Date> | Date =>
  found.some(({ mutes }) => mutes.length > 0) ? clockOf(api) : new Date();

/** An e-mail address, or a target as lists show it, rather than an id. Throws InvalidInputError for an address that lists do not show. */
export function isAddress(who: string): boolean {
  if (who.includes('://'))
    throw invalidArguments('lists do not show whole addresses of webhooks and chats; name the subscription by its id', [
      'to see the ids: tocsin subscriptions',
    ]);
  return isTarget(who);
}

/** `bridges by email, daily digest at 07:00` */
function inFewWords(subscription: PublishedSubscription, now: Date): string {
  const differences = differencesInWords(subscription, now);
  return `${topicsInWords(subscription)} by ${subscription.channel}${differences === '' ? '' : `, ${differences}`}`;
}

export const topicsInWords = ({ topics }: Pick<PublishedSubscription, 'topics'>): string =>
  topics.includes('*') ? 'every topic' : topics.join(', ');
