// The built-in sample feed among the feeds that are followed.

import { NotFoundError } from '../../shared/core/errors.ts';
import { feedIdAt } from '../../shared/feeds/feed-address.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { FeedStore } from '../../shared/ports.ts';
import type { Configuration } from '../../shared/usecases/managing/configure.ts';
import type { LocalQueues } from '../queues/queues.ts';
import type { SampleFeed } from './server.ts';

const TITLE = 'Tocsin sample feed';
const SETTING = 'sample feed id';

/** Null where there is no sample. */
export const sampleIdOf = (sample: SampleFeed | null): FeedId | null => (sample === null ? null : feedIdAt(sample.url));

/** The configuration with the sample in front, where there is one. */
export function withSample(configuration: Configuration, sample: SampleFeed | null): Configuration {
  if (sample === null) return configuration;
  const row = { url: sample.url, title: TITLE, folder: 'Built in', language: null };
  return { ...configuration, feeds: [row, ...configuration.feeds] };
}

/** The sample moves to another port when its own is taken: the feed under the old address is then obsolete. */
export async function forgetFormerSample(
  queues: LocalQueues,
  feeds: Pick<FeedStore, 'removeFeed'>,
  current: FeedId | null,
): Promise<void> {
  const former = queues.getSetting(SETTING);
  if (former !== null && former !== current) {
    await feeds.removeFeed(former as FeedId).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
  if (current !== null) queues.setSetting(SETTING, current);
}
