import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createTable } from '../../../adapters/dynamodb/create-table.ts';
import { feedKey, matchKey, pendingKindOf, topicPointerKey } from '../../../adapters/dynamodb/keys.ts';
import { encodeMatch } from '../../../adapters/dynamodb/match-codec.ts';
import { createDynamoDbStores } from '../../../adapters/dynamodb/stores.ts';
import {
  NEW_MATCH_FILTER,
  PENDING_HIT_FILTER,
  passesFilter,
  type StreamFilter,
} from '../../../adapters/dynamodb/stream-filter.ts';
import { TABLE } from '../../../adapters/dynamodb/table.ts';
import type { Item } from '../../../adapters/dynamodb/table-client.ts';
import type { Log, Stores } from '../../../shared/ports.ts';
import { ofHit } from '../../contracts/some-deliveries.ts';
import { hitAt, placeAlone, placementOf } from '../../contracts/some-stories.ts';
import {
  aClock,
  aDelivery,
  aDigest,
  aHit,
  aMatch,
  aNewFeed,
  aPollState,
  aSubscription,
  aTopic,
  later,
  START,
} from '../../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../../support/embedded-dynamodb.ts';
import { recordSize } from '../../support/record-size.ts';

const NEVER = 4_000_000_000;

describe('the stores on the table', () => {
  let database: TestDatabase;
  let documents: DynamoDBDocumentClient;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
    documents = DynamoDBDocumentClient.from(database.client);
  });

  afterAll(() => database.stop());

  /** Stores on a new table; what was paid is counted from the last `units.length = 0`. */
  async function open(
    log?: Log,
  ): Promise<{ stores: Stores; tableName: string; paid: Map<string, number>; requests: string[] }> {
    const tableName = await database.newTable();
    const paid = new Map<string, number>();
    const requests: string[] = [];
    const onConsumed = (operation: string, units: number): void => {
      requests.push(operation);
      paid.set(operation, (paid.get(operation) ?? 0) + units);
    };
    return {
      stores: createDynamoDbStores({ client: database.client, tableName, clock: aClock(), log, onConsumed }),
      tableName,
      paid,
      requests,
    };
  }

  const recordsOf = async (tableName: string): Promise<readonly Item[]> =>
    (await documents.send(new ScanCommand({ TableName: tableName }))).Items ?? [];

  describe('cost', () => {
    it('one write unit for the poll of a full batch of unchanged feeds', async () => {
      const { stores, paid } = await open();
      for (let number = 0; number < 25; number += 1) {
        await stores.feeds.addFeed(aNewFeed({ url: `https://site-${number}.example.org/` }));
      }
      const [batch] = await stores.feeds.listPollBatches();
      paid.clear();

      await stores.feeds.notePolled(batch!.id, START, START);

      expect(Object.fromEntries(paid)).toEqual({ UpdateItem: 1 });
    });

    it('two write units for a new item of a feed: its state, its memory', async () => {
      const { stores, paid } = await open();
      await stores.feeds.addFeed(aNewFeed());
      const { id } = aNewFeed();
      const keys = (from: number) =>
        new Set(Array.from({ length: 30 }, (_, at) => (from + at).toString(16).padStart(12, '0')));
      await stores.feeds.saveMemory(id, { current: keys(0), week: '2026-W47', left: new Set(), expiresAt: NEVER });
      paid.clear();

      await stores.feeds.savePollState(id, aPollState());
      await stores.feeds.saveMemory(id, { current: keys(1), week: '2026-W47', left: new Set(), expiresAt: NEVER });

      expect(paid.get('UpdateItem')! + paid.get('PutItem')!).toBe(2);
    });

    it('nothing to write for a memory that is the same', async () => {
      const { stores, paid } = await open();
      const change = {
        current: new Set(['000000000001']),
        week: '2026-W47',
        left: new Set<string>(),
        expiresAt: NEVER,
      };
      await stores.feeds.saveMemory(aNewFeed().id, change);
      paid.clear();

      await stores.feeds.saveMemory(aNewFeed().id, change);

      expect([...paid.keys()]).toEqual(['Query']);
    });

    it('two requests for the stories that may fit a report, and one transaction for its hit', async () => {
      const { stores, requests } = await open();
      const keys = [1, 2, 3, 4, 5, 6];
      for (let number = 0; number < 12; number += 1) {
        const candidates = await stores.stories.findCandidates('en', keys);
        const hit = hitAt(number, `story-${number}`);
        await stores.stories.place(placementOf(hit, { keys: keys.slice(0, 4), candidates }));
      }
      const asked = async <T>(
        work: () => Promise<T>,
      ): Promise<{ readonly got: T; readonly sent: readonly string[] }> => {
        requests.length = 0;
        const got = await work();
        return { got, sent: [...requests] };
      };

      const found = await asked(() => stores.stories.findCandidates('en', keys));
      const known = found.got.stories[0]!;
      const joining = hitAt(20, known.story.id);
      const first = await asked(() =>
        stores.stories.place(placementOf(hitAt(21, 'new'), { keys: keys.slice(0, 4), candidates: found.got })),
      );
      const joined = await asked(() =>
        stores.stories.place(placementOf(joining, { before: known, candidates: found.got })),
      );

      expect(found.got.stories).toHaveLength(10);
      expect(found.sent).toEqual(['BatchGetItem', 'BatchGetItem']);
      expect([first.got, ...first.sent]).toEqual(['placed', 'TransactWriteItems']);
      expect([joined.got, ...joined.sent]).toEqual(['placed', 'TransactWriteItems']);
    });

    it('one small read for the revision of the topics', async () => {
      const { stores, paid } = await open();
      await stores.topics.putTopics([aTopic()]);
      paid.clear();

      await stores.topics.revision();

      expect(Object.fromEntries(paid)).toEqual({ GetItem: 1 });
    });
  });

  describe('the stream', () => {
    it('shows pending hits when they are new or gain matches, and new matches, through the filters of its readers', async () => {
      const { stores, tableName } = await open();
      const news = aMatch({ articleId: 'news' });
      const old = aMatch({ articleId: 'old' }, { quiet: 'first_poll_old' });
      await stores.feeds.addFeed(aNewFeed());
      await stores.matches.putMatch(news);
      await stores.matches.putMatch(news);
      await stores.matches.putMatch(old);
      const hit = aHit({}, [news]);
      await placeAlone(stores, hit);
      await placeAlone(stores, aHit({ alertState: 'done' }, [old]));
      await stores.hits.markAlerted(hit.article, 1, START, null);
      await stores.matches.markAlerted(news.id, START);
      const known = (await stores.hits.getHit(hit.article))!;
      await stores.hits.revise(known, { ...known, revision: 2, alertState: 'pending' });
      await stores.hits.markAlerted(hit.article, 2, START, null);
      await stores.deliveries.createDelivery(ofHit(1));

      const records = await streamOf(tableName);
      const passing = (filter: StreamFilter) =>
        records
          .filter((record) => passesFilter(filter, record))
          .map(({ dynamodb }) => pendingKindOf({ pk: dynamodb!.Keys!['pk']!.S!, sk: dynamodb!.Keys!['sk']!.S! }));

      expect(records.length).toBeGreaterThan(5);
      const ofTheHit = { kind: 'hit', id: hit.article };
      expect(passing(PENDING_HIT_FILTER)).toEqual([ofTheHit, ofTheHit]);
      expect(passing(NEW_MATCH_FILTER)).toEqual([news, old].map(({ id }) => ({ kind: 'match', id })));
    });

    async function streamOf(tableName: string) {
      const { Table } = await database.client.send(new DescribeTableCommand({ TableName: tableName }));
      const streams = new DynamoDBStreamsClient({
        endpoint: database.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      const StreamArn = Table!.LatestStreamArn!;
      const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
      const [shard] = StreamDescription!.Shards!;
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({ StreamArn, ShardId: shard!.ShardId!, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      streams.destroy();
      return Records;
    }
  });

  describe('the table', () => {
    it('has its indexes, its stream and its expiry, and is left alone when it is made again', async () => {
      const { stores, tableName } = await open();
      await stores.feeds.addFeed(aNewFeed());

      await createTable(database.client, tableName);

      const { Table } = await database.client.send(new DescribeTableCommand({ TableName: tableName }));
      const expiry = await database.client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
      expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
        'listed',
        'pending',
        'related',
      ]);
      expect(Table?.StreamSpecification).toMatchObject({ StreamEnabled: true, StreamViewType: TABLE.streamView });
      expect(expiry.TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
      expect(await stores.feeds.getFeed(aNewFeed().id)).not.toBeNull();
    });

    it('names what each record is', async () => {
      const { stores, tableName } = await open();
      await stores.feeds.addFeed(aNewFeed());
      await stores.feeds.saveMemory(aNewFeed().id, {
        current: new Set(['000000000001']),
        week: '2026-W47',
        left: new Set(['000000000002']),
        expiresAt: NEVER,
      });
      await stores.schedule.complete(START);
      await stores.topics.putTopics([aTopic()]);
      await stores.matches.putMatch(aMatch());
      await stores.subscriptions.createSubscription(aSubscription());
      await stores.digests.openDigest(aDigest());
      await stores.deliveries.createDelivery(aDelivery({ state: 'waiting', dueAt: null, digestId: aDigest().id }));
      await stores.deliveries.reserveImmediateAlert(aSubscription().id, 600, 5, aDelivery().id);
      await stores.deliveries.createDelivery(ofHit(1));
      await placeAlone(stores);
      await stores.storyReaders.beginSending(
        { storyId: 's1', subscriptionId: aSubscription().id, expiresAt: NEVER },
        ofHit(1).id,
        START,
        START,
      );
      await stores.wordCounts.replaceDay({ day: 1, languages: [], version: 0, savedAt: START }, NEVER);
      await stores.matches.noteNotRelevant({
        matchId: aMatch().id,
        topicId: 'river-crossings',
        subscriptionId: aSubscription().id,
        at: START,
        expiresAt: NEVER,
      });

      const types = (await recordsOf(tableName)).map(({ type }) => type);

      expect([...new Set(types)].sort()).toEqual([
        'delivery',
        'digest',
        'digestMember',
        'feed',
        'hit',
        'match',
        'matchDay',
        'matchOfFeed',
        'memory',
        'notRelevant',
        'pollGroup',
        'schedule',
        'singleAlerts',
        'story',
        'storyDay',
        'storyKey',
        'storyReader',
        'subscriber',
        'subscription',
        'token',
        'topic',
        'topicRevision',
        'topicVersion',
        'wordDay',
      ]);
    });

    it('keeps the words of a day in less than 32 KB: those that most documents hold, of all languages', async () => {
      const { stores, tableName } = await open();
      const day = 20_000;
      const wordsOf = (language: string, from: number) => ({
        language,
        day,
        documents: 900,
        // Hashes have no pattern, so the rest of a record would compress better than a real one.
        counts: Array.from({ length: 20_000 }, (_, at): [number, number] => [
          Math.imul(from + at, 0x9e3779b1) | 0,
          at < 2_000 ? 3 + (at % 500) : 1 + (at % 2),
        ]),
      });
      const languages = [wordsOf('en', 0), wordsOf('uk', 50_000)];

      await stores.wordCounts.replaceDay({ day, languages, version: 0, savedAt: START }, NEVER);

      const [stored] = await stores.wordCounts.loadDays([day]);
      const common = languages.map(({ counts, ...each }) => ({
        ...each,
        counts: counts.filter(([, count]) => count > 2).toSorted(([a], [b]) => a - b),
      }));
      expect(stored?.languages).toEqual(common);
      const [record] = await recordsOf(tableName);
      expect(recordSize(record!)).toBeLessThan(32 * 1_024);
    });

    it('holds an address in one record only', async () => {
      const { stores, tableName } = await open();
      await stores.subscriptions.createSubscription(
        aSubscription({ target: 'reader@example.org', topics: ['a', 'b'] }),
      );
      await stores.deliveries.createDelivery(aDelivery());

      const naming = (await recordsOf(tableName)).filter((record) => JSON.stringify(record).includes('reader@'));

      expect(naming.map(({ type }) => type)).toEqual(['subscription']);
    });
  });

  it('topics that an older version stored, without their origin, do not end with a pack file', async () => {
    const { stores, tableName } = await open();
    const older = aTopic({ id: 'older', pack: 'of-old' });
    await stores.topics.putTopics([older], { source: 'configuration' });
    await documents.send(
      new UpdateCommand({
        TableName: tableName,
        Key: topicPointerKey(older.id),
        UpdateExpression: 'REMOVE #source',
        ExpressionAttributeNames: { '#source': 'source' },
      }),
    );

    expect(await stores.topics.putTopics([aTopic()], { source: 'configuration' })).toMatchObject({ ended: [] });

    expect((await stores.topics.listTopics()).map(({ id }) => id)).toEqual(['older', aTopic().id]);
    expect(await stores.topics.listEntries()).toMatchObject([
      { id: 'older', source: null },
      { source: 'configuration' },
    ]);
  });

  describe('a damaged record', () => {
    const damage = async (tableName: string, Key: Item): Promise<void> => {
      await documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key,
          UpdateExpression: 'SET #url = :number',
          ExpressionAttributeNames: { '#url': 'url' },
          ExpressionAttributeValues: { ':number': 7 },
        }),
      );
    };
    const [sound, damaged] = ['sound', 'damaged'].map((name) => aNewFeed({ url: `https://${name}.example.org/` }));

    it('does not hide the others of a list, and is logged by name', async () => {
      const logged: string[] = [];
      const ignore = (): void => undefined;
      const log = { debug: ignore, info: ignore, warn: ignore, error: (message: string) => void logged.push(message) };
      const { stores, tableName } = await open(log);
      for (const feed of [sound!, damaged!]) await stores.feeds.addFeed(feed);
      await damage(tableName, { ...feedKey(damaged!.id) });

      const { items } = await stores.feeds.listFeeds({ limit: 10, cursor: null });
      const known = await stores.feeds.getFeeds([sound!.id, damaged!.id]);

      expect([items, known].map((feeds) => feeds.map(({ id }) => id))).toEqual([[sound!.id], [sound!.id]]);
      expect(logged).toHaveLength(2);
      expect(logged[0]).toBe(
        `the stored record FEED#${damaged!.id} / FEED is damaged: "url" is number 7, expected a text`,
      );
    });

    it('fails the list where there is no log to tell', async () => {
      const { stores, tableName } = await open();
      await stores.feeds.addFeed(damaged!);
      await damage(tableName, { ...feedKey(damaged!.id) });

      await expect(stores.feeds.listFeeds({ limit: 10, cursor: null })).rejects.toMatchObject({
        code: 'damaged_record',
      });
      await expect(stores.feeds.getFeed(damaged!.id)).rejects.toMatchObject({ code: 'damaged_record' });
    });
  });

  describe('a query that fits little', () => {
    it('reads a bounded number of records a call, and goes on where it stopped', async () => {
      const { stores, tableName } = await open();
      const [oldest, ...others] = Array.from({ length: 1_120 }, (_, at) => at);
      const needle = aMatch({ articleId: 'needle', firstSeenAt: later(oldest!) }, { why: 'needle' });
      await stores.matches.putMatch({ ...needle, article: { ...needle.article, title: 'needle' } });
      const put = (at: number) =>
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: encodeMatch(aMatch({ articleId: `hay ${at}`, firstSeenAt: later(at) })),
          }),
        );
      for (let from = 0; from < others.length; from += 40) await Promise.all(others.slice(from, from + 40).map(put));

      const first = await stores.matches.queryMatches({ text: 'needle' }, { limit: 10, cursor: null });
      const second = await stores.matches.queryMatches({ text: 'needle' }, { limit: 10, cursor: first.cursor });

      expect(first.items).toEqual([]);
      expect(first.cursor).not.toBeNull();
      expect(second.items.map(({ id }) => id)).toEqual([needle.id]);
      expect(second.cursor).toBeNull();
    });
  });

  describe('a match whose link was lost in a crash', () => {
    it('has it again when the step is repeated', async () => {
      const { stores, tableName } = await open();
      await documents.send(new PutCommand({ TableName: tableName, Item: encodeMatch(aMatch()) }));
      const ofFeed = { feedId: aMatch().sources[0]!.feedId };
      const before = await stores.matches.queryMatches(ofFeed, { limit: 10, cursor: null });

      expect(await stores.matches.putMatch(aMatch())).toBe('known');

      const after = await stores.matches.queryMatches(ofFeed, { limit: 10, cursor: null });
      expect([before.items.length, after.items.length]).toEqual([0, 1]);
      expect((await recordsOf(tableName)).filter(({ pk }) => pk === matchKey(aMatch().id).pk)).toHaveLength(1);
    });
  });

  describe('the embedded database with a folder', () => {
    it('has what was stored when it is started again', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tocsin-database-'));
      const once = async <T>(work: (stores: Stores) => Promise<T>): Promise<T> => {
        const onDisk = await startEmbeddedDynamoDb({ folder });
        try {
          return await work(createDynamoDbStores({ client: onDisk.client, tableName: 'tocsin', clock: aClock() }));
        } finally {
          await onDisk.stop();
        }
      };

      await once((stores) => stores.matches.putMatch(aMatch()));
      const found = await once((stores) => stores.matches.getMatch(aMatch().id));
      rmSync(folder, { recursive: true });

      expect(found).toEqual(aMatch());
    });
  });
});
