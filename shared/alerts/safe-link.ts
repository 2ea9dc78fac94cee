// Links that may stand in a mail: http(s) only, with the host that will really be asked.

export interface SafeLink {
  /** ASCII, host in punycode, no user name or password. */
  readonly href: string;
  /** What the reader is shown: host in punycode, with the port where it is not the usual one. */
  readonly host: string;
}

/** Null for anything that is not an http(s) address with a host. */
export function safeLink(address: string): SafeLink | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  url.username = '';
  url.password = '';
  return { href: url.href, host: url.host.replace(/^www\./, '') };
}

/** The same address as a mail may link to it; null where none is given, or it is no http(s) address. */
export const safeAddress = (address: string | undefined): string | null => safeLink(address ?? '')?.href ?? null;

/** An unsubscribe address may be offered for one click (RFC 8058) over https, or on this machine itself. */
export function isOneClickAddress(address: string): boolean {
  const link = safeLink(address);
  if (link === null) return false;
  const { protocol, hostname } = new URL(link.href);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
