// Which failures of a page may pass by themselves, and when it is asked for again.
import { FetchFailedError, type FetchFailureKind, NoTurnError } from '../../../../shared/core/errors.ts';
import type { ArticleMessage, PageRetry } from '../../../../shared/model/messages.ts';
import { isTransient, MOST_HOPS, planRest, planRetry } from '../../../../shared/usecases/matching/page-retries.ts';
import { aFeed, anItem, later, START } from '../../../support/builders.ts';

const PAGE = 'https://news.example.org/convoy';
const MINUTE = 60;
const NOW = new Date(START);

interface Options {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

const failure = (kind: FetchFailureKind, { cause, ...options }: Options = {}): FetchFailedError =>
  new FetchFailedError(kind, PAGE, `${PAGE}: failed. Cure.`, { ...options, cause, happened: 'failed' });
const withCode = (code: string): Options => ({ cause: Object.assign(new Error(code), { code }) });
const http = (status: number, options: Options = {}) => failure('http', { status, ...options });
const BUSY = new NoTurnError(PAGE, `${PAGE}: no turn came in time`, 60);

function message(change: Partial<ArticleMessage> = {}): ArticleMessage {
  const { id, title, url } = aFeed();
  return {
    v: 1,
    kind: 'article',
    feed: { id, title, url, language: null, fullText: 'auto' },
    item: anItem(),
    linkIsOwn: true,
    firstPoll: false,
    polledAt: START,
    truncated: false,
    ...change,
  };
}

const tried = (change: Partial<PageRetry> = {}): ArticleMessage =>
  message({
    retry: {
      hops: 0,
      failures: 0,
      waits: 0,
      since: START,
      notBefore: START,
      reason: 'failed',
      matched: false,
      ...change,
    },
  });

/** START plus so many seconds. */
const at = (seconds: number): Date => new Date(later(seconds * 1000));

describe('a failure', () => {
  it.each<[name: string, transient: boolean, failure: FetchFailedError]>([
    ...[408, 425, 429, 500, 502, 503, 504, 507, 520, 529].map((status) => row(`status ${status}`, http(status), true)),
    ...[300, 304, 400, 401, 402, 403, 404, 405, 406, 409, 418, 421, 426, 451, 499, 501, 505].map((status) =>
      row(`status ${status}`, http(status), false),
    ),
    row('a host that asked for a pause', failure('throttled', { retryAfterSeconds: 30 }), true),
    row('429 with Retry-After', failure('throttled', { status: 429, retryAfterSeconds: 30 }), true),
    row('no turn with a busy host', BUSY, true),
    row('no answer in time', failure('timeout'), true),
    row('a connection that was cut', failure('reset'), true),
    row('a refused connection', failure('refused'), true),
    row('an empty page', failure('empty'), true),
    row('an answer that ends in its headers', failure('http', withCode('HPE_INVALID_EOF_STATE')), true),
    row('an answer that is no HTTP', failure('http', withCode('HPE_INVALID_CONSTANT')), false),
    row('an answer in two lengths', failure('http'), false),
    row('a compressed answer that is cut short', failure('decode', withCode('Z_BUF_ERROR')), true),
    row('a broken compression', failure('decode', withCode('Z_DATA_ERROR')), false),
    row('a name server that is not reached', failure('dns', withCode('EAI_AGAIN')), true),
    row('a name server with a problem', failure('dns', withCode('ESERVFAIL')), true),
    row('a name server that does not answer', failure('dns', withCode('ETIMEOUT')), true),
    row('a name that does not exist', failure('dns', withCode('ENOTFOUND')), false),
    row('a name without an address', failure('dns', withCode('ENODATA')), false),
    row('a name without a word about it', failure('dns'), false),
    row('robots.txt that says no', failure('robots'), false),
    row('robots.txt that answers 503', failure('robots', { cause: http(503) }), true),
    row('robots.txt that does not answer', failure('robots', { cause: failure('timeout') }), true),
    row('robots.txt behind a bad certificate', failure('robots', { cause: failure('tls') }), false),
    ...(['blocked', 'tls', 'too_large', 'gone', 'redirects', 'not_a_feed', 'parse', 'internal'] as const).map((kind) =>
      row(kind, failure(kind), false),
    ),
  ])('of %s: may pass by itself: %s', (_name, transient, given) => {
    expect(isTransient(given)).toBe(transient);
    expect(planRetry(given, message(), NOW) !== null).toBe(transient);
  });

  function row(name: string, given: FetchFailedError, transient: boolean): [string, boolean, FetchFailedError] {
    return [name, transient, given];
  }
});

describe('a page that failed', () => {
  it.each([
    [0, MINUTE],
    [1, 5 * MINUTE],
    [2, 15 * MINUTE],
  ])('%s times before is asked for again after %s seconds', (failures, seconds) => {
    const plan = planRetry(http(503), tried({ failures, hops: failures }), NOW);

    expect(plan).toEqual({
      seconds,
      retry: {
        hops: failures + 1,
        failures: failures + 1,
        waits: 0,
        since: START,
        notBefore: later(seconds * 1000),
        reason: 'failed',
      },
    });
  });

  it('is given up after the fourth try', () => {
    expect(planRetry(http(503), tried({ failures: 3, hops: 3 }), NOW)).toBeNull();
  });

  it('is asked for the first time now', () => {
    expect(planRetry(http(503), message(), at(7))?.retry).toMatchObject({
      since: later(7_000),
      notBefore: later(67_000),
    });
  });

  it('tells what happened, and no more of it than fits', () => {
    const long = new FetchFailedError('http', PAGE, 'message', { status: 503, happened: 'x'.repeat(400) });

    expect(planRetry(long, message(), NOW)?.retry.reason).toBe('x'.repeat(300));
  });
});

describe('the pause that a host asks for', () => {
  it.each([
    ['shorter than our own', 30, MINUTE, 1],
    ['longer than our own', 100, 100, 1],
    ['as long as the queue allows', 900, 900, 1],
    ['longer than the queue allows', 901, 900, 1],
    ['as long as is left', 30 * MINUTE, 900, 1],
  ])('is kept: %s', (_what, retryAfterSeconds, seconds, hops) => {
    const plan = planRetry(failure('throttled', { status: 429, retryAfterSeconds }), message(), NOW);

    expect(plan).toMatchObject({
      seconds,
      retry: { hops, notBefore: later(1000 * Math.max(MINUTE, retryAfterSeconds)) },
    });
  });

  it('ends the tries at once when it is longer than what is left of half an hour', () => {
    const paused = (seconds: number) => failure('throttled', { retryAfterSeconds: seconds });

    expect(planRetry(paused(30 * MINUTE + 1), message(), NOW)).toBeNull();
    expect(planRetry(paused(20 * MINUTE), tried({ hops: 1, failures: 1 }), at(10 * MINUTE))).not.toBeNull();
    expect(planRetry(paused(20 * MINUTE + 1), tried({ hops: 1, failures: 1 }), at(10 * MINUTE))).toBeNull();
  });

  it('ends the tries when it takes more hops than are left', () => {
    const paused = failure('throttled', { retryAfterSeconds: 901 });

    expect(planRetry(paused, tried({ hops: MOST_HOPS - 2 }), NOW)).not.toBeNull();
    expect(planRetry(paused, tried({ hops: MOST_HOPS - 1 }), NOW)).toBeNull();
  });
});

describe('a busy host', () => {
  it.each([
    [0, 60],
    [1, 120],
    [3, 240],
    [4, 300],
    [6, 300],
  ])('is asked again, after %s waits in %s seconds', (waits, seconds) => {
    const plan = planRetry(BUSY, tried({ waits, hops: waits }), NOW);

    expect(plan).toMatchObject({ seconds, retry: { hops: waits + 1, waits: waits + 1, failures: 0 } });
  });

  it('uses up no try, and a try no wait', () => {
    const mixed = tried({ hops: 4, waits: 2, failures: 2 });

    expect(planRetry(BUSY, mixed, NOW)).toMatchObject({ seconds: 180, retry: { failures: 2 } });
    expect(planRetry(http(500), mixed, NOW)).toMatchObject({ seconds: 900, retry: { waits: 2 } });
  });

  it('is not waited for more than eight times in all, nor longer than half an hour', () => {
    expect(planRetry(BUSY, tried({ hops: 7, waits: 4, failures: 3 }), NOW)?.retry.hops).toBe(8);
    expect(planRetry(BUSY, tried({ hops: 8, waits: 5, failures: 3 }), NOW)).toBeNull();
    expect(planRetry(BUSY, tried({ hops: 7, waits: 7 }), at(25 * MINUTE))).not.toBeNull();
    expect(planRetry(BUSY, tried({ hops: 7, waits: 7 }), at(25 * MINUTE + 1))).toBeNull();
  });

  it.each([
    [3, 240],
    [7, 300],
  ])('was waited for %s times by an older version: it goes on in %s seconds', (postponed, seconds) => {
    const plan = planRetry(BUSY, message({ postponed }), NOW);

    expect(plan).toMatchObject({ seconds, retry: { hops: postponed + 1, since: START } });
  });

  it('that an older version waited for eight times and more is not waited for again', () => {
    expect(planRetry(BUSY, message({ postponed: 8 }), NOW)).toBeNull();
    expect(planRetry(http(503), message({ postponed: 14 }), NOW)).toBeNull();
  });
});

describe('a message that comes before its time', () => {
  const early = tried({ hops: 1, notBefore: later(20 * MINUTE * 1000), failures: 1 });

  it('goes back for the rest of the wait, and has been one hop more', () => {
    expect(planRest(early, NOW)).toMatchObject({ seconds: 900, retry: { hops: 2, failures: 1, waits: 0 } });
    expect(planRest(early, at(15 * MINUTE))).toMatchObject({ seconds: 300, retry: { hops: 2 } });
  });

  it('may be a second early, as clocks differ', () => {
    expect(planRest(early, at(20 * MINUTE - 1))).toBeNull();
    expect(planRest(early, at(20 * MINUTE - 2))).toMatchObject({ seconds: 2 });
    expect(planRest(early, at(21 * MINUTE))).toBeNull();
    expect(planRest(message(), NOW)).toBeNull();
  });

  it('does not go back without end', () => {
    expect(planRest({ ...early, retry: { ...early.retry!, hops: MOST_HOPS } }, NOW)).toBe('never');
  });
});
