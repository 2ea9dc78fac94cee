// From an item to an article of ours: stable id, one text with its origin told, a language, instants that can be believed.
import { nameOfItem } from '../feeds/item-identity.ts';
import { SHORT_TEXT_CHARS } from '../feeds/poll-state.ts';
import type { Article, TextOrigin } from '../model/article.ts';
import { articleIdOf } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import type { ArticleMessage } from '../pipeline/messages.ts';
import type { Extraction } from '../ports.ts';
import { resolveLanguage } from '../text/language.ts';
import { canonicalArticleUrl, hostOf } from './canonical-url.ts';
import { identityAddress, publisherAddress } from './publisher-address.ts';

/** The text ends like one that goes on elsewhere, whatever the language of its "read more". */
const BREAKS_OFF = /(?:…|\.\.\.|\[\s*(?:…|\.\.\.|&hellip;)\s*\])\s*(?:[\p{L}\s]{0,30}[»›→>]*)?\s*$/u;
/** A page whose text is shorter than this share of the feed's own text was not understood. */
const LEAST_SHARE_OF_PAGE = 0.5;
const DAY_MS = 86_400_000;

/** Whether the page is fetched: always, never, or (`auto`) where the feed's own text is short or breaks off. */
export function wantsPage({ item, feed, truncated }: ArticleMessage): boolean {
  if (feed.fullText === 'never' || item.url === null) return false;
  if (feed.fullText === 'always' || truncated) return true;
  const { text } = textOf(item);
  return text.length < SHORT_TEXT_CHARS || BREAKS_OFF.test(text);
}

/**
 * The article of an item; `page` is what came of asking its page, null when it was not asked. The id follows from the link where the
 * link is the item's own, so that it survives a changed guid and is the same in every feed that carries the article; else from
 * feed and item. The page has no say in it: it may be unreachable when the same message comes again.
 * A publication date more than a day ahead of the poll is taken for a mistake and left out; dates never decide what is new.
 */
export function buildArticle(message: ArticleMessage, page: Extraction | null): Article {
  const { item, feed, linkIsOwn, polledAt } = message;
  const address = item.url === null ? null : publisherAddress(item.url);
  const identity = address === null ? null : identityAddress(address);
  const read = page?.ok === true ? page : null;
  const own = textOf(item);
  const isPageText = read !== null && read.text.length >= own.text.length * LEAST_SHARE_OF_PAGE && read.text !== '';
  const text = (isPageText ? read.text : own.text).normalize('NFC');
  const title = (item.title || read?.title || '').normalize('NFC').trim();
  const stated = item.language ?? feed.language ?? read?.language;
  return {
    id: linkIsOwn && identity !== null ? articleIdOf(identity) : articleIdOf(feed.id, nameOfItem(item)),
    url: address ?? '',
    canonicalUrl: canonicalArticleUrl(read?.canonicalUrl ?? '') ?? canonicalArticleUrl(address ?? '') ?? '',
    title,
    text,
    origin: isPageText ? 'article' : own.origin,
    language: resolveLanguage(stated, `${title}\n\n${text}`),
    authors: item.authors,
    source: { feedId: feed.id, title: feed.title, host: hostOf(address ?? feed.url) },
    publishedAt: believable(item.published ?? item.updated, polledAt),
    firstSeenAt: polledAt,
    extractionFailure: whyNoPageText(page, isPageText),
    truncated: message.truncated && !isPageText,
  };
}

/** The feed's own text: content, else summary, else none, so that the title alone is matched. */
function textOf({ content, summary }: Item): { readonly text: string; readonly origin: TextOrigin } {
  const full = content?.trim() ?? '';
  const short = summary?.trim() ?? '';
  if (full.length >= SHORT_TEXT_CHARS && full.length >= short.length) return { text: full, origin: 'feed' };
  const text = short.length > full.length ? short : full;
  return { text, origin: text === '' ? 'title' : 'summary' };
}

function whyNoPageText(page: Extraction | null, isPageText: boolean): string | null {
  if (page === null || isPageText) return null;
  return page.ok ? 'the page gives less text than the feed' : page.reason;
}

function believable(date: string | null, polledAt: string): string | null {
  if (date === null || Number.isNaN(Date.parse(date))) return null;
  return Date.parse(date) - Date.parse(polledAt) > DAY_MS ? null : date;
}
