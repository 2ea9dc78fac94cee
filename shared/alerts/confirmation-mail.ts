// The mail that asks an address whether it wants alerts: nothing else is sent before the answer, and it says nothing else.
import { html } from './html.ts';
import { button, mailPage, paragraph, softLine } from './mail-page.ts';
import { safeLink } from './safe-link.ts';

export interface ConfirmationMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SUBJECT = 'Tocsin: confirm your subscription';
const QUESTION = 'Someone subscribed this address to alerts of Tocsin, a monitor of news feeds.';
const ASKED = 'Do you want these alerts?';
const OTHERWISE = 'If it was not you, ignore this mail. Nothing else is sent unless you confirm.';

/** `address`: the page that confirms it. */
export function confirmationMail({ address }: { readonly address: string }): ConfirmationMail {
  const link = safeLink(address);
  return {
    subject: SUBJECT,
    text: `${QUESTION}\n\nTo confirm, open ${address}\n\n${OTHERWISE}\n`,
    html: mailPage({
      heading: SUBJECT,
      preview: ASKED,
      body: [
        paragraph(QUESTION),
        paragraph(ASKED),
        ...(link === null ? [] : [button(link.href, 'Yes, send me alerts', link.host)]),
        softLine(OTHERWISE),
      ],
      footer: [html`Tocsin sends this once each time somebody subscribes this address.`],
    }),
  };
}
