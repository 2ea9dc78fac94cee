// A mail that only shows that mails arrive.
import type { Mail } from '../model/alert.ts';
import type { Settings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { composeTestMessage } from './channel-message.ts';
import { mailFooter } from './mail-footer.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import { mailPage, paragraph } from './mail-page.ts';
import { wrapText } from './plain-text.ts';

export function composeTestMail(input: {
  readonly subscription: Subscription;
  readonly id: string;
  readonly now: Date;
  readonly mail: Settings['mail'];
  readonly links: AlertLinks;
}): Mail {
  const { subscription, id, now, mail, links } = input;
  const { title, introduction } = composeTestMessage(subscription, id, now);
  const footer = mailFooter(subscription, links);
  return {
    to: subscription.target,
    subject: title,
    text: `${[...introduction.map((line) => wrapText(line)), footer.text].join('\n\n')}\n`,
    html: mailPage({
      heading: title,
      preview: introduction[0] ?? title,
      body: introduction.map((line) => paragraph(line)),
      footer: footer.html,
    }),
    headers: mailHeaders({ id, list: 'test', from: mail.from, subscription, links }),
    messageId: messageIdOf(id, mail.from),
  };
}
