// One alert as a mail: what is new, the passage of each topic, where it comes from, why it was sent, and what a reader can do about it.
import { counted } from '../core/counted.ts';
import type { Mail } from '../model/alert.ts';
import { gravest } from '../model/hit.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match } from '../model/match.ts';
import type { Settings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { AlertLinks } from './alert-links.ts';
import { html, type Markup } from './html.ts';
import { mailFooter } from './mail-footer.ts';
import { mailHeaders, messageIdOf } from './mail-headers.ts';
import {
  type Action,
  actionRow,
  boldParts,
  button,
  bytesOf,
  chipRow,
  type Fact,
  factLines,
  factTable,
  firstThatFit,
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
  topicChip,
} from './mail-page.ts';
import { linkOf, plainLinkOf } from './match-link.ts';
import { passageInAsterisks, passageParts, passageText } from './passage-parts.ts';
import { cutText, oneLine, wrapText } from './plain-text.ts';
import { safeAddress, safeLink } from './safe-link.ts';
import { passageOfHeadline, type ShownPassage, shownPassages } from './shown-passages.ts';
import type { StoryInMail, UpdateInMail } from './story-in-mail.ts';
import { clauseOf, whyInText, whyInWords } from './why-in-words.ts';
import {
  alsoIn,
  headline,
  instantInWords,
  languageName,
  namesWithin,
  originInWords,
  otherOutlets,
  someOf,
  sourceName,
  topicTitle,
  topicVersion,
  topicWithSeverity,
  voicesInWords,
} from './wording.ts';

/** Characters; longer ones are cut by mail programs, and folded ones upset old servers. */
export const MAX_SUBJECT = 150;
const MAX_TOPIC_IN_SUBJECT = 40;
const MAX_SOURCE_IN_SUBJECT = 40;
const MAX_PREVIEW = 200;

// What an article with very many topics shows of them.
const MOST_CHIPS = 6;
/** Characters in the HTML; the text names them all. */
const LONGEST_TOPICS = 1_500;
const MOST_REASONS = 6;
const MOST_OTHERS = 10;
const MOST_MUTES = 3;

// Of an update.
const LONGEST_NEWS = 100;
const MOST_NEWS = 8;
const LONGEST_WAITING = 120;
/** Bytes of HTML. */
const ROOM_FOR_WAITING = 10_000;
const LONGEST_LINKED_TWICE = 1_000;

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
  const { subscription, deliveryId, mail, links, threadId } = input;
  const [match] = input.matches;
  const subject = subjectOf(input);
  const footer = mailFooter(subscription, links);
  const shown = withPages(input);
  const timeZone = subscription.timeZone ?? mail.timeZone;
  return {
    to: subscription.target,
    subject,
    text: textOf(shown, timeZone, footer.text),
    html: htmlOf(shown, subject, timeZone, footer.html),
    headers: mailHeaders({ id: deliveryId, list: match.topic.id, from: mail.from, subscription, links, threadId }),
    messageId: messageIdOf(deliveryId, mail.from),
  };
}

/** `[Topic] Headline — Source`; the headline gives way when there is too little room. */
export function alertSubject(match: Match, max = MAX_SUBJECT): string {
  const before = `[${cutText(oneLine(match.topic.title) || oneLine(match.topic.id), MAX_TOPIC_IN_SUBJECT)}] `;
  const after = ` — ${cutText(sourceName(match), MAX_SOURCE_IN_SUBJECT)}`;
  return before + cutText(headline(match), max - before.length - after.length) + after;
}

const UPDATE = 'Update: ';

/** The same for every channel. */
export const subjectOf = ({ matches: [match], update }: AlertContent): string =>
  update === null ? alertSubject(match) : UPDATE + alertSubject(match, MAX_SUBJECT - UPDATE.length);

/** The text body without links back to Tocsin, used where there is only text. */
export const alertText = (content: AlertContent, timeZone: string): string =>
  textOf({ ...content, pages: NO_PAGES }, timeZone, '');

// ---------------------------------------------------------------- links back to Tocsin

interface Pages {
  readonly match: string | null;
  readonly actions: readonly Action[];
}

const NO_PAGES: Pages = { match: null, actions: [] };

type Shown = AlertContent & { readonly pages: Pages };

function withPages({ links, subscription, ...content }: AlertMailInput): Shown {
  const { matches } = content;
  const article = matches[0].article.id;
  const match = safeAddress(links.matchUrl?.(subscription, article));
  const actions = [
    ['This match', match],
    ['Not relevant', safeAddress(links.notRelevantUrl?.(subscription, article))],
    ...matches
      .slice(0, MOST_MUTES)
      .map((each) => [`Mute ${topicTitle(each)}`, safeAddress(links.muteUrl?.(subscription, each.topic.id))] as const),
  ] as const;
  return {
    ...content,
    pages: {
      match,
      actions: actions.flatMap(([label, address]) => (address === null ? [] : [{ label, address }])),
    },
  };
}

