// Telegram, by a bot: https://core.telegram.org/bots/api#sendmessage

import { cutText } from '../alerts/plain-text.ts';
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';
import {
  type ChannelKind,
  checkAnswer,
  JSON_HEADERS,
  jsonOf,
  readAddress,
  refused,
  type TargetOptions,
  textOf,
  type WebAnswer,
} from './channel-kind.ts';
import { fitted } from './fit-message.ts';
import { markedPassage, newsLine, sourceLine, topicsLine } from './story-lines.ts';

/** UTF-16 code units, after the tags are read. */
const LONGEST_TEXT = 4_096;
/** Bytes that are posted: tags and addresses do not count as text, but need not be endless. */
const MOST_BYTES = 60_000;

const SERVER = 'https://api.telegram.org';
const TOKEN = /^(\d{3,20}):[\w-]{20,}$/;
const WANTED = 'expected TOKEN@CHAT, such as 123456789:AAF…@mychannel, or the token with --chat';

export const telegram: ChannelKind = {
  service: 'Telegram',
  options: ['chat'],
  readTarget(target, options) {
    const given = splitTarget(target, options);
    if (typeof given === 'string') return refused(given);
    const { server, token, chat } = given;
    const [, bot] = TOKEN.exec(token) ?? [];
    if (bot === undefined) return refused(`target: it does not begin with the token of a bot; ${WANTED}`);
    const room = chatIdOf(chat);
    if (room === null)
      return refused(
        `chat: ${chat === '' ? 'none is named' : 'it is neither a number nor the name of a channel'}; ${WANTED}`,
      );
    return {
      ok: true,
      secret: { url: `${server}/bot${token}/sendMessage`, room },
      // A new token of the same bot takes the place of the one before.
      identity: `${bot}@${room}`,
      shown: `${bot}:…@${room.replace(/^@/, '')}`,
    };
  },
  compose: (message, { url, room = '' }) => ({
    url,
    headers: JSON_HEADERS,
    body: JSON.stringify({
      chat_id: room,
      text: fitted(message, textOfMessage, fits),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    }),
  }),
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'Telegram', isGone, words, waitSeconds });
    const result = (jsonOf(answer)?.['result'] ?? {}) as Readonly<Record<string, unknown>>;
    return { state: 'delivered', providerId: textOf(result['message_id']) };
  },
};

/** Also with an address in front, for a Bot API server of one's own: `https://bots.example.org/bot123:AAF…@mychannel`. */
function splitTarget(target: string, options: TargetOptions) {
  const text = target.trim();
  const at = text.indexOf('@', text.indexOf('/bot') + 1);
  const before = at === -1 ? text : text.slice(0, at);
  const inTarget = at === -1 ? '' : text.slice(at + 1);
  if (inTarget !== '' && options.chat !== undefined)
    return 'chat: the chat is part of the target already; give it once';
  const chat = (options.chat ?? inTarget).trim();
  if (!before.includes('://')) return { server: SERVER, token: before, chat };
  const url = readAddress(before, options);
  if (typeof url === 'string') return `target: ${url}`;
  const [, path = '', token = ''] = /^(.*)\/bot([^/]+)\/?$/.exec(url.pathname) ?? [];
  return { server: `${url.origin}${path}`, token, chat };
}

/** `-1001234567890` or `@mychannel`; null for anything else. */
function chatIdOf(chat: string): string | null {
  if (/^-?\d{1,20}$/.test(chat)) return chat;
  const name = chat.replace(/^@/, '');
  return /^[A-Za-z]\w{3,31}$/.test(name) ? `@${name}` : null;
}

/**
 * Bad requests that no other message would change: the chat is gone or has become another one, or the bot may not write there. The words are those of
 * the Bot API server: https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/Client.cpp
 */
const GONE =
  /chat not found|upgraded to a supergroup|chat was deleted|user is deactivated|need administrator rights|(?:not enough|have no) rights to send|CHAT_WRITE_FORBIDDEN/i;

/** The bot was blocked or removed, or has another token; or as above. */
const isGone = (answer: WebAnswer): boolean =>
  [401, 403, 404].includes(answer.status) || (answer.status === 400 && GONE.test(words(answer)));

const words = (answer: WebAnswer): string => textOf(jsonOf(answer)?.['description']);

/** https://core.telegram.org/bots/api#responseparameters */
function waitSeconds(answer: WebAnswer): number | null {
  const { retry_after: seconds } = (jsonOf(answer)?.['parameters'] ?? {}) as Readonly<Record<string, unknown>>;
  return typeof seconds === 'number' ? seconds : null;
}

// ---------------------------------------------------------------- text

const fits = (text: string): boolean =>
  text.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '.').length <= LONGEST_TEXT &&
  Buffer.byteLength(text) <= MOST_BYTES;

function textOfMessage({ kind, title, introduction, stories, notes, manageUrl }: ChannelMessage): string {
  const heading = kind === 'digest' || kind === 'test' ? [bold(title)] : [];
  const manage = manageUrl === null ? [] : [link(manageUrl, 'Change or stop these alerts')];
  return [
    [...heading, ...introduction.map(escaped)].join('\n'),
    ...stories.map(storyText),
    [...notes.map(escaped), ...manage].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function storyText(story: ChannelStory): string {
  const { passages, url, title, why, matchUrl } = story;
  const news = newsLine(story);
  return [
    bold(topicsLine(story)),
    ...(news === '' ? [] : [bold(news)]),
    ...passages.flatMap((passage) => [
      ...(passage.label === '' ? [] : [escaped(passage.label)]),
      `<blockquote>${markedPassage(passage, escaped, bold)}</blockquote>`,
    ]),
    url === null ? escaped(title) : link(url, cutText(title, 300)),
    escaped(sourceLine(story)),
    ...why.map((each) => `Why: ${escaped(each)}`),
    ...(matchUrl === null ? [] : [link(matchUrl, 'This match')]),
  ].join('\n');
}

const bold = (text: string): string => `<b>${escaped(text)}</b>`;
const link = (url: string, text: string): string => `<a href="${escaped(url)}">${escaped(text)}</a>`;

/** https://core.telegram.org/bots/api#html-style */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
