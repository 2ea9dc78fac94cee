// AMP copies of articles, served by caches under other people's names, and where their originals are.

/** Paths under which a search engine shows AMP pages: `/amp/s/host/path`, `s` for https. */
const VIEWER = /^\/amp\/(s\/)?([^/]+\.[^/]+)(\/.*)?$/;
/** Paths of the AMP cache: `/c/` pages, `/v/` pages for viewers; `s` for https. */
const CACHE = /^\/[cv]\/(s\/)?([^/]+\.[^/]+)(\/.*)?$/;

/** The publisher's own address of a page that an AMP cache or viewer serves; null for any other URL. */
export function originalOfAmpCache(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  const pattern = isCacheHost(parsed.hostname) ? CACHE : isViewerHost(parsed.hostname) ? VIEWER : null;
  const [, secure, host, path = '/'] = pattern?.exec(parsed.pathname) ?? [];
  if (host === undefined) return null;
  return URL.parse(`${secure === undefined ? 'http' : 'https'}://${host}${path}${parsed.search}`)?.href ?? null;
}

export const isCacheHost = (host: string): boolean =>
  host === 'cdn.ampproject.org' || host.endsWith('.cdn.ampproject.org');

const isViewerHost = (host: string): boolean => /^(www\.)?(?:google\.[a-z.]{2,6}|bing\.com)$/.test(host);
