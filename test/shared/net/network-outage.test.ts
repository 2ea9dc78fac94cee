// Whether it is the publisher or our own network that is down.
import { FetchFailedError, type FetchFailureKind } from '../../../shared/core/errors.ts';
import { watchNetwork } from '../../../shared/net/network-outage.ts';
import {
  codeOf,
  isPassingNameFailure,
  isWithoutNameServers,
  isWithoutWay,
} from '../../../shared/net/passing-failures.ts';

const failure = (kind: FetchFailureKind, code = '', status?: number): FetchFailedError =>
  new FetchFailedError(kind, 'https://news.example.org/feed', 'failed', {
    cause: Object.assign(new Error(code), { code }),
    ...(status === undefined ? {} : { status }),
  });
const SILENCE = failure('timeout');

describe('a failure is our own network’s', () => {
  it('when three hosts that were fine are silent one after the other', () => {
    const watch = watchNetwork();

    expect(['a', 'b', 'c', 'd'].map((host) => watch.isOurs(host, SILENCE, true))).toEqual([false, false, true, true]);
  });

  it('when no name server can be reached, at once', () => {
    expect(watchNetwork().isOurs('a', failure('dns', 'EAI_AGAIN'), false)).toBe(true);
  });

  it('when no packet finds its way, as in silence', () => {
    const watch = watchNetwork();
    const noWay = failure('refused', 'ENETUNREACH');

    expect(['a', 'b', 'c'].map((host) => watch.isOurs(host, noWay, true))).toEqual([false, false, true]);
  });
});

describe('a failure is the publisher’s', () => {
  it('when one host is silent again and again, or was silent before', () => {
    const watch = watchNetwork();

    expect(['a', 'a', 'a', 'a'].map((host) => watch.isOurs(host, SILENCE, true))).not.toContain(true);
    expect(['b', 'c', 'd', 'e'].map((host) => watch.isOurs(host, SILENCE, false))).not.toContain(true);
  });

  it.each<[what: string, answer: (watch: ReturnType<typeof watchNetwork>) => void]>([
    ['an answer', (watch) => watch.answered()],
    ['a refusal with a status', (watch) => watch.isOurs('x', failure('http', '', 503), true)],
    ['a document that is no feed', (watch) => watch.isOurs('x', failure('not_a_feed'), true)],
    ['a broken document', (watch) => watch.isOurs('x', failure('parse'), true)],
    ['an empty document', (watch) => watch.isOurs('x', failure('empty'), true)],
  ])('when another host gave %s in between', (_what, answer) => {
    const watch = watchNetwork();
    for (const host of ['a', 'b']) watch.isOurs(host, SILENCE, true);
    answer(watch);

    expect(watch.isOurs('c', SILENCE, true)).toBe(false);
  });

  it.each([
    ['a name that does not exist', failure('dns', 'ENOTFOUND')],
    ['a connection that somebody refused', failure('refused', 'ECONNREFUSED')],
    ['an answer of 500', failure('http', '', 500)],
    ['something else without a way', failure('tls', 'ENETUNREACH')],
  ])('when it is %s', (_what, failure) => {
    const watch = watchNetwork();

    expect(['a', 'b', 'c', 'd'].map((host) => watch.isOurs(host, failure, true))).not.toContain(true);
  });
});

describe('the code of an error', () => {
  it.each([
    'EAI_AGAIN',
    'EAI_FAIL',
    'EAI_SYSTEM',
    'ESERVFAIL',
    'EREFUSED',
    'EFORMERR',
    'ENOTIMP',
    'EBADRESP',
    'EOF',
    'ETIMEOUT',
  ])('%s says that a name server was not reached or has a problem', (code) => {
    expect([isPassingNameFailure({ code }), isWithoutWay({ code })]).toEqual([true, false]);
    expect(isWithoutNameServers({ code })).toBe(code === 'EAI_AGAIN');
  });

  it.each(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EADDRNOTAVAIL'])(
    '%s says that no packet arrived',
    (code) => {
      expect([isPassingNameFailure({ code }), isWithoutWay({ code })]).toEqual([false, true]);
    },
  );

  it.each([
    ...['ENOTFOUND', 'ECONNREFUSED', 'EOFX', 'XEOF', 'EHOSTDOWN2', 'XEHOSTDOWN'].map((code) => ({ code })),
    null,
    undefined,
    {},
    { code: null },
    'EAI_AGAIN',
  ])('says neither in %j', (cause) => {
    expect([isPassingNameFailure(cause), isWithoutWay(cause), isWithoutNameServers(cause)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each([
    [{ code: 'EOF' }, 'EOF'],
    [{ code: 7 }, '7'],
    [{}, ''],
    [null, ''],
    [undefined, ''],
  ])('of %j is "%s"', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});
