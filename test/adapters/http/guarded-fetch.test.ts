// The one door to the web, step by step: what is sent, what ends a chain of redirects, and what hosts are remembered for.
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createGuardedFetch,
  GET_LIMITS,
  type GuardedFetchOptions,
  type GuardedGet,
} from '../../../adapters/http/guarded-fetch.ts';
import type { HostLimits, TurnRequest } from '../../../adapters/http/host-limits.ts';
import { type Loopback, type LoopbackWeb, serveRaw, serveWeb } from '../../support/loopback.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function site(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<LoopbackWeb> {
  const web = await serveWeb(answer);
  open.push(web);
  return web;
}

function door(servers: readonly Loopback[], options: Partial<GuardedFetchOptions> = {}) {
  const fetch = createGuardedFetch({ allowHosts: servers.map(({ pair }) => pair), userAgent: 'a reader', ...options });
  open.push(fetch);
  return fetch;
}
const get = (server: Loopback, change: Partial<GuardedGet> = {}, options: Partial<GuardedFetchOptions> = {}) =>
  door([server], options).get({ url: `${server.origin}/0`, maxBytes: 1_000, ...change });

/** Redirects from /0 to /1 and so on, up to `last`. */
const chain = (last: number, status = 302) =>
  site(({ url }, response) => {
    const step = Number(url?.slice(1));
    if (step === last) response.end('the end');
    else response.writeHead(status, { location: `/${step + 1}` }).end();
  });

describe('a request', () => {
  it('says who asks, and which compressions are understood', async () => {
    const web = await site((_request, response) => response.end('text'));

    await get(web, { headers: { accept: 'text/html' } });

    expect(web.requests[0]).toMatchObject({ method: 'GET', path: '/0' });
    expect(web.requests[0]?.headers).toMatchObject({
      'user-agent': 'a reader',
      'accept-encoding': 'gzip, br',
      accept: 'text/html',
      host: web.pair,
    });
  });

  it('has headers for its own address, asked again at each hop', async () => {
    const web = await chain(1);

    await get(web, { headersFor: (url) => ({ 'x-for': new URL(url).pathname }) });

    expect(web.requests.map(({ headers }) => headers['x-for'])).toEqual(['/0', '/1']);
  });

  it('is preceded by what the caller wants to know, which may end it', async () => {
    const web = await chain(3);
    const before: string[] = [];
    const beforeRequest = async (url: string): Promise<void> => {
      before.push(new URL(url).pathname);
      if (url.endsWith('/2')) throw new Error('no further');
    };

    await expect(get(web, { beforeRequest })).rejects.toThrow('no further');

    expect(before).toEqual(['/0', '/1', '/2']);
    expect(web.requests).toHaveLength(2);
  });

  it('has twenty seconds in all, eight for the headers, five between two bytes', () => {
    expect(GET_LIMITS).toEqual({ totalMs: 20_000, headersMs: 8_000, idleMs: 5_000 });
  });

  it('is not made when an earlier try has used up the time', async () => {
    const web = await chain(0);

    await expect(get(web, { spentMs: 20_000 })).rejects.toMatchObject({
      kind: 'timeout',
      happened: 'redirects used up the 20 s of a fetch',
    });
    expect(web.requests).toHaveLength(0);
    const { spentMs } = await get(web, { spentMs: 15_000 });
    expect(spentMs).toBeGreaterThanOrEqual(15_000);
    expect(spentMs).toBeLessThan(20_000);
  });

  it('to what may not be fetched is not made', async () => {
    const web = await chain(0);

    await expect(get(web, { url: 'ftp://news.example.org/' })).rejects.toMatchObject({
      kind: 'blocked',
      happened: 'only http and https are fetched, not ftp:',
    });
  });
});

