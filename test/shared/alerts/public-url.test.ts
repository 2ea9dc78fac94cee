import { alertLinksUnder } from '../../../shared/alerts/alert-links.ts';
import { parsePublicUrl, publicPathOf } from '../../../shared/alerts/public-url.ts';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { aSubscription } from '../../support/builders.ts';

describe('the public address', () => {
  it.each([
    ['https://tocsin.example.org', 'https://tocsin.example.org'],
    ['https://Tocsin.example.org:443/', 'https://tocsin.example.org'],
    ['http://127.0.0.1:4747', 'http://127.0.0.1:4747'],
    ['https://example.org/tocsin/', 'https://example.org/tocsin'],
    ['https://example.org/a/b//', 'https://example.org/a/b'],
  ])('%s is used as %s, and paths follow it', (given, base) => {
    expect(parsePublicUrl(given)).toBe(base);
    expect(alertLinksUnder(base).unsubscribeUrl?.(aSubscription())).toBe(`${base}/u/token-of-subscription-1`);
  });

  it('leads to a page for each thing that a reader may do, and each name stays one part of its path', () => {
    const links = alertLinksUnder('https://example.org/tocsin/');
    const own = 'https://example.org/tocsin/u/token-of-subscription-1';

    expect(links.manageUrl?.(aSubscription())).toBe(own);
    expect(links.matchUrl?.(aSubscription(), 'abc')).toBe(`${own}/hit/abc`);
    expect(links.notRelevantUrl?.(aSubscription(), 'abc')).toBe(`${own}/not-relevant/abc`);
    expect(links.muteUrl?.(aSubscription(), 'a/../b?c#d')).toBe(`${own}/mute/a%2F..%2Fb%3Fc%23d`);
    expect(alertLinksUnder('')).toEqual({});
  });

  it.each(['http://api.execute-api.127.0.0.1:4566', 'http://api.execute-api.127.0.0.1:4566/'])(
    'of a deployment is used as the deployment gives it: %s',
    (given) => {
      expect(alertLinksUnder(given).unsubscribeUrl?.(aSubscription())).toBe(
        'http://api.execute-api.127.0.0.1:4566/u/token-of-subscription-1',
      );
    },
  );

  it.each([
    ['https://example.org/tocsin/', '/tocsin'],
    ['https://example.org/', ''],
    ['', ''],
    [undefined, ''],
  ])('%s has the path %j', (given, path) => {
    expect(publicPathOf(given)).toBe(path);
  });

  it.each([
    ['foo', 'does not begin with https:// or http://'],
    ['tocsin.example.org', 'does not begin with https:// or http://'],
    ['ftp://tocsin.example.org', 'does not begin with https:// or http://'],
    ['https://', 'no host follows'],
    ['https://tocsin.example.org/?a=b', 'a query (?)'],
    ['https://tocsin.example.org/#top', 'a fragment (#)'],
    ['https://tocsin.example.org?', 'a query (?)'],
    ['https://me:secret@tocsin.example.org', 'user name or password'],
    ['ftp://me:secret@tocsin.example.org', 'user name or password'],
  ])('%s is refused', (given, problem) => {
    expect(() => parsePublicUrl(given)).toThrow(InvalidInputError);
    expect(() => parsePublicUrl(given)).toThrow(problem);
    expect(() => parsePublicUrl(given)).not.toThrow(/secret/);
  });
});
