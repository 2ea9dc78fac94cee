// Finding the feeds of a web page that somebody names: those it advertises and, when asked to, those where feeds usually are.

import { FetchFailedError } from '../../shared/core/errors.ts';
import {
  commonFeedAddresses,
  type DiscoveredFeed,
  discoverFeeds,
  looksLikeFeed,
} from '../../shared/feeds/discovery.ts';
import { decodePage } from '../../shared/text/decode-page.ts';
import { MAX_PAGE_BYTES } from './page-fetcher.ts';
import { bringsDocument, statusFailure } from './status-failures.ts';
import type { Web } from './web.ts';

export interface DiscoveryOptions {
  /** Whether the usual addresses are tried, one after the other, when the page advertises no feed. */
  readonly tryCommonAddresses?: boolean;
}

/** A feed's own address gives that feed. Throws FetchFailedError when the page cannot be had; an empty list is an answer. */
export async function findFeeds(
  url: string,
  web: Web,
  { tryCommonAddresses = false }: DiscoveryOptions = {},
): Promise<readonly DiscoveredFeed[]> {
  const page = await fetchText(url, web);
  if (looksLikeFeed(page.text)) return [{ url: page.finalUrl, title: '', from: 'advertised' }];
  const advertised = discoverFeeds(page.text, page.finalUrl);
  return advertised.length > 0 || !tryCommonAddresses ? advertised : guess(page.finalUrl, web);
}

async function guess(pageUrl: string, web: Web): Promise<readonly DiscoveredFeed[]> {
  for (const address of commonFeedAddresses(pageUrl)) {
    try {
      const { text, finalUrl } = await fetchText(address, web);
      if (looksLikeFeed(text)) return [{ url: finalUrl, title: '', from: 'linked' }];
    } catch (error) {
      // Most of them are not there, which is no news; a host that wants to be left alone ends the search.
      if (!(error instanceof FetchFailedError)) throw error;
      if (error.kind === 'throttled' || error.kind === 'blocked') return [];
    }
  }
  return [];
}

async function fetchText(
  url: string,
  { fetch, clock }: Web,
): Promise<{ readonly text: string; readonly finalUrl: string }> {
  const answer = await fetch.get({
    url,
    headers: { accept: 'text/html, application/xhtml+xml, */*;q=0.5' },
    maxBytes: MAX_PAGE_BYTES,
  });
  if (!bringsDocument(answer)) throw statusFailure(url, answer, clock.now());
  return { text: decodePage(answer.body, answer.headers['content-type']), finalUrl: answer.finalUrl };
}
