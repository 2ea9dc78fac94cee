// Waiting politely: at most two connections to a host, a second between two requests, and silence where a host asked for it.
// Remembered within the process and, where a store is given, among all processes (shared-host-pace.ts). What must outlive both (a feed's
// "not before") is stored with the feed.

import { NoTurnError } from '../../shared/core/errors.ts';
import { MINUTE_MS, MINUTE_SECONDS, SECOND_MS } from '../../shared/core/time.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import type { HostPace, PaceRules } from '../../shared/net/host-pace.ts';
import { afterEnd, afterPause, decideStart, idlePace, isForgettable, POLITE } from '../../shared/net/host-pace.ts';
import type { AllowedHosts, FetchTarget } from '../../shared/net/target-rules.ts';
import type { HostPaceStore } from '../../shared/ports.ts';
import { fetchFailure } from './failures.ts';
import { SharedHostPaces, type SharedMode } from './shared-host-pace.ts';

/** Hosts remembered at once; over this, those with nothing to remember are dropped. */
const MAX_HOSTS = 5000;
/** Requests in a row without an answer in time after which a host is left alone, so that its feeds do not hold up the others. */
const MOST_TIMEOUTS = 10;
/** A moment's outage is over after the first rest; each rest that ends in silence again is followed by one twice as long, up to the longest. */
const FIRST_REST_SECONDS = MINUTE_SECONDS;
const LONGEST_REST_SECONDS = 15 * MINUTE_SECONDS;
/** Timeouts within this time count together. The only feed of a host, failing once in five minutes, does not delay any other. */
const TOGETHER_MS = 10 * MINUTE_MS;
/** When a request that had no turn is worth another try. */
const BUSY_RETRY_SECONDS = MINUTE_SECONDS;

/** Longest wait for a turn where nothing else is set: shorter than a message of a queue is hidden from others. */
export const MAX_WAIT_MS = 5 * MINUTE_MS;

export interface TurnRequest {
  /** Longest wait for a turn; unlimited if it is missing. */
  readonly maxWaitMs?: number;
  /** How other processes are taken into account; if it is missing, they are not. */
  readonly mode?: SharedMode;
}

export interface HostLimits {
  /**
   * Waits until a request to the target's host may start; call the returned function when the request is over.
   * Throws FetchFailedError (`throttled`, with the seconds left) while the host has asked for silence, and NoTurnError when no turn
   * came within `maxWaitMs`.
   */
  acquire(target: FetchTarget, turn?: TurnRequest): Promise<() => Promise<void>>;
  /** The host of this URL asked not to be asked again for so many seconds. */
  pause(url: string, seconds: number): Promise<void>;
  /**
   * The host of this URL, or the name servers for it, did not answer in time. After ten such requests in a row, within ten minutes, it is left
   * alone for a minute, then for twice as long after each further silence, up to a quarter of an hour.
   */
  timedOut(url: string): Promise<void>;
  /** The host of this URL answered, whatever it said. */
  answered(url: string): void;
}

export interface HostLimitsOptions extends Partial<PaceRules> {
  /** HOST:PORT pairs that may be asked as fast as they answer: loopback servers of one's own. */
  readonly exempt?: AllowedHosts;
  /** Where the pace of all processes is kept; without it, each process keeps its own. */
  readonly store?: HostPaceStore;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

interface HostQueue {
  pace: HostPace;
  timeouts: number;
  /** The first of these timeouts. */
  timeoutsSince: number;
  /** Times it was left alone since it last answered, and when the last of them ends. */
  rests: number;
  restsUntil: number;
  /** Requests that are waiting for their turn. */
  queued: number;
  /** Wakes the request that waits for a connection to end. */
  waiting: (() => void) | null;
  /** The requests of a host decide one after the other, so that no two take the same slot. */
  turn: Promise<unknown>;
}

export function createHostLimits(options: HostLimitsOptions = {}): HostLimits {
  const limits = new ProcessHostLimits(options);
  return {
    acquire: (target, turn) => limits.acquire(target, turn),
    pause: (url, seconds) => limits.pause(url, seconds),
    timedOut: (url) => limits.timedOut(url),
    answered: (url) => limits.answered(url),
  };
}

class ProcessHostLimits implements HostLimits {
  readonly #exempt: AllowedHosts;
  readonly #rules: PaceRules;
  readonly #now: () => number;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #shared: SharedHostPaces | null;
  readonly #hosts = new Map<string, HostQueue>();

  constructor(options: HostLimitsOptions) {
    const { exempt = new Set<string>(), now = Date.now, wait = sleep, store } = options;
    const { maxConnections = POLITE.maxConnections, minGapMs = POLITE.minGapMs } = options;
    this.#exempt = exempt;
    this.#rules = { maxConnections, minGapMs };
    this.#now = now;
    this.#wait = wait;
    this.#shared = store === undefined ? null : new SharedHostPaces(store, this.#rules, { now, wait });
  }

