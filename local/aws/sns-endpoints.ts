// Where a publication of the local SNS topic ends up: in the outbox, in a queue of this machine, at a webhook.
import type { Web } from '../../adapters/http/web.ts';
import { confirmationMail as composeConfirmationMail } from '../../shared/alerts/confirmation-mail.ts';
import { html } from '../../shared/alerts/html.ts';
import { unsubscribeHeaders } from '../../shared/alerts/mail-headers.ts';
import { button, linkPage, messagePage, notFound } from '../../shared/api/links/link-page.ts';
import { withoutBodyForHead } from '../../shared/api/representation.ts';
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
        `${body}\n\n--\nEnd this subscription: ${unsubscribeLink(subscription.token, parts)}\n`,
        // The outbox knows a repeat by it.
        { 'X-Tocsin-Delivery': id, ...unsubscribeHeaders(unsubscribeLink(subscription.token, parts)) },
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

/** Publications for an address that were set aside after too many tries. */
export function forgetPublications(queues: LocalQueues, address: string): void {
  const ids = queues
    .listDeadLetters()
    .filter(({ queue, body }) => queue === 'publications' && isFor(address, body))
    .map(({ id }) => id);
  if (ids.length > 0) queues.dropDeadLetters(ids);
}

/** A message that is damaged is of no use to anyone: it is for every address that it names. */
function isFor(address: string, body: string): boolean {
  const wanted = address.toLowerCase();
  const subscription = subscriptionIn(body);
  if (subscription === null) return body.toLowerCase().includes(wanted);
  return subscription.protocol === 'email' && String(subscription.endpoint).toLowerCase() === wanted;
}

function subscriptionIn(body: string): Partial<SnsDelivery['subscription']> | null {
  try {
    return (JSON.parse(body) as Partial<SnsDelivery> | null)?.subscription ?? null;
  } catch {
    return null;
  }
}

export const confirmationMail = (
  address: string,
  token: string,
  parts: Pick<EndpointParts, 'settings' | 'publicUrl'>,
): ReceivedMail => ({
  from: parts.settings.mail.from ?? OUTBOX_ADDRESS,
  to: address,
  headers: unsubscribeHeaders(unsubscribeLink(token, parts)),
  ...composeConfirmationMail({ address: `${parts.publicUrl() ?? ''}/sns/confirm/${token}` }),
});

const unsubscribeLink = (token: string, { publicUrl }: Pick<EndpointParts, 'publicUrl'>): string =>
  `${publicUrl() ?? ''}/sns/unsubscribe/${token}`;

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

const ENDED = 'Nothing more is sent to this address.';

/** The links of those mails. Unlike those of SNS, opening one changes nothing: programs that look for malware follow links. */
export function handleSnsLink(request: Request, sns: LocalSns): Response {
  const [, action, token = ''] =
    /^\/sns\/(confirm|unsubscribe)\/([0-9a-f]+)$/.exec(new URL(request.url).pathname) ?? [];
  const subscription: SnsSubscription | null = token === '' ? null : sns.byToken(token);
  if (subscription === null) return notFound('There is no such subscription; it may have ended.');
  const isConfirming = action === 'confirm';
  if (request.method === 'GET' || request.method === 'HEAD')
    return withoutBodyForHead(request, isConfirming ? askedToConfirm(subscription) : askedToEnd());
  if (request.method !== 'POST')
    return messagePage(405, 'Method not allowed', 'Open the link in a browser.', { allow: 'GET, HEAD, POST' });
  if (isConfirming) {
    sns.change(subscription.arn, { confirmed: true });
    return messagePage(200, 'Confirmed', 'You will receive alerts from now on.');
  }
  sns.unsubscribe(subscription.arn);
  return messagePage(200, 'Unsubscribed', ENDED);
}

const askedToConfirm = ({ confirmed }: SnsSubscription): Response =>
  confirmed
    ? messagePage(200, 'Confirmed already', 'You receive these alerts.')
    : linkPage(
        200,
        'One click left',
        html`<p>Someone subscribed this address to alerts of Tocsin, a monitor of news feeds.</p>${button('Yes, send me alerts', {}, { isMain: true })}`,
      );

const askedToEnd = (): Response =>
  linkPage(
    200,
    'Stop these mails?',
    html`<p>Nothing more will be sent to this address.</p>${button('Stop all mails', {}, { isMain: true })}`,
  );
