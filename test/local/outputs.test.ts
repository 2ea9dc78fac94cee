// Outputs as a feed reader on another machine reads them: through this machine's web server, with no token but the one in the address.
import { startWebServer, type WebServer } from '../../local/pages/web-server.ts';
import { createOutputFeeds } from '../../shared/api/output-feeds.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { someAccess } from '../support/access.ts';
import { aClock, aMatch } from '../support/builders.ts';
import { aLog } from '../support/fakes.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { anOutput, pathOfOutput } from '../support/output-world.ts';

const PUBLIC_URL = 'https://example.org/tocsin';

let server: WebServer;

beforeEach(async () => {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.outputs.createOutput(anOutput());
  await stores.matches.putMatch(aMatch());
  const nowhere = async (): Promise<Response> => new Response(null, { status: 418 });
  server = await startWebServer({
    port: 0,
    ...someAccess('token-of-this-test'),
    publicPath: '/tocsin',
    handleApi: nowhere,
    handlePublic: createOutputFeeds({ ...stores, clock, log: aLog(), publicUrl: () => PUBLIC_URL }),
    handleSns: nowhere,
    handlePage: nowhere,
    handleHealth: nowhere,
  });
});
afterEach(() => server.close());

it.each(['', '/tocsin'])('a feed reader reads an output and asks again for nothing new, under %j', async (prefix) => {
  const url = `${server.url}${prefix}${pathOfOutput('atom')}`;
  const headers = { 'user-agent': 'A feed reader', origin: 'https://reader.example.org' };

  const response = await fetch(url, { headers });
  const body = new Uint8Array(await response.arrayBuffer());
  const etag = response.headers.get('etag') ?? '';
  const again = await fetch(url, { headers: { ...headers, 'if-none-match': etag } });

  const { items } = await readFeed({ body, contentType: response.headers.get('content-type') ?? '', url });
  expect(response.status).toBe(200);
  expect(items).toHaveLength(1);
  expect(new TextDecoder().decode(body)).toContain(`href="${PUBLIC_URL}${pathOfOutput('atom')}"`);
  expect([again.status, await again.text()]).toEqual([304, '']);
});

it('an unknown address is answered with 404, without asking for the token of this machine', async () => {
  const response = await fetch(`${server.url}${pathOfOutput('json', 'x'.repeat(43))}`);

  expect([response.status, await response.text()]).toEqual([404, 'There is no such feed.\n']);
});
