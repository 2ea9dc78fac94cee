// One delivery in a line, below the match or the report that it is about.
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { localSecond, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import { kindInWords, stateInWords } from './state-in-words.ts';

export function deliveryLine(delivery: PublishedDelivery, zone: ZoneOffset): string {
  const { channel, attempts, sentAt, subscriptionId, reason } = delivery;
  const sent = sentAt === null ? '' : ` ${localSecond(sentAt, zone)}`;
  const because = reason === null ? '' : `: ${oneLine(reason)}`;
  const kind = delivery.kind === 'match' ? '' : `${kindInWords(delivery)} `;
  return `${channel.padEnd(9)}  ${kind}${stateInWords(delivery, zone)}${sent}, attempts ${attempts}, subscription ${subscriptionId}${because}`;
}
