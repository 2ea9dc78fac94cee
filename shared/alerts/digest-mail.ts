// Many stories in one mail: the counts on top, then topic by topic, each story once; then stories with nothing new, and how many feeds were read.
import { counted } from '../core/counted.ts';
import type { Mail } from '../model/alert.ts';
import { gravest } from '../model/hit.ts';
import type { Match, Passage } from '../model/match.ts';
import type { Settings } from '../model/settings.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Digest, Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { MAX_SUBJECT } from './alert-mail.ts';
import type { Coverage } from './coverage.ts';
import type { DigestReport, DigestStory } from './digest-story.ts';
import { html, type Markup } from './html.ts';
import { mailFooter } from './mail-footer.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import {
  bulletList,
  bytesOf,
  firstThatFit,
  heading,
  headlineLine,
  lineList,
  linked,
  listLine,
  MOST_HTML_BYTES,
  mailPage,
  markedParts,
  paragraph,
  quotedPassage,
  softLine,
} from './mail-page.ts';
import { linkOf, plainLinkOf } from './match-link.ts';
import { passageInAsterisks, passageParts, passageText } from './passage-parts.ts';
import { cutText, oneLine, wrapText } from './plain-text.ts';
import { newsOf } from './policy.ts';
import { safeAddress } from './safe-link.ts';
import { passageOfHeadline, saysHeadline, tellingPassage } from './shown-passages.ts';
import { clauseOf, inPassing } from './why-in-words.ts';
import {
  coverageInWords,
  headline,
  instantInWords,
  nameOfSource,
  placeInWords,
  someOf,
  sourceName,
  topicTitle,
  topicVersion,
} from './wording.ts';

/** Stories shown with their passage, as far as there is room for them; the rest are one line each. */
export const MAX_WITH_PASSAGE = 40;
/** Topics with a heading of their own; the others come together under the last one. */
const MOST_TOPICS = 25;
const REST = 'Other topics';
/** The share of the room for stories that is kept for those with a passage. */
const LEAST_WITH_PASSAGE = 0.4;
/** Bytes of HTML after the topics, for stories with nothing new. */
const ROOM_FOR_REPEATS = 12_000;
const LONGEST_IN_LINE = 160;
const LONGEST_CLAUSE = 160;
const LONGEST_PASSAGE = 600;
const MOST_NEWS = 4;
const LONGEST_NEWS = 60;
const MOST_OTHER_TOPICS = 5;
const MAX_PREVIEW = 200;

export interface DigestMailInput {
  readonly digest: Digest;
  /** The gravest first. None where a digest is wanted even if there is nothing to say. */
  readonly stories: readonly DigestStory[];
  readonly subscription: Subscription;
  readonly mail: Settings['mail'];
  readonly links: AlertLinks;
  /** Null before the feeds were first checked. */
  readonly coverage: Coverage | null;
}

/** One story of the digest. */
export interface Entry {
  /** The match that is shown: of the gravest topic, from a report with a sentence about it. */
  readonly match: Match;
  readonly passage: Passage | null;
  readonly isHeadline: boolean;
  readonly severity: Severity;
  readonly firstSeenAt: string;
  readonly otherTopics: readonly string[];
  /** Outlets besides the one that is named. */
  readonly others: number;
  /** What later reports brought. */
  readonly news: readonly string[];
  /** The page about the match; null without a public address. */
  readonly page: string | null;
}

interface TopicGroup {
  readonly title: string;
  readonly severity: Severity;
  readonly entries: readonly Entry[];
}

/** What a digest says, before it has a form. */
interface Content {
  /** One line. */
  readonly subject: string;
  readonly introduction: readonly string[];
  readonly groups: readonly TopicGroup[];
  readonly repeats: readonly Entry[];
  readonly coverage: string;
  readonly timeZone: string;
}

export function composeDigestMail(input: DigestMailInput): Mail {
  const { digest, subscription, mail, links } = input;
  const footer = mailFooter(subscription, links);
  const content = digestContent(input);
  return {
    to: subscription.target,
    subject: content.subject,
    text: textOf(content, footer.text),
    html: htmlOf(content, footer.html),
    headers: mailHeaders({ id: digest.id, list: 'digest', from: mail.from, subscription, links }),
    messageId: messageIdOf(digest.id, mail.from),
  };
}

// ---------------------------------------------------------------- what is said

