// An article whose page cannot be read for a passing reason: the words of its feed are matched at once, those of its page when it can be read.
import { FetchFailedError, NoTurnError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import { compileTopics } from '../../../../shared/matching/topic-matcher.ts';
import { articleIdOf, feedIdOf, matchIdOf } from '../../../../shared/model/ids.ts';
import { type ArticleMessage, parseArticleMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import {
  createTopicsInForce,
  type MatchReport,
  matchArticle,
} from '../../../../shared/usecases/matching/match-articles.ts';
import { aClock, anItem, aTopic, later, START } from '../../../support/builders.ts';
import { aLog, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { placingParts } from '../../../support/placing.ts';

const PAGE = 'https://news.example.org/convoy';
const ARTICLE = articleIdOf(PAGE);
const PAGE_TEXT = 'A convoy crossed the river. The treaty was ratified at noon.';
const MINUTE = 60;

const aMessage = (change: Partial<ArticleMessage> = {}): ArticleMessage => ({
  v: 1,
  kind: 'article',
  feed: {
    id: feedIdOf('https://news.example.org/feed'),
    title: 'News',
    url: 'https://news.example.org/feed',
    language: 'en',
    fullText: 'auto',
  },
  item: anItem({ id: '1', title: 'News from the river', url: PAGE, summary: 'A convoy crossed the river.' }),
  linkIsOwn: true,
  firstPoll: false,
  polledAt: START,
  truncated: false,
  ...change,
});

const BUSY = new NoTurnError(PAGE, `${PAGE}: no turn. Nothing to do.`, 60, 'no turn came in time');
const failed = (status: number, retryAfterSeconds?: number) =>
  new FetchFailedError('http', PAGE, `${PAGE}: answered ${status}. Polling goes on.`, {
    status,
    retryAfterSeconds,
    happened: `answered ${status}`,
  });

/** A page that answers as told, one after the other and then always the last; and what was sent for later. */
async function aScene(...answers: readonly (Error | string)[]) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics([aTopic(), aTopic({ id: 'treaties', any: { en: ['treaty NEAR/5 ratified'] } })]);
  const sent: { message: ArticleMessage; seconds: number }[] = [];
  const log = aLog();
  const metrics = someMetrics();
  const asked: string[] = [];
  const ports = {
    ...stores,
    ...placingParts({ ...stores, clock }),
    articleQueue: {
      sendLater: async (messages: readonly ArticleMessage[], seconds: number) =>
        void sent.push(
          ...messages.map((message) => ({ message: parseArticleMessage(JSON.stringify(message)), seconds })),
        ),
    },
    pages: {
      fetchPage: async () => {
        const answer = answers[Math.min(asked.length, answers.length - 1)];
        asked.push(clock.now().toISOString());
        if (typeof answer !== 'string') throw answer;
        return { html: answer, finalUrl: PAGE };
      },
    },
    extractor: {
      extract: async (html: string) =>
        html === ''
          ? { ok: false as const, reason: 'no article was found' }
          : { ok: true as const, text: html, title: null, canonicalUrl: null, language: null },
    },
    topicsInForce: createTopicsInForce({ topics: stores.topics, clock, log }, compileTopics),
    clock,
    log,
    metrics,
  };
  const match = (message: ArticleMessage): Promise<MatchReport> => matchArticle(message, ports, defaultSettings);
  /** The first try, and then each message that was sent for later, at its time. */
  const whole = async (first: ArticleMessage): Promise<readonly MatchReport[]> => {
    const reports = [await match(first)];
    for (let next = sent[0]; next !== undefined; next = sent[reports.length - 1]) {
      clock.advance(next.seconds * 1000);
      reports.push(await match(next.message));
    }
    return reports;
  };
  return { stores, clock, sent, log, metrics, asked, match, whole };
}

const told = (reports: readonly MatchReport[]) =>
  reports.map(({ matches }) => matches.map(({ match, outcome }) => `${match.topic.id} ${outcome}`));

describe('a page that fails once', () => {
  it.each([
    ['answers 503', failed(503)],
    ['asks for patience', failed(429)],
    ['has its connection cut', new FetchFailedError('reset', PAGE, 'cut')],
    ['does not answer in time', new FetchFailedError('timeout', PAGE, 'late')],
    ['has a busy host', BUSY],
  ])('and %s: the words of the feed are matched at once, what the page adds a minute later', async (_how, failure) => {
    const { whole, sent, stores } = await aScene(failure, PAGE_TEXT);

    const reports = await whole(aMessage());

    expect(told(reports)).toEqual([['river-crossings stored'], ['river-crossings known', 'treaties stored']]);
    expect(reports.map(({ comesAgain }) => comesAgain)).toEqual([true, false]);
    expect(sent.map(({ seconds }) => seconds)).toEqual([MINUTE]);
    const [fromFeed, fromPage] = await Promise.all(
      ['river-crossings', 'treaties'].map((topic) => stores.matches.getMatch(matchIdOf(topic, ARTICLE))),
    );
    expect(fromFeed).toMatchObject({ article: { origin: 'summary' }, passages: [{ origin: 'summary' }] });
    expect(fromFeed?.article.extractionFailure).toMatch(/^the page could not be read yet \(.+\)$/);
    expect(fromPage).toMatchObject({
      article: { origin: 'article', extractionFailure: null },
      times: { polledAt: START, matchedAt: later(MINUTE * 1000) },
    });
  });

  it('is counted as one article, and its matches once', async () => {
    const { whole, metrics, log } = await aScene(failed(503), PAGE_TEXT);

    await whole(aMessage());

    expect(metrics.totals).toMatchObject({ [METRICS.articlesMatched]: 1, [METRICS.matchesStored]: 2 });
    expect(metrics.totals[METRICS.articlesUnmatched]).toBeUndefined();
    expect(metrics.totals[METRICS.extractionsFailed]).toBeUndefined();
    expect(log.lines).toEqual([]);
  });

  it('is counted as matched although nothing holds any more with the page', async () => {
    const { whole, metrics, stores } = await aScene(failed(503), `${PAGE_TEXT} All of this is a film.`);
    await stores.topics.putTopics([
      aTopic({ none: { en: ['film'] } }),
      aTopic({ id: 'treaties', any: { en: ['tax'] } }),
    ]);

    const reports = await whole(aMessage());

    expect(told(reports)).toEqual([['river-crossings stored'], []]);
    expect(metrics.totals).toMatchObject({ [METRICS.articlesMatched]: 1 });
    expect(metrics.totals[METRICS.articlesUnmatched]).toBeUndefined();
  });

  it('leaves its message as it was, but for the tries', async () => {
    const { match, sent } = await aScene(failed(503));
    const message = aMessage({ firstPoll: true, postponed: 2 });

    await match(message);

    const { postponed: _, ...rest } = message;
    expect(sent.map((each) => each.message)).toEqual([
      {
        ...rest,
        retry: {
          hops: 3,
          failures: 1,
          waits: 2,
          since: START,
          notBefore: later(MINUTE * 1000),
          reason: 'answered 503',
          matched: true,
        },
      },
    ]);
  });

  it('is sent for later only when the words of the feed are stored', async () => {
    const { stores, match, sent } = await aScene(failed(503));
    stores.matches.putMatch = () => Promise.reject(new Error('the table does not answer'));

    await expect(match(aMessage())).rejects.toThrow('the table does not answer');
    expect(sent).toEqual([]);
  });
});

describe('a page that goes on failing', () => {
  it('is asked for four times in 21 minutes; then the words of its feed must do', async () => {
    const { whole, asked, log, metrics } = await aScene(failed(503));

    const reports = await whole(aMessage());

    expect(asked).toEqual([0, 1, 6, 21].map((minutes) => later(minutes * MINUTE * 1000)));
    expect(told(reports)).toEqual([['river-crossings stored'], [], [], []]);
    expect(reports.map(({ article }) => article === null)).toEqual([false, true, true, true]);
    expect(metrics.totals).toEqual({
      [METRICS.articlesMatched]: 1,
      [METRICS.matchesStored]: 1,
      [METRICS.topicsSkipped]: 0,
      [METRICS.extractionsFailed]: 1,
    });
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: expect.stringContaining('could not be read in several tries'),
        fields: { article: ARTICLE, feed: aMessage().feed.id, sentAgain: 3, reason: 'answered 503' },
      },
    ]);
  });

  it('is counted as unmatched where nothing held in the words of its feed', async () => {
    const { whole, metrics } = await aScene(failed(503));

    await whole(aMessage({ item: { ...aMessage().item, summary: 'A quiet day.' } }));

    expect(metrics.totals).toMatchObject({ [METRICS.articlesUnmatched]: 1, [METRICS.extractionsFailed]: 1 });
    expect(metrics.totals[METRICS.articlesMatched]).toBeUndefined();
  });

  it('is not asked for again when it fails for good in between', async () => {
    const { whole, asked, metrics, log } = await aScene(failed(503), failed(404));

    await whole(aMessage());

    expect(asked).toHaveLength(2);
    expect(metrics.totals).toMatchObject({ [METRICS.articlesMatched]: 1, [METRICS.extractionsFailed]: 1 });
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'answered 404' });
  });

  it('and then comes without an article in it: the words of its feed were matched before', async () => {
    const { whole, metrics, log } = await aScene(failed(503), '');

    expect(told(await whole(aMessage()))).toEqual([['river-crossings stored'], []]);
    expect(metrics.totals[METRICS.extractionsFailed]).toBe(1);
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'no article was found' });
  });
});

