// What a subscriber receives and when, in plain sentences: for the command line and the pages of mails.
import { counted } from '../core/counted.ts';
import type { AlertRules, Mute, TopicRules } from '../model/alert-rules.ts';
import { defaultSubscriptionSettings, type PublishedSubscription } from '../model/subscription.ts';
import { unexpired } from '../model/subscription-settings.ts';
import { languageName } from './wording.ts';

type Described = Omit<PublishedSubscription, 'createdAt' | 'updatedAt'>;

/** Every setting, a sentence each. `time` writes an instant. Mutes that are over at `now` are left out. */
export function settingsInWords(
  subscription: Described,
  now: Date,
  time: (instant: string) => string,
): readonly string[] {
  if (subscription.channel === 'sns-email')
    return ['Amazon SNS mails each alert at once; only the topics can be chosen.'];
  return [
    FOLLOWED[subscription.follow],
    digestSentence(subscription),
    quietSentence(subscription),
    ...rulesSentences(subscription),
    ...subscription.topicRules.map((rules) => `For ${rules.topic}: ${topicRulesInWords(rules)}.`),
    ...unexpired(subscription.mutes, now).map((mute) => `No alerts ${mutedInWords(mute)} until ${time(mute.until)}.`),
  ];
}

/** Only what differs from what a newcomer gets, in a few words; empty when nothing does. */
export function differencesInWords(subscription: Described, now: Date): string {
  const { digest, quietHours, topicRules, mutes, ...rules } = subscription;
  const muted = unexpired(mutes, now).length;
  return [
    ...(digest === 'none' ? [] : [digestInWords(subscription)]),
    ...rulesInWords(changedRules(rules)),
    ...(quietHours === null ? [] : [`quiet ${quietHours.from}-${quietHours.until}`]),
    ...(topicRules.length === 0 ? [] : [`${counted(topicRules.length, 'topic')} with other rules`]),
    ...(muted === 0 ? [] : [counted(muted, 'mute')]),
  ].join('; ');
}

/** `of the topic "bridges"`, as in "no alerts of the topic …". */
export const mutedInWords = ({ kind, value }: Pick<Mute, 'kind' | 'value'>): string =>
  `${kind === 'source' ? 'from' : 'of'} the ${kind} "${value}"`;

const FOLLOWED: Readonly<Record<AlertRules['follow'], string>> = {
  first: 'One alert per event: its first report, and no updates.',
  significant:
    'At most one alert per event; updates when there is something new, at least 4 hours apart unless it becomes more severe.',
  all: 'Every report of an event: the first as an alert, the others as updates.',
};

const zoneInWords = ({ timeZone }: Described): string => timeZone ?? 'the time zone of mails';

function digestSentence(subscription: Described): string {
  if (subscription.digest === 'none') return 'Each alert is sent at once.';
  const empty = subscription.whenEmpty
    ? 'sent even when there is nothing to report'
    : 'none when there is nothing to report';
  const zone = subscription.digest === 'hourly' ? '' : ` (${zoneInWords(subscription)})`;
  return `Alerts are gathered: ${digestInWords(subscription)}${zone}; ${empty}.`;
}

function digestInWords({ digest, digestAt, digestDay }: Described): string {
  if (digest === 'daily') return `daily digest at ${digestAt}`;
  return digest === 'weekly' ? `weekly digest on ${capitalised(digestDay)} at ${digestAt}` : `${digest} digest`;
}

function quietSentence(subscription: Described): string {
  const { quietHours } = subscription;
  if (quietHours === null) return 'No quiet hours.';
  return `Quiet from ${quietHours.from} to ${quietHours.until} (${zoneInWords(subscription)}): alerts wait until then, except those of critical topics.`;
}

function rulesSentences({
  minSeverity,
  strength,
  languages,
  onlySources,
  exceptSources,
}: Described): readonly string[] {
  const parts = rulesInWords({
    ...(minSeverity === 'low' ? {} : { minSeverity }),
    ...(strength === 'fair' ? {} : { strength }),
    ...(languages.length === 0 ? {} : { languages }),
    ...(onlySources.length === 0 ? {} : { onlySources }),
    ...(exceptSources.length === 0 ? {} : { exceptSources }),
  });
  return [
    parts.length === 0
      ? 'Topics of every severity, in every language, from every source.'
      : `${capitalised(parts.join('; '))}.`,
  ];
}

function topicRulesInWords({ topic: _, digest, ...rules }: TopicRules): string {
  const sent = digest === undefined ? [] : [digest === 'none' ? 'each alert at once' : `in the ${digest} digest`];
  return [...sent, ...rulesInWords(rules)].join('; ');
}

/** The rules that are given. */
function rulesInWords({ minSeverity, strength, languages, onlySources, exceptSources, follow }: Partial<AlertRules>) {
  return [
    ...(minSeverity === undefined ? [] : [SEVERE[minSeverity]]),
    ...(strength === undefined ? [] : [WANTED[strength]]),
    ...(languages === undefined
      ? []
      : [languages.length === 0 ? 'in every language' : `only in ${languages.map(languageName).join(', ')}`]),
    ...(onlySources === undefined
      ? []
      : [onlySources.length === 0 ? 'from every source' : `only from ${onlySources.join(', ')}`]),
    ...(exceptSources === undefined
      ? []
      : [exceptSources.length === 0 ? 'no source left out' : `not from ${exceptSources.join(', ')}`]),
    ...(follow === undefined ? [] : [FOLLOWED_BRIEFLY[follow]]),
  ];
}

const FOLLOWED_BRIEFLY: Readonly<Record<AlertRules['follow'], string>> = {
  first: 'only first reports',
  significant: 'updates when there is something new',
  all: 'every report',
};

const SEVERE: Readonly<Record<AlertRules['minSeverity'], string>> = {
  low: 'of every severity',
  medium: 'only medium or more severe',
  high: 'only high or critical',
  critical: 'only critical',
};

const WANTED: Readonly<Record<AlertRules['strength'], string>> = {
  weak: 'also articles that mention a topic in passing',
  fair: 'not where a topic is mentioned in passing',
  strong: 'only articles that are clearly about a topic',
};

/** The rules of a subscription that are not the default. */
const changedRules = (rules: AlertRules): Partial<AlertRules> =>
  Object.fromEntries(
    (['minSeverity', 'strength', 'languages', 'onlySources', 'exceptSources', 'follow'] as const)
      .filter((name) => JSON.stringify(rules[name]) !== JSON.stringify(defaultSubscriptionSettings[name]))
      .map((name) => [name, rules[name]]),
  );

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
