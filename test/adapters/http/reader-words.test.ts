// Why a page could not be read reaches readers of mails; what the operator may do about it does not.
import { fetchFailure, toFetchFailure } from '../../../adapters/http/failures.ts';
import { statusFailure } from '../../../adapters/http/status-failures.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { reasonOf } from '../../../shared/usecases/matching/page-retries.ts';
import { alertMailOf } from '../../support/alert-mails.ts';
import { aMatch } from '../../support/builders.ts';

const URL_OF_PAGE = 'https://news.example.org/1';
const NOW = new Date('2026-11-30T08:00:00Z');

const CODES = [
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'HPE_HEADER_OVERFLOW'],
  ...['HPE_INVALID_CONSTANT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'EPROTO', 'ENOBODYKNOWS'],
];
const STATUSES = [301, 401, 402, 403, 404, 410, 418, 429, 500, 503];
const KINDS = ['blocked', 'dns', 'tls', 'timeout', 'too_large', 'decode', 'redirects', 'internal'] as const;

const failures: readonly (readonly [string, FetchFailedError])[] = [
  ...CODES.map((code) => [code, toFetchFailure(Object.assign(new Error('x'), { code }), URL_OF_PAGE)] as const),
  ...STATUSES.map((status) => {
    const answer = { status, headers: {}, body: new Uint8Array(), finalUrl: URL_OF_PAGE, redirects: [] };
    return [`${status}`, statusFailure(URL_OF_PAGE, answer as never, NOW)] as const;
  }),
  ...KINDS.map((kind) => [kind, fetchFailure(kind, URL_OF_PAGE, 'it happened')] as const),
];

describe('a page that could not be read', () => {
  it.each(failures)('(%s) is explained to readers without advice', (_name, failure) => {
    const advice = failure.message.slice(failure.message.indexOf(`${failure.happened}.`) + failure.happened.length + 2);
    const match = { ...aMatch(), article: { ...aMatch().article, extractionFailure: reasonOf(failure) } };

    const { text, html } = alertMailOf(match, { links: {} });

    expect(advice.length).toBeGreaterThan(10);
    expect(text).toContain(failure.happened);
    for (const body of [text, html]) {
      expect(body).not.toContain(advice);
      expect(body).not.toMatch(/TOCSIN_|allowHosts|config\/|polling/);
    }
  });
});
