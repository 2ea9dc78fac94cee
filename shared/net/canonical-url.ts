// One address for one article: what differs only by tracking, case of the host or a default port is the same page.
// AMP pages and rel=canonical need the page itself: extraction deals with them.

/** Parameters that name a campaign, a click or a reader, never a page; from the public documentation of the tools that add them. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|epik|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|oly_anon_id|oly_enc_id|vero_id|at_medium|at_campaign|at_custom\d|at_link_\w+|ns_campaign|ns_mchannel|ns_source|ns_linkname|ns_fee|cmpid|ocid|ref_src|ref_url|spm|wt_mc|wt_zmc|xtor|pk_campaign|pk_kwd|mtm_\w+|_ga|_gl|cmp|guccounter|sr_share)$/i;

/**
 * More of them. Separate, because the ids of feeds depend on the list above: adding to it would turn known feeds into new ones.
 * Source: the global rules of ClearURLs (github.com/ClearURLs/Rules), the list of parameters that Firefox strips (query-stripping), and
 * the documentation of Google Ads (gad_), Matomo (pk_, piwik_), HubSpot (hsa_), Klaviyo (_kx), Salesforce (sfmc_), Adobe (ef_id, s_kwcid),
 * Branch, Dotdigital (dm_i), Omeda (oly_) and Impact (irclickid).
 */
const MORE_TRACKING =
  /^(?:utm|ga_(?:source|medium|campaign|term|content)|_openstat|fb_(?:source|ref|action_ids|action_types)|action_(?:object|type|ref)_map|gs_l|hmb_(?:campaign|medium|source)|otm_\w+|os_ehash|__twitter_impression|wtrid|itm_(?:campaign|medium|source|content|term)|__hsfp|__hssc|__hstc|__s|hsa_\w+|mc_tc|ml_subscriber|ml_subscriber_hash|rb_clickid|s_cid|vero_conv|wickedid|srsltid|gad_source|gad_campaignid|ymclid|yadclid|oft_(?:c|ck|d|id|ids|k|lk|sid)|sc_(?:customer|eh|uid)|ss_email_id|unicorn_click_id|vgo_ee|pk_(?:cid|source|medium|content|keyword)|piwik_(?:campaign|kwd|keyword)|matomo_(?:campaign|kwd|keyword)|_kx|sfmc_(?:id|sub|activityid|journey_id)|ef_id|s_kwcid|_branch_match_id|_branch_referrer|dm_i|irclickid|irgwc|mibextid|vn_(?:source|medium|campaign|term|content)|tracking_source|echobox)$/i;

/**
 * The canonical form of an http(s) URL, or null when it is none: host in lower case without a trailing dot; default port, userinfo,
 * tracking parameters and fragment removed (a `#!` fragment stays: sites exist whose pages differ by nothing else).
 * What stays, stays byte for byte. The order of parameters is kept, because some servers depend on it, and so are `index.html` and
 * the slash at the end: that they name the same page is a guess, and a wrong one makes two articles one.
 */
export function canonicalUrl(text: string): string | null {
  return canonical(text, (name) => TRACKING.test(name));
}

/** The same for an article: without further parameters that do not identify a page. */
export function canonicalArticleUrl(text: string): string | null {
  return canonical(text, (name) => TRACKING.test(name) || MORE_TRACKING.test(name));
}

function canonical(text: string, isTracking: (name: string) => boolean): string | null {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  url.username = '';
  url.password = '';
  if (!url.hash.startsWith('#!')) url.hash = '';
  url.hostname = url.hostname.replace(/\.+$/, '') || url.hostname;
  url.search = withoutTracking(url.search, isTracking);
  return url.href;
}

/** Host for people: lower case, without `www.`; empty for anything but a URL. */
export function hostOf(text: string): string {
  return URL.parse(text)?.hostname.replace(/^www\./, '') ?? '';
}

/** By hand: URLSearchParams would write what stays in another encoding. */
function withoutTracking(search: string, isTracking: (name: string) => boolean): string {
  const pairs = search.slice(1).split('&');
  return pairs.filter((pair) => pair !== '' && !isTracking(nameOf(pair))).join('&');
}

const nameOf = (pair: string): string => (pair.split('=', 1)[0] ?? '').trim();
