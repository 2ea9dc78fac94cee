// Saved views: few records in one partition.
import { type SavedView, savedViewSchema } from '../../shared/model/saved-view.ts';
import type { ViewStore } from '../../shared/ports.ts';
import { codecOf } from './codec.ts';
import type { DecodeMany } from './decode-many.ts';
import { VIEWS, viewKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

const CODEC = codecOf(savedViewSchema);

export class DynamoDbViewStore implements ViewStore {
  readonly #table: TableClient;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, decodeMany: DecodeMany) {
    this.#table = table;
    this.#decodeMany = decodeMany;
  }

  async listViews(): Promise<readonly SavedView[]> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': VIEWS },
      ConsistentRead: true,
    });
    return this.#decodeMany(records, (record) => CODEC.decode(record));
  }

  async putView(view: SavedView): Promise<void> {
    await this.#table.put({ Item: { ...viewKey(view.id), type: 'view', ...CODEC.encode(view) } });
  }

  async removeView(id: string): Promise<void> {
    await this.#table.deleteMany([viewKey(id)]);
  }
}
