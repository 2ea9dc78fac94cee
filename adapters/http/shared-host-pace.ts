// The pace towards a host among all processes, kept in a store: on AWS many functions ask at the same time. Requests that come many at
// once (pages) reserve their turn there; others only observe what is reserved.
import { epochSeconds, HOUR_SECONDS } from '../../shared/core/time.ts';
import type { PaceRules, SharedPace } from '../../shared/net/host-pace.ts';
import { afterSharedPause, decideShared, withoutLease } from '../../shared/net/host-pace.ts';
import type { HostPaceStore } from '../../shared/ports.ts';

/** The deadline of a fetch and a little more: for so long a request counts as under way when its process has died. */
const LEASE_MS = 25_000;
/** Between two reads of the store while others hold both connections. */
const READ_AGAIN_MS = 500;
/** Reads are spread by up to this, so that processes that wait for the same host do not meet each time. */
const JITTER_MS = 100;
/** What is known of a host is forgotten in a day, the longest pause. */
const KEPT_SECONDS = 25 * HOUR_SECONDS;
/** The time that a reservation takes lies between the decision and the request; so much more is kept between two decisions. */
const RESERVING_MS = 100;
const TRIES_TO_RECORD = 5;

/** `reserve`: the request counts for all processes. `observe`: it heeds what others have reserved. */
export type SharedMode = 'reserve' | 'observe';

export type SharedTurn =
  /** `lease`: to be released when the request is over; null where nothing was reserved. */
  | { readonly kind: 'granted'; readonly lease: number | null }
  /** No turn would come in time. */
  | { readonly kind: 'late' }
  /** The host has asked for silence, for so many milliseconds more. */
  | { readonly kind: 'paused'; readonly ms: number };

const FREE: SharedTurn = { kind: 'granted', lease: null };

/** A store that fails makes no process impolite: each still keeps the pace of its own requests. */
export class SharedHostPaces {
  readonly #store: HostPaceStore;
  readonly #rules: PaceRules;
  readonly #now: () => number;
  readonly #wait: (ms: number) => Promise<void>;

  /** `now`: milliseconds since 1970. */
  constructor(
    store: HostPaceStore,
    rules: PaceRules,
    time: { readonly now: () => number; readonly wait: (ms: number) => Promise<void> },
  ) {
    this.#store = store;
    this.#rules = { ...rules, minGapMs: rules.minGapMs + RESERVING_MS };
    this.#now = time.now;
    this.#wait = time.wait;
  }

  /** Waits for a turn with the host, at most until `until`. */
  async acquire(host: string, until: number, mode: SharedMode): Promise<SharedTurn> {
    for (;;) {
      const known = await this.#read(host);
      if (known === null) return FREE;
      const decision = decideShared(known.pace, this.#now(), this.#rules, LEASE_MS);
      if (decision.kind === 'paused') return { kind: 'paused', ms: decision.ms };
      if (decision.kind === 'start') {
        if (mode === 'observe') return FREE;
        if (await this.#replace(host, decision.pace, known.version)) return { kind: 'granted', lease: decision.lease };
        await this.#wait(Math.random() * JITTER_MS);
      } else {
        const ms = (decision.kind === 'wait' ? decision.ms : READ_AGAIN_MS) + Math.random() * JITTER_MS;
        if (this.#now() + ms > until) return { kind: 'late' };
        await this.#wait(ms);
      }
    }
  }

  release(host: string, lease: number): Promise<void> {
    return this.#record(host, (pace) => withoutLease(pace, lease));
  }

  pause(host: string, seconds: number): Promise<void> {
    return this.#record(host, (pace) => afterSharedPause(pace, this.#now(), seconds));
  }

  async #record(host: string, change: (pace: SharedPace) => SharedPace): Promise<void> {
    for (let tries = 0; tries < TRIES_TO_RECORD; tries += 1) {
      // What is a moment old may lack the very reservation that is to be taken back.
      const known = await this.#read(host, true);
      if (known === null) return;
      const pace = change(known.pace);
      if (pace === known.pace || (await this.#replace(host, pace, known.version))) return;
      await this.#wait(Math.random() * JITTER_MS);
    }
  }

  #read(host: string, newest = false) {
    return this.#store.read(host, { newest }).catch(() => null);
  }

  #replace(host: string, pace: SharedPace, version: number): Promise<boolean> {
    const expiresAt = epochSeconds(new Date(this.#now())) + KEPT_SECONDS;
    return this.#store.replace(host, pace, version, expiresAt).catch(() => true);
  }
}
