// One match as a publication on the deployment's SNS topic: text for people, JSON for machines, attributes for filter policies.
import type { AlertEvent } from '../model/alert.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match, PublishedMatch } from '../model/match.ts';
import { alertText } from './alert-mail.ts';
import { showMatch } from './match-link.ts';
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

/** What machines get: docs/alerts.md. Webhooks will send the same. */
export interface MatchCreated {
  readonly type: 'match.created';
  /** The delivery's id, the same for every repeat. */
  readonly id: DeliveryId;
  readonly timestamp: string;
  readonly data: PublishedMatch;
}

const matchCreated = (match: Match, deliveryId: DeliveryId): MatchCreated => ({
  type: 'match.created',
  id: deliveryId,
  timestamp: match.times.matchedAt,
  data: showMatch(match),
});

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