/** The same for every channel. */
export function digestContent({ digest, stories, subscription, mail, links, coverage }: DigestMailInput): Content {
  const timeZone = subscription.timeZone ?? mail.timeZone;
  const page = (article: string): string | null => safeAddress(links.matchUrl?.(subscription, article));
  const entriesOf = (some: readonly DigestStory[]): readonly Entry[] => some.map((story) => entryOf(story, page));
  const groups = byTopic(entriesOf(stories.filter(({ isRepeat }) => !isRepeat)));
  return {
    subject: digestSubject(digest, groups, subscription, timeZone),
    introduction: introduce(digest, stories, groups, timeZone),
    groups,
    repeats: entriesOf(stories.filter(({ isRepeat }) => isRepeat)),
    coverage: coverageInWords(coverage, timeZone),
    timeZone,
  };
}

function entryOf({ story, reports, severity }: DigestStory, page: (article: string) => string | null): Entry {
  const ofGravest = reports.flatMap(({ matches }) => matches.filter(({ topic }) => topic.severity === severity));
  const candidates = ofGravest.length === 0 ? reports.map(({ matches: [lead] }) => lead) : ofGravest;
  const match = candidates.find(hasSentence) ?? candidates[0] ?? reports[0].matches[0];
  const passage = tellingPassage(match, LONGEST_PASSAGE);
  const all = new Map(reports.flatMap(({ matches }) => matches).map((each) => [each.topic.id, each]));
  const sources = [...reports.flatMap(({ matches: [lead] }) => lead.sources), ...(story?.sources ?? [])];
  const names = new Set(sources.map(nameOfSource)).add(sourceName(match));
  return {
    match,
    passage,
    isHeadline: passage !== null && saysHeadline(passage, match),
    severity,
    firstSeenAt: reports[0].matches[0].article.firstSeenAt,
    otherTopics: [...all.values()].filter(({ topic }) => topic.id !== match.topic.id).map(topicTitle),
    others: names.size - 1,
    news: newsAfter(reports),
    page: page(match.article.id),
  };
}

const hasSentence = (match: Match): boolean => match.passages.some((passage) => !saysHeadline(passage, match));

const newsAfter = ([, ...later]: readonly DigestReport[]): readonly string[] =>
  [...new Set(later.flatMap(({ hit }) => (hit === null || hit.story.kind === 'copy' ? [] : newsOf(hit))))]
    .slice(0, MOST_NEWS)
    .map((each) => cutText(oneLine(each), LONGEST_NEWS));

/** Gravest topic first, then by name; in a topic by the instant first seen. Each story stands under the topic of its shown match. */
function byTopic(entries: readonly Entry[]): readonly TopicGroup[] {
  const groups = [...Map.groupBy(entries, ({ match }) => match.topic.id).values()]
    .map((some) => groupOf(some[0] === undefined ? '' : topicTitle(some[0].match), some))
    .sort((a, b) => rank(b.severity) - rank(a.severity) || compare(a.title, b.title));
  if (groups.length <= MOST_TOPICS) return groups;
  const rest = groups.slice(MOST_TOPICS - 1).flatMap((group) => group.entries);
  return [...groups.slice(0, MOST_TOPICS - 1), groupOf(REST, rest)];
}

const groupOf = (title: string, entries: readonly Entry[]): TopicGroup => ({
  title,
  severity: gravest(entries.map(({ match }) => match.topic.severity)),
  entries: entries.toSorted((a, b) => compare(seenKey(a), seenKey(b))),
});

