// From an item to an article of ours: stable id, texts with their origins, a language, instants that are plausible.
import { DAY_MS } from '../core/time.ts';
import { nameOfItem } from '../feeds/item-identity.ts';
import { SHORT_TEXT_CHARS } from '../feeds/poll-state.ts';
import type { Article, Extraction, ExtraText, TextOrigin } from '../model/article.ts';
import { articleIdOf } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import type { ArticleMessage } from '../model/messages.ts';
import { canonicalArticleUrl, hostOf } from '../net/canonical-url.ts';
import { identityAddress, publisherAddress } from '../net/publisher-address.ts';
import { resolveLanguage } from '../text/language.ts';
import { saidBeyond } from '../text/said-beyond.ts';
import { withoutBoilerplate } from './boilerplate.ts';

/** The text ends like one that goes on elsewhere, whatever the language of its "read more". */
const BREAKS_OFF = /(?:…|\.\.\.|\[\s*(?:…|\.\.\.|&hellip;)\s*\])\s*(?:[\p{L}\s]{0,30}[»›→>]*)?\s*$/u;
/** A page whose text is shorter than this share of the feed's own text was not understood. */
const LEAST_SHARE_OF_PAGE = 0.5;

/** Whether the page is fetched: always, never, or (`auto`) where the feed's own text is short or breaks off. */
export function wantsPage({ item, feed, truncated }: ArticleMessage): boolean {
  if (feed.fullText === 'never' || item.url === null) return false;
  if (feed.fullText === 'always' || truncated) return true;
  const { text } = feedTexts(item)[0];
  return text.length < SHORT_TEXT_CHARS || BREAKS_OFF.test(text);
}

interface OwnText {
  readonly text: string;
  readonly origin: TextOrigin;
}

/**
 * The article of an item; `page` is the result for its page, null when it was not requested. The id is the message's; in a message of an
 * older version it follows from the link where the link is the item's own, so that it is the same in every feed that carries the article; else from
 * feed and item. The page has no say in it: it may be unreachable when the same message comes again.
 * The page's text, if it could be extracted, is the main one, and what the feed adds to it is matched as well. The page's own title
 * stands in for a missing headline only: docs/adr/0007 says why.
 * A publication date more than a day ahead of the poll is taken for a mistake and left out; dates never decide what is new.
 */
export function buildArticle(message: ArticleMessage, page: Extraction | null): Article {
  const { item, feed, linkIsOwn, polledAt } = message;
  const address = item.url === null ? null : publisherAddress(item.url);
  const identity = address === null ? null : identityAddress(address);
  const read = page?.ok === true ? page : null;
  const title = readable(item.title || read?.title);
  const ofPage = pageText(read);
  const [own, other] = feedTexts(item);
  const isPageText = ofPage.text !== '' && ofPage.text.length >= own.text.length * LEAST_SHARE_OF_PAGE;
  const main = isPageText ? ofPage : own;
  const stated = item.language ?? feed.language ?? read?.language;
  return {
    id:
      message.articleId ??
      (linkIsOwn && identity !== null ? articleIdOf(identity) : articleIdOf(feed.id, nameOfItem(item))),
    url: address ?? '',
    canonicalUrl: canonicalArticleUrl(read?.canonicalUrl ?? '') ?? canonicalArticleUrl(address ?? '') ?? '',
    title,
    text: main.text,
    origin: main.origin,
    more: extraTexts(isPageText ? [own, other] : [other], [title, main.text]),
    language: resolveLanguage(stated, `${title}\n\n${main.text}`),
    authors: item.authors,
    categories: item.categories ?? [],
    source: { feedId: feed.id, title: feed.title, host: hostOf(address ?? feed.url) },
    publishedAt: believable(item.published ?? item.updated, polledAt),
    firstSeenAt: polledAt,
    extractionFailure: whyNoPageText(page, isPageText),
    truncated: message.truncated && !isPageText,
  };
}

// The texts of an article are made in the next two functions, and nowhere else.

const pageText = (read: { readonly text: string } | null): OwnText => ({
  text: withoutBoilerplate(readable(read?.text)),
  origin: 'article',
});

/** The feed's own texts: first the content if it is long enough to be the article, else the longer of content and summary; then the other. */
function feedTexts({ content, summary }: Item): readonly [main: OwnText, other: OwnText] {
  const [full, short] = [withoutBoilerplate(readable(content)), withoutBoilerplate(readable(summary))];
  const ofContent: OwnText = { text: full, origin: full.length >= SHORT_TEXT_CHARS ? 'feed' : 'summary' };
  const ofSummary: OwnText = { text: short, origin: 'summary' };
  const texts: [OwnText, OwnText] = short.length > full.length ? [ofSummary, ofContent] : [ofContent, ofSummary];
  return texts[0].text === '' ? [{ text: '', origin: 'title' }, texts[1]] : texts;
}

const readable = (text: string | null | undefined): string => (text ?? '').normalize('NFC').trim();

/** The sentences of each text that are neither in the `known` texts nor in earlier ones: the feed's summary is often the page's first lines. */
function extraTexts(texts: readonly OwnText[], known: readonly string[]): readonly ExtraText[] {
  return texts.flatMap(({ text, origin }, index) => {
    const others = [...known, ...texts.slice(0, index).map((each) => each.text)];
    const isLead = text.length < SHORT_TEXT_CHARS;
    return saidBeyond(text, others).map((stretch) => ({ ...stretch, origin, isLead }));
  });
}

function whyNoPageText(page: Extraction | null, isPageText: boolean): string | null {
  if (page === null || isPageText) return null;
  return page.ok ? 'the page gives less text than the feed' : page.reason;
}

function believable(date: string | null, polledAt: string): string | null {
  if (date === null || Number.isNaN(Date.parse(date))) return null;
  return Date.parse(date) - Date.parse(polledAt) > DAY_MS ? null : date;
}
