// The one door to the web. Every URL that a publisher, a page, a list or a user names is asked for here and nowhere else
// (a lint rule in biome.json holds that true), so that the guard cannot be forgotten on some path.
//
//   url -> scheme, port, host rules -> politeness -> pinned lookup -> request within limits -> redirect? -> the same again

import type { IncomingHttpHeaders } from 'node:http';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { SECOND_MS } from '../../shared/core/time.ts';
import { displayUrl, quoteForeign } from '../../shared/net/display-url.ts';
import { codeOf } from '../../shared/net/passing-failures.ts';
import { checkTarget, type FetchTarget, parseAllowedHosts, type TargetRules } from '../../shared/net/target-rules.ts';
import type { DocumentTurn, LargeDocuments } from '../../shared/ports.ts';
import { createChainCookies } from './chain-cookies.ts';
import { type Connections, openConnections } from './connections.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import {
  type AnswerHead,
  type Exchange,
  type ExchangeAnswer,
  exchange,
  stopwatchOf,
  type TimeLimits,
} from './exchange.ts';
import { fetchFailure } from './failures.ts';
import type { HostLimits, TurnRequest } from './host-limits.ts';
import { createLargeDocuments } from './large-documents.ts';
import { createNameResolver } from './name-resolver.ts';
import { isRedirect, nextAddress } from './next-address.ts';
import type { Resolver } from './pinned-lookup.ts';

export const GET_LIMITS: TimeLimits = { totalMs: 20_000, headersMs: 8000, idleMs: 5000 };
/** Receivers of webhooks are given 15 s: https://www.standardwebhooks.com/ recommends 15 to 30. */
const POST_LIMITS: TimeLimits = { totalMs: 15_000, headersMs: 15_000, idleMs: 5000 };

const MAX_REDIRECTS = 5;
/** A chat service repeats the message that it took, with its id. */
const MAX_REPLY_BYTES = 64 * 1024;

/** Never sent to another origin than the one the caller named. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

export interface GuardedFetchOptions {
  /** Exactly these HOST:PORT pairs may be private and may use any port. */
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  /** Ports of public hosts besides 80, 443, 8080 and 8443. */
  readonly extraPorts?: readonly number[];
  /** Politeness towards hosts; without it requests start at once (webhooks of one's own, tests). */
  readonly hostLimits?: HostLimits;
  /** Shared by those whose documents are in the same memory; otherwise its own. */
  readonly largeDocuments?: LargeDocuments;
  readonly resolver?: Resolver;
  /** Of the resolver that is made where none is given. @default where the system usually has it */
  readonly hostsFile?: string;
  readonly limits?: Partial<TimeLimits>;
  /** PEM roots trusted instead of the system's. */
  readonly certificateAuthorities?: readonly string[];
}

export interface GuardedGet {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers for one address only, such as its validators; asked again at every hop. */
  readonly headersFor?: (url: string) => Readonly<Record<string, string>>;
  /** Cap on wire and decompressed bytes. */
  readonly maxBytes: number;
  /** Runs before each request with its URL; what it throws ends the fetch. */
  readonly beforeRequest?: (url: string) => Promise<void>;
  /** How long to wait for a turn with the hosts, redirects included, and how to take other processes into account. */
  readonly hostTurn?: TurnRequest;
  /** Whether the body of a 2xx answer is read; all are where this is missing. */
  readonly wantsBody?: (head: AnswerHead) => boolean;
  /** Whether a redirect without an address counts as an answer if it has a body; otherwise it is a failure. */
  readonly takesLostRedirects?: boolean;
  /** The address that a document of status 200 sends its reader to, as written there; null if it is the requested document itself. */
  readonly leadsTo?: (answer: ExchangeAnswer) => string | null;
  /** Milliseconds of the fetch's time limit that an earlier try has used. */
  readonly spentMs?: number;
  /** If it is missing, a large answer has a turn only until it is there. */
  readonly turn?: DocumentTurn;
}

export interface GuardedPost {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. Empty unless the status is 2xx, or a redirect without an address (of a POST: the first 64 KB of any reply, as they came). */
  readonly body: Uint8Array;
  readonly finalUrl: string;
  /** Statuses of the redirects followed, in order; empty when there was none. */
  readonly redirects: readonly number[];
  /** Time that the fetch has taken so far, without waits for a turn. */
  readonly spentMs: number;
}