const seenKey = ({ firstSeenAt, match }: Entry): string => `${firstSeenAt} ${match.id}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);
const countOf = (groups: readonly TopicGroup[]): number => groups.reduce((sum, { entries }) => sum + entries.length, 0);
const storiesInWords = (count: number): string => counted(count, 'story', 'stories');

function digestSubject(
  digest: Digest,
  groups: readonly TopicGroup[],
  { digest: usual }: Subscription,
  timeZone: string,
): string {
  const [only] = groups;
  const period = digest.period === 'none' ? usual : digest.period;
  const kind = digest.cause === 'storm' ? 'too many for single mails' : `${period} digest`;
  const end = `${kind}, ${instantInWords(digest.windowEnd, timeZone)}`;
  if (only === undefined) return cutText(`Nothing new — ${end}`, MAX_SUBJECT);
  const topics = new Set(groups.flatMap(({ entries }) => entries.map(({ match }) => match.topic.id)));
  const what = topics.size === 1 ? only.title : counted(topics.size, 'topic');
  return cutText(`[${what}] ${storiesInWords(countOf(groups))} — ${end}`, MAX_SUBJECT);
}

function introduce(
  digest: Digest,
  stories: readonly DigestStory[],
  groups: readonly TopicGroup[],
  timeZone: string,
): readonly string[] {
  const from = instantInWords(digest.windowStart, timeZone);
  const until = instantInWords(digest.windowEnd, timeZone);
  const reports = stories.reduce((sum, story) => sum + (story.isRepeat ? 0 : story.reports.length), 0);
  const count = storiesInWords(countOf(groups));
  const all = reports > countOf(groups) ? `${count} in ${counted(reports, 'report')}` : count;
  if (groups.length === 0) return [`Nothing new for you from ${from} to ${until}.`];
  return [
    digest.cause === 'storm'
      ? `${all} came at once between ${from} and ${until}, more than are sent as single mails. None is left out here.`
      : `${all} from ${from} to ${until}.`,
    ...groups.map(
      ({ title, severity, entries }) => `${title} (${severity}): ${entries.length.toLocaleString('en-GB')}`,
    ),
  ];
}

function sourceOf({ match, others, firstSeenAt, passage }: Entry, timeZone: string, isFull: boolean): string {
  return [
    sourceName(match),
    instantInWords(firstSeenAt, timeZone),
    others === 0 ? '' : `also in ${others}`,
    isFull && passage !== null ? `matched in ${placeInWords(passage)}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** `Why: en: {forces} NEAR/8 {send} (troop-deployment 1.0.0+0a1b2c3)`. */
const clauseLine = ({ match }: Entry): string =>
  `Why: ${inPassing(match)}${cutText(clauseOf(match), LONGEST_CLAUSE)} (${topicVersion(match)})`;

const moreLines = ({ news, otherTopics }: Entry): readonly string[] => [
  ...(news.length === 0 ? [] : [`Later: ${news.join(', ')}`]),
  ...(otherTopics.length === 0 ? [] : [`Also about: ${someOf(otherTopics, MOST_OTHER_TOPICS)}`]),
];

const titleInLine = ({ match }: Entry): string => cutText(headline(match), LONGEST_IN_LINE);

/** In each topic the first stories carry their passages: a share of the room, and what other topics left of it. */
function fullIn(groups: readonly TopicGroup[]): readonly number[] {
  let room = MAX_WITH_PASSAGE;
  return groups.map(({ entries }, index) => {
    const share = Math.min(entries.length, Math.ceil(room / (groups.length - index)));
    room -= share;
    return share;
  });
}

// ---------------------------------------------------------------- as text

function textOf({ introduction, groups, repeats, coverage, timeZone }: Content, footer: string): string {
  const full = fullIn(groups);
  const sections = groups.map(({ title, entries }, index) =>
    [
      `${title}\n${'='.repeat(title.length)}`,
      ...entries.map((entry, place) =>
        place < (full[index] ?? 0) ? fullText(entry, timeZone) : lineText(entry, timeZone),
      ),
    ].join('\n\n'),
  );
  return [
    introduction.map((line) => wrapText(line)).join('\n'),
    ...sections,
    ...(repeats.length === 0
      ? []
      : [
          `Also reported, nothing new\n--------------------------\n\n${repeats.map((entry) => lineText(entry, timeZone)).join('\n')}`,
        ]),
    ...(coverage === '' ? [] : [wrapText(coverage)]),
    footer,
  ]
    .join('\n\n')
    .concat('\n');
}

function fullText(entry: Entry, timeZone: string): string {
  const { match, passage, isHeadline } = entry;
  return [
    ...(passage === null || isHeadline ? [] : [wrapText(passageInAsterisks(passage))]),
    wrapText(titleOfHeadline(match) ?? headline(match)),
    ...[sourceOf(entry, timeZone, true), ...moreLines(entry), clauseLine(entry)].map((line) => wrapText(line)),
    linkOf(match) ?? '(the feed gave no link)',
  ].join('\n');
}

function titleOfHeadline(match: Match): string | null {
  const passage = passageOfHeadline([match]);
  return passage === null ? null : passageInAsterisks(passage);
}

function lineText(entry: Entry, timeZone: string): string {
  const address = plainLinkOf(entry.match);
  return [
    `* ${titleInLine(entry)} — ${sourceOf(entry, timeZone, false)}`,
    ...(address === null ? [] : [`  ${address}`]),
  ].join('\n');
}

// ---------------------------------------------------------------- as HTML

