// What matching tells an operator of: topics that cost too much on an article, and articles that are longer than is read.

import { METRICS } from '../../../../shared/core/metrics.ts';
import { compileTopics } from '../../../../shared/matching/topic-matcher.ts';
import { articleIdOf } from '../../../../shared/model/ids.ts';
import type { Item } from '../../../../shared/model/item.ts';
import type { ArticleMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import {
  createTopicsInForce,
  MATCHING_PROBLEMS,
  matchArticle,
} from '../../../../shared/usecases/matching/match-articles.ts';
import { aClock, aFeed, anItem, aTopic, later, START, someFeatures } from '../../../support/builders.ts';
import { aLog, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { placingParts } from '../../../support/placing.ts';

const COMMON = '(the OR a OR of OR in OR on)';
const TOPICS = [
  aTopic({ id: 'costly', any: { en: [`(${COMMON} NEAR/50 ${COMMON}) NEAR/50 ${COMMON}`] } }),
  aTopic({ id: 'convoys', any: { en: ['convoy'] } }),
  aTopic({ id: 'filed', any: { en: ['convoy AND category:"civil defence"'] } }),
];
const WORDS = 'The convoy of the army stood on a bridge in the north of the land. ';

function messageWith(content: string): ArticleMessage {
  const { id, title, url } = aFeed();
  return {
    v: 1,
    kind: 'article',
    feed: { id, title, url, language: 'en', fullText: 'never' },
    item: anItem({ content }),
    linkIsOwn: true,
    firstPoll: false,
    polledAt: START,
    truncated: false,
  };
}

async function matched(content: string, stepsPerTopic: number, change: Partial<ArticleMessage> = {}) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const log = aLog();
  const metrics = someMetrics();
  const matcher = compileTopics(TOPICS, { stepsPerTopic });
  const { matches, ...report } = await matchArticle(
    { ...messageWith(content), ...change },
    {
      ...stores,
      ...placingParts({ ...stores, clock }),
      articleQueue: { sendLater: () => Promise.reject(new Error('nothing is put off')) },
      pages: { fetchPage: () => Promise.reject(new Error('no page is wanted')) },
      extractor: { extract: () => Promise.reject(new Error('no page is wanted')) },
      topicsInForce: async () => ({ matcher, topics: new Map(TOPICS.map((topic) => [topic.id, topic])) }),
      clock,
      log,
      metrics,
    },
    defaultSettings,
  );
  const topics = matches.map(({ match }) => match.topic.id);
  const { hits } = stores.snapshot();
  return { topics, matches, hits: Object.values(hits), report, log, metrics };
}

describe('a topic that is given up on an article', () => {
  it('is counted and named in the log, and the others are found', async () => {
    const { topics, log, metrics } = await matched(WORDS.repeat(20), 500);

    expect(topics).toEqual(['convoys']);
    expect(metrics.totals[METRICS.topicsSkipped]).toBe(1);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: MATCHING_PROBLEMS.skipped,
        fields: { article: expect.any(String), topics: ['costly'] },
      },
    ]);
  });

  it('is not told of when it fits the budget', async () => {
    const { topics, log, metrics } = await matched(WORDS, 200_000);

    expect(topics).toEqual(['costly', 'convoys']);
    expect(metrics.totals[METRICS.topicsSkipped]).toBe(0);
    expect(log.lines).toEqual([]);
  });
});

it('an article longer than is read is told of in the log', async () => {
  const { log } = await matched('word '.repeat(12_000), 200_000);

  expect(log.messages('info')).toEqual([expect.stringContaining('longer than is read')]);
});

