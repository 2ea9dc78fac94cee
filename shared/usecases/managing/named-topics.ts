// The topics that a subscription names: whether they exist, and which was meant.
import { suggestionOf } from '../../core/nearest-names.ts';
import { isInForce, type TopicEntry } from '../../model/topic.ts';
import { quoteForeign } from '../../net/display-url.ts';

export const EVERY_TOPIC = '*';

export const sortedTopics = (topics: readonly string[]): readonly string[] =>
  topics.includes(EVERY_TOPIC) ? [EVERY_TOPIC] : [...new Set(topics)].sort();

/** `entries`: every topic there is or was. Empty when all that are wanted are in force. */
export function problemsOfTopics(
  wanted: readonly string[],
  entries: readonly TopicEntry[],
  field = 'topics',
): readonly string[] {
  if (wanted.includes(EVERY_TOPIC)) return [];
  const known = entries.filter(isInForce).map(({ id }) => id);
  const removed = entries.filter((entry) => !isInForce(entry)).map(({ id }) => id);
  return wanted
    .filter((topic) => !known.includes(topic))
    .map((topic) =>
      removed.includes(topic)
        ? `${field}: "${topic}" was removed. To undo: tocsin topics restore ${topic}`
        : `${field}: ${quoteForeign(topic)} is not a topic.${whichOf(topic, known, ' No topic is in force yet.')}`,
    );
}

/** The nearest of the names that could have been meant, or all of them. */
export const whichOf = (name: string, known: readonly string[], none = ''): string =>
  suggestionOf(name, known) || (known.length === 0 ? none : ` Known: ${listed(known)}`);

const listed = (names: readonly string[]): string =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