function htmlOf(content: Content, footer: readonly Markup[]): string {
  const { subject, introduction, groups, coverage } = content;
  const [summary = '', ...counts] = introduction;
  const page = (sections: readonly Markup[]): string =>
    mailPage({
      heading: subject,
      preview: previewOf(content),
      body: [
        paragraph(summary),
        ...(counts.length === 0 ? [] : [bulletList(counts)]),
        ...sections,
        ...(coverage === ''
          ? []
          : [
              html`<p class="soft line" style="margin:24px 0 0 0;padding-top:16px;border-top:1px solid #e2e5ea;color:#5b6472;font-size:14px">${coverage}</p>
`,
            ]),
      ],
      footer,
    });
  const headings = groups.map(({ title }) => heading(title));
  const repeats = repeatsInHtml(content);
  const room = MOST_HTML_BYTES - Buffer.byteLength(page([...headings, ...repeats]));
  const stories = storiesInRoom(content, room);
  return page([...groups.flatMap((_, at) => [headings[at] ?? html``, ...(stories[at] ?? [])]), ...repeats]);
}

/** The most telling passage of all. */
function previewOf({ groups, introduction }: Content): string {
  const passage = groups[0]?.entries[0]?.passage ?? null;
  return passage === null ? (introduction[0] ?? '') : cutText(passageText(passage), MAX_PREVIEW);
}

/** First a line for each story, then passages with what is left, but some in any case. What does not fit is counted. */
function storiesInRoom({ groups, timeZone }: Content, room: number): readonly (readonly Markup[])[] {
  const most = fullIn(groups);
  const full = groups.map(({ entries }, at) => entries.slice(0, most[at]).map((entry) => fullHtml(entry, timeZone)));
  const lines = groups.map(({ entries }) => entries.map((entry) => lineHtml(entry, timeZone)));
  const inLists = room - groups.length * BYTES_OF_LIST;
  const passages = inShares(full, Math.max(inLists * LEAST_WITH_PASSAGE, inLists - bytesOf(...lines.flat())));
  const rest = lines.map((some, at) => some.slice(passages[at]?.length));
  const kept = inShares(rest, inLists - bytesOf(...passages.flat()));
  return groups.map((_, at) => {
    const more = (rest[at]?.length ?? 0) - (kept[at]?.length ?? 0);
    return [...(passages[at] ?? []), ...listOf(kept[at] ?? []), ...(more === 0 ? [] : [moreLine(more)])];
  });
}

/** Of each list those from its start that fit. All have the same share of the room, and what is left goes to the first lists. */
function inShares(lists: readonly (readonly Markup[])[], room: number): readonly (readonly Markup[])[] {
  const shared = lists.map((list) => firstThatFit(list, room / lists.length));
  let left = room - bytesOf(...shared.flat());
  return lists.map((list, at) => {
    const some = shared[at] ?? [];
    const more = firstThatFit(list.slice(some.length), left);
    left -= bytesOf(...more);
    return [...some, ...more];
  });
}

const listOf = (lines: readonly Markup[]): readonly Markup[] => (lines.length === 0 ? [] : [lineList(lines)]);

const moreLine = (more: number): Markup =>
  softLine(`and ${counted(more, 'more story', 'more stories')}, each listed in the text version of this mail`, 8);
const BYTES_OF_LIST = bytesOf(moreLine(1_000_000), lineList([]));

function fullHtml(entry: Entry, timeZone: string): Markup {
  const { match, passage, isHeadline, severity, page } = entry;
  const title = passageOfHeadline([match]);
  return html`${[
    ...(passage === null || isHeadline ? [] : [quotedPassage(passage, severity)]),
    headlineLine(linkOf(match), title === null ? headline(match) : markedParts(passageParts(title)), 16),
    softLine(sourceOf(entry, timeZone, true)),
    ...moreLines(entry).map((line) => softLine(line)),
    softLine(page === null ? clauseLine(entry) : [html`${clauseLine(entry)} · `, linked(page, 'this match')], 24),
  ]}`;
}

const lineHtml = (entry: Entry, timeZone: string): Markup =>
  listLine(plainLinkOf(entry.match), titleInLine(entry), sourceOf(entry, timeZone, false));

function repeatsInHtml({ repeats, timeZone }: Content): readonly Markup[] {
  if (repeats.length === 0) return [];
  const lines = repeats.map((entry) => lineHtml(entry, timeZone));
  const shown = firstThatFit(lines, ROOM_FOR_REPEATS);
  const more = lines.length - shown.length;
  return [heading('Also reported, nothing new'), lineList(shown), ...(more > 0 ? [moreLine(more)] : [])];
}
