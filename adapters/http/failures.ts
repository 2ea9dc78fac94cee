// Failures of the network, TLS and HTTP in our words: exactly one kind each, with the address, what happened and the cure.
import type { FetchFailureKind } from '../../shared/core/errors.ts';
import { FetchFailedError, NoTurnError } from '../../shared/core/errors.ts';
import { displayUrl } from '../../shared/net/display-url.ts';

interface Failure {
  readonly kind: FetchFailureKind;
  readonly happened: string;
  readonly cure: string;
}

const CURES: Readonly<Record<string, string>> = {
  blocked:
    'If this is a server of your own, add its HOST:PORT to fetch.allowHosts (TOCSIN_ALLOW_HOSTS); otherwise correct the address.',
  dns: "Check the spelling of the host name. If it is right, the problem is the publisher's or the network's; polling continues.",
  refused: 'The server is down or does not serve this port; polling continues, and the feed recovers by itself.',
  tls: 'The publisher must renew or repair the certificate; it is always verified.',
  timeout: 'The server is slow or unreachable; polling continues with growing pauses.',
  reset: 'Half an answer is never used; polling continues.',
  too_large: 'Ask the publisher for a shorter feed, or follow a narrower one of the same site.',
  decode: 'The publisher sends a broken or forbidden compression; polling continues.',
  redirects: 'Open the address in a browser and follow the feed under its final address.',
  internal: 'This is a bug in Tocsin; please report it.',
};

/** The error for one failure. `url` is shown without credentials and query secrets, in the message and in the field alike. */
export function fetchFailure(
  kind: FetchFailureKind,
  url: string,
  happened: string,
  options: ErrorOptions & { cure?: string; status?: number; retryAfterSeconds?: number } = {},
): FetchFailedError {
  const { cure = CURES[kind], ...rest } = options;
  const shown = displayUrl(url);
  return new FetchFailedError(kind, shown, `${shown}: ${happened}.${cure === undefined ? '' : ` ${cure}`}`, {
    ...rest,
    happened,
  });
}

/** When a document that had no turn in this machine's memory is worth another try. */
const LARGE_RETRY_SECONDS = 60;

export function noTurnForLarge(url: string): NoTurnError {
  const shown = displayUrl(url);
  const happened = 'it is large, this machine was busy with other large documents, and no turn came in time';
  return new NoTurnError(
    shown,
    `${shown}: ${happened}. Nothing to do: it will be asked again soon.`,
    LARGE_RETRY_SECONDS,
    happened,
  );
}

/** Turns whatever Node raised during a request into ours; our own errors pass through untouched. */
export function toFetchFailure(error: unknown, url: string): FetchFailedError {
  if (error instanceof FetchFailedError) return error;
  const { kind, happened, cure } = diagnose(rootOf(error));
  return fetchFailure(kind, url, happened, { cause: error, cure });
}

/** A connection tried at several addresses fails with all their errors; the first one tells the story. */
function rootOf(error: unknown): unknown {
  const { errors } = (error ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.length > 0 ? rootOf(errors[0]) : error;
}

function diagnose(error: unknown): Failure {
  const code = String(((error ?? {}) as NodeJS.ErrnoException).code ?? '');
  const known = FAILURES.find(({ codes }) => codes.test(code));
  if (known === undefined) return failure('internal', `an unexpected error (${code || String(error)})`);
  return failure(known.kind, `${known.happened} (${code})`, known.cure);
}

const NOT_HTTP_CURE = 'The server is faulty or is not a web server; polling continues.';

const FAILURES: readonly { codes: RegExp; kind: FetchFailureKind; happened: string; cure?: string }[] = [
  { codes: /^(ENOTFOUND|ENONAME|EBADNAME)$/, kind: 'dns', happened: 'the host name does not exist' },
  {
    codes: /^ENODATA$/,
    kind: 'dns',
    happened: 'the host name has no address',
    cure: "Check the spelling of the host name. If it is right, the problem is the publisher's; polling continues.",
  },
  {
    codes: /^(ESERVFAIL|EREFUSED|EFORMERR|ENOTIMP|EBADRESP|EOF)$/,
    kind: 'dns',
    happened: 'the name server could not look up the host name',
    cure: "The publisher's name servers have a problem, or this network's do; polling continues.",
  },
  {
    codes: /^ETIMEOUT$/,
    kind: 'dns',
    happened: 'no name server answered for the host name in time',
    cure: "The publisher's name servers are down, or this machine's network is away; polling continues.",
  },
  {
    codes: /^EAI_\w+$/,
    kind: 'dns',
    happened: 'no name server can be reached',
    cure: "This machine's network is away, or its name servers are; polling continues.",
  },
  { codes: /^ECONNREFUSED$/, kind: 'refused', happened: 'the server refused the connection' },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|EACCES|EPERM)$/,
    kind: 'refused',
    happened: 'the server cannot be reached',
  },
  { codes: /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, kind: 'timeout', happened: 'the connection timed out' },
  {
    codes: /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/,
    kind: 'reset',
    happened: 'the connection was cut before the answer was whole',
  },
  { codes: /^HPE_HEADER_OVERFLOW$/, kind: 'too_large', happened: 'the answer has more than 32 KB of headers' },
  { codes: /^(HPE_\w+|ERR_HTTP_\w+)$/, kind: 'http', happened: 'the answer is not valid HTTP', cure: NOT_HTTP_CURE },
  { codes: /^CERT_HAS_EXPIRED$/, kind: 'tls', happened: 'the certificate has expired' },
  { codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/, kind: 'tls', happened: 'the certificate is for another host name' },
  {
    codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    kind: 'tls',
    happened: 'the certificate is self-signed',
  },
  {
    codes: /^(UNABLE_TO_\w+|CERT_\w+|CRL_\w+|HOSTNAME_MISMATCH|INVALID_\w+)$/,
    kind: 'tls',
    happened: 'the certificate cannot be verified',
  },
  { codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/, kind: 'tls', happened: 'no secure connection could be made' },
];

const failure = (kind: FetchFailureKind, happened: string, cure = CURES[kind] ?? ''): Failure => ({
  kind,
  happened,
  cure,
});
