// The guarded fetcher of a function, set up by its settings: who we are, whom we may ask, how fast.
import { createGuardedFetch, type GuardedFetch } from '../adapters/http/guarded-fetch.ts';
import { createHostLimits, type HostLimits } from '../adapters/http/host-limits.ts';
import { userAgentOf } from '../shared/fetching/user-agent.ts';
import type { Settings } from '../shared/settings.ts';

export function guardedWeb(settings: Settings): { readonly fetch: GuardedFetch; readonly hostLimits: HostLimits } {
  const { allowHosts } = settings.fetch;
  // Servers of one's own, named by the operator, may be asked as fast as they answer.
  const hostLimits = createHostLimits({ exempt: new Set(allowHosts) });
  return {
    hostLimits,
    fetch: createGuardedFetch({ allowHosts, userAgent: userAgentOf(settings.contact), hostLimits }),
  };
}
