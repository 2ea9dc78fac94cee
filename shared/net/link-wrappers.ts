// Services whose links contain the address of the article that they lead to. A table of facts: the hosts, the
// path, and where the address is. A name such as `url` means nothing on any other host or path.
// Sources: the redirections of the ClearURLs rules (github.com/ClearURLs/Rules), the vendors' documentation of their link protection
// (Microsoft Safe Links, Proofpoint URL Defense, Barracuda, Cisco, Trend Micro), and the addresses that the services themselves hand out.
import {
  type AddressReader,
  afterPostmark,
  afterProofpoint,
  afterTranslation,
  base64InPath,
  fromBase64,
  inJson,
  inParameters,
  inPath,
  inQuery,
  withHttps,
  withoutDisqusMark,
} from './wrapped-address.ts';

export interface LinkWrapper {
  /** Host names; one that begins with a dot includes all subdomains. */
  readonly hosts: readonly string[] | RegExp;
  /** Missing: any path. */
  readonly path?: RegExp;
  readonly read: AddressReader;
}

/** Google and Yandex have a domain in each country: `google.de`, `google.co.uk`, `google.com.br`. */
const GOOGLE = /^(?:www\.|news\.|m\.|plus\.url\.)?google\.(?:com?\.)?[a-z]{2,3}$/;
const GOOGLE_TRANSLATE = /^translate\.google\.(?:com?\.)?[a-z]{2,3}$/;
const GOOGLE_SCHOLAR = /^scholar\.google\.(?:com?\.)?[a-z]{2,3}$/;
const YANDEX = /^(?:www\.)?(?:yandex\.(?:com?\.)?[a-z]{2,3}|ya\.ru)$/;

/** Parameters that these services append. After an unencoded address, everything else belongs to the address. */
const GOOGLE_OWN = [
  'ct',
  'cd',
  'usg',
  'sa',
  'rct',
  'sig2',
  'ved',
  'ei',
  'esrc',
  'source',
  'cad',
  'opi',
  'sntz',
  'ust',
  'uact',
];
const BING_OWN = ['ref', 'aid', 'tid', 'c', 'mkt'];
const FACEBOOK_OWN = ['h', 'e', 's', 'enc', '__tn__', 'fbclid', 'c[0]'];

const ROOT = /^\/$/;
/** Amazon SES and services built on it: `/L0/https:%2F%2Fnews.example.org%2Fpier/1/0100…`. */
const CLICK_PATH = /^\/(?:CL|L|I)0\/(https?(?::|%3A)(?:%2F|\/)[^/]+)\//i;

