// A match as a record, and back; and the bounds that keep the record under 32 KB.
import type { ArticleSource, TextOrigin } from '../../shared/model/article.ts';
import type { FeedId, MatchId } from '../../shared/model/ids.ts';
import { type Match, type Passage, QUIET_REASONS, type Range, usualOrigin } from '../../shared/model/match.ts';
import { matchPosition } from '../../shared/model/positions.ts';
import type { Severity } from '../../shared/model/topic.ts';
import { dayShardOf, matchesOfTopic, matchKey, pendingShardOf } from './keys.ts';
import { CUT_MARK, cutToBytes, keptBytes, nameOf, RecordReader, withoutNulls } from './record.ts';
import type { Item } from './table-client.ts';

// Bounds in bytes of UTF-8. Their sum, with keys and field names, is under 31 KB in the worst case; the codec's test adds it up.
const LONGEST_TITLE = 1_000;
const LONGEST_TEXT = 500;
/** A URL that is cut leads nowhere: a longer one is left out. */
const LONGEST_URL = 2_048;
const ALL_PASSAGES = 9_000;
const MOST_PASSAGES = 20;
/** Highlights of all passages together. */
const MOST_HIGHLIGHTS = 200;
/** An article that this many feeds carry is not told apart further. */
export const MOST_SOURCES = 32;
const LONGEST_SOURCE_TITLE = 120;
const LONGEST_HOST = 100;
/** BCP 47 tags are at most 35 characters long. */
const LONGEST_LANGUAGE = 35;

const ORIGINS: readonly TextOrigin[] = ['article', 'feed', 'summary', 'title'];
const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** The match as it is stored: what is too long is cut with a mark, what cannot be cut is left out. */
export function fitMatch(match: Match): Match {
  const { topic, article } = match;
  return {
    ...match,
    topic: { ...topic, title: cutToBytes(topic.title, LONGEST_TEXT) },
    article: {
      ...article,
      url: fitUrl(article.url),
      canonicalUrl: fitUrl(article.canonicalUrl),
      title: cutToBytes(article.title, LONGEST_TITLE),
      language: cutToBytes(article.language, LONGEST_LANGUAGE),
      extractionFailure: article.extractionFailure && cutToBytes(article.extractionFailure, LONGEST_TEXT),
    },
    sources: match.sources.slice(0, MOST_SOURCES).map(fitSource),
    passages: fitPassages(match.passages),
    why: cutToBytes(match.why, LONGEST_TITLE),
  };
}

export const fitSource = (source: ArticleSource): ArticleSource => ({
  feedId: source.feedId,
  title: cutToBytes(source.title, LONGEST_SOURCE_TITLE),
  host: cutToBytes(source.host, LONGEST_HOST),
});

/** Fits the match, too. */
export function encodeMatch(match: Match): Item {
  const { id, topic, article, sources, passages, why, times, quiet, alertState, expiresAt } = fitMatch(match);
  const day = article.firstSeenAt.slice(0, 10);
  const position = matchPosition({ id, article });
  const record = {
    ...matchKey(id),
    type: 'match',
    id,
    topic,
    article: withoutNulls(article),
    sources,
    sourceFeeds: new Set(sources.map(({ feedId }) => feedId)),
    passages: passages.map((passage) => encodePassage(passage, article.origin)),
    why,
    times: withoutNulls(times),
    alertState,
    expiresAt,
    relatedTo: matchesOfTopic(topic.id),
    relatedAt: position,
    listedIn: dayShardOf(day, id),
    listedAt: position,
    ...(quiet !== null && { quiet }),
  };
  return alertState === 'pending' ? { ...record, pendingShard: pendingShardOf(id), dueAt: times.matchedAt } : record;
}

