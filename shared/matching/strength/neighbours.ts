// Of two neighbouring topics that the same passages show, the one that fits less well is weak.
import type { Passage, TopicMatch } from '../../model/match.ts';
import { strengthOf } from './strength.ts';

/** Whether one of two topics names the other. */
export type AreNeighbours = (topic: string, other: string) => boolean;

/**
 * The matches of one document, in their order, each with the feature where it applies. Both sides of a draw keep their strength, and so does a
 * topic that a passage of its own shows.
 */
export function withNeighbours(matches: readonly TopicMatch[], areNeighbours: AreNeighbours): readonly TopicMatch[] {
  const scores = matches.map(({ features }) => strengthOf(features).score);
  return matches.map((match, at) => {
    const isOutdone = matches.some(
      (other, otherAt) =>
        scores[otherAt]! > scores[at]! && areNeighbours(match.topicId, other.topicId) && standsIn(match, other),
    );
    return isOutdone ? outdone(match) : match;
  });
}

function outdone(match: TopicMatch): TopicMatch {
  const features = { ...match.features, neighbourFitsBetter: true };
  return { ...match, features, strength: strengthOf(features).strength };
}

/** Each passage of the match has a matched word inside a passage of the other. */
const standsIn = (match: TopicMatch, other: TopicMatch): boolean =>
  match.passages.length > 0 &&
  match.passages.every((passage) => other.passages.some((wider) => hasWordIn(passage, wider)));

const hasWordIn = ({ origin, highlights }: Passage, wider: Passage): boolean =>
  origin === wider.origin && highlights.some(([start, end]) => start >= wider.start && end <= wider.end);