describe('an answer', () => {
  it.each([
    [200, 'text'],
    [299, 'text'],
    [300, ''],
    [404, ''],
  ])('with status %i has the body %j', async (status, body) => {
    const web = await site((_request, response) => response.writeHead(status).end('text'));

    const answer = await get(web);

    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([status, body]);
    expect([answer.finalUrl, answer.redirects]).toEqual([`${web.origin}/0`, []]);
  });

  it('has no body where its head does not deserve it', async () => {
    const web = await site((_request, response) => response.writeHead(200, { 'x-kind': 'dull' }).end('text'));
    const wantsBody: GuardedGet['wantsBody'] = ({ status, headers }) => status === 200 && headers['x-kind'] !== 'dull';

    expect((await get(web, { wantsBody })).body).toHaveLength(0);
  });

  it('may be as long as the caller takes, whether it says so or not', async () => {
    const web = await site((_request, response) => response.end('x'.repeat(1_000)));
    const tooLong = { kind: 'too_large', happened: 'the answer is longer than 0.000999 MB' };

    expect((await get(web)).body).toHaveLength(1_000);
    await expect(get(web, { maxBytes: 999 })).rejects.toMatchObject(tooLong);
  });

  it.each<[what: string, says: string, outcome: string]>([
    [
      'ten interim answers',
      `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(10)}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext`,
      'text',
    ],
    [
      'eleven interim answers',
      `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(11)}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext`,
      'http: the server sends interim answers without end',
    ],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: odd\r\n\r\n',
      'http: the server switched to another protocol unasked',
    ],
  ])('with %s', async (_what, says, outcome) => {
    const server = await serveRaw(says);
    open.push(server);

    const got = await get(server).then(
      ({ body }) => Buffer.from(body).toString(),
      ({ kind, happened }) => `${kind}: ${happened}`,
    );

    expect(got).toBe(outcome);
  });
});

