// The last step of an alert: composed for its channel, and given to it.
import { composeAlertMail } from '../../alerts/alert-mail.ts';
import { channelGoneNotice } from '../../alerts/channel-gone-notice.ts';
import { composeChannelAlert } from '../../alerts/channel-message.ts';
import { composeAlertEvent } from '../../alerts/publication.ts';
import type { StoryInMail, UpdateInMail } from '../../alerts/story-in-mail.ts';
import { TargetGoneError } from '../../core/errors.ts';
import type { ChannelMessage } from '../../model/alert.ts';
import { isWebChannel } from '../../model/channels.ts';
import type { Hit } from '../../model/hit.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery, Subscription } from '../../model/subscription.ts';
import type { Receipt } from '../../ports.ts';
import { type AlertPorts, mailerOf } from './alert-ports.ts';

/** What is to be sent of a hit. */
export interface Outgoing {
  readonly delivery: Delivery;
  readonly hit: Hit;
  /** What the subscriber wants and was not told yet, the gravest first. */
  readonly matches: readonly [Match, ...Match[]];
  readonly subscription: Subscription;
  /** Null for the first alert of its story. */
  readonly update: UpdateInMail | null;
  /** Message-ID of the first mail of the story; null for the first. */
  readonly threadId: string | null;
}

/** What the provider said. */
export interface Taken extends Receipt {
  /** The Message-ID of a mail; null on other channels. */
  readonly messageId: string | null;
}

export async function sendOut(outgoing: Outgoing, ports: AlertPorts, settings: Settings): Promise<Taken> {
  const { delivery, hit, matches, subscription, update } = outgoing;
  const story: StoryInMail = { hit, story: await ports.stories.getStory(hit.story.id) };
  if (delivery.channel === 'sns') {
    const event = composeAlertEvent({
      matches,
      story,
      update,
      deliveryId: delivery.id,
      timeZone: settings.mail.timeZone,
    });
    return { state: 'sent', providerId: await ports.alertPublisher.publish(event), messageId: null };
  }
  const otherIds = hit.matches.map(({ id }) => id).filter((id) => matches.every((match) => match.id !== id));
  const content = {
    matches,
    others: otherIds.length === 0 ? [] : await ports.matches.getMatches(otherIds),
    story,
    update,
    threadId: outgoing.threadId,
    subscription,
    deliveryId: delivery.id,
    mail: settings.mail,
    links: ports.alertLinks,
  };
  if (isWebChannel(delivery.channel))
    return { ...(await sendToChannel(subscription, composeChannelAlert(content), ports)), messageId: null };
  return { state: 'sent', ...(await mailerOf(ports).sendMail(composeAlertMail(content))) };
}

/** As `sendOverHttp`. Where the service says that the address is gone, nothing more is sent to it, and operators learn of it. */
export async function sendToChannel(
  subscription: Subscription,
  message: ChannelMessage,
  ports: AlertPorts,
): Promise<Receipt> {
  try {
    return await sendOverHttp(subscription, message, ports);
  } catch (error) {
    if (error instanceof TargetGoneError) await disable(subscription, error, ports);
    throw error;
  }
}

/** What it ended as is not changed. */
async function disable({ id }: Subscription, { message }: TargetGoneError, ports: AlertPorts): Promise<void> {
  let isDisabledNow = false;
  const subscription = await ports.subscriptions.updateSubscription(
    id,
    ({ state }) => {
      isDisabledNow = state === 'active';
      return isDisabledNow ? { state: 'disabled', stateReason: message } : {};
    },
    ports.clock.now().toISOString(),
  );
  if (!isDisabledNow) return;
  ports.log.warn('subscription disabled: its address is gone', { subscription: id, reason: message });
  try {
    await ports.operators?.notify(channelGoneNotice(subscription, message));
  } catch (error) {
    ports.log.warn('operators could not be notified of a channel that is gone', { subscription: id, error });
  }
}

/** Throws what ChannelSender throws. */
export async function sendOverHttp(
  { id, channel }: Pick<Subscription, 'id' | 'channel'>,
  message: ChannelMessage,
  { channelSecrets, channelSender }: Pick<AlertPorts, 'channelSecrets' | 'channelSender'>,
): Promise<Receipt> {
  const secret = await channelSecrets.getSecret(id);
  if (secret === null || !isWebChannel(channel))
    throw new TargetGoneError(`the address of subscription ${id} is not stored any more`);
  return channelSender.send(channel, secret, message);
}
