// Two connections to a host and a second between two requests to it, whoever asks; other hosts are not held up.
import { createHostLimits, type TurnRequest } from '../../../adapters/http/host-limits.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import { type FetchFailedError, NoTurnError } from '../../../shared/core/errors.ts';
import { checkTarget, type FetchTarget } from '../../../shared/net/target-rules.ts';
import type { HostPaceStore } from '../../../shared/ports.ts';
import { aClock } from '../../support/builders.ts';
import { serveWeb } from '../../support/loopback.ts';
import { createMemoryStores } from '../../support/memory-store.ts';

const targetOf = (url: string): FetchTarget => {
  const verdict = checkTarget(url, { allowedHosts: new Set() });
  if (!verdict.ok) throw new Error(verdict.reason);
  return verdict.target;
};

/** A clock that waiting moves on, and the requests that were let through: when, and by which name. */
function aHostWith(options: { exempt?: ReadonlySet<string> } = {}) {
  let now = 1_000_000;
  const started: { at: number; name: string; leave: () => unknown }[] = [];
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
    ask: (name: string, url = 'https://news.example.org/feed', turn: TurnRequest = {}): Promise<unknown> =>
      limits.acquire(targetOf(url), turn).then(
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

  it('start at once where the clock was set back, and a second apart from there on', async () => {
    const { ask, started, pass } = aHostWith();
    pass(2 * 86_400_000);
    await ask('before');
    started.at(-1)?.leave();

    pass(-2 * 86_400_000);
    for (const name of ['a', 'b', 'c']) {
      await ask(name);
      started.at(-1)?.leave();
    }

    const [before = 0, ...others] = started.map(({ at }) => at);
    expect(others.map((at) => at - before + 2 * 86_400_000)).toEqual([0, 1000, 2000]);
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
    await limits.pause('https://news.example.org/other', 90);
    await limits.pause('https://news.example.org/other', 60); // the longer one counts

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
    await limits.pause('https://news.example.org/', 60);

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

describe('a turn that does not come', () => {
  it('is waited for no longer than the longest wait, and those in line behind it neither', async () => {
    const { ask, started } = aHostWith();
    await ask('a');
    await ask('b');

    const [c, d] = await Promise.all([
      ask('c', 'https://news.example.org/c', { maxWaitMs: 20_000 }),
      ask('d', 'https://news.example.org/d', { maxWaitMs: 20_000 }),
    ]);
    await started[0]?.leave();
    await ask('e');

    expect([c, d]).toEqual([expect.any(NoTurnError), expect.any(NoTurnError)]);
    expect(c).toMatchObject({ kind: 'throttled', retryAfterSeconds: 60 });
    expect(started.map(({ name }) => name)).toEqual(['a', 'b', 'e']);
  });
});

describe('what a request that has no turn is told', () => {
  it('is that the host asked for a pause', async () => {
    const { limits, ask, pass } = aHostWith();
    await limits.pause('https://news.example.org/feed', 600);
    pass(1);

    expect(await ask('too early')).toMatchObject({
      kind: 'throttled',
      happened: 'the host news.example.org asked for a pause, which ends in 600 s',
      retryAfterSeconds: 600,
    });
  });

  it('is that the host is busy', async () => {
    const { ask } = aHostWith();
    await ask('a');

    expect(await ask('b', 'https://news.example.org/feed?key=abcdefghij0123456789', { maxWaitMs: 999 })).toMatchObject({
      url: 'https://news.example.org/feed?key=…',
      happened: 'the host news.example.org is slow or has many requests waiting, and no turn came in time',
      message:
        'https://news.example.org/feed?key=…: the host news.example.org is slow or has many requests waiting, and no turn came in time. Nothing to do: it will be asked again soon.',
      retryAfterSeconds: 60,
    });
  });

  it('is nothing when its turn comes with the last moment of its wait', async () => {
    const { ask, started } = aHostWith();
    await ask('a');

    expect(await ask('b', 'https://news.example.org/feed', { maxWaitMs: 1_000 })).toBeUndefined();
    expect(started.map(({ at }) => at - 1_000_000)).toEqual([0, 1_000]);
  });

  it('is nothing when it gives its turn back twice', async () => {
    const { ask, started } = aHostWith();
    await ask('a');
    await ask('b');
    await started[0]?.leave();
    await started[0]?.leave();
    await ask('c');

    expect(await ask('d', 'https://news.example.org/feed', { maxWaitMs: 60_000 })).toBeInstanceOf(NoTurnError);
  });
});

/** Processes that share one store and, here, one clock. */
function processes(
  count: number,
  store: HostPaceStore = createMemoryStores({ clock: aClock() }).hostPaces,
  storeTakesMs = 0,
) {
  let now = 1_000_000;
  let underWay = 0;
  const seen = { most: 0, starts: [] as number[] };
  const waiting: { until: number; go: () => void }[] = [];
  const limits = Array.from({ length: count }, () => {
    const takes = async (): Promise<void> => {
      if (storeTakesMs === 0) return;
      await new Promise<void>((go) => void waiting.push({ until: now + Math.random() * storeTakesMs, go }));
    };
    return createHostLimits({
      now: () => now,
      wait: (ms) => new Promise<void>((go) => void waiting.push({ until: now + ms, go })),
      store: {
        read: (...asked) => takes().then(() => store.read(...asked)),
        replace: (...change) => takes().then(() => store.replace(...change)),
      },
    });
  });
  /** Moves the clock to when the next one wakes, until nobody waits. */
  const run = async (): Promise<void> => {
    for (await settle(); waiting.length > 0; await settle()) {
      waiting.sort((left, right) => left.until - right.until);
      const next = waiting.shift();
      now = Math.max(now, next?.until ?? 0);
      next?.go();
    }
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  const ask = async (process: number, takesMs: number, mode: 'reserve' | 'observe' = 'reserve'): Promise<unknown> => {
    try {
      const leave = await limits[process]?.acquire(targetOf('https://news.example.org/'), { maxWaitMs: 60_000, mode });
      underWay += 1;
      seen.starts.push(now);
      seen.most = Math.max(seen.most, underWay);
      await new Promise<void>((go) => void waiting.push({ until: now + takesMs, go }));
      underWay -= 1;
      await leave?.();
      return 'asked';
    } catch (error) {
      return error;
    }
  };
  return { limits, ask, run, seen, pass };
}

describe('processes that ask the same host', () => {
  it.each([
    [8, 0],
    [8, 45],
    [1, 45],
  ])('(%d) keep two connections and a second between requests as if they were one', async (count, storeTakesMs) => {
    const store = createMemoryStores({ clock: aClock() }).hostPaces;
    const { ask, run, seen } = processes(count, store, storeTakesMs);

    const asking = Promise.all(Array.from({ length: 24 }, (_, n) => ask(n % count, 3_000)));
    await run();
    await asking;

    const gaps = seen.starts.slice(1).map((at, index) => at - (seen.starts[index] ?? 0));
    expect(seen.starts.length).toBe(24);
    expect(seen.most).toBe(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  });

  it.each([60, 600])('heed a pause of %i seconds that one of them was asked for, and no longer', async (seconds) => {
    const { limits, ask, run, pass } = processes(2);
    await limits[0]?.pause('https://news.example.org/feed', seconds);

    const early = ask(1, 10, 'observe');
    await run();
    pass(seconds * 1_000);
    const late = ask(1, 10, 'observe');
    await run();

    expect(await early).toMatchObject({ kind: 'throttled', retryAfterSeconds: seconds });
    expect(await late).toBe('asked');
  });

  it('take back what they have reserved, though the store may answer with what is a moment old', async () => {
    const kept = createMemoryStores({ clock: aClock() }).hostPaces;
    const before = await kept.read('news.example.org');
    const { ask, run } = processes(1, {
      read: async (host, options) => (options?.newest ? kept.read(host) : before),
      replace: (...change) => kept.replace(...change),
    });

    const asking = ask(0, 10);
    await run();

    expect(await asking).toBe('asked');
    expect(await kept.read('news.example.org')).toMatchObject({ version: 2, pace: { leases: [] } });
  });

  it.each(['reserve', 'observe'] as const)(
    'wait for the turns that others have reserved, but not forever: %s',
    async (mode) => {
      const { limits, ask, run, seen } = processes(3);
      const turn = { maxWaitMs: 60_000, mode: 'reserve' } as const;
      for (const dies of [0, 1]) {
        const entering = limits[dies]?.acquire(targetOf('https://news.example.org/'), turn);
        await run();
        await entering;
      }

      const asking = ask(2, 10, mode);
      await run();

      expect(await asking).toBe('asked');
      expect(seen.starts[0]).toBeGreaterThan(1_000_000 + 20_000);
    },
  );

  it('each keep their own pace while the store cannot be had', async () => {
    const failing = async (): Promise<never> => {
      throw new Error('no store');
    };
    const { ask, run, seen } = processes(1, { read: failing, replace: failing });

    const asking = Promise.all([ask(0, 3_000), ask(0, 3_000), ask(0, 3_000)]);
    await run();

    expect(await asking).toEqual(['asked', 'asked', 'asked']);
    expect(seen.most).toBe(2);
  });
});

describe('a host that does not answer', () => {
  it('is left alone for a minute after ten requests in a row, then for longer and longer, up to a quarter of an hour', async () => {
    const { limits, ask, pass, started } = aHostWith();
    for (let i = 0; i < 10; i++) await limits.timedOut('https://news.example.org/feed');

    const rests: (number | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      const refused = (await ask('too early')) as FetchFailedError;
      expect(refused).toMatchObject({ kind: 'throttled' });
      expect(refused.message).toContain('did not answer 10 requests in a row');
      rests.push(refused.retryAfterSeconds);
      pass((refused.retryAfterSeconds ?? 0) * 1000);
      expect(await ask('the probe')).toBeUndefined();
      await started.at(-1)?.leave();
      await limits.timedOut('https://news.example.org/feed');
    }

    expect(rests).toEqual([60, 120, 240, 480, 900, 900]);
  });

  it.each([
    ['nine requests', 9, 0, false],
    ['ten requests', 10, 0, true],
    ['ten requests within ten minutes', 10, 600_000, true],
    ['ten requests that took longer', 10, 600_001, false],
  ])('is left alone after %s, or not', async (_what, times, tookMs, leftAlone) => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < times; i++) {
      if (i === times - 1) pass(tookMs);
      await limits.timedOut('https://news.example.org./feed');
    }

    expect((await ask('now')) === undefined).toBe(!leftAlone);
  });

  it('says how long it is left alone, and what there is to do', async () => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < 10; i++) await limits.timedOut('https://news.example.org/feed');
    pass(500);

    expect(await ask('too early')).toMatchObject({
      happened: 'the host news.example.org did not answer 10 requests in a row and is left alone for 60 s',
      message: expect.stringMatching(/\. Nothing to do: it is asked again afterwards\.$/),
      retryAfterSeconds: 60,
    });
  });

  it('is not left alone for longer by requests that were under way when the rest began', async () => {
    const { limits, ask } = aHostWith();
    for (let i = 0; i < 15; i++) await limits.timedOut('https://news.example.org/feed');

    expect(await ask('too early')).toMatchObject({ retryAfterSeconds: 60 });
  });

  it('begins with the short rest again once it has answered', async () => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < 10; i++) await limits.timedOut('https://news.example.org/feed');
    pass(60_000);
    await limits.timedOut('https://news.example.org/feed');
    pass(120_000);
    limits.answered('https://news.example.org/feed');
    for (let i = 0; i < 10; i++) await limits.timedOut('https://news.example.org/feed');

    expect(await ask('too early')).toMatchObject({ retryAfterSeconds: 60 });
  });

  it('is asked as ever when it has few feeds, which fail one by one over a long time', async () => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < 20; i++) {
      pass(5 * 60_000);
      await limits.timedOut('https://news.example.org/feed');
    }

    expect(await ask('as ever')).toBeUndefined();
  });

  it('is left alone although its ten requests took some minutes', async () => {
    const { limits, ask, pass } = aHostWith();
    for (let i = 0; i < 10; i++) {
      pass(60_000);
      await limits.timedOut('https://news.example.org/feed');
    }

    expect(await ask('too early')).toMatchObject({ kind: 'throttled' });
  });

  it('is asked as ever as soon as it has answered once', async () => {
    const { limits, ask } = aHostWith();
    for (let i = 0; i < 9; i++) await limits.timedOut('https://news.example.org/feed');
    limits.answered('https://news.example.org/other');
    await limits.timedOut('https://news.example.org/feed');

    expect(await ask('as ever')).toBeUndefined();
  });

  it('is the one that was asked last, not the one that led there', async () => {
    const web = await serveWeb((request, response) => {
      if (request.url === '/go') response.writeHead(302, { location: `http://localhost:${web.port}/silent` }).end();
    });
    const silent: string[] = [];
    const answered: string[] = [];
    const none = createHostLimits();
    const { fetch } = openWeb(
      { contact: '', fetch: { allowHosts: [web.pair, `localhost:${web.port}`] } },
      {
        limits: { headersMs: 500 },
        hostLimits: {
          ...none,
          timedOut: async (url) => void silent.push(url),
          answered: (url) => void answered.push(url),
        },
      },
    );

    const failure = await fetch.get({ url: `${web.origin}/go`, maxBytes: 100 }).catch((error) => error);
    fetch.close();
    await web.close();

    expect(failure).toMatchObject({ kind: 'timeout' });
    expect(answered).toEqual([`${web.origin}/go`]);
    expect(silent).toEqual([`http://localhost:${web.port}/silent`]);
  });
});
