// The pace kept towards each host by all processes: a record of a few numbers, replaced only by a process that has read its last version.
import { idleSharedPace, type SharedPace } from '../../shared/net/host-pace.ts';
import type { HostPaceStore } from '../../shared/ports.ts';
import { hostPaceKey } from './keys.ts';
import { RecordReader } from './record.ts';
import type { TableClient } from './table-client.ts';

export class DynamoDbHostPaceStore implements HostPaceStore {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async read(
    host: string,
    { newest } = { newest: false },
  ): Promise<{ readonly pace: SharedPace; readonly version: number }> {
    const record = await this.#table.get(hostPaceKey(host), { consistent: newest });
    if (record === null) return { pace: idleSharedPace, version: 0 };
    const reader = new RecordReader(record, `of the pace of ${host}`);
    const leases = reader.list('leases').filter((end) => typeof end === 'number');
    const pace = { leases, freeAt: reader.number('freeAt'), pausedUntil: reader.number('pausedUntil') };
    return { pace, version: reader.number('version') };
  }

  async replace(host: string, pace: SharedPace, version: number, expiresAt: number): Promise<boolean> {
    return this.#table.put({
      Item: { ...hostPaceKey(host), type: 'hostPace', ...pace, version: version + 1, expiresAt },
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :read',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':read': version },
          }),
    });
  }
}