  async acquire(target: FetchTarget, { maxWaitMs, mode }: TurnRequest = {}): Promise<() => Promise<void>> {
    const host = this.#hostOf(target.host);
    if (this.#exempt.has(pairOf(target))) {
      this.#refuseWhilePaused(host, target);
      return async () => {};
    }
    const until = this.#now() + (maxWaitMs ?? Number.POSITIVE_INFINITY);
    host.queued += 1;
    const myTurn = host.turn
      .then(() => this.#takeSlot(host, target, until))
      .then(() => this.#joinOthers(host, target, until, mode))
      .then((lease) => {
        // The second counts from here: looking and booking took a moment.
        host.pace = { ...host.pace, freeAt: this.#now() + this.#rules.minGapMs };
        return lease;
      })
      .finally(() => {
        host.queued -= 1;
      });
    host.turn = myTurn.catch(() => {});
    const lease = await myTurn;
    return once(async () => {
      if (lease !== null) await this.#shared?.release(target.host, lease);
      leave(host);
    });
  }

  pause(url: string, seconds: number): Promise<void> {
    return this.#rest(hostNameOf(url), seconds);
  }

  async timedOut(url: string): Promise<void> {
    const name = hostNameOf(url);
    const host = this.#hostOf(name);
    const now = this.#now();
    if (host.timeouts < MOST_TIMEOUTS && now - host.timeoutsSince > TOGETHER_MS) host.timeouts = 0;
    if (host.timeouts === 0) host.timeoutsSince = now;
    host.timeouts += 1;
    // Requests that were under way when the rest began are no new sign.
    if (host.timeouts < MOST_TIMEOUTS || now < host.restsUntil) return;
    const seconds = Math.min(LONGEST_REST_SECONDS, FIRST_REST_SECONDS * 2 ** host.rests);
    host.rests += 1;
    host.restsUntil = now + seconds * SECOND_MS;
    await this.#rest(name, seconds);
  }

  answered(url: string): void {
    const host = this.#hostOf(hostNameOf(url));
    host.timeouts = 0;
    host.rests = 0;
  }

  async #takeSlot(host: HostQueue, target: FetchTarget, until: number): Promise<void> {
    for (;;) {
      const decision = decideStart(host.pace, this.#now(), this.#rules);
      if (decision.kind === 'start') {
        host.pace = decision.pace;
        return;
      }
      if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
      const leftMs = until - this.#now();
      if (leftMs <= 0 || (decision.kind === 'wait' && decision.ms > leftMs)) throw busy(target);
      if (decision.kind === 'wait') await this.#wait(decision.ms);
      else await this.#connectionEnd(host, leftMs);
    }
  }

  /** Only one request of a host waits here at a time: the others wait for its turn. */
  async #connectionEnd(host: HostQueue, atMostMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      host.waiting = resolve;
    });
    await (Number.isFinite(atMostMs) ? Promise.race([ended, this.#wait(atMostMs)]) : ended);
    host.waiting = null;
  }

  /** The slot of this process is taken; now the one among all. Null: nothing is to be released in the store. */
  async #joinOthers(
    host: HostQueue,
    target: FetchTarget,
    until: number,
    mode: SharedMode | undefined,
  ): Promise<number | null> {
    if (this.#shared === null || mode === undefined) return null;
    try {
      const turn = await this.#shared.acquire(target.host, until, mode);
      if (turn.kind === 'granted') return turn.lease;
      if (turn.kind === 'late') throw busy(target);
      host.pace = afterPause(host.pace, this.#now(), turn.ms / SECOND_MS);
      throw paused(target, turn.ms, false);
    } catch (error) {
      leave(host);
      throw error;
    }
  }

  #refuseWhilePaused(host: HostQueue, target: FetchTarget): void {
    const decision = decideStart({ ...idlePace, pausedUntil: host.pace.pausedUntil }, this.#now(), this.#rules);
    if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
  }

  #hostOf(name: string): HostQueue {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    if (this.#hosts.size >= MAX_HOSTS) this.#forgetIdle();
    const host: HostQueue = {
      pace: idlePace,
      timeouts: 0,
      timeoutsSince: 0,
      rests: 0,
      restsUntil: 0,
      queued: 0,
      waiting: null,
      turn: Promise.resolve(),
    };
    this.#hosts.set(name, host);
    return host;
  }

  #forgetIdle(): void {
    for (const [name, { pace, queued, timeouts }] of this.#hosts) {
      if (queued === 0 && timeouts === 0 && isForgettable(pace, this.#now())) this.#hosts.delete(name);
    }
  }

  async #rest(name: string, seconds: number): Promise<void> {
    const host = this.#hostOf(name);
    host.pace = afterPause(host.pace, this.#now(), seconds);
    await this.#shared?.pause(name, seconds);
  }
}

function leave(host: HostQueue): void {
  host.pace = afterEnd(host.pace);
  host.waiting?.();
}

const hostNameOf = (url: string): string => (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$|\.$/g, '');

const paused = (target: FetchTarget, ms: number, isSilent: boolean) =>
  fetchFailure(
    'throttled',
    target.url,
    isSilent
      ? `the host ${target.host} did not answer ${MOST_TIMEOUTS} requests in a row and is left alone for ${Math.ceil(ms / SECOND_MS)} s`
      : `the host ${target.host} asked for a pause, which ends in ${Math.ceil(ms / SECOND_MS)} s`,
    {
      cure: 'Nothing to do: it is asked again afterwards.',
      retryAfterSeconds: Math.ceil(ms / SECOND_MS),
    },
  );

function busy({ url, host }: FetchTarget): NoTurnError {
  const shown = displayUrl(url);
  const happened = `the host ${host} is slow or has many requests waiting, and no turn came in time`;
  const message = `${shown}: ${happened}. Nothing to do: it will be asked again soon.`;
  return new NoTurnError(shown, message, BUSY_RETRY_SECONDS, happened);
}

const pairOf = ({ host, port }: FetchTarget): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= action();
    return done;
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