// ---------------------------------------------------------------- what both bodies say

/** `New: 14 dead, Odesa`; null for the first alert of a story. */
function newsLine({ update, matches }: AlertContent): string | null {
  if (update === null) return null;
  const news = newsInWords(update.news);
  return news === '' ? `New in this story: ${topicWithSeverity(matches[0])}` : `New: ${news}`;
}

const newsInWords = (news: readonly string[]): string => shownNews(news).join(', ');

export const shownNews = (news: readonly string[]): readonly string[] =>
  news
    .slice(0, MOST_NEWS)
    .map((each) => cutText(oneLine(each), LONGEST_NEWS))
    .filter(Boolean);

interface Waiting {
  readonly title: string;
  readonly source: string;
  readonly news: string;
  readonly address: string | null;
}

/** Reports that waited for this update. */
export const waitingOf = ({ update }: AlertContent): readonly Waiting[] =>
  (update?.alsoNew ?? []).map(({ match, news }) => ({
    title: cutText(headline(match), LONGEST_WAITING),
    source: sourceName(match),
    news: newsInWords(news.slice(0, 3)),
    address: plainLinkOf(match),
  }));

const passageSeverity = (matches: readonly Match[]) => gravest(matches.map(({ topic }) => topic.severity));

/** The topics that a passage shows; empty where there is only one passage, which then shows them all. */
export const labelOf = ({ matches }: ShownPassage, all: readonly ShownPassage[]): string =>
  all.length < 2 || all.every((each) => each.matches.length === 1 && each.matches[0] === matches[0])
    ? ''
    : someOf(matches.map(topicTitle), MOST_OTHERS);

/** The source, other outlets of the article and its story, and how many voices there are. */
function sourceLines({ matches: [match], story }: AlertContent): readonly string[] {
  const others = otherOutlets(match, story?.story ?? null);
  const voices = story === null ? '' : voicesInWords(others.length + 1, story.hit.story.texts);
  return [[sourceName(match), alsoIn(others)].filter(Boolean).join(' · '), voices].filter(Boolean);
}

const topicsFact = (matches: readonly Match[], most: number): Fact => ({
  name: matches.length === 1 ? 'Topic' : 'Topics',
  value: namesWithin(matches.map(topicWithSeverity), most),
});

function factsOf({ matches, others, pages }: Shown, timeZone: string): readonly Fact[] {
  const [{ article }] = matches;
  const many = matches.length > 1;
  const reasons = matches.slice(0, MOST_REASONS).flatMap((match): Fact[] => {
    const before = many ? `${topicTitle(match)}: ` : '';
    const page = pages.match === null ? [] : [html` (`, linked(pages.match, 'the clause'), html`)`];
    return [
      {
        name: 'Why',
        value: before + whyInText(match),
        content: [html`${before}`, ...boldParts(whyInWords(match)), ...page],
      },
      ...(pages.match === null ? [{ name: 'Clause', value: `${clauseOf(match)} (${topicVersion(match)})` }] : []),
    ];
  });
  const more = matches.length - MOST_REASONS;
  return [
    ...reasons,
    ...(more > 0 ? [{ name: 'Why', value: `and ${more} more` }] : []),
    ...(others.length === 0 ? [] : [{ name: 'Also about', value: someOf(others.map(topicTitle), MOST_OTHERS) }]),
    {
      name: 'Published',
      value: article.publishedAt === null ? 'not said by the feed' : instantInWords(article.publishedAt, timeZone),
    },
    { name: 'Seen', value: instantInWords(article.firstSeenAt, timeZone) },
    { name: 'Language', value: languageName(article.language) },
    { name: 'Matched in', value: originInWords(withPassagesOf(matches)) },
  ];
}

/** One match with the passages of all, for the texts that they stand in. */
const withPassagesOf = ([first, ...more]: AlertContent['matches']): Match => ({
  ...first,
  passages: [first, ...more].flatMap(({ passages }) => passages),
});

// ---------------------------------------------------------------- as text

