// Whether a page's word about its own address (rel=canonical) can be believed. A wrong one would merge two articles,
// and the second would send no alert; so it is believed only where it costs little to be right.
import { isCacheHost } from '../net/amp.ts';

/** Second-level labels under which registries sell names: example.co.uk is a site, co.uk is not. */
const REGISTRY_LABELS: ReadonlySet<string> = new Set([
  'ac',
  'co',
  'com',
  'edu',
  'gob',
  'gouv',
  'gov',
  'go',
  'gv',
  'info',
  'ltd',
  'mil',
  'ne',
  'net',
  'nom',
  'or',
  'org',
  'plc',
  'press',
  'sch',
]);

/**
 * The claimed address, absolute and without fragment, or null when it is not believed: another site's, no http(s), or the home page of
 * a site on all of whose pages it stands (a common mistake of publishing systems).
 */
export function believableCanonical(claim: string | null, pageUrl: string): string | null {
  const page = URL.parse(pageUrl);
  const claimed = claim === null || claim.trim() === '' ? null : URL.parse(claim.trim(), pageUrl);
  if (page === null || claimed === null || !/^https?:$/.test(claimed.protocol)) return null;
  claimed.hash = '';
  claimed.username = '';
  claimed.password = '';
  const sameSite = siteOf(claimed.hostname) === siteOf(page.hostname) || isCacheHost(page.hostname);
  const onlyHome = isHome(claimed) && !isHome(page);
  return sameSite && !onlyHome ? claimed.href : null;
}

/** The registered name, by a rule of thumb that errs towards "different": the last two labels, three under `co.uk` and its like. */
function siteOf(host: string): string {
  const labels = host.replace(/\.$/, '').split('.');
  if (host.startsWith('[') || labels.every((label) => /^\d+$/.test(label))) return host;
  const [country = '', second = ''] = labels.toReversed();
  return labels.slice(country.length === 2 && REGISTRY_LABELS.has(second) ? -3 : -2).join('.');
}

const isHome = ({ pathname, search }: URL): boolean => /^\/?(index\.\w+)?$/.test(pathname) && search === '';
