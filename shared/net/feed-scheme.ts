// The scheme of the address of a feed to follow: `feed:`, with which browsers open a feed reader; or none.
import { InvalidInputError } from '../core/errors.ts';

/** `feed://host/path` becomes http, `feed:https://…` the address inside; any other text is unchanged. */
export const withoutFeedScheme = (address: string): string =>
  address.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');

const HAS_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i;
/** `bbc.co.uk/news`, `[2001:db8::1]:8080`, `localhost:3000`. */
const LOOKS_LIKE_HOST = /^(?:localhost|\[[\da-f:.]+\]|[^\s/:?#@\\]+(?:\.[^\s/:?#@\\]+)+\.?)(?::\d+)?(?:[/?#]|$)/i;

/**
 * The addresses that may be meant, the most likely first: one without a scheme may be https or http. Throws InvalidInputError
 * (`invalid_feed_url`).
 */
export function addressesOf(written: string): readonly string[] {
  const address = withoutFeedScheme(written.trim());
  const bare = address.replace(/^\/\//, '');
  const urls =
    !HAS_SCHEME.test(address) && LOOKS_LIKE_HOST.test(bare) ? [`https://${bare}`, `http://${bare}`] : [address];
  if (urls.every((url) => /^https?:/i.test(url) && URL.canParse(url))) return urls;
  throw new InvalidInputError('invalid_feed_url', `"${written.slice(0, 200)}" is not an http or https address`);
}
