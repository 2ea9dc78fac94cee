// Each fault of the network has one kind, one sentence of what happened and one of what to do: operators read them at the feed.
import { fetchFailure, noTurnForLarge, toFetchFailure } from '../../../adapters/http/failures.ts';
import { bringsDocument, statusFailure } from '../../../adapters/http/status-failures.ts';
import type { FetchFailureKind } from '../../../shared/core/errors.ts';

const FEED = 'https://reader:secret@news.example.org/feed?key=abcdefghij0123456789';
const SHOWN = 'https://news.example.org/feed?key=…';
const NOW = new Date('2026-11-30T08:00:00Z');

const CURE = {
  dns: "Check the spelling of the host name. If it is right, the problem is the publisher's or the network's; polling continues.",
  refused: 'The server is down or does not serve this port; polling continues, and the feed recovers by itself.',
  tls: 'The publisher must renew or repair the certificate; it is always verified.',
  timeout: 'The server is slow or unreachable; polling continues with growing pauses.',
  reset: 'Half an answer is never used; polling continues.',
  tooLarge: 'Ask the publisher for a shorter feed, or follow a narrower one of the same site.',
  notHttp: 'The server is faulty or is not a web server; polling continues.',
} as const;

const raised = (code: string): Error => Object.assign(new Error('as Node says it'), { code });
const answer = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  ({ status, headers, body: new Uint8Array(), finalUrl: FEED, redirects: [], spentMs: 0 }) as const;

