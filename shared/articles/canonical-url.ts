// One address for one article: what differs only by tracking, case of the host or a default port is the same page.
// AMP pages and rel=canonical are dealt with where a page is read (extraction).

/** Parameters that name a campaign or a click, never a page. From the public documentation of the tools that add them. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|oly_anon_id|oly_enc_id|vero_id|at_medium|at_campaign|at_custom\d|ns_campaign|ns_mchannel|ns_source|ns_linkname|cmpid|ito|partner|ocid|ref_src|ref_url|spm|wt_mc|wt_zmc|xtor)$/i;

/**
 * The canonical form of an http(s) URL, or null when it is none. Host in lower case without a trailing dot, default port, userinfo,
 * fragment (but a `#!` path) and tracking parameters removed. The order of parameters stays: servers exist that heed it.
 */
export function canonicalUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.username = '';
  url.password = '';
  if (!url.hash.startsWith('#!')) url.hash = '';
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  const tracking = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  for (const name of tracking) url.searchParams.delete(name);
  if (url.search === '' && url.href.includes('?')) url.search = '';
  return url.href;
}

/** Host for people: lower case, without `www.`; empty for what is no URL. */
export function hostOf(text: string): string {
  try {
    return new URL(text).hostname.replace(/^www\./, '');
  } catch {
    return '';
  }
}
