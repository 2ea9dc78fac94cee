// What a change makes of a subscription's settings, and what is wrong with it. Pure: everything that is needed is given.
import { suggestionOf } from '../../core/nearest-names.ts';
import { DAY_MS } from '../../core/time.ts';
import type { AlertRules, Mute, QuietHours, TopicRules } from '../../model/alert-rules.ts';
import type { Channel } from '../../model/channels.ts';
import { defaultSubscriptionSettings } from '../../model/subscription.ts';
import {
  LONGEST_MUTE_DAYS,
  LONGEST_NAME,
  MOST_LANGUAGES,
  MOST_MUTES,
  MOST_SOURCES,
  type SettingsChange,
  type SubscriptionSettings,
  settingsOf,
  type TopicRulesChange,
  unexpired,
} from '../../model/subscription-settings.ts';
import type { TopicEntry } from '../../model/topic.ts';
import { quoteForeign } from '../../net/display-url.ts';
import { isLanguage, languageCodeOf, languageWanted } from '../../text/language-codes.ts';
import { minutesOf } from '../../text/local-time.ts';
import { isTimeZone } from '../../text/zoned-time.ts';
import { EVERY_TOPIC, problemsOfTopics, whichOf } from './named-topics.ts';

/** The settings after the change, for a subscription that then has these topics. Rules of other topics and mutes that are over are left out. */
export function changedSettings(
  before: SubscriptionSettings,
  change: SettingsChange,
  topics: readonly string[],
  now: Date,
): SubscriptionSettings {
  const { topicRules, ...simple } = change;
  const named = Object.fromEntries(
    Object.entries(simple)
      .filter(([name, value]) => value !== undefined && Object.hasOwn(defaultSubscriptionSettings, name))
      .map(([name, value]) => [name, value ?? defaultSubscriptionSettings[name as keyof SubscriptionSettings]]),
  ) as Partial<SubscriptionSettings>;
  return {
    ...settingsOf(before),
    ...tidyLists(named),
    topicRules: changedRules(before.topicRules, topicRules, topics),
    mutes: unexpired(before.mutes, now),
  };
}

const LISTS = ['languages', 'onlySources', 'exceptSources'] as const;

/** Without repetitions; languages as articles have them: an alert of an article in `pt` is wanted by who asked for `pt-BR`. */
function tidyLists<Rules extends Partial<AlertRules>>(rules: Rules): Rules {
  const tidy = (name: (typeof LISTS)[number], entry: string): string =>
    name === 'languages' ? languageCodeOf(entry) : entry.trim();
  const lists = LISTS.flatMap((name) => {
    const list = rules[name];
    return list === undefined ? [] : [[name, [...new Set(list.map((entry) => tidy(name, entry)))]]];
  });
  return { ...rules, ...Object.fromEntries(lists) };
}

function changedRules(
  before: readonly TopicRules[],
  changes: readonly TopicRulesChange[] | null | undefined,
  topics: readonly string[],
): readonly TopicRules[] {
  const byTopic = new Map<string, TopicRules>((changes === null ? [] : before).map((rules) => [rules.topic, rules]));
  for (const { topic, ...change } of changes ?? [])
    byTopic.set(topic, tidyLists(withoutNulls({ ...byTopic.get(topic), ...onlyNamed(change), topic })));
  return [...byTopic.values()]
    .filter((rules) => Object.keys(rules).length > 1 && isSubscribed(rules.topic, topics))
    .sort((left, right) => (left.topic < right.topic ? -1 : 1));
}

const onlyNamed = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const withoutNulls = (rules: TopicRulesChange): TopicRules =>
  Object.fromEntries(Object.entries(rules).filter(([, each]) => each !== null)) as TopicRules;

const isSubscribed = (topic: string, topics: readonly string[]): boolean =>
  topics.includes(EVERY_TOPIC) || topics.includes(topic);

// ---------------------------------------------------------------- problems

interface Subject {
  readonly channel: Channel;
  /** After the change. */
  readonly topics: readonly string[];
  /** Every topic there is or was. */
  readonly entries: readonly TopicEntry[];
}

/** Every problem of the change, one line each: the field, what it has, what is allowed. */
export function problemsOfSettings(change: SettingsChange, subject: Subject): readonly string[] {
  if (subject.channel === 'sns-email') return problemsForSns(change);
  const { digestAt, timeZone, quietHours, topicRules } = change;
  return [
    ...(digestAt == null ? [] : problemsOfTime('digestAt', digestAt)),
    ...(timeZone == null ? [] : problemsOfZone(timeZone)),
    ...(quietHours == null ? [] : problemsOfQuietHours(quietHours)),
    ...problemsOfRules(change),
    ...(topicRules ?? []).flatMap((rules) => problemsOfTopicRules(rules, subject)),
  ];
}

/** The number of sources and languages is bounded in the subscription as a whole. */
export function problemsOfSize(settings: SubscriptionSettings): readonly string[] {
  const all = [settings, ...settings.topicRules];
  const sources = all.flatMap(({ onlySources = [], exceptSources = [] }) => [...onlySources, ...exceptSources]);
  const languages = all.flatMap((rules) => rules.languages ?? []);
  return [
    ...(sources.length > MOST_SOURCES
      ? [
          `onlySources: a subscription can name at most ${MOST_SOURCES} sources, and this one would name ${sources.length}`,
        ]
      : []),
    ...(languages.length > MOST_LANGUAGES
      ? [
          `languages: a subscription can name at most ${MOST_LANGUAGES} languages, and this one would name ${languages.length}`,
        ]
      : []),
  ];
}

