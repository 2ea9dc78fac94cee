// Discord, by webhook: https://docs.discord.com/developers/resources/webhook#execute-webhook
import { cutText } from '../alerts/plain-text.ts';
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import {
  type ChannelKind,
  checkAnswer,
  isAllowedHost,
  JSON_HEADERS,
  jsonOf,
  readAddress,
  refused,
  shownTarget,
  textOf,
  type WebAnswer,
} from './channel-kind.ts';
import { fitted } from './fit-message.ts';
import { markedPassage, newsLine, sourceLine, topicsLine } from './story-lines.ts';

// https://docs.discord.com/developers/resources/message#embed-object-embed-limits; characters.
const LONGEST_CONTENT = 2_000;
const LONGEST_TITLE = 256;
const LONGEST_DESCRIPTION = 4_096;
const LONGEST_FOOTER = 2_048;
const LONGEST_EMBEDS = 6_000;
const MOST_EMBEDS = 10;
/** Discord refuses longer addresses. */
const LONGEST_URL = 2_048;

const HOST = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/;
const PATH = /^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+$/;

const COLOURS: Readonly<Record<Severity, number>> = {
  low: 0x5b6472,
  medium: 0x1f6feb,
  high: 0xd97706,
  critical: 0xc81e1e,
};

export const discord: ChannelKind = {
  service: 'Discord',
  options: [],
  readTarget(target, options) {
    const url = readAddress(target, options);
    if (typeof url === 'string') return refused(`target: ${url}`);
    if (!isAllowedHost(url, options) && !(HOST.test(url.hostname) && PATH.test(url.pathname)))
      return refused('target: it is no webhook of Discord; expected https://discord.com/api/webhooks/ID/TOKEN');
    const identity = url.href;
    url.searchParams.set('wait', 'true');
    const secretPart = url.pathname.split('/').at(-1) ?? '';
    return { ok: true, secret: { url: url.href }, identity, shown: shownTarget(url, secretPart) };
  },
  compose: (message, { url }) => ({
    url,
    headers: JSON_HEADERS,
    body: JSON.stringify(
      fitted(
        message,
        payloadOf,
        ({ content, embeds }) =>
          content.length <= LONGEST_CONTENT && embeds.length <= MOST_EMBEDS && lengthOf(embeds) <= LONGEST_EMBEDS,
      ),
    ),
  }),
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'Discord', isGone, words, waitSeconds });
    return { state: 'delivered', providerId: textOf(jsonOf(answer)?.['id']) };
  },
};

/** 404: `Unknown Webhook` or `Unknown Channel`; 401: `Invalid Webhook Token`. */
const isGone = ({ status }: WebAnswer): boolean => status === 401 || status === 404;

const words = (answer: WebAnswer): string => textOf(jsonOf(answer)?.['message']);

/** Seconds, as a fraction. */
function waitSeconds(answer: WebAnswer): number | null {
  const seconds = jsonOf(answer)?.['retry_after'];
  return typeof seconds === 'number' ? seconds : null;
}

interface Embed {
  readonly title?: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
  readonly footer?: { readonly text: string };
}

const payloadOf = (message: ChannelMessage) => ({
  content: contentOf(message),
  embeds: embedsOf(message),
  // Nobody is notified by what a headline happens to say.
  allowed_mentions: { parse: [] },
});

/** An embed says nothing in a notification. */
const contentOf = ({ kind, title, introduction }: ChannelMessage): string =>
  cutText(
    [
      kind === 'alert' || kind === 'update' ? escaped(title) : `**${escaped(title)}**`,
      ...introduction.map(escaped),
    ].join('\n'),
    LONGEST_CONTENT,
  );

function embedsOf({ severity, stories, notes, manageUrl }: ChannelMessage): readonly Embed[] {
  const manage = manageUrl === null ? [] : [`[Change or stop these alerts](${addressOf(manageUrl)})`];
  const end = [...notes.map(escaped), ...manage].join('\n');
  return [
    ...stories.map(embedOf),
    ...(end === '' ? [] : [{ description: cutText(end, LONGEST_DESCRIPTION), color: COLOURS[severity] }]),
  ];
}

function embedOf(story: ChannelStory): Embed {
  const { title, url, topics, passages, why, matchUrl } = story;
  const news = newsLine(story);
  const lines = [
    `**${escaped(topicsLine(story))}**`,
    ...(news === '' ? [] : [`**${escaped(news)}**`]),
    ...passages.flatMap((passage) => [
      ...(passage.label === '' ? [] : [escaped(passage.label)]),
      `> ${markedPassage(passage, escaped, (text) => `**${escaped(text)}**`)}`,
    ]),
    ...why.map((each) => `Why: ${escaped(each)}`),
    ...(matchUrl === null ? [] : [`[This match](${addressOf(matchUrl)})`]),
  ];
  return {
    // Not parsed for markup.
    title: cutText(title, LONGEST_TITLE),
    ...(url === null || url.length > LONGEST_URL ? {} : { url }),
    description: lines.join('\n'),
    color: COLOURS[topics[0]?.severity ?? 'low'],
    footer: { text: cutText(sourceLine(story), LONGEST_FOOTER) },
  };
}

const lengthOf = (embeds: readonly Embed[]): number =>
  embeds.reduce(
    (sum, { title = '', description, footer }) =>
      // One that is too long by itself cannot be sent at all.
      sum +
      (description.length > LONGEST_DESCRIPTION
        ? LONGEST_EMBEDS + 1
        : title.length + description.length + (footer?.text.length ?? 0)),
    0,
  );

/** https://docs.discord.com/developers/reference#message-formatting: what would be read as markup, and what would be a mention. */
const escaped = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@-]/g, (sign) => `\\${sign}`);

const addressOf = (url: string): string => url.replaceAll('(', '%28').replaceAll(')', '%29');
