// Matches, the days that have any, and the links from a feed to its matches.

import type { ArticleSource } from '../../shared/model/article.ts';
import { fitSource } from '../../shared/model/fit-match.ts';
import type { MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { type Match, type MatchFilter, MOST_SOURCES } from '../../shared/model/match.ts';
import type { Page } from '../../shared/model/page.ts';
import { matchPosition } from '../../shared/model/positions.ts';
import type { Clock, MatchStore, NotRelevant } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { isExpired, isNewRecord, unexpired } from './expiry.ts';
import { keyOf, matchDayKey, matchesOfFeed, matchKey, notRelevantKey, notRelevantOfTopic } from './keys.ts';
import { decodeMatch, encodeMatch } from './match-codec.ts';
import { queryMatches } from './match-query.ts';
import { NotedDays } from './noted-days.ts';
import { nameOf, RecordReader } from './record.ts';
import { TABLE } from './table.ts';
import type { Item, TableClient } from './table-client.ts';

export class DynamoDbMatchStore implements MatchStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;
  readonly #days: NotedDays;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
    this.#days = new NotedDays(table, matchDayKey, 'matchDay');
  }

  /** Day, match, link: whatever is missing after a crash is written when the step is repeated. */
  async putMatch(match: Match): Promise<'stored' | 'known'> {
    await this.#days.note(match.article.firstSeenAt, match.expiresAt);
    const isNew = await this.#table.put({ Item: encodeMatch(match), ...isNewRecord(this.#clock) });
    if (isNew) {
      for (const source of match.sources) await this.#linkFeed(source, match);
      return 'stored';
    }
    for (const source of match.sources) await this.addSource(match.id, source);
    return 'known';
  }

  async getMatch(id: MatchId): Promise<Match | null> {
    const record = await this.#table.get(matchKey(id));
    return record === null || isExpired(record, this.#clock) ? null : decodeMatch(record);
  }

  async getMatches(ids: readonly MatchId[]): Promise<readonly Match[]> {
    const records = await this.#table.getMany([...new Set(ids)].map(matchKey), { consistent: true });
    return this.#decodeMany(unexpired(records, this.#clock), decodeMatch);
  }

  queryMatches(
    filter: MatchFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Match>> {
    return queryMatches(this.#table, filter, page, (ids) => this.getMatches(ids));
  }

  async addSource(id: MatchId, source: ArticleSource): Promise<void> {
    const added = await this.#table.update({
      Key: matchKey(id),
      UpdateExpression: 'SET sources = list_append(sources, :source) ADD sourceFeeds :feed',
      // The match is there, the feed is not among its sources, and there is room.
      ConditionExpression: 'attribute_exists(pk) AND NOT contains(sourceFeeds, :feedId) AND size(sources) < :most',
      ExpressionAttributeValues: {
        ':source': [fitSource(source)],
        ':feed': new Set([source.feedId]),
        ':feedId': source.feedId,
        ':most': MOST_SOURCES,
      },
    });
    const match = added === null ? await this.getMatch(id) : decodeMatch(added);
    // Also when it is among them already: the link may have been lost in a crash.
    if (match?.sources.some(({ feedId }) => feedId === source.feedId)) await this.#linkFeed(source, match);
  }

  async strengthen(match: Match): Promise<void> {
    const { passages, why } = encodeMatch(match);
    await this.#table.update({
      Key: matchKey(match.id),
      UpdateExpression:
        'SET #strength = :strength, prominence = :prominence, passages = :passages, why = :why, article.#origin = :origin REMOVE times.alertedAt',
      ConditionExpression: 'attribute_exists(pk) AND #strength = :weak',
      ExpressionAttributeNames: { '#strength': 'strength', '#origin': 'origin' },
      ExpressionAttributeValues: {
        ':strength': match.strength,
        ':prominence': match.prominence,
        ':passages': passages,
        ':why': why,
        // Passages without an origin of their own are from here.
        ':origin': match.article.origin,
        ':weak': 'weak',
      },
    });
  }

  async markAlerted(id: MatchId, at: string): Promise<void> {
    await this.#table.update({
      Key: matchKey(id),
      UpdateExpression: 'SET alertState = :done, times.alertedAt = :at REMOVE pendingShard, dueAt',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(times.alertedAt)',
      ExpressionAttributeValues: { ':done': 'done', ':at': at },
    });
  }

  async noteNotRelevant({ matchId, topicId, subscriptionId, at, expiresAt }: NotRelevant): Promise<void> {
    await this.#table.put({
      Item: {
        ...notRelevantKey(matchId, subscriptionId),
        type: 'notRelevant',
        matchId,
        topicId,
        subscriptionId,
        at,
        expiresAt,
        relatedTo: notRelevantOfTopic(topicId),
        relatedAt: `${at}#${matchId}#${subscriptionId}`,
      },
      ...isNewRecord(this.#clock),
    });
  }

  async listNotRelevant(topicId: string, limit: number): Promise<readonly NotRelevant[]> {
    const { name, partitionKey } = TABLE.indexes.related;
    const keys = await this.#table.query(
      {
        IndexName: name,
        KeyConditionExpression: `${partitionKey} = :topic`,
        ExpressionAttributeValues: { ':topic': notRelevantOfTopic(topicId) },
        ProjectionExpression: 'pk, sk',
        ScanIndexForward: false,
      },
      limit,
    );
    const records = await this.#table.getMany(keys.map(keyOf), { consistent: true });
    return this.#decodeMany(unexpired(records, this.#clock), decodeNotRelevant).toSorted((a, b) =>
      a.at < b.at ? 1 : -1,
    );
  }

  /** Sorted by the stored match's instant, whenever the feed brought the article. */
  async #linkFeed(source: ArticleSource, match: Match): Promise<void> {
    const { expiresAt } = match;
    await this.#table.put({
      Item: {
        pk: matchesOfFeed(source.feedId),
        sk: matchPosition(match),
        type: 'matchOfFeed',
        expiresAt,
      },
    });
  }
}

function decodeNotRelevant(record: Item): NotRelevant {
  const reader = new RecordReader(record, nameOf(record));
  return {
    matchId: reader.string('matchId') as MatchId,
    topicId: reader.string('topicId'),
    subscriptionId: reader.string('subscriptionId') as SubscriptionId,
    at: reader.string('at'),
    expiresAt: reader.number('expiresAt'),
  };
}
