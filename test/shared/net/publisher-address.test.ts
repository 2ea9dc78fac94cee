import { identityAddress, publisherAddress } from '../../../shared/net/publisher-address.ts';

const PIER = 'https://news.example.org/pier';
const LIST = 'https://news.example.org/list?id=7&page=2';
const encoded = (url: string): string => encodeURIComponent(url);
const base64 = (text: string): string => Buffer.from(text).toString('base64url');
/** Holds both signs by which base64 for addresses differs, and `-` is what `~~~` becomes, `_` what `???` does. */
const TILDES = 'https://news.example.org/ab~~~?a=???';
const HASH = '0f'.repeat(32);

/** Services that write the address as it is. */
const PLAIN_SERVICES: readonly string[] = [
  'https://archive.ph/2026.11.30-081500/X',
  'https://via.hypothes.is/X',
  'https://12ft.io/X',
  'https://webcache.googleusercontent.com/search?q=cache:AbC_d-9:X+pier&hl=en',
  'https://www.bing.com/amp/s/news.example.org/pier',
  'https://yandex.ru/turbo/s/news.example.org/pier',
];

it.each(['protect.checkpoint.com', 'url.avanan.click'])('the address within a link of %s keeps its query', (host) => {
  expect(publisherAddress(`https://${host}/v2/___${LIST}___.YXAzOmNvbXBhbnk6YTpv`)).toBe(LIST);
  expect(publisherAddress(`https://${host}/v2/r01/___${PIER}___.YXAzOmNvbXBhbnk6YTpv`)).toBe(PIER);
});

it.each([
  'https://protect.checkpoint.com/v2/___X___.YzJ1OmFi',
  'http://links.govdelivery.com/track?type=click&&&X',
  'https://webcache.googleusercontent.com/search?q=cache:X',
  'https://translate.google.co.uk/translate?u=X',
  'https://scholar.google.co.uk/scholar_url?url=X',
  'https://www.yandex.co.il/turbo?text=X',
  'https://ya.ru/turbo?text=X',
])('the address within %s may be one of http', (service) => {
  const inner = PIER.replace('https:', 'http:');

  expect(publisherAddress(service.replace('X', inner))).toBe(inner);
});

it.each([
  'CL0/http:%2F%2Fnews.example.org%2Fpier',
  'l0/HTTP%3a%2f%2fnews.example.org%2fpier',
  'I0/http:/%2Fnews.example.org%2Fpier',
])('the address behind a click counter is read from /%s', (path) => {
  expect(publisherAddress(`https://click.redditmail.com/${path}/1/0100018f/sig=1`)).toBe(
    'http://news.example.org/pier',
  );
});

it.each(PLAIN_SERVICES)('the address within %s is the publisher’s', (service) => {
  expect(publisherAddress(service.replace('X', PIER))).toBe(PIER);
});

it.each([
  'https://c212.net/c/click?u=X',
  'https://deref-gmx.net.example.org/mail/client/a/dereferrer/?redirectUrl=X',
  'https://deref-gmx.net/about?redirectUrl=X',
  'https://yandex.ru/turbo/s/localhost/pier',
  'https://yandex.ru/search?text=X',
  'https://webcache.googleusercontent.com/other?q=cache:X',
  'https://x12ft.io/X',
  'https://www.doubleclick.net/pcs/click?adurl=X',
  'https://translate.google.com.example.org/translate?u=X',
  'https://mytranslate.google.com/translate?u=X',
  'https://scholar.google.com.example.org/scholar_url?url=X',
  'https://myscholar.google.com/scholar_url?url=X',
  'https://yandex.ru.example.org/turbo?text=X',
  'https://myyandex.ru/turbo?text=X',
  'https://www.google.com.br.example.org/url?q=X',
  'https://href.li/about/?X',
  'https://protect.checkpoint.com/x/v2/___X___.YzJ1OmFi',
  'https://protect.checkpoint.com/v2/',
  'https://links.govdelivery.com/track',
  'https://webcache.googleusercontent.com/search',
  'https://webcache.googleusercontent.com/search?q=news:cache:X',
  'https://click.redditmail.com/x/CL0/X/1/0100018f/sig=1',
])('%s leads nowhere else', (service) => {
  const link = service.replace('X', PIER);

  expect(publisherAddress(link)).toBe(link);
});

