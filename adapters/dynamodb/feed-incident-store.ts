// Which feeds operators were notified of, and when the next check is due. One small record for each such feed.
import type { Coverage } from '../../shared/alerts/coverage.ts';
import { epochSeconds } from '../../shared/core/time.ts';
import { furthestCheck } from '../../shared/feeds/incident-checks.ts';
import type { FeedIncident } from '../../shared/model/feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Clock, FeedIncidentStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { unexpired } from './expiry.ts';
import { FEED_CHECK_KEY, FEED_INCIDENT_PREFIX, FEED_INCIDENTS, feedIncidentKey } from './keys.ts';
import { RecordReader } from './record.ts';
import type { TableClient } from './table-client.ts';

export class DynamoDbFeedIncidentStore implements FeedIncidentStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async claim(now: string, until: string): Promise<boolean> {
    const after = await this.#table.update({
      Key: FEED_CHECK_KEY,
      UpdateExpression: 'SET nextLookAt = :until, #type = :type',
      ConditionExpression: 'attribute_not_exists(nextLookAt) OR nextLookAt <= :now OR nextLookAt > :furthest',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':until': until,
        ':now': now,
        ':furthest': furthestCheck(now),
        ':type': 'feedNewsLook',
      },
    });
    return after !== null;
  }

  async complete(next: string, coverage?: Coverage): Promise<void> {
    const isFound = coverage !== undefined;
    await this.#table.update({
      Key: FEED_CHECK_KEY,
      UpdateExpression: `SET nextLookAt = :next, #type = :type${isFound ? ', coverage = :coverage' : ''}`,
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':next': next,
        ':type': 'feedNewsLook',
        ...(isFound && { ':coverage': JSON.stringify(coverage) }),
      },
    });
  }

  async lastCoverage(): Promise<Coverage | null> {
    const record = await this.#table.get(FEED_CHECK_KEY);
    const text = record?.['coverage'];
    return typeof text === 'string' ? (JSON.parse(text) as Coverage) : null;
  }

  async listNotified(): Promise<ReadonlyMap<FeedId, FeedIncident>> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :incidents AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':incidents': FEED_INCIDENTS, ':prefix': FEED_INCIDENT_PREFIX },
      ConsistentRead: true,
    });
    return new Map(
      this.#decodeMany(unexpired(records, this.#clock), (record) => {
        const reader = new RecordReader(record, `of the feed incident ${String(record['sk'])}`);
        return [reader.string('feedId') as FeedId, reader.oneOf('told', ['failing', 'gone'])] as const;
      }),
    );
  }

  /** The sweep may not delete: a record that is to be forgotten expires at once. */
  async recordNotified(marks: ReadonlyMap<FeedId, FeedIncident | null>): Promise<void> {
    const expiresAt = epochSeconds(this.#clock.now());
    await this.#table.putMany(
      [...marks].map(([id, incident]) => ({
        ...feedIncidentKey(id),
        type: 'feedNews',
        feedId: id,
        told: incident ?? 'failing',
        ...(incident === null ? { expiresAt } : {}),
      })),
    );
  }
}
