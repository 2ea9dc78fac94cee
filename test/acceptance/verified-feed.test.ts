// A feed that is added is read by the very API function that is deployed, here with nothing else running.
import { serveWeb } from '../support/loopback.ts';
import { makeWorkplace } from '../support/tocsin-process.ts';

const FEED =
  '<rss version="2.0"><channel><title>Coast</title><item><title>One</title><guid>1</guid></item></channel></rss>';

describe('a feed that is added on a machine', () => {
  it('is found, read and followed; what cannot be read is not', async () => {
    const web = await serveWeb((request, response) => {
      response.statusCode = request.url === '/feed' ? 200 : 404;
      response.end(request.url === '/feed' ? FEED : 'nothing');
    });
    const place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    try {
      await place.run('start', '--once', '--no-sample');

      const { code, stdout } = await place.run('feeds', 'add', `${web.pair}/feed`);
      const refused = await place.run('feeds', 'add', `${web.pair}/none`);

      expect(code).toBe(0);
      expect(stdout).toContain('read      Coast (RSS): 1 item, with titles only');
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('answered 404');
      expect(await place.json('feeds', 'list')).toMatchObject([{ url: `${web.origin}/feed` }]);
    } finally {
      await place.remove();
      await web.close();
    }
  }, 120_000);
});
