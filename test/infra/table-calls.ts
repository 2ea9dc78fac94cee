// What a store asks of the table, as the service sees it: read off the requests that leave the client.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface TableCall {
  readonly action: string;
  readonly index: string | null;
  /** Values of the partition keys that it names; none for a scan. */
  readonly keys: readonly string[];
}

type Text = { readonly S: string };
type Named = Readonly<Record<string, Text>>;
interface Wire {
  readonly IndexName?: string;
  readonly Key?: Named;
  readonly Item?: Named;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Named[] }>>;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Named;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly Key?: Named; readonly Item?: Named }>>[];
}

/** Actions of a transaction are authorised one by one, under the names of the single writes. */
const IN_TRANSACTION: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** From now on each call of this client is told. */
export function watchCalls(client: DynamoDBClient, onCall: (call: TableCall) => void): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: Uint8Array };
      const operation = headers['x-amz-target']?.split('.')[1] ?? '';
      for (const call of callsOf(operation, JSON.parse(new TextDecoder().decode(body)) as Wire)) onCall(call);
      return next(args);
    },
    { step: 'build', name: 'watchCalls' },
  );
}

export function callsOf(operation: string, wire: Wire): readonly TableCall[] {
  const { Key, Item, RequestItems, TransactItems, IndexName = null } = wire;
  const single = (action: string, keys: readonly string[]): TableCall => ({ action, index: IndexName, keys });
  if (TransactItems !== undefined) {
    return TransactItems.flatMap((entry) =>
      Object.entries(entry).map(([kind, { Key: of, Item: put }]) =>
        single(IN_TRANSACTION[kind] ?? kind, [partitionOf(of ?? put)]),
      ),
    );
  }
  if (RequestItems !== undefined) {
    return [
      single(
        operation,
        Object.values(RequestItems).flatMap(({ Keys }) => Keys.map(partitionOf)),
      ),
    ];
  }
  if (operation === 'Query') return [single(operation, [queriedPartition(wire)])];
  return [single(operation, Key === undefined && Item === undefined ? [] : [partitionOf(Key ?? Item)])];
}

function partitionOf(named: Named | undefined): string {
  const value = named?.['pk']?.S;
  if (value === undefined) throw new Error(`no partition key in ${JSON.stringify(named)}`);
  return value;
}

/** The store writes the partition first: `pk = :name AND …`. */
function queriedPartition({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Wire): string {
  const name = /^\w+ = (:\w+)/.exec(KeyConditionExpression)?.[1] ?? '';
  const value = ExpressionAttributeValues[name]?.S;
  if (value === undefined) throw new Error(`no partition in ${KeyConditionExpression}`);
  return value;
}
