// Outputs: few records in one partition. The day of the last reading lies apart, so that the function that serves them can change nothing else.
import { ConflictError, NotFoundError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import { type OutputChange, type OutputFeed, outputSchema } from '../../shared/model/output.ts';
import type { OutputStore } from '../../shared/ports.ts';
import { codecOf } from './codec.ts';
import type { DecodeMany } from './decode-many.ts';
import { OUTPUTS, outputKey, outputReadingKey, PARTITIONS } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item, TableClient } from './table-client.ts';

const CODEC = codecOf(outputSchema);
/** An output that has not been read for this long counts as never read. */
const READING_KEPT_SECONDS = 400 * DAY_SECONDS;

export class DynamoDbOutputStore implements OutputStore {
  readonly #table: TableClient;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, decodeMany: DecodeMany) {
    this.#table = table;
    this.#decodeMany = decodeMany;
  }

  async createOutput(output: OutputFeed): Promise<void> {
    const Item = { ...outputKey(output.id), type: 'output', ...CODEC.encode(output) };
    if (!(await this.#table.put({ Item, ConditionExpression: 'attribute_not_exists(pk)' })))
      throw new ConflictError(`output "${output.id}" exists already`);
  }

  async getOutput(id: string): Promise<OutputFeed | null> {
    const [record, reading] = await Promise.all([
      this.#table.get(outputKey(id)),
      this.#table.get(outputReadingKey(id)),
    ]);
    return record === null ? null : { ...CODEC.decode(record), lastReadOn: dayOf(reading) };
  }

  async listOutputs(): Promise<readonly OutputFeed[]> {
    const [records, readings] = await Promise.all([this.#all(OUTPUTS), this.#all(PARTITIONS.outputReadings)]);
    const days = new Map(readings.map((reading) => [reading['sk'], reading]));
    return this.#decodeMany(records, (record) => ({
      ...CODEC.decode(record),
      lastReadOn: dayOf(days.get(record['sk']) ?? null),
    }));
  }

  async updateOutput(id: string, change: OutputChange, at: string): Promise<void> {
    const fields = Object.entries(CODEC.encodePart({ ...change, updatedAt: at }));
    const after = await this.#table.update({
      Key: outputKey(id),
      UpdateExpression: `SET ${fields.map((_, nth) => `#f${nth} = :f${nth}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(fields.map(([name], nth) => [`#f${nth}`, name])),
      ExpressionAttributeValues: Object.fromEntries(fields.map(([, value], nth) => [`:f${nth}`, value])),
    });
    if (after === null) throw new NotFoundError(`output "${id}"`);
  }

  async removeOutput(id: string): Promise<void> {
    await this.#table.deleteMany([outputKey(id), outputReadingKey(id)]);
  }

  async noteRead(id: string, day: string): Promise<void> {
    const expiresAt = epochSeconds(new Date(day)) + READING_KEPT_SECONDS;
    await this.#table.put({ Item: { ...outputReadingKey(id), type: 'outputReading', day, expiresAt } });
  }

  #all(partition: string): Promise<readonly Item[]> {
    return this.#table.query({
      KeyConditionExpression: 'pk = :partition',
      ExpressionAttributeValues: { ':partition': partition },
      ConsistentRead: true,
    });
  }
}

const dayOf = (reading: Item | null): string | null =>
  reading === null ? null : new RecordReader(reading, nameOf(reading)).string('day');
