// What a poll would make of one document of a feed, as data: how it is decoded, its items and how they are identified, what would be
// matched, when the next poll would be. The functions are those of the product; nothing is stored.
import { buildArticle, wantsPage } from '../../shared/articles/build-article.ts';
import { identifyItems } from '../../shared/feeds/item-identity.ts';
import { afterDocument } from '../../shared/feeds/poll-state.ts';
import { decodeBytes } from '../../shared/feeds/reading/decode-bytes.ts';
import { type Feed, type FetchedFeed, initialPollState } from '../../shared/model/feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { ParsedFeed } from '../../shared/model/item.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { articleMessage } from '../../shared/usecases/matching/article-message.ts';

const NEWEST_SHOWN = 5;

export interface ItemFacts {
  readonly title: string;
  readonly url: string | null;
  /** Null for an item without a date, or with one that cannot be believed. */
  readonly publishedAt: string | null;
  readonly language: string | null;
  readonly contentChars: number;
  readonly summaryChars: number;
  /** Which of the feed's texts is matched when no page is fetched. */
  readonly textOrigin: 'article' | 'feed' | 'summary' | 'title';
  /** Whether `auto` fetches the article's page. */
  readonly fetchesPage: boolean;
}

export interface FeedFacts {
  readonly encoding: string;
  readonly format: ParsedFeed['feed']['format'];
  readonly repairs: readonly string[];
  readonly title: string | null;
  readonly siteUrl: string | null;
  readonly language: string | null;
  readonly ttlMinutes: number | null;
  readonly skipHours: readonly number[];
  readonly items: number;
  /** Items that stand in the document more than once count once from here on. */
  readonly distinctItems: number;
  readonly identifiedBy: { readonly guid: number; readonly link: number; readonly titleAndDay: number };
  readonly pagesToFetch: number;
  readonly undatedItems: number;
  /** More than a day ahead: such a date is taken for a mistake. */
  readonly futureItems: number;
  readonly newest: readonly ItemFacts[];
  /** After a first good poll; it grows while the feed is quiet. */
  readonly intervalMinutes: number;
}

type Changed = Extract<FetchedFeed, { kind: 'changed' }>;

export function factsOf(
  where: string,
  answer: Changed,
  { feed: own, items, notes }: ParsedFeed,
  now: Date,
  settings: Settings,
): FeedFacts {
  const polledAt = now.toISOString();
  const feed = feedToBe(where, polledAt, settings);
  const identified = identifyItems(items, own.link);
  const messages = identified.map((item) => articleMessage(feed, own, item, { firstPoll: true, polledAt }));
  const all = messages.map(itemFacts);
  const state = afterDocument(feed, answer, { feed: own, items, notes }, items.length, now, settings);
  // Without a guid of its own an item is named by its own link; without either by its title and day.
  const guids = identified.map(({ item }) => item.id?.trim() || null);
  const uses = new Map<string | null, number>();
  for (const guid of guids) uses.set(guid, (uses.get(guid) ?? 0) + 1);
  const count = (test: (index: number) => boolean): number => identified.filter((_, index) => test(index)).length;
  const hasGuid = (index: number): boolean => guids[index] != null && uses.get(guids[index]) === 1;
  const hasLink = (index: number): boolean => !hasGuid(index) && identified[index]?.linkIsOwn === true;
  const isDated = ({ item }: ArticleMessage): boolean => (item.published ?? item.updated) !== null;
  return {
    encoding: decodeBytes(answer.body, answer.contentType).encoding,
    format: own.format,
    repairs: notes,
    title: own.title,
    siteUrl: own.link,
    language: own.language,
    ttlMinutes: own.ttlMinutes,
    skipHours: own.skipHours,
    items: items.length,
    distinctItems: identified.length,
    identifiedBy: {
      guid: count(hasGuid),
      link: count(hasLink),
      titleAndDay: count((index) => !hasGuid(index) && !hasLink(index)),
    },
    pagesToFetch: all.filter(({ fetchesPage }) => fetchesPage).length,
    undatedItems: messages.filter((message) => !isDated(message)).length,
    futureItems: messages.filter((message, index) => isDated(message) && all[index]?.publishedAt === null).length,
    // The sort is stable: what has no date keeps the order of the document, behind what has one.
    newest: all
      .toSorted((left, right) => (right.publishedAt ?? '').localeCompare(left.publishedAt ?? ''))
      .slice(0, NEWEST_SHOWN),
    intervalMinutes: state.intervalMinutes,
  };
}

/** The feed as `feeds add` would make it. */
const feedToBe = (url: string, addedAt: string, settings: Settings): Feed => ({
  id: feedIdOf(url),
  url,
  title: '',
  folder: '',
  language: null,
  fullText: 'auto',
  active: true,
  addedAt,
  pollBatch: '',
  state: initialPollState(settings.poll.everyMinutes),
});

function itemFacts(message: ArticleMessage): ItemFacts {
  const { title, url, publishedAt, language, origin } = buildArticle(message, null);
  return {
    title,
    url: url === '' ? null : url,
    publishedAt,
    language,
    contentChars: message.item.content?.trim().length ?? 0,
    summaryChars: message.item.summary?.trim().length ?? 0,
    textOrigin: origin,
    fetchesPage: wantsPage(message),
  };
}
