// Whether, how and when a subscriber is alerted to a hit. Pure: what is stored is given, the clock too.
import { HOUR_MS } from '../core/time.ts';
import type { AlertRules, DigestPeriod, FollowLevel } from '../model/alert-rules.ts';
import { DIGEST_PERIODS, FOLLOW_LEVELS } from '../model/alert-rules.ts';
import { because, NOTHING_NEW, type Reason } from '../model/delivery-reason.ts';
import { gravest, type Hit } from '../model/hit.ts';
import type { Match } from '../model/match.ts';
import { folded, isFromSource } from '../model/match-filter.ts';
import { type Severity, severityRank } from '../model/severity.ts';
import type { StoryReader } from '../model/story.ts';
import { isAtLeast } from '../model/strength.ts';
import type { Delivery, Subscription } from '../model/subscription.ts';

/** Updates of one story come no closer, unless a graver topic holds. */
export const UPDATE_EVERY_MS = 4 * HOUR_MS;
/** So many independent texts confirm a story. */
const CONFIRMING_TEXTS = 3;

/** The matches of a hit that a subscriber wants, the gravest topic first; without any, why none is wanted. */
export type Wanted =
  | { readonly matches: readonly [Match, ...Match[]]; readonly why: null }
  | { readonly matches: readonly []; readonly why: Reason };

export function wantedOf(
  subscription: Subscription,
  matches: readonly Match[],
  storyId: string | null,
  now: Date,
): Wanted {
  const reasons = matches.map((match) => whyUnwanted(subscription, match, storyId, now));
  const [first, ...rest] = matches
    .filter((_, at) => reasons[at] === null)
    .sort(
      ({ topic: a }, { topic: b }) =>
        severityRank(b.severity) - severityRank(a.severity) || (a.title < b.title ? -1 : 1),
    );
  if (first === undefined) return { matches: [], why: together(reasons.filter((reason) => reason !== null)) };
  return { matches: [first, ...rest], why: null };
}

/** The code of the first, the words of all. Topics that the subscriber does not follow explain nothing where another one holds. */
function together(reasons: readonly Reason[]): Reason {
  const telling = reasons.filter(({ reasonCode }) => reasonCode !== 'topic');
  const [first, ...others] = telling.length > 0 ? telling : reasons;
  if (first === undefined) return because('not_stored', 'no topic holds any more');
  const words = new Set([first, ...others].map(({ reason }) => reason));
  return because(first.reasonCode, [...words].join('; '));
}

/** Null when the subscriber wants alerts of this match now. */
export function whyUnwanted(
  subscription: Subscription,
  match: Match,
  storyId: string | null,
  now: Date,
): Reason | null {
  const ended = whyNothing(subscription);
  if (ended !== null) return ended;
  const { topics } = subscription;
  if (!topics.includes(match.topic.id) && !topics.includes('*'))
    return because('topic', 'unsubscribed from this topic');
  const muted = mutedBy(subscription, match, storyId, now);
  if (muted !== null) return muted;
  const { minSeverity, strength, languages, onlySources, exceptSources } = rulesFor(subscription, match.topic.id);
  if (severityRank(match.topic.severity) < severityRank(minSeverity))
    return because('severity', `less severe than ${minSeverity}`);
  if (!isAtLeast(match.strength, strength))
    return because(
      'strength',
      `${match.strength}, and only ${strength === 'strong' ? '' : 'fair and '}strong matches are wanted`,
    );
  if (languages.length > 0 && !mayBeIn(match.article.language, languages))
    return because('language', `not in ${languages.join(', ')}`);
  if (onlySources.length > 0 && !onlySources.some((source) => isFromSource(match.sources, source)))
    return because('source', 'from none of the sources wanted');
  return isOnlyFrom(match, exceptSources) ? because('source', 'from a source not wanted') : null;
}

/** Why a subscription gets nothing at all; null for an active one. */
function whyNothing({ state, stateReason }: Subscription): Reason | null {
  switch (state) {
    case 'active':
      return null;
    case 'unconfirmed':
      return because('unconfirmed', 'not confirmed yet');
    case 'unsubscribed':
      return because('unsubscribed', 'unsubscribed');
    case 'suppressed':
      return because('suppressed');
    case 'disabled':
      return because('disabled', stateReason ?? undefined);
  }
}

/** An article that other sources carry, too, is wanted for their sake. */
const isOnlyFrom = ({ sources }: Match, unwanted: readonly string[]): boolean =>
  sources.length > 0 && sources.every((source) => unwanted.some((each) => isFromSource([source], each)));

/** `sh`: Croatian, Bosnian or Serbian in Latin letters, if nothing states which (see `Article.language`). */
const MAY_BE: Readonly<Record<string, readonly string[]>> = { sh: ['hr', 'bs', 'sr'] };

/** An article whose language is not known may be in any: nothing is left out because of a guess. */
function mayBeIn(language: string, wanted: readonly string[]): boolean {
  if (language === 'und' || language === '') return true;
  const known = wanted.map(folded);
  return [language, ...(MAY_BE[language] ?? [])].some((each) => known.includes(folded(each)));
}

function mutedBy({ mutes }: Subscription, match: Match, storyId: string | null, now: Date): Reason | null {
  const mute = mutes.find(({ kind, value, until }) => {
    if (Date.parse(until) <= now.getTime()) return false;
    if (kind === 'topic') return match.topic.id === value;
    if (kind === 'story') return storyId === value;
    return isOnlyFrom(match, [value]);
  });
  return mute === undefined ? null : because('muted', `the ${mute.kind} is muted until ${mute.until}`);
}

