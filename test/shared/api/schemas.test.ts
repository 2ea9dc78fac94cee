// What requests may hold, at the edges.
import type * as z from 'zod/mini';
import {
  addedFeedSchema,
  addedFeedsSchema,
  feedChangeSchema,
  followFeedSchema,
  matchesQuery,
  newFeedsSchema,
  newSubscriptionSchema,
  pageQuery,
  subscriptionsQuery,
  topicQuery,
  topicRemovedSchema,
  topicsPushSchema,
  topicsQuery,
} from '../../../shared/api/schemas.ts';
import { aTopic } from '../../support/builders.ts';

const x = (length: number): string => 'x'.repeat(length);
const URL = 'https://a.example/';
const feed = { url: URL };
const subscription = { channel: 'email', target: 'desk@example.org', topics: ['*'] };
const topics = (count: number) => ({ topics: Array.from({ length: count }, () => aTopic()) });

/** The places of what is refused; empty when all of it is taken. */
const refused = (schema: z.ZodMiniType, value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path }) => path.join('.'));

describe('a request', () => {
  it.each<[string, z.ZodMiniType, unknown]>([
    [
      'a feed with all that can be said of it',
      followFeedSchema,
      { ...feed, title: x(200), folder: x(200), language: 'pt-BR', fullText: 'auto', verify: true },
    ],
    ['an address of 2048 characters', followFeedSchema, { url: x(2_048) }],
    ['an address of one', followFeedSchema, { url: 'x' }],
    ['a feed whose language is not stated', followFeedSchema, { ...feed, language: null }],
    ['a language of three letters', followFeedSchema, { ...feed, language: 'gsw' }],
    ['a language with script, region and variant', followFeedSchema, { ...feed, language: 'sl-Latn-IT-nedis123' }],
    ['one feed', newFeedsSchema, { feeds: [feed] }],
    ['a hundred feeds', newFeedsSchema, { feeds: Array.from({ length: 100 }, () => feed) }],
    ['no change of a feed', feedChangeSchema, {}],
    [
      'every change of a feed',
      feedChangeSchema,
      { title: '', folder: '', language: null, fullText: 'never', active: false },
    ],
    ['a subscription', newSubscriptionSchema, subscription],
    ['a subscription by digest', newSubscriptionSchema, { ...subscription, digest: 'daily' }],
    ['a long target', newSubscriptionSchema, { ...subscription, target: x(3_000) }],
    ['a target of one', newSubscriptionSchema, { ...subscription, target: 'x' }],
    ['the name of a topic in 200 characters', newSubscriptionSchema, { ...subscription, topics: [x(200)] }],
    ['500 names of topics', newSubscriptionSchema, { ...subscription, topics: Array.from({ length: 500 }, () => 'x') }],
    ['no topics', topicsPushSchema, topics(0)],
    [
      'all that a push may say',
      topicsPushSchema,
      { ...topics(1), replacePacks: ['a'], source: 'push', endMissing: true },
    ],
    ['no query', matchesQuery, {}],
    [
      'every filter',
      matchesQuery,
      {
        topic: x(200),
        feed: x(200),
        since: 'P7D',
        until: '2026-11-23',
        source: x(200),
        lang: 'pt-BR',
        text: x(200),
        limit: '1',
        cursor: x(4_096),
      },
    ],
    ['a target to look for', subscriptionsQuery, { target: x(200), limit: '100', cursor: 'x' }],
    ['topics of each state', topicsQuery, { state: 'all' }],
    ['a version of a topic', topicQuery, { version: x(200) }],
  ])('may hold %s', (_name, schema, value) => {
    expect(refused(schema, value)).toEqual([]);
  });

  it.each<[string, z.ZodMiniType, unknown, string]>([
    ['an empty address', followFeedSchema, { url: '' }, 'url'],
    ['an address of 2049 characters', followFeedSchema, { url: x(2_049) }, 'url'],
    ['a title of 201 characters', followFeedSchema, { ...feed, title: x(201) }, 'title'],
    ['a folder of 201 characters', followFeedSchema, { ...feed, folder: x(201) }, 'folder'],
    ['a language of one letter', followFeedSchema, { ...feed, language: 'e' }, 'language'],
    ['a language of four letters', followFeedSchema, { ...feed, language: 'engl' }, 'language'],
    ['a language with a digit', followFeedSchema, { ...feed, language: 'e1' }, 'language'],
    ['a part of a language in one letter', followFeedSchema, { ...feed, language: 'en-x' }, 'language'],
    ['a part of a language in nine letters', followFeedSchema, { ...feed, language: 'en-abcdefghi' }, 'language'],
    ['words before a language', followFeedSchema, { ...feed, language: 'in en' }, 'language'],
    ['words behind a language', followFeedSchema, { ...feed, language: 'en !' }, 'language'],
    ['another policy', followFeedSchema, { ...feed, fullText: 'sometimes' }, 'fullText'],
    ['an answer in words', followFeedSchema, { ...feed, verify: 'yes' }, 'verify'],
    ['no feeds', newFeedsSchema, { feeds: [] }, 'feeds'],
    ['101 feeds', newFeedsSchema, { feeds: Array.from({ length: 101 }, () => feed) }, 'feeds'],
    ['a feed to be read first among many', newFeedsSchema, { feeds: [{ ...feed, verify: true }] }, 'feeds.0'],
    ['another address for a feed', feedChangeSchema, { url: URL }, ''],
    ['no target', newSubscriptionSchema, { ...subscription, target: '' }, 'target'],
    ['a list of no topics', newSubscriptionSchema, { ...subscription, topics: [] }, 'topics'],
    [
      '501 names of topics',
      newSubscriptionSchema,
      { ...subscription, topics: Array.from({ length: 501 }, () => 'x') },
      'topics',
    ],
    ['an empty name of a topic', newSubscriptionSchema, { ...subscription, topics: [''] }, 'topics.0'],
    ['the name of a topic in 201 characters', newSubscriptionSchema, { ...subscription, topics: [x(201)] }, 'topics.0'],
    ['another source of topics', topicsPushSchema, { ...topics(0), source: 'mail' }, 'source'],
    ['a cursor of 4097 characters', pageQuery, { cursor: x(4_097) }, 'cursor'],
    ['an empty cursor', pageQuery, { cursor: '' }, 'cursor'],
    ['an empty target to look for', subscriptionsQuery, { target: '' }, 'target'],
    ['a text of 201 characters', matchesQuery, { text: x(201) }, 'text'],
    ['topics of another state', topicsQuery, { state: 'ended' }, 'state'],
  ])('may not hold %s', (_name, schema, value, place) => {
    expect(refused(schema, value)).toEqual([place]);
  });

  it.each([
    ['1', 1],
    ['9', 9],
    ['10', 10],
    ['99', 99],
    ['100', 100],
    ['0042', 42],
  ])('with the limit "%s" asks for %d', (limit, number) => {
    expect(pageQuery.parse({ limit })).toEqual({ limit: number });
  });

  it.each(['0', '00', '101', '110', '200', '1000', '-1', '1.5', '1e1', ' 5', '5 ', 'x'])(
    'may not have the limit "%s"',
    (limit) => {
      expect(refused(pageQuery, { limit })).toEqual(['limit']);
    },
  );

  it.each<[string, z.ZodMiniType, unknown, string]>([
    ['language', followFeedSchema, { ...feed, language: '!' }, 'expected a language tag such as "en" or "pt-BR"'],
    ['policy', followFeedSchema, { ...feed, fullText: 'x' }, 'expected auto, always or never'],
    ['state', topicsQuery, { state: 'x' }, 'expected active, disabled or all'],
    ['source', topicsPushSchema, { topics: [], source: 'x' }, 'expected configuration or push'],
    ['limit', pageQuery, { limit: 'x' }, 'a whole number from 1 to 100'],
  ])('hears what a %s must be', (_name, schema, value, wanted) => {
    expect(schema.safeParse(value).error?.issues.map(({ message }) => message)).toEqual([wanted]);
  });
});

describe('an answer', () => {
  it('may say of a feed what was read, and where it was found', () => {
    const read = { title: null, format: 'atom', language: null, items: 0, newestAt: null, textOrigin: null };
    const known = (change: object) =>
      refused(addedFeedSchema, { outcome: 'known', ...change }).filter((place) => place !== 'feed');

    expect(known({})).toEqual([]);
    expect(known({ read, foundOn: null })).toEqual([]);
    expect(known({ read: { ...read, items: 0.5, format: 'html' }, foundOn: 5 })).toEqual([
      'read.format',
      'read.items',
      'foundOn',
    ]);
  });

  it('has one of a few outcomes', () => {
    expect(refused(addedFeedsSchema, { outcomes: ['added', 'known', 'new'] })).toEqual(['outcomes.2']);
    for (const outcome of ['disabled', 'ended'])
      expect(refused(topicRemovedSchema, { outcome, subscriptions: [] })).toEqual([]);
    expect(refused(topicRemovedSchema, { outcome: 'gone', subscriptions: [] })).toEqual(['outcome']);
  });
});
