// The built-in sample feeds among the feeds that are followed.

import { NotFoundError } from '../../shared/core/errors.ts';
import { feedIdAt } from '../../shared/feeds/feed-address.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { FeedStore } from '../../shared/ports.ts';
import type { Configuration } from '../../shared/usecases/managing/configure.ts';
import type { LocalQueues } from '../queues/queues.ts';
import type { SampleFeed } from './server.ts';

const SETTING = 'sample feed id';

/** None where there is no sample. */
export const sampleIdsOf = (sample: SampleFeed | null): readonly FeedId[] =>
  sample === null ? [] : sample.feeds.map(({ url }) => feedIdAt(url)).filter((id) => id !== null);

/** The configuration with the sample in front, where there is one. */
export function withSample(configuration: Configuration, sample: SampleFeed | null): Configuration {
  if (sample === null) return configuration;
  const rows = sample.feeds.map((feed) => ({ ...feed, folder: 'Built in', language: null }));
  return { ...configuration, feeds: [...rows, ...configuration.feeds] };
}

/** The sample moves to another port when its own is taken: the feeds under the old addresses are then obsolete. */
export async function forgetFormerSample(
  queues: LocalQueues,
  feeds: Pick<FeedStore, 'removeFeed'>,
  current: readonly FeedId[],
): Promise<void> {
  const former = (queues.getSetting(SETTING) ?? '').split(' ') as FeedId[];
  for (const id of former.filter((each) => each !== '' && !current.includes(each))) {
    await feeds.removeFeed(id).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
  if (current.length > 0) queues.setSetting(SETTING, current.join(' '));
}
