// Sends a message marked as a test on the way that alerts take, and says what the service answered.
import { randomBytes } from 'node:crypto';
import type { AlertLinks } from '../../alerts/alert-links.ts';
import { composeTestMessage } from '../../alerts/channel-message.ts';
import { composeTestMail } from '../../alerts/test-mail.ts';
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { ChannelSecrets, ChannelSender, Clock, Mailer, Receipt, SubscriptionStore } from '../../ports.ts';
import { mailerOf } from './alert-ports.ts';
import { sendOverHttp } from './send-out.ts';

export interface TestPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'getSecret'>;
  readonly channelSender: ChannelSender;
  readonly mailer: Mailer | null;
  readonly alertLinks: AlertLinks;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'mail'>;
}

/** Throws NotFoundError, InvalidInputError where nothing may be sent, and what the mailer or the sender throws. Nothing is recorded. */
export async function testSubscription(ports: TestPorts, id: SubscriptionId): Promise<Receipt> {
  const subscription = await ports.subscriptions.getSubscription(id);
  if (subscription === null) throw new NotFoundError(`subscription ${quoteForeign(id)}`);
  refuse(subscription);
  const now = ports.clock.now();
  const messageId = `test-${randomBytes(12).toString('hex')}`;
  if (subscription.channel !== 'email')
    return sendOverHttp(subscription, composeTestMessage(subscription, messageId, now), ports);
  const { alertLinks: links, settings } = ports;
  const mail = composeTestMail({ subscription, id: messageId, now, mail: settings.mail, links });
  return { state: 'sent', providerId: (await mailerOf(ports).sendMail(mail)).providerId };
}

/** A disabled one may be tried: perhaps the service takes messages again. */
function refuse({ id, state, channel }: Subscription): void {
  const why = channel === 'sns-email' ? 'SNS sends its mails, and has none for a single address' : WHY_NOT[state];
  if (why !== undefined)
    throw new InvalidInputError('invalid_subscription', `no test can be sent to subscription ${id}: ${why}`);
}

const WHY_NOT: Partial<Readonly<Record<Subscription['state'], string>>> = {
  unconfirmed: 'the address has not agreed yet',
  unsubscribed: 'it has ended',
  suppressed: 'mail to the address bounced or was reported as spam',
};