/** The subscription's rules with what differs for the topic. */
export function rulesFor(subscription: Subscription, topic: string): AlertRules & { readonly digest: DigestPeriod } {
  const { minSeverity, strength, languages, onlySources, exceptSources, follow, digest, topicRules } = subscription;
  const own = topicRules.find((rules) => rules.topic === topic);
  return {
    minSeverity: own?.minSeverity ?? minSeverity,
    strength: own?.strength ?? strength,
    languages: own?.languages ?? languages,
    onlySources: own?.onlySources ?? onlySources,
    exceptSources: own?.exceptSources ?? exceptSources,
    follow: own?.follow ?? follow,
    digest: own?.digest ?? digest,
  };
}

/** `none` where one of the topics is alerted singly; else the digest that comes first. */
export const digestFor = (subscription: Subscription, matches: readonly Match[]): DigestPeriod =>
  DIGEST_PERIODS.find((period) => matches.some(({ topic }) => rulesFor(subscription, topic.id).digest === period)) ??
  'none';

export const severityOf = (matches: readonly Match[]): Severity => gravest(matches.map(({ topic }) => topic.severity));

// ---------------------------------------------------------------- stories

/** `update`: below an earlier alert of the story. `merge`: the earlier alert speaks for it. `hold`: for an update, not before `until`. */
export type StoryDecision =
  | { readonly kind: 'alert' }
  | { readonly kind: 'update' }
  | { readonly kind: 'merge'; readonly why: Reason }
  | { readonly kind: 'hold'; readonly until: Date; readonly why: Reason };

/** A hit as one reader of its story sees it. */
export interface Reading {
  readonly hit: Pick<Hit, 'story'>;
  /** What the reader wants of it. */
  readonly matches: readonly Match[];
  readonly subscription: Subscription;
  readonly reader: StoryReader;
}

/** What of the hit is new to a reader. Only what brings nothing, or what the reader did not ask for, may be left out. */
export function decideStory(
  input: Reading & { readonly delivery: Pick<Delivery, 'id' | 'createdAt'>; readonly now: Date },
): StoryDecision {
  const { reader, delivery, now } = input;
  if (reader.alertedAt === null) return { kind: 'alert' };
  if (reader.spokeFor.includes(delivery.id))
    return { kind: 'merge', why: because('spoken_for', 'a later alert of its story speaks for it') };
  const repeat = whyRepeat(input);
  if (repeat !== null) return { kind: 'merge', why: repeat };
  const until = nextUpdateAt(reader, delivery, now);
  return isUrgent(input) || now >= until
    ? { kind: 'update' }
    : { kind: 'hold', until, why: because('update_gap', 'updates of a story come at least 4 hours apart') };
}

/** Why the hit brings the reader nothing; null when it does, or when the reader was not alerted to its story. */
export function whyRepeat(reading: Reading): Reason | null {
  const { hit, reader } = reading;
  if (reader.alertedAt === null || namesNewTopic(reading)) return null;
  const follow = followOf(reading);
  if (follow === 'all') return null;
  if (follow === 'first')
    return because('first_only', 'the story was alerted before, and only its first report is wanted');
  return isGraver(reading) || isSignificant(hit) ? null : repeatReason(hit);
}

/** An update that waits for nothing. */
const isUrgent = (reading: Reading): boolean =>
  namesNewTopic(reading) || isGraver(reading) || followOf(reading) === 'all';

const namesNewTopic = ({ matches, reader }: Reading): boolean =>
  matches.some(({ topic }) => !reader.topics.includes(topic.id));

const isGraver = ({ matches, reader }: Reading): boolean =>
  reader.severity !== null && severityRank(severityOf(matches)) > severityRank(reader.severity);

/** Of all its topics the one that is followed most. */
const followOf = ({ matches, subscription }: Reading): FollowLevel =>
  FOLLOW_LEVELS.findLast((level) => matches.some(({ topic }) => rulesFor(subscription, topic.id).follow === level)) ??
  'significant';

/**
 * Four hours after the last single alert. Digests may go on reporting the story while a report waits, and a clock that ran ahead may have dated an
 * alert months from now: then the wait ends four hours after it began all the same.
 */
function nextUpdateAt(
  { subscriptionId, alertedAt, alertedBy, held }: StoryReader,
  { id, createdAt }: Pick<Delivery, 'id' | 'createdAt'>,
  now: Date,
): Date {
  const last = Date.parse(alertedAt ?? '');
  // A digest's id begins with its subscription, a delivery's with its article.
  const isByDigest = alertedBy?.startsWith(`${subscriptionId}.`) === true;
  const isWaiting = held.includes(id) && (isByDigest || last > now.getTime());
  const waits = [last, now.getTime(), ...(isWaiting ? [Date.parse(createdAt)] : [])];
  return new Date(Math.min(...waits) + UPDATE_EVERY_MS);
}

/** Whether it brings something that its story did not have. */
const isSignificant = ({ story: { kind, texts } }: Pick<Hit, 'story'>): boolean =>
  kind === 'new' || (kind === 'same' && texts === CONFIRMING_TEXTS);

const repeatReason = ({ story: { kind } }: Pick<Hit, 'story'>): Reason =>
  kind === 'copy' ? because('copy', 'a copy of a report in a story that was alerted before') : NOTHING_NEW;

/** What an update says is new, in words. */
export const newsOf = ({ story: { kind, news, texts } }: Pick<Hit, 'story'>): readonly string[] =>
  kind === 'same' && texts === CONFIRMING_TEXTS ? ['a third independent report'] : news;
