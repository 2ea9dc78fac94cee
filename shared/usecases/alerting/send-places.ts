// Places in the row of what is sent to a provider: mails at the rate that the account may send, publications on the SNS topic at a rate that its
// e-mail subscriptions survive, messages to a chat at the rate that its service takes.
import { secondsAfter } from '../../alerts/retry-schedule.ts';
import type { Pace } from '../../alerts/send-pace.ts';
import { rowOf } from '../../channels/paces.ts';
import { PlaceLaterError } from '../../core/errors.ts';
import { MINUTE_SECONDS, SECOND_MS } from '../../core/time.ts';
import { because } from '../../model/delivery-reason.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';
import { PACE_REASON } from './decision.ts';

export const MAIL_ROW = 'email';
const SNS_ROW = 'sns';
/**
 * SNS ends an e-mail subscription that gets more than ten messages a second. Source: Amazon SNS endpoints and quotas, "Email message delivery rate".
 */
const SNS_PACE: Pace = { perSecond: 8, burst: 8 };
/** A place nearer than a second is now: it is not worth another way through the queue. `wait` in milliseconds. */
export const isNear = (wait: number): boolean => wait < SECOND_MS;
/** A daily quota is the last 24 hours': it frees bit by bit. */
const QUOTA_SECONDS = 15 * MINUTE_SECONDS;

type PacePorts = Pick<AlertPorts, 'sendPaces' | 'sendQuota' | 'clock'>;

/** Null where mails may leave as they come. */
export async function mailPace({ sendQuota }: Pick<PacePorts, 'sendQuota'>, { mail }: Settings): Promise<Pace | null> {
  const quota = await sendQuota.read();
  const rates = [mail.maxPerSecond, quota?.perSecond ?? null].filter((rate) => rate !== null);
  if (rates.length === 0) return null;
  const perSecond = Math.min(...rates);
  return { perSecond, burst: Math.max(1, Math.floor(perSecond)) };
}

/** Until when a mail is held because the provider takes no more of them today; null while it takes some. */
export async function quotaFreeAt({ sendQuota, clock }: Pick<PacePorts, 'sendQuota' | 'clock'>): Promise<Date | null> {
  return (await sendQuota.read())?.leftToday === 0 ? new Date(secondsAfter(clock.now(), QUOTA_SECONDS)) : null;
}

export const QUOTA_REASON = because('quota', 'the daily quota of the mail provider is used up; it frees hour by hour');

/** Takes a place for a delivery that has none. The instant until which it must wait; null when it may be sent now. */
export async function placeFor(
  { channel, kind }: Pick<Delivery, 'channel' | 'kind'>,
  ports: PacePorts,
  settings: Settings,
): Promise<Date | null> {
  const isForPeople = channel === 'sns' && kind !== 'match';
  const pace = channel === 'email' ? await mailPace(ports, settings) : isForPeople ? SNS_PACE : null;
  if (pace === null) return null;
  const now = ports.clock.now();
  const place = await ports.sendPaces.reserve(channel === 'email' ? MAIL_ROW : SNS_ROW, 1, pace, now.toISOString());
  const at = new Date(place);
  return isNear(at.getTime() - now.getTime()) ? null : at;
}

/**
 * The same, with a sender that takes a place for each message to a chat right before it is sent, so that none is spent on what is merged or left
 * out. Throws PlaceLaterError where the place comes later. `hasPlace`: one was taken already.
 */
export function withPaceOfChannels(ports: AlertPorts, hasPlace: boolean): AlertPorts {
  if (hasPlace) return ports;
  const { channelSender, sendPaces, clock } = ports;
  return {
    ...ports,
    channelSender: {
      async send(channel, secret, message) {
        const row = rowOf(channel, secret);
        if (row !== null) {
          const now = clock.now();
          const place = Date.parse(await sendPaces.reserve(row.name, 1, row.pace, now.toISOString()));
          const wait = place - now.getTime();
          if (!isNear(wait)) throw new PlaceLaterError(wait / SECOND_MS, PACE_REASON.reason);
        }
        return channelSender.send(channel, secret, message);
      },
    },
  };
}
