// Hits: articles in which topics hold. story-store.ts puts them, together with the story they belong to.
import type { Hit } from '../../shared/model/hit.ts';
import type { ArticleId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import { hitPosition } from '../../shared/model/positions.ts';
import type { Clock, HitStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { isExpired, unexpired } from './expiry.ts';
import { decodeHit, encodeHit } from './hit-codec.ts';
import { hitKey, hitsOfStory } from './keys.ts';
import { pageOfRelated } from './related-page.ts';
import type { Item, TableClient } from './table-client.ts';

export class DynamoDbHitStore implements HitStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async getHit(id: ArticleId): Promise<Hit | null> {
    const record = await this.#table.get(hitKey(id));
    return record === null || isExpired(record, this.#clock) ? null : decodeHit(record);
  }

  async getHits(ids: readonly ArticleId[]): Promise<readonly Hit[]> {
    return this.#living(await this.#table.getMany([...new Set(ids)].map(hitKey), { consistent: true }));
  }

  async revise(before: Hit, after: Hit): Promise<'revised' | 'conflict'> {
    const isWritten = await this.#table.put({
      Item: encodeHit(after),
      ConditionExpression: 'revision = :before AND alertState = :state',
      ExpressionAttributeValues: { ':before': before.revision, ':state': before.alertState },
    });
    return isWritten ? 'revised' : 'conflict';
  }

  async markAlerted(id: ArticleId, revision: number, at: string, checkAt: string | null): Promise<void> {
    await this.#table.update({
      Key: hitKey(id),
      UpdateExpression:
        checkAt === null
          ? 'SET alertState = :done, changedAt = :at REMOVE pendingShard, dueAt, checkAt, expandedTo'
          : 'SET alertState = :done, changedAt = :at, dueAt = :checkAt, checkAt = :checkAt REMOVE expandedTo',
      ConditionExpression: 'alertState = :pending AND revision = :revision',
      ExpressionAttributeValues: {
        ':done': 'done',
        ':pending': 'pending',
        ':revision': revision,
        ':at': at,
        ...(checkAt === null ? {} : { ':checkAt': checkAt }),
      },
    });
  }

  async noteChecked(id: ArticleId, checkAt: string): Promise<void> {
    await this.#table.update({
      Key: hitKey(id),
      UpdateExpression: 'REMOVE pendingShard, dueAt, checkAt',
      ConditionExpression: 'alertState = :done AND checkAt = :checkAt',
      ExpressionAttributeValues: { ':done': 'done', ':checkAt': checkAt },
    });
  }

  async noteExpanded(id: ArticleId, revision: number, from: string | null, to: string): Promise<boolean> {
    const after = await this.#table.update({
      Key: hitKey(id),
      UpdateExpression: 'SET expandedTo = :to',
      ConditionExpression: `alertState = :pending AND revision = :revision AND ${
        from === null ? 'attribute_not_exists(expandedTo)' : 'expandedTo = :from'
      }`,
      ExpressionAttributeValues: {
        ':pending': 'pending',
        ':revision': revision,
        ':to': to,
        ...(from === null ? {} : { ':from': from }),
      },
    });
    return after !== null;
  }

  hitsOfStory(storyId: string, page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Hit>> {
    return pageOfRelated(this.#table, {
      relatedTo: hitsOfStory(storyId),
      query: ['hits', storyId],
      page,
      decode: (records) => this.#living(records),
      position: hitPosition,
    });
  }

  #living(records: readonly Item[]): readonly Hit[] {
    return this.#decodeMany(unexpired(records, this.#clock), decodeHit);
  }
}
