// Addresses of feeds in the body of a request.
import { feedAddressOf } from '../feeds/feed-address.ts';
import { problemAt } from './describe-problems.ts';
import { RequestError } from './problem.ts';
import { quote } from './quote.ts';

/** Throws RequestError `invalid_feed_url` with every address that is not valid; `path` is the place of each in the body. */
export function mustBeFeedUrls(
  addresses: readonly { readonly written: string; readonly path: readonly PropertyKey[] }[],
): void {
  const problems = addresses
    .filter(({ written }) => feedAddressOf(written) === null)
    .map(({ written, path }) =>
      problemAt('body', path, `got ${quote(written)}, which is not an http or https address`),
    );
  if (problems.length > 0) throw new RequestError('invalid_feed_url', 'nothing was added', { problems });
}
