// How a delivery stands, in words: its state, and what it waits for.
import type { DeliveryState } from '../../shared/model/delivery-states.ts';
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { localSecond, type ZoneOffset } from '../local-time.ts';

/** What each state means; docs/alerts.md says what follows from it. */
export const STATES_IN_WORDS: Readonly<Record<DeliveryState, string>> = {
  pending: 'to be sent, or to be tried again',
  held: 'its time has not come: quiet hours, an earlier alert of its story, or the pace of a provider',
  sending: 'being sent just now',
  waiting: 'comes with a digest that is not sent yet',
  sent: 'the provider took it',
  accepted: 'the service took it; its arrival is not confirmed',
  delivered: 'its arrival was confirmed',
  delayed: "the receiver's server makes the provider wait",
  bounced: "the receiver's server refused it afterwards",
  complained: 'it arrived, and the receiver reported it as unwanted',
  merged: 'another alert of the same story speaks for it',
  filtered: 'the subscriber left it out: by a mute, severity, language or source',
  suppressed: 'the subscription may get nothing: ended, not confirmed, or its address bounced',
  disabled: 'the service said that the address is gone',
  failed: 'it could not be sent',
};

export function stateInWords(
  { state, attempts, dueAt }: Pick<PublishedDelivery, 'state' | 'attempts' | 'dueAt'>,
  zone: ZoneOffset,
): string {
  if (state === 'held' && dueAt !== null) return `held until ${localSecond(dueAt, zone)}`;
  if (state === 'pending' && attempts > 0 && dueAt !== null) return `pending, next try ${localSecond(dueAt, zone)}`;
  return state === 'waiting' ? 'waiting for a digest' : state;
}

const KINDS: Readonly<Record<PublishedDelivery['kind'], string>> = {
  match: 'event',
  alert: 'alert',
  update: 'update',
};

/** An alert of a single match from before there were stories went to a subscriber by mail; an event goes to machines. */
export const kindInWords = ({ kind, channel }: Pick<PublishedDelivery, 'kind' | 'channel'>): string =>
  kind === 'match' && channel === 'email' ? 'alert' : KINDS[kind];
