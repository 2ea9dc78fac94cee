// How many topics one subscription may name.
import { InvalidInputError } from '../core/errors.ts';

/** A store writes the topics of before and after a change, and the subscription itself, in one transaction of at most 100 writes. */
export const MOST_TOPICS = 48;

/** Throws InvalidInputError when there are more topics than one subscription may name. */
export function checkTopicCount(topics: readonly string[]): void {
  if (topics.length > MOST_TOPICS) {
    throw new InvalidInputError(
      'too_many_topics',
      `a subscription can name at most ${MOST_TOPICS} topics, and this one would name ${topics.length}; name fewer, or use "*" for every topic`,
    );
  }
}
