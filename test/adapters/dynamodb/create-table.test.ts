// Making the table where no CloudFormation does, on a database that takes its time.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { addMissingIndexes, createTable } from '../../../adapters/dynamodb/create-table.ts';
import { type AwsAnswer, type AwsRequest, clientSettings, serveAwsJson } from '../../support/aws-json-server.ts';

const NAME = 'news';
const described = (status: string, ...indexes: readonly (readonly [name: string, status: string])[]): AwsAnswer => ({
  body: {
    Table: {
      TableStatus: status,
      GlobalSecondaryIndexes: indexes.map(([IndexName, IndexStatus]) => ({ IndexName, IndexStatus })),
    },
  },
});
const ACTIVE = described('ACTIVE', ['related', 'ACTIVE']);

/** A database that answers each operation with these, one after the other; the last one again and again. */
async function withDatabase(
  answers: Readonly<Record<string, readonly AwsAnswer[]>>,
  work: (client: DynamoDBClient) => Promise<void>,
): Promise<{ readonly asked: readonly AwsRequest[]; readonly failure: unknown }> {
  const counts = new Map<string, number>();
  const server = await serveAwsJson(({ operation }) => {
    const nth = counts.get(operation) ?? 0;
    counts.set(operation, nth + 1);
    const all = answers[operation] ?? (operation === 'DescribeTable' ? [ACTIVE] : [{}]);
    return all[Math.min(nth, all.length - 1)] ?? {};
  });
  const client = new DynamoDBClient(clientSettings(server));
  const failure = await work(client).then(
    () => null,
    (error: unknown) => error,
  );
  client.destroy();
  await server.close();
  return { asked: server.asked, failure };
}

const operations = (asked: readonly AwsRequest[]) => asked.map(({ operation }) => operation);
const make = (client: DynamoDBClient) => createTable(client, NAME);
const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

describe('making the table', () => {
  it('asks for its keys, its indexes, its stream and, once it is active, for expiry', async () => {
    const { asked, failure } = await withDatabase({}, make);

    expect(failure).toBeNull();
    expect(operations(asked)).toEqual(['CreateTable', 'DescribeTable', 'UpdateTimeToLive']);
    expect(asked[0]?.body).toEqual({
      TableName: NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        ...['pk', 'sk', 'relatedTo', 'relatedAt', 'listedIn', 'listedAt', 'pendingShard', 'dueAt'],
      ].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'related', KeySchema: key('relatedTo', 'relatedAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
        { IndexName: 'listed', KeySchema: key('listedIn', 'listedAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
        {
          IndexName: 'pending',
          KeySchema: key('pendingShard', 'dueAt'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    expect(asked[2]?.body).toEqual({
      TableName: NAME,
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' },
    });
  });

  it('waits until the table and all its indexes are active', async () => {
    const DescribeTable = [
      { body: {} },
      described('CREATING', ['related', 'ACTIVE']),
      described('ACTIVE', ['related', 'ACTIVE'], ['listed', 'CREATING']),
      described('ACTIVE', ['related', 'ACTIVE'], ['listed', 'ACTIVE']),
    ];

    const { asked } = await withDatabase({ DescribeTable }, make);

    expect(operations(asked).filter((operation) => operation === 'DescribeTable')).toHaveLength(4);
  });

  it('leaves a table that is there as it is, and its expiry that is on', async () => {
    const { asked, failure } = await withDatabase(
      { CreateTable: [{ error: 'ResourceInUseException' }], UpdateTimeToLive: [{ error: 'ValidationException' }] },
      make,
    );

    expect(failure).toBeNull();
    expect(operations(asked)).toEqual(['CreateTable', 'DescribeTable', 'UpdateTimeToLive']);
  });

  it.each(['CreateTable', 'DescribeTable', 'UpdateTimeToLive'])(
    'fails in our words when %s fails',
    async (operation) => {
      const { asked, failure } = await withDatabase({ [operation]: [{ error: 'AccessDeniedException' }] }, make);

      expect(failure).toMatchObject({ code: 'service_unavailable', message: expect.stringContaining('was refused') });
      expect(operations(asked).at(-1)).toBe(operation);
    },
  );

  it('gives up after a minute', async () => {
    let now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);

    const { failure } = await withDatabase({ DescribeTable: [described('CREATING')] }, async (client) => {
      const made = createTable(client, NAME);
      await new Promise((resolve) => setTimeout(resolve, 50));
      now += 60_000;
      await made;
    });
    clock.mockRestore();

    expect(failure).toMatchObject({
      code: 'service_unavailable',
      message: 'the table "news" did not become active within 60 s',
    });
  });
});

describe('adding indexes', () => {
  const add = (client: DynamoDBClient) => addMissingIndexes(client, NAME);

  it('adds those that are missing, one after the other, each once the one before it is there', async () => {
    const { asked } = await withDatabase({}, add);

    expect(operations(asked)).toEqual([
      'DescribeTable',
      'UpdateTable',
      'DescribeTable',
      'UpdateTable',
      'DescribeTable',
    ]);
    expect(asked[3]?.body).toEqual({
      TableName: NAME,
      AttributeDefinitions: ['pendingShard', 'dueAt'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'pending',
            KeySchema: key('pendingShard', 'dueAt'),
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] },
          },
        },
      ],
    });
  });

  it('finds a table without any', async () => {
    const { asked } = await withDatabase({ DescribeTable: [{ body: { Table: { TableStatus: 'ACTIVE' } } }] }, add);

    expect(operations(asked).filter((operation) => operation === 'UpdateTable')).toHaveLength(3);
  });

  it('fails in our words', async () => {
    const { failure } = await withDatabase({ UpdateTable: [{ error: 'LimitExceededException' }] }, add);

    expect(failure).toMatchObject({ message: expect.stringContaining('no more requests at the moment') });
  });
});
