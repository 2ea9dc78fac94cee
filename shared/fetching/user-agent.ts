// How Tocsin names itself to publishers: product, version, and where its operator can be reached.

const PRODUCT = 'Tocsin';

/** The token under which robots.txt files may address us. */
export const ROBOTS_PRODUCT_TOKEN = 'Tocsin';

/** `contact` is a URL or a mailto address; characters that cannot stand in a header comment are dropped. */
export function userAgentOf(contact: string, version: string): string {
  const reachable = contact.replace(/[^\x21-\x7e]|[()\\]/g, '');
  return `${PRODUCT}/${version} (+${reachable})`;
}