/** Services with their address around `X`, which stands for an article's address in percent-encoding. */
const SERVICES: readonly string[] = [
  'https://www.google.com/url?rct=j&sa=t&url=X&ct=ga&cd=CAIy&usg=AOvVaw',
  'https://www.google.com/url?q=X&sa=D&source=editors&ust=1',
  'https://www.google.com/url/?q=X',
  'https://www.google.com./url?q=X',
  'https://r.search.aol.com/_ylt=Awr/RV=2/RE=1764/RO=10/RU=X/RK=0/RS=abc-',
  'https://yandex.ru/turbo?text=X&utm_source=turbo_turbo',
  'https://c212.net/c/link/?t=0&l=en&o=4012345-1&h=2915&u=X&a=Read+the+report',
  'https://deref-gmx.net/mail/client/AbCdEf/dereferrer/?redirectUrl=X',
  'https://deref-web.de/mail/client/AbC-1/dereferrer/?redirectUrl=X&lm=1',
  'https://www.googleadservices.com/pagead/aclk?sa=L&ai=C1&num=1&adurl=X',
  'https://adclick.g.doubleclick.net/pcs/click?xai=AKA&sig=Cg0&adurl=X',
  'https://webcache.googleusercontent.com/search?q=cache:X',
  'https://google.com/url?sa=t&url=X',
  'http://www.google.co.uk/url?url=X',
  'https://www.google.com.br/url?q=X',
  'https://www.google.de/url?esrc=s&q=&rct=j&sa=U&url=X',
  'http://news.google.com/news/url?sa=t&fd=R&ct2=us&usg=AFQ&clid=c3a7&cid=52&ei=x&url=X',
  'http://plus.url.google.com/url?q=X&rct=j',
  'https://www.google.com/imgres?imgurl=https%3A%2F%2Fpictures.example.org%2Fa.jpg&imgrefurl=X&h=10',
  'https://scholar.google.com/scholar_url?url=X&hl=en&sa=T&d=1&scisig=AA',
  'https://googleweblight.com/i?u=X&hl=en',
  'http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=65f&url=X&c=123&mkt=en-us',
  'https://bing.com/news/apiclick.aspx?url=X',
  'https://www.bing.com/News/ApiClick.aspx?url=X',
  'https://www.bing.com/alink/link?url=X&h=1',
  'https://duckduckgo.com/l/?uddg=X&rut=abc',
  'https://metager.org/partner/r?link=X&hash=1',
  'https://click.mail.ru/redir?u=X&c=1',
  'https://sspai.com/link?target=X',
  'https://www.jianshu.com/go-wild?ac=2&url=X',
  'https://links.jianshu.com/go?to=X',
  'https://www.douban.com/link2/?url=X',
  'https://www.quora.com/_/redirect?url=X',
  'https://www.curseforge.com/linkout?remoteUrl=X',
  'https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=X&locale=en-us',
  'https://urlsand.esvalabs.com/?u=X&e=1',
  'https://click.icptrack.com/icp/relay.php?r=1&destination=X',
  'https://l.wl.co/l?u=X',

  'https://go.bsky.app/redirect?u=X',
  'https://www.tiktok.com/link/v2?aid=1&lang=en&scene=bio_url&target=X',
  'https://x.com/safety/unsafe_link_warning?unsafe_link=X',
  'https://rd.yahoo.co.jp/rss/l/topics/*X',
  'https://mail.example.org/CL0/X/1/0102018f5b6c7d8e-0a1b2c3d-0000/AbC_d-9=354',
  'https://app.getresponse.com/click.html?x=a62b&lc=1&url=X',
  'https://nam.safelink.emails.azure.net/redirect/?destination=X&p=bT0',
  'https://clicktime.symantec.com/3AB?u=X',
  'https://scanmail.trustwave.com/?c=1&d=2&u=X',
  'https://link.edgepilot.com/s/abc/def?u=X',
  'https://avanan.url-protection.com/v1/url?o=X&g=1&h=2&p=3',
  'https://www.google.com/url?rct=j&amp;sa=t&amp;url=X&amp;ct=ga',
  'https://html.duckduckgo.com/l/?kh=-1&uddg=X',
  'https://r.search.yahoo.com/_ylt=Awr/RV=2/RE=1764/RO=10/RU=X/RK=2/RS=abc-',
  'https://us.rd.yahoo.com/dailynews/rss/search/pier/SIG=11i/*X',
  'https://yandex.ru/clck/jsredir?from=yandex.ru%3Bsearch&text=&url=X',
  'https://www.yandex.com.tr/clck/jsredir?url=X&l10n=tr',
  'https://flipboard.com/redirect?url=X&v=1',
  'https://getpocket.com/redirect?url=X&formCheck=1',
  'https://l.facebook.com/l.php?u=X&h=AT0',
  'https://lm.facebook.com/l.php?u=X&h=AT0&s=1',
  'https://www.facebook.com/l.php?u=X',
  'https://www.facebook.com/flx/warn/?u=X',
  'https://l.instagram.com/?u=X&e=AT0',
  'https://l.threads.net/?u=X&e=AT0',
  'https://l.messenger.com/l.php?u=X',
  'https://out.reddit.com/t3_1abc?url=X&token=AQ&app_name=web',
  'https://out.reddit.com/?url=X',
  'https://click.redditmail.com/CL0/X/1/0100018f/sig=1',
  'https://t.co/redirect?url=X&sig=1',
  'https://t.umblr.com/redirect?z=X&t=NjY&p=&m=1',
  'https://away.vk.com/away.php?to=X&cc_key=',
  'https://vk.com/away.php?utf=1&to=X',
  'https://ok.ru/dk?cmd=logExternal&st.cmd=logExternal&st.link=X&st.name=x',
  'https://www.youtube.com/redirect?event=video_description&redir_token=QU&q=X&v=abc',
  'https://www.linkedin.com/redir/redirect?url=X&urlhash=a_b&trk=x',
  'https://www.linkedin.com/redir/general-malware-page?url=X',
  'https://www.linkedin.com/safety/go?url=X&trk=feed',
  'https://t.me/iv?url=X&rhash=0f',
  'https://slack-redir.net/link?url=X&v=3',
  'https://www.pinterest.com/offsite/?token=1&url=X',
  'https://medium.com/r/?url=X',
  'https://disq.us/url?url=X%3AsIgN4tUrE_-9&cuid=1',
  'https://disq.us/?url=X',
  'https://exit.sc/?url=X',
  'https://gate.sc/?url=X&token=1',
  'https://steamcommunity.com/linkfilter/?url=X',
  'https://steamcommunity.com/linkfilter/?u=X',
  'https://www.deviantart.com/users/outgoing?X',
  'https://www.evernote.com/OutboundRedirect.action?dest=X',
  'https://link.zhihu.com/?target=X',
  'https://weibo.cn/sinaurl?u=X',
  'https://href.li/?X',
  'http://anon.to/?X',
  'https://nl.hideproxy.me/go.php?u=X&b=4',
  `https://prod.outgoing.prod.webservices.mozgcp.net/v1/${HASH}/X`,
  'https://nam01.safelinks.protection.outlook.com/?url=X&data=05%7C01&sdata=x%3D&reserved=0',
  'https://eur03.safelinks.protection.outlook.com/ap/w-59584e83/?url=X&data=05',
  'https://urldefense.proofpoint.com/v1/url?u=X&k=abc&r=x',
  'https://linkprotect.cudasvc.com/url?a=X&c=E,1,abc&typo=1',
  'https://secure-web.cisco.com/1abcDEFghijk/X',
  'https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=X&umid=1&auth=2',
  'https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u=X',
  'https://abc123.r.eu-west-1.awstrack.me/L0/X/1/010201/sig=354',
  'https://links-1.govdelivery.com/CL0/X/1/0100/sig=1',
  'https://go.redirectingat.com/?id=1234&xs=1&url=X&xcust=a',
  'https://go.skimresources.com/?id=1234&url=X',
  'https://redirect.viglink.com/?key=0f&u=X',
  'https://click.linksynergy.com/deeplink?id=a&mid=1&murl=X&u1=b',
  'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&ued=X',
  'https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&p=X',
  'https://www.jdoqocy.com/click-1-2?url=X&sid=3',
  'https://rover.ebay.com/rover/1/711-53200-19255-0/1?mpre=X&campid=1',
  'https://prf.hn/click/camref:1abc/pubref:x/destination:X',
  'https://translate.google.com/translate?sl=auto&tl=en&u=X',
  'https://translate.google.de/website?sl=ru&tl=de&hl=de&u=X',
  'https://translate.yandex.ru/translate?lang=en-ru&url=X',
  'https://www.translatetheweb.com/?from=&to=en&a=X',
];

