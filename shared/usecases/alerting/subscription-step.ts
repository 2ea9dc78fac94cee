// What is due for one subscription: the mail that asks its address whether it agrees, a reminder a day later, the state of a subscription that SNS
// holds, and the end of one that was never confirmed. It is safe to repeat: a mail that is sent again has the same id.

import { confirmationMail } from '../../alerts/confirmation-mail.ts';
import { NOTHING_DUE, stepAfter } from '../../alerts/consent.ts';
import { mailHeaders, messageIdOf } from '../../alerts/mail-headers.ts';
import { ATTEMPT_SECONDS, nextTryAt, secondsAfter } from '../../alerts/retry-schedule.ts';
import { mayRetry, NotFoundError } from '../../core/errors.ts';
import type { Mail } from '../../model/alert.ts';
import { isUnanswered, type OpenQuestion } from '../../model/consent.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import { nextReadBack, readBackFromSns } from '../managing/read-back-sns.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';

type Ports = Pick<AlertPorts, 'subscriptions' | 'snsSubscriptions' | 'mailer' | 'alertLinks' | 'clock' | 'log'>;

/** It distinguishes mails that ask from alerts. */
export const QUESTION_PREFIX = 'confirm.';

/** Does nothing when nothing is due, or another process does it. Throws only when the record cannot be read or written. */
export async function takeSubscriptionStep(id: SubscriptionId, ports: Ports, settings: Settings): Promise<void> {
  const claimed = await claim(id, ports);
  if (claimed === null) return;
  if (claimed.step === 'sns') return readBack(claimed, ports);
  if (claimed.step === 'removal') return remove(claimed, ports);
  const { openQuestion = null } = claimed;
  // Answered, or ended, before it was asked.
  if (claimed.state !== 'unconfirmed' || openQuestion === null)
    return finish(
      claimed,
      isUnanswered(claimed.consent) ? stepAfter({ ...claimed, step: 'reminder' }, ports.clock.now()) : NOTHING_DUE,
      ports,
    );
  return ask(claimed, openQuestion, ports, settings);
}

/** Due again in two minutes, in case this process dies. Null: it is not due, or another process was first. */
async function claim(id: SubscriptionId, { subscriptions, alertLinks, clock }: Ports): Promise<Subscription | null> {
  const known = await subscriptions.getSubscription(id);
  const now = clock.now();
  const isDue = ({ dueAt = null }: Subscription): boolean => dueAt !== null && dueAt <= now.toISOString();
  if (known === null || !isDue(known)) return null;
  // Without a page that its link could lead to, the mail waits.
  const isMail = known.step === 'question' || known.step === 'reminder';
  if (isMail && alertLinks.confirmUrl === undefined) return null;
  let isMine = false;
  const claimed = await subscriptions.updateSubscription(
    id,
    (latest): SubscriptionChange => {
      isMine = isDue(latest);
      if (!isMine) return {};
      const { openQuestion = null } = latest;
      return {
        dueAt: secondsAfter(now, ATTEMPT_SECONDS),
        ...(openQuestion === null ? {} : { openQuestion: { ...openQuestion, attempts: openQuestion.attempts + 1 } }),
      };
    },
    now.toISOString(),
  );
  return isMine ? claimed : null;
}

async function ask(
  subscription: Subscription,
  question: OpenQuestion,
  ports: Ports,
  settings: Settings,
): Promise<void> {
  const { clock, log } = ports;
  try {
    await mailerOf(ports).sendMail(composeQuestion(subscription, question, ports, settings));
    const sent = { openQuestion: { ...question, attempts: 0 }, stateReason: null };
    await finish(subscription, { ...stepAfter(subscription, clock.now()), ...sent }, ports);
  } catch (error) {
    const problem = reasonOf(error).reason;
    const next = mayRetry(error) ? nextTryAt(subscription.id, question.attempts, clock.now()) : null;
    log.warn('an address could not be asked to confirm', { subscription: subscription.id, problem, next });
    const step = next === null ? stepAfter({ ...subscription, step: 'reminder' }, clock.now()) : { dueAt: next };
    await finish(subscription, { ...step, stateReason: `the address could not be asked: ${problem}` }, ports);
  }
}

function composeQuestion(
  subscription: Subscription,
  { link, until, asked }: OpenQuestion,
  { alertLinks }: Ports,
  { mail }: Settings,
): Mail {
  const isReminder = subscription.step === 'reminder';
  const id = `${QUESTION_PREFIX}${subscription.id}.${link}.${asked}${isReminder ? '.reminder' : ''}`;
  const refuseAddress = alertLinks.unsubscribeUrl?.(subscription);
  const composed = confirmationMail({
    address: alertLinks.confirmUrl?.(subscription, link) ?? '',
    ...(refuseAddress === undefined ? {} : { refuseAddress }),
    topics: subscription.topics,
    until,
    timeZone: subscription.timeZone ?? mail.timeZone,
    isReminder,
  });
  return {
    ...composed,
    to: subscription.target,
    headers: mailHeaders({ id, list: 'confirm', from: mail.from, subscription, links: alertLinks }),
    messageId: messageIdOf(id, mail.from),
  };
}

async function readBack(subscription: Subscription, ports: Ports): Promise<void> {
  const { snsSubscriptions, clock } = ports;
  if (snsSubscriptions === undefined) return;
  const after = await readBackFromSns(subscription, { ...ports, snsSubscriptions });
  await finish(subscription, nextReadBack(after, clock.now()), ports);
}

async function remove(subscription: Subscription, ports: Ports): Promise<void> {
  const { state, consent, id } = subscription;
  const isDone = (state === 'unconfirmed' || state === 'unsubscribed') && isUnanswered(consent);
  if (!isDone) return finish(subscription, NOTHING_DUE, ports);
  await ports.subscriptions.deleteSubscription(id);
  ports.log.info('an unconfirmed subscription was removed', { subscription: id });
}

/** Writes what follows, unless the subscription was confirmed, ended or asked again meanwhile. */
async function finish(claimed: Subscription, change: SubscriptionChange, ports: Ports): Promise<void> {
  await ports.subscriptions
    .updateSubscription(
      claimed.id,
      (latest) => (latest.dueAt === claimed.dueAt && latest.step === claimed.step ? change : {}),
      ports.clock.now().toISOString(),
    )
    .catch((error: unknown) => {
      // Forgotten meanwhile.
      if (!(error instanceof NotFoundError)) throw error;
    });
}
