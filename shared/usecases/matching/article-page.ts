// The page of an article in the queue: read now, or tried again later.

import { wantsPage } from '../../articles/build-article.ts';
import { FetchFailedError } from '../../core/errors.ts';
import type { Extraction } from '../../model/article.ts';
import type { ArticleMessage } from '../../model/messages.ts';
import { withTurn } from './document-turn.ts';
import type { MatchPorts } from './match-articles.ts';
import { type PlannedRetry, planRest, planRetry, reasonOf } from './page-retries.ts';

type PagePorts = Pick<MatchPorts, 'pages' | 'largeDocuments' | 'extractor' | 'clock' | 'log'>;

/** The result for the page (null where none is needed), or when to try again. */
export type PageOutcome =
  | { readonly kind: 'now'; readonly extraction: Extraction | null }
  | { readonly kind: 'later'; readonly plan: PlannedRetry };

/** No item is lost when its page cannot be read: the reason is stored with the article, and the words of the feed are matched. */
export async function readPage(
  message: ArticleMessage,
  { pages, largeDocuments, extractor, clock, log }: PagePorts,
): Promise<PageOutcome> {
  const { url } = message.item;
  if (url === null || !wantsPage(message)) return { kind: 'now', extraction: null };
  const rest = planRest(message, clock.now());
  if (rest === 'never') return { kind: 'now', extraction: { ok: false, reason: message.retry?.reason ?? '' } };
  if (rest !== null) return { kind: 'later', plan: rest };
  try {
    const extraction = await withTurn(largeDocuments, async (turn) => {
      const { html, finalUrl } = await pages.fetchPage(url, turn);
      return extractor.extract(html, finalUrl);
    });
    return { kind: 'now', extraction };
  } catch (error) {
    if (error instanceof FetchFailedError) {
      const plan = planRetry(error, message, clock.now());
      return plan === null
        ? { kind: 'now', extraction: { ok: false, reason: reasonOf(error) } }
        : { kind: 'later', plan };
    }
    log.error('unexpected error while reading a page', { feed: message.feed.id, error });
    const reason = `unexpected error (${error instanceof Error ? error.name : typeof error})`;
    return { kind: 'now', extraction: { ok: false, reason } };
  }
}

/** Worded to stay true: it promises nothing about later tries. */
export const notYet = ({ retry }: PlannedRetry): Extraction => ({
  ok: false,
  reason: `the page could not be read yet (${retry.reason})`,
});

export function sendAgain(
  { postponed: _, ...message }: ArticleMessage,
  { retry, seconds }: PlannedRetry,
  matchedNow: boolean,
  { articleQueue }: Pick<MatchPorts, 'articleQueue'>,
): Promise<void> {
  const matched = message.retry?.matched ?? matchedNow;
  return articleQueue.sendLater([{ ...message, retry: { ...retry, matched } }], seconds);
}
