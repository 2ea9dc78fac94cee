// What is published on the deployment's SNS topic: text for people, JSON for machines, attributes for filter policies. For machines one event for
// each match, for people one for each alert of a story.
import type { AlertEvent } from '../model/alert.ts';
import { type PublishedHit, publishedHit } from '../model/hit.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match, PublishedMatch } from '../model/match.ts';
import { alertText } from './alert-mail.ts';
import { showMatch } from './match-link.ts';
import { cutText, oneLine } from './plain-text.ts';
import type { StoryInMail, UpdateInMail } from './story-in-mail.ts';
import { languageName, sourceName } from './wording.ts';

/** SNS wants fewer than 100 characters. Its documents disagree about letters outside ASCII, so there are none. */
const MAX_SNS_SUBJECT = 99;
const UPDATE = 'Update: ';

/** `isForPeople`: no alert of a hit will be published for it, so people are to get this one. */
export function composePublication(
  match: Match,
  deliveryId: DeliveryId,
  timeZone: string,
  isForPeople = false,
): AlertEvent {
  return {
    subject: publicationSubject(match),
    text: alertText({ matches: [match], others: [], story: null, update: null }, timeZone),
    json: JSON.stringify(matchCreated(match, deliveryId)),
    attributes: {
      type: isForPeople ? ['match.created', 'alert'] : 'match.created',
      topic: attribute(match.topic.id),
      ...attributesOf(match),
    },
    matchId: match.id,
  };
}

/** One alert: the first of its story, or an update. `matches`: all topics that hold, the gravest first. */
export function composeAlertEvent(input: {
  readonly matches: readonly [Match, ...Match[]];
  readonly story: StoryInMail;
  readonly update: UpdateInMail | null;
  readonly deliveryId: DeliveryId;
  readonly timeZone: string;
}): AlertEvent {
  const { matches, story, update, deliveryId, timeZone } = input;
  const [lead] = matches;
  return {
    subject:
      update === null
        ? publicationSubject(lead)
        : `${UPDATE}${publicationSubject(lead, MAX_SNS_SUBJECT - UPDATE.length)}`,
    text: alertText({ ...input, others: [] }, timeZone),
    json: JSON.stringify(alertRaised(matches, story, update, deliveryId)),
    attributes: {
      type: 'alert',
      topic: matches.map(({ topic }) => attribute(topic.id)),
      ...attributesOf(lead),
    },
    matchId: lead.id,
  };
}

const attributesOf = (match: Match) => ({
  severity: attribute(match.topic.severity),
  language: attribute(match.article.language),
  source: attribute(match.sources[0]?.host ?? ''),
});

/** What machines get of an alert. */
export interface AlertRaised {
  readonly type: 'alert';
  /** The delivery's id, the same for every repeat. */
  readonly id: DeliveryId;
  readonly timestamp: string;
  readonly data: {
    readonly story: PublishedHit['story'];
    readonly isUpdate: boolean;
    /** What the report brings that the story did not have, in words. */
    readonly news: readonly string[];
    readonly matches: readonly PublishedMatch[];
  };
}

export const alertRaised = (
  matches: readonly [Match, ...Match[]],
  { hit }: StoryInMail,
  update: UpdateInMail | null,
  deliveryId: DeliveryId,
): AlertRaised => ({
  type: 'alert',
  id: deliveryId,
  timestamp: matches[0].times.matchedAt,
  data: {
    story: publishedHit(hit).story,
    isUpdate: update !== null,
    news: update?.news ?? [],
    matches: matches.map(showMatch),
  },
});

/** What machines get of a match: docs/alerts.md. */
export interface MatchCreated {
  readonly type: 'match.created';
  /** The delivery's id, the same for every repeat. */
  readonly id: DeliveryId;
  readonly timestamp: string;
  readonly data: PublishedMatch;
}

export const matchCreated = (match: Match, deliveryId: DeliveryId): MatchCreated => ({
  type: 'match.created',
  id: deliveryId,
  timestamp: match.times.matchedAt,
  data: showMatch(match),
});

/** `[Topic] Headline - Source` in ASCII. A headline in another script is replaced by what can be said of it. */
export function publicationSubject(match: Match, max = MAX_SNS_SUBJECT): string {
  const topic = inAscii(oneLine(match.topic.title)) ?? inAscii(match.topic.id) ?? 'topic';
  const source = inAscii(sourceName(match)) ?? inAscii(match.sources[0]?.host ?? '') ?? 'unknown source';
  const title = inAscii(oneLine(match.article.title)) ?? `Article in ${languageName(match.article.language)}`;
  const before = `[${cutAscii(topic, 30)}] `;
  const after = ` - ${cutAscii(source, 30)}`;
  return before + cutAscii(title, max - before.length - after.length) + after;
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
