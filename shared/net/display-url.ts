// URLs as they may be shown in messages, logs and health lists: recognisable, and without anything that opens a door.

const LONGEST_SHOWN = 300;

/** Parameter names that carry a secret in the wild: private feed tokens, signed links, sessions. */
const SECRET_NAME =
  /(^|[^a-z])(auth|token|key|apikey|secret|sig|signature|pass|passwd|password|pwd|session|sid|credential|code|jwt|hash|hmac)s?([^a-z]|$)/i;

/** Long runs of mixed letters and digits are tokens, whatever the parameter is called. */
const TOKEN_LIKE = /^(?=.*\d)(?=.*[a-z])[\w.~+/=%-]{20,}$/i;

/**
 * A URL with user, password and fragment removed and secret query values shown as `…`, cut to 300 characters.
 * Text that is not a URL is shown cut, without control characters, and with what comes before an `@` removed.
 */
export function displayUrl(raw: string): string {
  const url = URL.parse(raw);
  if (url === null)
    return cut(
      printable(raw)
        .replace(/\/\/[^/\s]*@/, '//')
        .replace(/\?.*$/s, '?…'),
    );
  const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${shownValue(name, value)}`);
  const host = url.host === '' ? '' : `//${url.host}`;
  return cut(`${url.protocol}${host}${printable(url.pathname)}${query.length === 0 ? '' : `?${query.join('&')}`}`);
}

/** What is kept of the address of a feed to follow: as written, without user, password and fragment, which are never sent. */
export function withoutCredentials(raw: string): string {
  const url = URL.parse(raw.trim());
  if (url === null || (url.username === '' && url.password === '' && url.hash === '')) return raw.trim();
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

/** Foreign text for a message: one line, no control or direction-changing characters, at most `length` characters. */
export function quoteForeign(text: string, length = 80): string {
  const line = printable(text).replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > length ? `${line.slice(0, length)}…` : line);
}

const shownValue = (name: string, value: string): string =>
  SECRET_NAME.test(splitCamelCase(name)) || TOKEN_LIKE.test(value) ? '…' : encodeURIComponent(value);

const splitCamelCase = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2');

const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').replace(/\p{Cs}/gu, '\uFFFD');

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
