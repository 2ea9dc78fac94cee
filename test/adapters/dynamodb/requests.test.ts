// What the stores ask of the database: how many requests, along which index, and which of them may be a moment old. An embedded database
// is never a moment old, so only this tells.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbStores } from '../../../adapters/dynamodb/stores.ts';
import type { DeliveryId, FeedId, MatchId, SubscriptionId } from '../../../shared/model/ids.ts';
import type { Stores } from '../../../shared/ports.ts';
import {
  type AwsAnswer,
  type AwsRequest,
  type AwsServer,
  clientSettings,
  serveAwsJson,
} from '../../support/aws-json-server.ts';
import { aClock, aDelivery, aMatch, aNewFeed, aSubscription, aTopic, later, START } from '../../support/builders.ts';

const TABLE = 'news';
const FEED = 'f1' as FeedId;
const MATCH = 'm1' as MatchId;
const READER = 's1' as SubscriptionId;
const DELIVERY = 'm1.s1' as DeliveryId;
const PAGE = { limit: 10, cursor: null };

let server: AwsServer;
let client: DynamoDBClient;
let answer: (request: AwsRequest) => AwsAnswer;
beforeAll(async () => {
  server = await serveAwsJson((request) => answer(request));
  client = new DynamoDBClient(clientSettings(server));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});
beforeEach(() => {
  (server.asked as AwsRequest[]).length = 0;
  answer = () => ({});
});

const openStores = (): Stores => createDynamoDbStores({ client, tableName: TABLE, clock: aClock() });

/** Operation, index, order, limit, and whether a moment old is not good enough. */
function inWords({ operation, body }: AwsRequest): string {
  const { ConsistentRead } = body.RequestItems?.[TABLE] ?? body;
  return [
    operation,
    ...(body.IndexName === undefined ? [] : [`by ${body.IndexName}`]),
    ...(body.ScanIndexForward === false ? ['backwards'] : []),
    ...(body.Limit === undefined ? [] : [`at most ${body.Limit}`]),
    ...(ConsistentRead === true ? ['newest'] : []),
  ].join(', ');
}
const asked = (): readonly string[] => server.asked.map(inWords);

describe('in an empty table', () => {
  const get = 'GetItem, newest';
  const query = 'Query, newest';

  it.each<[what: string, ask: (stores: Stores) => Promise<unknown>, requests: readonly string[]]>([
    ['a feed', ({ feeds }) => feeds.getFeed(FEED), [get]],
    // At half the price; what seems to be missing is asked for again.
    ['some feeds', ({ feeds }) => feeds.getFeeds([FEED, FEED]), ['BatchGetItem', 'BatchGetItem, newest']],
    ['no feeds', ({ feeds }) => feeds.getFeeds([]), []],
    ['all feeds', ({ feeds }) => feeds.listFeeds(PAGE), [query]],
    ['the poll batches', ({ feeds }) => feeds.listPollBatches(), [query]],
    ['a poll batch', ({ feeds }) => feeds.getPollBatch('000001'), [get]],
    ['the memory of a feed', ({ feeds }) => feeds.loadCurrentMemory(FEED), [query]],
    ['what a feed once had', ({ feeds }) => feeds.loadPastMemory(FEED), [query]],
    ['the feeds that operators know of', ({ feedIncidents }) => feedIncidents.listNotified(), [query]],
    // Each poll asks for it: what is a moment old is good enough, but for who takes a reservation back.
    ['the pace of a host', ({ hostPaces }) => hostPaces.read('news.example.org'), ['GetItem']],
    ['the newest pace of a host', ({ hostPaces }) => hostPaces.read('news.example.org', { newest: true }), [get]],
    ['the last minute', ({ schedule }) => schedule.lastMinute(), [get]],
    ['the revision of the topics', ({ topics }) => topics.revision(), [get]],
    ['all topics', ({ topics }) => topics.listTopics(), [query]],
    ['the entries of topics', ({ topics }) => topics.listEntries(), [query]],
    ['a topic', ({ topics }) => topics.getTopic('river'), [get]],
    ['a version of a topic', ({ topics }) => topics.getTopic('river', 'v1'), [query]],
    ['a match', ({ matches }) => matches.getMatch(MATCH), [get]],
    ['some matches', ({ matches }) => matches.getMatches([MATCH, MATCH]), ['BatchGetItem, newest']],
    ['all matches', ({ matches }) => matches.queryMatches({}, PAGE), ['Query, backwards, newest']],
    [
      'the matches of a topic',
      ({ matches }) => matches.queryMatches({ topic: 'river' }, PAGE),
      ['Query, by related, backwards, at most 100'],
    ],
    [
      'the matches of a feed',
      ({ matches }) => matches.queryMatches({ feedId: FEED }, PAGE),
      ['Query, backwards, at most 100'],
    ],
    ['a subscription', ({ subscriptions }) => subscriptions.getSubscription(READER), [get]],
    ['a token', ({ subscriptions }) => subscriptions.getByToken('t1'), [get]],
    ['no token', ({ subscriptions }) => subscriptions.getByToken(''), []],
    [
      'who subscribes to a topic',
      ({ subscriptions }) => subscriptions.subscriptionsOfTopics(['river']),
      [query, query],
    ],
    ['who subscribes to all', ({ subscriptions }) => subscriptions.subscriptionsOfTopics(['*']), [query]],
    [
      'the subscriptions of an address',
      ({ subscriptions }) => subscriptions.subscriptionsOfTarget('reader@example.org'),
      ['Query, by related'],
    ],
    // One more than the page has tells whether there is another page.
    [
      'a page of subscriptions',
      ({ subscriptions }) => subscriptions.listSubscriptions(PAGE),
      ['Query, by listed, at most 11'],
    ],
    ['a delivery', ({ deliveries }) => deliveries.getDelivery(DELIVERY), [get]],
    ['the deliveries of a match', ({ deliveries }) => deliveries.deliveriesOfMatch(MATCH), [query]],
    [
      'the deliveries of a subscription',
      ({ deliveries }) => deliveries.deliveriesOfSubscription(READER, PAGE),
      ['Query, by related, backwards, at most 11'],
    ],
    [
      'failed deliveries',
      ({ deliveries }) => deliveries.listFailed(START, 5),
      ['Query, by listed, backwards, at most 5'],
    ],
    ['a digest', ({ digests }) => digests.getDigest('d1'), [get]],
    ['the members of a digest', ({ digests }) => digests.digestMembers('d1'), [query]],
    ['what is due', ({ due }) => due.listDue(START, 7), Array(4).fill('Query, by pending, at most 7')],
    ['what is ahead', ({ due }) => due.listAhead(START, 7), Array(4).fill('Query, by pending, backwards, at most 7')],
  ])('%s', async (_what, ask, requests) => {
    await ask(openStores());

    expect(asked()).toEqual(requests);
  });
});