describe('a link of a service', () => {
  it.each(SERVICES)('leads to the publisher: %s', (service) => {
    expect(publisherAddress(service.replace('X', encoded(PIER)))).toBe(PIER);
  });

  it.each(SERVICES)('leads to the publisher with all of the query: %s', (service) => {
    expect(publisherAddress(service.replace('X', encoded(LIST)))).toBe(LIST);
  });

  it.each([
    'https://www.google.com/url?url=X&ct=1&cd=1&usg=1&sa=1&rct=1&sig2=1&ved=1&ei=1&esrc=1&source=1&cad=1&opi=1&sntz=1&ust=1&uact=1',
    'https://scholar.google.com/scholar_url?url=X&hl=en&sa=T&d=1&ei=1&scisig=1&oi=1&hist=1&html=1&pos=1&folt=1&cd=1&ct=1&nossl=1',
    'https://www.bing.com/alink/link?url=X&ref=1&aid=1&tid=1&c=1&mkt=en-us',
    'https://duckduckgo.com/l/?uddg=X&rut=1&kh=1&notrut=1',
    'https://yandex.ru/turbo?text=X&utm_source=1&turbo_uid=1&sign=1',
    'https://c212.net/c/link/?u=X&a=1',
    'https://l.facebook.com/l.php?u=X&h=1&e=1&s=1&enc=1&__tn__=1&fbclid=1&c[0]=1',
    'https://out.reddit.com/?url=X&token=1&app_name=web&web_redirect=true',
    'https://t.co/redirect?url=X&t=1&sig=1&iid=1&uid=1&nid=1',
    'https://www.tiktok.com/link/v2?target=X&aid=1&lang=en&scene=1',
    'https://t.umblr.com/redirect?z=X&t=1&p=1&m=1&b=1&ts=1',
    'https://vk.com/away.php?to=X&post=1&cc_key=1&key=1&utf=1&el=1',
    'https://www.youtube.com/redirect?q=X&event=1&redir_token=1&v=1&html_redirect=1',
    'https://www.linkedin.com/safety/go?url=X&urlhash=1&trk=1&trkInfo=1',
    'https://t.me/iv?url=X&rhash=1',
    'https://slack-redir.net/link?url=X&v=3',
    'https://www.pinterest.com/offsite/?url=X&token=1&pin=1',
    'https://gate.sc/?url=X&token=1',
    'https://nam01.safelinks.protection.outlook.com/?url=X&data=1&sdata=1&reserved=0',
    'https://linkprotect.cudasvc.com/url?a=X&c=1&typo=1&ancr_add=1',
    'https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=X&umid=1&auth=2',
    'https://protect2.fireeye.com/v1/url?u=X&k=1&q=1&e=2',
    'https://nam.safelink.emails.azure.net/redirect/?destination=X&p=1',
    'https://avanan.url-protection.com/v1/url?o=X&g=1&h=2&p=3',
    'https://go.skimresources.com/?url=X&id=1&xs=1&xcust=1&sref=1&pref=1&xguid=1',
    'https://redirect.viglink.com/?u=X&key=1&cuid=1&subId=1&prodOvrd=1&opt=1&type=1',
    'https://click.linksynergy.com/deeplink?murl=X&u1=1&LSNSUBSITE=1',
    'https://www.awin1.com/cread.php?ued=X&clickref=1&awinmid=1&awinaffid=1&platform=1',
    'https://translate.google.com/translate?u=X&sl=1&tl=1&hl=1&prev=1&anno=1&sandbox=1&client=1&usg=1&js=1&rurl=1&ie=1&langpair=1',
  ])('adds nothing of its own to an address that is not encoded: %s', (service) => {
    expect(publisherAddress(service.replace('X', LIST))).toBe(LIST);
  });

  it.each<[what: string, outer: string, inner: string]>([
    ['Bing, in base64', `https://www.bing.com/ck/a?!&&p=1&ptn=3&u=a1${base64(LIST)}&ntb=1`, LIST],
    ['Bing, in the signs of base64 for addresses', `https://www.bing.com/ck/a?u=a1${base64(TILDES)}`, TILDES],
    ['Sophos, in base64', `https://eu.protection.sophos.com/?d=example.org&u=${encoded(btoa(PIER))}&i=1`, PIER],
    [
      'Proofpoint v2',
      'https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example.org_a-2Db_c-5Fd-3Fid-3D7&d=DwMF&c=x&e=',
      'https://news.example.org/a-b/c_d?id=7',
    ],
    ['Proofpoint v3', 'https://urldefense.com/v3/__https://news.example.org/list?id=7&page=2__;!!A!B$', LIST],
    ['Proofpoint v3 with one slash', 'https://urldefense.com/v3/__https:/news.example.org/pier__;!!A!B$', PIER],
    [
      'Proofpoint v3 with signs replaced',
      `https://urldefense.com/v3/__https://news.example.org/a*b?x=**B__;${base64('#%41')}!!A!B$`,
      'https://news.example.org/a#b?x=%41',
    ],
    ['Check Point', 'https://protect.checkpoint.com/v2/___https://news.example.org/pier___.YzJ1OmFi', PIER],
    [
      'GovDelivery',
      'http://links.govdelivery.com/track?type=click&enid=Zz&&&100&&&https://news.example.org/pier',
      PIER,
    ],
    [
      'Commission Junction',
      'https://www.anrdoezrs.net/links/1/type/dlg/https://news.example.org/list?id=7&page=2',
      LIST,
    ],
    ['Curseforge, twice encoded', `https://www.curseforge.com/linkout?remoteUrl=${encoded(encoded(LIST))}`, LIST],
    ['a web archive', 'https://web.archive.org/web/20261123101112/https://news.example.org/list?id=7&page=2', LIST],
    [
      'a web archive without banner',
      'http://web.archive.org/web/2026id_/http://news.example.org/pier',
      'http://news.example.org/pier',
    ],
    ['a web archive with one slash', 'https://web.archive.org/web/2026/https:/news.example.org/pier', PIER],
    ['the latest copy', 'https://archive.ph/newest/https://news.example.org/list?id=7&page=2', LIST],
    [
      'a translated page',
      'https://news-example-org.translate.goog/list?id=7&page=2&_x_tr_sl=ru&_x_tr_tl=en&_x_tr_hl=en',
      LIST,
    ],
    [
      'a translated page of a host with hyphens, by http',
      'https://my--news-example-org.translate.goog/pier?_x_tr_sch=http&_x_tr_sl=ru',
      'http://my-news.example.org/pier',
    ],
    ['FeedBlitz', 'https://feeds.feedblitz.com/~/t/0/0/harbour/~https://news.example.org/list?id=7&page=2', LIST],
    ['Yahoo Japan', `https://rdsig.yahoo.co.jp/rss/x/RV=1/RU=${base64(LIST)}/RK=0/RS=a`, LIST],
    ['Sailthru', `https://link.mail.example.org/click/123.456/${base64(LIST)}/5f0f/B12`, LIST],
    ['ConvertKit', `https://click.convertkit-mail2.com/v8u/owh/${base64(LIST)}`, LIST],
    ['Postmark', 'https://click.pstmrk.it/3s/news.example.org%2Flist%3Fid%3D7%26page%3D2/abc/def', LIST],
    ['Postmark by http', 'https://click.pstmrk.it/2/news.example.org%2Fpier/abc/def', 'http://news.example.org/pier'],
    [
      'Mandrill',
      `https://mandrillapp.com/track/click/1/news.example.org?p=${base64(JSON.stringify({ s: 'x', v: 1, url: 'mandrill', p: JSON.stringify({ u: 1, url: LIST }) }))}`,
      LIST,
    ],
    ['Substack', `https://substack.com/redirect/2/${base64(JSON.stringify({ e: LIST, p: 1 }))}.sIg?r=1`, LIST],
    [
      'beehiiv',
      `https://flight.beehiiv.net/v2/clicks/${base64('{"alg":"RS256"}')}.${base64(JSON.stringify({ url: LIST }))}.sIg`,
      LIST,
    ],
    ['Customer.io', `https://e.customeriomail.com/e/c/${base64(JSON.stringify({ href: LIST }))}/0f`, LIST],
    [
      'a service to a page of its own',
      'https://medium.com/r/?url=https%3A%2F%2Fmedium.com%2Fp%2Fpier',
      'https://medium.com/p/pier',
    ],
    ['an AMP viewer', 'https://www.google.com/amp/s/news.example.org/pier', PIER],
    ['an AMP cache', 'https://news-example-org.cdn.ampproject.org/c/s/news.example.org/pier', PIER],
  ])('leads to the publisher: %s', (_what, outer, inner) => {
    expect(publisherAddress(outer)).toBe(inner);
  });
});

