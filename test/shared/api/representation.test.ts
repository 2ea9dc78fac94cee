// Answers over HTTP: headers, validators, and what a client accepts.
import { jsonAnswer, mustAcceptJson, withoutBodyForHead } from '../../../shared/api/representation.ts';

describe('an answer in JSON', () => {
  const request = (method: string, headers: Record<string, string> = {}) =>
    new Request('https://a.example/', { method, headers });
  const SAFE = {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  const body = { name: 'é' };

  it('to what is read may be kept by the client, which asks each time', async () => {
    const response = jsonAnswer(request('GET'), 200, body, { 'x-more': 'yes' });
    const etag = response.headers.get('etag') ?? '';

    expect(Object.fromEntries(response.headers)).toEqual({
      ...SAFE,
      'cache-control': 'private, no-cache',
      'content-type': 'application/json',
      'content-length': '13',
      vary: 'accept',
      'x-more': 'yes',
      etag,
    });
    // 128 bits.
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(await response.json()).toEqual(body);
  });

  it('that is current has neither body nor type', async () => {
    const etag = jsonAnswer(request('HEAD'), 200, body).headers.get('etag') ?? '';
    const response = jsonAnswer(request('GET', { 'if-none-match': ` W/${etag} ` }), 200, body);

    expect(Object.fromEntries(response.headers)).toEqual({
      ...SAFE,
      'cache-control': 'private, no-cache',
      vary: 'accept',
      etag,
    });
    expect([response.status, await response.text()]).toEqual([304, '']);
  });

  it.each(['"a"W/', 'x*', '**', ''])('is not current for %j', (given) => {
    expect(jsonAnswer(request('GET', { 'if-none-match': given }), 200, body).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE'])('to %s may not be cached', async (method) => {
    const response = jsonAnswer(request(method, { 'if-none-match': '*' }), 201, body);

    expect(Object.fromEntries(response.headers)).toEqual({
      ...SAFE,
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'content-length': '13',
    });
    expect([response.status, await response.json()]).toEqual([201, body]);
  });

  it('may have no body', async () => {
    const response = jsonAnswer(request('GET'), 204, undefined, { allow: 'GET' });

    expect(Object.fromEntries(response.headers)).toEqual({ ...SAFE, 'cache-control': 'no-store', allow: 'GET' });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('loses its body for HEAD only', async () => {
    const whole = () => new Response('body', { status: 201, headers: { 'x-more': 'yes' } });
    const head = withoutBodyForHead(request('HEAD'), whole());

    expect([head.status, head.headers.get('x-more'), await head.text()]).toEqual([201, 'yes', '']);
    expect(await withoutBodyForHead(request('GET'), whole()).text()).toBe('body');
  });

  it.each([
    [null, true],
    ['', true],
    ['  ', true],
    ['*/*', true],
    ['application/*', true],
    ['APPLICATION/JSON', true],
    ['application/problem+json', true],
    ['text/html, application/json', true],
    ['text/html,application/json;q=0.1', true],
    ['application/json ; q=0.001', true],
    ['application/json;charset=utf-8', true],
    ['application/json;q=1.0', true],
    ['text/*', false],
    ['*/json', false],
    ['application/jsonp', false],
    ['application/json+xml', false],
    ['application/+json', false],
    ['xapplication/json', false],
    ['application/json;q=0', false],
    ['application/json;q=0.', false],
    ['application/json;q=0.000', false],
    ['application/json;Q=0', false],
    ['application/json; charset=utf-8; q=0', false],
  ])('is what a client that accepts %j takes: %s', (accept, isTaken) => {
    const headers: Record<string, string> = accept === null ? {} : { accept };
    const check = () => mustAcceptJson(request('GET', headers));

    if (isTaken) expect(check).not.toThrow();
    else
      expect(check).toThrow(
        expect.objectContaining({
          code: 'not_acceptable',
          message:
            'the API answers with application/json, which the header Accept does not allow; leave it out or add application/json',
        }),
      );
  });
});
