// No address that a stranger wrote leads inside: directly, by redirect, or through a name.
import { createGuardedFetch, type GuardedFetch } from '../../../adapters/http/guarded-fetch.ts';
import { pinnedLookup, type Resolver } from '../../../adapters/http/pinned-lookup.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { checkTarget, type FetchTarget } from '../../../shared/net/target-rules.ts';
import {
  foreignPorts,
  foreignSchemes,
  hostileAnswers,
  insideAddresses,
  loopbackSpellings,
} from '../../support/hostile-urls.ts';
import { type LoopbackWeb, serveCanary, serveWeb } from '../../support/loopback.ts';

let canary: LoopbackWeb;
let redirector: LoopbackWeb;
let guarded: GuardedFetch;
const lookedUp: string[] = [];

/** A resolver that would lead every name to the canary. */
const toCanary: Resolver = async (host) => {
  lookedUp.push(host);
  return [{ address: '127.0.0.1', family: 4 }];
};

beforeAll(async () => {
  canary = await serveCanary();
  redirector = await serveWeb((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://redirector.example');
    const location = Buffer.from(searchParams.get('to') ?? '', 'utf8').toString('latin1');
    try {
      response.writeHead(Number(searchParams.get('status') ?? 302), { location }).end();
    } catch {
      response.writeHead(302, { location: encodeURI(location) }).end();
    }
  });
  // The canary's port is open, so that only the rules about hosts and addresses stand between it and the attacker.
  guarded = createGuardedFetch({
    allowHosts: [redirector.pair],
    extraPorts: [canary.port],
    userAgent: 'test',
    resolver: toCanary,
  });
});

afterAll(async () => {
  guarded.close();
  await canary.close();
  await redirector.close();
});

const outcomeOf = (url: string): Promise<unknown> =>
  guarded.get({ url, maxBytes: 1000 }).then(
    ({ status }) => `answered ${status}`,
    (error: FetchFailedError) => error.kind,
  );

const direct = (): readonly string[] => [
  ...loopbackSpellings(canary.port),
  ...insideAddresses,
  ...foreignSchemes,
  ...foreignPorts,
];

async function notBlocked(urls: readonly string[]): Promise<string[]> {
  const outcomes = await Promise.all(urls.map(async (url) => ({ url, outcome: await outcomeOf(url) })));
  return outcomes.filter(({ outcome }) => outcome !== 'blocked').map(({ url, outcome }) => `${url}: ${outcome}`);
}

describe('an address that leads inside', () => {
  it('is one of at least 150 in the list', () => {
    expect(new Set(direct()).size).toBeGreaterThanOrEqual(150);
  });

  it('is blocked when it is asked for', async () => {
    lookedUp.length = 0;

    const passed = await notBlocked(direct());

    expect(passed).toEqual([]);
    expect(lookedUp).toEqual([]);
    expect(canary.connections()).toBe(0);
  });

  it('is blocked as the target of a redirect, whatever its status', async () => {
    const urls = direct().map((to, index) => {
      const status = [301, 302, 303, 307, 308][index % 5];
      return `${redirector.origin}/?status=${status}&to=${encodeURIComponent(to)}`;
    });

    const passed = await notBlocked(urls);

    expect(passed).toEqual([]);
    expect(canary.connections()).toBe(0);
  });

  it('is blocked at the end of a chain of redirects', async () => {
    const last = `${redirector.origin}/?to=${encodeURIComponent(`${canary.origin}/`)}`;
    const chain = `${redirector.origin}/?to=${encodeURIComponent(`${redirector.origin}/?to=${encodeURIComponent(last)}`)}`;

    expect(await outcomeOf(chain)).toBe('blocked');
    expect(canary.connections()).toBe(0);
  });

  it('is blocked for posts too', async () => {
    const outcomes = await Promise.all(
      direct().map((url) =>
        guarded.post({ url, body: '{}' }).then(
          () => url,
          (error: FetchFailedError) => error.kind,
        ),
      ),
    );

    expect(outcomes.filter((outcome) => outcome !== 'blocked')).toEqual([]);
    expect(canary.connections()).toBe(0);
  });
});

