// Who may use the console and the API of one machine: sessions of browsers, named tokens with roles, and what others try.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Access, accessFileIn } from '../../local/access/access-file.ts';
import { Outbox } from '../../local/mail/outbox.ts';
import { handlePage } from '../../local/pages/pages.ts';
import { startWebServer, type WebServer } from '../../local/pages/web-server.ts';
import { someAccess } from '../support/access.ts';
import { anApi } from '../support/api-world.ts';
import { aClock } from '../support/builders.ts';

const TOKEN = 'token-of-this-test';
const DAY = 86_400_000;

let server: WebServer;
let clock: ReturnType<typeof aClock>;
let kept: { text: string };
let access: Access;
let log: ReturnType<typeof someAccess>['log'];

async function serve(change: Partial<Parameters<typeof startWebServer>[0]> = {}): Promise<WebServer> {
  const page = async (): Promise<Response> => new Response('the page');
  return startWebServer({
    port: 0,
    access,
    clock,
    log,
    handleApi: anApi().handle,
    handlePublic: page,
    handleSns: page,
    handlePage: page,
    handleHealth: page,
    ...change,
  });
}

beforeEach(async () => {
  clock = aClock();
  kept = { text: '' };
  ({ access, log } = someAccess(TOKEN, clock, kept));
  server = await serve();
});
afterEach(() => server.close());

const ask = (path: string, init: RequestInit = {}, at = server): Promise<Response> =>
  fetch(`${at.url}${path}`, { redirect: 'manual', ...init });
interface RawInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Under another name than that of the server, as through a proxy: fetch() sets Host itself. */
const askAs = async (host: string, path: string, { body, ...init }: RawInit, at: WebServer) => {
  const asked = request(`${at.url}${path}`, { ...init, headers: { ...init.headers, host } });
  asked.end(body);
  const [answered] = (await once(asked, 'response')) as [IncomingMessage];
  answered.resume();
  return { status: answered.statusCode, headers: answered.headers };
};

const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const withCookie = (cookie: string, more: Record<string, string> = {}): RequestInit => ({
  headers: { cookie, ...more },
});
const signIn = async (token = TOKEN, at = server): Promise<string> =>
  cookieOf(await ask('/login', { method: 'POST', body: new URLSearchParams({ token }) }, at));
const meOf = async (init: RequestInit, at = server): Promise<unknown> => (await ask('/v1/me', init, at)).json();

