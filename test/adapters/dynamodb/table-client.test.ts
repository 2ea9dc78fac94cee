import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { jest } from '@jest/globals';
import { severalAtOnce, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import { freePort } from '../../../local/database/database.ts';
import { type AwsAnswer, type AwsRequest, clientSettings, serveAwsJson } from '../../support/aws-json-server.ts';

const TABLE = 'news';
const KEY = { pk: 'a', sk: 'b' };
const keys = (count: number) => Array.from({ length: count }, (_, at) => ({ pk: `k${at}`, sk: 's' }));
const stored = (request: AwsRequest) => request.body.RequestItems[TABLE].Keys;

/** A table whose database answers as the test says; what it was asked. */
async function withDatabase<T>(
  answer: (request: AwsRequest, number: number) => AwsAnswer,
  work: (table: TableClient, asked: readonly AwsRequest[]) => Promise<T>,
): Promise<T> {
  const server = await serveAwsJson(answer);
  const client = new DynamoDBClient(clientSettings(server));
  try {
    return await work(new TableClient({ client, tableName: TABLE }), server.asked);
  } finally {
    client.destroy();
    await server.close();
  }
}

afterEach(() => {
  jest.restoreAllMocks();
});
/** What is repeated is repeated at once. */
const withoutWaits = () => jest.spyOn(Math, 'random').mockReturnValue(0);

describe('one record', () => {
  it('is read as it is now, unless a moment old is good enough', async () => {
    await withDatabase(
      () => ({ body: { Item: { pk: { S: 'a' } } } }),
      async (table, asked) => {
        expect(await table.get(KEY)).toEqual({ pk: 'a' });
        await table.get(KEY, { consistent: false });

        expect(asked.map(({ body }) => [body.TableName, body.ConsistentRead])).toEqual([
          [TABLE, true],
          [TABLE, false],
        ]);
      },
    );
  });

  it('may not be there', async () => {
    await withDatabase(
      () => ({}),
      async (table) => {
        expect(await table.get(KEY)).toBeNull();
      },
    );
  });

  it('is written without what is undefined', async () => {
    await withDatabase(
      () => ({}),
      async (table, asked) => {
        await table.put({ Item: { ...KEY, none: undefined } });

        expect(asked[0]?.body.Item).toEqual({ pk: { S: 'a' }, sk: { S: 'b' } });
      },
    );
  });

  it('is as it was where the condition of a write does not hold', async () => {
    await withDatabase(
      () => ({ error: 'ConditionalCheckFailedException' }),
      async (table, asked) => {
        expect(await table.put({ Item: { ...KEY } })).toBe(false);
        expect(await table.update({ Key: KEY })).toBeNull();
        expect(asked).toHaveLength(2);
      },
    );
  });

  it('is given back after an update', async () => {
    const answer = (_request: AwsRequest, number: number) => ({
      body: number === 1 ? { Attributes: { pk: { S: 'a' } } } : {},
    });

    await withDatabase(answer, async (table, asked) => {
      expect(await table.update({ Key: KEY })).toEqual({ pk: 'a' });
      expect(await table.update({ Key: KEY })).toEqual({});
      expect(asked[0]?.body.ReturnValues).toBe('ALL_NEW');
    });
  });
});

describe('many writes', () => {
  it('are made one by one, 25 at once', async () => {
    await withDatabase(
      () => ({}),
      async (table, asked) => {
        await table.putMany(keys(2));
        await table.deleteMany(keys(2).map((key) => ({ ...key, more: 1 })));

        expect(asked.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem', 'DeleteItem', 'DeleteItem']);
        expect(asked.at(-1)?.body.Key).toEqual({ pk: { S: 'k1' }, sk: { S: 's' } });
      },
    );
  });

  it('stop at the first 25 among which one fails', async () => {
    const begun: number[] = [];
    let most = 0;
    let underWay = 0;
    const write = async (one: number): Promise<void> => {
      begun.push(one);
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      if (one === 30) throw new Error('broken');
    };

    await expect(
      severalAtOnce(
        Array.from({ length: 60 }, (_, at) => at),
        write,
      ),
    ).rejects.toThrow('broken');
    expect([most, begun.length]).toEqual([25, 50]);
  });
});

describe('all records of a table', () => {
  it('come page by page, as they are now; pages may be empty', async () => {
    const answer = (_request: AwsRequest, number: number) => ({
      body:
        number === 1 ? { LastEvaluatedKey: { pk: { S: '1' } } } : { Items: [{ pk: { S: 'a' } }, { pk: { S: 'b' } }] },
    });

    await withDatabase(answer, async (table, asked) => {
      const pages = [];
      for await (const page of table.scan()) pages.push(page);

      expect(pages).toEqual([[], [{ pk: 'a' }, { pk: 'b' }]]);
      expect(asked.map(({ body }) => [body.ConsistentRead, body.ExclusiveStartKey])).toEqual([
        [true, undefined],
        [true, { pk: { S: '1' } }],
      ]);
    });
  });
});

describe('what the database cannot do now', () => {
  const leftOver = (request: AwsRequest): AwsAnswer => ({
    body: { UnprocessedKeys: { [TABLE]: { Keys: stored(request) } } },
  });

  it.each<[what: string, answer: (request: AwsRequest) => AwsAnswer, ask: (table: TableClient) => Promise<unknown>]>([
    ['reading a batch', leftOver, (table) => table.getMany(keys(1), { consistent: true })],
    ['a write', () => ({ error: 'TransactionConflictException' }), (table) => table.put({ Item: { ...KEY } })],
    [
      'a transaction',
      () => ({ error: 'TransactionInProgressException' }),
      (table) => table.transact([{ put: { Item: KEY } }]),
    ],
  ])('is given up after ten tries: %s', async (what, answer, ask) => {
    withoutWaits();

    await withDatabase(answer, async (table, asked) => {
      await expect(ask(table)).rejects.toMatchObject({
        code: 'service_unavailable',
        message: `${what} on the table "news" was not done after 10 tries`,
      });
      expect(asked).toHaveLength(10);
    });
  });

  it('is waited for twice as long each time, by ten milliseconds at first', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1);
    const waits: unknown[] = [];
    const setTimer = globalThis.setTimeout;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((action: () => void, ms: number) => {
      if ([10, 20, 40].includes(ms)) waits.push(ms);
      return setTimer(action, [10, 20, 40].includes(ms) ? 0 : ms);
    }) as typeof setTimeout);

    await withDatabase(
      (_request, number) => (number < 4 ? { error: 'TransactionConflictException' } : {}),
      (table) => table.put({ Item: { ...KEY } }),
    );

    expect(waits).toEqual([10, 20, 40]);
  });
});

