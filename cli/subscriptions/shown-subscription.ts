// One subscription as the terminal shows it: who, which topics, and every setting in a sentence.
import { settingsInWords } from '../../shared/alerts/subscription-in-words.ts';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import type { ApiClient } from '../api/client.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import { clockFor, topicsInWords } from './known-subscriptions.ts';

const STATES: Readonly<Record<PublishedSubscription['state'], string>> = {
  active: '',
  unsubscribed: ' It has ended, and nothing is sent.',
  suppressed: ' Nothing is sent: mail to the address bounced or was reported as spam.',
  unconfirmed: ' Nothing is sent until the link in the mail that asks for agreement is followed and confirmed.',
  disabled: ' Nothing is sent: the service says that the address is gone.',
};

export async function subscriptionAsText(
  api: ApiClient,
  subscription: PublishedSubscription,
  zone: ZoneOffset,
): Promise<string> {
  const { target, channel, id, state } = subscription;
  const now = await clockFor(api, [subscription]);
  const lines = [
    `${target}, by ${channel}: ${topicsInWords(subscription)}.${STATES[state]}`,
    ...settingsInWords(subscription, now, (instant) => localMinute(instant, zone)).map((line) => `  ${line}`),
    `  Subscription ${id}`,
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}
