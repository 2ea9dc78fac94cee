// The links in mails as a browser follows them: through this machine's web server, under the path of a proxy.
import { startWebServer, type WebServer } from '../../local/pages/web-server.ts';
import { someAccess } from '../support/access.ts';
import { aLinkWorld, LINK_TOKEN } from '../support/link-world.ts';

let server: WebServer;
let world: Awaited<ReturnType<typeof aLinkWorld>>;

beforeEach(async () => {
  world = await aLinkWorld();
  const nowhere = async (): Promise<Response> => new Response(null, { status: 404 });
  server = await startWebServer({
    port: 0,
    ...someAccess('token-of-this-test'),
    publicPath: '/tocsin',
    handleApi: nowhere,
    handlePublic: world.links,
    handleSns: nowhere,
    handlePage: nowhere,
    handleHealth: nowhere,
  });
});
afterEach(() => server.close());

/** As a browser sends a form of a page: from no origin, since our pages tell none. */
const send = (url: URL, fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { origin: 'null' }, body: new URLSearchParams(fields) });

/** Where a link or form of the page leads. */
const leadsTo = (html: string, path: string, page: URL): URL => {
  const [, found] = new RegExp(`(?:href|action)="(\\.\\./${path}[^"]*)"`).exec(html) ?? [];
  if (found === undefined) throw new Error(`no link to ${path}`);
  return new URL(found.replaceAll('&amp;', '&'), page);
};

it.each(['', '/tocsin'])('each page leads to the others and its buttons work, under %j', async (prefix) => {
  const { hit, now, stores } = world;
  const article = new URL(`${server.url}${prefix}/u/${LINK_TOKEN}/hit/${hit.article}`);
  const shown = await (await fetch(article)).text();
  const notRelevant = leadsTo(shown, 'not-relevant/', article);
  const asked = await fetch(notRelevant);
  const marked = await send(notRelevant, { action: 'not-relevant', topic: 'river-crossings' });
  const mute = leadsTo(await marked.text(), 'mute/', notRelevant);
  const muted = await send(mute, { action: 'mute', what: 'story', for: 'week' });
  const manage = leadsTo(await muted.text(), `\\.\\./${LINK_TOKEN}`, mute);
  const all = await fetch(manage);
  const ended = await send(manage, { 'List-Unsubscribe': 'One-Click' });

  expect([asked.status, marked.status, muted.status, all.status, ended.status]).toEqual([200, 200, 200, 200, 200]);
  expect(manage.pathname).toBe(`${prefix}/u/${LINK_TOKEN}`);
  expect(await all.text()).toContain('One event and its later reports');
  expect(await stores.matches.listNotRelevant('river-crossings', 10)).toHaveLength(1);
  expect(await now()).toMatchObject({ state: 'unsubscribed', mutes: [{ kind: 'story', value: hit.story.id }] });
});
