// An article whose page cannot be had now, because its host is asked as much as it should be, comes again; it is not matched with less.

import { FetchFailedError, HostBusyError } from '../../../shared/errors.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';
import { createTopicsInForce, type MatchReport, matchArticle } from '../../../shared/pipeline/match-articles.ts';
import type { ArticleMessage } from '../../../shared/pipeline/messages.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { aClock, aTopic } from '../../support/builders.ts';
import { aLog, someMetrics } from '../../support/fakes.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const PAGE = 'https://news.example.org/convoy';

const aMessage = (postponed?: number): ArticleMessage => ({
  v: 1,
  kind: 'article',
  feed: {
    id: feedIdOf('https://news.example.org/feed'),
    title: 'News',
    url: 'https://news.example.org/feed',
    language: 'en',
    fullText: 'auto',
  },
  item: {
    id: '1',
    title: 'A convoy crossed the river',
    url: PAGE,
    published: null,
    updated: null,
    summary: 'A convoy crossed.',
    content: null,
    authors: [],
    categories: [],
    language: null,
  },
  linkIsOwn: true,
  firstPoll: false,
  polledAt: '2026-01-05T10:00:00.000Z',
  truncated: false,
  ...(postponed === undefined ? {} : { postponed }),
});

/** What comes of a message whose page cannot be had for this reason, and what was put off. */
async function matched(message: ArticleMessage, failure: Error) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics([aTopic()]);
  const later: { message: ArticleMessage | undefined; seconds: number }[] = [];
  const ports = {
    matches: stores.matches,
    articleQueue: {
      sendLater: async ([message]: readonly ArticleMessage[], seconds: number) => void later.push({ message, seconds }),
    },
    pages: { fetchPage: () => Promise.reject(failure) },
    extractor: { extract: () => Promise.reject(new Error('no page was had')) },
    topicsInForce: createTopicsInForce({ topics: stores.topics, clock, log: aLog() }, compileTopics),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };
  const report: MatchReport = await matchArticle(message, ports, defaultSettings);
  return { report, later };
}

const BUSY = new HostBusyError(PAGE, `${PAGE}: no turn came in time`, 60);

describe('an article whose host is busy', () => {
  it.each([
    [undefined, 1, 60],
    [1, 2, 120],
    [14, 15, 900],
  ])('comes again later: after %s times for the %s-th time, in %s s', async (before, postponed, seconds) => {
    const { report, later } = await matched(aMessage(before), BUSY);

    expect(report).toEqual({ article: null, matches: [] });
    expect(later).toEqual([{ message: aMessage(postponed), seconds }]);
  });

  it("is matched by its feed's text in the end, and says why", async () => {
    const { report, later } = await matched(aMessage(15), BUSY);

    expect(later).toEqual([]);
    expect(report.article).toMatchObject({
      origin: 'summary',
      extractionFailure: expect.stringContaining('no turn came in time'),
    });
    expect(report.matches.length).toBe(1);
  });
});

it("an article whose host asked for a pause is matched by its feed's text at once", async () => {
  const { report, later } = await matched(aMessage(), new FetchFailedError('throttled', PAGE, 'asked for a pause'));

  expect(later).toEqual([]);
  expect(report.article?.extractionFailure).toContain('asked for a pause');
});
