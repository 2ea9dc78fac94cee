// Events of API Gateway through the API and back: nothing that a client sends becomes another request or a server error.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { requestOf, resultOf } from '../../lambdas/http-event.ts';
import { anApi } from '../support/api-world.ts';
import { aTopic } from '../support/builders.ts';

type Change = Partial<
  Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'>
>;

const anEvent = (method: string, change: Change = {}): APIGatewayProxyEventV2 =>
  ({
    rawPath: '/v1/topics',
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { http: { method } },
    ...change,
  }) as APIGatewayProxyEventV2;

async function ask(method: string, change: Change = {}, api = anApi()) {
  const result = await resultOf(await api.handle(requestOf(anEvent(method, change))));
  return { ...result, json: result.body ? JSON.parse(result.body) : undefined };
}

const json = { 'content-type': 'application/json' };
const feed = '{"url":"https://a.example/ü"}';

describe('an event', () => {
  it.each([
    ['as text', { body: feed, isBase64Encoded: false }],
    ['in base64', { body: Buffer.from(feed).toString('base64'), isBase64Encoded: true }],
  ])('brings its body %s', async (_how, body) => {
    const { statusCode, json: added } = await ask('POST', { rawPath: '/v1/feeds', headers: json, ...body });

    expect([statusCode, added.feed.url]).toEqual([201, 'https://a.example/ü']);
  });

  it('without a body is refused with that reason', async () => {
    expect((await ask('POST', { rawPath: '/v1/feeds' })).json.detail).toBe('the body is missing; expected JSON');
  });

  it('brings its query as it was sent, repeated parameters too', async () => {
    const { json: refused } = await ask('GET', { rawPath: '/v1/matches', rawQueryString: 'limit=1&limit=2&text=%ZZ' });

    expect(refused.errors).toEqual([
      { parameter: 'limit', detail: 'limit: is given more than once; expected one value' },
    ]);
  });

  it('with headers that no request can carry is answered all the same', async () => {
    const headers = {
      'x-name': '€uro',
      'bad name': 'x',
      'x-line': 'a\nb',
      accept: 'text/html,*/*',
      'if-none-match': '"a","b"',
    };

    expect((await ask('GET', { headers })).statusCode).toBe(200);
  });

  it('of HEAD has the headers of GET, and no body', async () => {
    const api = anApi();

    const [get, head] = [await ask('GET', {}, api), await ask('HEAD', {}, api)];

    expect([head.statusCode, head.body, head.headers]).toEqual([200, '', get.headers]);
    expect(head.headers).toHaveProperty('etag');
  });

  it('lets the gateway state the length: for HEAD it would not be that of the body', async () => {
    expect((await ask('GET')).headers).not.toHaveProperty('content-length');
  });

  it.each(['TRACE', 'CONNECT', 'track', 'BREW', ''])('with the method "%s" is refused', async (method) => {
    expect((await ask(method)).statusCode).toBe(405);
  });
});

