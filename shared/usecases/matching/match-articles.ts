// One new item: made an article, matched against every topic, each match stored under its deterministic id, all of them one hit of a story.
// An article without a match leaves nothing. If the page fails for a temporary reason, the words of the feed are matched at once
// and those of the page when it can be read: docs/adr/0007.

import { buildArticle } from '../../articles/build-article.ts';
import { METRICS } from '../../core/metrics.ts';
import { DAY_SECONDS, epochSeconds, HOUR_MS } from '../../core/time.ts';
import { isOlderThan } from '../../feeds/item-dates.ts';
import type { Article, Extraction, MatchableDocument } from '../../model/article.ts';
import { buildMatch, type QuietReason, type TopicMatch } from '../../model/match.ts';
import type { ArticleMessage, PageRetry } from '../../model/messages.ts';
import type { Settings } from '../../model/settings.ts';
import type { Topic } from '../../model/topic.ts';
import type {
  ArticleExtractor,
  ArticleQueue,
  Clock,
  LargeDocuments,
  Log,
  MatchStore,
  Metrics,
  PageFetcher,
  TopicStore,
} from '../../ports.ts';
import { notYet, readPage, sendAgain } from './article-page.ts';
import { countWords, type FoundMatch, type PlacingPorts, placeHit } from './place-hit.ts';

/** What of the matcher is used here; see shared/matching/topic-matcher.ts. */
export interface Matcher {
  matchDetailed(document: MatchableDocument): {
    readonly matches: readonly TopicMatch[];
    readonly skipped: readonly string[];
    /** Its end was not looked at. */
    readonly truncated: boolean;
  };
  readonly problems: readonly { readonly topicId?: string; readonly message: string }[];
}

export interface TopicsInForce {
  readonly matcher: Matcher;
  readonly topics: ReadonlyMap<string, Topic>;
}

export interface MatchPorts extends PlacingPorts {
  readonly matches: Pick<MatchStore, 'getMatches' | 'putMatch' | 'strengthen'>;
  /** Takes articles whose page cannot be read yet. */
  readonly articleQueue: Pick<ArticleQueue, 'sendLater'>;
  readonly pages: PageFetcher;
  /** Absent: as many large pages at once as there are. */
  readonly largeDocuments?: LargeDocuments;
  readonly extractor: ArticleExtractor;
  readonly topicsInForce: () => Promise<TopicsInForce>;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface MatchReport {
  /** Its message goes through the queue again, to read its page. */
  readonly comesAgain: boolean;
  /** Null: nothing was matched this time, because the words of the feed were matched before and the page could not be read. */
  readonly article: Pick<Article, 'id' | 'title' | 'language' | 'origin' | 'extractionFailure'> | null;
  readonly matches: readonly FoundMatch[];
}

/** Log messages that an operator is to see: on one machine they are also shown on the terminal. */
export const MATCHING_PROBLEMS = {
  skipped: 'topics skipped: too costly for this document',
  leftOut: 'topic left out',
} as const;

/** Long enough to cost one small read in many batches, short enough that a changed topic is in force within the minute. */
const RECHECK_MS = 30_000;

/** Throws when topics cannot be loaded or a match cannot be stored; the message then returns to the queue. */
export async function matchArticle(
  message: ArticleMessage,
  ports: MatchPorts,
  settings: Settings,
): Promise<MatchReport> {
  const inForce = await ports.topicsInForce();
  const page = await readPage(message, ports);
  const { retry } = message;
  if (page.kind === 'later') {
    // First match what the feed says, then send the message for the page. A crash in between repeats both, which is harmless.
    const found =
      retry === undefined ? await matchTexts(message, notYet(page.plan), inForce, ports, settings) : NOTHING;
    await sendAgain(message, page.plan, found.matches.length > 0, ports);
    return { ...found, comesAgain: true };
  }
  if (retry !== undefined && page.extraction?.ok === false) {
    giveUp(message, retry, page.extraction.reason, ports);
    return { ...NOTHING, comesAgain: false };
  }
  const found = await matchTexts(message, page.extraction, inForce, ports, settings);
  countArticle(found.matches.length > 0 || retry?.matched === true, found.article?.extractionFailure ?? null, ports);
  return { ...found, comesAgain: false };
}

type Found = Pick<MatchReport, 'article' | 'matches'>;

const NOTHING: Found = { article: null, matches: [] };

/** The words of the feed were matched the first time, so only counting and logging are left. */
function giveUp(message: ArticleMessage, { matched, hops }: PageRetry, reason: string, ports: MatchPorts): void {
  countArticle(matched, reason, ports);
  ports.log.info('the page could not be read in several tries; the article was matched by the words of its feed only', {
    article: buildArticle(message, null).id,
    feed: message.feed.id,
    sentAgain: hops,
    reason,
  });
}

async function matchTexts(
  message: ArticleMessage,
  page: Extraction | null,
  { matcher, topics }: TopicsInForce,
  ports: MatchPorts,
  settings: Settings,
): Promise<Found> {
  const article = buildArticle(message, page);
  const {
    matches: found,
    skipped,
    truncated,
  } = matcher.matchDetailed({
    title: article.title,
    text: article.text,
    origin: article.origin,
    more: article.more,
    language: article.language,
    url: article.url,
    source: article.source,
    authors: article.authors,
    categories: article.categories,
    publishedAt: article.publishedAt ?? article.firstSeenAt,
  });
  const matches: FoundMatch[] = [];
  for (const each of found) {
    const topic = topics.get(each.topicId);
    if (topic === undefined) continue;
    const match = buildMatch(article, each, topic, whenOf(message, article, ports.clock.now(), settings));
    matches.push({ match, outcome: await ports.matches.putMatch(match) });
  }
  // After the matches, because sending the alerts of the hit reads them.
  if (matches.length > 0) await placeHit(article, matches, ports);
  else if (message.retry === undefined && message.edited !== true) countWords(article, ports);
  record(article, matches, skipped, ports);
  if (truncated) ports.log.info('article longer than is read: its end was not looked at', { article: article.id });
  const { id, title, language, origin, extractionFailure } = article;
  return { article: { id, title, language, origin, extractionFailure }, matches };
}

function whenOf(message: ArticleMessage, article: Article, now: Date, settings: Settings) {
  return {
    polledAt: message.polledAt,
    matchedAt: now.toISOString(),
    quiet: quietReason(message, article, settings),
    expiresAt: epochSeconds(now) + settings.retention.matchDays * DAY_SECONDS,
  };
}

/** Items that send no alert: at a feed's first poll those older than a day or without a date; later only much older ones. */
function quietReason(message: ArticleMessage, article: Article, settings: Settings): QuietReason {
  const { firstPollMaxAgeHours, maxAgeDays } = settings.alerts;
  // The age of an edit follows its later date: "published" stays, "updated" changes.
  const date = message.edited === true ? laterOf(article.publishedAt, message.item.updated) : article.publishedAt;
  const isOld = message.datesAreReliable === true && isOlderThan(date, message.polledAt, maxAgeDays);
  if (!message.firstPoll) return isOld ? 'old' : null;
  if (date === null) return 'first_poll_old';
  const ageMs = Date.parse(message.polledAt) - Date.parse(date);
  return ageMs > firstPollMaxAgeHours * HOUR_MS ? 'first_poll_old' : null;
}

const laterOf = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && Date.parse(other) > Date.parse(one)) ? other : one;

