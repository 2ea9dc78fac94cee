// The upgrade of a table: on one machine at a start, on AWS at a deploy, while other functions read and write.

import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { addMissingIndexes } from '../../../adapters/dynamodb/create-table.ts';
import { TABLE_STEPS, type TableStep, upgradeTable } from '../../../adapters/dynamodb/data-version.ts';
import { type Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import { DATA_VERSION } from '../../../shared/core/data-version.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../../support/embedded-dynamodb.ts';

let database: TestDatabase;
let name: string;
let table: TableClient;

beforeAll(async () => {
  database = await startEmbeddedDynamoDb();
});
afterAll(() => database.stop());
beforeEach(async () => {
  name = await database.newTable();
  table = new TableClient({ client: database.client, tableName: name });
});

/** Renames `title` to `headline`, and drops `old`. */
const RENAME: TableStep = {
  to: 2,
  rewrite: ({ title, old: _, ...record }) => (title === undefined ? record : { ...record, headline: title }),
};
const COUNT: TableStep = {
  to: 3,
  rewrite: (record) =>
    record['headline'] === undefined ? record : { ...record, letters: String(record['headline']).length },
};

const put = (record: Item): Promise<unknown> => database.client.send(new PutCommand({ TableName: name, Item: record }));
const aRecord = (id: number): Item => ({
  pk: `R#${id}`,
  sk: 'R',
  title: `Title ${id}`,
  old: new Set(['x']),
  kept: { at: [id] },
});

async function records(): Promise<readonly Item[]> {
  const { Items = [] } = await database.client.send(new ScanCommand({ TableName: name }));
  return Items.sort((a, b) => (`${a['pk']}` < `${b['pk']}` ? -1 : 1));
}

const upgrade = async (steps: readonly TableStep[]): Promise<readonly string[]> => {
  const told: string[] = [];
  const record = await upgradeTable(table, { onUpgrade: (from, to) => told.push(`${from} to ${to}`), steps });
  await record();
  return told;
};
const mark = (version: number): Item => ({ pk: 'DATAVERSION', sk: 'DATAVERSION', type: 'dataVersion', version });

describe('the steps', () => {
  it('lead to the present data version, one after the other', () => {
    expect(TABLE_STEPS.map(({ to }) => to)).toEqual(TABLE_STEPS.map((_, nth) => nth + 2));
    expect(TABLE_STEPS.at(-1)?.to).toBe(DATA_VERSION);
  });
});

describe('a table', () => {
  it('that is new gets the mark and is not upgraded', async () => {
    expect(await upgrade([RENAME, COUNT])).toEqual([]);
    expect(await records()).toEqual([mark(3)]);
  });

  it('without a mark is of version 1, and every record gets the shape of all steps', async () => {
    for (const id of [1, 2, 3]) await put(aRecord(id));

    const told = await upgrade([RENAME, COUNT]);

    expect(told).toEqual(['1 to 3']);
    expect(await records()).toEqual([
      mark(3),
      ...[1, 2, 3].map((id) => ({ pk: `R#${id}`, sk: 'R', headline: `Title ${id}`, letters: 7, kept: { at: [id] } })),
    ]);
  });

  it('gets only the steps that it lacks', async () => {
    await put(mark(2));
    await put({ ...aRecord(1), headline: 'Head' });

    await upgrade([RENAME, COUNT]);

    expect((await records())[1]).toMatchObject({ title: 'Title 1', headline: 'Head', letters: 4 });
  });

  it('whose upgrade was cut short is upgraded from the beginning of the step', async () => {
    for (const id of [1, 2]) await put(aRecord(id));
    const failing: TableStep = {
      to: 2,
      rewrite: (record) => {
        if (record['pk'] === 'R#2') throw new Error('killed');
        return RENAME.rewrite?.(record) ?? record;
      },
    };
    await expect(upgrade([failing])).rejects.toThrow('killed');

    const told = await upgrade([RENAME]);

    expect(told).toEqual(['1 to 2']);
    expect((await records()).map(({ headline }) => headline)).toEqual([undefined, 'Title 1', 'Title 2']);
  });

  it('that others write to meanwhile loses none of their writes', async () => {
    await put(aRecord(1));
    let isFirst = true;
    const update = table.update.bind(table);
    table.update = async (input) => {
      if (isFirst) await put({ ...aRecord(1), title: 'Written meanwhile', fresh: true });
      isFirst = false;
      return update(input);
    };

    await upgrade([RENAME]);

    expect((await records())[1]).toEqual({
      pk: 'R#1',
      sk: 'R',
      headline: 'Written meanwhile',
      fresh: true,
      kept: { at: [1] },
    });
  });

  it('gives up with the name of a record that others change each time', async () => {
    await put(aRecord(1));
    const update = table.update.bind(table);
    let tries = 0;
    table.update = async (input) => {
      tries += 1;
      await put({ ...aRecord(1), title: `Written ${tries}` });
      return update(input);
    };

    await expect(upgrade([RENAME])).rejects.toMatchObject({
      code: 'service_unavailable',
      message: expect.stringMatching(/R#1.* gave up after 10 tries\. Run the upgrade again$/),
    });
    expect(tries).toBe(10);
  });

  it('is prepared before its first step, and only when it is of an earlier version', async () => {
    const order: string[] = [];
    const step: TableStep = {
      to: 2,
      rewrite: (record) => {
        order.push('step');
        return record;
      },
    };
    const options = { onUpgrade: () => {}, prepare: async () => void order.push('prepared'), steps: [step] };

    const recordNew = await upgradeTable(table, options);
    await put(aRecord(1));
    const record = await upgradeTable(table, options);
    await record();
    await upgradeTable(table, options);
    await recordNew();

    expect(order).toEqual(['prepared', 'step']);
  });

  it('keeps the previous version until the new one is recorded, so that a deploy that fails elsewhere can go back', async () => {
    await put(aRecord(1));

    await upgradeTable(table, { onUpgrade: () => {}, steps: [RENAME] });

    expect(await records()).toEqual([expect.objectContaining({ headline: 'Title 1' })]);
  });

  it('of a newer version is refused, and nothing is written', async () => {
    await put(mark(4));
    await put(aRecord(1));
    const before = await records();

    await expect(upgrade([RENAME, COUNT])).rejects.toMatchObject({
      code: 'newer_data',
      message: expect.stringContaining(`the table "${name}" was written by a newer Tocsin (data version 4`),
    });
    expect(await records()).toEqual(before);
  });
});

describe('indexes that an older table lacks', () => {
  it('are added one by one and find the records that are there', async () => {
    await put({ ...aRecord(1), inOne: 'a', oneAt: '1', inTwo: 'b', twoAt: '2' });
    const [one, two] = ['One', 'Two'].map((word) => ({
      name: word.toLowerCase(),
      partitionKey: `in${word}`,
      sortKey: `${word.toLowerCase()}At`,
      include: ['title'],
    }));

    await addMissingIndexes(database.client, name, [one!, two!]);
    await addMissingIndexes(database.client, name, [one!, two!]);

    const { Table } = await database.client.send(new DescribeTableCommand({ TableName: name }));
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
      'listed',
      'one',
      'pending',
      'related',
      'two',
    ]);
    expect(
      await table.query({
        IndexName: 'two',
        KeyConditionExpression: 'inTwo = :b',
        ExpressionAttributeValues: { ':b': 'b' },
      }),
    ).toEqual([{ pk: 'R#1', sk: 'R', inTwo: 'b', twoAt: '2', title: 'Title 1' }]);
  });
});
