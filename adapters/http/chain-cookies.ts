// Cookies of one chain of redirects, for servers that redirect a client until it returns their cookie. They are sent only to the host
// that set them and are dropped when the chain ends: nothing is kept between two fetches.
// Source: RFC 6265, 5.1 to 5.4; stricter in that a `Domain` widens nothing.
import type { FetchTarget } from '../../shared/net/target-rules.ts';

const MOST_COOKIES = 20;
/** RFC 6265, 6.1 asks for 4096 bytes a cookie; all of them together fit where servers take 8 KB of headers. */
const LONGEST_COOKIE = 4096;
const LONGEST_HEADER = 6000;
const DEFAULT_PORTS: readonly number[] = [80, 443];

interface Cookie {
  readonly site: string;
  readonly name: string;
  readonly pair: string;
  readonly path: string;
  readonly secureOnly: boolean;
}

export interface ChainCookies {
  /** Stores the cookies that an answer of this target sets, and removes those that it expires. */
  keep(target: FetchTarget, setCookie: readonly string[] | undefined): void;
  /** The Cookie header for a request; null where there is none to send. */
  headerFor(target: FetchTarget): string | null;
}

export function createChainCookies(now: () => number = Date.now): ChainCookies {
  let cookies: readonly Cookie[] = [];

  function take(target: FetchTarget, line: string): void {
    const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
    const attributes = new Map(rest.map(attributeOf));
    const name = pair.slice(0, Math.max(pair.indexOf('='), 0)).trim();
    if (pair.length > LONGEST_COOKIE || !SENDABLE.test(pair) || isOfAnotherDomain(target, attributes.get('domain')))
      return;
    const path = attributes.get('path')?.startsWith('/') ? (attributes.get('path') ?? '/') : defaultPath(target);
    const cookie = { site: siteOf(target), name, pair, path, secureOnly: attributes.has('secure') };
    const others = cookies.filter((each) => each.site !== cookie.site || each.name !== name || each.path !== path);
    cookies = hasEnded(attributes, now()) ? others : [...others, cookie].slice(-MOST_COOKIES);
  }

  return {
    keep: (target, setCookie = []) => {
      for (const line of setCookie) take(target, line);
    },
    headerFor: (target) => {
      const fitting = cookies.filter((cookie) => isFor(cookie, target));
      // Longer paths first (5.4); what does not fit any more is left out.
      const pairs = fitting.toSorted((left, right) => right.path.length - left.path.length).map(({ pair }) => pair);
      while (pairs.join('; ').length > LONGEST_HEADER) pairs.pop();
      return pairs.length === 0 ? null : pairs.join('; ');
    },
  };
}

/** A name, and nothing that would end a header or cannot be sent in one. */
const SENDABLE = /^[^=\s][^=\p{Cc}]*=[\t\x20-\x7e\x80-\xff]*$/u;

/** The same host under http and https, as sites redirect; another port is another server. */
const siteOf = ({ host, port }: FetchTarget): string => `${host}${DEFAULT_PORTS.includes(port) ? '' : `:${port}`}`;

function attributeOf(text: string): readonly [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim()];
}

function isOfAnotherDomain({ host }: FetchTarget, domain = ''): boolean {
  const named = domain.replace(/^\./, '').toLowerCase();
  return named !== '' && host !== named && !host.endsWith(`.${named}`);
}

function isFor({ site, path, secureOnly }: Cookie, target: FetchTarget): boolean {
  if (site !== siteOf(target) || (secureOnly && !target.secure)) return false;
  const asked = pathOf(target);
  return asked === path || (asked.startsWith(path) && (path.endsWith('/') || asked[path.length] === '/'));
}

const pathOf = ({ path }: FetchTarget): string => path.split('?', 1)[0] ?? '/';

/** The folder of the page that set it (5.1.4). */
const defaultPath = (target: FetchTarget): string => pathOf(target).replace(/\/[^/]*$/, '') || '/';

/** Max-Age outweighs Expires (5.3); an unreadable date means the end of the session, which is the chain. */
function hasEnded(attributes: ReadonlyMap<string, string>, now: number): boolean {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= now;
}
