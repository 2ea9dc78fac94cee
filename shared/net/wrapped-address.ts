// How addresses are written into other addresses: as a parameter, behind a path, encoded once, twice or not at all. Text only; whether the result
// is acceptable is decided in publisher-address.ts.

/** The address as written there, decoded as far as necessary; null if there is none. */
export type AddressReader = (url: URL) => string | null;

/**
 * The first of these parameters that holds an address. `own` are the service's other parameters: if the address is not encoded and has
 * its own query, everything after it belongs to it except these. (Better to take one article for two than two for one.)
 */
export const inParameters =
  (names: readonly string[], own: readonly string[] = []): AddressReader =>
  ({ search }) => {
    const pairs = search.slice(1).split('&').map(nameAndValue);
    for (const name of names) {
      const at = pairs.findIndex((pair) => pair.name === name && isAddress(decoded(pair.value)));
      if (at === -1) continue;
      const { value } = pairs[at]!;
      const rest = pairs.slice(at + 1).filter((pair) => !own.includes(pair.name) && !names.includes(pair.name));
      return value.includes('?') ? [decoded(value), ...rest.map((pair) => pair.text)].join('&') : decoded(value);
    }
    return null;
  };

/** The whole query is the address: `https://href.li/?https://news.example.org/pier?page=2`. */
export const inQuery: AddressReader = ({ search }) => {
  const query = search.slice(1);
  return isAddress(query) ? query : decoded(query);
};

/** The first group of the pattern, in the path and what follows it. */
export const inPath =
  (pattern: RegExp): AddressReader =>
  ({ pathname, search }) => {
    const found = pattern.exec(pathname)?.[1] ?? null;
    if (found === null) return null;
    const isEncoded = !isAddress(found);
    // An unencoded address continues in the query.
    const address = isEncoded ? decoded(found) : `${found}${search}`;
    // A server or a proxy may have made one slash of two.
    return address.replace(/^(https?):\/(?!\/)/i, '$1://');
  };

/** The address is written without its scheme. */
export const withHttps =
  (read: AddressReader): AddressReader =>
  (url) => {
    const found = read(url);
    return found === null ? null : `https://${found}`;
  };

/** A parameter in base64, after a prefix. */
export const fromBase64 =
  (name: string, mark = ''): AddressReader =>
  ({ search }) => {
    const value = decoded(
      search
        .slice(1)
        .split('&')
        .map(nameAndValue)
        .find((pair) => pair.name === name)?.value ?? '',
    );
    return value.startsWith(mark) ? textOfBase64(value.slice(mark.length)) : null;
  };

/** The first group of the pattern in the path, in base64. */
export const base64InPath =
  (pattern: RegExp): AddressReader =>
  ({ pathname }) =>
    textOfBase64(pattern.exec(pathname)?.[1] ?? '');

/** A field of the first JSON object in base64 (`eyJ…`); one level deeper where a field holds JSON as a text. */
export const inJson =
  (fields: readonly string[]): AddressReader =>
  ({ pathname, search }) => {
    for (const [token] of `${pathname}${search}`.matchAll(/eyJ[\w+-]+/g)) {
      const found = fieldOf(textOfBase64(token), fields, 2);
      if (found !== null) return found;
    }
    return null;
  };

function fieldOf(json: string | null, fields: readonly string[], left: number): string | null {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    return null;
  }
  if (left === 0 || typeof value !== 'object' || value === null) return null;
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const [own] = texts.filter(([name, text]) => fields.includes(name) && isAddress(text));
  if (own !== undefined) return own[1];
  for (const [, text] of texts) {
    const found = fieldOf(text, fields, left - 1);
    if (found !== null) return found;
  }
  return null;
}

/** Postmark: `/3s/news.example.org%2Fpier/…`, `s` for https. */
export const afterPostmark: AddressReader = ({ pathname }) => {
  const [, secure, address] = /^\/\d(s?)\/([^/]+)\//.exec(pathname) ?? [];
  return address === undefined ? null : `${secure === 's' ? 'https' : 'http'}://${decoded(address)}`;
};

/** Disqus appends a signature after a colon: `url=https%3A%2F%2Fnews.example.org%2Fpier%3AsIgN4tUrE`. */
export const withoutDisqusMark =
  (read: AddressReader): AddressReader =>
  (url) =>
    read(url)?.replace(/:[\w-]{6,}$/, '') ?? null;

/**
 * Proofpoint's three dialects: v1 encodes as usual; v2 writes `-` for `%` and `_` for `/`; v3 puts the address between `__` and `__;`, with
 * stars for characters that follow in base64: `*` for one character, `**A` for two, `**B` for three and so on.
 * Source: Proofpoint, "How do I decode a rewritten URL?".
 */
export const afterProofpoint: AddressReader = (url) => {
  if (url.pathname.startsWith('/v1/')) return inParameters(['u'])(url);
  if (url.pathname.startsWith('/v2/')) {
    const value = /[?&]u=([^&]*)/.exec(url.search)?.[1] ?? '';
    return decoded(value.replace(/-/g, '%').replace(/_/g, '/'));
  }
  const [, address, replaced = ''] =
    /^\/v3\/__(.+?)__;([\w-]*={0,2})!/.exec(`${url.pathname}${url.search}${url.hash}`) ?? [];
  if (address === undefined) return null;
  const characters = [...(textOfBase64(replaced) ?? '')];
  const whole = address.replace(/\*(?:\*([A-Za-z0-9_-]))?/g, (_star, run: string | undefined) =>
    characters.splice(0, run === undefined ? 1 : RUNS.indexOf(run) + 2).join(''),
  );
  return whole.replace(/^(https?):\/(?!\/)/i, '$1://');
};

const RUNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `https://news-example-org.translate.goog/pier?_x_tr_sl=de`: dots are written `-`, and `-` is written `--`. */
export const afterTranslation: AddressReader = ({ hostname, pathname, search }) => {
  const name = hostname.slice(0, -'.translate.goog'.length);
  const host = name.replace(/--|-/g, (sign) => (sign === '-' ? '.' : '-'));
  const pairs = search.slice(1).split('&').map(nameAndValue);
  const isPlain = pairs.some((pair) => pair.name === '_x_tr_sch' && pair.value === 'http');
  const kept = pairs.filter((pair) => pair.text !== '' && !pair.name.startsWith('_x_tr_')).map((pair) => pair.text);
  return `${isPlain ? 'http' : 'https'}://${host}${pathname}${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
};

function nameAndValue(text: string): { readonly text: string; readonly name: string; readonly value: string } {
  const at = text.includes('=') ? text.indexOf('=') : text.length;
  // Feeds that escape their links twice leave `&amp;` between parameters.
  return { text, name: text.slice(0, at).replace(/^amp;/, ''), value: text.slice(at + 1) };
}

const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/** Only ASCII: other letters are the same address either way, and bytes of no known encoding stay as they are. */
function decoded(value: string): string {
  let text = value;
  for (let layers = 0; layers < MOST_LAYERS && !(layers > 0 && isAddress(text)); layers += 1) {
    text = text.replace(/%([0-7][0-9a-f])/gi, (_escape, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
  }
  return text;
}

const MOST_LAYERS = 3;

/** Null if the text is not UTF-8 in base64. */
function textOfBase64(text: string): string | null {
  try {
    const bytes = atob(text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''));
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return null;
  }
}
