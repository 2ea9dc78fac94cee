// The subscriptions of an instance, as its API shows them.
import type { Subscription } from '../shared/model/subscription.ts';
import type { ApiClient } from './api/client.ts';
import { fetchAllPages } from './api/pages.ts';

/** Without its secrets. */
export type ShownSubscription = Omit<Subscription, 'unsubscribeToken' | 'snsSubscriptionArn'>;

/** All, or those of one address. */
export const fetchSubscriptions = (api: ApiClient, target?: string): Promise<readonly ShownSubscription[]> =>
  fetchAllPages<ShownSubscription>(api, '/v1/subscriptions', target === undefined ? {} : { target });

export const topicsInWords = ({ topics }: Pick<ShownSubscription, 'topics'>): string =>
  topics.includes('*') ? 'every topic' : topics.join(', ');
