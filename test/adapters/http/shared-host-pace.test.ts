// The pace towards a host among all processes, on a store that records what it is asked.
import { jest } from '@jest/globals';
import { SharedHostPaces } from '../../../adapters/http/shared-host-pace.ts';
import { idleSharedPace, type SharedPace } from '../../../shared/net/host-pace.ts';

const HOST = 'news.example.org';
const RULES = { maxConnections: 2, minGapMs: 1_000 };
const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY_AND_HOUR_SECONDS = 25 * 3_600;

/** `refuse`: how many of the next writes lose against another process. `isBroken`: every write fails. */
function aStore(pace: SharedPace = idleSharedPace) {
  const store = {
    pace,
    version: 1,
    refuse: 0,
    isBroken: false,
    writes: [] as { readonly pace: SharedPace; readonly expiresAt: number }[],
    read: async () => ({ pace: store.pace, version: store.version }),
    replace: async (_host: string, next: SharedPace, version: number, expiresAt: number) => {
      if (store.isBroken) throw new Error('the store is away');
      store.writes.push({ pace: next, expiresAt });
      if (store.refuse > 0) {
        store.refuse -= 1;
        return false;
      }
      expect(version).toBe(store.version);
      store.pace = next;
      store.version += 1;
      return true;
    },
  };
  return store;
}

function paces(store: ReturnType<typeof aStore>) {
  const clock = { now: NOW };
  const shared = new SharedHostPaces(store, RULES, {
    now: () => clock.now,
    wait: async (ms) => {
      clock.now += ms;
    },
  });
  return { shared, clock };
}

describe('a turn with a host', () => {
  it('is reserved for as long as a fetch may take, and forgotten after a day and an hour', async () => {
    const store = aStore();

    const turn = await paces(store).shared.acquire(HOST, NOW, 'reserve');

    expect(turn).toEqual({ kind: 'granted', lease: NOW + 25_000 });
    expect(store.writes).toEqual([
      {
        pace: { leases: [NOW + 25_000], freeAt: NOW + 1_100, pausedUntil: 0 },
        expiresAt: NOW / 1_000 + DAY_AND_HOUR_SECONDS,
      },
    ]);
  });

  it('is late when it would come after the time that there is', async () => {
    const busy = { ...idleSharedPace, freeAt: NOW + 1_000 };

    expect(await paces(aStore(busy)).shared.acquire(HOST, NOW + 999, 'reserve')).toEqual({ kind: 'late' });
    expect(await paces(aStore(busy)).shared.acquire(HOST, NOW + 1_200, 'reserve')).toMatchObject({ kind: 'granted' });
  });

  it('is granted when the store cannot be written: no process is held up by it', async () => {
    const store = aStore();
    store.isBroken = true;

    expect(await paces(store).shared.acquire(HOST, NOW, 'reserve')).toMatchObject({ kind: 'granted' });
  });

  it('does not wait for a reservation that a clock wrote which ran ahead', async () => {
    const ahead = NOW + 24 * 3_600_000;
    const store = aStore({ ...idleSharedPace, leases: [ahead, ahead] });

    expect(await paces(store).shared.acquire(HOST, NOW, 'reserve')).toMatchObject({ kind: 'granted' });
    expect(store.pace.leases).toEqual([NOW + 25_000]);
  });
});

describe('a turn that is waited for', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const waitsOf = async (pace: SharedPace, random: number, refuse = 0): Promise<readonly number[]> => {
    jest.spyOn(Math, 'random').mockReturnValue(random);
    const store = aStore(pace);
    store.refuse = refuse;
    const clock = { now: NOW };
    const waits: number[] = [];
    const shared = new SharedHostPaces(store, RULES, {
      now: () => clock.now,
      wait: async (ms) => {
        waits.push(ms);
        clock.now += ms;
      },
    });
    await shared.acquire(HOST, NOW + 60_000, 'reserve');
    return waits;
  };

  it.each([
    [0, [1_000]],
    [1, [1_100]],
  ])('comes when the host is free, spread by a tenth of a second (%i)', async (random, waits) => {
    expect(await waitsOf({ ...idleSharedPace, freeAt: NOW + 1_000 }, random)).toEqual(waits);
  });

  it.each([
    [0, [500, 500]],
    [1, [600, 600]],
  ])('is looked for twice a second while both connections are in use (%i)', async (random, waits) => {
    const end = NOW + 1_000;

    expect(await waitsOf({ ...idleSharedPace, leases: [end, end] }, random)).toEqual(waits);
  });

  it('is asked for again soon when another process was faster', async () => {
    expect(await waitsOf(idleSharedPace, 1, 1)).toEqual([100, ...(await waitsOf(idleSharedPace, 1))]);
  });

  it('is late by the first millisecond', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const busy = { ...idleSharedPace, freeAt: NOW + 1_000 };

    expect(await paces(aStore(busy)).shared.acquire(HOST, NOW + 999, 'observe')).toEqual({ kind: 'late' });
    expect(await paces(aStore(busy)).shared.acquire(HOST, NOW + 1_000, 'observe')).toEqual({
      kind: 'granted',
      lease: null,
    });
  });
});

describe('a reservation that is given back', () => {
  const lease = NOW + 25_000;

  it('is taken out although other processes write in between', async () => {
    const store = aStore({ ...idleSharedPace, leases: [lease] });
    store.refuse = 4;

    await paces(store).shared.release(HOST, lease);

    expect(store.writes).toHaveLength(5);
    expect(store.pace.leases).toEqual([]);
  });

  it('is left to expire after five tries', async () => {
    const store = aStore({ ...idleSharedPace, leases: [lease] });
    store.refuse = 5;

    await paces(store).shared.release(HOST, lease);

    expect([store.writes.length, store.pace.leases]).toEqual([5, [lease]]);
  });

  it('costs no write when it is not there', async () => {
    const store = aStore();

    await paces(store).shared.release(HOST, lease);

    expect(store.writes).toEqual([]);
  });
});
