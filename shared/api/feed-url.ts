// Addresses of feeds as a request gives them.
import { canonicalUrl } from '../net/canonical-url.ts';
import { withoutFeedScheme } from '../net/feed-scheme.ts';
import { faultAt } from './describe-faults.ts';
import { type Fault, RequestError } from './problem.ts';
import { quote } from './quote.ts';

/** What the id of a feed is made from; null for what is not an http or https address. */
export const canonicalFeedUrl = (written: string): string | null => canonicalUrl(withoutFeedScheme(written.trim()));

/** Throws RequestError `invalid_feed_url` with every address that is not valid; `path` is the place of each in the body. */
export function mustBeFeedUrls(
  addresses: readonly { readonly written: string; readonly path: readonly PropertyKey[] }[],
): void {
  const faults: readonly Fault[] = addresses
    .filter(({ written }) => canonicalFeedUrl(written) === null)
    .map(({ written, path }) => faultAt('body', path, `got ${quote(written)}, which is not an http or https address`));
  if (faults.length > 0) throw new RequestError('invalid_feed_url', 'nothing was added', { faults });
}
