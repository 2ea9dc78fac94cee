// How a delivery stands, in words: its state, and what it waits for.
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { localSecond, type ZoneOffset } from '../local-time.ts';

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
