// How fast each service takes messages. A place that is nearer than a second counts as now, so that in any window a target may get
// `burst` + `perSecond` × (window + 1 s) of them: the rates below are those of the services with room for that.
import { createHash } from 'node:crypto';
import type { Pace } from '../alerts/send-pace.ts';
import type { ChannelSecret, WebChannel } from '../model/channels.ts';

/** `per`: what the service counts by. */
interface ChannelPace extends Pace {
  readonly per: 'target' | 'server';
}

const CHANNEL_PACES: Readonly<Record<WebChannel, ChannelPace | null>> = {
  /** A program of one's own takes what comes, or answers 429. */
  webhook: null,
  /** One message a second, short bursts allowed: https://docs.slack.dev/apis/web-api/rate-limits */
  slack: { per: 'target', perSecond: 1, burst: 1 },
  /** Throttled above four requests a second: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook */
  teams: { per: 'target', perSecond: 1, burst: 2 },
  /**
   * Not in Discord's documents, which name headers only (https://docs.discord.com/developers/topics/rate-limits). Users measured five in two seconds
   * (https://birdie0.github.io/discord-webhooks-guide/other/rate_limits.html) and thirty a minute.
   */
  discord: { per: 'target', perSecond: 0.4, burst: 3 },
  /** Twenty a minute in a group, one a second in any chat: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
  telegram: { per: 'target', perSecond: 0.3, burst: 1 },
  /** Sixty at once, then one in five seconds, counted by visitor: https://docs.ntfy.sh/config/#rate-limiting. Ten are left to others here. */
  ntfy: { per: 'server', perSecond: 0.2, burst: 50 },
};

/** The row in which messages to a target leave, and its pace; null where they leave as they come. `name` gives no secret away. */
export function rowOf(
  channel: WebChannel,
  { url, room = '' }: ChannelSecret,
): { readonly name: string; readonly pace: Pace } | null {
  const pace = CHANNEL_PACES[channel];
  if (pace === null) return null;
  const counted = pace.per === 'server' ? new URL(url).origin : `${url} ${room}`;
  return { name: `${channel}-${createHash('sha256').update(counted).digest('hex').slice(0, 32)}`, pace };
}
