// Stores whose every write comes too late, because another process was faster: how often they read again, and what they say in the end.
// Of adapters/dynamodb/: person-store, subscription-store, topic-store, story-store.
import { encodeStory } from '../../../adapters/dynamodb/hit-codec.ts';
import { DynamoDbPersonStore } from '../../../adapters/dynamodb/person-store.ts';
import { DynamoDbStoryStore } from '../../../adapters/dynamodb/story-store.ts';
import { encodeSubscription } from '../../../adapters/dynamodb/subscription-codec.ts';
import { DynamoDbSubscriptionStore } from '../../../adapters/dynamodb/subscription-store.ts';
import type { Item, TableClient } from '../../../adapters/dynamodb/table-client.ts';
import { DynamoDbTopicStore } from '../../../adapters/dynamodb/topic-store.ts';
import { withReport } from '../../../shared/model/story.ts';
import { aClock, aHit, aMatch, aSubscription, aTopic, later, START } from '../../support/builders.ts';

/** A table with this record under every key, which refuses the first `losses` writes. */
function aTable(record: Item | null, losses: number) {
  let writes = 0;
  const isLost = (): boolean => {
    writes += 1;
    return writes <= losses;
  };
  const table = {
    get: async () => record,
    getMany: async () => [],
    query: async () => [],
    putMany: async () => undefined,
    deleteMany: async () => undefined,
    put: async () => !isLost(),
    update: async () => (isLost() ? null : {}),
    transact: async () => ({ refused: isLost() ? [0] : [] }),
  } as unknown as TableClient;
  return { table, writes: () => writes };
}

const decodeMany = (<Stored, T>(records: readonly Stored[], decode: (record: Stored) => T) =>
  records.map((record) => decode(record))) as never;
const SUBSCRIPTION = encodeSubscription(aSubscription(), 1);
const [SOURCE] = aMatch().sources;
const STORY = encodeStory(withReport(null, { hit: aHit(), title: 'Convoy', language: 'en', source: SOURCE! }), null, 1);

interface Race {
  readonly what: string;
  readonly record: Item | null;
  readonly run: (table: TableClient) => Promise<unknown>;
  readonly tries: number;
  readonly code: string;
  readonly message: string;
}

const RACES: readonly Race[] = [
  {
    what: 'a question to an address',
    record: null,
    run: (table) =>
      new DynamoDbPersonStore(table, aClock(), decodeMany).countQuestion('reader@example.org', START, later(-1), 3),
    tries: 8,
    code: 'service_unavailable',
    message: 'an address was being asked by others at the same time; tried 8 times',
  },
  {
    what: 'a change of a subscription',
    record: SUBSCRIPTION,
    run: (table) =>
      new DynamoDbSubscriptionStore(table, decodeMany).updateSubscription(
        aSubscription().id,
        { digest: 'daily' },
        START,
      ),
    tries: 5,
    code: 'conflict',
    message: 'subscription "subscription-1" was being changed by someone else; tried 5 times',
  },
  {
    what: 'the end of a subscription',
    record: SUBSCRIPTION,
    run: (table) => new DynamoDbSubscriptionStore(table, decodeMany).deleteSubscription(aSubscription().id),
    tries: 5,
    code: 'conflict',
    message: 'subscription "subscription-1" was being changed by someone else; tried 5 times',
  },
  {
    what: 'a new topic',
    record: null,
    run: (table) => new DynamoDbTopicStore(table, decodeMany).putTopics([aTopic()]),
    tries: 5,
    code: 'service_unavailable',
    message: 'topics were being changed by someone else; tried 5 times',
  },
  {
    what: 'a topic of a story',
    record: STORY,
    run: (table) =>
      new DynamoDbStoryStore(table, aClock(), decodeMany).addTopics('t1', [{ ...aHit().matches[0]!, topic: 'other' }]),
    tries: 8,
    code: 'service_unavailable',
    message: 'story t1 kept changing; gave up after 8 tries',
  },
];

describe.each(RACES)('$what', ({ record, run, tries, code, message }) => {
  it('is written once the others let it', async () => {
    const { table, writes } = aTable(record, tries - 1);

    await run(table);

    expect(writes()).toBe(tries);
  });

  it('is given up when they never do', async () => {
    const { table, writes } = aTable(record, tries);

    await expect(run(table)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(writes()).toBe(tries);
  });
});