describe('a browser', () => {
  it('stays signed in as long as it is used once in thirty days', async () => {
    const response = await ask(`/?token=${TOKEN}`);
    const maxAgeMs = Number(/Max-Age=(\d+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]) * 1_000;

    for (let month = 1; month <= 12; month++) {
      clock.advance(29 * DAY);
      expect(await meOf(withCookie(cookieOf(response)))).toEqual({ name: 'owner', role: 'admin' });
    }
    expect(maxAgeMs).toBeGreaterThan(12 * 29 * DAY);
    clock.advance(31 * DAY);
    expect((await ask('/v1/me', withCookie(cookieOf(response)))).status).toBe(401);
  });

  it('that was signed in with the token of this machine is signed out when that is replaced; others stay', async () => {
    const owner = await signIn();
    const ana = await signIn(access.createToken('ana', 'analyst'));
    const after = await serve({ access: someAccess('another-token', clock, kept).access });
    // Each port has a cookie of its own.
    const there = (cookie: string) =>
      withCookie(cookie.replace(/^tocsin-session-\d+/, `tocsin-session-${new URL(after.url).port}`));

    try {
      expect((await ask('/v1/me', there(owner), after)).status).toBe(401);
      expect(await meOf(there(ana), after)).toEqual({ name: 'ana', role: 'analyst' });
      expect(await meOf(there(await signIn('another-token', after)), after)).toEqual({ name: 'owner', role: 'admin' });
    } finally {
      await after.close();
    }
  });

  it('is signed in by the printed link with a session of its own, not with the token', async () => {
    const response = await ask(`/outbox?token=${TOKEN}`);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/outbox');
    expect(response.headers.get('set-cookie')).toMatch(
      new RegExp(
        `^tocsin-session-${new URL(server.url).port}=[\\w-]{43}; HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000$`,
      ),
    );
    expect(response.headers.get('set-cookie')).not.toContain(TOKEN);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await meOf(withCookie(cookieOf(response)))).toEqual({ name: 'owner', role: 'admin' });
    expect(kept.text).not.toContain(cookieOf(response).split('=')[1]);
  });

  it('is led to the sign-in page, and from there to where it wanted', async () => {
    const response = await ask('/stories/ferry?why=yes');
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      '/login?to=%2Fstories%2Fferry%3Fwhy%3Dyes',
    ]);
    const page = await ask('/login?to=%2Fstories%2Fferry%3Fwhy%3Dyes');
    expect(await page.text()).toContain('name="to" value="/stories/ferry?why=yes"');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");

    const body = new URLSearchParams({ token: TOKEN, to: '/stories/ferry?why=yes' });
    const signedIn = await ask('/login', { method: 'POST', body });

    expect(signedIn.headers.get('location')).toBe('/stories/ferry?why=yes');
    expect(await (await ask('/', withCookie(cookieOf(signedIn)))).text()).toBe('the page');
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '/ x', 'javascript:alert(1)', '/login'])(
    'is never led to %s',
    async (to) => {
      const signedIn = await ask('/login', { method: 'POST', body: new URLSearchParams({ token: TOKEN, to }) });

      expect(signedIn.headers.get('location')).toBe('/');
      expect(await (await ask(`/login?to=${encodeURIComponent(to)}`)).text()).toContain('name="to" value="/"');
    },
  );

  it('gets another session than the one that it brought', async () => {
    const brought = `tocsin-session-${new URL(server.url).port}=${'a'.repeat(43)}`;
    const first = cookieOf(await ask(`/?token=${TOKEN}`, withCookie(brought)));
    const second = cookieOf(await ask(`/?token=${TOKEN}`, withCookie(first)));

    expect(new Set([brought, first, second]).size).toBe(3);
    expect((await ask('/v1/me', withCookie(brought))).status).toBe(401);
    expect((await ask('/v1/me', withCookie(first))).status).toBe(401);
    expect((await ask('/v1/me', withCookie(second))).status).toBe(200);
  });

  it('ends the session that it brought when it signs in by the form, too', async () => {
    const first = await signIn();
    const body = new URLSearchParams({ token: TOKEN });
    const second = cookieOf(await ask('/login', { method: 'POST', body, headers: { cookie: first } }));

    expect((await ask('/v1/me', withCookie(first))).status).toBe(401);
    expect((await ask('/v1/me', withCookie(second))).status).toBe(200);
  });

  it('that is not signed in and asks to sign out is led to the sign-in page, and from there home', async () => {
    const response = await ask('/logout', { method: 'POST', headers: { origin: server.url } });

    expect([response.status, response.headers.get('location')]).toEqual([303, '/login']);
  });

  it.each([
    ['/中', '/%E4%B8%AD'],
    ['/stories/a?text=ü', '/stories/a?text=%C3%BC'],
    ['/a/../b', '/b'],
  ])('is led to %s as a header can say it', async (to, location) => {
    const signedIn = await ask('/login', { method: 'POST', body: new URLSearchParams({ token: TOKEN, to }) });

    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, location]);
  });

  it('is signed out on request, and after thirty days without use', async () => {
    const origin = { origin: server.url };
    const [one, two] = [await signIn(), await signIn()];
    const out = await ask('/logout', { method: 'POST', ...withCookie(one, origin) });

    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await ask('/v1/me', withCookie(one))).status).toBe(401);
    clock.advance(29 * DAY);
    expect((await ask('/v1/me', withCookie(two))).status).toBe(200);
    clock.advance(29 * DAY);
    expect((await ask('/v1/me', withCookie(two))).status).toBe(200);
    clock.advance(30 * DAY + 1);
    expect((await ask('/v1/me', withCookie(two))).status).toBe(401);
  });

  it('stays signed in when Tocsin is started again', async () => {
    const cookie = await signIn();
    const port = Number(new URL(server.url).port);
    await server.close();

    server = await serve({ port, ...someAccess(TOKEN, clock, kept) });

    expect((await ask('/v1/me', withCookie(cookie))).status).toBe(200);
  });

  it('is signed in to one of two instances on a machine', async () => {
    const other = await serve(someAccess('another-token', clock));
    try {
      const cookie = await signIn();

      expect((await ask('/v1/me', withCookie(cookie), other)).status).toBe(401);
      expect(
        (await ask('/v1/me', withCookie(`${cookie}; ${await signIn('another-token', other)}`), other)).status,
      ).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('behind TLS keeps its session to itself, under the name in TOCSIN_PUBLIC_URL', async () => {
    const proxied = await serve({ publicUrl: 'https://tocsin.example.org' });
    const under = (host: string, path: string, init: RawInit = {}) => askAs(host, path, init, proxied);
    try {
      const here = await ask(`/?token=${TOKEN}`, {}, proxied);
      const { headers } = await under('tocsin.example.org', `/?token=${TOKEN}`);
      const cookie = String(headers['set-cookie']).split(';')[0] ?? '';

      expect(String(headers['set-cookie'])).toMatch(/^__Host-tocsin-session-\d+=.*; Path=\/; Max-Age=\d+; Secure$/);
      // Over plain HTTP, a browser would not keep it.
      expect(here.headers.get('set-cookie')).not.toContain('Secure');
      const change = {
        method: 'PUT',
        headers: { cookie, 'content-type': 'application/json' },
        body: '{"state":"read"}',
      };
      const from = (origin: string) => ({ ...change, headers: { ...change.headers, origin } });
      const triage = '/v1/stories/nope/triage';
      expect((await under('tocsin.example.org', triage, from('https://tocsin.example.org'))).status).toBe(404);
      expect((await under('tocsin.example.org', triage, from('https://evil.example'))).status).toBe(403);
      expect((await under('evil.example', triage, from('https://tocsin.example.org'))).status).toBe(403);
    } finally {
      await proxied.close();
    }
  });
});

describe('a page of another site', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['an origin that is hidden', { origin: 'null' }, 403],
    ['neither', {}, 403],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of this server, as the browser says', { 'sec-fetch-site': 'same-origin' }, 404],
  ])('changes nothing with the session of a browser: %s', async (_what, headers: Record<string, string>, status) => {
    const cookie = await signIn();
    const init = { method: 'PUT', body: '{"state":"read"}' };

    const response = await ask('/v1/stories/nope/triage', {
      ...init,
      headers: { cookie, 'content-type': 'application/json', ...headers },
    });

    expect(response.status).toBe(status);
    const out = await ask('/logout', { method: 'POST', headers: { cookie, ...headers } });
    expect(out.status).toBe(status === 404 ? 303 : 403);
    expect((await ask('/v1/me', withCookie(cookie))).status).toBe(status === 404 ? 401 : 200);
  });
});

