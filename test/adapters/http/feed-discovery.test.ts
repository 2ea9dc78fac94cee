import { findFeeds } from '../../../adapters/http/feed-discovery.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import { type LoopbackWeb, serveCanary, serveWeb } from '../../support/loopback.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A site of fixed documents by path. */
async function site(documents: Readonly<Record<string, string>>): Promise<LoopbackWeb> {
  const web = await serveWeb((request, response) => {
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(document);
  });
  open.push(web);
  return web;
}

const feedsAt = (web: LoopbackWeb, path: string, tryCommonAddresses = false) => {
  const settings = { contact: '', fetch: { allowHosts: [web.pair] } };
  const opened = openWeb(settings);
  open.push(opened.fetch);
  return findFeeds(`${web.origin}${path}`, opened, { tryCommonAddresses });
};

describe('finding feeds', () => {
  it('gives those a page advertises', async () => {
    const web = await site({ '/': '<link rel=alternate type=application/rss+xml title=All href=/all.xml>' });

    expect(await feedsAt(web, '/')).toEqual([{ url: `${web.origin}/all.xml`, title: 'All', from: 'advertised' }]);
  });

  it("gives a feed for the feed's own address", async () => {
    const web = await site({ '/all.xml': '<rss version="2.0"><channel/></rss>' });

    expect(await feedsAt(web, '/all.xml')).toMatchObject([{ url: `${web.origin}/all.xml` }]);
  });

  it('tries the usual addresses only when asked to', async () => {
    const web = await site({
      '/': '<p>Nothing here</p>',
      '/rss': '<p>no</p>',
      '/rss.xml': '<rss version="2.0"></rss>',
    });

    expect(await feedsAt(web, '/')).toEqual([]);
    expect(web.requests.length).toBe(1);
    expect(await feedsAt(web, '/', true)).toMatchObject([{ url: `${web.origin}/rss.xml`, from: 'linked' }]);
  });

  it('says why the page cannot be had', async () => {
    const web = await site({});

    await expect(feedsAt(web, '/')).rejects.toMatchObject({ kind: 'http', status: 404 });
  });

  it('finds addresses that lead inside, and the guard refuses them', async () => {
    const canary = await serveCanary();
    open.push(canary);
    const web = await site({ '/': `<link rel=alternate type=application/rss+xml href="${canary.origin}/rss.xml">` });
    const [found] = await feedsAt(web, '/');
    const settings = { contact: '', fetch: { allowHosts: [web.pair] } };
    const opened = openWeb(settings, { extraPorts: [canary.port] });
    open.push(opened.fetch);

    await expect(findFeeds(found?.url ?? '', opened, {})).rejects.toMatchObject({ kind: 'blocked' });
    expect(canary.connections()).toBe(0);
  });
});