describe('a write', () => {
  it('of a new feed looks for a batch with room, which the next one finds without looking', async () => {
    const { feeds } = openStores();
    const begin = ['GetItem, newest', 'Query, newest'];

    await feeds.addFeed(aNewFeed());
    const first = asked();
    await feeds.addFeed(aNewFeed({ url: 'https://other.example.org/feed' }));

    expect(first).toEqual([...begin, 'Query, newest', 'TransactWriteItems']);
    expect(asked().slice(first.length)).toEqual([...begin, 'TransactWriteItems']);
  });

  it('of a feed that is known is none', async () => {
    answer = ({ operation }) => (operation === 'GetItem' ? { body: { Item: { pk: { S: 'FEED#f1' } } } } : {});

    expect(await openStores().feeds.addFeed(aNewFeed())).toBe('known');
    expect(asked()).toEqual(['GetItem, newest']);
  });

  it('of a match notes its day once, until a day after the match expires', async () => {
    const { matches } = openStores();
    const DAY = 86_400;
    const match = (articleId: string, expiresAt: number) => ({ ...aMatch({ articleId }), expiresAt });

    await matches.putMatch(match('a', 20_000 * DAY));
    await matches.putMatch(match('b', 20_000 * DAY - 1));
    await matches.putMatch(match('c', 20_000 * DAY + 1));

    const notes = server.asked.filter(({ operation }) => operation === 'UpdateItem');
    expect(notes.map(({ body }) => [body.Key.pk.S, body.ExpressionAttributeValues[':until'].N])).toEqual([
      ['MATCHDAYS', String(20_001 * DAY)],
      ['MATCHDAYS', String(20_002 * DAY)],
    ]);
  });

  it('of the count of single alerts keeps the beginning of the match id, for a day after the window', async () => {
    const delivery = 'abcdefghijklmnopqrst.s1' as DeliveryId;

    expect(await openStores().deliveries.reserveImmediateAlert(READER, 600, 3, delivery)).toBe(true);
    expect(server.asked[0]?.body.ExpressionAttributeValues).toEqual({
      ':marks': { SS: ['abcdefghijkl'] },
      ':mark': { S: 'abcdefghijkl' },
      ':limit': { N: '3' },
      ':none': { N: '0' },
      ':expiresAt': { N: String(600 + 86_400) },
      ':type': { S: 'singleAlerts' },
    });
  });

  it('of an incident that is over lets it expire at once: the sweep may not delete', async () => {
    const { feedIncidents } = openStores();

    await feedIncidents.recordNotified(
      new Map([
        [FEED, null],
        ['f2' as FeedId, 'gone'],
      ]),
    );

    expect(server.asked.map(({ body }) => body.Item)).toEqual([
      expect.objectContaining({ told: { S: 'failing' }, expiresAt: { N: String(Date.parse(START) / 1000) } }),
      expect.not.objectContaining({ expiresAt: expect.anything() }),
    ]);
  });

  it('of an instant that is ahead is conditional: what has become due meanwhile stays', async () => {
    await openStores().due.bringForward({ kind: 'match', id: MATCH, dueAt: later(1000) }, START);

    expect(server.asked.map(({ body }) => [body.Key, body.UpdateExpression, body.ConditionExpression])).toEqual([
      [{ pk: { S: 'MATCH#m1' }, sk: { S: 'MATCH' } }, 'SET dueAt = :now', 'dueAt > :now'],
    ]);
  });
});

