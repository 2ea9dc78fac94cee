// The end of every mail to a subscriber: why it came, and how to change or end that.
import type { Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { html, type Markup } from './html.ts';
import { cutText, oneLine } from './plain-text.ts';
import { safeAddress } from './safe-link.ts';

const LONGEST_LIST = 300;

export interface MailFooter {
  readonly text: string;
  readonly html: readonly Markup[];
}

export function mailFooter(subscription: Subscription, links: AlertLinks): MailFooter {
  const reason = reasonOfMail(subscription);
  const address = safeAddress((links.manageUrl ?? links.unsubscribeUrl)?.(subscription));
  const byHand = `To change or stop these mails, ask the operator of this Tocsin about subscription ${subscription.id}.`;
  return {
    text: ['-- ', reason, address === null ? byHand : `Change or stop these mails: ${address}`].join('\n'),
    html: [
      html`${reason}<br>`,
      address === null
        ? html`${byHand}`
        : html`<a href="${address}" style="color:#5b6472;text-decoration:underline">Change or stop these mails</a>`,
    ],
  };
}

const reasonOfMail = ({ topics }: Subscription): string =>
  topics.includes('*')
    ? 'Tocsin sends you this because this address is subscribed to every topic.'
    : `Tocsin sends you this because this address is subscribed to ${cutText(topics.map(oneLine).join(', '), LONGEST_LIST)}.`;