describe('a fault of the network', () => {
  it.each<[kind: FetchFailureKind, happened: string, cure: string, codes: readonly string[]]>([
    ['dns', 'the host name does not exist', CURE.dns, ['ENOTFOUND', 'ENONAME', 'EBADNAME']],
    [
      'dns',
      'the host name has no address',
      "Check the spelling of the host name. If it is right, the problem is the publisher's; polling continues.",
      ['ENODATA'],
    ],
    [
      'dns',
      'the name server could not look up the host name',
      "The publisher's name servers have a problem, or this network's do; polling continues.",
      ['ESERVFAIL', 'EREFUSED', 'EFORMERR', 'ENOTIMP', 'EBADRESP', 'EOF'],
    ],
    [
      'dns',
      'no name server answered for the host name in time',
      "The publisher's name servers are down, or this machine's network is away; polling continues.",
      ['ETIMEOUT'],
    ],
    [
      'dns',
      'no name server can be reached',
      "This machine's network is away, or its name servers are; polling continues.",
      ['EAI_AGAIN', 'EAI_FAIL'],
    ],
    ['refused', 'the server refused the connection', CURE.refused, ['ECONNREFUSED']],
    [
      'refused',
      'the server cannot be reached',
      CURE.refused,
      ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ENETDOWN', 'EHOSTDOWN', 'EACCES', 'EPERM'],
    ],
    ['timeout', 'the connection timed out', CURE.timeout, ['ETIMEDOUT', 'ESOCKETTIMEDOUT']],
    [
      'reset',
      'the connection was cut before the answer was whole',
      CURE.reset,
      ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'],
    ],
    ['too_large', 'the answer has more than 32 KB of headers', CURE.tooLarge, ['HPE_HEADER_OVERFLOW']],
    ['http', 'the answer is not valid HTTP', CURE.notHttp, ['HPE_INVALID_CONSTANT', 'ERR_HTTP_INVALID_STATUS_CODE']],
    ['tls', 'the certificate has expired', CURE.tls, ['CERT_HAS_EXPIRED']],
    ['tls', 'the certificate is for another host name', CURE.tls, ['ERR_TLS_CERT_ALTNAME_INVALID']],
    ['tls', 'the certificate is self-signed', CURE.tls, ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN']],
    [
      'tls',
      'the certificate cannot be verified',
      CURE.tls,
      ['UNABLE_TO_GET_ISSUER_CERT', 'CERT_UNTRUSTED', 'CRL_HAS_EXPIRED', 'HOSTNAME_MISMATCH', 'INVALID_CA'],
    ],
    [
      'tls',
      'no secure connection could be made',
      CURE.tls,
      ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_HANDSHAKE_TIMEOUT'],
    ],
  ])('is "%s", %s. %s', (kind, happened, cure, codes) => {
    for (const code of codes) {
      const error = raised(code);
      const failure = toFetchFailure(error, FEED);

      expect(failure).toMatchObject({ kind, url: SHOWN, happened: `${happened} (${code})`, cause: error });
      expect(failure.message).toBe(`${SHOWN}: ${happened} (${code}). ${cure}`);
    }
  });

  it.each([
    'XENOTFOUND',
    'ENODATAX',
    'XEAI_AGAIN',
    'ECONNREFUSED2',
    'XEPROTO',
    'CERT',
    'ETIMEDOUTS',
    'XETIMEOUT',
    'XEOF',
  ])('is known by its whole code: %s is not', (code) => {
    expect(toFetchFailure(raised(code), FEED)).toMatchObject({
      kind: 'internal',
      message: `${SHOWN}: an unexpected error (${code}). This is a bug in Tocsin; please report it.`,
    });
  });

  it.each([
    ['an error without a code', new Error('odd'), 'Error: odd'],
    ['a text', 'odd', 'odd'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['errors of no address', Object.assign(new Error('none'), { errors: [] }), 'Error: none'],
  ])('that nobody knows, %s, is shown as it came', (_what, thrown, shown) => {
    expect(toFetchFailure(thrown, FEED).happened).toBe(`an unexpected error (${shown})`);
  });

  it('at several addresses is told by the first, however deep it lies', () => {
    const inner = Object.assign(new Error('inner'), { errors: [raised('ECONNREFUSED'), raised('EPROTO')] });
    const outer = Object.assign(new Error('outer'), { errors: [inner, raised('ETIMEDOUT')] });

    expect(toFetchFailure(outer, FEED)).toMatchObject({ kind: 'refused', cause: outer });
  });

  it('that is told already stays as it is', () => {
    const failure = fetchFailure('dns', FEED, 'it happened');

    expect(toFetchFailure(failure, 'https://other.example.org/')).toBe(failure);
  });
});

describe('a failure', () => {
  it.each<[FetchFailureKind, string]>([
    [
      'blocked',
      'If this is a server of your own, add its HOST:PORT to fetch.allowHosts (TOCSIN_ALLOW_HOSTS); otherwise correct the address.',
    ],
    ['decode', 'The publisher sends a broken or forbidden compression; polling continues.'],
    ['redirects', 'Open the address in a browser and follow the feed under its final address.'],
    ['timeout', CURE.timeout],
    ['too_large', CURE.tooLarge],
  ])('of the kind "%s" comes with its cure: %s', (kind, cure) => {
    expect(fetchFailure(kind, FEED, 'it happened').message).toBe(`${SHOWN}: it happened. ${cure}`);
  });

  it('may bring its own cure, status and wait; a kind without a cure has none', () => {
    const options = { cure: 'Do this.', status: 418, retryAfterSeconds: 7 };

    expect(fetchFailure('dns', FEED, 'it happened', options)).toMatchObject({
      message: `${SHOWN}: it happened. Do this.`,
      status: 418,
      retryAfterSeconds: 7,
      happened: 'it happened',
    });
    expect(fetchFailure('http', FEED, 'it happened').message).toBe(`${SHOWN}: it happened.`);
  });

  it('to get a turn for a large document is worth another try in a minute', () => {
    expect(noTurnForLarge(FEED)).toMatchObject({
      url: SHOWN,
      retryAfterSeconds: 60,
      happened: 'it is large, this machine was busy with other large documents, and no turn came in time',
      message: expect.stringMatching(/ in time\. Nothing to do: it will be asked again soon\.$/),
    });
  });
});

describe('a status', () => {
  it.each([
    [401, 'The address needs a login; Tocsin sends none. Ask the publisher for a public feed.'],
    [402, 'The publisher wants to be paid; Tocsin follows public feeds only.'],
    [403, 'The publisher refuses this reader; ask them, or follow another feed of theirs.'],
    [
      404,
      'Look for the feed on the site: it may have moved (`tocsin feeds check` with the address of the page finds feeds).',
    ],
    [418, 'Check the address in a browser.'],
    [499, 'Check the address in a browser.'],
    [500, 'The server has a problem; polling continues.'],
    [503, 'The server has a problem; polling continues.'],
  ])('%i comes with its cure: %s', (status, cure) => {
    expect(statusFailure(FEED, answer(status), NOW)).toMatchObject({
      kind: 'http',
      status,
      retryAfterSeconds: undefined,
      message: `${SHOWN}: answered ${status}; expected 200. ${cure}`,
    });
  });

  it('410 means that the feed is gone', () => {
    expect(statusFailure(FEED, answer(410), NOW)).toMatchObject({
      kind: 'gone',
      status: 410,
      message: `${SHOWN}: answered 410 Gone. The publisher has ended it; polling stops. Remove it, or give its new address.`,
    });
  });

  it.each([
    [429, {}, undefined, 'answered 429 and asks for fewer requests'],
    [429, { 'retry-after': '120' }, 120, 'answered 429 and asks to come back in 120 s'],
    [503, { 'retry-after': '120' }, 120, 'answered 503 and asks to come back in 120 s'],
  ])('%i with %j asks for a pause', (status, headers, retryAfterSeconds, happened) => {
    expect(statusFailure(FEED, answer(status, headers as Record<string, string>), NOW)).toMatchObject({
      kind: 'throttled',
      status,
      retryAfterSeconds,
      message: `${SHOWN}: ${happened}. Nothing to do: polling waits and goes on.`,
    });
  });

  it('of another failure may ask for a pause too', () => {
    expect(statusFailure(FEED, answer(502, { 'retry-after': '120' }), NOW)).toMatchObject({
      kind: 'http',
      retryAfterSeconds: 120,
    });
  });

  it.each<[number, string | undefined, boolean]>([
    [200, undefined, true],
    [203, undefined, true],
    [201, undefined, false],
    [204, undefined, false],
    [205, undefined, false],
    [206, undefined, true],
    [206, 'bytes 0-999/1000', true],
    [206, ' Bytes 0-999/1000 ', true],
    [206, 'bytes 0-998/1000', false],
    [206, 'bytes 0-1000/1000', false],
    [206, 'bytes 1-999/1000', false],
    [206, 'bytes 0-999/*', false],
    [206, 'x bytes 0-999/1000', false],
    [206, 'bytes 0-999/1000 x', false],
    [206, 'nonsense', false],
    [304, undefined, false],
    [404, undefined, false],
  ])('%i with the range %s brings a whole document: %s', (status, range, whole) => {
    expect(bringsDocument(answer(status, range === undefined ? {} : { 'content-range': range }))).toBe(whole);
  });
});
