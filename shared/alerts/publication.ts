// One match as a publication on the deployment's SNS topic: text for people, JSON for machines, attributes for filter policies.
import type { AlertEvent } from '../model/alert.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match, Passage } from '../model/match.ts';
import { alertText } from './alert-mail.ts';
import { linkOf } from './mail-page.ts';
import { cutText, oneLine } from './plain-text.ts';
import { languageName, sourceName } from './wording.ts';

/** SNS wants fewer than 100 characters. Its documents disagree about letters outside ASCII, so there are none. */
const MAX_SNS_SUBJECT = 99;

export function composePublication(match: Match, deliveryId: DeliveryId, timeZone: string): AlertEvent {
  return {
    subject: publicationSubject(match),
    text: alertText(match, timeZone, ''),
    json: JSON.stringify(matchCreated(match, deliveryId)),
    attributes: {
      topic: attribute(match.topic.id),
      severity: attribute(match.topic.severity),
      language: attribute(match.article.language),
      source: attribute(match.sources[0]?.host ?? ''),
    },
    matchId: match.id,
  };
}

/**
 * The event that machines get: docs/alerts.md. `id` is the same for every repeat.
 * Ranges count UTF-16 code units into the passage's own text, end exclusive.
 */
export const matchCreated = (match: Match, deliveryId: DeliveryId) => ({
  type: 'match.created',
  id: deliveryId,
  timestamp: match.times.matchedAt,
  data: {
    match_id: match.id,
    topic: {
      id: match.topic.id,
      name: match.topic.title,
      version: match.topic.version,
      severity: match.topic.severity,
    },
    article: {
      url: match.article.url,
      canonical_url: match.article.canonicalUrl,
      title: match.article.title,
      source: match.sources[0]?.title ?? null,
      sources: match.sources.map(({ title, host }) => ({ title, host })),
      language: match.article.language,
      published_at: match.article.publishedAt,
      first_seen_at: match.article.firstSeenAt,
      extraction_failure: match.article.extractionFailure,
    },
    why: match.why,
    passages: match.passages.map((passage) => ({
      text: passage.text,
      field: passage.field,
      origin: passage.origin,
      ranges: passage.highlights.map(([start, end]) => [start - passage.start, end - passage.start]),
      term: termOf(passage),
    })),
    links: { article: linkOf(match) },
  },
});

/** The matched words, as they stand in the passage. */
const termOf = ({ text, start, highlights }: Passage): string =>
  highlights.map(([from, to]) => text.slice(from - start, to - start)).join(' … ');

/** `[Topic] Headline - Source` in ASCII. A headline in another script is replaced by what can be said of it. */
export function publicationSubject(match: Match): string {
  const topic = inAscii(oneLine(match.topic.title)) ?? inAscii(match.topic.id) ?? 'topic';
  const source = inAscii(sourceName(match)) ?? inAscii(match.sources[0]?.host ?? '') ?? 'unknown source';
  const title = inAscii(oneLine(match.article.title)) ?? `Article in ${languageName(match.article.language)}`;
  const before = `[${cutAscii(topic, 30)}] `;
  const after = ` - ${cutAscii(source, 30)}`;
  return before + cutAscii(title, MAX_SNS_SUBJECT - before.length - after.length) + after;
}

/** What Unicode does not take apart by itself. */
const ASCII_FOR: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
};

/** Accents and printers' punctuation in plain ASCII; null when letters or digits would be lost. */
function inAscii(text: string): string | null {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^ -~]/gu, (character) => ASCII_FOR[character] ?? character);
  if (/[^ -~]/.test(plain.replace(/[^\p{Letter}\p{Number}]/gu, ''))) return null;
  return (
    plain
      .replace(/[^ -~]/gu, '')
      .replace(/ +/g, ' ')
      .trim() || null
  );
}

const cutAscii = (text: string, max: number): string => {
  if (text.length <= max) return text;
  return `${cutText(text, max - 2).replace(/…$/, '')}...`;
};

/** SNS refuses empty values. */
const attribute = (value: string): string => oneLine(value).slice(0, 256) || 'unknown';
