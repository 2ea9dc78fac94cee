// The arithmetic of politeness towards one host: how many connections at once, how long between two requests, how long to stay away.
// Pure: a pace and an instant (milliseconds) in, the next pace out. The waiting is done in adapters/http/host-limits.ts.

import { HOUR_MS, SECOND_MS } from '../core/time.ts';

export interface PaceRules {
  readonly maxConnections: number;
  readonly minGapMs: number;
}

/** At most two connections to a host and a second between requests to it. */
export const POLITE: PaceRules = { maxConnections: 2, minGapMs: 1000 };

export interface HostPace {
  /** Requests under way. */
  readonly active: number;
  /** Earliest start of the next request. */
  readonly freeAt: number;
  /** The host asked not to be asked before this instant (Retry-After); 0 when it did not. */
  readonly pausedUntil: number;
}

export const idlePace: HostPace = { active: 0, freeAt: 0, pausedUntil: 0 };

/** What a request that wants to start now must do: go, wait this long, wait for a connection to end, or stay away. */
export type PaceDecision =
  | { readonly kind: 'start'; readonly pace: HostPace }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'wait-for-end' }
  | { readonly kind: 'paused'; readonly ms: number };

export function decideStart(pace: HostPace, now: number, rules: PaceRules): PaceDecision {
  const pausedUntil = believablePause(pace.pausedUntil, now);
  if (pausedUntil > now) return { kind: 'paused', ms: pausedUntil - now };
  if (pace.active >= rules.maxConnections) return { kind: 'wait-for-end' };
  // Further ahead than any gap means that it was written before the clock was set back; believing it would block the host for that long.
  const waitMs = pace.freeAt > now + 2 * rules.minGapMs ? 0 : pace.freeAt - now;
  if (waitMs > 0) return { kind: 'wait', ms: waitMs };
  return { kind: 'start', pace: { ...pace, active: pace.active + 1, freeAt: now + rules.minGapMs } };
}

export const afterEnd = (pace: HostPace): HostPace => ({ ...pace, active: Math.max(pace.active - 1, 0) });

/** The longer pause wins: two feeds of one host may be given different times. */
export const afterPause = (pace: HostPace, now: number, seconds: number): HostPace => ({
  ...pace,
  pausedUntil: Math.max(believablePause(pace.pausedUntil, now), now + seconds * SECOND_MS),
});

/**
 * What all processes together keep towards a host. A request in progress is recorded with its latest possible end, so that one whose process
 * has died expires.
 */
export interface SharedPace {
  /** Milliseconds since 1970, one for each request under way. */
  readonly leases: readonly number[];
  readonly freeAt: number;
  readonly pausedUntil: number;
}

export const idleSharedPace: SharedPace = { leases: [], freeAt: 0, pausedUntil: 0 };

export type SharedDecision =
  | { readonly kind: 'start'; readonly pace: SharedPace; readonly lease: number }
  | Exclude<PaceDecision, { readonly kind: 'start' }>;

/** As `decideStart`, for one request among those of all processes. What a clock that ran ahead has written is not believed. */
export function decideShared(shared: SharedPace, now: number, rules: PaceRules, leaseMs: number): SharedDecision {
  const leases = shared.leases.filter((end) => end > now && end <= now + 2 * leaseMs);
  const pausedUntil = believablePause(shared.pausedUntil, now);
  const decision = decideStart({ active: leases.length, freeAt: shared.freeAt, pausedUntil }, now, rules);
  if (decision.kind !== 'start') return decision;
  const lease = now + leaseMs;
  return { kind: 'start', lease, pace: { leases: [...leases, lease], freeAt: decision.pace.freeAt, pausedUntil } };
}

export function withoutLease(shared: SharedPace, lease: number): SharedPace {
  const at = shared.leases.indexOf(lease);
  return at === -1 ? shared : { ...shared, leases: shared.leases.toSpliced(at, 1) };
}

export const afterSharedPause = (shared: SharedPace, now: number, seconds: number): SharedPace => ({
  ...shared,
  pausedUntil: Math.max(believablePause(shared.pausedUntil, now), now + seconds * SECOND_MS),
});

const believablePause = (pausedUntil: number, now: number): number =>
  pausedUntil > now + LONGEST_PAUSE_MS ? 0 : pausedUntil;

/** Retry-After is taken for a day at most, and an instant further off was written by a clock that ran ahead. */
const LONGEST_PAUSE_MS = 25 * HOUR_MS;

/** True when nothing needs to be remembered of the host any more. */
export const isForgettable = (pace: HostPace, now: number): boolean =>
  pace.active === 0 && pace.freeAt <= now && pace.pausedUntil <= now;
