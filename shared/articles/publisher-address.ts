// The publisher's own address of an article, whichever way a feed leads to it: through a search engine, a social network, a counter of
// clicks, a translation or a copy. One article has one such address, so this is also what two links are compared by.
import { isIpAddress } from '../fetching/address-rules.ts';
import { checkTarget } from '../fetching/target-rules.ts';
import { originalOfAmpCache } from './amp.ts';
import { canonicalArticleUrl } from './canonical-url.ts';
import { LINK_WRAPPERS, type LinkWrapper } from './link-wrappers.ts';

/** A mail program wraps what a network has wrapped of a search result; who wraps more than that hides something. */
const MOST_WRAPPERS = 4;
/** As long as a link in a message may be: article-message.ts. */
const LONGEST_ADDRESS = 2048;
const NOBODY = { allowedHosts: new Set<string>() };

/** The address within, where the link is of a known service and holds a sound one; else the link as it is. */
export function publisherAddress(link: string): string {
  return unwrapped(link, MOST_WRAPPERS) ?? link;
}

/**
 * What an article is told by among links: its publisher's canonical address, under https, for http leads to the same page. Null for what is
 * no address.
 */
export function identityAddress(link: string): string | null {
  return canonicalArticleUrl(publisherAddress(link))?.replace(/^http:/, 'https:') ?? null;
}

/** Null where there is nothing to unwrap, or nothing sound in it. */
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

/** Any address of the web that a publisher may have: no other scheme, nothing inside, no bare number, no password. */
function soundAddress(text: string): string | null {
  if (text.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(text) || /\p{Cc}/u.test(text)) return null;
  const verdict = checkTarget(text, NOBODY);
  const url = URL.parse(text);
  if (!verdict.ok || url === null || url.username !== '' || url.password !== '') return null;
  return isIpAddress(verdict.target.host) ? null : url.href;
}
