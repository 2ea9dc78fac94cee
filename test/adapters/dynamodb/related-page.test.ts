import { decodeCursor } from '../../../adapters/dynamodb/cursor.ts';
import { pageOfRelated } from '../../../adapters/dynamodb/related-page.ts';
import type { Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';

const QUERY = ['of a topic', 'a'];
const positionOf = (n: number): string => `2026-11-${String(n).padStart(2, '0')}T00:00:00.000Z#${n}`;

/** A table whose index leads to the records `numbers`; those of `gone` are not there any more. */
async function pageOf(
  numbers: readonly number[],
  limit: number,
  { gone = [] as number[], cursor = null as string | null } = {},
) {
  const asked: { readonly query: Item; readonly limit: number | undefined; readonly options: unknown }[] = [];
  const table = {
    query: async (query: Item, most?: number) => {
      asked.push({ query, limit: most, options: undefined });
      return numbers.slice(0, most).map((n) => ({ pk: `P#${n}`, sk: 'S', relatedAt: positionOf(n) }));
    },
    getMany: async (keys: readonly Item[], options: unknown) => {
      asked.push({ query: { keys }, limit: undefined, options });
      // In no order, as the database gives them.
      return keys.toReversed().filter(({ pk }) => !gone.includes(Number(String(pk).slice(2))));
    },
  } as unknown as TableClient;
  const page = await pageOfRelated(table, {
    relatedTo: 'TOPIC#a',
    query: QUERY,
    page: { limit, cursor },
    decode: (records) => records.map(({ pk }) => Number(String(pk).slice(2))),
    position: positionOf,
  });
  return { ...page, asked };
}

describe('a page of related records', () => {
  it('has the newest first, and asks the index for one more than it needs', async () => {
    const { items, asked } = await pageOf([9, 8, 7, 6], 3);

    expect(items).toEqual([9, 8, 7]);
    expect(asked[0]).toMatchObject({
      limit: 4,
      query: {
        IndexName: 'related',
        ExpressionAttributeValues: { ':value': 'TOPIC#a', ':before': '~' },
        ScanIndexForward: false,
      },
    });
    expect(asked[1]).toMatchObject({
      query: { keys: [9, 8, 7].map((n) => ({ pk: `P#${n}`, sk: 'S' })) },
      options: { consistent: true },
    });
  });

  it('ends with a cursor where there are more, from which the next page goes on', async () => {
    const { cursor } = await pageOf([9, 8, 7, 6], 3);
    expect(decodeCursor(QUERY, cursor)).toBe(positionOf(7));

    const { items, asked } = await pageOf([6, 5], 3, { cursor });

    expect(items).toEqual([6, 5]);
    expect(asked[0]?.query).toMatchObject({ ExpressionAttributeValues: { ':before': positionOf(7) } });
  });

  it.each([
    ['as many as it may hold', [9, 8, 7]],
    ['fewer', [9, 8]],
    ['none', []],
  ])('has no cursor where there are %s', async (_what, numbers) => {
    expect(await pageOf(numbers, 3)).toMatchObject({ items: numbers, cursor: null });
  });

  it('goes on behind the last that the index named, even where it is gone', async () => {
    const { items, cursor } = await pageOf([9, 8, 7, 6], 3, { gone: [9, 7] });

    expect(items).toEqual([8]);
    expect(decodeCursor(QUERY, cursor)).toBe(positionOf(7));
  });
});
