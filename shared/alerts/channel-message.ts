// An alert or a digest for the channels that have a markup of their own: the same content as in the mail, as text without any.
import { counted } from '../core/counted.ts';
import type { ChannelMessage, ChannelPassage, ChannelStory } from '../model/alert.ts';
import { gravest } from '../model/hit.ts';
import type { Match, Passage, PublishedMatch } from '../model/match.ts';
import type { Severity } from '../model/severity.ts';
import type { Subscription } from '../model/subscription.ts';
import { type AlertMailInput, labelOf, shownNews, subjectOf, waitingOf } from './alert-mail.ts';
import { type DigestMailInput, digestContent, type Entry } from './digest-mail.ts';
import type { DigestStory } from './digest-story.ts';
import { linkOf, plainLinkOf, showMatch } from './match-link.ts';
import { passageParts } from './passage-parts.ts';
import { alertRaised, matchCreated } from './publication.ts';
import { safeAddress } from './safe-link.ts';
import { shownPassages } from './shown-passages.ts';
import { whyInWords } from './why-in-words.ts';
import { alsoIn, headline, instantInWords, otherOutlets, someOf, sourceName, topicTitle } from './wording.ts';

export type ChannelAlertInput = Omit<AlertMailInput, 'threadId'>;
export type ChannelDigestInput = DigestMailInput;

/** Of an article with very many. */
const MOST_TOPICS = 8;
const MOST_OTHERS = 10;
/** Reports that waited for an update. */
const MOST_WAITING = 5;
/** Services refuse longer ones, or count them as text. */
const LONGEST_LINK = 1_500;

export function composeChannelAlert(input: ChannelAlertInput): ChannelMessage {
  const { matches, others, story, update, subscription, deliveryId, mail, links } = input;
  const [lead] = matches;
  const passages = shownPassages(matches);
  const timeZone = subscription.timeZone ?? mail.timeZone;
  const { firstSeenAt, publishedAt, id: article } = lead.article;
  return {
    kind: update === null ? 'alert' : 'update',
    id: deliveryId,
    title: subjectOf(input),
    introduction: update === null ? [] : ['Update of a story that was alerted before'],
    severity: gravest(matches.map(({ topic }) => topic.severity)),
    stories: [
      {
        title: headline(lead),
        url: addressOf(lead),
        topics: topicsOf(matches),
        passages: passages.map((each) => passageOf(each.passage, labelOf(each, passages))),
        why: reasonsOf(matches),
        source: sourceName(lead),
        time: instantInWords(publishedAt ?? firstSeenAt, timeZone),
        news: shownNews(update?.news ?? []),
        alsoIn: alsoIn(otherOutlets(lead, story?.story ?? null)) || null,
        matchUrl: safeAddress(links.matchUrl?.(subscription, article)),
      },
    ],
    notes: [
      ...(others.length === 0 ? [] : [`Also about: ${someOf(others.map(topicTitle), MOST_OTHERS)}`]),
      ...waitingLines(input),
    ],
    manageUrl: safeAddress(links.manageUrl?.(subscription)),
    event: { ...(story === null ? matchCreated(lead, deliveryId) : alertRaised(matches, story, update, deliveryId)) },
  };
}

export function composeChannelDigest(input: ChannelDigestInput): ChannelMessage {
  const { digest, stories, subscription, links, coverage } = input;
  const { subject, introduction, groups, repeats, coverage: coverageLine, timeZone } = digestContent(input);
  const entries = groups.flatMap((group) => group.entries);
  return {
    kind: 'digest',
    id: digest.id,
    title: subject,
    introduction,
    severity: gravest(entries.map(({ severity }) => severity)),
    stories: entries.map((entry) => storyOf(entry, timeZone)),
    notes: [
      ...(repeats.length === 0 ? [] : [`Also reported, nothing new: ${counted(repeats.length, 'story', 'stories')}`]),
      ...(coverageLine === '' ? [] : [coverageLine]),
    ],
    manageUrl: safeAddress(links.manageUrl?.(subscription)),
    event: { ...digestSent(input, stories, coverage) },
  };
}

/** Shows that messages arrive, and cannot be taken for an alert. */
export function composeTestMessage(
  subscription: Pick<Subscription, 'id' | 'topics'>,
  id: string,
  now: Date,
): ChannelMessage {
  const topics = subscription.topics.includes('*') ? 'every topic' : someOf(subscription.topics, MOST_OTHERS);
  return {
    kind: 'test',
    id,
    title: 'Test message from Tocsin',
    introduction: [
      'This is a test. Nothing has happened in the news.',
      `Alerts for ${topics} will arrive here. Subscription ${subscription.id}`,
    ],
    severity: 'low',
    stories: [],
    notes: [],
    manageUrl: null,
    event: {
      type: 'test',
      id,
      timestamp: now.toISOString(),
      data: { subscriptionId: subscription.id, topics: subscription.topics },
    },
  };
}

