// Slack, by incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
import { cutText } from '../alerts/plain-text.ts';
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';
import {
  type ChannelKind,
  checkAnswer,
  isAllowedHost,
  JSON_HEADERS,
  readAddress,
  refused,
  shownTarget,
  type WebAnswer,
} from './channel-kind.ts';
import { fitted } from './fit-message.ts';
import { markedPassage, newsLine, sourceLine, topicsLine } from './story-lines.ts';

// https://docs.slack.dev/reference/block-kit/blocks: blocks of a message, characters of a section and of a header.
const MOST_BLOCKS = 50;
const LONGEST_SECTION = 3_000;
const LONGEST_HEADER = 150;
/** Characters of all blocks. Not documented; Slack answers `msg_too_long` (`msg_blocks_too_long`) above some 13,200. */
const LONGEST_BLOCKS = 13_000;

const HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors: what no other message would change. */
const GONE: ReadonlySet<string> = new Set([
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'posting_to_general_channel_denied',
  'team_disabled',
  'user_not_found',
]);

export const slack: ChannelKind = {
  service: 'Slack',
  options: [],
  readTarget(target, options) {
    const url = readAddress(target, options);
    if (typeof url === 'string') return refused(`target: ${url}`);
    if (!HOSTS.includes(url.hostname) && !isAllowedHost(url, options))
      return refused('target: it is no address of Slack; expected https://hooks.slack.com/services/…');
    if (/^\/(?:triggers|workflows)\//.test(url.pathname))
      return refused(
        'target: it starts a workflow, which has other messages; expected an incoming webhook: https://hooks.slack.com/services/…',
      );
    const secretPart = url.pathname.split('/').at(-1) ?? '';
    return { ok: true, secret: { url: url.href }, identity: url.href, shown: shownTarget(url, secretPart) };
  },
  compose: (message, { url }) => ({
    url,
    headers: JSON_HEADERS,
    body: JSON.stringify(
      fitted(message, payloadOf, ({ blocks }) => blocks.length <= MOST_BLOCKS && lengthOf(blocks) <= LONGEST_BLOCKS),
    ),
  }),
  readAnswer(answer, now) {
    checkAnswer(answer, now, { service: 'Slack', isGone });
    return { state: 'delivered', providerId: '' };
  },
};

const isGone = ({ body }: WebAnswer): boolean => GONE.has(body.trim());

interface Text {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
}

interface Block {
  readonly type: 'header' | 'section' | 'context' | 'divider';
  readonly text?: Text;
  readonly elements?: readonly Text[];
}

const payloadOf = (message: ChannelMessage) => ({
  // Notifications and screen readers; blocks take its place elsewhere.
  text: escaped(message.title),
  blocks: blocksOf(message),
  unfurl_links: false,
  unfurl_media: false,
});

function blocksOf({ kind, title, introduction, stories, notes, manageUrl }: ChannelMessage): readonly Block[] {
  const heading: readonly Block[] =
    kind === 'digest' || kind === 'test'
      ? [{ type: 'header', text: { type: 'plain_text', text: cutText(title, LONGEST_HEADER) } }]
      : [];
  const manage = manageUrl === null ? [] : [link(manageUrl, 'Change or stop these alerts')];
  const end = [...notes.map(escaped), ...manage];
  return [
    ...heading,
    ...section(introduction.map(escaped)),
    ...stories.flatMap((story, at) => [...(at === 0 ? [] : [{ type: 'divider' } as const]), ...storyBlocks(story)]),
    ...context(end),
  ];
}

function storyBlocks(story: ChannelStory): readonly Block[] {
  const { passages, url, title, matchUrl, why } = story;
  const quotes = passages.flatMap((passage) => [
    ...(passage.label === '' ? [] : [escaped(passage.label)]),
    `>${markedPassage(passage, escaped, (text) => bold(escaped(text), text))}`,
  ]);
  const headline = bold(url === null ? escaped(title) : link(url, title), title);
  const news = newsLine(story);
  const more = matchUrl === null ? [] : [link(matchUrl, 'This match')];
  return [
    ...section([...(news === '' ? [] : [bold(escaped(news), news)]), ...quotes, headline]),
    ...context([
      escaped(topicsLine(story)),
      escaped(sourceLine(story)),
      ...why.map((line) => `Why: ${escaped(line)}`),
      ...more,
    ]),
  ];
}

/** In as many blocks as its lines need; a line is cut where it alone is too long. */
function section(lines: readonly string[]): readonly Block[] {
  const texts: string[] = [];
  for (const line of lines.filter(Boolean)) {
    const text = line.length > LONGEST_SECTION ? cutMarkup(line) : line;
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= LONGEST_SECTION)
      texts[texts.length - 1] = `${last}\n${text}`;
    else texts.push(text);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

/** No entity and no link is cut in two. */
const cutMarkup = (line: string): string => cutText(line, LONGEST_SECTION).replace(/(?:&[a-z]*|<[^>]*)…$/, '…');

const context = (lines: readonly string[]): readonly Block[] => {
  const text = lines.filter(Boolean).join('\n');
  return text === ''
    ? []
    : [
        {
          type: 'context',
          elements: [{ type: 'mrkdwn', text: text.length > LONGEST_SECTION ? cutMarkup(text) : text }],
        },
      ];
};

const lengthOf = (blocks: readonly Block[]): number => JSON.stringify(blocks).length;

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An asterisk within would end it. */
const bold = (markup: string, text: string): string => (text.includes('*') ? markup : `*${markup}*`);

const link = (url: string, text: string): string => `<${escaped(url).replaceAll('|', '%7C')}|${escaped(text)}>`;
