// The transaction that places a report, and the order of stories that may fit one. What it does for readers: test/contracts/story-store-contract.ts.
import { DynamoDbStoryStore } from '../../../adapters/dynamodb/story-store.ts';
import type { Action, Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import type { Placement } from '../../../shared/ports.ts';
import { hitAt, placementOf } from '../../contracts/some-stories.ts';
import { aClock, START } from '../../support/builders.ts';

const DAY_SECONDS = 86_400;
const decodeMany = (() => []) as never;

/** The actions of the transaction; `refused` are those that the table refuses. */
async function placed(placement: Placement, refused: readonly number[] = []) {
  let actions: readonly Action[] = [];
  const table = {
    update: async () => ({}),
    transact: async (asked: readonly Action[]) => {
      actions = asked;
      return { refused };
    },
  } as unknown as TableClient;
  const outcome = await new DynamoDbStoryStore(table, aClock(), decodeMany).place(placement);
  return { outcome, actions };
}

const keyAt = (key: number, version = 0, storyIds: readonly string[] = []) => ({ key, storyIds, version });
const first = (own: readonly number[], keys: readonly ReturnType<typeof keyAt>[]): Placement =>
  placementOf(hitAt(1, 'new'), { keys: own, candidates: { stories: [], keys } });

describe('a first report', () => {
  it('puts its story under its own keys, and checks the four best of the others that were sought', async () => {
    const sought = [1, 2, 3, 4, 5, 6, 7].map((key) => keyAt(key));

    const { outcome, actions } = await placed(first([2, 4], sought));

    const keyOf = (action: Action): unknown =>
      'put' in action ? action.put.Item?.['pk'] : 'check' in action && action.check.Key?.['pk'];
    expect(outcome).toBe('placed');
    expect(actions.slice(2).map((action) => [Object.keys(action)[0], keyOf(action)])).toEqual([
      ['put', 'STORYKEY#en#2'],
      ['put', 'STORYKEY#en#4'],
      ['check', 'STORYKEY#en#1'],
      ['check', 'STORYKEY#en#3'],
      ['check', 'STORYKEY#en#5'],
      ['check', 'STORYKEY#en#6'],
    ]);
  });

  it('finds its keys as they were read: none, or of that version', async () => {
    const { actions } = await placed(first([1, 2], [keyAt(1), keyAt(2, 7, ['old'])]));

    expect(actions.slice(2)).toMatchObject([
      { put: { Item: { storyIds: ['new'], version: 1 }, ConditionExpression: 'attribute_not_exists(pk)' } },
      {
        put: {
          Item: { storyIds: ['old', 'new'], version: 8 },
          ConditionExpression: 'version = :read',
          ExpressionAttributeValues: { ':read': 7 },
        },
      },
    ]);
  });

  it('is found under its keys for eleven days: twice as long as a story stays open, and a day', async () => {
    const { actions } = await placed(first([1], [keyAt(1)]));

    expect(actions[2]).toMatchObject({ put: { Item: { expiresAt: Date.parse(START) / 1_000 + 11 * DAY_SECONDS } } });
  });

  it.each([
    [[], 'placed'],
    [[0], 'known'],
    [[0, 1], 'known'],
    [[1], 'conflict'],
    [[2], 'conflict'],
  ])('of which the table refuses %j is %s', async (refused, outcome) => {
    expect((await placed(first([1], [keyAt(1)]), refused)).outcome).toBe(outcome);
  });
});

it('a later report changes its story only, as it was read', async () => {
  const { story, record } = first([], []);
  const before = { story, record, version: 3 } as never;

  const { actions } = await placed(
    placementOf(hitAt(2, 'new'), { before, candidates: { stories: [], keys: [keyAt(1)] } }),
  );

  expect(actions).toMatchObject([
    {},
    {
      put: {
        Item: { version: 4 },
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':read': 3 },
      },
    },
  ]);
  expect(actions).toHaveLength(2);
});

it('stories that may fit are those under most keys, the newest of them first, ten at most', async () => {
  const asked: Item[][] = [];
  const under: Readonly<Record<string, readonly string[]>> = {
    1: ['old', 'twice', 'new'],
    2: ['twice', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  };
  const table = {
    getMany: async (keys: Item[]) => {
      asked.push(keys);
      return keys.flatMap((key) => {
        const storyIds = under[String(key['pk']).split('#').at(-1) ?? ''];
        return storyIds === undefined ? [] : [{ ...key, storyIds, version: 1 }];
      });
    },
  } as unknown as TableClient;

  const { keys } = await new DynamoDbStoryStore(table, aClock(), decodeMany).findCandidates('en', [1, 2, 1, 3]);

  expect(keys.map(({ key, version }) => [key, version])).toEqual([
    [1, 1],
    [2, 1],
    [3, 0],
  ]);
  expect(asked[1]?.map(({ pk }) => String(pk).split('#').at(-1))).toEqual([
    'twice',
    'j',
    'new',
    'i',
    'h',
    'old',
    'g',
    'f',
    'e',
    'd',
  ]);
});