export interface GuardedFetch {
  /** Follows up to 5 redirects, checking each target, with the cookies that they set. Any final status is an answer; throws FetchFailedError when there is none. */
  get(request: GuardedGet): Promise<GuardedAnswer>;
  /** Follows no redirect: a 3xx is the answer. */
  post(request: GuardedPost): Promise<GuardedAnswer>;
  /** Closes idle connections; requests under way end in an error. */
  close(): void;
}

/** Throws InvalidInputError when `allowHosts` holds anything but HOST:PORT pairs. */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const fetcher = new Fetcher(options);
  return {
    get: (request) => fetcher.get(request),
    post: (request) => fetcher.post(request),
    close: () => fetcher.close(),
  };
}

class Fetcher implements GuardedFetch {
  readonly #userAgent: string;
  readonly #hostLimits: HostLimits | undefined;
  readonly #largeDocuments: LargeDocuments;
  readonly #resolver: Resolver;
  readonly #rules: TargetRules;
  readonly #connections: Connections;
  readonly #getLimits: TimeLimits;
  readonly #postLimits: TimeLimits;

  constructor(options: GuardedFetchOptions) {
    this.#userAgent = options.userAgent;
    this.#hostLimits = options.hostLimits;
    this.#largeDocuments = options.largeDocuments ?? createLargeDocuments();
    this.#resolver = options.resolver ?? createNameResolver({ hostsFile: options.hostsFile });
    this.#rules = { allowedHosts: parseAllowedHosts(options.allowHosts), extraPorts: options.extraPorts };
    this.#connections = openConnections(options.certificateAuthorities);
    this.#getLimits = { ...GET_LIMITS, ...options.limits };
    this.#postLimits = { ...POST_LIMITS, ...options.limits };
  }

  get(request: GuardedGet): Promise<GuardedAnswer> {
    return request.turn === undefined
      ? this.#largeDocuments.withTurn((turn) => this.#follow(request, turn))
      : this.#follow(request, request.turn);
  }