describe('a match', () => {
  const DAY = 86_400_000;
  const about = async (published: string | null, change: Partial<ArticleMessage>, updated: string | null = null) => {
    const { matches, hits } = await matched(WORDS, 200_000, {
      item: anItem({ content: WORDS, published, updated }),
      ...change,
    });
    return { ...matches[0]!.match, ofHit: hits[0]?.alertState };
  };

  it.each<[what: string, published: string | null, change: Partial<ArticleMessage>, quiet: string | null]>([
    ['more than thirty days old', later(-31 * DAY), { datesAreReliable: true }, 'old'],
    ['thirty days old', later(-30 * DAY), { datesAreReliable: true }, null],
    ['undated', null, { datesAreReliable: true }, null],
    ['old, in a feed whose dates prove nothing', later(-400 * DAY), { datesAreReliable: false }, null],
    ['old, in a message of an older version', later(-400 * DAY), {}, null],
    ['old at a first poll', later(-400 * DAY), { datesAreReliable: true, firstPoll: true }, 'first_poll_old'],
    ['a day old at a first poll', later(-DAY), { firstPoll: true }, null],
    ['more than a day old at a first poll', later(-DAY - 1), { firstPoll: true }, 'first_poll_old'],
    ['undated at a first poll', null, { firstPoll: true }, 'first_poll_old'],
    ['a second past thirty days', later(-30 * DAY - 1_000), { datesAreReliable: true }, 'old'],
    ['old, and edited', later(-400 * DAY), { datesAreReliable: true, edited: true }, 'old'],
    ['two days old at a first poll, and edited', later(-2 * DAY), { firstPoll: true, edited: true }, 'first_poll_old'],
  ])('of an item that is %s is marked', async (_what, published, change, quiet) => {
    const match = await about(published, change);

    expect([match.quiet, match.ofHit]).toEqual([quiet, quiet === null ? 'pending' : 'done']);
  });

  it('of an edited item is as young as its update, and of a new one as old as its publication', async () => {
    const edited = await about(later(-400 * DAY), { datesAreReliable: true, edited: true }, later(-DAY));
    const fresh = await about(later(-400 * DAY), { datesAreReliable: true }, later(-DAY));

    expect([edited.quiet, fresh.quiet]).toEqual([null, 'old']);
  });

  it('is of the article that the message names; in a message of an older version of the one that its link names', async () => {
    const named = await about(START, { articleId: articleIdOf('another') });
    const unnamed = await about(START, {});

    expect([named.article.id, unnamed.article.id]).toEqual([articleIdOf('another'), articleIdOf(anItem().url!)]);
  });
});

describe('a topic that asks for a category', () => {
  const filedUnder = (...categories: readonly string[]) => ({ item: anItem({ content: WORDS, categories }) });

  it('is found in an article that its feed files there', async () => {
    const { topics } = await matched(WORDS, 100_000, filedUnder('Fire', 'Civil Defence'));

    expect(topics).toContain('filed');
  });

  it('is not found in one that is filed elsewhere, or nowhere', async () => {
    expect((await matched(WORDS, 100_000, filedUnder('Defence'))).topics).not.toContain('filed');
    expect((await matched(WORDS, 100_000)).topics).not.toContain('filed');
  });
});

describe('an edited item', () => {
  const DAY = 86_400_000;
  it.each<[string, string | null, string | null, string | null]>([
    ['its update, where that is later', later(-40 * DAY), later(-DAY), null],
    ['its publication, where its update is earlier', later(-40 * DAY), later(-50 * DAY), 'old'],
    ['its publication, where its update is as old', later(-40 * DAY), later(-40 * DAY), 'old'],
    ['its publication, where it has no update', later(-40 * DAY), null, 'old'],
    ['its update, where it has no publication', null, later(-40 * DAY), 'old'],
    ['neither, where it has none', null, null, null],
  ])('is as old as %s', async (_name, published, updated, quiet) => {
    const { matches } = await matched(WORDS, 200_000, {
      item: anItem({ content: WORDS, published, updated }),
      edited: true,
      datesAreReliable: true,
    });

    expect(matches[0]?.match.quiet).toBe(quiet);
  });
});

/** The documents that a matcher is given for an item. */
async function documentsFor(item: Item): Promise<readonly unknown[]> {
  const documents: unknown[] = [];
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const ports = {
    ...stores,
    ...placingParts({ ...stores, clock }),
    articleQueue: { sendLater: async () => {} },
    pages: { fetchPage: () => Promise.reject(new Error('no page is wanted')) },
    extractor: { extract: () => Promise.reject(new Error('no page is wanted')) },
    topicsInForce: async () => ({
      matcher: {
        matchDetailed: (document: unknown) => {
          documents.push(document);
          // Of a topic that has ended in the meantime.
          const gone = {
            topicId: 'gone',
            topicVersion: '1',
            passages: [],
            why: '',
            strength: 'strong' as const,
            prominence: 'body' as const,
            features: someFeatures(),
          };
          return { matches: [gone], skipped: [], truncated: false };
        },
        problems: [],
      },
      topics: new Map(),
    }),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };
  const { matches } = await matchArticle({ ...messageWith(''), item }, ports, defaultSettings);

  expect(matches).toEqual([]);
  return documents;
}

it('the matcher is given all that an article says', async () => {
  const published = later(-60_000);
  const item = anItem({ content: 'A convoy.', authors: ['Ann'], categories: ['Fire'], published });

  expect(await documentsFor(item)).toEqual([
    {
      title: item.title,
      text: item.summary,
      origin: 'summary',
      more: [{ text: 'A convoy.', origin: 'summary', start: 0, isLead: true }],
      language: 'en',
      url: item.url,
      source: { feedId: aFeed().id, title: 'Example News', host: 'news.example.org' },
      authors: ['Ann'],
      categories: ['Fire'],
      publishedAt: published,
    },
  ]);
});