describe('an address within another', () => {
  it.each<[how: string, outer: string, inner: string]>([
    ['not encoded', 'https://www.google.com/url?rct=j&url=https://news.example.org/pier&ct=ga&cd=1', PIER],
    [
      'encoded where it must be',
      'https://www.google.com/url?url=https://news.example.org/list%3Fid%3D7%26page%3D2&ct=ga',
      LIST,
    ],
    ['twice encoded', `https://l.facebook.com/l.php?u=${encoded(encoded(LIST))}&h=1`, LIST],
    [
      'not encoded, with a query',
      'https://www.google.com/url?url=https://news.example.org/list?id=7&page=2&ct=ga&usg=1',
      LIST,
    ],
    ['not encoded, to the end', 'https://href.li/?https://news.example.org/list?id=7&page=2', LIST],
    [
      'with letters beyond ASCII',
      `https://www.google.com/url?url=${encoded('https://news.example.org/новости')}`,
      'https://news.example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8',
    ],
    [
      'with bytes of no known encoding',
      'https://www.google.com/url?url=https://news.example.org/z%FCrich',
      'https://news.example.org/z%FCrich',
    ],
    [
      'with an escape of its own',
      `https://www.google.com/url?url=${encoded('https://news.example.org/a%2Fb')}`,
      'https://news.example.org/a%2Fb',
    ],
    [
      'with capital letters',
      'https://www.google.com/url?url=HTTPS%3A%2F%2FNews.Example.ORG%2FPier',
      'https://news.example.org/Pier',
    ],
    [
      'on a usual port of another kind',
      `https://href.li/?https://news.example.org:8443/pier`,
      'https://news.example.org:8443/pier',
    ],
    ['after an empty one', `https://www.google.com/url?q=&url=${encoded(PIER)}`, PIER],
    ['after one that is none', `https://www.google.com/url?url=pier&q=${encoded(PIER)}`, PIER],
  ])('is read %s', (_how, outer, inner) => {
    expect(publisherAddress(outer)).toBe(inner);
  });

  it('is as long as a link in a message may be', () => {
    const longest = `https://news.example.org/${'a'.repeat(2048 - 25)}`;

    expect(publisherAddress(`https://www.google.com/url?url=${longest}`)).toBe(longest);
  });

  it('is read with a blank that does not break before the link', () => {
    expect(publisherAddress(`\u00a0https://www.google.com/url?url=${encoded(PIER)}`)).toBe(PIER);
  });

  it('is read through four services, and not through more', () => {
    const wrap = (url: string): string => `https://l.facebook.com/l.php?u=${encoded(url)}`;
    const search = (url: string): string => `https://www.google.com/url?q=${encoded(url)}`;
    const four = wrap(search(wrap(search(PIER))));

    expect(publisherAddress(four)).toBe(PIER);
    expect(publisherAddress(search(four))).not.toBe(PIER);
  });

  it('is left where a service within it holds none', () => {
    const inner = 'https://www.google.com/url?sa=t';

    expect(publisherAddress(`https://l.facebook.com/l.php?u=${encoded(inner)}`)).toBe(inner);
  });

  it.each([
    'https://www.google.com/url',
    'https://www.google.com/url?sa=t&url=',
    'https://www.google.com/url?url=news.example.org/pier',
    'https://www.google.com/url?url=/search%3Fq%3Dpier',
    'https://www.google.com/url?url=javascript:alert(1)',
    'https://www.google.com/url?url=javascript%3Aalert(1)%2F%2Fhttps%3A%2F%2Fnews.example.org',
    'https://www.google.com/url?url=ftp%3A%2F%2Fnews.example.org%2Fpier',
    'https://www.google.com/url?url=data:text/html,x',
    'https://www.google.com/url?url=http://127.0.0.1/pier',
    'https://www.google.com/url?url=http://127.1/pier',
    'https://www.google.com/url?url=http://0x7f000001/pier',
    'https://www.google.com/url?url=http://8.8.4.4/pier',
    'https://www.google.com/url?url=http://[2001:4860:4860::8844]/pier',
    'https://www.google.com/url?url=http://169.254.169.254/latest/meta-data/',
    'https://www.google.com/url?url=http://localhost/pier',
    'https://www.google.com/url?url=http://printer.local/pier',
    'https://www.google.com/url?url=http://intranet/pier',
    'https://www.google.com/url?url=http://news.example.org:22/pier',
    'https://www.google.com/url?url=https://me:secret@news.example.org/pier',
    'https://www.google.com/url?url=https://:secret@news.example.org/pier',
    `https://mandrillapp.com/track/click/1/x?p=${base64(JSON.stringify({ p: JSON.stringify({ p: JSON.stringify({ url: PIER }) }) }))}`,
    'https://www.google.com/url?url=https://me@news.example.org/pier',
    'https://www.google.com/url?url=https%3A%2F%2Fnews.example.org%2Fpier%0D%0AHost:%20x',
    'https://www.google.com/url?url=https%3A%2F%2Fnews.example.org%2Fpier%00',
    `https://www.google.com/url?url=https://news.example.org/${'a'.repeat(2048)}`,
    'https://www.google.com/url?url=https://www.google.com/url',
    'https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Furl%3Fsa%3Dt',
    'https://www.bing.com/ck/a?u=a1!!!',
    `https://www.bing.com/ck/a?u=a2${base64(PIER)}`,
    `https://www.bing.com/ck/a?u=a1${base64('javascript:alert(1)')}`,
    'https://urldefense.com/v3/__javascript:alert(1)__;!!A!B$',
    `https://substack.com/redirect/2/${base64('{"e":"javascript:alert(1)"}')}.x`,
    `https://substack.com/redirect/2/${base64('{"e":7,"x":')}.x`,
    `https://substack.com/redirect/2/${base64('{"x":"https://news.example.org/pier"}')}.x`,
    'https://substack.com/redirect/2/eyJ',
    'https://click.pstmrk.it/about',
    'https://urldefense.proofpoint.com/v2/url?k=1',
    'https://urldefense.com/v3/about',
    'https://link.example.org/about',
    `https://www.google.com/url?url=https://news.example.org/${'a'.repeat(2048 - 24)}`,
    'https://click.pstmrk.it/3s/127.0.0.1%2Fpier/abc/def',
    'https://localhost.translate.goog/pier',
    'https://web.archive.org/web/2026/http://10.0.0.1/pier',
    'https://www.google.com/amp/s/10.0.0.1/pier',
  ])('that is not sound leaves the link as it is: %s', (link) => {
    expect(publisherAddress(link)).toBe(link);
  });
});

