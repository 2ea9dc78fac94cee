import {
  decodeDelivery,
  decodeDigest,
  encodeDelivery,
  encodeDigest,
} from '../../../adapters/dynamodb/delivery-codec.ts';
import { decodeFeed, decodePollBatch, encodeFeed, encodePollState } from '../../../adapters/dynamodb/feed-codec.ts';
import {
  decodeHit,
  decodeKnownStory,
  decodeStory,
  decodeStoryReader,
  encodeHit,
  encodeStory,
  encodeStoryReader,
} from '../../../adapters/dynamodb/hit-codec.ts';
import { dayShardOf, pendingShardOf, targetPartition } from '../../../adapters/dynamodb/keys.ts';
import { decodeMatch, encodeMatch } from '../../../adapters/dynamodb/match-codec.ts';
import { allKeys, decodePage, type MemoryPage, planPages } from '../../../adapters/dynamodb/memory-pages.ts';
import { decodeSubscription, encodeSubscription } from '../../../adapters/dynamodb/subscription-codec.ts';
import type { Item } from '../../../adapters/dynamodb/table-client.ts';
import {
  decodeTopicPointer,
  decodeTopicVersion,
  encodeTopicPointer,
  encodeTopicVersion,
  pointerTo,
} from '../../../adapters/dynamodb/topic-codec.ts';
import { feedIdOf, hashId, hitDeliveryIdOf, matchIdOf, type SubscriptionId } from '../../../shared/model/ids.ts';
import type { Match, Passage } from '../../../shared/model/match.ts';
import { MOST_HELD, newReader, type Story, type StoryReader, withReport } from '../../../shared/model/story.ts';
import type { StoryRecord } from '../../../shared/stories/story-record.ts';
import { cutToBytes } from '../../../shared/text/cut-to-bytes.ts';
import {
  aDelivery,
  aDigest,
  aFeed,
  aHit,
  aMatch,
  anArticle,
  aPollState,
  aSubscription,
  aTopic,
  START,
} from '../../support/builders.ts';
import { recordSize } from '../../support/record-size.ts';
import { below, seeded } from '../../support/seeded.ts';

const LARGEST = 32 * 1024;

const aStory = (): Story =>
  withReport(null, { hit: aHit(), title: 'Convoy', language: 'en', source: anArticle().source });
const aReader = (): StoryReader =>
  newReader(
    { storyId: aHit().story.id, subscriptionId: aSubscription().id, expiresAt: aHit().expiresAt },
    { deliveryId: aDelivery().id, until: START },
  );

/** As many words and reports as a story remembers, without any pattern in their numbers. */
function theFullestStory(): StoryRecord {
  const random = seeded(1);
  const keys = (count: number): number[] => Array.from({ length: count }, () => below(random, 2 ** 32) - 2 ** 31);
  const weights = (count: number): number[] => Array.from({ length: count }, () => Math.fround(random()));
  const titleKey = () => ({ key: keys(1)[0]!, before: keys(1)[0]!, nameKey: keys(1)[0]!, isRepeated: random() < 0.5 });
  return {
    id: aHit().story.id,
    language: 'en',
    lookupKeys: keys(4),
    firstAtMs: Date.parse(START),
    lastAtMs: Date.parse(START),
    reports: 10_000,
    texts: 10_000,
    centroidKeys: keys(40),
    centroidWeights: weights(40),
    centroidLength: random(),
    newest: Array.from({ length: 4 }, () => ({
      keys: keys(40),
      weights: weights(40),
      length: random(),
      sample: { hashes: keys(48), places: keys(48), words: 240, isWhole: false },
      title: Array.from({ length: 20 }, titleKey),
    })),
    known: keys(240),
    names: keys(60),
    labels: Array.from({ length: 24 }, (_, at) => ({
      kind: `kind-${at}`,
      value: random() * 1e6,
      shown: '1,234,567.8',
    })),
  };
}

