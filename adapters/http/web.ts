// The guarded fetcher with its politeness, as settings say. One for the process and its settings, however many ask:
// a host's two connections and its second of silence are counted over feeds and pages together.

import type { Settings } from '../../shared/model/settings.ts';
import { loopbackHosts, parseAllowedHosts } from '../../shared/net/target-rules.ts';
import { userAgentOf } from '../../shared/net/user-agent.ts';
import type { Clock, HostPaceStore, LargeDocuments } from '../../shared/ports.ts';
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
import { createHostLimits, type HostLimits } from './host-limits.ts';
import { createLargeDocuments } from './large-documents.ts';

export type WebSettings = Pick<Settings, 'contact' | 'fetch'>;

export interface Web {
  readonly fetch: GuardedFetch;
  readonly hostLimits: HostLimits;
  readonly largeDocuments: LargeDocuments;
  readonly clock: Clock;
}

const webs = new Map<string, Web>();

/**
 * The process's own. Opens no connection before the first fetch. `hostPaces`: where the pace of all processes is kept.
 * Throws InvalidInputError on bad `allowHosts`.
 */
export function webOf(settings: WebSettings, hostPaces?: HostPaceStore): Web {
  const key = JSON.stringify([settings.contact, settings.fetch.allowHosts]);
  const web = webs.get(key) ?? openWeb(settings);
  webs.set(key, web);
  if (hostPaces !== undefined) web.hostLimits.shareThrough(hostPaces);
  return web;
}

/** A new one; `parts` replace what settings do not name. Servers of this machine that are allowed are not waited for. */
export function openWeb(settings: WebSettings, parts: { clock?: Clock } & Partial<GuardedFetchOptions> = {}): Web {
  const { clock = { now: () => new Date() }, ...options } = parts;
  const { allowHosts } = settings.fetch;
  const hostLimits =
    options.hostLimits ??
    createHostLimits({ exempt: loopbackHosts(parseAllowedHosts(allowHosts)), now: () => clock.now().getTime() });
  const largeDocuments = options.largeDocuments ?? createLargeDocuments();
  const userAgent = userAgentOf(settings.contact);
  const fetch = createGuardedFetch({ allowHosts, userAgent, ...options, hostLimits, largeDocuments });
  return { fetch, hostLimits, largeDocuments, clock };
}
