// What poll-feeds is given on AWS.
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { turnWait } from '../environment.ts';
import type { PollFeedsDependencies } from '../poll-feeds.ts';
import { fetchingFrom } from './fetching.ts';

export function fromEnvironment(env: Environment): PollFeedsDependencies {
  const { web, ports } = fetchingFrom(env, 'poll-feeds');
  return { ...ports, fetcher: createFeedFetcher(web, turnWait(env)) };
}
