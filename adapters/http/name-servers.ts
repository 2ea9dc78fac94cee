// One question to the name servers: the IPv4 and the IPv6 addresses of a name, asked for side by side.
import { Resolver } from 'node:dns/promises';
import type { ResolvedAddress } from './pinned-lookup.ts';

/** First wait for an answer; it doubles with each round of tries. */
const FIRST_WAIT_MS = 500;
/** More than a lookup has time for; its end cuts the last try short. */
const TRIES = 4;
/** Once one family has answered, for the other: there are servers that never answer a question for IPv6. */
const OTHER_FAMILY_MS = 1000;

export interface NameServers {
  /**
   * All addresses, IPv4 first; where only one family answers, those. Throws an error with the code of c-ares (ENOTFOUND, ENODATA,
   * ESERVFAIL, ETIMEOUT, …), or EAI_AGAIN when no name server can be reached.
   */
  ask(host: string, limitMs: number): Promise<readonly ResolvedAddress[]>;
  /** Whether a name server has ever answered, whatever it said. */
  hasAnswered(): boolean;
}

interface Found {
  readonly addresses: readonly ResolvedAddress[];
  readonly error: NodeJS.ErrnoException | null;
}

/** An error as Node raises it for a name. */
export const nameError = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`name lookup: ${code}`), { code });

/** `servers`: `ADDRESS:PORT`; otherwise those of the system. */
export function openNameServers(servers?: readonly string[]): NameServers {
  let answered = false;

  async function family(asked: Promise<readonly string[]>, which: ResolvedAddress['family']): Promise<Found> {
    try {
      const addresses = (await asked).map((address) => ({ address, family: which }));
      answered = true;
      return { addresses, error: null };
    } catch (error) {
      const failure = error as NodeJS.ErrnoException;
      if (failure.code === 'ECONNREFUSED') return { addresses: [], error: nameError('EAI_AGAIN') };
      // ECANCELLED: the lookup ended while this question was open.
      if (failure.code !== 'ETIMEOUT' && failure.code !== 'ECANCELLED') answered = true;
      return { addresses: [], error: failure };
    }
  }

  return {
    ask: async (host, limitMs) => {
      // One for each name: it sees the current list of servers (a laptop has moved, a VPN was opened), and its open queries can be cancelled.
      const channel = new Resolver({ timeout: FIRST_WAIT_MS, tries: TRIES });
      if (servers !== undefined) channel.setServers([...servers]);
      const families = [family(channel.resolve4(host), 4), family(channel.resolve6(host), 6)];
      return together(families, limitMs).finally(() => channel.cancel());
    },
    hasAnswered: () => answered,
  };
}

function together(families: readonly Promise<Found>[], limitMs: number): Promise<readonly ResolvedAddress[]> {
  return new Promise((resolve, reject) => {
    const found: (Found | null)[] = families.map(() => null);
    let other: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(other);
      clearTimeout(limit);
      const addresses = found.flatMap((each) => each?.addresses ?? []);
      if (addresses.length > 0) resolve(addresses);
      else reject(mostUsefulError(found));
    };
    const limit = setTimeout(finish, limitMs);
    families.forEach((each, index) => {
      void each.then((result) => {
        found[index] = result;
        if (!found.includes(null)) finish();
        else if (result.addresses.length > 0) other = setTimeout(finish, OTHER_FAMILY_MS);
      });
    });
  });
}

/**
 * A temporary error comes first: some servers deny a whole name when they are asked for its IPv6 addresses. Of two definite answers
 * the one that knows the name counts.
 */
function mostUsefulError(found: readonly (Found | null)[]): NodeJS.ErrnoException {
  const errors = found.map((each) => each?.error ?? nameError('ETIMEOUT'));
  const order = ({ code = '' }: NodeJS.ErrnoException): number => DEFINITE.indexOf(code);
  return errors.reduce((best, error) => (order(error) < order(best) ? error : best));
}

/** Codes of answers that waiting will not change. */
const DEFINITE = ['ENODATA', 'ENOTFOUND', 'EBADNAME'];
