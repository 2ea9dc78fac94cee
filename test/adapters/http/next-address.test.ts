// The address that an answer sends its reader to.
import { isRedirect, nextAddress, signpostedAddress } from '../../../adapters/http/next-address.ts';

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body = '') => ({
  status,
  headers,
  body: Buffer.from(body),
});

describe('a Location', () => {
  it.each([
    [300, '/b'],
    [301, '/b'],
    [302, '/b'],
    [303, '/b'],
    [307, '/b'],
    [308, '/b'],
    [200, null],
    [304, null],
    [305, null],
    [309, null],
    [404, null],
  ])('with status %i leads to %s', (status, address) => {
    expect(nextAddress(answer(status, { location: ' /b ' }))).toBe(address);
  });

  it.each([
    [301, ''],
    [300, null],
  ])('that is missing with status %i is %j', (status, address) => {
    expect(nextAddress(answer(status))).toBe(address);
  });

  it.each([300, 304, 306])('of %i is no redirect by itself', (status) => {
    expect(isRedirect(status)).toBe(false);
  });

  it('in bytes that are no UTF-8 keeps them, escaped', () => {
    expect(nextAddress(answer(301, { location: '/\x80\xff\x7f' }))).toBe('/%80%FF\x7f');
    expect(nextAddress(answer(301, { location: Buffer.from('/ü').toString('latin1') }))).toBe('/ü');
  });
});

describe('a Refresh header', () => {
  const refreshed = (refresh: string, status = 200, type = 'text/html', body = '<p>') =>
    nextAddress(answer(status, { refresh, 'content-type': type }, body));

  it.each([
    ['10; url=/b', '/b'],
    ['11; url=/b', null],
    ['0; url=/b', '/b'],
    ['0.5; url=/b', '/b'],
    ['0.; url=/b', '/b'],
    [' 0 , url = "/b" ', '/b'],
    ["0;'/b'", '/b'],
    ['0; URL="/b', '"/b'],
    ['0 url=/b', null],
    ['0;', null],
    ['; url=/b', null],
    ['x0; url=/b', null],
    ['', null],
  ])('%j leads to %s', (refresh, address) => {
    expect(refreshed(refresh)).toBe(address);
  });

  it.each([
    [200, 'TEXT/HTML', '<p>', '/b'],
    [200, 'application/rss+xml', '<rss>', null],
    [200, 'application/rss+xml', '', '/b'],
    [201, 'text/html', '<p>', null],
    [404, 'text/html', '<p>', null],
  ])('of %i, %s with %j leads to %s', (status, type, body, address) => {
    expect(refreshed('0; url=/b', status, type, body)).toBe(address);
  });

  it('needs no type where nothing comes', () => {
    expect(nextAddress(answer(200, { refresh: '0; url=/b' }))).toBe('/b');
    expect(nextAddress(answer(200, { refresh: '0; url=/b' }, 'x'))).toBeNull();
  });
});

describe('a document in place of a feed', () => {
  const meta = (content: string): string => `<html><head><meta http-equiv="refresh" content="${content}"></head>`;

  it.each([
    [meta('0; url=/b'), '/b'],
    [meta('10; url=/b'), '/b'],
    [meta('11; url=/b'), null],
    ["<META content='0;url=/b' HTTP-EQUIV=Refresh>", '/b'],
    ["<meta http-equiv = 'refresh' content = '0;url=/b?a=1&amp;b=2&#38;c&#x26;d'>", '/b?a=1&b=2&c&d'],
    [meta('0; url=&quot;/b&quot;'), '/b'],
    [meta('0; url=&#34;/b&#39;'), '/b'],
    ['<meta http-equiv="refreshed" content="0;url=/b">', null],
    ['<meta name="refresh" content="0;url=/b">', null],
    ['<meta http-equiv="refresh">', null],
    [`<!-- ${meta('0; url=/a')} -->${meta('0; url=/b')}`, '/b'],
    [`<noscript class=x>${meta('0; url=/a')}\n</noscript>`, null],
    [
      '<redirect><newLocation>https://a.example/feed?x=1&amp;y</newLocation></redirect>',
      'https://a.example/feed?x=1&y',
    ],
    ['<?xml version="1.0"?>\n <Redirect> <newLocation> /b </newLocation>', '/b'],
    ['<p><redirect><newLocation>/b</newLocation>', null],
    ['<rss><redirect><newLocation>/b</newLocation></rss>', null],
    ['', null],
  ])('%j leads to %s', (body, address) => {
    expect(signpostedAddress({ body: Buffer.from(body) })).toBe(address);
  });

  it('is short', () => {
    const ofLength = (length: number) => ({ body: Buffer.from(meta('0; url=/b').padEnd(length)) });

    expect([signpostedAddress(ofLength(16_000)), signpostedAddress(ofLength(16_001))]).toEqual(['/b', null]);
  });
});