function problemsForSns(change: SettingsChange): readonly string[] {
  return Object.entries(change)
    .filter(([name, value]) => Object.hasOwn(defaultSubscriptionSettings, name) && !isDefault(name, value))
    .map(([name]) =>
      name === 'digest'
        ? 'digest: SNS sends each alert separately; use the channel email for digests'
        : `${name}: SNS sends these mails, and can choose by topic only; use the channel email`,
    );
}

const isDefault = (name: string, value: unknown): boolean =>
  value == null ||
  JSON.stringify(value) === JSON.stringify(defaultSubscriptionSettings[name as keyof SubscriptionSettings]);

const problemsOfTime = (field: string, time: string): readonly string[] =>
  minutesOf(time) === null
    ? [`${field}: ${quoteForeign(time)} is not a time of day; expected HH:MM, from 00:00 to 23:59`]
    : [];

function problemsOfZone(zone: string): readonly string[] {
  if (isTimeZone(zone)) return [];
  const meant = suggestionOf(zone, Intl.supportedValuesOf('timeZone'));
  return [
    `timeZone: ${quoteForeign(zone)} is not a time zone; expected a name of the IANA database such as UTC or Europe/Berlin.${meant}`,
  ];
}

function problemsOfQuietHours({ from, until }: QuietHours): readonly string[] {
  const times = [...problemsOfTime('quietHours', from), ...problemsOfTime('quietHours', until)];
  return times.length === 0 && from === until
    ? [`quietHours: they begin and end at ${from}; expected two different times, or null for none`]
    : times;
}

/** `field`: where the rules are; empty for those of the subscription itself. */
function problemsOfRules(
  { languages, onlySources, exceptSources }: Omit<TopicRulesChange, 'topic'>,
  field = '',
): readonly string[] {
  const placed = (name: string): string => (field === '' ? name : `${field}, ${name}`);
  return [
    ...(languages ?? [])
      .filter((language) => !isLanguage(language.trim()))
      .map((each) => `${placed('languages')}: got ${quoteForeign(each)}; expected ${languageWanted(each)}`),
    ...problemsOfSources(placed('onlySources'), onlySources ?? []),
    ...problemsOfSources(placed('exceptSources'), exceptSources ?? []),
  ];
}

const problemsOfSources = (field: string, sources: readonly string[]): readonly string[] =>
  sources.flatMap((source) => {
    if (source.trim() === '') return [`${field}: a source is empty; expected a host, or a part of a feed's title`];
    return source.length > LONGEST_NAME
      ? [`${field}: ${quoteForeign(source, 40)} has ${source.length} characters; expected at most ${LONGEST_NAME}`]
      : [];
  });

function problemsOfTopicRules(rules: TopicRulesChange, { topics, entries }: Subject): readonly string[] {
  return [
    ...problemsOfTopic('topicRules', rules.topic, topics, entries),
    ...problemsOfRules(rules, `topicRules, ${quoteForeign(rules.topic)}`),
  ];
}

function problemsOfTopic(
  field: string,
  topic: string,
  topics: readonly string[],
  entries: readonly TopicEntry[],
): readonly string[] {
  if (topics.includes(EVERY_TOPIC))
    return topic === EVERY_TOPIC
      ? [`${field}: "*" is not a single topic; change the settings of the subscription itself`]
      : entries.some(({ id }) => id === topic)
        ? []
        : problemsOfTopics([topic], entries, field);
  return topics.includes(topic)
    ? []
    : [`${field}: ${quoteForeign(topic)} is not among the topics of this subscription.${whichOf(topic, topics)}`];
}

// ---------------------------------------------------------------- mutes

/** What is wrong with a mute, given those that are in force without it. */
export function problemsOfMute(
  { kind, value, until }: Mute,
  others: readonly Mute[],
  now: Date,
  { channel, topics, entries }: Subject,
): readonly string[] {
  if (channel === 'sns-email') return ['kind: SNS sends these mails, so nothing can be muted; use the channel email'];
  const longest = new Date(now.getTime() + LONGEST_MUTE_DAYS * DAY_MS);
  const end = Date.parse(until);
  return [
    ...(value.trim() === '' ? [`value: it is empty; expected the ${kind} to mute`] : []),
    ...(value.length > LONGEST_NAME
      ? [`value: it has ${value.length} characters; expected at most ${LONGEST_NAME}`]
      : []),
    ...(kind === 'topic' ? problemsOfTopic('value', value, topics, entries) : []),
    ...(Number.isNaN(end)
      ? [`until: ${quoteForeign(until)} is not an instant; expected one such as 2026-11-30T08:00:00Z`]
      : []),
    ...(end <= now.getTime() ? [`until: ${until} is over; expected a later time than now, ${now.toISOString()}`] : []),
    ...(end > longest.getTime()
      ? [
          `until: ${until} is too far away; expected ${longest.toISOString()} at the latest. To stop alerts of a topic for good, drop the topic`,
        ]
      : []),
    ...(others.length >= MOST_MUTES
      ? [`value: ${MOST_MUTES} mutes are in force, and more are not possible; end one first, or use narrower topics`]
      : []),
  ];
}
