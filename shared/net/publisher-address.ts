// The publisher's own address of an article, even if a feed links to it through a search engine, a social network, a click
// counter, a translation or a copy. One article has one such address, so links are compared by it.
import { isIpAddress } from './address-rules.ts';
import { originalOfAmpCache } from './amp.ts';
import { canonicalArticleUrl } from './canonical-url.ts';
import { LINK_WRAPPERS, type LinkWrapper } from './link-wrappers.ts';
import { checkTarget } from './target-rules.ts';

/** A mail program may wrap a social network's link to a search result; deeper nesting is suspicious. */
const MOST_WRAPPERS = 4;
/** As long as a link in a message may be: article-message.ts. */
const LONGEST_ADDRESS = 2048;
const NOBODY = { allowedHosts: new Set<string>() };

/** The address inside a link of a known service, if it is valid; else the link unchanged. */
export function publisherAddress(link: string): string {
  return unwrapped(link, MOST_WRAPPERS) ?? link;
}

/**
 * The address that identifies an article: its publisher's canonical one, always with https, because http leads to the same page. Null if the
 * text is not an address.
 */
export function identityAddress(link: string): string | null {
  return canonicalArticleUrl(publisherAddress(link))?.replace(/^http:/, 'https:') ?? null;
}

/** Null when there is nothing to unwrap, or no valid address in it. */
function unwrapped(link: string, left: number): string | null {
  const url = URL.parse(link.trim());
  if (url === null || left === 0) return null;
  const inner = innerOf(url);
  if (inner === null) return null;
  const innermost = unwrapped(inner, left - 1);
  if (innermost !== null) return innermost;
  // A service that leads to itself leads nowhere.
  const last = new URL(inner);
  return last.hostname === url.hostname && wrappersOf(last).length > 0 ? null : inner;
}

function innerOf(url: URL): string | null {
  const amp = originalOfAmpCache(url.href);
  if (amp !== null) return soundAddress(amp);
  for (const { read } of wrappersOf(url)) {
    const found = read(url);
    const inner = found === null ? null : soundAddress(found);
    if (inner !== null) return inner;
  }
  return null;
}

const wrappersOf = (url: URL): readonly LinkWrapper[] =>
  /^https?:$/.test(url.protocol)
    ? LINK_WRAPPERS.filter(
        ({ hosts, path }) => isAmong(hosts, url.hostname.replace(/\.$/, '')) && (path?.test(url.pathname) ?? true),
      )
    : [];

const isAmong = (hosts: LinkWrapper['hosts'], host: string): boolean =>
  hosts instanceof RegExp
    ? hosts.test(host)
    : hosts.some((name) => (name.startsWith('.') ? host === name.slice(1) || host.endsWith(name) : host === name));

/** A public web address that a publisher may have: http or https, no internal host, no bare IP number, no password. */
function soundAddress(text: string): string | null {
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(text) || /\p{Cc}/u.test(text)) return null;
  const verdict = checkTarget(text, NOBODY);
  const url = URL.parse(text);
  if (!verdict.ok || url === null || url.username !== '' || url.password !== '') return null;
  return isIpAddress(verdict.target.host) ? null : url.href;
}
