// Host names to addresses. Name servers are asked by c-ares, over sockets of our own: the system's resolver would hold one of the four threads
// that all of Node shares for each name whose servers are silent. It is asked only for names that it alone may know, two at a time. Why: docs/adr/0012.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLocalHostName } from '../../shared/net/target-rules.ts';
import { hostsFileOf, openHostsFile } from './hosts-file.ts';
import { nameError, openNameServers } from './name-servers.ts';
import type { ResolvedAddress, Resolver } from './pinned-lookup.ts';
import { createSlots } from './slots.ts';

/** Shorter than the eight seconds until an answer's headers are due, so that a failed lookup is reported as such. */
const LOOKUP_MS = 5000;
/** Of Node's four threads; the others stay free for files and zlib. */
const SYSTEM_LOOKUPS = 2;
/** For its turn with the system's resolver. */
const SYSTEM_WAIT_MS = 2000;
/** Each is two queries. Polls and pages seldom ask for as many; what silent servers hold is given back after five seconds. */
const NAMES_AT_ONCE = 128;

const LOOPBACK: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

export interface NameResolverOptions {
  /** `ADDRESS:PORT`; otherwise those of the system. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
  /** In place of the system's resolver. */
  readonly system?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** Longest wait for the name servers. */
  readonly lookupMs?: number;
}

/**
 * The hosts file first, and what stands there is final; `localhost` and names under it are this machine (RFC 6761, 6.3); then the name servers,
 * which are asked for the name as it is: search domains do not count, since the address of a feed is a whole name.
 *
 * The system's resolver is asked for names that it alone may know: those of `fetch.allowHosts` that the name servers do not know (mDNS, a search
 * domain, the name servers of a VPN), and any name as long as no name server can be reached or none has ever answered.
 */
export function createNameResolver(options: NameResolverOptions = {}): Resolver {
  const { system = systemLookup, lookupMs = LOOKUP_MS } = options;
  const hosts = openHostsFile(options.hostsFile ?? hostsFileOf(process.platform, {}));
  const servers = openNameServers(options.servers);
  const names = createSlots(NAMES_AT_ONCE);
  const systemTurns = createSlots(SYSTEM_LOOKUPS);
  const underWay = new Map<string, Promise<readonly ResolvedAddress[]>>();

  async function find(host: string, allowed: boolean): Promise<readonly ResolvedAddress[]> {
    if (allowed && isLocalHostName(host)) return askSystem(host, nameError('EAI_AGAIN'));
    const begunAt = performance.now();
    try {
      const turn = await names.within(lookupMs, () =>
        servers.ask(host, Math.max(1, lookupMs - (performance.now() - begunAt))),
      );
      if (turn === null) throw nameError('ETIMEOUT');
      return turn.result;
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code);
      const isUnheard = code === 'EAI_AGAIN' || (code === 'ETIMEOUT' && !servers.hasAnswered());
      if (isUnheard || (allowed && code !== 'ETIMEOUT')) return askSystem(host, error);
      throw error;
    }
  }

  /** Throws `otherwise` when there is no turn. */
  async function askSystem(host: string, otherwise: unknown): Promise<readonly ResolvedAddress[]> {
    const turn = await systemTurns.within(SYSTEM_WAIT_MS, () => system(host));
    if (turn === null) throw otherwise;
    return turn.result;
  }

  return async (host, { allowed }) => {
    const known = hosts(host);
    if (known.length > 0) return known.map(asAddress);
    if (host === 'localhost' || host.endsWith('.localhost')) return LOOPBACK;
    // The feeds of one host ask together.
    const key = `${host} ${allowed}`;
    const asked = underWay.get(key) ?? find(host, allowed).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  };
}

const asAddress = (address: string): ResolvedAddress => ({ address, family: isIP(address) === 6 ? 6 : 4 });

async function systemLookup(host: string): Promise<readonly ResolvedAddress[]> {
  const answers = await lookup(host, { all: true });
  return answers.map(({ address }) => asAddress(address));
}
