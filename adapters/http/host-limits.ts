// Waiting politely: at most two connections to a host, a second between two requests, and silence where a host asked for it.
// Remembered within the process and, where a store is given, among all processes: on AWS many functions ask at the same time.
// The store is told of what would otherwise be many requests at once (pages), and asked by all. What must outlive both (a feed's
// "not before") is stored with the feed.
import { NoTurnError } from '../../shared/core/errors.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import type { HostPace, PaceRules, SharedPace } from '../../shared/net/host-pace.ts';
import {
  afterEnd,
  afterPause,
  decideStart,
  decideTogether,
  idlePace,
  isForgettable,
  POLITE,
  pausedTogether,
  withoutLease,
} from '../../shared/net/host-pace.ts';
import type { AllowedHosts, FetchTarget } from '../../shared/net/target-rules.ts';
import type { HostPaceStore } from '../../shared/ports.ts';
import { fetchFailure } from './failures.ts';

/** Hosts remembered at once; over this, those with nothing to remember are dropped. */
const MAX_HOSTS = 5000;
/** Requests in a row without an answer in time after which a host is left alone, so that its feeds do not hold up the others. */
const MOST_TIMEOUTS = 10;
/** A moment's outage is over after the first rest; each rest that ends in silence again is followed by one twice as long, up to the longest. */
const FIRST_REST_SECONDS = 60;
const LONGEST_REST_SECONDS = 15 * 60;
/** Timeouts within this time count together. The only feed of a host, failing once in five minutes, does not delay any other. */
const TOGETHER_MS = 10 * 60_000;
/** The deadline of a fetch and a little more: for so long a request counts as under way when its process has died. */
const LEASE_MS = 25_000;
/** Between two looks at the store while others hold both connections. */
const LOOK_AGAIN_MS = 500;
/** Looks are spread by up to this, so that processes that wait for the same host do not meet each time. */
const JITTER_MS = 100;
/** What is known of a host is forgotten in a day, the longest pause. */
const KEPT_SECONDS = 25 * 60 * 60;
/** What booking takes lies between the decision and the request; so much more is kept between two decisions. */
const BOOKING_MS = 100;
const TRIES_TO_TELL = 5;
/** When a request that had no turn is worth another try. */
const BUSY_RETRY_SECONDS = 60;

/** Longest wait for a turn where nothing else is said: shorter than a message of a queue is hidden from others. */
export const TURN_WAIT_MS = 5 * 60_000;

export interface Patience {
  /** Longest wait for a turn; without end where it is missing. */
  readonly waitMs?: number;
  /** `book`: the request counts for all processes. `look`: it heeds what others have booked. Missing: this process only. */
  readonly together?: 'book' | 'look';
}

export interface HostLimits {
  /**
   * Waits until a request to the target's host may start; call what it gives when the request is over.
   * Throws FetchFailedError (`throttled`, with the seconds left) while the host has asked for silence, and NoTurnError when no turn
   * came within the patience.
   */
  enter(target: FetchTarget, patience?: Patience): Promise<() => Promise<void>>;
  /** The host of this URL asked not to be asked again for so many seconds. */
  pause(url: string, seconds: number): Promise<void>;
  /**
   * The host of this URL, or the name servers for it, did not answer in time. After ten such requests in a row, within ten minutes, it is left
   * alone for a minute, then for twice as long after each further silence, up to a quarter of an hour.
   */
  timedOut(url: string): Promise<void>;
  /** The host of this URL answered, whatever it said. */
  answered(url: string): void;
  /** From now on other processes are taken into account. */
  shareThrough(store: HostPaceStore): void;
}

export interface HostLimitsOptions extends Partial<PaceRules> {
  /** HOST:PORT pairs that may be asked as fast as they answer: loopback servers of one's own. */
  readonly exempt?: AllowedHosts;
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
  const { exempt = new Set<string>(), now = Date.now, wait = sleep } = options;
  const rules: PaceRules = {
    maxConnections: options.maxConnections ?? POLITE.maxConnections,
    minGapMs: options.minGapMs ?? POLITE.minGapMs,
  };
  const rulesTogether: PaceRules = { ...rules, minGapMs: rules.minGapMs + BOOKING_MS };
  const hosts = new Map<string, HostQueue>();
  let store: HostPaceStore | null = null;

  async function enter(target: FetchTarget, patience: Patience = {}): Promise<() => Promise<void>> {
    const host = hostOf(target.host);
    if (exempt.has(pairOf(target))) {
      refuseWhilePaused(host, target);
      return async () => {};
    }
    const until = now() + (patience.waitMs ?? Number.POSITIVE_INFINITY);
    host.queued += 1;
    const myTurn = host.turn
      .then(() => takeSlot(host, target, until))
      .then(() => joinOthers(host, target, until, patience.together))
      .then((lease) => {
        // The second counts from here: looking and booking took a moment.
        host.pace = { ...host.pace, freeAt: now() + rules.minGapMs };
        return lease;
      })
      .finally(() => {
        host.queued -= 1;
      });
    host.turn = myTurn.catch(() => {});
    const lease = await myTurn;
    return once(async () => {
      if (lease !== null) await tell(target.host, (pace) => withoutLease(pace, lease));
      leave(host);
    });
  }

