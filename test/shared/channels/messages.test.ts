// What each service is sent: within its limits, with foreign text as text, and with what was left out counted.
import { composeTestMessage } from '../../../shared/alerts/channel-message.ts';
import { WEB_CHANNEL_KINDS } from '../../../shared/channels/kinds.ts';
import { MOST_WEBHOOK_BYTES } from '../../../shared/channels/webhook.ts';
import type { ChannelMessage } from '../../../shared/model/alert.ts';
import { WEB_CHANNELS, type WebChannel } from '../../../shared/model/channels.ts';
import { matchOf } from '../../support/alert-mails.ts';
import { aSubscription, START } from '../../support/builders.ts';
import { alertMessage, digestMessage, hugeMessage, secretOf, TROOPS } from '../../support/channel-messages.ts';

const NOW = new Date(START);
const CHATS = WEB_CHANNELS.filter((channel) => channel !== 'webhook');

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
const bodyFor = (channel: WebChannel, message: ChannelMessage): any =>
  JSON.parse(WEB_CHANNEL_KINDS[channel].compose(message, secretOf(channel), NOW).body);

/** Every text that people see, joined. */
const textsOf = (value: unknown): string =>
  typeof value === 'string'
    ? `${value}\n`
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(textsOf).join('')
      : '';

describe('an alert', () => {
  it.each(CHATS)(
    'on %s has passage, headline, source, reason, topic with severity, and where to change it',
    (channel) => {
      const text = textsOf(bodyFor(channel, alertMessage())).replaceAll('\\', '');

      expect(text).toContain('Parliament agreed on Tuesday to');
      expect(text).toContain('brigade');
      expect(text).toContain('Example News');
      expect(text).toContain('Why: ');
      expect(text).toContain('Troop deployment (high)');
      expect(text).toContain('https://links.example.org/u/');
    },
  );

  it('on Slack is escaped, unfurls nothing, and has a text for notifications', () => {
    const body = bodyFor('slack', alertMessage());

    expect(body).toMatchObject({ unfurl_links: false, unfurl_media: false });
    expect(body.text).toContain('Norland &amp; Sudland &lt;send&gt;');
    expect(body.blocks[0].text.text).toContain(
      '>Parliament agreed on Tuesday to *deploy* 3,000 *troops* to the eastern bank',
    );
    expect(body.blocks[0].text.text).toMatch(
      /\n<https:[^|]*\|Norland &amp; Sudland &lt;send&gt; \*brigade\* to the \[river\] border>$/,
    );
  });

  it('on Teams is an Adaptive Card of text runs, which know no markup', () => {
    const [{ contentType, content }] = bodyFor('teams', alertMessage()).attachments;

    expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect([content.type, content.version]).toEqual(['AdaptiveCard', '1.5']);
    expect(new Set(content.body.map(({ type }: { type: string }) => type))).toEqual(new Set(['RichTextBlock']));
    expect(JSON.stringify(content.body)).toContain('{"type":"TextRun","text":"deploy","weight":"Bolder"}');
    expect(JSON.stringify(content.body)).toContain('Norland & Sudland <send> *brigade* to the [river] border');
  });

  it('on Discord notifies no one through what a headline says, and its markup is escaped', () => {
    const body = bodyFor('discord', alertMessage());

    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.content).toContain('\\*brigade\\*');
    expect(body.embeds[0].description).toContain('> Parliament agreed on Tuesday to **deploy** 3,000 **troops**');
    expect(body.embeds[0].title).toBe(TROOPS.article.title);
  });

  it('on Telegram is HTML with everything foreign escaped, and shows no preview', () => {
    const body = bodyFor('telegram', alertMessage());

    expect(body).toMatchObject({
      chat_id: '@mychannel',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
    expect(body.text).toContain('<blockquote>Parliament agreed on Tuesday to <b>deploy</b> 3,000 <b>troops</b>');
    expect(body.text).toContain('Norland &amp; Sudland &lt;send&gt; *brigade*');
  });

  it.each([
    ['low', 2],
    ['medium', 3],
    ['high', 4],
    ['critical', 5],
  ] as const)('on ntfy of severity %s has priority %s', (severity, priority) => {
    const match = { ...TROOPS, topic: { ...TROOPS.topic, severity } };

    expect(bodyFor('ntfy', alertMessage([match]))).toMatchObject({ topic: 'desk-alerts-5f4e3d2c', priority });
  });

  it('on ntfy opens the article, with the token of the server in the header', () => {
    const { url, headers, body } = WEB_CHANNEL_KINDS.ntfy.compose(alertMessage(), secretOf('ntfy'), NOW);

    expect([url, headers['authorization']]).toEqual(['https://ntfy.sh/', 'Bearer tk_ntfy_token_0123456789']);
    expect(JSON.parse(body).click).toMatch(/^https:\/\//);
  });

  it('is bold on Slack where no asterisk within would end that', () => {
    const match = { ...TROOPS, article: { ...TROOPS.article, title: 'A plain headline' } };

    expect(bodyFor('slack', alertMessage([match])).blocks[0].text.text).toMatch(/\*<https:[^|]*\|A plain headline>\*$/);
  });

  it.each(CHATS)('that is an update says so on %s, and what is new', (channel) => {
    const text = textsOf(bodyFor(channel, alertMessage([TROOPS], { news: ['14 dead', 'Odesa'], alsoNew: [] })));

    expect(text).toContain('Update of a story that was alerted before');
    expect(text).toContain('New: 14 dead, Odesa');
  });

  it('of several topics has the passage and the reason of each', () => {
    const other = {
      ...matchOf({ topic: 'Border incidents', severity: 'medium', title: TROOPS.article.title, passages: [] }),
      article: TROOPS.article,
    };
    const text = textsOf(bodyFor('telegram', alertMessage([TROOPS, other])));

    expect(text).toContain('Troop deployment (high) · Border incidents (medium)');
    expect(text).toContain('Why: Troop deployment: ');
    expect(text).toContain('Why: Border incidents: ');
  });

  it('without a link has its headline all the same', () => {
    const message = alertMessage();
    const bare = { ...message, stories: message.stories.map((story) => ({ ...story, url: null })) };

    for (const channel of CHATS) expect(textsOf(bodyFor(channel, bare)).replaceAll('\\', '')).toContain('river');
  });
});

interface Limit {
  readonly channel: WebChannel;
  readonly what: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly of: (body: any) => readonly number[];
  readonly most: number;
}

const lengths = (texts: readonly (string | undefined)[]): readonly number[] => texts.map((text = '') => text.length);
const bytes = (value: unknown): readonly number[] => [Buffer.byteLength(JSON.stringify(value))];

const LIMITS: readonly Limit[] = [
  { channel: 'webhook', what: 'bytes', of: bytes, most: MOST_WEBHOOK_BYTES },
  { channel: 'slack', what: 'blocks', of: ({ blocks }) => [blocks.length], most: 50 },
  {
    channel: 'slack',
    what: 'characters of a section',
    of: ({ blocks }) => lengths(blocks.map((block: { text?: { text: string } }) => block.text?.text)),
    most: 3_000,
  },
  {
    channel: 'slack',
    what: 'characters of all blocks',
    of: ({ blocks }) => [JSON.stringify(blocks).length],
    most: 13_200,
  },
  { channel: 'teams', what: 'bytes', of: bytes, most: 28 * 1024 },
  { channel: 'discord', what: 'characters of the content', of: ({ content }) => [content.length], most: 2_000 },
  { channel: 'discord', what: 'embeds', of: ({ embeds }) => [embeds.length], most: 10 },
  {
    channel: 'discord',
    what: 'characters of a title',
    of: ({ embeds }) => lengths(embeds.map(({ title }: { title?: string }) => title)),
    most: 256,
  },
  {
    channel: 'discord',
    what: 'characters of a description',
    of: ({ embeds }) => lengths(embeds.map(({ description }: { description: string }) => description)),
    most: 4_096,
  },
  {
    channel: 'discord',
    what: 'characters of all embeds',
    of: ({ embeds }) => [
      embeds.reduce(
        (sum: number, { title = '', description = '', footer = { text: '' } }) =>
          sum + title.length + description.length + footer.text.length,
        0,
      ),
    ],
    most: 6_000,
  },
  {
    channel: 'telegram',
    what: 'characters without tags',
    of: ({ text }) => [text.replace(/<[^>]*>/g, '').replace(/&\w+;/g, '.').length],
    most: 4_096,
  },
  { channel: 'ntfy', what: 'bytes of the text', of: ({ message }) => [Buffer.byteLength(message)], most: 4_096 },
];

describe('the limits of a service', () => {
  it.each(LIMITS.map((limit) => [limit.channel, limit.what, limit] as const))(
    'of %s for %s are kept by digests of any size and by the longest alert',
    (channel, _what, { of, most }) => {
      for (const message of [alertMessage(), digestMessage(1), digestMessage(12), digestMessage(150), hugeMessage()])
        for (const found of of(bodyFor(channel, message))) expect(found).toBeLessThanOrEqual(most);
    },
  );

  it.each(CHATS)('on %s cut a digest between stories, and the others are counted', (channel) => {
    const text = textsOf(bodyFor(channel, digestMessage(150))).replaceAll('\\', '');

    const shown = new Set([...text.matchAll(/Story (\d+):/g)].map(([, number]) => number)).size;
    expect(shown).toBeGreaterThan(1);
    expect(text).toContain(`and ${150 - shown} more stories, not shown here`);
    expect(text).toContain('212 of 214 feeds read');
  });

  it.each(CHATS)('on %s take passages from an alert that is too long, and it says so', (channel) => {
    const text = textsOf(bodyFor(channel, hugeMessage()));

    const left = Number(/There was no room for (\d) passages?/.exec(text)?.[1]);
    expect(text.split('LAST WORD')).toHaveLength(8 - left + 1);
  });

  it('on a webhook take passages first, then whole stories, and `leftOut` counts both', () => {
    const { data } = bodyFor('webhook', digestMessage(150));

    expect(data.stories.length).toBeGreaterThan(5);
    expect(data.leftOut).toEqual({ passages: 150, stories: 150 - data.stories.length });
  });

  it('are no concern of a short digest: nothing is left out', () => {
    const { data } = bodyFor('webhook', digestMessage(3));

    expect(data.stories).toHaveLength(3);
    expect(data).not.toHaveProperty('leftOut');
  });
});

describe('a test message', () => {
  it.each(WEB_CHANNELS)('on %s says that it is one', (channel) => {
    const message = composeTestMessage(aSubscription(), 'test-1', NOW);
    const body = bodyFor(channel, message);

    if (channel === 'webhook') expect(body.type).toBe('test');
    else expect(textsOf(body)).toContain('This is a test');
  });
});
