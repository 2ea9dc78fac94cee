// What is at an address that is to be followed: a feed, or a page that links to feeds. Not used by polls.

import { FetchFailedError } from '../../core/errors.ts';
import { type DiscoveredFeed, discoverFeeds } from '../../feeds/discovery.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import { isWebPage } from '../../feeds/reading/not-a-feed.ts';
import type { FetchedFeed } from '../../model/feed.ts';
import type { ParsedFeed } from '../../model/item.ts';
import type { FeedFetcher } from '../../ports.ts';
import { decodePage } from '../../text/decode-page.ts';

/** A document with what its server said of it. */
export type AnsweredDocument = Extract<FetchedFeed, { kind: 'changed' }>;

export type AddressContent =
  | { readonly kind: 'feed'; readonly answer: AnsweredDocument; readonly document: ParsedFeed }
  /** At least one feed. */
  | { readonly kind: 'page'; readonly answer: AnsweredDocument; readonly feeds: readonly DiscoveredFeed[] };

/** Looks for the feeds of a page that names none: at the addresses where feeds usually are. */
export type FindFeeds = (pageUrl: string) => Promise<readonly DiscoveredFeed[]>;

/** Throws FetchFailedError: nothing can be had, or it is neither a feed nor a page with feeds (`not_a_feed`). */
export async function readAddress(url: string, fetcher: FeedFetcher, findFeeds: FindFeeds): Promise<AddressContent> {
  const answer = await fetcher.fetchFeed({ url, validators: null });
  // The request has no validators, so the fetcher takes a 304 for a failure.
  if (answer.kind === 'unchanged') throw new Error('unreachable: no validators were sent');
  return readDocument(answer, findFeeds);
}

/** As `readAddress`, of a document that is there already. */
export async function readDocument(answer: AnsweredDocument, findFeeds: FindFeeds): Promise<AddressContent> {
  const { body, contentType, finalUrl } = answer;
  try {
    return { kind: 'feed', answer, document: await readFeed({ body, contentType, url: finalUrl }) };
  } catch (error) {
    if (!(error instanceof FetchFailedError) || error.kind !== 'not_a_feed') throw error;
    const page = decodePage(body, contentType);
    const told = discoverFeeds(page, finalUrl);
    // What is no page, such as a damaged feed or a PDF, does not stand for its site's feed.
    const feeds = told.length > 0 || !isWebPage(page) ? told : await findFeeds(finalUrl);
    if (feeds.length === 0) throw error;
    return { kind: 'page', answer, feeds };
  }
}
