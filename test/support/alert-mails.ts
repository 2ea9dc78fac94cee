// Mails as tests and drawings want them: of these matches, to the usual subscriber.
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import { type AlertMailInput, composeAlertMail } from '../../shared/alerts/alert-mail.ts';
import { composeDigestMail, type DigestMailInput } from '../../shared/alerts/digest-mail.ts';
import type { DigestStory } from '../../shared/alerts/digest-story.ts';
import type { Mail } from '../../shared/model/alert.ts';
import { gravest } from '../../shared/model/hit.ts';
import { deliveryIdOf } from '../../shared/model/ids.ts';
import type { Match, Passage } from '../../shared/model/match.ts';
import { type Story, withReport } from '../../shared/model/story.ts';
import { aDigest, aHit, aMatch, aSubscription } from './builders.ts';

export const MAIL_SETTINGS = {
  from: 'alerts@example.org',
  replyTo: null,
  maxPerSecond: null,
  timeZone: 'Europe/Berlin',
  confirm: true,
};
export const LINKS = alertLinksUnder('https://links.example.org');

/** The mail of one article's matches, the first of its story unless the change says otherwise. */
export function alertMailOf(matches: Match | readonly [Match, ...Match[]], change: Partial<AlertMailInput> = {}): Mail {
  const all: readonly [Match, ...Match[]] = 'id' in matches ? [matches] : matches;
  const subscription = change.subscription ?? aSubscription();
  return composeAlertMail({
    matches: all,
    others: [],
    story: null,
    update: null,
    threadId: null,
    subscription,
    deliveryId: deliveryIdOf(all[0].id, subscription.id),
    mail: MAIL_SETTINGS,
    links: LINKS,
    ...change,
  });
}

/** A digest of these stories. */
export const digestMailOf = (stories: readonly DigestStory[], change: Partial<DigestMailInput> = {}): Mail => {
  const cause = change.digest?.cause ?? 'asked';
  return composeDigestMail({
    digest: aDigest({ cause }),
    stories,
    subscription: aSubscription({ digest: cause === 'asked' ? 'hourly' : 'none' }),
    mail: MAIL_SETTINGS,
    links: LINKS,
    coverage: null,
    ...change,
  });
};

/** A story of these reports, each with the matches of one article. */
export function aDigestStory(
  reports: readonly [readonly [Match, ...Match[]], ...(readonly [Match, ...Match[]])[]],
  change: Partial<DigestStory> & { readonly news?: readonly string[] } = {},
): DigestStory {
  const { news = [], ...rest } = change;
  const [first, ...more] = reports;
  const place = { id: `story-of-${first[0].article.id}`, reason: 'because', texts: reports.length };
  const hitOf = (matches: readonly Match[], at: number) =>
    aHit(
      { story: at === 0 ? { ...place, kind: 'first', news: [] } : { ...place, kind: 'new', news: [...news] } },
      matches,
    );
  const reportOf = (matches: readonly [Match, ...Match[]], at: number) => ({
    hit: hitOf(matches, at),
    matches,
    deliveryIds: [],
  });
  return {
    story: null,
    reports: [reportOf(first, 0), ...more.map((each, at) => reportOf(each, at + 1))],
    isRepeat: false,
    severity: gravest(reports.flat().map(({ topic }) => topic.severity)),
    ...rest,
  };
}

/** A story that these outlets reported. */
export const aStoryIn = (match: Match, outlets: readonly string[]): Story =>
  outlets.reduce<Story | null>(
    (story, title) =>
      withReport(story, {
        hit: aHit({}, [match]),
        title: match.article.title,
        language: match.article.language,
        source: { feedId: `feed-${title}` as never, title, host: 'news.example.org' },
      }),
    null,
  ) as Story;

/** A passage that begins at `start` of its text, with each of the words highlighted where it first stands. */
export const passageOf = (text: string, words: readonly string[], change: Partial<Passage> = {}): Passage => {
  const start = change.start ?? 40;
  return {
    text,
    field: 'body',
    origin: 'feed',
    start,
    end: start + text.length,
    highlights: words.map((word) => [start + text.indexOf(word), start + text.indexOf(word) + word.length]),
    ...change,
  };
};

/** The match of a topic in an article of which only this is said. */
export function matchOf(about: {
  readonly topic: string;
  readonly severity?: Match['topic']['severity'];
  readonly title: string;
  readonly source?: string;
  readonly passages: readonly Passage[];
  readonly why?: string;
  readonly language?: string;
  readonly seen?: string;
}): Match {
  const { topic, severity = 'medium', title, source = 'Example News', passages, why, language = 'en', seen } = about;
  const match = aMatch({
    topicId: topic.toLowerCase().replaceAll(' ', '-'),
    articleId: `article-${title}-${source}`,
    ...(seen === undefined ? {} : { firstSeenAt: seen }),
  });
  return {
    ...match,
    topic: { ...match.topic, title: topic, severity },
    article: { ...match.article, title, language },
    sources: [{ ...match.sources[0]!, title: source }],
    passages: [...passages],
    ...(why === undefined ? {} : { why }),
  };
}