describe('a write that others get in the way of', () => {
  const refused = (...codes: readonly string[]): AwsAnswer => ({
    error: 'TransactionCanceledException',
    body: { CancellationReasons: codes.map((Code) => ({ Code })) },
  });
  const transactions = () => server.asked.filter(({ operation }) => operation === 'TransactWriteItems');

  it('of a subscription is tried five times, each time from what is there by then', async () => {
    const { subscriptions } = openStores();
    await subscriptions.createSubscription(aSubscription());
    const { Item } = server.asked[0]!.body.TransactItems[0].Put;
    answer = ({ operation }) =>
      operation === 'GetItem' ? { body: { Item } } : refused('ConditionalCheckFailed', 'None');

    await expect(
      subscriptions.updateSubscription(aSubscription().id, { digest: 'daily' }, START),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'subscription "subscription-1" was being changed by someone else; tried 5 times',
    });
    expect(asked().slice(1)).toEqual(Array(5).fill(['GetItem, newest', 'TransactWriteItems']).flat());
    expect(transactions().at(-1)?.body.TransactItems[0].Put).toMatchObject({
      Item: { revision: { N: '2' } },
      ExpressionAttributeValues: { ':read': { N: '1' } },
    });
  });

  it('of a subscription that is there already says so', async () => {
    answer = () => refused('ConditionalCheckFailed', 'None');

    await expect(openStores().subscriptions.createSubscription(aSubscription())).rejects.toMatchObject({
      code: 'conflict',
      message: 'subscription "subscription-1" exists already',
    });
  });

  it('of topics is tried five times', async () => {
    answer = ({ operation }) => (operation === 'TransactWriteItems' ? refused('None', 'ConditionalCheckFailed') : {});

    await expect(openStores().topics.putTopics([aTopic()])).rejects.toMatchObject({
      code: 'service_unavailable',
      message: 'topics were being changed by someone else; tried 5 times',
    });
    expect(transactions()).toHaveLength(5);
  });

  it('of many topics takes as many transactions as it needs, each with the revision after it', async () => {
    await openStores().topics.putTopics(Array.from({ length: 100 }, (_, n) => aTopic({ id: `topic-${n}` })));

    expect(transactions().map(({ body }) => body.TransactItems.length)).toEqual([100, 2]);
    const [first, second] = transactions().map(({ body }) => body.TransactItems.at(-1).Put);
    expect(second.ExpressionAttributeValues[':before']).toEqual(first.Item.revision);
  });

  it.each([
    ['created', ['ConditionalCheckFailed', 'None', 'None'], 'known'],
    ['created', ['None', 'None', 'ConditionalCheckFailed'], 'closed'],
  ])('of a delivery that waits in a digest, %s with %j, is %s', async (_what, codes, outcome) => {
    answer = () => refused(...codes);
    const waiting = aDelivery({ state: 'waiting', dueAt: null, digestId: 'd1' });

    const created = await openStores()
      .deliveries.createDelivery(waiting)
      .catch((error: Error) => error.message);

    expect(created).toBe(
      outcome === 'known' ? 'known' : 'the digest "d1" is closed and takes no more deliveries; the next window does',
    );
  });

  it('of a feed’s place goes on to the next batch, and stops at one that is known', async () => {
    const answers = [refused('None', 'ConditionalCheckFailed'), refused('ConditionalCheckFailed', 'None')];
    answer = ({ operation }) => (operation === 'TransactWriteItems' ? (answers.shift() ?? {}) : {});

    expect(await openStores().feeds.addFeed(aNewFeed())).toBe('known');
    expect(transactions().map(({ body }) => body.TransactItems[1].Update.Key.sk.S)).toEqual(['000001', '000002']);
    expect(transactions()[0]?.body.TransactItems[1].Update.ExpressionAttributeValues).toMatchObject({
      ':before': { N: '24' },
      ':type': { S: 'pollGroup' },
    });
  });

  it('of a feed that is removed meanwhile says that it is not there', async () => {
    const { feeds } = openStores();
    await feeds.addFeed(aNewFeed());
    const { Item } = transactions()[0]!.body.TransactItems[0].Put;
    answer = ({ operation }) => {
      if (operation === 'GetItem') return { body: { Item } };
      return operation === 'TransactWriteItems' ? refused('ConditionalCheckFailed', 'None') : {};
    };

    await expect(feeds.removeFeed(aNewFeed().id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openStores().feeds.updateFeedSettings(FEED, {})).resolves.toMatchObject({ url: aNewFeed().url });
  });
});
