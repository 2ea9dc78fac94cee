// ntfy, for notifications on phones and desktops: https://docs.ntfy.sh/publish/#publish-as-json
import { cutText } from '../alerts/plain-text.ts';
import { HOUR_SECONDS } from '../core/time.ts';
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import {
  type ChannelKind,
  checkAnswer,
  JSON_HEADERS,
  jsonOf,
  readAddress,
  refused,
  shownTarget,
  textOf,
  type WebAnswer,
} from './channel-kind.ts';
import { fitted } from './fit-message.ts';
import { newsLine, sourceLine, topicsLine } from './story-lines.ts';

/** Bytes. A longer text becomes a file beside the notification: https://docs.ntfy.sh/publish/#limitations */
const MOST_BYTES = 4_096;
const LONGEST_TITLE = 250;
const TOPIC = /^\/([\w-]{1,64})\/?$/;
/** The quota of a day is used up: https://github.com/binwiederhier/ntfy/blob/main/server/errors.go */
const QUOTA_CODES: readonly unknown[] = [42908];

/** https://docs.ntfy.sh/publish/#message-priority: from 1 to 5. */
const PRIORITIES: Readonly<Record<Severity, number>> = { low: 2, medium: 3, high: 4, critical: 5 };

export const ntfy: ChannelKind = {
  service: 'ntfy',
  options: ['token'],
  readTarget(target, options) {
    const url = readAddress(target, options);
    if (typeof url === 'string') return refused(`target: ${url}`);
    const [, topic] = TOPIC.exec(url.pathname) ?? [];
    if (topic === undefined)
      return refused('target: it names no topic of ntfy; expected the server and the topic: https://ntfy.sh/mytopic');
    const { token } = options;
    if (token !== undefined && !/^[\x21-\x7e]{1,500}$/.test(token))
      return refused('token: it has blanks or letters outside ASCII; expected an access token such as tk_…');
    const identity = `${url.origin}/${topic}`;
    return {
      ok: true,
      secret: { url: `${url.origin}/`, room: topic, ...(token === undefined ? {} : { token }) },
      identity,
      // A topic is a word of people, and its end may be enough to guess it.
      shown: shownTarget(url, null),
    };
  },
  compose: (message, { url, room = '', token }) => ({
    url,
    headers: { ...JSON_HEADERS, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({
      topic: room,
      title: cutText(message.title, LONGEST_TITLE),
      message: fitted(message, textOfMessage, (text) => Buffer.byteLength(text) <= MOST_BYTES),
      priority: PRIORITIES[message.severity],
      ...clickOf(message),
    }),
  }),
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'ntfy', isGone, words, waitSeconds });
    return { state: 'sent', providerId: textOf(jsonOf(answer)?.['id']) };
  },
};

/** The token is missing, not valid, or may not write to the topic. */
const isGone = ({ status }: WebAnswer): boolean => status === 401 || status === 403;

const words = (answer: WebAnswer): string => textOf(jsonOf(answer)?.['error']);

const waitSeconds = (answer: WebAnswer): number | null =>
  QUOTA_CODES.includes(jsonOf(answer)?.['code']) ? HOUR_SECONDS : null;

/** The article of a single story; a digest has no place of its own. */
function clickOf({ stories }: ChannelMessage): { readonly click?: string } {
  const [only, another] = stories;
  return only?.url == null || another !== undefined ? {} : { click: only.url };
}

function textOfMessage({ introduction, stories, notes, manageUrl }: ChannelMessage): string {
  return [
    introduction.join('\n'),
    ...stories.map((story) => storyText(story, stories.length > 1)),
    [...notes, ...(manageUrl === null ? [] : [`Change or stop these alerts: ${manageUrl}`])].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const storyText = (story: ChannelStory, isOneOfMany: boolean): string =>
  [
    topicsLine(story),
    newsLine(story),
    ...story.passages.map(({ label, text }) => (label === '' ? text : `${label}: ${text}`)),
    story.title,
    sourceLine(story),
    ...story.why.map((each) => `Why: ${each}`),
    isOneOfMany ? (story.url ?? '') : '',
    story.matchUrl === null ? '' : `This match: ${story.matchUrl}`,
  ]
    .filter(Boolean)
    .join('\n');
