// E-mail addresses as people type them, and their one written form.

const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
/** RFC 5322 dot-atom. Quoted local parts are legal, but almost never meant. */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

export type ParsedAddress =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly problem: string };

/** Trimmed, domain in lower case and punycode. The part before the @ stays as it is: only its server knows whether case counts. */
export function parseAddress(typed: string): ParsedAddress {
  const text = typed.trim();
  const no = (problem: string): ParsedAddress => ({ ok: false, problem });
  if (text === '') return no('an e-mail address is missing; expected name@example.org');
  const at = text.lastIndexOf('@');
  if (at === -1) return no('there is no @ in the e-mail address; expected name@example.org');
  const local = text.slice(0, at);
  if (local === '') return no('there is nothing before the @ of the e-mail address; expected name@example.org');
  if (/[^\x21-\x7e]/.test(local))
    return no('blanks and letters outside ASCII are not accepted before the @ of an e-mail address');
  if (!DOT_ATOM.test(local) || local.length > MAX_LOCAL)
    return no('the part before the @ is not valid in an e-mail address; expected name@example.org');
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null) return no('the part after the @ is not the name of a mail server; expected name@example.org');
  const address = `${local}@${domain}`;
  return address.length > MAX_ADDRESS
    ? no(`an e-mail address has at most ${MAX_ADDRESS} characters`)
    : { ok: true, address };
}

/** Null unless it is a host name with a dot, or `localhost`. */
function asciiDomain(domain: string): string | null {
  if (/[\s/\\?#@:%[\]]/.test(domain)) return null;
  let host: string;
  try {
    host = new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
  if (!HOST_NAME.test(host) || /^[\d.]+$/.test(host)) return null;
  return host.includes('.') || host === 'localhost' ? host : null;
}