// ---------------------------------------------------------------- for people

function storyOf(entry: Entry, timeZone: string): ChannelStory {
  const { match, passage, isHeadline, firstSeenAt, others, news, page, otherTopics } = entry;
  return {
    title: headline(match),
    url: addressOf(match),
    topics: topicsOf([match]),
    passages: passage === null || isHeadline ? [] : [passageOf(passage, '')],
    why: [inText(match), ...(otherTopics.length === 0 ? [] : [`also about ${someOf(otherTopics, MOST_OTHERS)}`])],
    source: sourceName(match),
    time: instantInWords(firstSeenAt, timeZone),
    news,
    alsoIn: others === 0 ? null : `also in ${others}`,
    matchUrl: page,
  };
}

/** With the passage in it where that is not too long. */
function addressOf(match: Match): string | null {
  const link = linkOf(match);
  return link !== null && link.length > LONGEST_LINK ? plainLinkOf(match) : link;
}

const topicsOf = (matches: readonly Match[]): ChannelStory['topics'] =>
  matches.slice(0, MOST_TOPICS).map((match) => ({ title: topicTitle(match), severity: match.topic.severity }));

function reasonsOf(matches: readonly Match[]): readonly string[] {
  const more = matches.length - MOST_TOPICS;
  return [
    ...matches
      .slice(0, MOST_TOPICS)
      .map((match) => (matches.length === 1 ? inText(match) : `${topicTitle(match)}: ${inText(match)}`)),
    ...(more > 0 ? [`and ${counted(more, 'more topic')}`] : []),
  ];
}

/** The matched words in quotation marks: asterisks are markup in many services. */
const inText = (match: Match): string =>
  whyInWords(match)
    .map(({ text, marked }) => (marked ? `“${text}”` : text))
    .join('');

function passageOf(passage: Passage, label: string): ChannelPassage {
  const parts = passageParts(passage);
  let text = '';
  const marks = parts.flatMap((part) => {
    const start = text.length;
    text += part.text;
    return part.marked ? [{ start, end: text.length }] : [];
  });
  return { label, text, marks };
}

function waitingLines(input: ChannelAlertInput): readonly string[] {
  const waiting = waitingOf(input);
  const more = waiting.length - MOST_WAITING;
  return [
    ...waiting
      .slice(0, MOST_WAITING)
      .map(({ title, source, news }) => `Also new: ${title} — ${source}${news === '' ? '' : ` (${news})`}`),
    ...(more > 0 ? [`and ${counted(more, 'more report')}`] : []),
  ];
}

// ---------------------------------------------------------------- for machines

/** What a webhook gets of a digest. */
interface DigestSent {
  readonly type: 'digest';
  /** The digest's id, the same for every repeat. */
  readonly id: string;
  readonly timestamp: string;
  readonly data: {
    readonly from: string;
    readonly until: string;
    /** `none`: too many single alerts came at once. */
    readonly period: string;
    /** The gravest first. */
    readonly stories: readonly {
      /** Null for a match from before there were stories. */
      readonly id: string | null;
      readonly severity: Severity;
      /** The subscriber was alerted to it before, and nothing in it is new. */
      readonly isRepeat: boolean;
      readonly reports: number;
      readonly topics: readonly string[];
      /** The match that leads. */
      readonly match: PublishedMatch;
    }[];
    readonly coverage: DigestMailInput['coverage'];
  };
}

const digestSent = (
  { digest }: Pick<ChannelDigestInput, 'digest'>,
  stories: readonly DigestStory[],
  coverage: DigestMailInput['coverage'],
): DigestSent => ({
  type: 'digest',
  id: digest.id,
  timestamp: digest.windowEnd,
  data: {
    from: digest.windowStart,
    until: digest.windowEnd,
    period: digest.period,
    stories: stories.map(({ reports, severity, isRepeat }) => {
      const [{ hit, matches }] = reports;
      return {
        id: hit?.story.id ?? null,
        severity,
        isRepeat,
        reports: reports.length,
        topics: [...new Set(reports.flatMap((report) => report.matches.map(({ topic }) => topic.id)))],
        match: showMatch(matches[0]),
      };
    }),
    coverage,
  },
});
