// Reads an address before it is followed: finds the scheme, the feed of a page, and what is wrong.
import { FeedRefusedError, FetchFailedError } from '../../core/errors.ts';
import { textOriginOf } from '../../feeds/poll-state.ts';
import type { PollState } from '../../model/feed.ts';
import { displayUrl } from '../../net/display-url.ts';
import { addressesOf } from '../../net/feed-scheme.ts';
import type { Clock, FeedFetcher } from '../../ports.ts';
import { isTransient } from '../matching/page-retries.ts';
import { type AddressContent, type FindFeeds, readAddress } from './read-address.ts';

export interface VerifyPorts {
  readonly fetcher: FeedFetcher;
  readonly findFeeds: FindFeeds;
  readonly clock: Clock;
}

/** What was read of a feed, for the user who adds it. */
export interface FeedSummary {
  readonly title: string | null;
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly language: string | null;
  readonly items: number;
  /** Publication of the newest item; null when none has a date that can be believed. RFC 3339. */
  readonly newestAt: string | null;
  /** What the feed has of most items' texts: all (`feed`), a summary or the title; null without items. */
  readonly textOrigin: PollState['textOrigin'];
}

export interface VerifiedFeed {
  /** To be followed: as asked for, or where all redirects were permanent, the address it has moved to. */
  readonly url: string;
  /** Every address under which it may be followed already. */
  readonly addresses: readonly string[];
  /** The page whose address was given, when the feed was found through it. */
  readonly foundOn: string | null;
  readonly read: FeedSummary;
}

/** An item dated further ahead than this has a wrong date. */
const DAY_MS = 86_400_000;
/** Faults before any answer, where the other scheme may do; `blocked`: a private host often has only one of its ports allowed. */
const NO_CONNECTION: readonly string[] = ['refused', 'timeout', 'tls', 'reset', 'blocked'];

/**
 * The feed at an address, at http where https cannot be reached; or the only feed of the page there. Throws FeedRefusedError with
 * what is wrong and the page's feeds, InvalidInputError (`invalid_feed_url`).
 */
export async function verifyFeed(written: string, ports: VerifyPorts): Promise<VerifiedFeed> {
  const { url, content } = await readFirst(addressesOf(written), ports);
  if (content.kind === 'feed') return verified(url, null, content, ports);
  const [only, ...others] = content.feeds;
  if (only === undefined || others.length > 0) {
    const message = `${displayUrl(url)} is a web page with ${content.feeds.length} feeds; nothing is followed`;
    const candidates = content.feeds.map(({ url, title }) => ({ url, title }));
    throw new FeedRefusedError(message, 'choose one of them', { kind: 'several_feeds', candidates });
  }
  const found = await readFirst([only.url], ports);
  if (found.content.kind === 'feed') return verified(only.url, url, found.content, ports);
  const message = `${displayUrl(url)} is a web page, and so is what it calls its feed, ${displayUrl(only.url)}`;
  throw new FeedRefusedError(message, 'give the address of a feed', { kind: 'not_a_feed' });
}

async function readFirst(
  urls: readonly string[],
  { fetcher, findFeeds }: VerifyPorts,
): Promise<{ readonly url: string; readonly content: AddressContent }> {
  for (const [index, url] of urls.entries()) {
    try {
      return { url, content: await readAddress(url, fetcher, findFeeds) };
    } catch (error) {
      if (!(error instanceof FetchFailedError)) throw error;
      if (index === urls.length - 1 || !NO_CONNECTION.includes(error.kind)) throw refusal(url, error);
    }
  }
  throw new Error('unreachable: there is always an address');
}

function verified(
  url: string,
  foundOn: string | null,
  { answer, document: { feed, items } }: Extract<AddressContent, { kind: 'feed' }>,
  { clock }: VerifyPorts,
): VerifiedFeed {
  const tomorrow = new Date(clock.now().getTime() + DAY_MS).toISOString();
  const dates = items
    .flatMap(({ published, updated }) => published ?? updated ?? [])
    .filter((date) => date <= tomorrow);
  return {
    url: answer.movedTo ?? url,
    addresses: [...new Set([url, answer.finalUrl, ...(answer.movedTo === null ? [] : [answer.movedTo])])],
    foundOn,
    read: {
      title: feed.title,
      format: feed.format,
      language: feed.language,
      items: items.length,
      newestAt: dates.sort().at(-1) ?? null,
      textOrigin: textOriginOf(items),
    },
  };
}

function refusal(url: string, failure: FetchFailedError): FeedRefusedError {
  const { kind, happened } = failure;
  const shown = displayUrl(url);
  const elsewhere = failure.url === shown ? '' : ` (it leads to ${failure.url})`;
  const temporary = isTransient(failure);
  const message = `${shown}${elsewhere}: ${happened}; it is not followed`;
  return new FeedRefusedError(message, adviceFor(failure, temporary), { kind, temporary, cause: failure });
}

const ANYWAY = 'to follow it without reading it first, send "verify": false';

function adviceFor({ kind, status }: FetchFailedError, temporary: boolean): string {
  if (temporary) return `this may pass: try again later; ${ANYWAY}`;
  if (kind === 'blocked')
    return 'if this is a server of your own, add its HOST:PORT to fetch.allowHosts in config/tocsin.yaml (or to TOCSIN_ALLOW_HOSTS) and start or deploy again';
  if (kind === 'gone') return 'the publisher has ended it; look for another feed on the site';
  if (kind === 'dns') return `check the spelling of the host name; ${ANYWAY}`;
  if (kind === 'not_a_feed' || status === 404) return `look for the feed on the site, and give its address; ${ANYWAY}`;
  return `this does not pass by itself: look at the address in a browser; ${ANYWAY}`;
}
