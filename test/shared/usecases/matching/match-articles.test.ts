// What matching tells an operator of: topics that cost too much on an article, and articles that are longer than is read.

import { METRICS } from '../../../../shared/core/metrics.ts';
import { compileTopics } from '../../../../shared/matching/topic-matcher.ts';
import { articleIdOf } from '../../../../shared/model/ids.ts';
import type { ArticleMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import { MATCHING_PROBLEMS, matchArticle } from '../../../../shared/usecases/matching/match-articles.ts';
import { aClock, aFeed, anItem, aTopic, later, START } from '../../../support/builders.ts';
import { aLog, someMetrics } from '../../../support/fakes.ts';

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
  const log = aLog();
  const metrics = someMetrics();
  const matcher = compileTopics(TOPICS, { stepsPerTopic });
  const { matches } = await matchArticle(
    { ...messageWith(content), ...change },
    {
      matches: { putMatch: async () => 'stored' },
      articleQueue: { sendLater: () => Promise.reject(new Error('nothing is put off')) },
      pages: { fetchPage: () => Promise.reject(new Error('no page is wanted')) },
      extractor: { extract: () => Promise.reject(new Error('no page is wanted')) },
      topicsInForce: async () => ({ matcher, topics: new Map(TOPICS.map((topic) => [topic.id, topic])) }),
      clock: aClock(),
      log,
      metrics,
    },
    defaultSettings,
  );
  return { topics: matches.map(({ match }) => match.topic.id), matches, log, metrics };
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
    const { matches } = await matched(WORDS, 200_000, {
      item: anItem({ content: WORDS, published, updated }),
      ...change,
    });
    return matches[0]!.match;
  };

  it.each<[what: string, published: string | null, change: Partial<ArticleMessage>, quiet: string | null]>([
    ['more than thirty days old', later(-31 * DAY), { datesAreReliable: true }, 'old'],
    ['thirty days old', later(-30 * DAY), { datesAreReliable: true }, null],
    ['undated', null, { datesAreReliable: true }, null],
    ['old, in a feed whose dates prove nothing', later(-400 * DAY), { datesAreReliable: false }, null],
    ['old, in a message of an older version', later(-400 * DAY), {}, null],
    ['old at a first poll', later(-400 * DAY), { datesAreReliable: true, firstPoll: true }, 'first_poll_old'],
    ['old, and edited', later(-400 * DAY), { datesAreReliable: true, edited: true }, 'old'],
    ['two days old at a first poll, and edited', later(-2 * DAY), { firstPoll: true, edited: true }, 'first_poll_old'],
  ])('of an item that is %s is marked', async (_what, published, change, quiet) => {
    const match = await about(published, change);

    expect([match.quiet, match.alertState]).toEqual([quiet, quiet === null ? 'pending' : 'done']);
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