function textOf(shown: Shown, timeZone: string, footer: string): string {
  const { matches, pages } = shown;
  const [match] = matches;
  const passages = shownPassages(matches);
  const titled = passageOfHeadline(matches);
  const title = titled !== null && passages.length === 0 ? passageInAsterisks(titled) : headline(match);
  return [
    newsLine(shown) ?? '',
    ...passages.map((each) => {
      const label = labelOf(each, passages);
      return wrapText(`${label === '' ? '' : `${label}: `}${passageInAsterisks(each.passage)}`);
    }),
    [...[title, ...sourceLines(shown)].map((line) => wrapText(line)), linkOf(match) ?? '(the feed gave no link)'].join(
      '\n',
    ),
    waitingInText(waitingOf(shown)),
    factLines([topicsFact(matches, Number.POSITIVE_INFINITY), ...factsOf(shown, timeZone)]),
    pages.actions.map(({ label, address }) => `${label}: ${address}`).join('\n'),
    footer,
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

const waitingInText = (waiting: readonly Waiting[]): string =>
  waiting.length === 0
    ? ''
    : [
        'Also new:',
        ...waiting.map(({ title, source, news, address }) =>
          [`* ${title} — ${source}${news === '' ? '' : ` (${news})`}`, address === null ? '' : `  ${address}`]
            .filter(Boolean)
            .join('\n'),
        ),
      ].join('\n');

// ---------------------------------------------------------------- as HTML

function htmlOf(shown: Shown, subject: string, timeZone: string, footer: readonly Markup[]): string {
  const { matches, pages } = shown;
  const [match] = matches;
  const address = linkOf(match);
  const news = newsLine(shown);
  const passages = shownPassages(matches);
  const titled = passageOfHeadline(matches);
  const title = titled === null ? headline(match) : markedParts(passageParts(titled));
  const ofHeadline = address !== null && address.length > LONGEST_LINKED_TWICE ? null : address;
  const page = (quotes: readonly Markup[]): string =>
    mailPage({
      heading: subject,
      preview: cutText(previewOf(shown, passages), MAX_PREVIEW),
      body: [
        chipsOf(matches),
        ...(news === null
          ? []
          : [
              html`<p class="text" dir="auto" style="margin:0 0 16px 0;font-size:18px;line-height:1.4;font-weight:700">${news}</p>
`,
            ]),
        ...quotes,
        headlineLine(ofHeadline, title, passages.length === 0 ? 22 : 20),
        ...sourceLines(shown).map((line) => softLine(line)),
        ...(address === null ? [] : [button(address, 'Open at the passage', safeLink(address)?.host)]),
        ...waitingInHtml(waitingOf(shown)),
        actionRow(pages.actions) ?? html``,
        factTable([
          ...(matches.length > MOST_CHIPS ? [topicsFact(matches, LONGEST_TOPICS)] : []),
          ...factsOf(shown, timeZone),
        ]),
      ],
      footer,
    });
  return page(passagesInRoom(passages, MOST_HTML_BYTES - Buffer.byteLength(page([]))));
}

/** The passage; the news of an update first; for a match in the headline, which the subject says, what else is known. */
function previewOf(shown: Shown, [first]: readonly ShownPassage[]): string {
  const passage = first === undefined ? sourceLines(shown).join(' · ') : passageText(first.passage);
  return [newsLine(shown), passage].filter((each) => each !== null).join(' · ');
}

function chipsOf(matches: readonly Match[]): Markup {
  const more = matches.length - MOST_CHIPS;
  return chipRow(matches.slice(0, MOST_CHIPS).map(topicChip), more > 0 ? `and ${more} more, named below` : '');
}

/** The gravest first, as far as there is room for them; the others are named. */
function passagesInRoom(passages: readonly ShownPassage[], room: number): readonly Markup[] {
  const blocks = passages.map((each) => {
    const label = labelOf(each, passages);
    return html`${label === '' ? null : softLine(label)}${quotedPassage(each.passage, passageSeverity(each.matches))}`;
  });
  if (bytesOf(...blocks) <= room) return blocks;
  const shown = firstThatFit(blocks, room - bytesOf(noRoomFor(passages)));
  return [...shown, noRoomFor(passages.slice(shown.length))];
}

const noRoomFor = (passages: readonly ShownPassage[]): Markup =>
  softLine(
    `There was no room for the passages of ${someOf([...new Set(passages.flatMap(({ matches }) => matches.map(topicTitle)))], MOST_OTHERS)}.`,
    16,
  );

function waitingInHtml(waiting: readonly Waiting[]): readonly Markup[] {
  if (waiting.length === 0) return [];
  const lines = waiting.map(({ title, source, news, address }) =>
    listLine(address, title, news === '' ? source : `${source} (${news})`),
  );
  const shown = firstThatFit(lines, ROOM_FOR_WAITING);
  const more = lines.length - shown.length;
  return [
    paragraph('Also new:'),
    lineList(shown),
    ...(more === 0
      ? []
      : [softLine(`and ${counted(more, 'more report')}, listed in the text version of this mail`, 16)]),
  ];
}
