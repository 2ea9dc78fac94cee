// The mail that asks an address whether it wants alerts: nothing else is sent before the answer, and it says nothing else.
import { html, type Markup } from './html.ts';
import { button, linked, mailPage, paragraph, softLine } from './mail-page.ts';
import { cutText, oneLine } from './plain-text.ts';
import { safeAddress, safeLink } from './safe-link.ts';
import { instantInWords } from './wording.ts';

export interface ConfirmationMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface ConfirmationMailInput {
  /** The page that confirms it. */
  readonly address: string;
  /** The page on which it can be refused; absent: the mail has no such link. */
  readonly refuseAddress?: string;
  /** Topic ids; `*` stands for every topic. Absent: the mail names none. */
  readonly topics?: readonly string[];
  /** When the link ends; absent: it does not, and nothing reminds of it. */
  readonly until?: string;
  /** IANA zone of that time. */
  readonly timeZone?: string;
  /** The first mail was not answered. */
  readonly isReminder?: boolean;
}

/** Of the words below. It is kept with each request, so a change of the words needs the next number; a test notices. */
export const CONFIRMATION_WORDING = 1;

const SUBJECT = 'Tocsin: confirm your subscription';
const REMINDER_SUBJECT = 'Reminder: confirm your Tocsin subscription';
const ASKED = 'Do you want these alerts?';
const BUTTON = 'Yes, send me alerts';
const REFUSE = 'No, and do not remind me';
const REFUSE_REMINDED = 'No, I do not want them';
const LAST_TIME = 'You were asked a day ago. This is the only reminder.';
const OTHERWISE = 'If it was not you, ignore this mail. Nothing else is sent unless you confirm.';
const OTHERWISE_REMINDED = 'If it was not you, ignore this mail. Unless you confirm, nothing is sent but one reminder.';
const EACH_TIME = 'Tocsin sends this each time somebody subscribes this address.';
const LONGEST_LIST = 300;

export function confirmationMail(input: ConfirmationMailInput): ConfirmationMail {
  const { address, refuseAddress, isReminder = false, until } = input;
  const link = safeLink(address);
  const refusal = safeAddress(refuseAddress);
  const subject = isReminder ? REMINDER_SUBJECT : SUBJECT;
  const refuse = isReminder ? REFUSE_REMINDED : REFUSE;
  const question = questionAbout(input.topics);
  const lines = [
    ...(isReminder ? [LAST_TIME] : []),
    ...endOfLink(input),
    until === undefined || isReminder ? OTHERWISE : OTHERWISE_REMINDED,
  ];
  return {
    subject,
    text: [
      question,
      `${ASKED} Then open this page, and confirm there:\n${address}`,
      ...lines,
      ...(refusal === null ? [] : [`${refuse}: ${refusal}`]),
    ]
      .join('\n\n')
      .concat('\n'),
    html: mailPage({
      heading: subject,
      preview: ASKED,
      body: [
        paragraph(question),
        paragraph(ASKED),
        ...(link === null ? [] : [button(link.href, BUTTON, link.host)]),
        ...lines.map((line): Markup => softLine(line, 8)),
        ...(refusal === null ? [] : [softLine([linked(refusal, refuse)], 0)]),
      ],
      footer: [html`${EACH_TIME}`],
    }),
  };
}

function questionAbout(topics: readonly string[] | undefined): string {
  const what = 'alerts of Tocsin, a monitor of news feeds';
  if (topics === undefined) return `Someone subscribed this address to ${what}.`;
  const named = topics.includes('*') ? 'every topic' : cutText(topics.map(oneLine).join(', '), LONGEST_LIST);
  return `Someone subscribed this address to ${what}, about: ${named}.`;
}

const endOfLink = ({ until, timeZone = 'UTC' }: ConfirmationMailInput): readonly string[] =>
  until === undefined ? [] : [`The link works until ${instantInWords(until, timeZone)}.`];
