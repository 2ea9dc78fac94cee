// `tocsin topics remove`: topics no longer match; their matches and subscriptions stay.
import type { TopicSubscription } from '../../../shared/usecases/managing/end-topics.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { knownTopics, MOST_NAMED, topicPath } from '../../topics/stored-topics.ts';
import { aboutSubscriptions } from '../../topics/topic-changes.ts';

export const usage = `tocsin topics remove ID [ID …] ${INSTANCE_USAGE}     matches and subscriptions stay`;

interface RemovedTopic {
  /** `disabled`: stays removed whatever is pushed; `ended`: comes back with the next push. */
  readonly outcome: 'disabled' | 'ended';
  readonly subscriptions: readonly TopicSubscription[];
}

/** All, or none when one is unknown. */
export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: MOST_NAMED });
  return withApi(values, io, async (api) => {
    const removed: { readonly id: string; readonly outcome: RemovedTopic['outcome'] }[] = [];
    const subscriptions: TopicSubscription[] = [];
    for (const id of await knownTopics(api, positionals)) {
      const topic = await api.call<RemovedTopic>('DELETE', topicPath(id));
      removed.push({ id, outcome: topic.outcome });
      subscriptions.push(...topic.subscriptions);
    }
    if (io.json) printJson(io, { removed, subscriptions });
    else {
      for (const { id, outcome } of removed) {
        const back =
          outcome === 'disabled' ? `To undo: tocsin topics restore ${id}` : 'It comes back when it is pushed again';
        io.stdout(`${id} was removed. Its matches stay, and their alerts are still sent. ${back}\n`);
      }
      for (const line of aboutSubscriptions(subscriptions)) io.stdout(`${line}\n`);
    }
    return EXIT.done;
  });
};