describe('a name that leads inside', () => {
  const fetchThrough = (answers: readonly string[]): GuardedFetch =>
    createGuardedFetch({
      allowHosts: [],
      extraPorts: [canary.port],
      userAgent: 'test',
      resolver: async () => answers.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });

  it.each(hostileAnswers.map((answers) => [answers.join(' ') || '(an empty text)', answers] as const))(
    'is blocked when the resolver answers %s',
    async (_name, answers) => {
      const fetch = fetchThrough(answers);

      const failure = await fetch
        .get({ url: `http://rebind.example.org:${canary.port}/`, maxBytes: 1000 })
        .catch((error: FetchFailedError) => error);
      fetch.close();

      expect(failure).toMatchObject({ kind: 'blocked' });
      expect(canary.connections()).toBe(0);
    },
  );

  it('is blocked behind a redirect from a good one', async () => {
    const url = `${redirector.origin}/?to=${encodeURIComponent(`http://rebind.example.org:${canary.port}/`)}`;

    expect(await outcomeOf(url)).toBe('blocked');
    expect(lookedUp).toContain('rebind.example.org');
    expect(canary.connections()).toBe(0);
  });

  it('is judged anew at each connection, so that it cannot change its mind', async () => {
    const answers = ['8.8.4.4', '127.0.0.1'];
    const verdict = checkTarget('http://rebind.example.org/', { allowedHosts: new Set() });
    const { target } = verdict as { target: FetchTarget };
    const lookup = pinnedLookup(target, async () => [{ address: answers.shift() ?? '', family: 4 }]);
    const ask = () =>
      new Promise((resolve) => lookup('rebind.example.org', { all: true }, (error, found) => resolve(error ?? found)));

    expect(await ask()).toEqual([{ address: '8.8.4.4', family: 4 }]);
    expect(await ask()).toMatchObject({ kind: 'blocked' });
  });

  it('is connected to at exactly the address that was judged, with one look-up', async () => {
    let lookups = 0;
    const web = await serveWeb((_request, response) => response.end('hello'));
    const fetch = createGuardedFetch({
      allowHosts: [`feeds.example.org:${web.port}`],
      userAgent: 'test',
      resolver: async () => {
        lookups += 1;
        return [{ address: lookups === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
      },
    });

    const answer = await fetch.get({ url: `http://feeds.example.org:${web.port}/`, maxBytes: 1000 });
    fetch.close();
    await web.close();

    expect([answer.status, lookups, web.requests[0]?.headers.host]).toEqual([200, 1, `feeds.example.org:${web.port}`]);
  });
});

describe('the setting allowHosts', () => {
  it('opens exactly the host and port it names', async () => {
    const fetch = createGuardedFetch({
      allowHosts: [canary.pair],
      extraPorts: [redirector.port],
      userAgent: 'test',
    });
    const before = canary.connections();

    const allowed = await fetch.get({ url: canary.origin, maxBytes: 1000 });
    const other = await fetch
      .get({ url: redirector.origin, maxBytes: 1000 })
      .catch((error: FetchFailedError) => error.kind);
    const alias = await fetch
      .get({ url: `http://localhost:${canary.port}/`, maxBytes: 1000 })
      .catch((error: FetchFailedError) => error.kind);
    fetch.close();

    expect([allowed.status, other, alias]).toEqual([200, 'blocked', 'blocked']);
    expect(canary.connections()).toBe(before + 1);
  });

  it('refuses anything but HOST:PORT pairs, naming each', () => {
    const entries = [
      '127.0.0.1',
      '10.0.0.0/8:80',
      '*:8080',
      '*.example.org:80',
      'http://a.example:80',
      'a.example:0',
      '',
    ];

    expect(() => createGuardedFetch({ allowHosts: ['ok.example:80', ...entries], userAgent: 'test' })).toThrow(
      expect.objectContaining({
        code: 'invalid_allow_hosts',
        problems: entries.map((entry) => expect.stringContaining(`"${entry}"`)),
      }),
    );
  });
});
