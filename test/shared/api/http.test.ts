// What HTTP asks of the API: HEAD, validators, methods, types, paths.
import { createPublicLinks } from '../../../shared/api/public-links.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { putHit } from '../../support/alert-world.ts';
import { anApi, withMatches } from '../../support/api-world.ts';
import { aClock, aDelivery, aHit, aMatch, aNewFeed, aSubscription, aTopic } from '../../support/builders.ts';
import { testChannels } from '../../support/channels.ts';
import { aLog } from '../../support/fakes.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { anOutput } from '../../support/output-world.ts';

async function withEverything() {
  const api = await withMatches(1);
  await api.stores.topics.putTopics([aTopic()]);
  await api.stores.feeds.addFeed(aNewFeed());
  await api.stores.subscriptions.createSubscription(aSubscription());
  await api.stores.deliveries.createDelivery(aDelivery({ subscriptionId: aSubscription().id }));
  await putHit(api.stores, HIT, [MATCH]);
  await api.stores.outputs.createOutput(anOutput());
  return api;
}

const MATCH = aMatch({ articleId: 'article-0' });
const HIT = aHit({}, [MATCH]);

const IDS: Readonly<Record<string, string>> = {
  matches: MATCH.id,
  stories: HIT.story.id,
  topics: aTopic().id,
  feeds: aNewFeed().id,
  subscriptions: aSubscription().id,
  outputs: anOutput().id,
};
const READABLE = ROUTES.filter(({ method }) => method === 'GET').map(({ path }) =>
  path.replace(/(\w+)\/\{id\}/, (_, name: string) => `${name}/${IDS[name]}`),
);

describe('HEAD', () => {
  it.each([...READABLE, '/v1/nothing-here', '/v1/matches?limit=0'])('%s is GET without its body', async (path) => {
    const { ask } = await withEverything();

    const get = await ask('GET', path);
    const head = await ask('HEAD', path);

    expect(head.status).toBe(get.status);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(JSON.stringify(get.body))));
    expect(head.body).toBeUndefined();
  });

  it('of a link in a mail is its page without the body, and changes nothing', async () => {
    const stores = createMemoryStores({ clock: aClock() });
    const subscription = aSubscription({ unsubscribeToken: 'a'.repeat(43) });
    await stores.subscriptions.createSubscription(subscription);
    const links = createPublicLinks({
      ...stores,
      ...testChannels(),
      settings: defaultSettings,
      clock: aClock(),
      log: aLog(),
    });
    const request = (method: string) => links(new Request(`https://x.example/u/${'a'.repeat(43)}`, { method }));

    const [get, head, put] = [await request('GET'), await request('HEAD'), await request('PUT')];

    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect((await stores.subscriptions.getSubscription(subscription.id))?.state).toBe('active');
  });
});

describe('an ETag', () => {
  it.each(READABLE)('of %s spares the body while nothing has changed', async (path) => {
    const { ask } = await withEverything();

    const first = await ask('GET', path);
    const etag = first.headers.get('etag') ?? '';
    const again = await ask('GET', path, undefined, { 'if-none-match': etag });

    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toBe('accept');
    expect([again.status, again.body]).toEqual([304, undefined]);
    expect(again.headers.get('etag')).toBe(etag);
    expect(again.headers.get('content-type')).toBeNull();
  });

  it('changes with the answer', async () => {
    const { ask, stores } = await withEverything();
    const etag = (await ask('GET', '/v1/topics')).headers.get('etag') ?? '';
    await stores.topics.putTopics([aTopic({ id: 'another' })]);

    const after = await ask('GET', '/v1/topics', undefined, { 'if-none-match': etag });

    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(etag);
  });

  it.each([
    ['one of a list', (etag: string) => `"x", ${etag}`, 304],
    ['made weak by a proxy', (etag: string) => `W/${etag}`, 304],
    ['any', () => '*', 304],
    ['another', () => '"x"', 200],
    ['one without its quotes', (etag: string) => etag.slice(1, -1), 200],
  ])('that is %s is compared as HTTP says', async (_what, given, status) => {
    const { ask } = await withEverything();
    const etag = (await ask('GET', '/v1/topics')).headers.get('etag') ?? '';

    expect((await ask('GET', '/v1/topics', undefined, { 'if-none-match': given(etag) })).status).toBe(status);
    expect((await ask('HEAD', '/v1/topics', undefined, { 'if-none-match': given(etag) })).status).toBe(status);
  });

  it('is not given with what is not read: a refusal, a change', async () => {
    const { ask } = anApi();
    const answers = [
      await ask('GET', '/v1/feeds/none', undefined, { 'if-none-match': '*' }),
      await ask('POST', '/v1/feeds', { url: 'https://a.example/' }, { 'if-none-match': '*' }),
    ];

    expect(answers.map(({ status, headers }) => [status, headers.get('etag')])).toEqual([
      [404, null],
      [201, null],
    ]);
  });
});