export function decodeMatch(record: Item): Match {
  const reader = new RecordReader(record, nameOf(record));
  const topic = reader.map('topic');
  const article = reader.map('article');
  const times = reader.map('times');
  const origin = article.oneOf('origin', ORIGINS);
  return {
    id: reader.string('id') as MatchId,
    topic: {
      id: topic.string('id'),
      version: topic.string('version'),
      title: topic.string('title'),
      severity: topic.oneOf('severity', SEVERITIES),
    },
    article: {
      id: article.string('id'),
      url: article.string('url'),
      canonicalUrl: article.string('canonicalUrl'),
      title: article.string('title'),
      language: article.string('language'),
      origin,
      publishedAt: article.stringOrNull('publishedAt'),
      firstSeenAt: article.string('firstSeenAt'),
      extractionFailure: withoutAdvice(article.stringOrNull('extractionFailure')),
    },
    sources: reader.maps('sources').map(decodeSource),
    passages: reader.maps('passages').map((passage) => decodePassage(passage, origin)),
    why: reader.string('why'),
    times: {
      polledAt: times.string('polledAt'),
      matchedAt: times.string('matchedAt'),
      alertedAt: times.stringOrNull('alertedAt'),
    },
    quiet: reader.oneOfOrNull('quiet', QUIET_REASONS),
    alertState: reader.oneOf('alertState', ['pending', 'done'] as const),
    expiresAt: reader.number('expiresAt'),
  };
}

function decodeSource(reader: RecordReader): ArticleSource {
  return { feedId: reader.string('feedId') as FeedId, title: reader.string('title'), host: reader.string('host') };
}

/** The origin is stored only where it does not follow from field and article, so older records without it are read correctly. */
function encodePassage({ origin, ...passage }: Passage, ofArticle: TextOrigin): object {
  return origin === usualOrigin(passage.field, ofArticle) ? passage : { ...passage, origin };
}

function decodePassage(reader: RecordReader, ofArticle: TextOrigin): Passage {
  const cut = reader.oneOfOrNull('cut', ['start', 'end', 'both'] as const);
  const field = reader.oneOf('field', ['title', 'body'] as const);
  return {
    ...(cut === null ? {} : { cut }),
    text: reader.string('text'),
    field,
    origin: reader.oneOfOrNull('origin', ORIGINS) ?? usualOrigin(field, ofArticle),
    start: reader.number('start'),
    end: reader.number('end'),
    highlights: reader.list('highlights').map((range) => {
      if (!Array.isArray(range) || typeof range[0] !== 'number' || typeof range[1] !== 'number') {
        throw reader.damaged(`a highlight is ${JSON.stringify(range)}, expected two numbers`);
      }
      return [range[0], range[1]] as Range;
    }),
  };
}

const fitUrl = (url: string): string => (Buffer.byteLength(url) > LONGEST_URL ? '' : url);

/** Passages share the room evenly when all together are too long; a short one keeps its whole text. */
function fitPassages(passages: readonly Passage[]): readonly Passage[] {
  const some = passages.slice(0, MOST_PASSAGES);
  const bytes = some.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const share = bytes <= ALL_PASSAGES ? ALL_PASSAGES : Math.floor(ALL_PASSAGES / some.length);
  const highlights = Math.floor(MOST_HIGHLIGHTS / Math.max(1, some.length));
  return some.map((passage) => fitPassage(passage, share, highlights));
}

/** After a cut `text` is the beginning of the passage and the mark; `end` and the highlights lie within that beginning. */
function fitPassage(passage: Passage, maxBytes: number, maxHighlights: number): Passage {
  const fewer = { ...passage, highlights: passage.highlights.slice(0, maxHighlights) };
  if (Buffer.byteLength(passage.text) <= maxBytes) return fewer;
  const kept = keptBytes(passage.text, maxBytes - Buffer.byteLength(CUT_MARK));
  const end = passage.start + kept.length;
  // The mark says it of the end.
  const { cut, ...whole } = fewer;
  return {
    ...whole,
    ...(cut === 'start' || cut === 'both' ? { cut: 'start' as const } : {}),
    text: kept + CUT_MARK,
    end,
    highlights: fewer.highlights.flatMap(([from, to]): readonly Range[] =>
      from >= end ? [] : [[from, Math.min(to, end)]],
    ),
  };
}

/**
 * Earlier versions stored the whole message of a failure: the address, what happened, and what the operator may do about it. Readers
 * are shown what happened.
 */
const withoutAdvice = (failure: string | null): string | null =>
  failure === null ? null : (/^https?:\/\/\S+: (.*?)\.(?: \p{Lu}.*)?$/su.exec(failure)?.[1] ?? failure);
