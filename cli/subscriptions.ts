// The subscriptions of an instance, as its API shows them.
import type { PublishedSubscription } from '../shared/model/subscription.ts';
import type { ApiClient } from './api/client.ts';
import { fetchAllPages } from './api/pages.ts';

/** All, or those of one address. */
export const fetchSubscriptions = (api: ApiClient, target?: string): Promise<readonly PublishedSubscription[]> =>
  fetchAllPages<PublishedSubscription>(api, '/v1/subscriptions', target === undefined ? {} : { target });

export const topicsInWords = ({ topics }: Pick<PublishedSubscription, 'topics'>): string =>
  topics.includes('*') ? 'every topic' : topics.join(', ');
