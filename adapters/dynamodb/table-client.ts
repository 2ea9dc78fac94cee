// The few things the stores ask of the database: get, query, conditional writes, transactions, batches. Knows no entity.
// Conditions that do not hold are answers here, not errors; what the database could not do now is repeated for a while, then thrown.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { chunks } from '../../shared/core/chunks.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { jitteredWait } from '../jittered-wait.ts';
import { toOurError } from './vendor-errors.ts';

/** Limit of the service. */
const BATCH_GET_KEYS = 100;
/** Half of the connections that the SDK keeps open by default. */
const WRITES_AT_ONCE = 25;
/** Tries for what collided or was left over, with waits of 10 ms doubled each time and full jitter: some 5 s in all at most. */
const TRIES = 10;
/** Why an action of a transaction was not done: its condition, another action's, or a reason that passes. */
const PASSING = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

export type Item = Record<string, unknown>;
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

type WithoutTable<T> = Omit<T, 'TableName' | 'ReturnConsumedCapacity'>;
type Metering = { readonly ReturnConsumedCapacity: 'TOTAL' | undefined };
type Consumed = { readonly CapacityUnits?: number };
type Metered = { readonly ConsumedCapacity?: Consumed | Consumed[] };
type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type InTransaction<T> = Omit<NonNullable<T>, 'TableName'>;

/** One action of a transaction. */
export type Action =
  | { readonly put: InTransaction<TransactItem['Put']> }
  | { readonly update: InTransaction<TransactItem['Update']> }
  | { readonly delete: InTransaction<TransactItem['Delete']> }
  | { readonly check: InTransaction<TransactItem['ConditionCheck']> };

/** `refused`: indexes of the actions whose condition did not hold; empty when all was written. */
export interface TransactionOutcome {
  readonly refused: readonly number[];
}

export interface TableOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Called with the capacity units of every request, by the service's operation name (`PutItem`). Costs nothing when absent. */
  readonly onConsumed?: (operation: string, units: number) => void;
}

export class TableClient {
  readonly name: string;
  readonly #documents: DynamoDBDocumentClient;
  readonly #onConsumed: TableOptions['onConsumed'];
  readonly #common: { readonly TableName: string } & Metering;

