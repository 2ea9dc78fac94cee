// A caller waits while an address is read: what takes too long is ended, whatever a server does.
import { feedVerifierOn } from '../../../adapters/http/feed-verifier.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aClock } from '../../support/builders.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const PAGE = '<!doctype html><html><body><p>No feeds here</p></body></html>';

let web: LoopbackWeb;
afterEach(() => web.close());

const verifierFor = (parts: Parameters<typeof openWeb>[1] = {}) => {
  const settings = { ...defaultSettings, fetch: { allowHosts: [web.pair] } };
  return feedVerifierOn(openWeb(settings, parts));
};

describe('a server that does not answer', () => {
  it('is given up, which may pass', async () => {
    web = await serveWeb(() => {});
    const verify = verifierFor({ limits: { totalMs: 60, headersMs: 50 } });

    await expect(verify(`${web.origin}/feed`)).rejects.toMatchObject({ kind: 'timeout', temporary: true });
  });
});

describe('a search for the feeds of a page', () => {
  it('begins no further request once its time is up', async () => {
    const clock = aClock();
    web = await serveWeb((request, response) => {
      // Each answer takes five seconds of twelve: the page, the page again for its feeds, one usual address.
      clock.advance(5_000);
      response.statusCode = request.url === '/' ? 200 : 404;
      response.end(request.url === '/' ? PAGE : 'nothing');
    });

    await expect(verifierFor({ clock })(`${web.origin}/`)).rejects.toMatchObject({ kind: 'not_a_feed' });

    expect(web.requests.map(({ path }) => path)).toEqual(['/', '/', '/feed']);
  });

  it('tries all usual addresses while there is time', async () => {
    web = await serveWeb((request, response) => {
      response.statusCode = request.url === '/' ? 200 : 404;
      response.end(request.url === '/' ? PAGE : 'nothing');
    });

    await expect(verifierFor({ clock: aClock() })(`${web.origin}/`)).rejects.toMatchObject({ kind: 'not_a_feed' });

    expect(web.requests.length).toBeGreaterThan(5);
  });
});
