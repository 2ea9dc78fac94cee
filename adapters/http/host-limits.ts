// Waiting politely: at most two connections to a host, a second between two requests, and silence where a host asked for it.
// Remembered within the process; what must outlive it (a feed's "not before") is stored with the feed.
import type { HostPace, PaceRules } from '../../shared/fetching/host-pace.ts';
import { afterEnd, afterPause, decideStart, idlePace, isForgettable, POLITE } from '../../shared/fetching/host-pace.ts';
import type { AllowedHosts, FetchTarget } from '../../shared/fetching/target-rules.ts';
import { fetchFailure } from './failures.ts';

/** Hosts remembered at once; over this, those with nothing to remember are dropped. */
const MAX_HOSTS = 5000;
/** Requests in a row without an answer in time after which a host is left alone, so that its feeds do not hold up the others. */
const MOST_TIMEOUTS = 10;
const REST_SECONDS = 15 * 60;

export interface HostLimits {
  /**
   * Waits until a request to the target's host may start; call what it gives when the request is over.
   * Throws FetchFailedError (`throttled`, with the seconds left) while the host has asked for silence.
   */
  enter(target: FetchTarget): Promise<() => void>;
  /** The host of this URL asked not to be asked again for so many seconds. */
  pause(url: string, seconds: number): void;
  /** The host of this URL did not answer in time. After ten such requests in a row it is asked once in a quarter of an hour. */
  timedOut(url: string): void;
  /** The host of this URL answered, whatever it said. */
  answered(url: string): void;
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
  /** Requests that are waiting for their turn. */
  queued: number;
  /** Those waiting for a connection to end, first come first served. */
  readonly waiting: (() => void)[];
  /** The requests of a host decide one after the other, so that no two take the same slot. */
  turn: Promise<unknown>;
}

export function createHostLimits(options: HostLimitsOptions = {}): HostLimits {
  const { exempt = new Set<string>(), now = Date.now, wait = sleep } = options;
  const rules: PaceRules = {
    maxConnections: options.maxConnections ?? POLITE.maxConnections,
    minGapMs: options.minGapMs ?? POLITE.minGapMs,
  };
  const hosts = new Map<string, HostQueue>();

  async function enter(target: FetchTarget): Promise<() => void> {
    const host = hostOf(target.host);
    if (exempt.has(pairOf(target))) {
      refuseWhilePaused(host, target);
      return () => {};
    }
    host.queued += 1;
    const myTurn = host.turn
      .then(() => takeSlot(host, target))
      .finally(() => {
        host.queued -= 1;
      });
    host.turn = myTurn.catch(() => {});
    await myTurn;
    return once(() => leave(host));
  }

  async function takeSlot(host: HostQueue, target: FetchTarget): Promise<void> {
    for (;;) {
      const decision = decideStart(host.pace, now(), rules);
      if (decision.kind === 'start') {
        host.pace = decision.pace;
        return;
      }
      if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
      if (decision.kind === 'wait') await wait(decision.ms);
      else await new Promise<void>((resolve) => host.waiting.push(resolve));
    }
  }

  function leave(host: HostQueue): void {
    host.pace = afterEnd(host.pace);
    host.waiting.shift()?.();
  }

  function refuseWhilePaused(host: HostQueue, target: FetchTarget): void {
    const decision = decideStart({ ...idlePace, pausedUntil: host.pace.pausedUntil }, now(), rules);
    if (decision.kind === 'paused') throw paused(target, decision.ms, host.timeouts >= MOST_TIMEOUTS);
  }

  function hostOf(name: string): HostQueue {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    if (hosts.size >= MAX_HOSTS) forgetIdle();
    const host: HostQueue = { pace: idlePace, timeouts: 0, queued: 0, waiting: [], turn: Promise.resolve() };
    hosts.set(name, host);
    return host;
  }

  function forgetIdle(): void {
    for (const [name, { pace, queued, timeouts }] of hosts) {
      if (queued === 0 && timeouts === 0 && isForgettable(pace, now())) hosts.delete(name);
    }
  }

  return {
    enter,
    pause: (url, seconds) => {
      const host = hostOf(hostNameOf(url));
      host.pace = afterPause(host.pace, now(), seconds);
    },
    timedOut: (url) => {
      const host = hostOf(hostNameOf(url));
      host.timeouts += 1;
      if (host.timeouts >= MOST_TIMEOUTS) host.pace = afterPause(host.pace, now(), REST_SECONDS);
    },
    answered: (url) => {
      hostOf(hostNameOf(url)).timeouts = 0;
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

const pairOf = ({ host, port }: FetchTarget): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