function record(
  article: Article,
  matches: MatchReport['matches'],
  skipped: readonly string[],
  { log, metrics }: MatchPorts,
): void {
  metrics.put(METRICS.matchesStored, 'Count', matches.filter(({ outcome }) => outcome === 'stored').length);
  metrics.put(METRICS.topicsSkipped, 'Count', skipped.length);
  if (skipped.length > 0) log.warn(MATCHING_PROBLEMS.skipped, { article: article.id, topics: skipped });
}

/** Counts each article once, when it is finished, however often it went through the queue. */
function countArticle(matched: boolean, extractionFailure: string | null, { metrics }: MatchPorts): void {
  metrics.put(matched ? METRICS.articlesMatched : METRICS.articlesUnmatched, 'Count', 1);
  if (extractionFailure !== null) metrics.put(METRICS.extractionsFailed, 'Count', 1);
}

/** The topics in force, compiled once and again whenever the store's revision changes. A topic that does not compile is logged and left out. */
export function createTopicsInForce(
  ports: { readonly topics: Pick<TopicStore, 'revision' | 'listTopics'>; readonly clock: Clock; readonly log: Log },
  compile: (topics: readonly Topic[]) => Matcher,
): () => Promise<TopicsInForce> {
  let known: { readonly revision: string; readonly inForce: TopicsInForce } | null = null;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<TopicsInForce> | null = null;
  const load = async (): Promise<TopicsInForce> => {
    const revision = await ports.topics.revision();
    if (known?.revision !== revision) {
      const topics = await ports.topics.listTopics();
      const matcher = compile(topics);
      for (const problem of matcher.problems)
        ports.log.error(MATCHING_PROBLEMS.leftOut, { topic: problem.topicId, problem: problem.message });
      known = { revision, inForce: { matcher, topics: new Map(topics.map((topic) => [topic.id, topic])) } };
    }
    checkedAt = ports.clock.now().getTime();
    return known.inForce;
  };
  return async () => {
    const age = Math.abs(ports.clock.now().getTime() - checkedAt);
    if (known !== null && age < RECHECK_MS) return known.inForce;
    // Articles of a batch are matched side by side: one of them asks, the others wait for its answer.
    loading ??= load().finally(() => {
      loading = null;
    });
    return loading;
  };
}
