// Many alerts in one mail: the counts on top, then topic by topic, in the order in which the articles were first seen.
import { counted } from '../core/counted.ts';
import type { Mail } from '../model/alert.ts';
import type { Match, Passage } from '../model/match.ts';
import type { Settings } from '../model/settings.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Digest, Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { footerHtml, footerText, MAX_SUBJECT } from './alert-mail.ts';
import type { DigestStory } from './digest-story.ts';
import { html, type Markup } from './html.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import { headlineLine, mailPage, quotedPassage, sourceInWords, sourceLine } from './mail-page.ts';
import { linkOf } from './match-link.ts';
import { passageInAsterisks } from './passage-parts.ts';
import { cutText, oneLine, wrapText } from './plain-text.ts';
import { safeLink } from './safe-link.ts';
import { headline, instantInWords, placeInWords, sourceName } from './wording.ts';

/** Alerts shown with their passage; the rest are one line each. Mail programs cut what is over about 100 KB. */
export const MAX_WITH_PASSAGE = 40;

export interface DigestMailInput {
  readonly digest: Digest;
  /** The gravest first. At least one is no repeat. */
  readonly stories: readonly DigestStory[];
  readonly subscription: Subscription;
  readonly mail: Settings['mail'];
  readonly links: AlertLinks;
}

interface TopicGroup {
  readonly title: string;
  readonly severity: Severity;
  readonly matches: readonly Match[];
}

/** An alert of the digest, with its passage while there is room. */
interface Entry {
  readonly match: Match;
  readonly full: boolean;
}

export function composeDigestMail({ digest, stories, subscription, mail, links }: DigestMailInput): Mail {
  const matches = stories
    .filter(({ isRepeat }) => !isRepeat)
    .flatMap(({ reports }) => reports.flatMap((report) => report.matches));
  const groups = byTopic(matches);
  const subject = digestSubject(digest, groups, subscription, mail.timeZone);
  const unsubscribeUrl = safeLink(links.unsubscribeUrl?.(subscription) ?? '')?.href ?? null;
  const introduction = introduce(digest, groups, mail.timeZone);
  return {
    to: subscription.target,
    subject,
    text: digestText(introduction, groups, mail.timeZone, footerText(subscription, unsubscribeUrl)),
    html: digestHtml(subject, introduction, groups, mail.timeZone, footerHtml(subscription, unsubscribeUrl)),
    headers: mailHeaders({ id: digest.id, list: 'digest', from: mail.from, subscription, links }),
    messageId: messageIdOf(digest.id, mail.from),
  };
}

/** Gravest topic first, then by name; in a topic by the instant first seen. */
function byTopic(matches: readonly Match[]): readonly TopicGroup[] {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const group = groups.get(match.topic.id) ?? [];
    groups.set(match.topic.id, group);
    group.push(match);
  }
  return [...groups.values()]
    .map((found) => ({
      title: oneLine(found[0]?.topic.title ?? ''),
      severity: found[0]?.topic.severity ?? 'low',
      matches: found.sort((a, b) => compare(seenKey(a), seenKey(b))),
    }))
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || compare(a.title, b.title));
}

