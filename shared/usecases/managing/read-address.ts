// What is at an address that is to be added: a feed, or a page that links to feeds. Polls do not use it.

import { FetchFailedError } from '../../core/errors.ts';
import { type DiscoveredFeed, discoverFeeds } from '../../feeds/discovery.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import { isWebPage } from '../../feeds/reading/not-a-feed.ts';
import type { FetchedFeed } from '../../model/feed.ts';
import type { ParsedFeed } from '../../model/item.ts';
import type { FeedFetcher } from '../../ports.ts';
import { decodePage } from '../../text/decode-page.ts';

/** A document as its server answered it. */
export type AnsweredDocument = Extract<FetchedFeed, { kind: 'changed' }>;

export type AddressContent =
  | { readonly kind: 'feed'; readonly answer: AnsweredDocument; readonly document: ParsedFeed }
  /** At least one feed. */
  | { readonly kind: 'page'; readonly answer: AnsweredDocument; readonly feeds: readonly DiscoveredFeed[] };

/** Looks for the feeds of a page that links to none, at the usual addresses of feeds. */
export type FindFeeds = (pageUrl: string) => Promise<readonly DiscoveredFeed[]>;

/** Throws FetchFailedError when the address cannot be read, or is neither a feed nor a page with feeds (`not_a_feed`). */
export async function readAddress(url: string, fetcher: FeedFetcher, findFeeds: FindFeeds): Promise<AddressContent> {
  const answer = await fetcher.fetchFeed({ url, validators: null });
  // The request has no validators, so the fetcher treats a 304 as a failure.
  if (answer.kind === 'unchanged') throw new Error('unreachable: no validators were sent');
  return readDocument(answer, findFeeds);
}

/** As `readAddress`, of a document that was fetched already. */
export async function readDocument(answer: AnsweredDocument, findFeeds: FindFeeds): Promise<AddressContent> {
  const { body, contentType, finalUrl } = answer;
  try {
    return { kind: 'feed', answer, document: await readFeed({ body, contentType, url: finalUrl }) };
  } catch (error) {
    if (!(error instanceof FetchFailedError) || error.kind !== 'not_a_feed') throw error;
    const page = decodePage(body, contentType);
    const linked = discoverFeeds(page, finalUrl);
    // Only a web page stands for its site's feed; a damaged feed or a PDF does not.
    const feeds = linked.length > 0 || !isWebPage(page) ? linked : await findFeeds(finalUrl);
    if (feeds.length === 0) throw error;
    return { kind: 'page', answer, feeds };
  }
}