describe('a method', () => {
  it('that a path does not take is refused with those that it takes', async () => {
    const { status, headers, body } = await anApi().ask('DELETE', '/v1/topics');

    expect([status, body['code'], headers.get('allow')]).toEqual([
      405,
      'method_not_allowed',
      'GET, HEAD, PUT, OPTIONS',
    ]);
    expect(body['detail']).toBe('"/v1/topics" allows GET, HEAD, PUT, OPTIONS; got "DELETE"');
  });

  it('OPTIONS is answered with those that a path takes', async () => {
    const { status, headers, body } = await anApi().ask('OPTIONS', '/v1/feeds/x/poll');

    expect([status, headers.get('allow'), body]).toEqual([204, 'POST, OPTIONS', undefined]);
    expect((await anApi().ask('OPTIONS', '/v1/none')).status).toBe(404);
  });
});

describe('the type of an answer', () => {
  it.each([
    ['application/json', 200],
    ['text/html, */*;q=0.8', 200],
    ['application/*', 200],
    ['application/vnd.oai.openapi+json', 200],
    ['', 200],
    ['text/csv', 406],
    ['application/json;q=0, text/html', 406],
    ['*/*; q=0.0', 406],
  ])('wanted as "%s" is %i', async (accept, status) => {
    const answer = await anApi().ask('GET', '/v1/topics', undefined, { accept });

    expect(answer.status).toBe(status);
    if (status === 406) expect(answer.body).toMatchObject({ code: 'not_acceptable', title: 'Not acceptable' });
  });
});

describe('the type of a body', () => {
  const feed = '{"url":"https://a.example/"}';

  it.each([
    ['application/json', 201],
    ['Application/JSON; charset=utf-8', 201],
    ['application/json ;charset=utf-8', 201],
    ['application/x.y-z+json', 201],
    ['application/+json', 415],
    ['application/json+xml', 415],
    ['xapplication/json', 415],
    ['text/json', 415],
    ['application/merge-patch+json', 201],
    ['text/plain', 415],
    ['application/jsonp', 415],
  ])('%s is %i', async (type, status) => {
    const answer = await anApi().ask('POST', '/v1/feeds', feed, { 'content-type': type });

    expect(answer.status).toBe(status);
    if (status !== 415) return;
    expect(answer.headers.get('accept')).toBe('application/json');
    expect(answer.body['detail']).toBe(`Content-Type: got "${type}"; expected application/json`);
  });

  it('is asked for where it is missing, and so is the body', async () => {
    const { ask } = anApi();

    expect((await ask('POST', '/v1/feeds', new Uint8Array([0x7b, 0x7d]), { 'content-type': '' })).body).toMatchObject({
      status: 415,
      detail: 'Content-Type: the header is missing; expected application/json',
    });
    expect((await ask('POST', '/v1/feeds')).body).toMatchObject({
      status: 400,
      code: 'invalid_body',
      detail: 'the body is missing; expected JSON',
    });
  });

  it('may not be compressed', async () => {
    const answer = await anApi().ask('POST', '/v1/feeds', feed, { 'content-encoding': 'gzip' });

    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(answer.body['detail']).toBe('Content-Encoding: got "gzip"; send the body as it is');
    expect((await anApi().ask('POST', '/v1/feeds', feed, { 'content-encoding': 'identity' })).status).toBe(201);
  });

  it('may be a mebibyte and not more', async () => {
    const { ask } = anApi();
    const padded = (bytes: number): string => feed.padEnd(bytes);

    expect((await ask('POST', '/v1/feeds', padded(1024 * 1024))).status).toBe(201);
    expect((await ask('POST', '/v1/feeds', padded(1024 * 1024 + 1))).body).toMatchObject({
      status: 413,
      code: 'body_too_large',
      detail: 'the body has 1048577 bytes; expected at most 1048576',
    });
  });
});

describe('a path', () => {
  it.each([
    ['/v1/feeds/%ZZ', 'id: got "%ZZ"; expected "%" only before two hexadecimal digits of UTF-8 ("%25" is "%")'],
    ['/v1/feeds/%c3', expect.stringContaining('hexadecimal digits of UTF-8')],
    [`/v1/feeds/${'x'.repeat(201)}`, expect.stringMatching(/\(201 characters\); expected at most 200 characters$/)],
  ])('%s cannot be read', async (path, detail) => {
    expect((await anApi().ask('GET', path)).body).toMatchObject({
      status: 400,
      code: 'invalid_path',
      title: 'Invalid path',
      detail,
    });
  });

  it.each(['/v1/feeds/', '/v1//feeds', '/v1', '/', '/v1/feeds/a/b/c', '/V1/feeds'])(
    '%s leads nowhere',
    async (path) => {
      expect((await anApi().ask('GET', path)).body).toMatchObject({ status: 404, code: 'not_found' });
    },
  );

  it('may name a thing with any letters', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic({ id: 'a/b %' })]);

    expect((await ask('GET', '/v1/topics/a%2Fb%20%25')).body['id']).toBe('a/b %');
    expect((await ask('GET', `/v1/feeds/${'x'.repeat(200)}`)).status).toBe(404);
  });
});