describe('a named token', () => {
  it('opens what its role allows, and nothing once it is revoked', async () => {
    const token = access.createToken('ana', 'analyst');
    const bearer = { headers: { authorization: `Bearer ${token}` } };
    const cookie = await signIn(token);
    expect(await meOf(bearer)).toEqual({ name: 'ana', role: 'analyst' });
    expect(await meOf(withCookie(cookie))).toEqual({ name: 'ana', role: 'analyst' });
    expect(kept.text).not.toContain(token);

    access.revokeToken('ana');

    expect((await ask('/v1/me', bearer)).status).toBe(401);
    expect((await ask('/v1/me', withCookie(cookie))).status).toBe(401);
    expect(() => access.revokeToken('ana')).toThrow('ana');
  });

  it('has a name of its own', () => {
    access.createToken('ana', 'read');

    expect(() => access.createToken('ana', 'admin')).toThrow('there is a token "ana" already');
    expect(() => access.createToken('owner', 'admin')).toThrow('there is a token "owner" already');
    for (const name of ['Ana', 'Owner', 'API', 'start'])
      expect(() => access.createToken(name, 'read')).toThrow(`there is a token "${name}" already`);
    expect(access.listTokens()).toEqual([{ name: 'ana', role: 'read', createdAt: clock.now().toISOString() }]);
  });

  it('sees no mails of others unless it is an admin: their links act for their readers', async () => {
    await server.close();
    const { access: _, ...rest } = someAccess(TOKEN, clock);
    server = await serve({
      ...rest,
      access,
      handlePage: (request) => handlePage(request, { outbox: new Outbox(tmpdir(), null) }),
    });
    const as = (role: 'analyst' | 'admin') => ({
      headers: { authorization: `Bearer ${access.createToken(role, role)}` },
    });

    expect((await ask('/outbox/1/txt', as('analyst'))).status).toBe(403);
    expect((await ask('/outbox', as('admin'))).status).toBe(200);
  });

  it('gains nothing by headers that say otherwise', async () => {
    const token = access.createToken('ana', 'read');
    const headers = { authorization: `Bearer ${token}`, 'x-tocsin-role': 'admin', 'x-tocsin-caller': 'owner' };

    expect(await meOf({ headers })).toEqual({ name: 'ana', role: 'read' });
    expect((await ask('/v1/feeds/x', { method: 'DELETE', headers })).status).toBe(403);
  });

  it('is written into the log with each change, and what was sent is not', async () => {
    const token = access.createToken('ana', 'admin');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

    await ask('/v1/feeds', { headers });
    await ask('/v1/feeds', { method: 'OPTIONS', headers });
    await ask('/v1/stories/nope/triage', { method: 'PUT', headers, body: '{"state":"read"}' });
    await ask('/v1/views', { method: 'POST', headers, body: '{"name":"secret","query":""}' });

    const fields = { by: 'ana', method: 'POST', path: '/v1/views', status: 201 };
    expect(log.lines).toEqual([{ level: 'info', message: 'changed through the API', fields }]);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });
});

