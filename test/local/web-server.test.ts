// The one port of a machine: who may ask is decided from the headers, before anything of a body is read.
import { once } from 'node:events';
import { connect } from 'node:net';
import { startWebServer, type WebServer } from '../../local/pages/web-server.ts';
import { someAccess } from '../support/access.ts';

const TOKEN = 'token-of-this-test';
const MIB = 1024 * 1024;

let server: WebServer;
let port: string;
let bodies: string[];
/** Answers break off in their middle. */
let broken = false;

beforeEach(async () => {
  bodies = [];
  const echo = async (request: Request): Promise<Response> => {
    bodies.push(await request.text());
    if (broken) return new Response(new ReadableStream({ pull: (out) => out.error(new Error('broken off')) }));
    return new Response(`${request.method} ${new URL(request.url).pathname}`);
  };
  server = await startWebServer({
    port: 0,
    ...someAccess(TOKEN),
    publicPath: '/tocsin',
    handleApi: echo,
    handlePublic: echo,
    handleSns: echo,
    handlePage: echo,
    handleHealth: echo,
  });
  port = new URL(server.url).port;
});
afterEach(() => server.close());

const allowed = { authorization: `Bearer ${TOKEN}` };

/** What the server says to these bytes, until it closes the connection. */
function say(...lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    let said = '';
    socket.on('data', (text) => {
      said += text.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(said));
  });
}

describe('behind a proxy at https://news.example.org/tocsin', () => {
  const from = (path: string): Promise<string> =>
    say(`GET ${path} HTTP/1.1`, 'Host: news.example.org', 'Connection: close');

  it.each([
    ['/u/abc', '/u/abc'],
    ['/tocsin/u/abc', '/u/abc'],
    ['//tocsin//u/abc', '/u/abc'],
    ['/tocsin/sns/confirm/1', '/sns/confirm/1'],
  ])(
    'the links of mails work, whether the proxy leaves its path in front or takes it away: %s',
    async (asked, path) => {
      const answer = await from(asked);

      expect(answer).toMatch(/^HTTP\/1.1 200 /);
      expect(answer).toContain(`GET ${path}\r\n`);
    },
  );

  it.each(['/tocsin/outbox', '/tocsin/v1/feeds', '/tocsin', '/tocsinu/abc', '/other/u/abc', '/tocsin/tocsin/u/abc'])(
    'and nothing else answers: %s',
    async (path) => {
      expect(await from(path)).toMatch(/^HTTP\/1.1 403 /);
      expect(bodies).toEqual([]);
    },
  );
});

it('an answer that breaks off ends its connection, and nothing else', async () => {
  broken = true;
  await expect(fetch(`${server.url}/v1/feeds`, { headers: allowed })).rejects.toThrow();
  broken = false;

  expect((await fetch(`${server.url}/v1/feeds`, { headers: allowed })).status).toBe(200);
});

