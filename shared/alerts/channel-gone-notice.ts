// The notice to operators that a channel takes no messages any more.
import type { Subscription } from '../model/subscription.ts';
import type { OperatorNotice } from './feed-incident-notice.ts';
import { mailPage, paragraph } from './mail-page.ts';
import { wrapText } from './plain-text.ts';

/** `reason`: what the service said, without the address. */
export function channelGoneNotice({ id, channel, target }: Subscription, reason: string): OperatorNotice {
  const subject = `Tocsin: a ${channel} subscription was disabled`;
  const lines = [
    `${target}, by ${channel}, takes no messages any more: ${reason}`,
    `Subscription ${id} is disabled, and nothing more is sent to it. Alerts that it should have had are listed as disabled: tocsin deliveries.`,
    `If the address works again, try it: tocsin subscriptions test ${id}. To begin again, subscribe its address, or its new one: tocsin subscribe ${channel} ADDRESS --topic T.`,
  ];
  return {
    subject,
    text: `${lines.map((line) => wrapText(line)).join('\n\n')}\n`,
    html: mailPage({
      heading: subject,
      preview: lines[0] ?? subject,
      body: lines.map((line) => paragraph(line)),
      footer: [],
    }),
  };
}