describe('reading many records', () => {
  it('asks for at most a hundred at a time', async () => {
    const answer = (request: AwsRequest) => ({ body: { Responses: { [TABLE]: stored(request) } } });

    await withDatabase(answer, async (table, asked) => {
      const found = await table.getMany(keys(230), { consistent: true });

      expect(asked.map((request) => stored(request).length)).toEqual([100, 100, 30]);
      expect(found).toHaveLength(230);
    });
  });

  it('asks again for those the database left over', async () => {
    const answer = (request: AwsRequest, number: number) => {
      const all = stored(request);
      const done = number < 3 ? all.slice(0, 1) : all;
      const open = all.slice(done.length);
      return {
        body: { Responses: { [TABLE]: done }, UnprocessedKeys: open.length > 0 ? { [TABLE]: { Keys: open } } : {} },
      };
    };

    await withDatabase(answer, async (table, asked) => {
      const found = await table.getMany(keys(4), { consistent: false });

      expect(asked.map((request) => stored(request).length)).toEqual([4, 3, 2]);
      expect(found).toEqual(keys(4));
    });
  });

  it('asks nothing for no keys', async () => {
    await withDatabase(
      () => ({}),
      async (table, asked) => {
        expect(await table.getMany([], { consistent: true })).toEqual([]);
        expect(asked).toEqual([]);
      },
    );
  });

  it('goes through all pages of a query, and no further than asked', async () => {
    const answer = (_request: AwsRequest, number: number) => ({
      body: { Items: [{ pk: { S: `page ${number}` } }], LastEvaluatedKey: { pk: { S: String(number) } } },
    });

    await withDatabase(answer, async (table, asked) => {
      const found = await table.query({ KeyConditionExpression: 'pk = :p' }, 3);

      expect(found).toEqual([{ pk: 'page 1' }, { pk: 'page 2' }, { pk: 'page 3' }]);
      expect(asked.map(({ body }) => [body.Limit, body.ExclusiveStartKey?.pk.S])).toEqual([
        [3, undefined],
        [2, '1'],
        [1, '2'],
      ]);
    });
  });
});

describe('a write that collides with a transaction', () => {
  it('is repeated until it is through', async () => {
    const answer = (_request: AwsRequest, number: number): AwsAnswer =>
      number < 3 ? { error: 'TransactionConflictException' } : {};

    await withDatabase(answer, async (table, asked) => {
      expect(await table.put({ Item: { ...KEY } })).toBe(true);
      expect(asked).toHaveLength(3);
    });
  });
});

