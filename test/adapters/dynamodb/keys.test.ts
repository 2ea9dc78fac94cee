// The keys of stored records. A table that is in use holds them, so none may change without an upgrade of the table.
import * as keys from '../../../adapters/dynamodb/keys.ts';
import type { ArticleId, DeliveryId, FeedId, MatchId, SubscriptionId } from '../../../shared/model/ids.ts';

const MATCH = 'm1' as MatchId;
const ARTICLE = 'a1' as ArticleId;
const FEED = 'f1' as FeedId;
const READER = 's1' as SubscriptionId;
const DELIVERY = 'm1.s1' as DeliveryId;

describe('a key', () => {
  it.each<[of: string, key: unknown, pk: string, sk: string]>([
    ['the data version', keys.DATA_VERSION_KEY, 'DATAVERSION', 'DATAVERSION'],
    ['a feed', keys.feedKey(FEED), 'FEED#f1', 'FEED'],
    ['a poll batch', keys.pollBatchKey('000001'), 'POLLGROUPS', '000001'],
    ['the schedule', keys.SCHEDULE_KEY, 'SCHEDULE', 'SCHEDULE'],
    ['the check of feeds', keys.FEED_CHECK_KEY, 'FEEDNEWS', 'LOOK'],
    ['a feed incident', keys.feedIncidentKey(FEED), 'FEEDNEWS', 'FEED#f1'],
    ['the revision of the topics', keys.TOPIC_REVISION_KEY, 'TOPICS', 'REVISION'],
    ['a topic in force', keys.topicPointerKey('river'), 'TOPICS', 'TOPIC#river'],
    ['a part of a topic', keys.topicVersionKey('river', 'v1', 7), 'TOPIC#river', 'VERSION#v1#007'],
    ['a part among many', keys.topicVersionKey('river', 'v1', 1234), 'TOPIC#river', 'VERSION#v1#1234'],
    ['a match', keys.matchKey(MATCH), 'MATCH#m1', 'MATCH'],
    ['a day with matches', keys.matchDayKey('2026-11-30'), 'MATCHDAYS', '2026-11-30'],
    ['a subscription', keys.subscriptionKey(READER), 'SUBSCRIPTION#s1', 'SUBSCRIPTION'],
    ['a token', keys.tokenKey('t1'), 'TOKEN#t1', 'TOKEN'],
    ['a subscriber', keys.subscriberKey('river', READER), 'SUBSCRIBERS#river', 's1'],
    ['a delivery', keys.deliveryKey(DELIVERY), 'MATCH#m1', 'DELIVERY#s1'],
    ['a digest', keys.digestKey('d1'), 'DIGEST#d1', 'DIGEST'],
    ['a member of a digest', keys.memberKey('d1', DELIVERY), 'DIGEST#d1', 'MEMBER#m1.s1'],
    ['a rate', keys.rateKey(READER, 600), 'RATE#s1#600', 'RATE'],
    ['a report that was not relevant', keys.notRelevantKey(MATCH, READER), 'MATCH#m1', 'NOTRELEVANT#s1'],
    ['a hit', keys.hitKey(ARTICLE), 'HIT#a1', 'HIT'],
    ['a story', keys.storyKey('t1'), 'STORY#t1', 'STORY'],
    ['stories under a word', keys.storyLookupKey('en', -12), 'STORYKEY#en#-12', 'STORIES'],
    ['what a subscriber was sent of a story', keys.storyReaderKey('t1', READER), 'STORY#t1', 'READER#s1'],
    ['a day with stories', keys.storyDayKey('2026-11-30'), 'STORYDAYS', '2026-11-30'],
    ['the words of a day', keys.wordDayKey(20_787), 'WORDCOUNTS', '20787'],
    ['an address that is not sent to', keys.suppressionKey('h1'), 'SUPPRESSION#h1', 'SUPPRESSION'],
    ['refusals of an address', keys.refusalsKey('h1'), 'SUPPRESSION#h1', 'REFUSALS'],
    ['the pace of a channel', keys.sendPaceKey('email'), 'SENDPACE#email', 'PACE'],
    ['an output', keys.outputKey('o1'), 'OUTPUTS', 'o1'],
    ['the last reading of an output', keys.outputReadingKey('o1'), 'OUTPUTREADINGS', 'o1'],
  ])('of %s is %j', (_of, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('of a host holds its hash: a host may have any name', () => {
    expect(keys.hostPaceKey('news.example.org')).toEqual({
      pk: expect.stringMatching(/^HOST#[\w-]{43}$/),
      sk: 'PACE',
    });
    expect(keys.hostPaceKey('a')).not.toEqual(keys.hostPaceKey('b'));
  });

  it('of the questions to an address is the same however it is written, and does not show it', () => {
    const key = keys.questionsKey('reader@example.org');

    expect(key).toEqual({ pk: expect.stringMatching(/^QUESTIONS#[\w-]{43}$/), sk: 'QUESTIONS' });
    expect(keys.questionsKey(' Reader@Example.ORG ')).toEqual(key);
    expect(keys.questionsKey('other@example.org')).not.toEqual(key);
  });

  it('is read from a record', () => {
    expect(keys.keyOf({ pk: 'a', sk: 'b', more: 1 })).toEqual({ pk: 'a', sk: 'b' });
  });
});

describe('a place in an index', () => {
  it.each<[of: string, place: unknown, value: unknown]>([
    ['matches of a topic', keys.matchesOfTopic('river'), 'TOPIC#river'],
    ['matches of a feed', keys.matchesOfFeed(FEED), 'FEEDMATCHES#f1'],
    ['subscriptions', keys.SUBSCRIPTIONS, 'SUBSCRIPTIONS'],
    ['subscribers of a topic', keys.subscribersOfTopic('river'), 'SUBSCRIBERS#river'],
    ['deliveries of a match', keys.deliveriesOfMatch(MATCH), { pk: 'MATCH#m1', prefix: 'DELIVERY#' }],
    ['deliveries of a hit', keys.deliveriesOfHit(ARTICLE), { pk: 'HIT#a1', prefix: 'DELIVERY#' }],
    ['reports of a topic that were not relevant', keys.notRelevantOfTopic('river'), 'NOTRELEVANT#river'],
    ['reports of a story', keys.hitsOfStory('t1'), 'STORYHITS#t1'],
    ['days of stories', keys.STORY_DAYS, 'STORYDAYS'],
    ['addresses that are not sent to', keys.SUPPRESSIONS, 'SUPPRESSIONS'],
    ['deliveries of a subscription', keys.deliveriesOfSubscription(READER), 'SUBSCRIPTION#s1'],
    ['failed deliveries', keys.FAILED_DELIVERIES, 'FAILEDDELIVERIES'],
    ['pages of a memory', keys.memoryPartition(FEED), 'MEMORY#f1'],
    ['days of matches', keys.MATCH_DAYS, 'MATCHDAYS'],
    ['feed incidents', keys.FEED_INCIDENT_PREFIX, 'FEED#'],
    ['topics in force', keys.TOPIC_POINTER_PREFIX, 'TOPIC#'],
    ['members of a digest', keys.MEMBER_PREFIX, 'MEMBER#'],
    ['versions of a topic', keys.topicVersionPrefix('v1'), 'VERSION#v1#'],
  ])('of %s is %j', (_of, place, value) => {
    expect(place).toEqual(value);
  });

  it('of an address is the same however it is written, and does not show it', () => {
    const place = keys.targetPartition('reader@example.org');

    expect(place).toMatch(/^TARGET#[\w-]{43}$/);
    expect(keys.targetPartition(' Reader@Example.ORG ')).toBe(place);
    expect(keys.targetPartition('other@example.org')).not.toBe(place);
  });

  it('is spread over four shards, of which readers ask all', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `id-${n}` as MatchId);
    const days = ['DAY#2026-11-30#0', 'DAY#2026-11-30#1', 'DAY#2026-11-30#2', 'DAY#2026-11-30#3'];
    const pending = ['PENDING#0', 'PENDING#1', 'PENDING#2', 'PENDING#3'];

    expect(keys.dayShards('2026-11-30')).toEqual(days);
    expect([...new Set(ids.map((id) => keys.dayShardOf('2026-11-30', id)))].sort()).toEqual(days);
    expect(keys.storyDayShards('2026-11-30')).toEqual(days.map((day) => `STORY${day}`));
    expect([...new Set(ids.map((id) => keys.storyDayShardOf('2026-11-30', id)))].sort()).toEqual(
      keys.storyDayShards('2026-11-30'),
    );
    expect(keys.pendingShards()).toEqual(pending);
    expect([...new Set(ids.map(keys.pendingShardOf))].sort()).toEqual(pending);
    expect(keys.pendingShardOf('id-7')).toBe(keys.pendingShardOf('id-7'));
  });

  it('ends with the id of what it leads to', () => {
    expect(keys.idOfPosition('2026-11-30T08:00:00.000Z#m1#x')).toBe('m1#x');
  });
});

describe('a record, by its key,', () => {
  it.each([
    ['something else with the sort key of a match', { pk: 'FEED#m1', sk: 'MATCH' }],
    ['something that ends like one', { pk: 'XMATCH#', sk: 'MATCH' }],
    ['a story', { pk: 'STORY#s1', sk: 'STORY' }],
  ])('is never pending as %s', (_what, key) => {
    expect(keys.pendingKindOf(key)).toBeNull();
  });

  it.each([
    ['a match', { pk: 'MATCH#m1', sk: 'MATCH' }, { kind: 'match', id: 'm1' }],
    ['a hit', { pk: 'HIT#a1', sk: 'HIT' }, { kind: 'hit', id: 'a1' }],
    ['a delivery', { pk: 'MATCH#m1', sk: 'DELIVERY#s1' }, { kind: 'delivery', id: 'm1.s1' }],
    ['a delivery of a hit', { pk: 'HIT#a1', sk: 'DELIVERY#2#s1' }, { kind: 'delivery', id: 'a1.2.s1' }],
    ['a digest', { pk: 'DIGEST#d1', sk: 'DIGEST' }, { kind: 'digest', id: 'd1' }],
    ['a subscription', { pk: 'SUBSCRIPTION#s1', sk: 'SUBSCRIPTION' }, { kind: 'subscription', id: 's1' }],
  ] as const)('is pending as %s, and is found again', (_what, key, entry) => {
    expect(keys.pendingKindOf(key)).toEqual(entry);
    expect(keys.pendingKey(entry as never)).toEqual(key);
  });

  it.each(['MEMBER#m1.s1', 'XDELIVERY#', 'FEED'])('is nothing that can be pending: %s', (sk) => {
    expect(keys.pendingKindOf({ pk: 'MATCH#m1', sk })).toBeNull();
  });
});
