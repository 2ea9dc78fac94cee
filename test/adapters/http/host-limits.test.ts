// Two connections to a host and a second between two requests to it, whoever asks; other hosts are not held up.
import { createHostLimits } from '../../../adapters/http/host-limits.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import type { FetchFailedError } from '../../../shared/errors.ts';
import { checkTarget, type FetchTarget } from '../../../shared/fetching/target-rules.ts';
import { serveWeb } from '../../support/loopback.ts';

const targetOf = (url: string): FetchTarget => {
  const verdict = checkTarget(url, { allowedHosts: new Set() });
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.target;
};

/** A clock that waiting moves on, and the requests that were let through: when, and by which name. */
function aHostWith(options: { exempt?: ReadonlySet<string> } = {}) {
  let now = 1_000_000;
  const started: { at: number; name: string; leave: () => void }[] = [];
  const limits = createHostLimits({
    ...options,
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
  });
  return {
    limits,
    started,
    pass: (ms: number) => {
      now += ms;
    },
    ask: (name: string, url = 'https://news.example.org/feed'): Promise<unknown> =>
      limits.enter(targetOf(url)).then(
        (leave) => void started.push({ at: now, name, leave }),
        (error: FetchFailedError) => error,
      ),
  };
}

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('requests to one host', () => {
  it('start a second apart', async () => {
    const { ask, started } = aHostWith();

    for (const name of ['a', 'b', 'c', 'd']) {
      await ask(name);
      started.at(-1)?.leave();
    }

    const [first = 0, ...others] = started.map(({ at }) => at);
    expect(others.map((at) => at - first)).toEqual([1000, 2000, 3000]);
  });

  it('are no more than two at once; the others wait in line', async () => {
    const { ask, started } = aHostWith();

    for (const name of ['a', 'b', 'c', 'd']) void ask(name);
    await settle();
    const atFirst = started.map(({ name }) => name);
    started[0]?.leave();
    started[0]?.leave(); // counts once
    await settle();

    expect(atFirst).toEqual(['a', 'b']);
    expect(started.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('count together whatever the scheme and the port', async () => {
    const { ask, started } = aHostWith();

    void ask('a', 'http://news.example.org/a');
    void ask('b', 'https://news.example.org/b');
    void ask('c', 'https://news.example.org:8443/c');
    await settle();

    expect(started.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('hold up no other host', async () => {
    const { ask, started } = aHostWith();

    for (const name of ['a', 'b', 'c']) void ask(name);
    await ask('elsewhere', 'https://other.example.org/feed');

    expect(started.map(({ name }) => name)).toContain('elsewhere');
  });

  it('are given up while the host has asked for a pause, those in line too, and go on after it', async () => {
    const { ask, limits, started, pass } = aHostWith();
    void ask('a');
    void ask('b');
    const inLine = ask('c');
    await settle();
    limits.pause('https://news.example.org/other', 90);
    limits.pause('https://news.example.org/other', 60); // the longer one counts

    const refused = ask('d');
    started[0]?.leave();

    expect(await refused).toMatchObject({ kind: 'throttled', retryAfterSeconds: 90 });
    expect(await inLine).toMatchObject({ kind: 'throttled' });
    pass(90_000);
    await ask('e');
    expect(started.map(({ name }) => name)).toEqual(['a', 'b', 'e']);
  });

  it('start at once when the host is exempt, being a server of this machine, but heed its pause', async () => {
    const { ask, limits, started } = aHostWith({ exempt: new Set(['news.example.org:443']) });

    for (const name of ['a', 'b', 'c']) await ask(name);
    limits.pause('https://news.example.org/', 60);

    expect(new Set(started.map(({ at }) => at)).size).toBe(1);
    expect(await ask('d')).toMatchObject({ kind: 'throttled', retryAfterSeconds: 60 });
  });
});

it('a fetcher keeps the two connections, over feeds, pages and redirects', async () => {
  let open = 0;
  let most = 0;
  const web = await serveWeb((request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      if (request.url?.startsWith('/go')) response.writeHead(302, { location: `/to${request.url}` }).end();
      else response.end('hello');
    }, 20);
  });
  const settings = { contact: '', fetch: { allowHosts: [web.pair] } };
  const { fetch } = openWeb(settings, { hostLimits: createHostLimits({ minGapMs: 1 }) });
  const paths = Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? `/go${n}` : `/${n}`));

  const answers = await Promise.all(paths.map((path) => fetch.get({ url: `${web.origin}${path}`, maxBytes: 100 })));
  fetch.close();
  await web.close();

  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  expect(most).toBe(2);
});

describe('a host that does not answer', () => {
  it('is asked once in a quarter of an hour after ten requests in a row without an answer', async () => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < 10; i++) limits.timedOut('https://news.example.org/feed');

    const refused = (await ask('too early')) as FetchFailedError;
    pass(15 * 60_000);
    const probe = await ask('the probe');
    limits.timedOut('https://news.example.org/feed');
    const again = (await ask('too early again')) as FetchFailedError;

    expect(refused).toMatchObject({ kind: 'throttled', retryAfterSeconds: 900 });
    expect(refused.message).toContain('did not answer 10 requests in a row');
    expect(probe).toBeUndefined();
    expect(again.kind).toBe('throttled');
  });

  it('is asked as ever as soon as it has answered once', async () => {
    const { limits, ask } = aHostWith();
    for (let i = 0; i < 9; i++) limits.timedOut('https://news.example.org/feed');
    limits.answered('https://news.example.org/other');
    limits.timedOut('https://news.example.org/feed');

    expect(await ask('as ever')).toBeUndefined();
  });
});
