// Where a publication of the local SNS topic ends up: in the outbox, in a queue of this machine, at a webhook.
import type { Web } from '../../adapters/http/web.ts';
import { confirmationMail as composeConfirmationMail } from '../../shared/alerts/confirmation-mail.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Outbox } from '../mail/outbox.ts';
import { OUTBOX_ADDRESS, type ReceivedMail } from '../mail/received-mail.ts';
import { type LocalQueues, QUEUES } from '../queues/queues.ts';
import type { LocalSns, SnsDelivery, SnsSubscription } from './sns.ts';

export interface EndpointParts {
  readonly queues: LocalQueues;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly web: Pick<Web, 'fetch'>;
  /** Where links in mails lead; null while nothing runs that they could lead to. */
  readonly publicUrl: () => string | null;
}

/** Throws ServiceUnavailableError when the endpoint does not take it. */
export async function handToEndpoint(
  { id, subscription, subject, body }: SnsDelivery,
  parts: EndpointParts,
): Promise<void> {
  const { protocol, endpoint } = subscription;
  if (protocol === 'email') {
    await parts.outbox.take(
      mail(
        parts.settings,
        endpoint,
        subject,
        `${body}\n\n--\nEnd this subscription: ${parts.publicUrl() ?? ''}/sns/unsubscribe/${subscription.token}\n`,
        // The outbox knows a repeat by it.
        { 'X-Tocsin-Delivery': id },
      ),
    );
    return;
  }
  if (protocol === 'http' || protocol === 'https') {
    const { status } = await parts.web.fetch.post({
      url: endpoint,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-amz-sns-message-type': 'Notification' },
      body,
    });
    if (status >= 300) throw new ServiceUnavailableError(`the webhook answered ${status}`);
    return;
  }
  const queue = QUEUES.find((name) => endpoint.endsWith(`:${name}`));
  if (protocol !== 'sqs' || queue === undefined)
    throw new ServiceUnavailableError(`a subscription by ${protocol} has no endpoint on this machine`);
  parts.queues.send(queue, [body]);
}

export const confirmationMail = (
  address: string,
  token: string,
  { settings, publicUrl }: Pick<EndpointParts, 'settings' | 'publicUrl'>,
): ReceivedMail => ({
  from: settings.mail.from ?? OUTBOX_ADDRESS,
  to: address,
  headers: {},
  ...composeConfirmationMail({ address: `${publicUrl() ?? ''}/sns/confirm/${token}` }),
});

const mail = (
  { mail: { from } }: Settings,
  to: string,
  subject: string,
  text: string,
  headers: ReceivedMail['headers'] = {},
): ReceivedMail => ({
  from: from ?? OUTBOX_ADDRESS,
  to,
  subject,
  text,
  html: null,
  headers,
});

/** The links of those mails, as SNS has them: opening one acts at once. */
export function handleSnsLink(request: Request, sns: LocalSns): Response {
  const [, action, token = ''] =
    /^\/sns\/(confirm|unsubscribe)\/([0-9a-f]+)$/.exec(new URL(request.url).pathname) ?? [];
  const subscription: SnsSubscription | null = token === '' ? null : sns.byToken(token);
  if (subscription === null) return text(404, 'There is no such subscription.');
  if (action === 'confirm') {
    sns.change(subscription.arn, { confirmed: true });
    return text(200, 'Confirmed. You will receive alerts.');
  }
  sns.unsubscribe(subscription.arn);
  return text(200, 'Unsubscribed. You will get no more mail.');
}

const text = (status: number, words: string): Response =>
  new Response(`${words}\n`, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