it('an article without a date is judged by the day on which it was first seen', async () => {
  const seen = { publishedAt: START };

  expect(await documentsFor(anItem({ published: null }))).toEqual([expect.objectContaining(seen)]);
});

describe('the report of an article', () => {
  it('has the article, its matches, and what was counted', async () => {
    const { report, matches, metrics } = await matched(WORDS, 200_000);

    expect(report).toEqual({
      comesAgain: false,
      article: {
        id: articleIdOf(anItem().url!),
        title: anItem().title,
        language: 'en',
        origin: 'summary',
        extractionFailure: null,
      },
    });
    expect(matches.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
    expect(metrics.totals).toEqual({ MatchesStored: 2, TopicsSkipped: 0, ArticlesMatched: 1 });
  });

  it('has no match where nothing holds', async () => {
    const { report, matches, metrics } = await matched('Nothing of this kind.', 200_000, {
      item: anItem({ title: 'Nothing', summary: null, content: 'Nothing of this kind.' }),
    });

    expect([matches, report.article?.title]).toEqual([[], 'Nothing']);
    expect(metrics.totals).toEqual({ MatchesStored: 0, TopicsSkipped: 0, ArticlesUnmatched: 1 });
  });

  it('keeps a match as long as the settings say', async () => {
    const { matches } = await matched(WORDS, 200_000);

    expect(matches[0]?.match).toMatchObject({
      times: { polledAt: START, matchedAt: START, alertedAt: null },
      expiresAt: Date.parse(later(defaultSettings.retention.matchDays * 86_400_000)) / 1000,
    });
  });

  it('names the article that is longer than is read', async () => {
    const { log } = await matched('word '.repeat(12_000), 200_000);

    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'article longer than is read: its end was not looked at',
        fields: { article: articleIdOf(anItem().url!) },
      },
    ]);
  });
});

describe('the topics in force', () => {
  const aWorld = () => {
    const clock = aClock();
    const { topics } = createMemoryStores({ clock });
    const asked = { revisions: 0, lists: 0 };
    const log = aLog();
    const store = {
      revision: () => {
        asked.revisions += 1;
        return topics.revision();
      },
      listTopics: () => {
        asked.lists += 1;
        return topics.listTopics();
      },
    };
    const inForce = createTopicsInForce({ topics: store, clock, log }, (all) => compileTopics(all));
    const names = async (): Promise<readonly string[]> => [...(await inForce()).topics.keys()];
    return { clock, topics, store, asked, log, inForce, names };
  };

  it('are asked for again after thirty seconds, and compiled again only when they have changed', async () => {
    const { clock, topics, asked, inForce, names } = aWorld();
    await topics.putTopics([aTopic({ id: 'one' })]);
    const first = await inForce();
    await topics.putTopics([aTopic({ id: 'two' })]);
    clock.advance(29_999);
    const soon = await names();
    clock.advance(1);

    expect([soon, await names(), asked]).toEqual([['one'], ['one', 'two'], { revisions: 2, lists: 2 }]);
    clock.advance(30_000);
    expect(await inForce()).not.toBe(first);
    expect(asked).toEqual({ revisions: 3, lists: 2 });
    clock.advance(29_999);
    await inForce();
    expect(asked.revisions).toBe(3);
  });

  it('are asked for again when the clock was set back', async () => {
    const { clock, asked, inForce } = aWorld();
    await inForce();
    clock.advance(-30_000);
    await inForce();

    expect(asked.revisions).toBe(2);
  });

  it('are asked for once by many who want them at the same time, and again after a failure', async () => {
    const { store, asked, inForce, names, topics } = aWorld();
    await topics.putTopics([aTopic({ id: 'one' })]);
    const { revision } = store;
    store.revision = () => Promise.reject(new Error('no answer'));
    await expect(Promise.all([inForce(), inForce()])).rejects.toThrow('no answer');
    store.revision = revision;

    expect(await Promise.all([names(), names(), names()])).toEqual([['one'], ['one'], ['one']]);
    expect(asked).toEqual({ revisions: 1, lists: 1 });
  });

  it('leave out one that cannot be compiled, and the log says which and why', async () => {
    const { topics, inForce, log } = aWorld();
    await topics.putTopics([aTopic({ id: 'broken', any: { en: ['AND'] } }), aTopic({ id: 'fine' })]);
    await inForce();

    expect(log.lines).toEqual([
      {
        level: 'error',
        message: 'topic left out',
        fields: { topic: 'broken', problem: expect.stringMatching(/.{10}/) },
      },
    ]);
  });
});