describe('a transaction', () => {
  const actions = [{ put: { Item: KEY } }, { delete: { Key: KEY } }] as const;
  const cancelled = (...codes: string[]): AwsAnswer => ({
    error: 'TransactionCanceledException',
    body: { CancellationReasons: codes.map((Code) => ({ Code })) },
  });

  it('tells which conditions did not hold', async () => {
    await withDatabase(
      () => cancelled('None', 'ConditionalCheckFailed'),
      async (table, asked) => {
        expect(await table.transact(actions)).toEqual({ refused: [1] });
        expect(asked).toHaveLength(1);
      },
    );
  });

  it('names its table in each action', async () => {
    const check = { Key: KEY, ConditionExpression: 'attribute_exists(pk)' };
    const update = { Key: KEY, UpdateExpression: 'SET a = b' };

    await withDatabase(
      () => ({}),
      async (table, asked) => {
        await table.transact([...actions, { update }, { check }]);

        const items: Record<string, { TableName: string }>[] = asked[0]?.body.TransactItems;
        expect(items.flatMap((item) => Object.entries(item).map(([kind, { TableName }]) => [kind, TableName]))).toEqual(
          [
            ['Put', TABLE],
            ['Delete', TABLE],
            ['Update', TABLE],
            ['ConditionCheck', TABLE],
          ],
        );
      },
    );
  });

  it('tells of conditions although another action collided', async () => {
    await withDatabase(
      () => cancelled('ConditionalCheckFailed', 'TransactionConflict', 'ConditionalCheckFailed'),
      async (table) => {
        expect(await table.transact(actions)).toEqual({ refused: [0, 2] });
      },
    );
  });

  it.each<[string, AwsAnswer]>([
    ['a conflict', cancelled('TransactionConflict', 'None')],
    ['throttling', cancelled('ThrottlingError', 'None')],
    ['throughput', cancelled('ProvisionedThroughputExceeded', 'None')],
    ['nothing at all', { error: 'TransactionCanceledException', body: { CancellationReasons: [{}, {}] } }],
    ['no reasons', { error: 'TransactionCanceledException' }],
    ['the same transaction under way', { error: 'TransactionInProgressException' }],
  ])('is repeated when it was refused for %s', async (_what, first) => {
    withoutWaits();

    await withDatabase(
      (_request, number) => (number === 1 ? first : {}),
      async (table, asked) => {
        expect(await table.transact(actions)).toEqual({ refused: [] });
        expect(asked).toHaveLength(2);
      },
    );
  });

  it('is not repeated when the database finds it wrong', async () => {
    await withDatabase(
      () => cancelled('ValidationError', 'None'),
      async (table, asked) => {
        await expect(table.transact(actions)).rejects.toThrow();
        expect(asked).toHaveLength(1);
      },
    );
  });
});

describe('an error of the database', () => {
  it.each([
    ['ProvisionedThroughputExceededException', 400, 'no more requests at the moment'],
    ['ThrottlingException', 400, 'no more requests at the moment'],
    ['InternalServerError', 500, 'did not answer as it should'],
    ['ResourceNotFoundException', 400, 'the table "news" does not exist in this account and region'],
    ['AccessDeniedException', 400, 'access to the table "news" was refused'],
    ['UnrecognizedClientException', 400, 'check credentials'],
  ])('%s becomes one that may be tried again, with its cause', async (error, status, text) => {
    await withDatabase(
      () => ({ error, status }),
      async (table) => {
        const failure = await table.get(KEY).catch((thrown: unknown) => thrown);

        expect(failure).toMatchObject({ code: 'service_unavailable', retryable: true });
        expect(failure).toMatchObject({ message: expect.stringContaining(text), cause: { name: error } });
      },
    );
  });

  it('that says the request is wrong stays what it is: a bug', async () => {
    await withDatabase(
      () => ({ error: 'ValidationException' }),
      async (table) => {
        await expect(table.get(KEY)).rejects.toMatchObject({ name: 'ValidationException' });
      },
    );
  });

  it('that there is no database becomes one that may be tried again', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

    await expect(new TableClient({ client, tableName: TABLE }).get(KEY)).rejects.toMatchObject({
      code: 'service_unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('the meter', () => {
  it('is told what each request cost, and nothing is asked for without one', async () => {
    const answer = ({ operation }: AwsRequest): AwsAnswer => ({
      body: {
        ConsumedCapacity:
          operation === 'TransactWriteItems'
            ? [{ TableName: TABLE, CapacityUnits: 4 }]
            : { TableName: TABLE, CapacityUnits: 2.5 },
      },
    });
    const server = await serveAwsJson(answer);
    const client = new DynamoDBClient(clientSettings(server));
    const told: [string, number][] = [];
    const metered = new TableClient({ client, tableName: TABLE, onConsumed: (...cost) => told.push(cost) });

    await metered.put({ Item: { ...KEY } });
    await metered.transact([{ put: { Item: KEY } }]);
    await new TableClient({ client, tableName: TABLE }).get(KEY);
    client.destroy();
    await server.close();

    expect(told).toEqual([
      ['PutItem', 2.5],
      ['TransactWriteItems', 4],
    ]);
    expect(server.asked.map(({ body }) => body.ReturnConsumedCapacity)).toEqual(['TOTAL', 'TOTAL', undefined]);
  });
});
