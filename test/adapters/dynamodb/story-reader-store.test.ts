// What a subscriber was sent of a story, while others write the same record. The usual behaviour: test/contracts/story-reader-store-contract.ts.
import { encodeStoryReader } from '../../../adapters/dynamodb/hit-codec.ts';
import { DynamoDbStoryReaderStore } from '../../../adapters/dynamodb/story-reader-store.ts';
import type { Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import type { DeliveryId } from '../../../shared/model/ids.ts';
import { newReader, type StoryReader } from '../../../shared/model/story.ts';
import { aClock, aSubscription, later, START } from '../../support/builders.ts';

const NEVER = 4_000_000_000;
const DELIVERY = 'a.1.s' as DeliveryId;
const ALERTED = {
  storyId: 't1',
  subscriptionId: aSubscription().id,
  expiresAt: NEVER,
  topics: ['a'],
  severity: null,
  alertedAt: START,
  alertedBy: 'a.1.s',
} as const;
const READER: StoryReader = newReader(ALERTED, { deliveryId: DELIVERY, until: later(60_000) });

/** A table with this record, which refuses the first `refusals` puts and every update. */
function aStore(record: Item | null, refusals = 0) {
  const puts: Item[] = [];
  const table = {
    get: async () => record,
    update: async () => null,
    put: async (put: Item) => {
      puts.push(put);
      return puts.length > refusals;
    },
  } as unknown as TableClient;
  return { store: new DynamoDbStoryReaderStore(table, aClock()), puts };
}

describe('what a subscriber was sent of a story', () => {
  it('is written again until no other writer was faster, eight times at most', async () => {
    const [written, given] = [aStore(null, 7), aStore(null, 8)];

    await written.store.noteAlerted(ALERTED);
    await expect(given.store.noteAlerted(ALERTED)).rejects.toMatchObject({
      code: 'service_unavailable',
      message: 'what subscription subscription-1 was sent of story t1 kept changing; gave up after 8 tries',
    });

    expect([written, given].map(({ puts }) => puts.length)).toEqual([8, 8]);
  });

  it.each([
    [null, { ConditionExpression: 'attribute_not_exists(pk)' }, 1],
    [{}, { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': 0 } }, 1],
    [{ revision: 4 }, { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': 4 } }, 5],
  ])('replaces only what was read: %j', async (known, condition, revision) => {
    const { store, puts } = aStore(known === null ? null : { ...encodeStoryReader(READER), ...known });

    await store.noteAlerted(ALERTED);

    expect(puts).toMatchObject([{ Item: { revision }, ...condition }]);
  });

  it.each([
    [
      'another delivery is being sent',
      { ...encodeStoryReader(READER) },
      (store: DynamoDbStoryReaderStore) => store.endSending(READER, 'other' as DeliveryId),
    ],
    [
      'another alert was the last',
      { ...encodeStoryReader(READER) },
      (store: DynamoDbStoryReaderStore) => store.forgetAlert('t1', ALERTED.subscriptionId, 'other'),
    ],
    [
      'nothing is known',
      null,
      (store: DynamoDbStoryReaderStore) => store.forgetAlert('t1', ALERTED.subscriptionId, 'other'),
    ],
  ])('is left alone where %s', async (_what, record, change) => {
    const { store, puts } = aStore(record);

    await change(store);

    expect(puts).toEqual([]);
  });

  it('starts over where the record has expired and is not deleted yet', async () => {
    const { store, puts } = aStore({ ...encodeStoryReader(READER), expiresAt: 1, revision: 3 });

    const begun = await store.beginSending(ALERTED, DELIVERY, START, later(60_000));

    expect(begun).toEqual(READER);
    expect(puts).toMatchObject([{ Item: { revision: 4 }, ExpressionAttributeValues: { ':read': 3 } }]);
    expect(await store.getReader('t1', ALERTED.subscriptionId)).toBeNull();
  });

  it('does not begin where another started over at the same time, or where something is being sent', async () => {
    const expired = aStore({ ...encodeStoryReader(READER), expiresAt: 1 }, 1);
    const busy = aStore(encodeStoryReader(READER));

    for (const { store } of [expired, busy])
      expect(await store.beginSending(ALERTED, DELIVERY, START, later(60_000))).toBeNull();

    expect(busy.puts).toEqual([]);
  });
});
