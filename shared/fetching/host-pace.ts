// The arithmetic of politeness towards one host: how many connections at once, how long between two requests, how long to stay away.
// Pure: a pace and an instant (milliseconds) in, the next pace out. The waiting is done in adapters/http/host-limits.ts.

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
  if (pace.pausedUntil > now) return { kind: 'paused', ms: pace.pausedUntil - now };
  if (pace.active >= rules.maxConnections) return { kind: 'wait-for-end' };
  // A clock that was set back must not hold a host for longer than one gap.
  const waitMs = Math.min(pace.freeAt - now, rules.minGapMs);
  if (waitMs > 0) return { kind: 'wait', ms: waitMs };
  return { kind: 'start', pace: { ...pace, active: pace.active + 1, freeAt: now + rules.minGapMs } };
}

export const afterEnd = (pace: HostPace): HostPace => ({ ...pace, active: Math.max(pace.active - 1, 0) });

/** The longer pause wins: two feeds of one host may be told different times. */
export const afterPause = (pace: HostPace, now: number, seconds: number): HostPace => ({
  ...pace,
  pausedUntil: Math.max(pace.pausedUntil, now + seconds * 1000),
});

/** True when nothing needs to be remembered of the host any more. */
export const isForgettable = (pace: HostPace, now: number): boolean =>
  pace.active === 0 && pace.freeAt <= now && pace.pausedUntil <= now;
