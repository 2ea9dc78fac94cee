// The words for topics that ended, were removed, or whose pack files are missing.
import type { ConfigureResult } from '../../shared/usecases/managing/configure.ts';
import type { TopicSubscription } from '../../shared/usecases/managing/end-topics.ts';
import { oneLine } from '../output.ts';

/** What a start prints about topics that differ from their files. `config` is the folder of the configuration, as messages show it. */
export function aboutTopics(
  {
    topicsEnded,
    topicsMissing,
    topicsDisabled,
    subscriptionsToEnded,
  }: Pick<ConfigureResult, 'topicsEnded' | 'topicsMissing' | 'topicsDisabled' | 'subscriptionsToEnded'>,
  config: string,
): readonly string[] {
  return [
    ...(topicsEnded.length === 0 ? [] : [`Topics that ended: ${topicsEnded.join(', ')}.`]),
    ...aboutSubscriptions(subscriptionsToEnded),
    ...(topicsDisabled.length === 0
      ? []
      : [`Topics that stay removed: ${topicsDisabled.join(', ')}. To undo: tocsin topics restore ID`]),
    ...(topicsMissing.length === 0
      ? []
      : [
          `LOOK: the pack files of ${topicsMissing.length} topics are missing, too many to have been deleted on purpose. The topics stay in force.`,
          `Restore the files in ${config}/topics, or end the topics: tocsin topics push --end-missing`,
        ]),
  ];
}

/** Subscriptions to topics that no longer match, a line for each topic. */
export function aboutSubscriptions(subscriptions: readonly TopicSubscription[]): readonly string[] {
  const byTopic = Map.groupBy(subscriptions, ({ topic }) => topic);
  return [...byTopic].map(([topic, ofTopic]) => {
    const who = ofTopic.map(({ target, channel, id }) => `${oneLine(target)} (${channel}, ${id})`);
    return `Still subscribed to ${topic}, which no longer matches: ${who.join(', ')}.`;
  });
}