describe('a busy host', () => {
  it('is waited for, eight times in half an hour', async () => {
    const { whole, asked, sent } = await aScene(BUSY);

    const reports = await whole(aMessage());

    expect(sent.map(({ seconds }) => seconds / MINUTE)).toEqual([1, 2, 3, 4, 5, 5, 5, 5]);
    expect(asked.at(-1)).toBe(later(30 * MINUTE * 1000));
    expect(told(reports)[0]).toEqual(['river-crossings stored']);
  });

  it('counts together with other failures: eight hops in all', async () => {
    const { whole, sent } = await aScene(BUSY, failed(503), BUSY, failed(503), BUSY, BUSY, BUSY, BUSY, BUSY, BUSY);

    await whole(aMessage());

    expect(sent.map(({ seconds }) => seconds / MINUTE)).toEqual([1, 1, 2, 5, 3, 4, 5, 5]);
    expect(sent.map(({ message }) => message.retry?.hops)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('the pause of a host', () => {
  it('is waited for before the page is asked for again, in as many hops as it takes', async () => {
    const { whole, asked, sent } = await aScene(failed(429, 20 * MINUTE), PAGE_TEXT);

    const reports = await whole(aMessage());

    expect(sent.map(({ seconds }) => seconds)).toEqual([900, 300]);
    expect(asked).toEqual([START, later(20 * MINUTE * 1000)]);
    expect(told(reports)).toEqual([['river-crossings stored'], [], ['river-crossings known', 'treaties stored']]);
  });

  it('that is longer than half an hour is not waited for: the fallback is recorded at once', async () => {
    const { match, sent, metrics } = await aScene(failed(429, 31 * MINUTE));

    const report = await match(aMessage());

    expect(sent).toEqual([]);
    expect(report).toMatchObject({
      comesAgain: false,
      article: { origin: 'summary', extractionFailure: 'answered 429' },
      matches: [{ outcome: 'stored' }],
    });
    expect(metrics.totals[METRICS.extractionsFailed]).toBe(1);
  });

  it('is kept when the message comes early, as after a restart, and not without end', async () => {
    const { match, sent, asked, log } = await aScene(failed(429, 20 * MINUTE));
    await match(aMessage());

    for (let time = 0; time < 20; time += 1) await match(sent.at(-1)!.message);

    expect(asked).toEqual([START]);
    expect(sent.map(({ message }) => message.retry?.hops)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'answered 429' });
  });
});

describe('a page that fails for good', () => {
  it.each([
    ['a status', failed(404)],
    ['robots.txt', new FetchFailedError('robots', PAGE, 'no')],
    ['its certificate', new FetchFailedError('tls', PAGE, 'expired')],
  ])('by %s is asked for once', async (_what, failure) => {
    const { whole, asked, sent, log } = await aScene(failure);

    const [report] = await whole(aMessage());

    expect([asked.length, sent, log.lines]).toEqual([1, [], []]);
    expect(report?.article?.extractionFailure).toBe(failure.happened);
  });
});

it('a message that an older version sent for later is matched by the words of its feed when its time is over', async () => {
  const { match, sent } = await aScene(BUSY);

  const report = await match(aMessage({ postponed: 14 }));

  expect(sent).toEqual([]);
  expect(report).toMatchObject({
    article: { origin: 'summary', extractionFailure: 'no turn came in time' },
    matches: [{ outcome: 'stored' }],
  });
});

it('a surprise while a page is read is logged, and the words of the feed are matched', async () => {
  const { match, log, sent } = await aScene(new TypeError('surprise'));

  const report = await match(aMessage());

  expect(sent).toEqual([]);
  expect(log.messages('error')).toEqual(['unexpected error while reading a page']);
  expect(report.article?.extractionFailure).toBe('unexpected error (TypeError)');
});