  async post(request: GuardedPost): Promise<GuardedAnswer> {
    const target = this.#judge(request.url);
    const length = String(Buffer.byteLength(request.body));
    const job: Omit<Exchange, 'turn'> = {
      method: 'POST',
      target,
      headers: { ...this.#headers(request.headers, true), 'content-length': length },
      body: request.body,
      limits: this.#postLimits,
      maxBytes: MAX_REPLY_BYTES,
      whenLonger: 'cut',
      wantsBody: () => true,
    };
    const answer = await this.#largeDocuments.withTurn((turn) =>
      exchange({ ...job, turn }, this.#connections, this.#resolver),
    );
    return { ...answer, finalUrl: target.url, redirects: [], spentMs: 0 };
  }

  close(): void {
    this.#connections.close();
  }

  async #follow(request: GuardedGet, turn: DocumentTurn): Promise<GuardedAnswer> {
    const first = this.#judge(request.url);
    const redirects: number[] = [];
    const visited = new Set<string>();
    const cookies = createChainCookies();
    let target = first;
    let remainingMs = this.#getLimits.totalMs - (request.spentMs ?? 0);
    let maxWaitMs = request.hostTurn?.maxWaitMs;
    for (;;) {
      const cookie = cookies.headerFor(target);
      visited.add(visit(target, cookie));
      await request.beforeRequest?.(target.url);
      const askedAt = performance.now();
      const release = await this.#hostLimits?.acquire(target, { ...request.hostTurn, maxWaitMs });
      const startedAt = performance.now();
      if (maxWaitMs !== undefined) maxWaitMs = Math.max(0, maxWaitMs - (startedAt - askedAt));
      const tookMs = stopwatchOf(turn);
      const headers = {
        ...withCookie(this.#headers(request.headers, target.origin === first.origin), cookie),
        ...request.headersFor?.(target.url),
      };
      const answer = await this.#hop(target, headers, { request, turn, remainingMs }).finally(release);
      this.#hostLimits?.answered(target.url);
      remainingMs -= tookMs();
      cookies.keep(target, answer.headers['set-cookie']);
      const end = { ...answer, finalUrl: target.url, redirects, spentMs: this.#getLimits.totalMs - remainingMs };
      const next = this.#nextTarget(first, target, answer, request);
      if (next === null) return end;
      // The same address with another cookie is not a loop; a page that reloads itself without a redirect is the final answer.
      if (visited.has(visit(next, cookies.headerFor(next)))) {
        if (!isRedirect(answer.status)) return end;
        throw fetchFailure('redirects', first.url, 'its redirects form a loop');
      }
      redirects.push(answer.status);
      if (redirects.length > MAX_REDIRECTS)
        throw fetchFailure('redirects', first.url, `more than ${MAX_REDIRECTS} redirects`);
      target = next;
    }
  }

  async #hop(
    target: FetchTarget,
    headers: Record<string, string>,
    { request, turn, remainingMs }: { request: GuardedGet; turn: DocumentTurn; remainingMs: number },
  ): Promise<ExchangeAnswer> {
    const limits = this.#getLimits;
    if (remainingMs <= 0)
      throw fetchFailure('timeout', target.url, `redirects used up the ${limits.totalMs / SECOND_MS} s of a fetch`);
    const job: Exchange = {
      method: 'GET',
      target,
      headers: { 'accept-encoding': ACCEPT_ENCODING, ...headers },
      limits: { ...limits, totalMs: remainingMs },
      maxBytes: request.maxBytes,
      whenLonger: 'fail',
      wantsBody: (head) =>
        isSuccess(head.status)
          ? (request.wantsBody?.(head) ?? true)
          : request.takesLostRedirects === true && isRedirect(head.status) && !head.headers.location?.trim(),
      turn,
    };
    try {
      return await exchange(job, this.#connections, this.#resolver);
    } catch (error) {
      // A host that had no more than the rest of a fetch, since those before it in the redirects were slow, is not to blame.
      const hadItsTime = remainingMs >= limits.headersMs;
      if (hadItsTime && error instanceof FetchFailedError && isSilence(error)) {
        await this.#hostLimits?.timedOut(target.url);
      }
      throw error;
    }
  }

  #headers(given: Readonly<Record<string, string>> = {}, sameOrigin: boolean): Record<string, string> {
    const kept = Object.entries(given).filter(([name]) => sameOrigin || !CREDENTIAL_HEADERS.has(name.toLowerCase()));
    return { 'user-agent': this.#userAgent, ...Object.fromEntries(kept) };
  }

  #judge(url: string): FetchTarget {
    const verdict = checkTarget(url, this.#rules);
    if (verdict.ok) return verdict.target;
    throw fetchFailure('blocked', url, verdict.reason);
  }

  /** Null when the answer ends the chain. */
  #nextTarget(
    first: FetchTarget,
    from: FetchTarget,
    answer: ExchangeAnswer,
    { takesLostRedirects = false, leadsTo }: GuardedGet,
  ): FetchTarget | null {
    const address = nextAddress(answer) ?? (answer.status === 200 ? (leadsTo?.(answer) ?? null) : null);
    if (address === null || (address === '' && takesLostRedirects && answer.body.length > 0)) return null;
    if (address === '')
      throw fetchFailure('redirects', first.url, `answered ${answer.status} with no address to go to`);
    const url = URL.parse(address, from.url)?.href ?? address;
    const verdict = checkTarget(url, this.#rules);
    if (verdict.ok) return verdict.target;
    if (!isRedirect(answer.status)) return null; // a page that would open an app is still a page
    const happened = `it redirects to ${quoteForeign(displayUrl(url), 300)}, which may not be fetched: ${verdict.reason}`;
    throw fetchFailure('blocked', first.url, happened);
  }
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Nothing answered: neither the host nor the name servers for its name. */
const isSilence = ({ kind, cause }: FetchFailedError): boolean =>
  kind === 'timeout' || (kind === 'dns' && codeOf(cause) === 'ETIMEOUT');

/** Identifies a request within a chain: nothing else that the server sees differs. */
const visit = ({ url }: FetchTarget, cookie: string | null): string => `${url} ${cookie ?? ''}`;

function withCookie(headers: Record<string, string>, cookie: string | null): Record<string, string> {
  if (cookie === null) return headers;
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie');
  if (given === undefined) return { ...headers, cookie };
  return { ...headers, [given[0]]: `${given[1]}; ${cookie}` };
}