export const LINK_WRAPPERS: readonly LinkWrapper[] = [
  // Search, alerts and news
  { hosts: GOOGLE, path: /^\/(?:(?:news\/)?url|interstitial)\/?$/, read: inParameters(['url', 'q'], GOOGLE_OWN) },
  { hosts: GOOGLE, path: /^\/imgres$/, read: inParameters(['imgrefurl']) },
  {
    hosts: GOOGLE_SCHOLAR,
    path: /^\/scholar_url$/,
    read: inParameters(
      ['url'],
      ['hl', 'sa', 'd', 'ei', 'scisig', 'oi', 'hist', 'html', 'pos', 'folt', 'cd', 'ct', 'nossl'],
    ),
  },
  { hosts: ['googleweblight.com', 'www.googleweblight.com'], read: inParameters(['lite_url', 'u']) },
  { hosts: ['.bing.com'], path: /^\/(?:news\/apiclick\.aspx|alink\/link)$/i, read: inParameters(['url'], BING_OWN) },
  { hosts: ['.bing.com'], path: /^\/ck\/a$/, read: fromBase64('u', 'a1') },
  {
    hosts: ['duckduckgo.com', '.duckduckgo.com'],
    path: /^\/l\/?$/,
    read: inParameters(['uddg'], ['rut', 'kh', 'notrut']),
  },
  { hosts: ['.search.yahoo.com', '.search.aol.com', 'search.aol.com'], read: inPath(/\/RU=([^/]+)\/R[KS]=/) },
  { hosts: ['.rd.yahoo.com'], read: inPath(/\/\*+(https?(?::|%3A).+)$/i) },
  { hosts: YANDEX, path: /^\/(?:clck\/(?:jsredir|redir)|redir)/, read: inParameters(['url']) },
  { hosts: YANDEX, path: /^\/turbo\/?$/, read: inParameters(['text'], ['utm_source', 'turbo_uid', 'sign']) },
  { hosts: YANDEX, read: withHttps(inPath(/^\/turbo\/s\/([^/]+\.[^/]+\/.*)$/)) },
  { hosts: ['click.mail.ru'], path: /^\/redir$/, read: inParameters(['u']) },
  { hosts: ['.yahoo.co.jp'], read: base64InPath(/\/RU=([\w+-]+)\/RK=/) },
  { hosts: ['rd.yahoo.co.jp', 'ard.yahoo.co.jp'], read: inPath(/\/\*+-?(https?(?::|%3A).+)$/i) },
  { hosts: ['metager.org', 'metager.de'], path: /^\/partner\/r$/, read: inParameters(['link']) },
  // Who serves feeds for others, and counts: `/~/t/0/0/name/~https://news.example.org/pier`.
  { hosts: ['.feedblitz.com'], read: inPath(/\/~(https?:\/\/.+)$/i) },
  { hosts: ['flipboard.com', 'www.flipboard.com'], path: /^\/redirect$/, read: inParameters(['url']) },
  { hosts: ['getpocket.com', 'www.getpocket.com'], path: /^\/redirect$/, read: inParameters(['url']) },
  // Press releases
  {
    hosts: ['c212.net'],
    path: /^\/c\/link\/?$/,
    read: inParameters(['u'], ['a']),
  },
  // Social networks and messengers
  {
    hosts: ['l.facebook.com', 'lm.facebook.com', 'l.messenger.com', 'l.workplace.com'],
    path: /^\/l\.php$/,
    read: inParameters(['u'], FACEBOOK_OWN),
  },
  {
    hosts: ['facebook.com', 'www.facebook.com', 'm.facebook.com'],
    path: /^\/(?:l\.php|flx\/warn\/?)$/,
    read: inParameters(['u'], FACEBOOK_OWN),
  },
  {
    hosts: ['l.instagram.com', 'l.threads.com', 'l.threads.net', 'l.wl.co'],
    path: /^\/l?$/,
    read: inParameters(['u'], FACEBOOK_OWN),
  },
  {
    hosts: ['out.reddit.com', 'click.redditmail.com'],
    read: inParameters(['url'], ['token', 'app_name', 'web_redirect']),
  },
  { hosts: ['click.redditmail.com'], read: inPath(CLICK_PATH) },
  { hosts: ['t.co'], path: /^\/redirect$/, read: inParameters(['url'], ['t', 'sig', 'iid', 'uid', 'nid']) },
  {
    hosts: ['twitter.com', 'x.com'],
    path: /^\/safety\/unsafe_link_warning$/,
    read: inParameters(['unsafe_link']),
  },
  { hosts: ['go.bsky.app'], path: /^\/redirect$/, read: inParameters(['u']) },
  {
    hosts: ['tiktok.com', 'www.tiktok.com'],
    path: /^\/link\/v2$/,
    read: inParameters(['target'], ['aid', 'lang', 'scene']),
  },
  { hosts: ['t.umblr.com'], path: /^\/redirect$/, read: inParameters(['z'], ['t', 'p', 'm', 'b', 'ts']) },
  {
    hosts: ['vk.com', 'm.vk.com', 'away.vk.com', 'vk.ru', 'm.vk.ru'],
    path: /^\/away(?:\.php)?$/,
    read: inParameters(['to'], ['post', 'cc_key', 'key', 'utf', 'el']),
  },
  { hosts: ['ok.ru', 'm.ok.ru', 'www.ok.ru'], path: /^\/dk$/, read: inParameters(['st.link']) },
  {
    hosts: ['youtube.com', 'www.youtube.com', 'm.youtube.com'],
    path: /^\/redirect$/,
    read: inParameters(['q'], ['event', 'redir_token', 'v', 'html_redirect']),
  },
  {
    hosts: ['linkedin.com', 'www.linkedin.com'],
    path: /^\/(?:redir\/[\w-]+|safety\/go)\/?$/,
    read: inParameters(['url'], ['urlhash', 'trk', 'trkInfo']),
  },
  { hosts: ['t.me', 'telegram.me'], path: /^\/iv$/, read: inParameters(['url'], ['rhash']) },
  { hosts: ['slack-redir.net'], path: /^\/link$/, read: inParameters(['url'], ['v']) },
  { hosts: ['.pinterest.com'], path: /^\/offsite\/?$/, read: inParameters(['url'], ['token', 'pin']) },
  { hosts: ['quora.com', 'www.quora.com'], path: /^\/_\/redirect$/, read: inParameters(['url']) },
  { hosts: ['medium.com'], path: /^\/r\/?$/, read: inParameters(['url']) },
  { hosts: ['disq.us', 'www.disq.us'], path: /^\/(?:url)?$/, read: withoutDisqusMark(inParameters(['url'], ['cuid'])) },
  { hosts: ['exit.sc', 'gate.sc'], path: ROOT, read: inParameters(['url'], ['token']) },
  {
    hosts: ['steamcommunity.com', 'www.steamcommunity.com'],
    path: /^\/linkfilter\/?$/,
    read: inParameters(['url', 'u']),
  },
  { hosts: ['steamcommunity.com', 'www.steamcommunity.com'], path: /^\/linkfilter\/?$/, read: inQuery },
  { hosts: ['deviantart.com', 'www.deviantart.com'], path: /\/outgoing$/, read: inQuery },
  { hosts: ['.curseforge.com'], path: /^\/linkout$/, read: inParameters(['remoteUrl']) },
  { hosts: ['evernote.com', 'www.evernote.com'], path: /^\/OutboundRedirect\.action$/, read: inParameters(['dest']) },
  { hosts: ['link.zhihu.com', 'link.juejin.cn', 'link.csdn.net'], path: ROOT, read: inParameters(['target']) },
  { hosts: ['sspai.com', '.gitee.com'], path: /^\/link$/, read: inParameters(['target']) },
  { hosts: ['www.jianshu.com', 'links.jianshu.com'], path: /^\/go(?:-wild)?$/, read: inParameters(['to', 'url']) },
  { hosts: ['www.douban.com'], path: /^\/link2\/?$/, read: inParameters(['url']) },
  { hosts: ['weibo.cn', 'weibo.com'], path: /^\/sinaurl$/, read: inParameters(['u', 'toasturl']) },
  // Services that hide the referrer
  {
    hosts: ['href.li', 'anon.to', 'anonym.to', 'www.anonym.to', 'anonymz.com', 'nullrefer.com', 'blankrefer.com'],
    path: ROOT,
    read: inQuery,
  },
  { hosts: ['.hideproxy.me'], path: /^\/go\.php$/, read: inParameters(['u']) },
  {
    hosts: [
      'prod.outgoing.prod.webservices.mozgcp.net',
      'outgoing.prod.webservices.mozgcp.net',
      'outgoing.prod.mozaws.net',
    ],
    read: inPath(/^\/v1\/[0-9a-f]{16,64}\/(.+)$/),
  },
  // Mail: link protection and click counters
  {
    hosts: ['.safelinks.protection.outlook.com', '.safelinks.protection.office365.us'],
    read: inParameters(['url'], ['data', 'sdata', 'reserved']),
  },
  { hosts: ['statics.teams.cdn.office.net'], path: /\/safelinks\//, read: inParameters(['url'], ['locale', 'dest']) },
  { hosts: ['urldefense.com', 'urldefense.us', 'urldefense.proofpoint.com'], read: afterProofpoint },
  { hosts: ['linkprotect.cudasvc.com'], path: /^\/url$/, read: inParameters(['a'], ['c', 'typo', 'ancr_add']) },
  { hosts: ['secure-web.cisco.com'], read: inPath(/^\/[^/]{10,}\/(https?%3A.+)$/i) },
  {
    hosts: ['.trendmicro.com'],
    path: /^\/wis\/clicktime\/v[12]\/query$/,
    read: inParameters(['url'], ['umid', 'auth']),
  },
  {
    hosts: ['protect.checkpoint.com', 'url.avanan.click'],
    read: ({ pathname, search }) => /^\/v2\/(?:r\d+\/)?___(https?:.+?)___\./.exec(`${pathname}${search}`)?.[1] ?? null,
  },
  // Mail of GMX and Web.de
  {
    hosts: ['deref-gmx.net', 'deref-gmx.com', 'deref-web.de', 'deref-web-02.de', 'deref-mail.com'],
    path: /^\/mail\/client\/.*dereferrer\/?$/,
    read: inParameters(['redirectUrl'], ['lm']),
  },
  { hosts: ['.fireeye.com'], path: /^\/(?:v1\/)?url$/, read: inParameters(['u'], ['k', 'q', 'e']) },
  { hosts: ['.protection.sophos.com'], path: ROOT, read: fromBase64('u') },
  { hosts: ['.safelink.emails.azure.net'], path: /^\/redirect\/?$/, read: inParameters(['destination'], ['p']) },
  {
    hosts: ['clicktime.symantec.com', 'urlsand.esvalabs.com', 'scanmail.trustwave.com', 'link.edgepilot.com'],
    read: inParameters(['u']),
  },
  { hosts: ['.url-protection.com'], path: /^\/v1\//, read: inParameters(['o'], ['g', 'h', 'p']) },
  { hosts: ['.awstrack.me', '.govdelivery.com'], read: inPath(CLICK_PATH) },
  // The same under a sender's own host, recognised by the shape of the whole path.
  {
    hosts: /./,
    path: /^\/(?:CL|L)0\//,
    read: inPath(/^\/(?:CL|L)0\/(https?(?::|%3A)%2F%2F[^/]+)\/\d+\/[0-9a-f]{10,}-[0-9a-f-]+\/[\w-]+=\d*$/i),
  },
  // Sailthru, under a publisher's own host: `link.example.org/click/12345.678/aHR0cHM6…/…`.
  { hosts: /^link\./, read: base64InPath(/^\/click\/\d+\.\d+\/(aHR0c[\w-]+)\//) },
  { hosts: /^click\.(?:convertkit-mail|kit-mail)\d*\.com$/, read: base64InPath(/\/(aHR0c[\w-]+=*)$/) },
  { hosts: ['click.pstmrk.it'], read: afterPostmark },
  { hosts: ['mandrillapp.com'], path: /^\/track\/click\//, read: inJson(['url']) },
  { hosts: ['substack.com', '.substack.com'], path: /^\/redirect\/2\//, read: inJson(['e']) },
  { hosts: ['flight.beehiiv.net', 'lnks.gd'], read: inJson(['url']) },
  { hosts: ['.customeriomail.com'], path: /^\/e\/c\//, read: inJson(['href']) },
  { hosts: ['app.getresponse.com'], path: /^\/click\.html$/, read: inParameters(['url']) },
  { hosts: ['click.icptrack.com'], path: /^\/icp\/relay\.php$/, read: inParameters(['destination']) },
  { hosts: ['.govdelivery.com'], path: /^\/track$/, read: (url) => /&(https?:\/\/.+)/.exec(url.search)?.[1] ?? null },
  // Affiliate networks
  {
    hosts: ['.redirectingat.com', 'go.skimresources.com'],
    path: ROOT,
    read: inParameters(['url'], ['id', 'xs', 'xcust', 'sref', 'pref', 'xguid']),
  },
  {
    hosts: ['redirect.viglink.com'],
    path: ROOT,
    read: inParameters(['u', 'out'], ['key', 'cuid', 'subId', 'prodOvrd', 'opt', 'type']),
  },
  { hosts: ['.linksynergy.com'], read: inParameters(['murl'], ['u1', 'LSNSUBSITE']) },
  {
    hosts: ['awin1.com', 'www.awin1.com'],
    path: /^\/cread\.php$/,
    read: inParameters(['ued', 'p'], ['clickref', 'awinmid', 'awinaffid', 'platform']),
  },
  {
    hosts: ['.anrdoezrs.net', '.dpbolvw.net', '.jdoqocy.com', '.kqzyfj.com', '.tkqlhce.com'],
    path: /^\/click-/,
    read: inParameters(['url', 'URL']),
  },
  {
    hosts: ['.anrdoezrs.net', '.dpbolvw.net', '.jdoqocy.com', '.kqzyfj.com', '.tkqlhce.com'],
    read: inPath(/^\/links\/.+?\/(https?:\/\/.+)$/),
  },
  { hosts: /^rover\.ebay\.[a-z.]{2,6}$/, path: /^\/rover\//, read: inParameters(['mpre']) },
  { hosts: ['prf.hn', '.prf.hn'], read: inPath(/\/destination:(https?(?::|%3A).+)$/i) },
  // Advertisements
  {
    hosts: ['www.googleadservices.com', '.g.doubleclick.net'],
    path: /^\/pagead\/aclk$|^\/pcs\/click$/,
    read: inParameters(['adurl']),
  },
  // Copies: translations and archives
  {
    hosts: GOOGLE_TRANSLATE,
    path: /^\/(?:translate(?:_c|_p)?|website)$/,
    read: inParameters(
      ['u'],
      ['sl', 'tl', 'hl', 'prev', 'anno', 'sandbox', 'client', 'usg', 'js', 'rurl', 'ie', 'langpair'],
    ),
  },
  { hosts: ['.translate.goog'], read: afterTranslation },
  { hosts: /^translate\.yandex\.[a-z.]{2,6}$/, path: /^\/translate$/, read: inParameters(['url']) },
  {
    hosts: ['translatetheweb.com', 'www.translatetheweb.com', 'www.microsofttranslator.com'],
    read: inParameters(['a']),
  },
  { hosts: ['via.hypothes.is', '12ft.io'], read: inPath(/^\/(https?:\/.+)$/i) },
  {
    hosts: ['webcache.googleusercontent.com'],
    path: /^\/search$/,
    read: (url) => /^cache:(?:[\w-]*:)?(https?:\/\/[^+\s]+)/.exec(url.searchParams.get('q') ?? '')?.[1] ?? null,
  },
  { hosts: ['web.archive.org'], read: inPath(/^\/web\/(?:\d{1,14}[a-z_]*|\*)\/(https?:\/.+)$/i) },
  {
    hosts: ['archive.today', 'archive.ph', 'archive.is', 'archive.li', 'archive.md', 'archive.vn', 'archive.fo'],
    read: inPath(/^\/(?:newest|oldest|\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6}|o\/\w+)\/(https?:\/.+)$/i),
  },
];
