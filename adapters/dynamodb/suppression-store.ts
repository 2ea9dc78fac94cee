// Addresses that get no mail any more, and refusals that may lead there. Both by the hash of the address.
import type { Page } from '../../shared/model/page.ts';
import { oldestFirst, suppressionPosition } from '../../shared/model/positions.ts';
import { fitSuppression, type Suppression, suppressionSchema } from '../../shared/model/suppression.ts';
import type { Clock, SuppressionStore } from '../../shared/ports.ts';
import { codecOf } from './codec.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { DecodeMany } from './decode-many.ts';
import { isNewRecord } from './expiry.ts';
import { keyOf, refusalsKey, SUPPRESSIONS, suppressionKey } from './keys.ts';
import { TABLE } from './table.ts';
import type { TableClient } from './table-client.ts';

const CODEC = codecOf(suppressionSchema);
const QUERY = ['suppressions'];

export class DynamoDbSuppressionStore implements SuppressionStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async suppress(suppression: Suppression): Promise<'added' | 'known'> {
    const isNew = await this.#table.put({
      Item: {
        ...suppressionKey(suppression.hash),
        type: 'suppression',
        ...CODEC.encode(fitSuppression(suppression)),
        listedIn: SUPPRESSIONS,
        listedAt: suppressionPosition(suppression),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return isNew ? 'added' : 'known';
  }

  async getSuppression(hash: string): Promise<Suppression | null> {
    const record = await this.#table.get(suppressionKey(hash), { consistent: false });
    return record && CODEC.decode(record);
  }

  async listSuppressions(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Suppression>> {
    const { name, partitionKey, sortKey } = TABLE.indexes.listed;
    const keys = await this.#table.query(
      {
        IndexName: name,
        KeyConditionExpression: `${partitionKey} = :all AND ${sortKey} > :after`,
        ExpressionAttributeValues: { ':all': SUPPRESSIONS, ':after': decodeCursor(QUERY, page.cursor) ?? '0' },
        ProjectionExpression: `pk, sk, ${sortKey}`,
      },
      page.limit + 1,
    );
    const chosen = keys.slice(0, page.limit);
    const found = await this.#table.getMany(chosen.map(keyOf), { consistent: true });
    const last = chosen.at(-1);
    return {
      items: this.#decodeMany(found, CODEC.decode).toSorted(oldestFirst(suppressionPosition)),
      cursor: last !== undefined && keys.length > chosen.length ? encodeCursor(QUERY, String(last[sortKey])) : null,
    };
  }

  async liftSuppression(hash: string): Promise<boolean> {
    const wasThere = (await this.#table.get(suppressionKey(hash))) !== null;
    await this.#table.deleteMany([suppressionKey(hash), refusalsKey(hash)]);
    return wasThere;
  }

  async noteRefusal(hash: string, mailId: string, expiresAt: number): Promise<number> {
    const Key = refusalsKey(hash);
    const mails = new Set([mailId]);
    const first = { ...Key, type: 'refusals', mails, expiresAt };
    if (await this.#table.put({ Item: first, ...isNewRecord(this.#clock) })) return mails.size;
    const after = await this.#table.update({
      Key,
      UpdateExpression: 'ADD mails :mails SET #type = :type, expiresAt = if_not_exists(expiresAt, :expiresAt)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':mails': mails, ':type': first.type, ':expiresAt': expiresAt },
    });
    return (after?.['mails'] as ReadonlySet<string> | undefined)?.size ?? mails.size;
  }
}
