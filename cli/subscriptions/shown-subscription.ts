// One subscription as the terminal shows it: who, which topics, and every setting in a sentence.
import { settingsInWords } from '../../shared/alerts/subscription-in-words.ts';
import type { Consent } from '../../shared/model/consent.ts';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import type { ApiClient } from '../api/client.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import { clockFor, topicsInWords } from './known-subscriptions.ts';

const STATES: Readonly<Record<PublishedSubscription['state'], string>> = {
  active: '',
  unsubscribed: ' It has ended, and nothing is sent.',
  suppressed: ' Nothing is sent: mail to the address bounced or was reported as spam.',
  unconfirmed: ' Nothing is sent before it agrees: the mail that asks has a link to a page that confirms.',
  disabled: ' Nothing is sent: the service says that the address is gone.',
};

export async function subscriptionAsText(
  api: ApiClient,
  subscription: PublishedSubscription,
  zone: ZoneOffset,
): Promise<string> {
  const { target, channel, id, state, stateReason = null } = subscription;
  const now = await clockFor(api, [subscription]);
  const lines = [
    `${target}, by ${channel}: ${topicsInWords(subscription)}.${STATES[state]}`,
    ...(stateReason === null ? [] : [`  ${stateReason}`]),
    ...consentLines(subscription, zone),
    ...settingsInWords(subscription, now, (instant) => localMinute(instant, zone)).map((line) => `  ${line}`),
    `  Subscription ${id}`,
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

/** Who asked for it, and when it agreed; none where that is not known. An instance of an older version does not say. */
function consentLines({ consent }: Partial<PublishedSubscription>, zone: ZoneOffset): readonly string[] {
  if (consent === undefined || consent === null) return [];
  const { question, requestedAt, requestedBy, confirmedAt } = consent;
  const answer = confirmedAt === null ? UNANSWERED[question] : `, confirmed on ${localMinute(confirmedAt, zone)}`;
  return [`  Subscribed on ${localMinute(requestedAt, zone)} by ${requestedBy}${answer}.`];
}

const UNANSWERED: Readonly<Record<Consent['question'], string>> = {
  mail: ', not confirmed yet',
  sns: ', not confirmed yet',
  off: ', without being asked, because mail.confirm was false',
  local: ', without being asked, because its mails stayed on this machine',
};