describe('a record', () => {
  const feed = aFeed({
    state: aPollState({
      failure: { kind: 'dns', message: 'no such host', since: START, count: 1 },
      sentWholeAt: START,
      validatorsIgnoredUntil: START,
      oldItems: { count: 3, firstAt: START, lastAt: START },
    }),
  });

  const left = aSubscription({ stopped: [{ topic: 'treaties', at: START }], endedByLinkAt: START });

  const asked = aSubscription({
    state: 'unconfirmed',
    consent: { question: 'mail', requestedAt: START, requestedBy: 'user/ann', wording: 1, confirmedAt: null },
    openQuestion: { link: 'link', until: START, asked: 1, attempts: 0 },
    step: 'question',
    dueAt: START,
  });

  it.each<[string, unknown, Item, (record: Item) => unknown]>([
    ['feed', feed, encodeFeed(feed), decodeFeed],
    ['match', aMatch(), encodeMatch(aMatch()), decodeMatch],
    ['subscription', aSubscription(), encodeSubscription(aSubscription(), 7), decodeSubscription],
    ['subscription that its reader left', left, encodeSubscription(left, 7), decodeSubscription],
    ['subscription that was not confirmed yet', asked, encodeSubscription(asked, 7), decodeSubscription],
    ['delivery', aDelivery(), encodeDelivery(aDelivery()), decodeDelivery],
    ['digest', aDigest(), encodeDigest(aDigest()), decodeDigest],
    ['hit', aHit(), encodeHit(aHit()), decodeHit],
    ['story', theFullestStory(), encodeStory(aStory(), theFullestStory(), 7), (one) => decodeKnownStory(one)?.record],
    ['story that attracts nothing', null, encodeStory(aStory(), null, 7), decodeKnownStory],
    ['story as people see it', aStory(), encodeStory(aStory(), null, 7), decodeStory],
    ['reader of a story', aReader(), encodeStoryReader(aReader()), decodeStoryReader],
    ['topic', aTopic(), encodeTopicVersion(aTopic())[0]!, (record) => decodeTopicVersion([record])],
    ['topic in force', pointerTo(aTopic()), encodeTopicPointer(pointerTo(aTopic())), decodeTopicPointer],
  ])('of a %s is read as it was written', (_name, value, record, decode) => {
    expect(decode(record)).toEqual(value);
  });

  it('of a subscription by an earlier version has the defaults of what it does not say', () => {
    const stored = {
      pk: 'SUB#subscription-1',
      sk: 'SUBSCRIPTION',
      type: 'subscription',
      id: 'subscription-1',
      channel: 'email',
      target: 'reader@example.org',
      topics: ['river-crossings'],
      digest: 'hourly',
      state: 'active',
      unsubscribeToken: 'token-of-subscription-1',
      createdAt: START,
      updatedAt: START,
      revision: 3,
    };

    expect(decodeSubscription(stored)).toEqual(aSubscription({ digest: 'hourly' }));
  });

  it.each([
    [
      'https://10.0.0.1/a: the address 10.0.0.1 is not public: private use. If this is a server of your own, add its HOST:PORT to fetch.allowHosts.',
      'the address 10.0.0.1 is not public: private use',
    ],
    ['https://example.org/a: answered 503; expected 200. The server has a problem; pol', 'answered 503; expected 200'],
    ['https://example.org/a: the answer is longer than 1.5 MB.', 'the answer is longer than 1.5 MB'],
    ['https://example.org/a: cut in the mid', 'https://example.org/a: cut in the mid'],
    ['the page could not be read yet (answered 503)', 'the page could not be read yet (answered 503)'],
    [null, null],
  ])('of a match by an earlier version loses the advice for operators in %j', (stored, read) => {
    const match = aMatch();
    const record = encodeMatch({ ...match, article: { ...match.article, extractionFailure: stored } });

    expect(decodeMatch(record).article.extractionFailure).toBe(read);
  });

  it.each<[string, Item, (record: Item) => unknown, string]>([
    ['a missing field', without(encodeFeed(feed), 'url'), decodeFeed, '"url" is missing, expected a text'],
    [
      'a text for a number',
      { ...encodeMatch(aMatch()), expiresAt: '7' },
      decodeMatch,
      '"expiresAt" is "7", expected a number',
    ],
    [
      'an unknown state',
      { ...encodeDelivery(aDelivery()), state: 'lost' },
      decodeDelivery,
      '"state" is "lost", expected one of pending,',
    ],
    [
      'a poll state that is no JSON',
      { ...encodeFeed(feed), state: '{"version":' },
      decodeFeed,
      '"state" is "{\\"version\\":", expected JSON',
    ],
    [
      'a map that is none',
      { ...encodeMatch(aMatch()), topic: 'x' },
      decodeMatch,
      'field "topic" is damaged: expected a map, got "x"',
    ],
    [
      'an element that is none',
      { ...encodeMatch(aMatch()), sources: [7] },
      decodeMatch,
      'field "sources[0]" is damaged',
    ],
    [
      'half a highlight',
      { ...encodeMatch(aMatch()), passages: [{ ...aMatch().passages[0], highlights: [[1]] }] },
      decodeMatch,
      'field "highlights[0]" is damaged: got [1], expected [a number, a number]',
    ],
    [
      'an unknown place in a story',
      { ...encodeHit(aHit()), story: { ...aHit().story, kind: 'else' } },
      decodeHit,
      '"kind" is "else", expected one of first, copy, same, new',
    ],
    [
      'words that are no bytes',
      { ...encodeStory(aStory(), theFullestStory(), 7), packedWords: 'x' },
      decodeKnownStory,
      '"packedWords" is',
    ],
    [
      'words that cannot be unpacked',
      { ...encodeStory(aStory(), theFullestStory(), 7), packedWords: Buffer.from('x') },
      decodeKnownStory,
      'cannot be unpacked',
    ],
    [
      'topics that are no texts',
      { ...encodeSubscription(aSubscription(), 1), topics: [1] },
      decodeSubscription,
      '"topics" is',
    ],
    ['a number that is none', { ...encodeDigest(aDigest()), attempts: Number.NaN }, decodeDigest, '"attempts" is'],
    [
      'a definition that is no gzip',
      { ...encodeTopicVersion(aTopic())[0]!, definition: Buffer.from('x') },
      (record) => decodeTopicVersion([record]),
      'cannot be unpacked',
    ],
    [
      'a part of a definition only',
      { ...encodeTopicVersion(aTopic())[0]!, parts: 2 },
      (record) => decodeTopicVersion([record]),
      'it has 1 of 2 parts',
    ],
    [
      'bytes that are no keys',
      { pk: 'MEMORY#x', sk: 'CURRENT#1#0', keys: new Uint8Array(7) },
      decodePage,
      '"keys" has 7 bytes, expected a multiple of 6',
    ],
    ['a page of nothing', { pk: 'MEMORY#x', sk: 'ELSE#1#0', keys: new Uint8Array(6) }, decodePage, 'names no page'],
    [
      'a batch whose feeds are no set',
      { pk: 'POLLGROUPS', sk: '000001', feedIds: ['a'] },
      decodePollBatch,
      '"feedIds" is',
    ],
  ])('with %s is refused by name', (_name, record, decode, problem) => {
    const read = () => decode(record);

    expect(read).toThrow(expect.objectContaining({ code: 'damaged_record', retryable: false }));
    expect(read).toThrow(problem);
    expect(read).toThrow(`${String(record['pk'])} / ${String(record['sk'])}`);
  });

  it('of a usual feed takes one write unit', () => {
    const state = aPollState({
      version: 1_234,
      etag: '"5f3e-62a1b9c7d4e80"',
      lastModified: 'Tue, 17 Nov 2026 08:00:00 GMT',
      validatorsUrl: 'https://news.example.org/world/europe/rss.xml',
      bodyHash: 'a'.repeat(64),
      lastChangedPollAt: START,
      lastNewItemAt: START,
      itemsPerDay: 31.25,
      textOrigin: 'article',
      ownTitle: 'Example News - World - Europe',
      siteUrl: 'https://news.example.org/world/europe',
      ownLanguage: 'en',
      itemCount: 30,
      baselined: true,
    });

    expect(recordSize(encodeFeed(aFeed({ url: 'https://news.example.org/world/europe/rss.xml', state })))).toBeLessThan(
      1_024,
    );
  });

  it('of a full poll batch takes one write unit', () => {
    const feedIds = new Set(Array.from({ length: 25 }, (_, number) => hashId('feed', String(number))));
    const record = { pk: 'POLLGROUPS', sk: '000001', type: 'pollBatch', feedIds, lastSlot: START, lastPolledAt: START };

    expect(decodePollBatch(record)?.feedIds).toEqual([...feedIds].sort());
    expect(recordSize(record)).toBeLessThan(1_024);
  });
});

