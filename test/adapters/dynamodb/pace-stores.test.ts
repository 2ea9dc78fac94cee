// What the paces do when others write at the same time, which a real database seldom shows. Their usual behaviour: test/contracts/.
import { DynamoDbHostPaceStore } from '../../../adapters/dynamodb/host-pace-store.ts';
import { DynamoDbSendPaceStore } from '../../../adapters/dynamodb/send-pace-store.ts';
import type { Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import { idleSharedPace } from '../../../shared/net/host-pace.ts';
import { later, START } from '../../support/builders.ts';

/** A table with one record, which refuses the first `refusals` puts and updates. */
function aTable(record: Item | null, refusals = 0) {
  const puts: Item[] = [];
  const updates: Item[] = [];
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
    update: async (update: Item) => {
      updates.push(update);
      return updates.length > refusals ? record : null;
    },
  } as unknown as TableClient;
  return { table, puts, updates, gets };
}

describe('the row of a provider', () => {
  const PACE = { perSecond: 1, burst: 1 };
  const NOW = Date.parse(START);
  const reserve = ({ table }: { readonly table: TableClient }) =>
    new DynamoDbSendPaceStore(table).reserve('email', 2, PACE, START);

  it('is begun where it is empty, with one write, and forgotten three days later', async () => {
    const empty = aTable({ emptyAt: NOW + 2_000 });

    expect(await reserve(empty)).toBe(START);
    expect(empty.updates).toMatchObject([
      {
        Key: { pk: 'SENDPACE#email', sk: 'PACE' },
        UpdateExpression: 'SET emptyAt = :end, #type = :type, expiresAt = :expiresAt',
        ConditionExpression: 'attribute_not_exists(emptyAt) OR emptyAt <= :now OR emptyAt > :furthest',
        ExpressionAttributeValues: {
          ':end': NOW + 2_000,
          ':now': NOW,
          ':type': 'sendPace',
          ':expiresAt': NOW / 1_000 + 3 * 86_400,
        },
      },
    ]);
  });

  it('is made longer where it is not empty: the places begin where it ended before', async () => {
    const busy = aTable({ emptyAt: NOW + 9_000 }, 1);

    expect(await reserve(busy)).toBe(later(7_000));
    expect(busy.updates[1]).toMatchObject({
      UpdateExpression: 'SET emptyAt = emptyAt + :width, #type = :type, expiresAt = :expiresAt',
      ConditionExpression: 'emptyAt > :now AND emptyAt <= :furthest',
      ExpressionAttributeValues: { ':width': 2_000, ':now': NOW },
    });
  });

  it('is tried four times where it begins or ends between the two writes', async () => {
    const [taken, given] = [aTable({ emptyAt: NOW + 9_000 }, 7), aTable(null, 8)];

    expect(await reserve(taken)).toBe(later(7_000));
    await expect(reserve(given)).rejects.toMatchObject({
      code: 'service_unavailable',
      message: 'no place was free in the row of email after 4 tries; try again',
    });
    expect([taken, given].map(({ updates }) => updates.length)).toEqual([8, 8]);
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
  ])('of version %d is replaced by the next, if no other writer was faster', async (version, condition) => {
    const [free, taken] = [aTable(null), aTable(null, 1)];

    const replaced = await Promise.all(
      [free, taken].map(({ table }) => new DynamoDbHostPaceStore(table).replace('a', idleSharedPace, version, 9)),
    );

    expect(replaced).toEqual([true, false]);
    expect(free.puts).toMatchObject([{ Item: { type: 'hostPace', version: version + 1, expiresAt: 9 }, ...condition }]);
  });
});
