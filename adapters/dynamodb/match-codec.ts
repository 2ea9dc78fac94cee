// A match as a record, and back.
import type { TextOrigin } from '../../shared/model/article.ts';
import { fitMatch } from '../../shared/model/fit-match.ts';
import { type Match, matchSchema, type Passage, prominenceOf, usualOrigin } from '../../shared/model/match.ts';
import { matchPosition } from '../../shared/model/positions.ts';
import { codecOf } from './codec.ts';
import { dayShardOf, matchesOfTopic, matchKey, pendingShardOf } from './keys.ts';
import type { Item } from './table-client.ts';

const CODEC = codecOf(matchSchema);

/** Fits the match, too. */
export function encodeMatch(match: Match): Item {
  const fitted = fitMatch(match);
  const { id, topic, article, sources, passages, times, alertState } = fitted;
  const position = matchPosition({ id, article });
  const record = {
    ...matchKey(id),
    type: 'match',
    ...CODEC.encode(fitted),
    passages: passages.map((passage) => withoutUsualOrigin(passage, article.origin)),
    sourceFeeds: new Set(sources.map(({ feedId }) => feedId)),
    relatedTo: matchesOfTopic(topic.id),
    relatedAt: position,
    listedIn: dayShardOf(article.firstSeenAt.slice(0, 10), id),
    listedAt: position,
  };
  return alertState === 'pending' ? { ...record, pendingShard: pendingShardOf(id), dueAt: times.matchedAt } : record;
}

export function decodeMatch(record: Item): Match {
  const match = CODEC.decode(record);
  const passages = match.passages.map((passage) => withOrigin(passage, match.article.origin));
  return { ...match, passages, prominence: match.prominence ?? prominenceOf(passages) };
}

type StoredPassage = Omit<Passage, 'origin'> & Partial<Pick<Passage, 'origin'>>;

function withoutUsualOrigin({ origin, ...passage }: Passage, ofArticle: TextOrigin): StoredPassage {
  return origin === usualOrigin(passage.field, ofArticle) ? passage : { ...passage, origin };
}

const withOrigin = (passage: StoredPassage, ofArticle: TextOrigin): Passage => ({
  ...passage,
  origin: passage.origin ?? usualOrigin(passage.field, ofArticle),
});