describe('a chain of redirects', () => {
  it('may have five', async () => {
    const web = await chain(5, 301);

    expect(await get(web)).toMatchObject({ finalUrl: `${web.origin}/5`, redirects: [301, 301, 301, 301, 301] });
  });

  it('may not have six', async () => {
    const web = await chain(6);

    await expect(get(web)).rejects.toMatchObject({ kind: 'redirects', happened: 'more than 5 redirects' });
    expect(web.requests).toHaveLength(6);
  });

  it('that closes is told by the address where it began', async () => {
    const web = await site(({ url }, response) =>
      response.writeHead(302, { location: url === '/0' ? '/1' : '/0' }).end(),
    );

    await expect(get(web)).rejects.toMatchObject({
      kind: 'redirects',
      url: `${web.origin}/0`,
      happened: 'its redirects form a loop',
    });
  });

  it('that leads nowhere says so, unless what stands there is wanted', async () => {
    const web = await site((_request, response) => response.writeHead(302).end('text'));

    await expect(get(web)).rejects.toMatchObject({
      kind: 'redirects',
      happened: 'answered 302 with no address to go to',
    });
    const { status, body } = await get(web, { takesLostRedirects: true });
    expect([status, Buffer.from(body).toString()]).toEqual([302, 'text']);
  });

  it('that leads nowhere and has no body says so in any case', async () => {
    const web = await site((_request, response) => response.writeHead(302).end());

    await expect(get(web, { takesLostRedirects: true })).rejects.toMatchObject({ kind: 'redirects' });
  });

  it('of which the body is not wanted is followed without it', async () => {
    const web = await site(({ url }, response) => {
      if (url === '/0') response.writeHead(302, { location: ' /1 ' }).end('text');
      else response.end('the end');
    });

    expect(Buffer.from((await get(web, { takesLostRedirects: true })).body).toString()).toBe('the end');
  });

  it('to where nobody may go says where and why', async () => {
    const web = await site((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest?token=abcdefghij0123456789' }).end(),
    );

    const { kind, url, happened } = await get(web).catch((error) => error);

    expect([kind, url]).toEqual(['blocked', `${web.origin}/0`]);
    expect(happened).toMatch(
      /^it redirects to "?http:\/\/169\.254\.169\.254\/latest\?token=…"?, which may not be fetched: ./,
    );
  });

  it.each([
    [200, '/1', ['/0', '/1']],
    [200, null, ['/0']],
    [201, '/1', ['/0']],
    [200, 'app://open', ['/0']],
    [200, '/0', ['/0']],
  ])('with a document of status %i that sends on to %s asks for %j', async (status, address, asked) => {
    const web = await site(({ url }, response) => response.writeHead(url === '/0' ? status : 200).end('text'));

    await get(web, { leadsTo: ({ body }) => (body.length > 0 ? address : null) });

    expect(web.requests.map(({ path }) => path).filter((path, at, all) => path !== all[at - 1])).toEqual(asked);
  });
});

describe('a host', () => {
  /** Notes what it is told; a turn comes after so many milliseconds. */
  function someLimits(turnMs = 0) {
    const told: (readonly [what: string, of: string])[] = [];
    const turns: TurnRequest[] = [];
    const hostLimits: HostLimits = {
      acquire: async ({ path }, turn = {}) => {
        told.push(['asked', path]);
        turns.push(turn);
        await new Promise((resolve) => setTimeout(resolve, turnMs));
        return async () => void told.push(['over', path]);
      },
      pause: async () => {},
      timedOut: async (url) => void told.push(['silent', new URL(url).pathname]),
      answered: (url) => void told.push(['answered', new URL(url).pathname]),
    };
    return { hostLimits, told, turns };
  }

  it('gives a turn for each hop, which is over before it counts as answered', async () => {
    const web = await chain(1);
    const { hostLimits, told } = someLimits();

    await get(web, {}, { hostLimits });

    expect(told).toEqual([
      ['asked', '/0'],
      ['over', '/0'],
      ['answered', '/0'],
      ['asked', '/1'],
      ['over', '/1'],
      ['answered', '/1'],
    ]);
  });

  it('is waited for within one wait for the whole chain, which does not count as time of the fetch', async () => {
    const web = await chain(1);
    const { hostLimits, turns } = someLimits(60);

    const { spentMs } = await get(web, { hostTurn: { maxWaitMs: 1_000, mode: 'observe' } }, { hostLimits });

    expect(turns.map(({ mode }) => mode)).toEqual(['observe', 'observe']);
    expect(turns[0]?.maxWaitMs).toBe(1_000);
    expect(turns[1]?.maxWaitMs).toBeLessThanOrEqual(945);
    expect(turns[1]?.maxWaitMs).toBeGreaterThan(0);
    expect(spentMs).toBeGreaterThan(0);
  });

  it('is waited for without end where nothing is set', async () => {
    const web = await chain(0);
    const { hostLimits, turns } = someLimits();

    await get(web, {}, { hostLimits });

    expect(turns).toEqual([{ maxWaitMs: undefined }]);
  });

  it('that does not answer is remembered for it, if it had the time for headers', async () => {
    const web = await site(() => {});
    const [silent, hurried] = [someLimits(), someLimits()];
    const limits = { totalMs: 1_000, headersMs: 30, idleMs: 30 };

    await get(web, {}, { limits, hostLimits: silent.hostLimits }).catch(() => {});
    await get(web, { spentMs: 975 }, { limits, hostLimits: hurried.hostLimits }).catch(() => {});

    expect(silent.told).toEqual([
      ['asked', '/0'],
      ['silent', '/0'],
      ['over', '/0'],
    ]);
    expect(hurried.told.map(([what]) => what)).toEqual(['asked', 'over']);
  });

  it.each([
    ['ETIMEOUT', ['asked', 'silent', 'over']],
    ['ENOTFOUND', ['asked', 'over']],
  ])('whose name servers say %s is %j', async (code, expected) => {
    const { hostLimits, told } = someLimits();
    const resolver = () => Promise.reject(Object.assign(new Error('no name'), { code }));
    const fetch = createGuardedFetch({ allowHosts: [], userAgent: 'test', resolver, hostLimits });
    open.push(fetch);

    await expect(fetch.get({ url: 'http://news.example.org/', maxBytes: 1 })).rejects.toMatchObject({ kind: 'dns' });

    expect(told.map(([what]) => what)).toEqual(expected);
  });
});

describe('a post', () => {
  it('is sent with its length in bytes, and its answer is the end, whatever it is', async () => {
    const web = await site((_request, response) => response.writeHead(302, { location: '/1' }).end('moved'));

    const answer = await door([web]).post({
      url: `${web.origin}/0#part`,
      headers: { 'content-type': 'text/plain', authorization: 'secret' },
      body: 'ü',
    });

    expect(web.requests).toMatchObject([
      { method: 'POST', headers: { 'content-length': '2', 'user-agent': 'a reader', authorization: 'secret' } },
    ]);
    expect(answer).toMatchObject({ status: 302, finalUrl: `${web.origin}/0`, redirects: [], spentMs: 0 });
    expect(Buffer.from(answer.body).toString()).toBe('moved');
  });

  it('to what may not be fetched is not sent', async () => {
    const web = await chain(0);

    await expect(door([web]).post({ url: 'http://10.0.0.1/', body: '' })).rejects.toMatchObject({ kind: 'blocked' });
  });
});
