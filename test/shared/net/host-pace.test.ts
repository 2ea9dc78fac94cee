// When a request to a host may start. All times in milliseconds.
import {
  afterEnd,
  afterPause,
  afterSharedPause,
  decideShared,
  decideStart,
  idlePace,
  idleSharedPace,
  isForgettable,
  POLITE,
  withoutLease,
} from '../../../shared/net/host-pace.ts';

const NOW = 1_000_000;
const HOUR = 3_600_000;
const RULES = { maxConnections: 2, minGapMs: 1_000 };

describe('a request to a host', () => {
  it('starts at once where nothing is under way, and keeps the next one waiting for the gap', () => {
    const first = decideStart(idlePace, NOW, RULES);

    expect(first).toEqual({ kind: 'start', pace: { active: 1, freeAt: NOW + 1_000, pausedUntil: 0 } });
    expect(decideStart({ active: 1, freeAt: NOW + 1_000, pausedUntil: 0 }, NOW + 400, RULES)).toEqual({
      kind: 'wait',
      ms: 600,
    });
    expect(decideStart({ active: 1, freeAt: NOW + 1_000, pausedUntil: 0 }, NOW + 1_000, RULES).kind).toBe('start');
  });

  it('waits for the end of another where as many are under way as may be', () => {
    expect(decideStart({ active: 2, freeAt: 0, pausedUntil: 0 }, NOW, RULES)).toEqual({ kind: 'wait-for-end' });
    expect(decideStart({ active: 1, freeAt: 0, pausedUntil: 0 }, NOW, RULES).kind).toBe('start');
  });

  it('stays away while the host wants to be left alone, and no longer', () => {
    const paused = afterPause(idlePace, NOW, 60);

    expect(decideStart(paused, NOW, RULES)).toEqual({ kind: 'paused', ms: 60_000 });
    expect(decideStart(paused, NOW + 59_999, RULES)).toEqual({ kind: 'paused', ms: 1 });
    expect(decideStart(paused, NOW + 60_000, RULES).kind).toBe('start');
  });

  it('does not believe times that a clock ahead of ours has written', () => {
    const at = (freeAt: number, pausedUntil: number) =>
      decideStart({ active: 0, freeAt, pausedUntil }, NOW, RULES).kind;

    expect(at(NOW + 2_000, 0)).toBe('wait');
    expect(at(NOW + 2_001, 0)).toBe('start');
    expect(at(0, NOW + 25 * HOUR)).toBe('paused');
    expect(at(0, NOW + 25 * HOUR + 1)).toBe('start');
  });
});

it('a strange host is asked over two connections at most, once a second', () => {
  expect(POLITE).toEqual({ maxConnections: 2, minGapMs: 1_000 });
});

it('of a host that was never asked nothing is under way, due or paused', () => {
  expect(idlePace).toEqual({ active: 0, freeAt: 0, pausedUntil: 0 });
  expect(idleSharedPace).toEqual({ leases: [], freeAt: 0, pausedUntil: 0 });
});

describe('a request among those of all processes', () => {
  const LEASE = 30_000;
  const decide = (leases: readonly number[], more: { readonly freeAt?: number; readonly pausedUntil?: number } = {}) =>
    decideShared({ ...idleSharedPace, ...more, leases }, NOW, RULES, LEASE);

  it('starts with a lease until its latest end, beside the others', () => {
    expect(decide([NOW + 5])).toEqual({
      kind: 'start',
      lease: NOW + LEASE,
      pace: { leases: [NOW + 5, NOW + LEASE], freeAt: NOW + RULES.minGapMs, pausedUntil: 0 },
    });
  });

  it('waits for the gap, for the end of another, or for the end of the pause', () => {
    expect(decide([], { freeAt: NOW + 400 })).toEqual({ kind: 'wait', ms: 400 });
    expect(decide([NOW + 1, NOW + 2])).toEqual({ kind: 'wait-for-end' });
    expect(decide([], { pausedUntil: NOW + 7_000 })).toEqual({ kind: 'paused', ms: 7_000 });
  });

  it.each([
    ['is under way for another millisecond', NOW + 1, 'wait-for-end'],
    ['should have ended by now, since its process may have died', NOW, 'start'],
    ['may have been written by a clock that was a lease ahead', NOW + 2 * LEASE, 'wait-for-end'],
    ['was written by a clock that ran further ahead', NOW + 2 * LEASE + 1, 'start'],
  ])('beside one that %s', (_what, end, kind) => {
    expect(decide([end, end]).kind).toBe(kind);
  });

  it('forgets leases and a pause that are not believed', () => {
    expect(decide([NOW, NOW + 9 * LEASE], { pausedUntil: NOW + 26 * HOUR })).toMatchObject({
      pace: { leases: [NOW + LEASE], pausedUntil: 0 },
    });
  });
});

it('of two pauses the longer one counts', () => {
  const long = afterPause({ active: 1, freeAt: 7, pausedUntil: 0 }, NOW, 600);

  expect(long).toEqual({ active: 1, freeAt: 7, pausedUntil: NOW + 600_000 });
  expect(afterPause(long, NOW, 60).pausedUntil).toBe(NOW + 600_000);
  expect(afterPause(long, NOW, 900).pausedUntil).toBe(NOW + 900_000);
  expect(afterPause({ ...idlePace, pausedUntil: NOW + 26 * HOUR }, NOW, 60).pausedUntil).toBe(NOW + 60_000);
});

it('of two pauses the longer one counts for all processes', () => {
  const long = afterSharedPause({ leases: [5], freeAt: 7, pausedUntil: 0 }, NOW, 600);

  expect(long).toEqual({ leases: [5], freeAt: 7, pausedUntil: NOW + 600_000 });
  expect(afterSharedPause(long, NOW, 60).pausedUntil).toBe(NOW + 600_000);
  expect(afterSharedPause(long, NOW, 900).pausedUntil).toBe(NOW + 900_000);
  expect(afterSharedPause({ ...idleSharedPace, pausedUntil: NOW + 26 * HOUR }, NOW, 60).pausedUntil).toBe(NOW + 60_000);
});

it('a connection that ends makes room for one, and never for more than there are', () => {
  expect(afterEnd({ active: 2, freeAt: 5, pausedUntil: 6 })).toEqual({ active: 1, freeAt: 5, pausedUntil: 6 });
  expect(afterEnd(idlePace).active).toBe(0);
});

it('a host is forgotten once nothing is under way, due or paused', () => {
  expect(isForgettable({ active: 0, freeAt: NOW, pausedUntil: NOW }, NOW)).toBe(true);
  expect(isForgettable({ active: 1, freeAt: 0, pausedUntil: 0 }, NOW)).toBe(false);
  expect(isForgettable({ active: 0, freeAt: NOW + 1, pausedUntil: 0 }, NOW)).toBe(false);
  expect(isForgettable({ active: 0, freeAt: 0, pausedUntil: NOW + 1 }, NOW)).toBe(false);
});

it('a request that ends gives back its own lease only', () => {
  const shared = { leases: [5, 7, 7], freeAt: 1, pausedUntil: 2 };

  expect(withoutLease(shared, 7)).toEqual({ ...shared, leases: [5, 7] });
  expect(withoutLease(shared, 6)).toEqual(shared);
});
