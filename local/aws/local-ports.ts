// What handlers get in place of SQS, SES and SNS: this machine's queues, its outbox and its SNS topic.

import { filterPolicyOf } from '../../adapters/sns/filter-policy.ts';
import { withoutAddresses } from '../../adapters/without-addresses.ts';
import { namedSender } from '../../shared/alerts/mail-headers.ts';
import { ServiceUnavailableError, TocsinError } from '../../shared/core/errors.ts';
import { SECOND_MS } from '../../shared/core/time.ts';
import type { Mail } from '../../shared/model/alert.ts';
import {
  type ArticleMessage,
  bodyOf,
  type DeliveryMessage,
  type PollMessage,
  queueDelay,
} from '../../shared/model/messages.ts';
import type {
  AcceptedMail,
  AlertPublisher,
  ArticleQueue,
  DeliveryQueue,
  FailedMessages,
  Mailer,
  OperatorNotices,
  PollQueue,
  SnsSubscriptions,
} from '../../shared/ports.ts';
import type { Outbox } from '../mail/outbox.ts';
import { OUTBOX_ADDRESS } from '../mail/received-mail.ts';
import type { LocalQueues } from '../queues/queues.ts';
import type { LocalSns } from './sns.ts';

/** A mail server may take its time at each step; a mail that takes longer is still not sent twice, see outbox.ts. */
const MAIL_WAIT_MS = 100_000;
/** What a mailer says of a mail, by the code of the error. Anything else is a failure of this machine, which passes. */
const MAIL_ERRORS: readonly string[] = ['delivery_refused', 'message_refused', 'sender_refused', 'service_unavailable'];

export const createLocalPollQueue = (queues: LocalQueues): PollQueue => createLocalQueue<PollMessage>(queues, 'polls');
export const createLocalArticleQueue = (queues: LocalQueues): ArticleQueue =>
  createLocalQueue<ArticleMessage>(queues, 'articles');

export const createLocalDeliveryQueue = (queues: LocalQueues): DeliveryQueue => {
  const { sendLater } = createLocalQueue<DeliveryMessage>(queues, 'deliveries');
  return { send: sendLater };
};

function createLocalQueue<Message extends PollMessage | ArticleMessage | DeliveryMessage>(
  queues: LocalQueues,
  name: 'polls' | 'articles' | 'deliveries',
) {
  const send = async (messages: readonly Message[], seconds: number): Promise<void> => {
    if (messages.length === 0) return;
    try {
      const bodies = messages.map(bodyOf);
      queues.send(name, bodies, seconds * SECOND_MS);
    } catch (error) {
      throw unavailable(`the queue ${name} did not accept messages`, error);
    }
  };
  return {
    send: (messages: readonly Message[]) => send(messages, 0),
    sendLater: (messages: readonly Message[], seconds: number) => send(messages, queueDelay(seconds)),
  };
}

/** Of any queue of this machine. */
export const createLocalFailedMessages = (queues: Pick<LocalQueues, 'giveBack' | 'setAside'>): FailedMessages => ({
  retryLater: async (messages) => {
    for (const { handle, seconds, reason } of messages) queues.giveBack(Number(handle), seconds * SECOND_MS, reason);
  },
  setAside: async ({ handle, reason }) => queues.setAside(Number(handle), reason),
});

/** Mails go to the outbox, and from there to the mail server if there is one. */
export function createOutboxMailer(
  outbox: Pick<Outbox, 'take'>,
  { from, waitMs = MAIL_WAIT_MS }: { readonly from: string; readonly waitMs?: number },
): Mailer {
  const sender = namedSender(from);
  return {
    sendMail: async ({ to, subject, text, html, headers }: Mail): Promise<AcceptedMail> => {
      try {
        const messageId = await within(waitMs, outbox.take({ from: sender, to, subject, text, html, headers }));
        return { providerId: messageId, messageId };
      } catch (error) {
        if (error instanceof TocsinError && MAIL_ERRORS.includes(error.code)) throw error;
        throw unavailable('the mail was not accepted', error);
      }
    },
  };
}

/** What is published is on the disk for each of its subscriptions. */
export const createLocalPublisher = (sns: LocalSns): AlertPublisher => ({
  publish: async ({ subject, text, json, attributes }) => {
    try {
      return sns.publish({ subject, messages: { default: json, email: text }, attributes });
    } catch (error) {
      throw unavailable('the alert was not published', error);
    }
  },
});

/** E-mail subscriptions of this machine's topic. `askToConfirm` mails the address a link with the token. */
export const createLocalSubscriptions = (
  sns: LocalSns,
  askToConfirm: (address: string, token: string) => Promise<void>,
): SnsSubscriptions => ({
  subscribeEmail: async (address, topics, current = null) => {
    const filterPolicy = filterPolicyOf(topics);
    if (current !== null && sns.change(current, { filterPolicy }) !== null) return { arn: current };
    const { subscription, isNew } = sns.subscribe('email', address, { FilterPolicy: JSON.stringify(filterPolicy) });
    if (!isNew) sns.change(subscription.arn, { filterPolicy });
    if (!subscription.confirmed) await askToConfirm(subscription.endpoint, subscription.token);
    return { arn: subscription.arn };
  },
  stateOf: async (arn) => sns.stateOf(arn),
  unsubscribe: async (arn) => void sns.unsubscribe(arn),
  unsubscribeAddress: async (address) => ({ ended: sns.unsubscribeAddress(address), pending: 0 }),
});

/** Notices to operators stand in the outbox and never leave the machine. */
export const createOutboxNotices = (outbox: Pick<Outbox, 'take'>): OperatorNotices => ({
  notify: async ({ subject, text, html }) => {
    await outbox.take({ from: OUTBOX_ADDRESS, to: OUTBOX_ADDRESS, subject, text, html, headers: {} });
  },
});

/** A mail under way is not broken off: the outbox knows it when it is sent again. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new ServiceUnavailableError(`the mail server has not answered for ${ms / SECOND_MS} s`));
  }, ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

function unavailable(happened: string, error: unknown): ServiceUnavailableError {
  const cause = withoutAddresses(error);
  return new ServiceUnavailableError(`${happened}: ${cause.message}`, { cause });
}
