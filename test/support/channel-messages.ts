// Messages for channels as tests want them, and the secrets to send them with.
import { composeChannelAlert, composeChannelDigest } from '../../shared/alerts/channel-message.ts';
import { alertRaised } from '../../shared/alerts/publication.ts';
import type { UpdateInMail } from '../../shared/alerts/story-in-mail.ts';
import { WEB_CHANNEL_KINDS } from '../../shared/channels/kinds.ts';
import { withSigningKey } from '../../shared/channels/webhook.ts';
import type { ChannelMessage, ChannelStory } from '../../shared/model/alert.ts';
import type { ChannelSecret, WebChannel } from '../../shared/model/channels.ts';
import { deliveryIdOf } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import { parseAllowedHosts } from '../../shared/net/target-rules.ts';
import { aDigestStory, LINKS, MAIL_SETTINGS, matchOf, passageOf } from './alert-mails.ts';
import { aDigest, aHit, aSubscription } from './builders.ts';

/** A target of each channel, as a user types it; the real services', or of a server that plays them. */
export const targetOf = (channel: WebChannel, origin: string | null = null): string =>
  ({
    webhook: `${origin ?? 'https://hooks.example.org'}/tocsin/9f8e7d6c5b4a39281706`,
    slack: `${origin ?? 'https://hooks.slack.com'}/services/T00000000/B00000000/abcdefghijklmnopqrstXy3z`,
    teams: `${origin ?? 'https://prod-1.westeurope.api.powerplatform.com:443'}/workflows/0123456789abcdef/triggers/manual/paths/invoke?sig=SIGNATURE-0123456789abcdef`,
    discord: `${origin ?? 'https://discord.com'}/api/webhooks/123456789012345678/discord-token-0123456789_ABCDEFGHIJ`,
    telegram: `${origin === null ? '' : `${origin}/bot`}123456789:AAF-telegram-token-0123456789abcdef@mychannel`,
    ntfy: `${origin ?? 'https://ntfy.sh'}/desk-alerts-5f4e3d2c`,
  })[channel];

/** Nothing of these may be seen anywhere but in a request to the service. */
export const SECRET_PARTS: readonly string[] = [
  '9f8e7d6c5b4a39281706',
  'abcdefghijklmnopqrst',
  'SIGNATURE-0123456789',
  'discord-token-0123456789',
  'AAF-telegram-token',
  'desk-alerts-5f4e3d2c',
  'tk_ntfy_token_0123456789',
  'whsec_',
];

export function secretOf(channel: WebChannel, origin: string | null = null): ChannelSecret {
  const pair = origin === null ? [] : [new URL(origin).host];
  const token = channel === 'ntfy' ? { token: 'tk_ntfy_token_0123456789' } : {};
  const read = WEB_CHANNEL_KINDS[channel].readTarget(targetOf(channel, origin), {
    allowedHosts: parseAllowedHosts(pair),
    ...token,
  });
  if (!read.ok) throw new Error(read.problems.join('; '));
  return channel === 'webhook' ? withSigningKey(read.secret) : read.secret;
}

const SENTENCE = 'Parliament agreed on Tuesday to deploy 3,000 troops to the eastern bank before the winter.';

export const TROOPS: Match = matchOf({
  topic: 'Troop deployment',
  severity: 'high',
  title: 'Norland & Sudland <send> *brigade* to the [river] border',
  passages: [passageOf(SENTENCE, ['deploy', 'troops'], { origin: 'article' })],
  why: 'en: {forces} NEAR/8 {send}',
});

/** What a webhook gets of the first report of a story. */
export const alertEvent = (): ChannelMessage['event'] => ({
  ...alertRaised([TROOPS], { hit: aHit({}, [TROOPS]), story: null }, null, deliveryIdOf(TROOPS.id, aSubscription().id)),
});

export function alertMessage(
  matches: readonly [Match, ...Match[]] = [TROOPS],
  update: UpdateInMail | null = null,
): ChannelMessage {
  const subscription = aSubscription({ channel: 'slack', target: 'hooks.slack.com/…Xy3z' });
  return composeChannelAlert({
    matches,
    others: [],
    story: null,
    update,
    subscription,
    deliveryId: deliveryIdOf(matches[0].id, subscription.id),
    mail: MAIL_SETTINGS,
    links: LINKS,
  });
}

/** So many stories, each with a passage of its own. */
export function digestMessage(count: number): ChannelMessage {
  const stories = Array.from({ length: count }, (_, at) => {
    const title = `Story ${at + 1}: ${TROOPS.article.title}`;
    const match = matchOf({
      topic: 'Troop deployment',
      severity: 'high',
      title,
      passages: TROOPS.passages,
      why: TROOPS.why,
    });
    const article = { ...match.article, id: `article-${at}`, title };
    return aDigestStory([[{ ...match, id: `match-${at}` as Match['id'], article }]]);
  });
  return composeChannelDigest({
    digest: aDigest(),
    stories,
    subscription: aSubscription({ channel: 'slack', digest: 'hourly' }),
    mail: MAIL_SETTINGS,
    links: LINKS,
    coverage: { feeds: 214, read: 212, failing: [] },
  });
}

/** A single story with as much text as there can be: eight topics, long passages and addresses, letters that take four bytes. */
export function hugeMessage(): ChannelMessage {
  const [story] = alertMessage().stories as readonly [ChannelStory];
  const text = `${'💥<&*'.repeat(250)} LAST WORD`;
  const topics = Array.from({ length: 8 }, () => ({ title: '<T>'.repeat(20), severity: 'critical' as const }));
  return {
    ...alertMessage(),
    stories: [
      {
        ...story,
        title: '&'.repeat(300),
        url: `https://news.example.org/${'a'.repeat(1_400)}`,
        topics,
        passages: topics.map(({ title }) => ({ label: title, text, marks: [{ start: 0, end: 400 }] })),
        why: topics.map(({ title }) => `${title}: ${'&'.repeat(180)}`),
        news: Array.from({ length: 8 }, () => '&'.repeat(100)),
        alsoIn: `also in 6: ${'&'.repeat(480)}`,
      },
    ],
    notes: Array.from({ length: 6 }, () => '&'.repeat(300)),
  };
}
