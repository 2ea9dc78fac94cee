// One alert as a mail: the passage first, then what it is from, then why it came.
import type { Mail } from '../model/alert.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match } from '../model/match.ts';
import type { Settings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { html, type Markup } from './html.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import {
  factsOf,
  factTable,
  headlineLine,
  mailPage,
  openButton,
  quotedPassage,
  sourceInWords,
  sourceLine,
} from './mail-page.ts';
import { linkOf } from './match-link.ts';
import { passageInAsterisks } from './passage-parts.ts';
import { cutText, oneLine, wrapText } from './plain-text.ts';
import { safeLink } from './safe-link.ts';
import type { StoryInMail, UpdateInMail } from './story-in-mail.ts';
import { headline, sourceName } from './wording.ts';

/** Characters; longer ones are cut by mail programs, and folded ones upset old servers. */
export const MAX_SUBJECT = 150;
const MAX_TOPIC_IN_SUBJECT = 40;
const MAX_SOURCE_IN_SUBJECT = 40;
const MAX_PASSAGES = 3;

/** What an alert says. */
export interface AlertContent {
  /** What holds in the article and is wanted, the gravest topic first. */
  readonly matches: readonly [Match, ...Match[]];
  /** The article's other topics. */
  readonly others: readonly Match[];
  /** Null for a match from before there were hits. */
  readonly story: StoryInMail | null;
  /** Null for the first alert of its story. */
  readonly update: UpdateInMail | null;
}

export interface AlertMailInput extends AlertContent {
  /** Message-ID of the first alert of its story; null for the first. */
  readonly threadId: string | null;
  readonly subscription: Subscription;
  readonly deliveryId: DeliveryId;
  readonly mail: Settings['mail'];
  readonly links: AlertLinks;
}

export function composeAlertMail(input: AlertMailInput): Mail {
  const { matches, subscription, deliveryId, mail, links } = input;
  const [match] = matches;
  const subject = alertSubject(match);
  const unsubscribeUrl = safeLink(links.unsubscribeUrl?.(subscription) ?? '')?.href ?? null;
  return {
    to: subscription.target,
    subject,
    text: alertText(input, mail.timeZone, footerText(subscription, unsubscribeUrl)),
    html: alertHtml(match, subject, mail.timeZone, footerHtml(subscription, unsubscribeUrl)),
    headers: mailHeaders({ id: deliveryId, list: match.topic.id, from: mail.from, subscription, links }),
    messageId: messageIdOf(deliveryId, mail.from),
  };
}

/** `[Topic] Headline — Source`; the headline gives way when there is too little room. */
export function alertSubject(match: Match, max = MAX_SUBJECT): string {
  const before = `[${cutText(oneLine(match.topic.title) || oneLine(match.topic.id), MAX_TOPIC_IN_SUBJECT)}] `;
  const after = ` — ${cutText(sourceName(match), MAX_SOURCE_IN_SUBJECT)}`;
  return before + cutText(headline(match), max - before.length - after.length) + after;
}

/** The text body, also used where there is only text. */
export function alertText({ matches: [match] }: AlertContent, timeZone: string, footer: string): string {
  const address = linkOf(match);
  const facts = factsOf(match, timeZone).map(([name, value]) => `${`${name}:`.padEnd(12)}${value}`);
  return [
    ...match.passages.slice(0, MAX_PASSAGES).map((passage) => wrapText(passageInAsterisks(passage))),
    [wrapText(headline(match)), wrapText(sourceInWords(match)), address ?? '(the feed gave no link)'].join('\n'),
    facts.join('\n'),
    footer,
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function alertHtml(match: Match, subject: string, timeZone: string, footer: readonly Markup[]): string {
  const address = linkOf(match);
  return mailPage(
    subject,
    [
      ...match.passages.slice(0, MAX_PASSAGES).map((passage) => quotedPassage(passage, match.topic.severity)),
      headlineLine(match, 20),
      sourceLine(match),
      ...(address === null ? [] : [openButton(address, safeLink(address)?.host ?? '')]),
      factTable(factsOf(match, timeZone)),
    ],
    footer,
  );
}

export const footerText = (subscription: Subscription, unsubscribeUrl: string | null): string =>
  [
    '-- ',
    reasonOfMail(subscription),
    unsubscribeUrl === null ? endingByHand(subscription) : `Stop these mails: ${unsubscribeUrl}`,
  ].join('\n');

export const footerHtml = (subscription: Subscription, unsubscribeUrl: string | null): readonly Markup[] => [
  html`${reasonOfMail(subscription)}<br>`,
  unsubscribeUrl === null
    ? html`${endingByHand(subscription)}`
    : html`<a href="${unsubscribeUrl}" style="color:#5b6472;text-decoration:underline">Stop these mails</a>`,
];

const reasonOfMail = ({ topics }: Subscription): string =>
  topics.includes('*')
    ? 'Tocsin sends you this because this address is subscribed to every topic.'
    : `Tocsin sends you this because this address is subscribed to ${cutText(topics.map(oneLine).join(', '), 300)}.`;

const endingByHand = ({ id }: Subscription): string =>
  `To stop these mails, ask the operator of this Tocsin to end subscription ${id}.`;
