// From an item to an article of ours: stable id, one text with its origin told, a language, instants that can be believed.
import { type ArticleId, articleIdOf } from '../model/ids.ts';
import type { Article, TextOrigin } from '../model/article.ts';
import type { ArticleMessage } from '../pipeline/messages.ts';
import type { Extraction } from '../ports.ts';
import { resolveLanguage } from '../text/language.ts';
import { canonicalUrl, hostOf } from './canonical-url.ts';
import { identifyItems } from '../feeds/item-identity.ts';

/** Text of a feed shorter than this is taken for a summary, and the page is asked (`auto`). Half a screen of news. */
export const SHORT_TEXT_CHARS = 600;

/** What came of asking the page; null when it was not asked. */
export type PageText = Extraction | null;

/** Whether the page is fetched: always, never, or where the feed's own text is short or breaks off. */
export function wantsPage({ item, feed }: ArticleMessage): boolean {
  if (feed.fullText === 'never' || item.url === null) return false;
  if (feed.fullText === 'always') return true;
  const text = feedText(item).text;
  return text.length < SHORT_TEXT_CHARS || /(?:…|\.\.\.|\[\.\.\.\]|\[…\])\s*(?:read more|continue reading|more)?\s*$/i.test(text);
}

/**
 * The article of an item. Its id follows from the link where the link is its own, and then survives a changed guid; else from feed and item.
 * `firstSeenAt` is when the poll saw it; a date in the future, more than a day, is not believed (dates never decide newness).
 */
export function buildArticle(message: ArticleMessage, page: PageText): Article {
  const { item, feed } = message;
  const own = feedText(item);
  const { text, origin } = page?.ok === true && page.text.length > own.text.length / 2 ? { text: page.text, origin: 'article' as const } : own;
  const title = (item.title ?? (page?.ok === true ? page.title : null) ?? '').normalize('NFC').trim();
  const link = item.url === null ? null : canonicalUrl(item.url);
  const canonical = page?.ok === true && page.canonicalUrl !== null ? (canonicalUrl(page.canonicalUrl) ?? link) : link;
  const normalised = text.normalize('NFC');
  return {
    id: idOf(message, link),
    url: item.url ?? '',
    canonicalUrl: canonical ?? '',
    title,
    text: normalised,
    origin,
    language: resolveLanguage(item.language ?? feed.language ?? (page?.ok === true ? page.language : null), `${title}\n\n${normalised}`),
    authors: item.authors,
    source: { feedId: feed.id, title: feed.title, host: hostOf(item.url ?? feed.url) },
    publishedAt: believable(item.published ?? item.updated, message.polledAt),
    firstSeenAt: message.polledAt,
    extractionFailure: page?.ok === false ? page.reason : null,
    truncated: message.truncated && origin !== 'article',
  };
}

function idOf({ item, feed, linkIsOwn }: ArticleMessage, link: string | null): ArticleId {
  if (linkIsOwn && link !== null) return articleIdOf(link);
  const [{ keys: [key = ''] = [] } = {}] = identifyItems([item], null);
  return articleIdOf(feed.id, key);
}

function feedText(item: ArticleMessage['item']): { text: string; origin: TextOrigin } {
  const content = item.content ?? '';
  const summary = item.summary ?? '';
  if (content.length >= SHORT_TEXT_CHARS && content.length >= summary.length) return { text: content, origin: 'feed' };
  const text = summary.length > content.length ? summary : content;
  return text.trim() === '' ? { text: '', origin: 'title' } : { text, origin: 'summary' };
}

const DAY_MS = 86_400_000;

function believable(published: string | null, polledAt: string): string | null {
  if (published === null) return null;
  return Date.parse(published) - Date.parse(polledAt) > DAY_MS ? null : published;
}
