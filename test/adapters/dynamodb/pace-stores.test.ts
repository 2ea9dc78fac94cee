// What the paces do when others write at the same time, which a real database seldom shows. Their usual behaviour: test/contracts/.
import { DynamoDbHostPaceStore } from '../../../adapters/dynamodb/host-pace-store.ts';
import { DynamoDbSendPaceStore } from '../../../adapters/dynamodb/send-pace-store.ts';
import type { Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import { idleSharedPace } from '../../../shared/net/host-pace.ts';
import { START } from '../../support/builders.ts';

/** A table with one record, which refuses the first `refusals` puts. */
function aTable(record: Item | null, refusals = 0) {
  const puts: Item[] = [];
  const gets: unknown[] = [];
  const table = {
    get: async (_key: Item, options: unknown) => {
      gets.push(options);
      return record;
    },
    put: async (put: Item) => {
      puts.push(put);
      return puts.length > refusals;
    },
  } as unknown as TableClient;
  return { table, puts, gets };
}

describe('the row of a provider', () => {
  const PACE = { perSecond: 1, burst: 1 } as never;

  it('is read again until a place is taken, twelve times at most', async () => {
    const [taken, given] = [aTable(null, 11), aTable(null, 12)];

    await new DynamoDbSendPaceStore(taken.table).reserve('email', 1, PACE, START);
    const giving = new DynamoDbSendPaceStore(given.table).reserve('email', 1, PACE, START);

    await expect(giving).rejects.toMatchObject({
      code: 'service_unavailable',
      message: 'no place was free in the row of email after 12 tries; try again',
    });
    expect([taken, given].map(({ puts, gets }) => [puts.length, gets.length])).toEqual([
      [12, 12],
      [12, 12],
    ]);
  });

  it('is made where there is none, and replaced only as it was read', async () => {
    const [none, known] = [aTable(null), aTable({ emptyAt: 7 })];
    for (const { table } of [none, known]) await new DynamoDbSendPaceStore(table).reserve('email', 1, PACE, START);

    expect(none.puts[0]).toMatchObject({ ConditionExpression: 'attribute_not_exists(pk)' });
    expect(known.puts[0]).toMatchObject({
      Item: { pk: 'SENDPACE#email', sk: 'PACE', type: 'sendPace' },
      ConditionExpression: 'emptyAt = :read',
      ExpressionAttributeValues: { ':read': 7 },
    });
  });

  it('is forgotten two days after it is empty', async () => {
    const { table, puts } = aTable(null);
    await new DynamoDbSendPaceStore(table).reserve('email', 1, PACE, START);

    const { emptyAt, expiresAt } = puts[0]!['Item'] as { emptyAt: number; expiresAt: number };

    expect(expiresAt).toBe(Math.floor(emptyAt / 1_000) + 2 * 86_400);
  });
});

describe('the pace of a host', () => {
  it('is idle where nothing is stored, and read as others see it only where the newest is wanted', async () => {
    const { table, gets } = aTable(null);
    const store = new DynamoDbHostPaceStore(table);

    expect(await store.read('a')).toEqual({ pace: idleSharedPace, version: 0 });
    await store.read('a', { newest: true });

    expect(gets).toEqual([{ consistent: false }, { consistent: true }]);
  });

  it('is read with its leases that are instants', async () => {
    const { table } = aTable({ leases: [1, 'x', 2], freeAt: 3, pausedUntil: 4, version: 5 });

    expect(await new DynamoDbHostPaceStore(table).read('a')).toEqual({
      pace: { leases: [1, 2], freeAt: 3, pausedUntil: 4 },
      version: 5,
    });
  });

  it.each([
    [0, { ConditionExpression: 'attribute_not_exists(pk)' }],
    [5, { ConditionExpression: '#version = :read', ExpressionAttributeValues: { ':read': 5 } }],
  ])('of version %d is replaced by the next, if nobody was faster', async (version, condition) => {
    const [free, taken] = [aTable(null), aTable(null, 1)];

    const replaced = await Promise.all(
      [free, taken].map(({ table }) => new DynamoDbHostPaceStore(table).replace('a', idleSharedPace, version, 9)),
    );

    expect(replaced).toEqual([true, false]);
    expect(free.puts).toMatchObject([{ Item: { type: 'hostPace', version: version + 1, expiresAt: 9 }, ...condition }]);
  });
});