describe('a record stands where it is looked for', () => {
  const [delivery, digest, match, subscription] = [aDelivery(), aDigest(), aMatch(), aSubscription()];
  const position = (record: { readonly id: string }, at: string): string => `${at}#${record.id}`;
  const placesOf = ({ type, relatedTo, relatedAt, listedIn, listedAt, pendingShard, dueAt }: Item): Item => ({
    type,
    relatedTo,
    relatedAt,
    listedIn,
    listedAt,
    pendingShard,
    dueAt,
  });

  it.each<[string, Item, Item]>([
    [
      'a delivery, with those of its subscription',
      encodeDelivery(delivery),
      {
        type: 'delivery',
        relatedTo: `SUBSCRIPTION#${delivery.subscriptionId}`,
        relatedAt: expect.stringMatching(/^2\d{3}-.*Z#/),
        pendingShard: pendingShardOf(delivery.id),
        dueAt: delivery.dueAt,
      },
    ],
    [
      'a delivery that is not due',
      encodeDelivery({ ...delivery, dueAt: null }),
      {
        type: 'delivery',
        relatedTo: `SUBSCRIPTION#${delivery.subscriptionId}`,
        relatedAt: expect.stringContaining(delivery.id),
      },
    ],
    [
      'a digest',
      encodeDigest(digest),
      { type: 'digest', pendingShard: pendingShardOf(digest.id), dueAt: digest.dueAt },
    ],
    ['a digest that is not due', encodeDigest({ ...digest, dueAt: null }), { type: 'digest' }],
    [
      'a match, with those of its topic and of its day',
      encodeMatch({ ...match, alertState: 'pending' }),
      {
        type: 'match',
        relatedTo: `TOPIC#${match.topic.id}`,
        relatedAt: position(match, match.article.firstSeenAt),
        listedIn: dayShardOf(match.article.firstSeenAt.slice(0, 10), match.id),
        listedAt: position(match, match.article.firstSeenAt),
        pendingShard: pendingShardOf(match.id),
        dueAt: match.times.matchedAt,
      },
    ],
    [
      'a match whose alerts are sent',
      encodeMatch({ ...match, alertState: 'done' }),
      {
        type: 'match',
        relatedTo: `TOPIC#${match.topic.id}`,
        relatedAt: position(match, match.article.firstSeenAt),
        listedIn: dayShardOf(match.article.firstSeenAt.slice(0, 10), match.id),
        listedAt: position(match, match.article.firstSeenAt),
      },
    ],
    [
      'a subscription, with those of its address and with all',
      encodeSubscription(subscription, 7),
      {
        type: 'subscription',
        relatedTo: targetPartition(subscription.target),
        relatedAt: subscription.createdAt,
        listedIn: 'SUBSCRIPTIONS',
        listedAt: position(subscription, subscription.createdAt),
      },
    ],
    ['a feed', encodeFeed(aFeed()), { type: 'feed' }],
    ['a topic in force', encodeTopicPointer(pointerTo(aTopic())), { type: 'topic' }],
    ['a version of a topic', encodeTopicVersion(aTopic())[0]!, { type: 'topicVersion' }],
  ])('%s', (_what, record, places) => {
    expect(placesOf(record)).toEqual(places);
  });

  it('of a match beside the feeds of its sources, for the condition of the next one', () => {
    const [source] = match.sources;
    const sources = [source!, { ...source!, feedId: feedIdOf('https://other.example.org/feed') }];

    expect(encodeMatch({ ...match, sources })['sourceFeeds']).toEqual(new Set(sources.map(({ feedId }) => feedId)));
  });

  it('beside its version, for the condition of the next write', () => {
    expect(encodeSubscription(subscription, 7)['revision']).toBe(7);
    expect(encodeFeed(aFeed({ state: aPollState({ version: 9 }) }))['version']).toBe(9);
    expect(encodePollState(aPollState({ version: 9 }))).toEqual({
      state: encodeFeed(aFeed({ state: aPollState({ version: 9 }) }))['state'],
      version: 9,
    });
  });

  it('in parts of 28,000 bytes where it is large', () => {
    const words = Array.from({ length: 6_000 }, (_, n) => hashId('word', String(n)));
    const topic = aTopic({ any: { en: words } });
    const parts = encodeTopicVersion(topic);

    expect(parts.slice(0, -1).every((part) => (part['definition'] as Uint8Array).length === 28_000)).toBe(true);
    expect(parts.map((part) => part['parts'])).toEqual(parts.map(() => parts.length));
    expect(parts.length).toBeGreaterThan(1);
    expect(pointerTo(topic).parts).toBe(parts.length);
    expect(decodeTopicVersion(parts.toReversed())).toEqual(topic);
  });
});

describe('the origin of a passage', () => {
  const [passage] = aMatch().passages;
  const match = aMatch(
    {},
    {
      article: { ...aMatch().article, origin: 'article' },
      passages: [
        { ...passage!, field: 'title', origin: 'title' },
        { ...passage!, origin: 'article' },
        { ...passage!, origin: 'summary' },
      ],
    },
  );

  it('takes room in the record only where the field and the article do not tell it', () => {
    const record = encodeMatch(match);

    expect((record['passages'] as Passage[]).map(({ origin }) => origin)).toEqual([undefined, undefined, 'summary']);
    expect(decodeMatch(record).passages).toEqual(match.passages);
  });

  it('of a record from before it was kept is the headline, or the text that was read', () => {
    const { article, passages } = aMatch();
    const old = [{ ...passages[0]!, field: 'title' }, passages[0]!].map(({ origin: _, ...rest }) => rest);

    const read = decodeMatch({ ...encodeMatch(aMatch()), article: { ...article, origin: 'summary' }, passages: old });

    expect(read.passages.map(({ origin }) => origin)).toEqual(['title', 'summary']);
  });
});

describe('the largest records', () => {
  const wide = '군'.repeat(20_000);

  it('of matches stay under 32 KB', () => {
    const highlights = Array.from({ length: 5_000 }, (_, at): [number, number] => [at * 3, at * 3 + 2]);
    const passage = { text: wide, field: 'body', origin: 'summary', start: 0, end: wide.length, highlights } as const;
    const { article, topic } = aMatch();
    const url = `https://example.org/${'x'.repeat(2_000)}`;
    const fullest: Match = aMatch(
      {},
      {
        topic: { ...topic, id: 't'.repeat(100), version: 'v'.repeat(60), title: wide },
        article: { ...article, url, canonicalUrl: url, title: wide, language: wide, extractionFailure: wide },
        sources: Array.from({ length: 90 }, (_, at) => ({
          feedId: hashId('f', String(at)) as never,
          title: wide,
          host: wide,
        })),
        passages: Array.from({ length: 50 }, () => passage),
        why: wide,
      },
    );

    const size = recordSize(encodeMatch(fullest));

    expect(size).toBeGreaterThan(20_000);
    expect(size).toBeLessThan(LARGEST);
  });

  it('of feeds, deliveries and topics stay under 32 KB', () => {
    const state = aPollState({
      etag: wide,
      lastModified: wide,
      siteUrl: wide,
      ownTitle: wide,
      ownLanguage: wide,
      failure: { kind: 'http', message: wide, since: START, count: 1 },
    });
    const random = Array.from({ length: 3_000 }, (_, at) => hashId('words', String(at)));
    const records = [
      encodeFeed(aFeed({ title: wide, folder: wide, state })),
      encodeDelivery(aDelivery({ reason: wide })),
      encodeDigest(aDigest({ reason: wide })),
      ...encodeTopicVersion(aTopic({ any: { en: random } })),
    ];

    expect(records.length).toBeGreaterThan(4);
    for (const record of records) expect(recordSize(record)).toBeLessThan(LARGEST);
  });

  it('of hits and stories, and of what a reader was sent of one, stay under 32 KB', () => {
    const topics = Array.from({ length: 120 }, (_, at) => `${'t'.repeat(60)}-${at}`);
    const matches = topics.map((topic) => ({
      id: matchIdOf(topic, anArticle().id),
      topic,
      severity: 'critical' as const,
      strength: 'strong' as const,
    }));
    const place = { id: 's123456789', kind: 'new', reason: wide, news: Array(30).fill(wide), texts: 9_999 } as const;
    const hit = aHit({ matches, story: place });
    const { source } = anArticle();
    const sources = Array.from({ length: 90 }, (_, at) => ({ feedId: feedIdOf(String(at)), title: wide, host: wide }));
    const story = { ...withReport(null, { hit, title: wide, language: 'en', source }), sources };
    const id = hitDeliveryIdOf(hit.article, 99, 'subscription-of-a-reader-12' as SubscriptionId);
    const deliveries = Array.from({ length: MOST_HELD }, () => id);
    const reader = {
      ...newReader(
        { storyId: place.id, subscriptionId: aSubscription().id, expiresAt: hit.expiresAt },
        { deliveryId: id, until: START },
      ),
      topics,
      threadId: `<${id}@${'x'.repeat(200)}>`,
      held: deliveries,
      spokeFor: deliveries,
    };

    const records = [encodeHit(hit), encodeStory(story, theFullestStory(), 9_999), encodeStoryReader(reader)];

    expect(records.map(recordSize).toSorted((a, b) => b - a)[0]).toBeGreaterThan(20_000);
    for (const record of records) expect(recordSize(record)).toBeLessThan(LARGEST);
  });

  it('leave out what must be sent back word for word and is too long', () => {
    const state = aPollState({ etag: `"${'x'.repeat(5_000)}"`, lastModified: 'Tue, 17 Nov 2026 08:00:00 GMT' });

    expect(decodeFeed(encodeFeed(aFeed({ state }))).state).toMatchObject({
      etag: null,
      lastModified: state.lastModified,
    });
  });
});

describe('a record of an older version', () => {
  it('of a feed tells nothing of whole answers, of validators and of old items', () => {
    const record = encodeFeed(aFeed());
    const state = JSON.parse(String(record['state'])) as Record<string, unknown>;
    for (const field of ['sentWholeAt', 'validatorsIgnoredUntil', 'oldItems']) delete state[field];

    expect(decodeFeed({ ...record, state: JSON.stringify(state) })).toEqual(aFeed());
  });
});

describe('a text that is cut', () => {
  it.each([
    ['fits', 'twelve bytes', 12, 'twelve bytes'],
    ['does not', 'thirteen bytes', 13, 'thirtee […]'],
    ['has letters of three bytes', '군대가 강을 건넜다', 20, '군대가 강 […]'],
    ['has letters of two code units', '🚢🚢🚢🚢', 14, '🚢🚢 […]'],
  ])('when it %s is what remains', (_name, text, bytes, cut) => {
    expect(cutToBytes(text, bytes)).toBe(cut);
    expect(Buffer.byteLength(cutToBytes(text, bytes))).toBeLessThanOrEqual(bytes);
  });
});

describe('the pages of a memory', () => {
  const id = aFeed().id;
  const NOW = 1_800_000_000;
  const keys = (count: number, from = 0): Set<string> =>
    new Set(Array.from({ length: count }, (_, at) => (from + at).toString(16).padStart(12, '0')));

  /** What is stored once the first so many records are written. */
  const write = (stored: readonly MemoryPage[], records: readonly Item[]): readonly MemoryPage[] => {
    const bySortKey = new Map(stored.map((page) => [page.sk, page]));
    for (const record of records) bySortKey.set(String(record['sk']), decodePage(record));
    return [...bySortKey.values()];
  };
  const plan = (stored: readonly MemoryPage[], wanted: ReadonlySet<string>) =>
    planPages(id, 'current', stored, wanted, null, NOW).flat();
  const saved = (wanted: ReadonlySet<string>): readonly MemoryPage[] => write([], plan([], wanted));

  it('take one write unit each, however many there are', () => {
    for (const count of [1, 100, 220, 2_000, 10_000]) {
      for (const record of plan([], keys(count))) expect(recordSize(record)).toBeLessThanOrEqual(1_024);
    }
  });

  it('are one page for a usual feed', () => {
    expect(plan([], keys(100))).toHaveLength(1);
  });

  it('hold notes behind keys, where code that knows of none finds the keys', () => {
    const noted = new Set(
      [...keys(5)].map((key, at) => (at % 2 === 0 ? `${key}${'a'.repeat(at === 0 ? 64 : 98)}` : key)),
    );
    const [record] = plan([], noted);

    expect(decodePage(record!).keys).toEqual(noted);
    expect(decodePage(without(without(record!, 'notes'), 'articles')).keys).toEqual(keys(5));
  });

  it('take one write unit for ten items with notes, two for twenty-five', () => {
    const noted = (key: string, at: number): string => `${key}${'b'.repeat(at < 12 ? 98 : 64)}`;
    const memoryOf = (items: number, left: number) =>
      new Set([...keys(items * 2 + left), ...[...keys(items, 1_000)].map(noted)]);
    const unitsOf = (items: number, left: number): number =>
      plan([], memoryOf(items, left)).reduce((sum, record) => sum + Math.ceil(recordSize(record) / 1_024), 0);

    expect([unitsOf(1, 72), unitsOf(10, 36), unitsOf(25, 72)]).toEqual([1, 1, 2]);
  });

  const noted = (count: number, from = 0): Set<string> =>
    new Set([...keys(count, from)].map((key) => `${key}${'c'.repeat(64)}`));
  const counts = (wanted: ReadonlySet<string>, stored: readonly MemoryPage[] = []): readonly number[] => [
    ...new Set(
      plan(stored, wanted)
        .filter((record) => (record['keys'] as Uint8Array).length > 0)
        .map((record) => decodePage(record).pageCount),
    ),
  ];

  it.each([
    // 660 bytes a page, six for each key; a power of two.
    ['110 keys', keys(110), [1]],
    ['111 keys', keys(111), [2]],
    ['220 keys', keys(220), [2]],
    ['221 keys', keys(221), [4]],
    // Up to three times 660 bytes in one page where keys have notes, 38 bytes each; then 760 bytes a page.
    ['52 keys with notes', noted(52), [1]],
    ['53 keys with notes', noted(53), [4]],
    ['80 keys with notes', noted(80), [4]],
    ['81 keys with notes', noted(81), [8]],
  ])('are at first, for %s, %j', (_what, wanted, expected) => {
    expect(counts(wanted)).toEqual(expected);
  });

  it.each([
    ['one page to twice its size', keys(110), keys(220, 1), [1]],
    ['one page to more', keys(110), keys(221, 1), [4]],
    ['one page to almost nothing', keys(110), keys(1, 500), [1]],
    ['eight pages to an eighth', keys(880), keys(110, 500), [8]],
    ['eight pages to less', keys(880), keys(109, 500), [1]],
    ['eight pages with notes to three times their size', noted(160), noted(416, 9), [8]],
    ['eight pages with notes to more', noted(160), noted(417, 9), [32]],
  ])('change from %s as %j', (_what, before, wanted, expected) => {
    expect(counts(wanted, saved(before))).toEqual(expected);
  });

  it('name their feed, their set and their place', () => {
    const [current] = planPages(id, 'current', [], keys(1), null, NOW).flat();
    const [past] = planPages(id, { week: '2026-W47' }, [], keys(1), NOW + 7, NOW).flat();

    expect(current).toEqual({
      pk: `MEMORY#${id}`,
      sk: 'CURRENT#1#0',
      type: 'memory',
      keys: Buffer.from('000000000000', 'hex'),
    });
    expect(past).toMatchObject({ sk: 'WEEK#2026-W47#1#0', expiresAt: NOW + 7 });
    expect(decodePage(past!)).toEqual({
      week: '2026-W47',
      pageCount: 1,
      sk: 'WEEK#2026-W47#1#0',
      keys: keys(1),
      expiresAt: NOW + 7,
    });
    expect(decodePage(current!)).toMatchObject({ week: null, expiresAt: null });
  });

  it.each([
    'CURRENT#1#',
    'CURRENT#a#0',
    'WEEK#2026-W4#1#0',
    'WEEK#1#0',
    'XCURRENT#1#0',
    'CURRENT#1#0#',
    'CURRENT#2026-W47#1#0',
  ])('have no such place as %s', (sk) => {
    expect(() => decodePage({ pk: 'MEMORY#x', sk, keys: new Uint8Array(6) })).toThrow('names no page of a memory');
  });

  it.each([
    '00000000000',
    '0000000000000',
    '00000000000g',
    '00000000000A',
    `000000000000${'a'.repeat(63)}`,
    `000000000000${'a'.repeat(97)}`,
    `000000000000${'a'.repeat(99)}`,
  ])('hold no such entry as %s', (entry) => {
    expect(() => plan([], new Set([entry]))).toThrow(
      expect.objectContaining({
        code: 'bad_memory_key',
        message: `"${entry.slice(0, 40)}" is not an item key; expected 12 hex digits`,
      }),
    );
  });

  it('are the same bytes for the same set, the longest entries first', () => {
    const entries = ['00000000000b', `00000000000a${'a'.repeat(64)}`, '000000000001', `000000000002${'b'.repeat(98)}`];
    const [record] = plan([], new Set(entries));

    expect(Buffer.from(record!['keys'] as Uint8Array).toString('hex')).toBe(
      '00000000000200000000000a00000000000100000000000b',
    );
    expect(Buffer.from(record!['notes'] as Uint8Array).toString('hex')).toBe(`${'b'.repeat(64)}${'a'.repeat(64)}`);
    expect(Buffer.from(record!['articles'] as Uint8Array).toString('hex')).toBe('b'.repeat(34));
    expect(plan([], new Set(entries.toReversed()))).toEqual([record]);
  });

  it('that hold more notes than keys are damaged', () => {
    const [record] = plan([], keys(1));

    expect(() => decodePage({ ...record!, notes: new Uint8Array(64) })).toThrow('"notes" has 64 bytes');
    expect(() => decodePage({ ...record!, notes: new Uint8Array(31) })).toThrow('"notes" has 31 bytes');
    expect(() => decodePage({ ...record!, articles: new Uint8Array(17) })).toThrow('"articles" has 17 bytes');
  });

  it('are not written when nothing changed', () => {
    expect(plan(saved(keys(10_000)), keys(10_000))).toEqual([]);
  });

  it('are at most two when one key comes and one goes among ten thousand', () => {
    expect(plan(saved(keys(10_000)), keys(10_000, 1)).length).toBeLessThanOrEqual(2);
  });

  it('are dealt anew when the memory outgrows them, the old ones emptied to expire', () => {
    const grown = plan(saved(keys(100)), keys(5_000));
    const emptied = grown.filter((record) => (record['keys'] as Uint8Array).length === 0);

    expect(emptied).toEqual([expect.objectContaining({ sk: 'CURRENT#1#0', expiresAt: NOW })]);
    expect(allKeys(write(saved(keys(100)), grown))).toEqual(keys(5_000));
  });

  it('never lack a key that stays, wherever writing them is cut short', () => {
    for (const [before, now] of [
      [keys(100), keys(3_000, 50)],
      [keys(3_000), keys(20, 10)],
    ] as const) {
      const stored = saved(before);
      const records = plan(stored, now);
      const stay = [...now].filter((key) => before.has(key));
      for (let written = 0; written <= records.length; written += 1) {
        const seen = allKeys(write(stored, records.slice(0, written)));
        expect(stay.filter((key) => !seen.has(key))).toEqual([]);
      }
    }
  });

  it('are whole again when a write that was cut short is repeated, even for another document', () => {
    const stored = saved(keys(100));
    const halfWritten = write(stored, plan(stored, keys(3_000)).slice(0, 9));

    const next = keys(2_500, 400);
    const repeated = write(halfWritten, plan(halfWritten, next));

    expect(allKeys(repeated)).toEqual(next);
    expect(plan(repeated, next)).toEqual([]);
  });

  it('that are emptied once are not written again', () => {
    const none = write(saved(keys(3_000)), plan(saved(keys(3_000)), new Set()));

    expect(plan(none, new Set())).toEqual([]);
    expect(allKeys(none)).toEqual(new Set());
  });
});

describe('the size of a record', () => {
  it('counts names and values, those inside others too', () => {
    expect(recordSize({ ab: 'xyz' })).toBe(5);
    expect(recordSize({ a: '군', b: null, c: new Set(['xx', 'y']) })).toBe(1 + 3 + 1 + 1 + 1 + 3);
    expect(recordSize({ a: { b: ['xx'] } })).toBe(1 + 3 + 1 + 1 + 3 + 1 + 2);
    expect(recordSize({ a: new Uint8Array(6) })).toBe(7);
    expect(recordSize({ a: 1_800_000_000, b: -12.5, c: 0 })).toBe(1 + 2 + 1 + 4 + 1 + 1);
  });
});

function without(record: Item, field: string): Item {
  const { [field]: _left, ...rest } = record;
  return rest;
}
