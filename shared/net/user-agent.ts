// How Tocsin names itself to publishers: product, version, and where its operator can be reached.
import { VERSION } from '../core/version.ts';

/** Also the token under which a robots.txt may address us. */
export const PRODUCT_TOKEN = 'Tocsin';

/** `contact` is a URL or a mailto address; characters that are not allowed in a header comment are dropped. */
export function userAgentOf(contact?: string): string {
  const reachable = (contact ?? '').replace(/[^\x21-\x7e]|[()\\]/g, '');
  return reachable === '' ? `${PRODUCT_TOKEN}/${VERSION}` : `${PRODUCT_TOKEN}/${VERSION} (+${reachable})`;
}