describe('a request', () => {
  it('reaches the API with its body when it shows the token', async () => {
    const response = await fetch(`${server.url}/v1/feeds`, { method: 'POST', headers: allowed, body: '{"url":"x"}' });

    expect([response.status, await response.text()]).toEqual([200, 'POST /v1/feeds']);
    expect(bodies).toEqual(['{"url":"x"}']);
  });

  it.each([
    ['without a token', '401', ['POST /v1/feeds HTTP/1.1', 'Host: 127.0.0.1:PORT']],
    [
      'under another name',
      '403',
      ['POST /v1/feeds HTTP/1.1', 'Host: rebound.example', `Authorization: Bearer ${TOKEN}`],
    ],
    [
      'from the page of another site',
      '403',
      [
        'POST /v1/feeds HTTP/1.1',
        'Host: 127.0.0.1:PORT',
        'Origin: https://site.example',
        `Authorization: Bearer ${TOKEN}`,
      ],
    ],
    ['of a page without a token', '303', ['POST / HTTP/1.1', 'Host: 127.0.0.1:PORT']],
  ])('%s is refused at once, though its body never comes', async (_what, status, lines) => {
    const said = await say(...lines.map((line) => line.replace('PORT', port)), 'Content-Length: 1000');

    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(bodies).toEqual([]);
  });

  it('of a method that no handler can be asked with is refused', async () => {
    const said = await say('TRACE /v1/feeds HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: close');

    expect(said).toMatch(/^HTTP\/1.1 405 /);
    expect(said).toContain('"title":"Method not allowed"');
  });

  it('with two Host headers is refused', async () => {
    const said = await say(
      'GET /v1/feeds HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Host: rebound.example',
      `Authorization: Bearer ${TOKEN}`,
      'Connection: close',
    );

    expect(said).toMatch(/^HTTP\/1.1 400 /);
    expect(said).toContain('one Host header');
  });

  it('whose body is declared too large is answered with 413 before the body comes', async () => {
    const said = await say(
      'POST /v1/feeds HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${TOKEN}`,
      `Content-Length: ${MIB + 1}`,
    );

    expect(said).toMatch(/^HTTP\/1.1 413 /);
    expect(said).toContain('body_too_large');
  });

  it('whose body grows too large is answered with 413', async () => {
    const chunk = `${MIB.toString(16)}\r\n${'x'.repeat(MIB)}\r\n`;
    const head = [
      'POST /v1/feeds HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${TOKEN}`,
      'Transfer-Encoding: chunked',
    ];

    const said = await say(...head, '', chunk.repeat(3));

    expect(said).toMatch(/^HTTP\/1.1 413 /);
    expect(bodies).toEqual([]);
  });

  it('that is refused is answered although its client sends the whole body before it reads', async () => {
    const socket = connect(Number(port), '127.0.0.1');
    const errors: unknown[] = [];
    socket.on('error', (error) => errors.push(error));
    const body = Buffer.alloc(20 * MIB);
    socket.write(`POST /v1/feeds HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${body.length}\r\n\r\n`);
    await new Promise((resolve) => socket.write(body, resolve));

    const [said] = await Promise.race([once(socket, 'data'), once(socket, 'close')]);

    expect(String(said)).toMatch(/^HTTP\/1.1 401 /);
    expect(errors).toEqual([]);
    socket.destroy();
  });

  it('of a public link needs neither our name nor the token', async () => {
    const said = await say('GET /u/some-token HTTP/1.1', 'Host: alerts.example.org', 'Connection: close');

    expect(said).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('what a monitor asks', () => {
  it.each(['/healthz', '/readyz'])('%s needs neither our name nor the token', async (path) => {
    const said = await say(
      `GET ${path} HTTP/1.1`,
      'Host: tocsin.example.org',
      'Origin: https://status.example.org',
      'Connection: close',
    );

    expect(said).toMatch(/^HTTP\/1.1 200 /);
    expect(said).toContain(`GET ${path}`);
  });

  it.each(['/healthz/', '/healthz/outbox', '//healthz.example/', '/readyz%2f..%2fv1'])(
    '%s is no such address and needs the token',
    async (path) => {
      const said = await say(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close');

      expect(said).toMatch(/^HTTP\/1.1 303 [\s\S]*location: \/login/i);
    },
  );

  it('/metrics needs the token, and answers under any name with it', async () => {
    const ask = (...lines: readonly string[]) =>
      say('GET /metrics HTTP/1.1', 'Host: metrics.example.org', ...lines, 'Connection: close');

    expect(await ask()).toMatch(/^HTTP\/1.1 401 /);
    expect(await ask('Authorization: Bearer wrong')).toMatch(/^HTTP\/1.1 401 /);
    expect(await ask(`Authorization: Bearer ${TOKEN}`)).toMatch(/^HTTP\/1.1 200 [\s\S]*GET \/metrics/);
  });

  it('/metrics takes no token in its address, where logs of proxies would keep it', async () => {
    const { status } = await fetch(`${server.url}/metrics?token=${TOKEN}`, { redirect: 'manual' });

    expect(status).toBe(401);
  });
});

it('the scheme of the token may be written in any case', async () => {
  for (const scheme of ['bearer', 'BEARER']) {
    const { status } = await fetch(`${server.url}/v1/feeds`, { headers: { authorization: `${scheme} ${TOKEN}` } });

    expect(status).toBe(200);
  }
});

describe('a refusal for lack of a token', () => {
  it.each(['/v1/feeds', '/metrics'])('of %s says how to be let in', async (path) => {
    const response = await fetch(`${server.url}${path}`);

    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="tocsin"']);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('HEAD', () => {
  it('is answered as GET, without a body', async () => {
    const said = await say(
      'HEAD /outbox HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${TOKEN}`,
      'Connection: close',
    );

    expect(said).toMatch(/^HTTP\/1.1 200 /);
    expect(said).toMatch(/\r\n\r\n$/);
  });
});

describe('the token in an address', () => {
  it.each([
    ['/outbox/3', '/outbox/3'],
    ['//site.example/', '/site.example/'],
    ['///site.example', '/site.example'],
    ['/\\site.example/', '/site.example/'],
    ['http://site.example/outbox', '/outbox'],
  ])('leaves %s for %s on this host', async (asked, location) => {
    const said = await say(`GET ${asked}?token=${TOKEN} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close');

    expect(said).toMatch(/^HTTP\/1.1 303 /);
    expect(/^location: (.*)$/im.exec(said)?.[1]?.trim()).toBe(location);
  });
});

describe('each address has its part of the instance', () => {
  let parts: WebServer;
  let asked: (readonly [part: string, request: Request])[];
  const part =
    (name: string) =>
    async (request: Request): Promise<Response> => {
      asked.push([name, request]);
      if (name === 'public') throw new Error('the database does not answer');
      return new Response(await request.text(), { status: 207, headers: { 'x-part': name } });
    };

  beforeEach(async () => {
    asked = [];
    parts = await startWebServer({
      port: 0,
      ...someAccess(TOKEN),
      handleApi: part('api'),
      handlePublic: part('public'),
      handleSns: part('sns'),
      handlePage: async (request) => (request.url.endsWith('/none') ? null : part('page')(request)),
      handleHealth: part('health'),
    });
  });
  afterEach(() => parts.close());

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${parts.url}${path}`, { headers: allowed, redirect: 'manual', ...init });

  it.each([
    ['/v1', 'api'],
    ['/v1/', 'api'],
    ['/v1/feeds?limit=2', 'api'],
    ['/sns/confirm/1', 'sns'],
    ['/healthz', 'health'],
    ['/readyz', 'health'],
    ['/metrics', 'health'],
    ['/', 'page'],
    ['/v1x', 'page'],
    ['/outbox', 'page'],
    ['/u', 'page'],
    ['/sns', 'page'],
  ])('%s is for %s', async (path, name) => {
    const response = await get(path);

    expect([response.status, response.headers.get('x-part')]).toEqual([207, name]);
    expect(asked.map(([, { url }]) => url)).toEqual([`${parts.url}${path}`]);
  });

  it('what no part knows is not found', async () => {
    const response = await get('/none');

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found', detail: 'there is nothing at /none' });
  });

  it('a part that fails is said to', async () => {
    const response = await get('/u/token');

    expect([response.status, await response.text()]).toEqual([
      503,
      'A part of this instance does not answer; see its terminal.\n',
    ]);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('what is no address is refused', async () => {
    port = new URL(parts.url).port;

    const said = await say('OPTIONS * HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: close');

    expect(said).toMatch(/^HTTP\/1.1 400 /);
    expect(said).toContain('invalid request address');
  });

  it('a body of one mebibyte is passed on whole, with the headers', async () => {
    const body = 'x'.repeat(MIB);

    const response = await get('/v1/feeds', { method: 'POST', body, headers: { ...allowed, 'x-own': 'a, b' } });

    expect(await response.text()).toBe(body);
    expect(asked[0]?.[1].headers.get('x-own')).toBe('a, b');
    expect((await get('/v1/feeds', { method: 'POST', body: `${body}x` })).status).toBe(413);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [`Bearer ${TOKEN}x`, 401],
    [`Bearer ${TOKEN} x`, 401],
    [`x Bearer ${TOKEN}`, 401],
    [`Bearer   ${TOKEN}`, 207],
    [TOKEN, 401],
  ])('the header "authorization: %s" is answered with %d', async (authorization, status) => {
    expect((await get('/v1/feeds', { headers: { authorization } })).status).toBe(status);
  });

  it.each([
    ['Host: 127.0.0.1:PORT', 207],
    ['Host: localhost:PORT', 207],
    ['Host: localhost', 403],
    ['Host: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT', 207],
    ['Host: 127.0.0.1:PORT\r\nOrigin: http://localhost:PORT', 207],
    ['Host: 127.0.0.1:PORT\r\nOrigin: http://localhost', 403],
    ['Host: 127.0.0.1:PORT\r\nOrigin: null', 403],
  ])('"%s" is answered with %d', async (lines, status) => {
    port = new URL(parts.url).port;

    const said = await say(
      'GET /v1/feeds HTTP/1.1',
      lines.replaceAll('PORT', port),
      `Authorization: Bearer ${TOKEN}`,
      'Connection: close',
    );

    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('a port that is in use is named, with what to do', async () => {
    const taken = Number(new URL(parts.url).port);
    const none = async (): Promise<Response> => new Response();
    const second = startWebServer({
      port: taken,
      ...someAccess(TOKEN),
      handleApi: none,
      handlePublic: none,
      handleSns: none,
      handlePage: none,
      handleHealth: none,
    });

    await expect(second).rejects.toMatchObject({
      code: 'port_in_use',
      problems: [
        'another Tocsin may be running here: see its terminal',
        `choose another: npm start -- --port ${taken + 1}, or --port 0 for any free one`,
      ],
    });
  });
});
