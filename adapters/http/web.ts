// The guarded fetcher with its politeness, as settings say. A process opens one for all that it fetches: a host's two connections and its
// second of silence are counted over feeds and pages together.

import type { Settings } from '../../shared/model/settings.ts';
import { loopbackHosts, parseAllowedHosts } from '../../shared/net/target-rules.ts';
import { userAgentOf } from '../../shared/net/user-agent.ts';
import type { Clock, HostPaceStore, LargeDocuments } from '../../shared/ports.ts';
import { wallClock } from '../wall-clock.ts';
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
import { createHostLimits, type HostLimits } from './host-limits.ts';
import { createLargeDocuments } from './large-documents.ts';

export type WebSettings = Pick<Settings, 'contact' | 'fetch'>;

export interface Web {
  readonly fetch: GuardedFetch;
  readonly hostLimits: HostLimits;
  readonly largeDocuments: LargeDocuments;
  readonly clock: Clock;
  /** Where it looks names up first; the platform's own file when absent. */
  readonly hostsFile?: string;
}

export interface WebParts extends Partial<GuardedFetchOptions> {
  readonly clock?: Clock;
  /** Where the pace of all processes is kept; without it, each process keeps its own. */
  readonly hostPaces?: HostPaceStore;
}

/**
 * Opens no connection before the first fetch. `parts` replace what settings do not name. Servers of this machine that are allowed are not
 * waited for. Throws InvalidInputError on bad `allowHosts`.
 */
export function openWeb(settings: WebSettings, parts: WebParts = {}): Web {
  const { clock = wallClock, hostPaces, ...options } = parts;
  const { allowHosts } = settings.fetch;
  const hostLimits =
    options.hostLimits ??
    createHostLimits({
      exempt: loopbackHosts(parseAllowedHosts(allowHosts)),
      now: () => clock.now().getTime(),
      ...(hostPaces === undefined ? {} : { store: hostPaces }),
    });
  const largeDocuments = options.largeDocuments ?? createLargeDocuments();
  const userAgent = userAgentOf(settings.contact);
  const fetch = createGuardedFetch({ allowHosts, userAgent, ...options, hostLimits, largeDocuments });
  return { fetch, hostLimits, largeDocuments, clock, hostsFile: options.hostsFile };
}
