// Deleting what is stored about an address. It is safe to repeat, also after it was cut short: the subscription, which leads to the rest, goes last.
import { parseAddress } from '../../alerts/address.ts';
import { counted } from '../../core/counted.ts';
import { InvalidInputError } from '../../core/errors.ts';
import { CHANNELS, isWebChannel } from '../../model/channels.ts';
import type { Subscription } from '../../model/subscription.ts';
import { hashOfAddress } from '../../model/suppression.ts';
import type { ChannelSecrets, Clock, Log, PersonStore, SnsSubscriptions, SubscriptionStore } from '../../ports.ts';
import { subscriptionIdOf } from './subscribe.ts';

/** Deliveries that one request deletes, so that it ends in time. */
const MOST_DELIVERIES = 500;

export interface ForgetPorts {
  readonly subscriptions: Pick<
    SubscriptionStore,
    'subscriptionsOfTarget' | 'updateSubscription' | 'deleteSubscription'
  >;
  readonly persons: Pick<PersonStore, 'deleteDeliveries'>;
  readonly snsSubscriptions: Pick<SnsSubscriptions, 'unsubscribeAddress'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'removeSecret'>;
  /** The mails that are kept on one machine; absent on AWS. */
  readonly keptMails?: { forget(address: string): number };
  /** Addresses that bounced or complained, by their hash; absent where no such list is kept. */
  readonly suppressions?: { getSuppression(hash: string): Promise<unknown> };
  readonly clock: Clock;
  readonly log: Log;
}

export interface Forgotten {
  /** False: there was more than one call deletes; call again. */
  readonly isDone: boolean;
  readonly subscriptions: number;
  readonly deliveries: number;
  readonly atSns: number;
  readonly mails: number;
  /** What is not deleted, and until when; a sentence each. */
  readonly remains: readonly string[];
}

/** Throws InvalidInputError for what is no e-mail address. Logs numbers, not the address. */
export async function forget(ports: ForgetPorts, given: string): Promise<Forgotten> {
  const parsed = parseAddress(given);
  if (!parsed.ok)
    throw new InvalidInputError('invalid_subscription', 'nothing was deleted', [`address: ${parsed.problem}`]);
  const { address } = parsed;
  const found = await endAll(ports, address);
  const { ended: atSns, pending } = await ports.snsSubscriptions.unsubscribeAddress(address);
  let deliveries = 0;
  // Also of subscriptions that an earlier call deleted: a delivery may have been written at that moment.
  const known = [
    ...new Set([...found.map(({ id }) => id), ...CHANNELS.map((channel) => subscriptionIdOf(channel, address))]),
  ];
  for (const id of known)
    if (deliveries < MOST_DELIVERIES)
      deliveries += await ports.persons.deleteDeliveries(id, MOST_DELIVERIES - deliveries);
  const isDone = deliveries < MOST_DELIVERIES;
  const subscriptions = isDone ? await deleteAll(ports, found) : 0;
  const mails = ports.keptMails?.forget(address) ?? 0;
  ports.log.info('an address was forgotten', { isDone, subscriptions, deliveries, atSns, mails });
  return {
    isDone,
    subscriptions,
    deliveries,
    atSns,
    mails,
    remains: isDone ? await whatRemains(address, pending, ports) : [],
  };
}

/** From here on nothing more is sent to it, and no delivery is written. */
async function endAll({ subscriptions, clock }: ForgetPorts, address: string): Promise<readonly Subscription[]> {
  const found = await subscriptions.subscriptionsOfTarget(address);
  const at = clock.now().toISOString();
  for (const { id, state } of found) {
    if (state === 'unsubscribed') continue;
    await subscriptions.updateSubscription(
      id,
      { state: 'unsubscribed', endedByLinkAt: null, step: null, dueAt: null },
      at,
    );
  }
  return found;
}

async function deleteAll(
  { subscriptions, channelSecrets }: ForgetPorts,
  found: readonly Subscription[],
): Promise<number> {
  for (const { id, channel } of found) {
    if (isWebChannel(channel)) await channelSecrets.removeSecret(id);
    await subscriptions.deleteSubscription(id);
  }
  return found.length;
}

async function whatRemains(
  address: string,
  pendingAtSns: number,
  { keptMails, suppressions }: ForgetPorts,
): Promise<readonly string[]> {
  const suppressed = (await suppressions?.getSuppression(hashOfAddress(address))) ?? null;
  return [
    'How often the address was asked to confirm, as a hash, for one day.',
    keptMails === undefined
      ? 'Backups of the table, until they expire (point-in-time recovery: 35 days), and what the mail service keeps.'
      : 'Backups, until you delete them, and what your mail server keeps.',
    ...(suppressed === null
      ? []
      : ['Its hash on the list of addresses that bounced or complained, so that nothing is sent to it again.']),
    ...(pendingAtSns === 0
      ? []
      : [
          `${counted(pendingAtSns, 'unconfirmed subscription')} at SNS: SNS deletes ${pendingAtSns === 1 ? 'it' : 'them'} by itself within three days.`,
        ]),
  ];
}