describe('whoever tries tokens', () => {
  const wrong = (token: string): Promise<Response> =>
    ask('/login', { method: 'POST', body: new URLSearchParams({ token }) });
  const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

  it('has to wait after ten within a minute, even with the right one; who is signed in does not', async () => {
    const cookie = await signIn();
    for (let n = 0; n < 10; n++) expect((await wrong(`wrong-${n}`)).status).toBe(401);

    const blocked = await ask('/login', { method: 'POST', body: new URLSearchParams({ token: TOKEN }) });

    expect([blocked.status, blocked.headers.get('retry-after'), cookieOf(blocked)]).toEqual([429, '60', '']);
    expect((await ask(`/?token=${TOKEN}`)).status).toBe(429);
    expect((await ask('/v1/me', withCookie(cookie))).status).toBe(200);
    expect((await ask('/v1/me', bearer(TOKEN))).status).toBe(200);
    clock.advance(59_999);
    expect(await signIn()).toBe('');
    clock.advance(1);
    expect(await signIn()).not.toBe('');
  });

  it('in a program has to wait as well, which keeps nobody from signing in', async () => {
    for (let n = 0; n < 9; n++) expect((await ask('/v1/me', bearer(`wrong-${n}`))).status).toBe(401);

    const blocked = await ask('/v1/me', bearer('wrong-9'));

    expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await ask('/v1/me', bearer(TOKEN))).status).toBe(200);
    expect(await signIn()).not.toBe('');
  });

  it('goes on with the same one, as a program whose token was revoked, counts once', async () => {
    for (let n = 0; n < 30; n++) {
      expect((await ask('/v1/me', bearer('old'))).status).toBe(401);
      expect((await wrong('mistyped')).status).toBe(401);
    }

    expect(await signIn()).not.toBe('');
  });

  it.each([
    { 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' },
  ])('is not a page of another site that loads the printed link: %j', async (headers) => {
    for (let n = 0; n < 20; n++) expect((await ask(`/?token=wrong-${n}`, { headers })).status).toBe(303);
    const right = await ask(`/?token=${TOKEN}`, { headers });

    expect([right.headers.get('location')?.startsWith('/login'), cookieOf(right)]).toEqual([true, '']);
    expect(await signIn()).not.toBe('');
  });
});

it('a file that is damaged is set aside, and lets nobody in but the holder of the master token', async () => {
  const token = access.createToken('ana', 'admin');
  const damaged: { text: string; aside?: string } = { text: kept.text.slice(0, -20) };
  const { access: again, log: said } = someAccess(TOKEN, clock, damaged);
  again.signIn({ name: 'owner', role: 'admin' });

  expect(damaged.aside).toBe(kept.text.slice(0, -20));
  expect(said.lines).toMatchObject([{ level: 'error', fields: { setAside: 'access.json.damaged' } }]);

  expect(again.ofToken(token)).toBeNull();
  expect(again.ofToken(TOKEN)).toEqual({ name: 'owner', role: 'admin' });
});

it('a disk that is full signs nobody out', () => {
  const fail = () => {
    throw new Error('ENOSPC');
  };
  const session = access.signIn({ name: 'owner', role: 'admin' });
  const storage = { read: () => kept.text, write: () => fail(), setAside: () => '' };
  const again = new Access(storage, TOKEN, clock, log);
  clock.advance(2 * 60 * 60_000);

  expect(again.ofSession(session)).toEqual({ name: 'owner', role: 'admin' });
});

it('ten browsers of one name are signed in; the one unused for longest makes room, and nobody else does', () => {
  access.createToken('ana', 'read');
  const owner = access.signIn({ name: 'owner', role: 'admin' });
  const first = access.signIn({ name: 'ana', role: 'read' });
  clock.advance(1_000);
  const others = Array.from({ length: 10 }, () => access.signIn({ name: 'ana', role: 'read' }));

  expect(access.ofSession(first)).toBeNull();
  expect([owner, ...others].every((id) => access.ofSession(id) !== null)).toBe(true);
});

it('a file of a folder is written for its owner alone, and set aside under another name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-access-'));
  try {
    const file = accessFileIn(folder);
    expect(file.read()).toBe('');
    file.write('text');
    expect(file.read()).toBe('text');
    expect(statSync(join(folder, 'access.json')).mode & 0o777).toBe(0o600);
    expect(file.setAside()).toBe(join(folder, 'access.json.damaged'));
    expect([file.read(), readFileSync(join(folder, 'access.json.damaged'), 'utf8')]).toEqual(['', 'text']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('the API itself lets everybody in whom no server has given a role: on AWS, whom IAM let in', async () => {
  const response = await anApi().handle(new Request('https://api.example.org/v1/me'));

  expect(await response.json()).toEqual({ name: 'API', role: 'admin' });
});