  constructor(options: TableOptions) {
    this.name = options.tableName;
    this.#onConsumed = options.onConsumed;
    this.#common = { TableName: options.tableName, ReturnConsumedCapacity: options.onConsumed ? 'TOTAL' : undefined };
    this.#documents = DynamoDBDocumentClient.from(options.client, {
      marshallOptions: { removeUndefinedValues: true },
    });
  }

  /** Strongly consistent, unless a moment old is good enough: that costs half. */
  async get(key: Key, { consistent = true }: { readonly consistent?: boolean } = {}): Promise<Item | null> {
    const command = new GetCommand({ ...this.#common, Key: key, ConsistentRead: consistent });
    const answer = await this.#metered('GetItem', () => this.#documents.send(command));
    return answer.Item ?? null;
  }

  /** Those that exist, in no order. Any number of keys, without repeats. */
  async getMany(keys: readonly Key[], options: { readonly consistent: boolean }): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (const some of chunks(keys, BATCH_GET_KEYS)) {
      let open: Item[] = some.map(({ pk, sk }) => ({ pk, sk }));
      await this.#untilDone('reading a batch', async () => {
        const command = new BatchGetCommand({
          ReturnConsumedCapacity: this.#common.ReturnConsumedCapacity,
          RequestItems: { [this.name]: { Keys: open, ConsistentRead: options.consistent } },
        });
        const answer = await this.#metered('BatchGetItem', () => this.#documents.send(command));
        found.push(...(answer.Responses?.[this.name] ?? []));
        open = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
        return open.length === 0;
      });
    }
    return found;
  }

  /** All records of the query, over as many requests as it takes; at most `atMost` when given. */
  async query(input: WithoutTable<QueryCommandInput>, atMost = Number.POSITIVE_INFINITY): Promise<readonly Item[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const Limit = Number.isFinite(atMost) ? atMost - items.length : undefined;
      const command = new QueryCommand({ ...this.#common, ...input, Limit, ExclusiveStartKey: start });
      const answer = await this.#metered('Query', () => this.#documents.send(command));
      items.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && items.length < atMost);
    return items;
  }

  /** How many records the query finds; they are not read. */
  async count(input: WithoutTable<QueryCommandInput>): Promise<number> {
    let count = 0;
    let start: Item | undefined;
    do {
      const command = new QueryCommand({ ...this.#common, ...input, Select: 'COUNT', ExclusiveStartKey: start });
      const answer = await this.#metered('Query', () => this.#documents.send(command));
      count += answer.Count ?? 0;
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
    return count;
  }

  /** All records of the table, page by page, for a change of its shape: everything is read. Pages may be empty. */
  async *scan(): AsyncGenerator<readonly Item[]> {
    let start: Item | undefined;
    do {
      const command = new ScanCommand({ ...this.#common, ConsistentRead: true, ExclusiveStartKey: start });
      const answer = await this.#metered('Scan', () => this.#documents.send(command));
      yield answer.Items ?? [];
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** False when the condition did not hold; then nothing was written. */
  async put(input: WithoutTable<PutCommandInput>): Promise<boolean> {
    const command = new PutCommand({ ...this.#common, ...input });
    return (await this.#conditionally('PutItem', () => this.#documents.send(command))) !== null;
  }

  /** The record after the write, or null when the condition did not hold; then nothing was written. */
  async update(input: WithoutTable<UpdateCommandInput>): Promise<Item | null> {
    const command = new UpdateCommand({ ...this.#common, ...input, ReturnValues: 'ALL_NEW' });
    const answer = await this.#conditionally('UpdateItem', () => this.#documents.send(command));
    return answer === null ? null : (answer.Attributes ?? {});
  }

  /**
   * Unconditional, any number, several at once. Not atomic: some may be written when it throws. Single puts rather than
   * BatchWriteItem: a role that may use that may delete, and the function that reads feeds must not.
   */
  async putMany(items: readonly Item[]): Promise<void> {
    await severalAtOnce(items, async (Item) => {
      await this.put({ Item });
    });
  }

  /** Unconditional, any number, several at once; what is not there counts as deleted. */
  async deleteMany(keys: readonly Key[]): Promise<void> {
    await severalAtOnce(keys, async ({ pk, sk }) => {
      const command = new DeleteCommand({ ...this.#common, Key: { pk, sk } });
      await this.#conditionally('DeleteItem', () => this.#documents.send(command));
    });
  }

  /** All or nothing, at most 100 actions. Collisions with other transactions are repeated here. */
  async transact(actions: readonly Action[]): Promise<TransactionOutcome> {
    const TransactItems = actions.map((action) => transactItem(action, this.name));
    const { ReturnConsumedCapacity } = this.#common;
    let refused: readonly number[] = [];
    await this.#untilDone('a transaction', async () => {
      try {
        const command = new TransactWriteCommand({ ReturnConsumedCapacity, TransactItems });
        await this.#metered('TransactWriteItems', () => this.#documents.send(command));
        return true;
      } catch (error) {
        const codes = cancellationCodes(error);
        if (codes === null) throw error;
        refused = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
        return refused.length > 0;
      }
    });
    return { refused };
  }

  /** The answer, or null when the condition of the write did not hold. */
  async #conditionally<Answer extends Metered>(operation: string, send: () => Promise<Answer>): Promise<Answer | null> {
    let answer: Answer | null = null;
    await this.#untilDone('a write', async () => {
      try {
        answer = await this.#metered(operation, send);
        return true;
      } catch (error) {
        const { name } = error as Error;
        if (name === 'ConditionalCheckFailedException') return true;
        // A transaction on the same record is under way.
        if (name === 'TransactionConflictException') return false;
        throw error;
      }
    });
    return answer;
  }

  async #metered<Answer extends Metered>(operation: string, send: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await send();
      if (this.#onConsumed) this.#onConsumed(operation, unitsOf(answer.ConsumedCapacity));
      return answer;
    } catch (error) {
      throw toOurError(error, this.name);
    }
  }

  async #untilDone(what: string, attempt: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (tries > 0) await jitteredWait(tries);
      if (await attempt()) return;
    }
    throw new ServiceUnavailableError(`${what} on the table "${this.name}" was not done after ${TRIES} tries`);
  }
}

/** Writes each; stops at the first batch with a failure. */
export async function severalAtOnce<T>(all: readonly T[], write: (one: T) => Promise<void>): Promise<void> {
  for (const some of chunks(all, WRITES_AT_ONCE)) await Promise.all(some.map(write));
}

/** Of a transaction that was cancelled for conditions or for reasons that pass; null for every other error. */
function cancellationCodes(error: unknown): readonly string[] | null {
  const { name, CancellationReasons = [] } = error as Error & { CancellationReasons?: { Code?: string }[] };
  if (name === 'TransactionInProgressException') return [];
  if (name !== 'TransactionCanceledException') return null;
  const codes = CancellationReasons.map(({ Code = 'None' }) => Code);
  return codes.every((code) => PASSING.has(code)) ? codes : null;
}

function transactItem(action: Action, TableName: string): TransactItem {
  if ('put' in action) return { Put: { TableName, ...action.put } };
  if ('update' in action) return { Update: { TableName, ...action.update } };
  if ('delete' in action) return { Delete: { TableName, ...action.delete } };
  return { ConditionCheck: { TableName, ...action.check } };
}

function unitsOf(consumed: Metered['ConsumedCapacity']): number {
  const parts = Array.isArray(consumed) ? consumed : consumed === undefined ? [] : [consumed];
  return parts.reduce((sum, part) => sum + (part.CapacityUnits ?? 0), 0);
}
