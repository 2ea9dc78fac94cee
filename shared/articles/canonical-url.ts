// One address for one article: what differs only by tracking, case of the host or a default port is the same page.
// AMP pages and rel=canonical need the page itself: extraction deals with them.

/** Parameters that name a campaign, a click or a reader, never a page; from the public documentation of the tools that add them. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|epik|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|oly_anon_id|oly_enc_id|vero_id|at_medium|at_campaign|at_custom\d|at_link_\w+|ns_campaign|ns_mchannel|ns_source|ns_linkname|ns_fee|cmpid|ocid|ref_src|ref_url|spm|wt_mc|wt_zmc|xtor|pk_campaign|pk_kwd|mtm_\w+|_ga|_gl|cmp|guccounter|sr_share)$/i;

/**
 * The canonical form of an http(s) URL, or null when it is none: host in lower case without a trailing dot; default port, userinfo,
 * tracking parameters and fragment removed (a `#!` fragment stays: sites exist whose pages differ by nothing else).
 * What stays, stays byte for byte. The order of parameters is kept, for servers exist that heed it, and so are `index.html` and
 * the slash at the end: that they name the same page is a guess, and a wrong one makes two articles one.
 */
export function canonicalUrl(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  if (!url.hash.startsWith('#!')) url.hash = '';
  url.hostname = url.hostname.replace(/\.+$/, '') || url.hostname;
  url.search = withoutTracking(url.search);
  return url.href;
}

/** Host for people: lower case, without `www.`; empty for what is no URL. */
export function hostOf(text: string): string {
  return URL.parse(text)?.hostname.replace(/^www\./, '') ?? '';
}

/** By hand: URLSearchParams would write what stays in another encoding. */
function withoutTracking(search: string): string {
  const pairs = search.slice(1).split('&');
  return pairs.filter((pair) => pair !== '' && !TRACKING.test(nameOf(pair))).join('&');
}

const nameOf = (pair: string): string => (pair.split('=', 1)[0] ?? '').trim();
