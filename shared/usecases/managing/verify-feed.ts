// Reads an address before it is added: finds its scheme, the feed of a page, and problems.
import { FeedRefusedError, FetchFailedError } from '../../core/errors.ts';
import { DAY_MS, instantAfter } from '../../core/time.ts';
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

/** What a feed contains, for the user who adds it. */
export interface FeedSummary {
  readonly title: string | null;
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly language: string | null;
  readonly items: number;
  /** Publication of the newest item; null when none has a plausible date. RFC 3339. */
  readonly newestAt: string | null;
  /** How much of their texts most items have: all (`feed`), a summary or the title; null without items. */
  readonly textOrigin: PollState['textOrigin'];
}

export interface VerifiedFeed {
  /** The address to follow: the one given, or the target when all redirects were permanent. */
  readonly url: string;
  /** All addresses under which it may be followed already. */
  readonly addresses: readonly string[];
  /** The page whose address was given, when the feed was found through it. */
  readonly foundOn: string | null;
  readonly read: FeedSummary;
}

/** Failures before any answer, where the other scheme may work; `blocked`: often only one port of a private host is allowed. */
const NO_CONNECTION: readonly string[] = ['refused', 'timeout', 'tls', 'reset', 'blocked'];

/**
 * The feed at an address, over http when https does not work, or the only feed of the page there. Throws FeedRefusedError with the
 * problem and the page's feeds, or InvalidInputError (`invalid_feed_url`).
 */
export async function verifyFeed(written: string, ports: VerifyPorts): Promise<VerifiedFeed> {
  const { url, content } = await readFirst(addressesOf(written), ports);
  if (content.kind === 'feed') return verified(url, null, content, ports);
  const [only, ...others] = content.feeds;
  if (only === undefined || others.length > 0) {
    const message = `${displayUrl(url)} is a web page with ${content.feeds.length} feeds; nothing was added`;
    const candidates = content.feeds.map(({ url, title }) => ({ url, title }));
    throw new FeedRefusedError(message, 'choose one of them', { kind: 'several_feeds', candidates });
  }
  const found = await readFirst([only.url], ports);
  if (found.content.kind === 'feed') return verified(only.url, url, found.content, ports);
  const message = `${displayUrl(url)} is a web page, and so is the address that it gives for its feed, ${displayUrl(only.url)}`;
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
  const tomorrow = instantAfter(clock.now(), DAY_MS);
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
  const message = `${shown}${elsewhere}: ${happened}; it was not added`;
  return new FeedRefusedError(message, adviceFor(failure, temporary), { kind, temporary, cause: failure });
}

const ANYWAY = 'to add it without reading it first, send "verify": false';

function adviceFor({ kind, status }: FetchFailedError, temporary: boolean): string {
  if (temporary) return `this may be temporary: try again later; ${ANYWAY}`;
  if (kind === 'blocked')
    return 'if this is a server of your own, add its HOST:PORT to fetch.allowHosts in config/tocsin.yaml (or to TOCSIN_ALLOW_HOSTS) and start or deploy again';
  if (kind === 'gone') return 'the publisher has ended it; look for another feed on the site';
  if (kind === 'dns') return `check the spelling of the host name; ${ANYWAY}`;
  if (kind === 'not_a_feed' || status === 404) return `look for the feed on the site and give its address; ${ANYWAY}`;
  return `this is not temporary: open the address in a browser; ${ANYWAY}`;
}