describe('a link that only looks like a service', () => {
  const value = encoded(PIER);

  it.each([
    `https://news.example.org/url?url=${value}`,
    `https://news.example.org/share?u=${value}`,
    `https://google.example.org/url?url=${value}`,
    `https://www.google.com.evil.example/url?url=${value}`,
    `https://evilgoogle.com/url?url=${value}`,
    `https://www.google.com/search?q=${value}`,
    `https://www.google.com/url/more?url=${value}`,
    `https://www.google.com/maps?url=${value}`,
    `https://www.google.com/url?link=${value}`,
    `https://docs.google.com/url?url=${value}`,
    `https://www.bing.com/search?url=${value}`,
    `https://www.bing.com/news/search?url=${value}`,
    `https://www.facebook.com/permalink.php?u=${value}`,
    `https://l.facebook.com.example.org/l.php?u=${value}`,
    `https://www.reddit.com/r/news/?url=${value}`,
    `https://vk.com/wall?to=${value}`,
    `https://www.youtube.com/watch?v=abc&q=${value}`,
    `https://www.linkedin.com/pulse/pier?url=${value}`,
    `https://duckduckgo.com/?uddg=${value}`,
    `https://getpocket.com/save?url=${value}`,
    `https://medium.com/@someone/pier?url=${value}`,
    `https://safelinks.example.org/?url=${value}`,
    `https://evilsafelinks.protection.outlook.com.example/?url=${value}`,
    `https://archive.org/details/pier?url=${value}`,
    `https://web.archive.org/save/${PIER}`,
    `https://translate.google.com/?u=${value}`,
    `https://translate.goog/pier?u=${value}`,
    `https://disq.us/p/abc?url=${value}`,
    `https://href.li/about?${value}`,
    `https://t.me/channel?url=${value}`,
    `https://mail.example.org/CL0/${value}`,
    `https://mail.example.org/CL0/${value}/1/pier/x`,
    `https://news.example.org/click/123.456/${base64(PIER)}/5f0f/B12`,
    `https://link.example.org/click/pier/${base64(PIER)}/5f0f/B12`,
    `https://substack.com/home?x=${base64(JSON.stringify({ e: PIER }))}`,
    `https://www.tiktok.com/@harbour/video/1?target=${value}`,
    `https://x.com/harbour?unsafe_link=${value}`,
    `ftp://www.google.com/url?url=${value}`,
    PIER,
    'http://news.example.org/pier#top',
    'not an address',
    '',
  ])('stays as it is: %s', (link) => {
    expect(publisherAddress(link)).toBe(link);
  });
});

describe('the address that identifies an article', () => {
  it('is one address, by whatever link', () => {
    const links = [
      PIER,
      'http://news.example.org/pier',
      'HTTPS://News.Example.org:443/pier?utm_source=rss#top',
      `https://www.google.com/url?url=${encoded('http://news.example.org/pier?fbclid=1')}&ct=ga`,
      `http://www.bing.com/news/apiclick.aspx?tid=${'0f'}&url=${encoded(PIER)}`,
      'https://web.archive.org/web/2026/http://news.example.org:80/pier',
      'https://news.example.org/pier?srsltid=AfmBO&gad_source=1&itm_medium=teaser',
    ];

    expect(new Set(links.map(identityAddress))).toEqual(new Set([PIER]));
  });

  it('keeps other ports and every parameter that is not for tracking', () => {
    expect(identityAddress('http://news.example.org:8080/list?id=7&s=2&page=2')).toBe(
      'https://news.example.org:8080/list?id=7&s=2&page=2',
    );
  });

  it.each(['mailto:desk@example.org', 'nonsense', ''])('is nothing for %j', (link) => {
    expect(identityAddress(link)).toBeNull();
  });
});
