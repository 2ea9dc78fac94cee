// Triage lies beside its story: one record, replaced as a whole on the condition of its revision.
import { type Triage, triageSchema } from '../../shared/model/triage.ts';
import type { Clock, TriageStore } from '../../shared/ports.ts';
import { codecOf } from './codec.ts';
import type { DecodeMany } from './decode-many.ts';
import { isNewRecord, unexpired } from './expiry.ts';
import { triageKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

const CODEC = codecOf(triageSchema);

export class DynamoDbTriageStore implements TriageStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async getTriages(storyIds: readonly string[]): Promise<readonly Triage[]> {
    const records = await this.#table.getMany([...new Set(storyIds)].map(triageKey), { consistent: true });
    return this.#decodeMany(unexpired(records, this.#clock), (record) => CODEC.decode(record));
  }

  putTriage(triage: Triage): Promise<boolean> {
    const before = triage.revision - 1;
    return this.#table.put({
      Item: { ...triageKey(triage.story), type: 'triage', ...CODEC.encode(triage) },
      ...(before === 0
        ? isNewRecord(this.#clock)
        : { ConditionExpression: 'revision = :before', ExpressionAttributeValues: { ':before': before } }),
    });
  }
}
