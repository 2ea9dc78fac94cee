// A new or edited item as a message for the article queue: with what is needed of its feed, and within the size limit.
import { type IdentifiedItem, LONGEST_URL } from '../../feeds/item-identity.ts';
import type { Feed } from '../../model/feed.ts';
import type { ArticleId } from '../../model/ids.ts';
import type { Item, ParsedFeed } from '../../model/item.ts';
import type { ArticleMessage } from '../../model/messages.ts';

/** SQS charges by 64 KB, and a request takes 256 KB of messages; a little is left for attributes. */
const MOST_BYTES = 60_000;
/** Bounds in characters. */
const LONGEST_GUID = 1_000;
const LONGEST_TITLE = 1_000;
const LONGEST_SUMMARY = 5_000;
const MOST_AUTHORS = 10;
const LONGEST_AUTHOR = 100;
const MOST_CATEGORIES = 20;
const LONGEST_CATEGORY = 100;

export function articleMessage(
  feed: Feed,
  document: ParsedFeed['feed'],
  { item, linkIsOwn, articleId }: IdentifiedItem & { readonly articleId?: ArticleId },
  poll: {
    readonly firstPoll: boolean;
    readonly polledAt: string;
    readonly edited?: boolean;
    readonly datesAreReliable?: boolean;
  },
): ArticleMessage {
  const url = item.url !== null && item.url.length <= LONGEST_URL ? item.url : null;
  const whole: ArticleMessage = {
    v: 1,
    kind: 'article',
    feed: {
      id: feed.id,
      title: cut(feed.title || document.title || feed.state.ownTitle || new URL(feed.url).hostname, LONGEST_TITLE),
      url: feed.url,
      language: feed.language ?? document.language,
      fullText: feed.fullText,
    },
    item: {
      id: cut(item.id, LONGEST_GUID),
      title: cut(item.title, LONGEST_TITLE),
      url,
      published: item.published,
      updated: item.updated,
      summary: cut(item.summary, LONGEST_SUMMARY),
      content: cut(item.content, MOST_BYTES),
      authors: item.authors.slice(0, MOST_AUTHORS).map((name) => cut(name, LONGEST_AUTHOR)),
      categories: item.categories.slice(0, MOST_CATEGORIES).map((name) => cut(name, LONGEST_CATEGORY)),
      // The operator's word about the feed outweighs what its entries say.
      language: feed.language === null ? item.language : null,
    },
    linkIsOwn: linkIsOwn && url !== null,
    ...(articleId === undefined ? {} : { articleId }),
    firstPoll: poll.firstPoll,
    ...(poll.edited === true ? { edited: true } : {}),
    ...(poll.datesAreReliable === undefined ? {} : { datesAreReliable: poll.datesAreReliable }),
    polledAt: poll.polledAt,
    truncated: false,
  };
  return markCut(shrink(whole), item);
}

/** Cuts the content until the message fits. Everything else together stays below the bound, whatever it holds. */
function shrink(message: ArticleMessage): ArticleMessage {
  const { content } = message.item;
  const over = bytesOf(message) - MOST_BYTES;
  if (over <= 0 || content === null) return message;
  // In JSON a character takes one to six bytes: measured, so that nothing is cut in vain.
  const share = Math.max(0, 1 - over / bytesOf(content));
  const shorter = cut(content, Math.floor(content.length * share * 0.99));
  return shrink({ ...message, item: { ...message.item, content: shorter === '' ? null : shorter } });
}

const markCut = (message: ArticleMessage, item: Item): ArticleMessage => ({
  ...message,
  truncated: message.item.content !== item.content || message.item.summary !== item.summary,
});

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Between characters: half of a surrogate pair is not left behind. */
function cut<T extends string | null>(text: T, longest: number): T {
  if (text === null || text.length <= longest) return text;
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(longest - 1));
  return text.slice(0, isSplit ? longest - 1 : longest) as T;
}