describe('the request of an event', () => {
  const requestFor = (method: string, change: Change = {}) => requestOf(anEvent(method, change));

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('has the method %s', (method) => {
    expect(requestFor(method).method).toBe(method);
  });

  it.each(['XGET', 'GETX', 'get', 'TRACE', ''])('has a method that no route takes in place of "%s"', (method) => {
    expect(requestFor(method).method).toBe('UNKNOWN');
  });

  it.each([
    ['GET', null],
    ['HEAD', null],
    ['DELETE', '{}'],
    ['OPTIONS', '{}'],
  ])('of %s has the body %j', async (method, body) => {
    const text = await requestFor(method, { body: '{}' }).text();

    expect(text === '' ? null : text).toBe(body);
  });

  it('may have an empty body, or none', async () => {
    expect(await requestFor('POST', { body: '' }).text()).toBe('');
    expect(requestFor('POST', {}).body).toBeNull();
  });

  it.each([
    ['/v1/topics', '/v1/topics'],
    ['/v1/./topics', '/v1/%252E/topics'],
    ['/v1/../topics', '/v1/%252E%252E/topics'],
    ['/v1/.../topics', '/v1/.../topics'],
    ['/v1/%2e/topics', '/v1/%252e/topics'],
    ['/v1/.%2E/topics', '/v1/%252E%252E/topics'],
    ['/v1/x.%2e/topics', '/v1/x.%2e/topics'],
    ['/v1/%2ex/topics', '/v1/%2ex/topics'],
    ['/v1\\..\\topics', '/v1/%252E%252E/topics'],
    ['//v1', '//v1'],
    ['/v1/what?#', '/v1/what%3F%23'],
  ])('of the path %s has %s', (rawPath, pathname) => {
    expect(new URL(requestFor('GET', { rawPath }).url).pathname).toBe(pathname);
  });

  it('has no host that leads anywhere, and the query as it came', () => {
    expect(requestFor('GET', { rawQueryString: 'a=1&a=%20' }).url).toBe('https://api.invalid/v1/topics?a=1&a=%20');
    expect(requestFor('GET', { rawQueryString: undefined } as never).url).toBe('https://api.invalid/v1/topics');
  });

  it('says who sent it as IAM has it, whatever the client says', () => {
    const callerOf = (userArn: string | undefined, headers = {}) => {
      const event = anEvent('GET', { headers });
      const requestContext = { ...event.requestContext, authorizer: { iam: { userArn } } };
      return requestOf({ ...event, requestContext }).headers.get('x-tocsin-caller');
    };

    expect(callerOf('arn:aws:iam::000000000000:user/ann')).toBe('user/ann');
    expect(callerOf('arn:aws:sts::000000000000:assumed-role/Desk/ann')).toBe('assumed-role/Desk/ann');
    expect(callerOf('arn:aws:iam::000000000000:user/ann', { 'x-tocsin-caller': 'someone else' })).toBe('user/ann');
    expect(callerOf(undefined, { 'X-Tocsin-Caller': 'someone else' })).toBeNull();
  });

  it('has the headers that HTTP allows', () => {
    const headers = { 'x-good': 'a,b', 'x-missing': undefined, 'bad name': 'x', 'x-line': 'a\nb' };

    expect([...requestFor('GET', { headers }).headers]).toEqual([['x-good', 'a,b']]);
    expect([...requestFor('GET', { headers: undefined } as never).headers]).toEqual([]);
  });
});

describe('the result of an answer', () => {
  it('has its status, its headers but for the length, and its body', async () => {
    const answer = new Response('text', { status: 418, headers: { 'content-length': '4', 'x-one': '1' } });

    expect(await resultOf(answer)).toEqual({
      statusCode: 418,
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-one': '1' },
      body: 'text',
    });
  });
});

describe('the path of an event', () => {
  it.each([
    ['/v1/feeds/%ZZ', 400],
    ['/v1/feeds/100%', 400],
    ['//v1/topics', 404],
    ['//elsewhere.example/v1/topics', 404],
    ['/v1/topics?x=1', 404],
    ['/v1/topics#x', 404],
    ['', 404],
    ['/v1/public/../topics', 404],
    ['/v1/public/%2e%2E/topics', 404],
    ['/v1/public/.%2e/topics', 404],
    ['/v1/./topics', 404],
    ['/v1/public\\..\\topics', 404],
  ])('%s leads to no other route: %i', async (rawPath, status) => {
    expect((await ask('GET', { rawPath })).statusCode).toBe(status);
  });

  it.each([
    ['sent by the client', '/v1/topics/a%20b'],
    ['decoded by the gateway', '/v1/topics/a b'],
  ])('names a thing as %s', async (_how, rawPath) => {
    const api = anApi();
    await api.stores.topics.putTopics([aTopic({ id: 'a b' })]);

    expect((await ask('GET', { rawPath }, api)).json.id).toBe('a b');
  });

  it('may hold a question mark that the gateway has decoded', async () => {
    expect((await ask('GET', { rawPath: '/v1/topics/what?' })).json.detail).toContain('topic "what?" does not exist');
  });
});