const seenKey = (match: Match): string => `${match.article.firstSeenAt} ${match.id}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const total = (groups: readonly TopicGroup[]): number => groups.reduce((sum, { matches }) => sum + matches.length, 0);

function digestSubject(
  digest: Digest,
  groups: readonly TopicGroup[],
  { digest: usual }: Subscription,
  timeZone: string,
): string {
  const [only] = groups;
  const period = digest.period === 'none' ? usual : digest.period;
  const what = groups.length === 1 && only !== undefined ? only.title : counted(groups.length, 'topic');
  const kind = digest.cause === 'storm' ? 'too many for single mails' : `${period} digest`;
  return cutText(
    `[${cutText(what, 60)}] ${counted(total(groups), 'alert')} — ${kind}, ${instantInWords(digest.windowEnd, timeZone)}`,
    MAX_SUBJECT,
  );
}

function introduce(digest: Digest, groups: readonly TopicGroup[], timeZone: string): readonly string[] {
  const from = instantInWords(digest.windowStart, timeZone);
  const until = instantInWords(digest.windowEnd, timeZone);
  const count = counted(total(groups), 'alert');
  return [
    digest.cause === 'storm'
      ? `${count} came at once between ${from} and ${until}, more than are sent as single mails. None is left out here.`
      : `${count} from ${from} to ${until}.`,
    ...groups.map(
      ({ title, severity, matches }) => `${title}: ${matches.length.toLocaleString('en-GB')} (severity ${severity})`,
    ),
  ];
}

/** The first alerts of the mail carry their passages, each topic some: a share of the room, and what others left of it. */
function entriesOf(groups: readonly TopicGroup[]): readonly (readonly Entry[])[] {
  let room = MAX_WITH_PASSAGE;
  return groups.map(({ matches }, index) => {
    const share = Math.min(matches.length, Math.ceil(room / (groups.length - index)));
    room -= share;
    return matches.map((match, place) => ({ match, full: place < share }));
  });
}

function digestText(
  introduction: readonly string[],
  groups: readonly TopicGroup[],
  timeZone: string,
  footer: string,
): string {
  const entries = entriesOf(groups);
  const sections = groups.map(({ title }, index) =>
    [
      `${title}\n${'='.repeat(Math.min(76, title.length))}`,
      ...(entries[index] ?? []).map((entry) => entryText(entry, timeZone)),
    ].join('\n\n'),
  );
  return [introduction.map((line) => wrapText(line)).join('\n'), ...sections, footer].join('\n\n').concat('\n');
}

function entryText({ match, full }: Entry, timeZone: string): string {
  const [passage] = match.passages;
  return [
    ...(full && passage !== undefined ? [wrapText(passageInAsterisks(passage))] : []),
    wrapText(headline(match)),
    wrapText(
      `${full ? sourceInWords(match) : sourceName(match)}, ${instantInWords(match.article.firstSeenAt, timeZone)}${placeOf(full ? passage : undefined)}`,
    ),
    entryLink({ match, full }) ?? '(the feed gave no link)',
  ].join('\n');
}

const placeOf = (passage: Passage | undefined): string =>
  passage === undefined ? '' : `, matched in ${placeInWords(passage)}`;

/** In a short entry the article's plain address: five thousand long ones would be most of the mail. */
const entryLink = ({ match, full }: Entry): string | null =>
  full ? linkOf(match) : (safeLink(match.article.url || match.article.canonicalUrl)?.href ?? null);

function digestHtml(
  subject: string,
  introduction: readonly string[],
  groups: readonly TopicGroup[],
  timeZone: string,
  footer: readonly Markup[],
): string {
  const entries = entriesOf(groups);
  const [summary = '', ...counts] = introduction;
  return mailPage(
    subject,
    [
      html`<p class="text" style="margin:0 0 8px 0;font-size:16px">${summary}</p>
<ul class="text" style="margin:0 0 8px 0;padding-inline-start:20px;font-size:15px">${counts.map((line) => html`<li dir="auto">${line}</li>`)}</ul>
`,
      ...groups.flatMap(({ title, severity }, index) => [
        html`<h2 class="text line" dir="auto" style="margin:24px 0 16px 0;padding-top:20px;border-top:1px solid #e2e5ea;text-align:start;font-size:18px;line-height:1.3">${title}</h2>
`,
        ...(entries[index] ?? []).map((entry) => entryHtml(entry, severity, timeZone)),
      ]),
    ],
    footer,
  );
}

function entryHtml({ match, full }: Entry, severity: Severity, timeZone: string): Markup {
  const seen = instantInWords(match.article.firstSeenAt, timeZone);
  const [passage] = match.passages;
  if (full && passage !== undefined) {
    return html`${quotedPassage(passage, severity)}${headlineLine(match, 16)}${sourceLine(match, `, ${seen}${placeOf(passage)}`)}`;
  }
  const address = entryLink({ match, full });
  const text = headline(match);
  return html`<p class="text" dir="auto" style="margin:0 0 8px 0;text-align:start;font-size:14px">${
    address === null
      ? text
      : html`<a href="${address}" class="link" rel="noopener noreferrer nofollow" style="color:#1f4e8c;text-decoration:none">${text}</a>`
  } <span class="soft" style="color:#5b6472;font-size:13px">${sourceName(match)}, ${seen}</span></p>
`;
}