  async function takeSlot(host: HostQueue, target: FetchTarget, until: number): Promise<void> {
    for (;;) {
      const decision = decideStart(host.pace, now(), rules);
      if (decision.kind === 'start') {
        host.pace = decision.pace;
        return;
      }
      if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
      const leftMs = until - now();
      if (leftMs <= 0 || (decision.kind === 'wait' && decision.ms > leftMs)) throw busy(target);
      if (decision.kind === 'wait') await wait(decision.ms);
      else await connectionEnd(host, leftMs);
    }
  }

  /** Only one request of a host waits here at a time: the others wait for its turn. */
  async function connectionEnd(host: HostQueue, atMostMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      host.waiting = resolve;
    });
    await (Number.isFinite(atMostMs) ? Promise.race([ended, wait(atMostMs)]) : ended);
    host.waiting = null;
  }

  /** The slot of this process is taken; now the one among all. Null: nobody need be told when the request is over. */
  async function joinOthers(
    host: HostQueue,
    target: FetchTarget,
    until: number,
    together: Patience['together'],
  ): Promise<number | null> {
    try {
      while (store !== null && together !== undefined) {
        const known = await readOf(store, target.host);
        if (known === null) return null;
        const decision = decideTogether(known.pace, now(), rulesTogether, LEASE_MS);
        if (decision.kind === 'paused') {
          host.pace = afterPause(host.pace, now(), decision.ms / 1000);
          throw paused(target, decision.ms, false);
        }
        if (decision.kind === 'start') {
          if (together === 'look' || (await replaceIn(store, target.host, decision.pace, known.version))) {
            return together === 'look' ? null : decision.lease;
          }
          await wait(Math.random() * JITTER_MS);
        } else {
          const ms = (decision.kind === 'wait' ? decision.ms : LOOK_AGAIN_MS) + Math.random() * JITTER_MS;
          if (now() + ms > until) throw busy(target);
          await wait(ms);
        }
      }
      return null;
    } catch (error) {
      leave(host);
      throw error;
    }
  }

  /** A store that fails makes nobody impolite: each process still keeps the pace of its own requests. */
  const readOf = (from: HostPaceStore, host: string, newest = false) => from.read(host, { newest }).catch(() => null);
  const replaceIn = (into: HostPaceStore, host: string, pace: SharedPace, version: number): Promise<boolean> =>
    into.replace(host, pace, version, Math.floor(now() / 1000) + KEPT_SECONDS).catch(() => true);

  async function tell(host: string, change: (pace: SharedPace) => SharedPace): Promise<void> {
    for (let tries = 0; store !== null && tries < TRIES_TO_TELL; tries += 1) {
      // What is a moment old may lack the very booking that is to be taken back.
      const known = await readOf(store, host, true);
      if (known === null) return;
      const pace = change(known.pace);
      if (pace === known.pace || (await replaceIn(store, host, pace, known.version))) return;
      await wait(Math.random() * JITTER_MS);
    }
  }

  function leave(host: HostQueue): void {
    host.pace = afterEnd(host.pace);
    host.waiting?.();
  }

  function refuseWhilePaused(host: HostQueue, target: FetchTarget): void {
    const decision = decideStart({ ...idlePace, pausedUntil: host.pace.pausedUntil }, now(), rules);
    if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
  }

  function hostOf(name: string): HostQueue {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    if (hosts.size >= MAX_HOSTS) forgetIdle();
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
    hosts.set(name, host);
    return host;
  }

  function forgetIdle(): void {
    for (const [name, { pace, queued, timeouts }] of hosts) {
      if (queued === 0 && timeouts === 0 && isForgettable(pace, now())) hosts.delete(name);
    }
  }

  async function rest(name: string, seconds: number): Promise<void> {
    const host = hostOf(name);
    host.pace = afterPause(host.pace, now(), seconds);
    await tell(name, (pace) => pausedTogether(pace, now(), seconds));
  }

  return {
    enter,
    pause: (url, seconds) => rest(hostNameOf(url), seconds),
    timedOut: async (url) => {
      const name = hostNameOf(url);
      const host = hostOf(name);
      if (host.timeouts < MOST_TIMEOUTS && now() - host.timeoutsSince > TOGETHER_MS) host.timeouts = 0;
      if (host.timeouts === 0) host.timeoutsSince = now();
      host.timeouts += 1;
      // Requests that were under way when the rest began are no new sign.
      if (host.timeouts < MOST_TIMEOUTS || now() < host.restsUntil) return;
      const seconds = Math.min(LONGEST_REST_SECONDS, FIRST_REST_SECONDS * 2 ** host.rests);
      host.rests += 1;
      host.restsUntil = now() + seconds * 1000;
      await rest(name, seconds);
    },
    answered: (url) => {
      const host = hostOf(hostNameOf(url));
      host.timeouts = 0;
      host.rests = 0;
    },
    shareThrough: (given) => {
      store = given;
    },
  };
}

const hostNameOf = (url: string): string => (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$|\.$/g, '');

const paused = (target: FetchTarget, ms: number, isSilent: boolean) =>
  fetchFailure(
    'throttled',
    target.url,
    isSilent
      ? `the host ${target.host} did not answer ${MOST_TIMEOUTS} requests in a row and is left alone for ${Math.ceil(ms / 1000)} s`
      : `the host ${target.host} asked for a pause, which ends in ${Math.ceil(ms / 1000)} s`,
    {
      cure: 'Nothing to do: it is asked again afterwards.',
      retryAfterSeconds: Math.ceil(ms / 1000),
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
