// The words for topics that ended, are disabled, or lost their pack files.
import type { ConfigureResult } from '../shared/usecases/managing/configure.ts';
import type { TopicSubscription } from '../shared/usecases/managing/end-topics.ts';
import { oneLine } from './output.ts';

/** What a start says of topics that are not as their files would have it. */
export function aboutTopics({
  topicsEnded,
  topicsMissing,
  topicsDisabled,
  subscriptionsToEnded,
}: Pick<
  ConfigureResult,
  'topicsEnded' | 'topicsMissing' | 'topicsDisabled' | 'subscriptionsToEnded'
>): readonly string[] {
  return [
    ...(topicsEnded.length === 0 ? [] : [`Topics that ended: ${topicsEnded.join(', ')}.`]),
    ...aboutSubscriptions(subscriptionsToEnded),
    ...(topicsDisabled.length === 0
      ? []
      : [`Topics that were removed and stay so: ${topicsDisabled.join(', ')}. To undo: tocsin topics restore ID`]),
    ...(topicsMissing.length === 0
      ? []
      : [
          `LOOK: the pack files of ${topicsMissing.length} topics are gone, too many to have been deleted on purpose. They stay in force.`,
          'Restore the files in config/topics. If the topics are to end: tocsin topics push --end-missing',
        ]),
  ];
}

/** Who is subscribed to what no longer matches, a line for each topic. */
export function aboutSubscriptions(subscriptions: readonly TopicSubscription[]): readonly string[] {
  const byTopic = Map.groupBy(subscriptions, ({ topic }) => topic);
  return [...byTopic].map(([topic, those]) => {
    const who = those.map(({ target, channel, id }) => `${oneLine(target)} (${channel}, ${id})`);
    return `Still subscribed to ${topic}, which no longer matches anything: ${who.join(', ')}.`;
  });
}
