// The page of an article: whether it is read, what comes of it, and the message that tries again.
import { FetchFailedError } from '../../../../shared/core/errors.ts';
import type { Extraction } from '../../../../shared/model/article.ts';
import type { ArticleMessage, PageRetry } from '../../../../shared/model/messages.ts';
import { notYet, readPage, sendAgain } from '../../../../shared/usecases/matching/article-page.ts';
import { aClock, aFeed, anItem, later, START } from '../../../support/builders.ts';
import { aLog } from '../../../support/fakes.ts';

const PAGE = 'https://news.example.org/convoy';
const TEXT: Extraction = { ok: true, text: 'A convoy.', title: null, canonicalUrl: null, language: null };
const RETRY: PageRetry = {
  hops: 1,
  failures: 1,
  waits: 0,
  since: START,
  notBefore: START,
  reason: 'answered 503',
  matched: true,
};
const long = 'The convoy crossed the river at dawn and the bridge held. '.repeat(20);

function aMessage(change: Partial<ArticleMessage> = {}, feed: Partial<ArticleMessage['feed']> = {}): ArticleMessage {
  const { id, title, url } = aFeed();
  return {
    v: 1,
    kind: 'article',
    feed: { id, title, url, language: null, fullText: 'always', ...feed },
    item: anItem({ url: PAGE }),
    linkIsOwn: true,
    firstPoll: false,
    polledAt: START,
    truncated: false,
    ...change,
  };
}

const read = async (message: ArticleMessage, failure: unknown = null) => {
  const log = aLog();
  const asked: string[] = [];
  const outcome = await readPage(message, {
    pages: {
      fetchPage: async (url) => {
        asked.push(url);
        if (failure !== null) throw failure;
        return { html: '<p>A convoy.</p>', finalUrl: `${url}?final` };
      },
    },
    extractor: {
      extract: async (html, url) => {
        asked.push(`${html} of ${url}`);
        return TEXT;
      },
    },
    clock: aClock(),
    log,
  });
  return { outcome, asked, lines: log.lines };
};

describe('the page of an article', () => {
  it('is read, and its text found under the address where it ended', async () => {
    expect(await read(aMessage())).toEqual({
      outcome: { kind: 'now', extraction: TEXT },
      asked: [PAGE, `<p>A convoy.</p> of ${PAGE}?final`],
      lines: [],
    });
  });

  it.each<[string, ArticleMessage]>([
    ['has no address', aMessage({ item: anItem({ url: null }) })],
    ['is of a feed whose pages are never read', aMessage({}, { fullText: 'never' })],
    ['has its text in the feed', aMessage({ item: anItem({ url: PAGE, content: long }) }, { fullText: 'auto' })],
  ])('is not read where it %s', async (_name, message) => {
    expect(await read(message)).toEqual({ outcome: { kind: 'now', extraction: null }, asked: [], lines: [] });
  });

  it('is not read before its time', async () => {
    const { outcome, asked } = await read(aMessage({ retry: { ...RETRY, notBefore: later(120_000) } }));

    expect(outcome).toMatchObject({
      kind: 'later',
      plan: { seconds: 120, retry: { hops: 2, notBefore: later(120_000) } },
    });
    expect(asked).toEqual([]);
  });

  it('is given up, with the last reason, where its message has gone through the queue too often', async () => {
    const { outcome, asked } = await read(aMessage({ retry: { ...RETRY, hops: 8, notBefore: later(120_000) } }));

    expect(outcome).toEqual({ kind: 'now', extraction: { ok: false, reason: 'answered 503' } });
    expect(asked).toEqual([]);
  });

  it('that fails for a time is tried again', async () => {
    const failure = new FetchFailedError('timeout', PAGE, 'the message', { happened: 'no answer' });

    expect((await read(aMessage(), failure)).outcome).toMatchObject({
      kind: 'later',
      plan: { seconds: 60, retry: { reason: 'no answer', failures: 1 } },
    });
  });

  it('that fails for good has the reason', async () => {
    const failure = new FetchFailedError('gone', PAGE, 'the message', { happened: 'it is gone' });

    expect(await read(aMessage(), failure)).toMatchObject({
      outcome: { kind: 'now', extraction: { ok: false, reason: 'it is gone' } },
      lines: [],
    });
  });

  it.each([
    [new RangeError('oops'), 'RangeError'],
    ['oops', 'string'],
  ])('that fails by a fault of ours names its kind, and the log has all of it: %p', async (failure, kind) => {
    expect(await read(aMessage(), failure)).toMatchObject({
      outcome: { kind: 'now', extraction: { ok: false, reason: `unexpected error (${kind})` } },
      lines: [
        {
          level: 'error',
          message: 'unexpected error while reading a page',
          fields: { feed: aFeed().id, error: failure },
        },
      ],
    });
  });
});

describe('a message that tries again', () => {
  const { matched: _, ...tries } = RETRY;
  const again = async (message: ArticleMessage, matchedNow: boolean) => {
    const sent: unknown[] = [];
    const articleQueue = { sendLater: async (...given: unknown[]) => void sent.push(...given) };
    await sendAgain(message, { seconds: 7, retry: { ...tries, hops: 2 } }, matchedNow, { articleQueue });
    return sent;
  };

  it.each([true, false])(
    'is the same with its tries, and remembers whether the words of the feed matched: %s',
    async (matched) => {
      expect(await again(aMessage({ postponed: 3 }), matched)).toEqual([
        [{ ...aMessage(), retry: { ...tries, hops: 2, matched } }],
        7,
      ]);
    },
  );

  it.each([true, false])('keeps what is remembered: %s', async (matched) => {
    expect(await again(aMessage({ retry: { ...RETRY, matched } }), !matched)).toMatchObject([
      [{ retry: { matched } }],
      7,
    ]);
  });

  it('lets its article say why the page is missing', () => {
    expect(notYet({ seconds: 7, retry: tries })).toEqual({
      ok: false,
      reason: 'the page could not be read yet (answered 503)',
    });
  });
});
