// The options for what a subscriber wants, and the fields of the API that they mean. An empty value brings the default back.

import { DIGEST_PERIODS, FOLLOW_LEVELS, WEEKDAYS } from '../../shared/model/alert-rules.ts';
import { SEVERITIES } from '../../shared/model/severity.ts';
import { STRENGTHS } from '../../shared/model/strength.ts';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import { invalidArguments, oneOf } from '../arguments.ts';

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

export const SETTING_OPTIONS = {
  digest: text,
  at: text,
  on: text,
  zone: text,
  quiet: text,
  'min-severity': text,
  strength: text,
  language: texts,
  'only-source': texts,
  'not-source': texts,
  follow: text,
  'when-empty': flag,
  'no-when-empty': flag,
} as const;

/** The same in the help, as the meaning of SETTINGS; lines. */
export const SETTINGS = [
  'SETTINGS: [--digest none|hourly|daily|weekly] [--at 08:00] [--on monday] [--zone Europe/Berlin] [--when-empty|--no-when-empty]',
  '          [--quiet 22:00-07:00|none] [--min-severity low|medium|high|critical] [--strength weak|fair|strong]',
  '          [--language en …] [--only-source HOST|TITLE …] [--not-source HOST|TITLE …] [--follow first|significant|all]',
] as const;

export interface SettingValues {
  readonly digest?: string;
  readonly at?: string;
  readonly on?: string;
  readonly zone?: string;
  readonly quiet?: string;
  readonly 'min-severity'?: string;
  readonly strength?: string;
  readonly language?: readonly string[];
  readonly 'only-source'?: readonly string[];
  readonly 'not-source'?: readonly string[];
  readonly follow?: string;
  readonly 'when-empty'?: boolean;
  readonly 'no-when-empty'?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of the settings that are given, as the API takes them. Throws InvalidInputError. */
export function settingsIn(values: SettingValues): Fields {
  const { at, on, zone, quiet, 'when-empty': whenEmpty, 'no-when-empty': notWhenEmpty } = values;
  if (whenEmpty && notWhenEmpty) throw invalidArguments('--when-empty and --no-when-empty contradict each other');
  return {
    ...rulesIn(values),
    ...field('digestAt', at, timeIn),
    ...field('digestDay', on, (day) => oneOf('--on', day.toLowerCase(), WEEKDAYS)),
    ...field('timeZone', zone),
    ...field('quietHours', quiet, quietHoursIn),
    ...(whenEmpty ? { whenEmpty: true } : notWhenEmpty ? { whenEmpty: false } : {}),
  };
}

const NOT_BY_TOPIC = ['at', 'on', 'zone', 'quiet', 'when-empty', 'no-when-empty'] as const;

/** The fields of those settings that may differ by topic. Throws InvalidInputError when another is given. */
export function topicRulesIn(topic: string, values: SettingValues): Fields {
  const other = NOT_BY_TOPIC.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw invalidArguments(`--${other} holds for the whole subscription, so it cannot go with --for`, [
      'what may differ by topic: --digest, --min-severity, --strength, --language, --only-source, --not-source, --follow',
    ]);
  return { topicRules: [{ topic, ...rulesIn(values) }] };
}

/** Says which options have no effect yet, as a line for stderr; empty when all have one. */
export function remarkOn({ at, on }: SettingValues, { digest, topicRules }: PublishedSubscription): string {
  const digests = [digest, ...topicRules.map((rules) => rules.digest)];
  if (at && !digests.includes('daily') && !digests.includes('weekly'))
    return '--at is the time of daily and weekly digests, and there is none; to get one: --digest daily\n';
  if (on && !digests.includes('weekly'))
    return '--on is the day of weekly digests, and there is none; to get one: --digest weekly\n';
  return '';
}

const rulesIn = (values: SettingValues): Fields => ({
  ...field('digest', values.digest, (digest) => oneOf('--digest', digest, DIGEST_PERIODS)),
  ...field('minSeverity', values['min-severity'], (severity) => oneOf('--min-severity', severity, SEVERITIES)),
  ...field('strength', values.strength, (strength) => oneOf('--strength', strength, STRENGTHS)),
  ...field('follow', values.follow, (level) => oneOf('--follow', level, FOLLOW_LEVELS)),
  ...list('languages', values.language),
  ...list('onlySources', values['only-source']),
  ...list('exceptSources', values['not-source']),
});

const field = (name: string, value: string | undefined, read: (value: string) => unknown = (same) => same): Fields =>
  value === undefined ? {} : { [name]: value === '' ? null : read(value) };

/** `--language ''` alone: the default. */
const list = (name: string, values: readonly string[] | undefined): Fields =>
  values === undefined ? {} : { [name]: values.every((value) => value === '') ? null : values };

/** `8:00` is `08:00`. */
const timeIn = (time: string): string => (/^\d:\d\d$/.test(time) ? `0${time}` : time);

function quietHoursIn(hours: string): Fields | null {
  if (hours.toLowerCase() === 'none') return null;
  const [from = '', until, ...more] = hours.split(/\s*[-–]\s*/);
  if (until === undefined || more.length > 0)
    throw invalidArguments(`--quiet: "${hours}" is not a stretch of hours; expected one such as 22:00-07:00, or none`);
  return { from: timeIn(from), until: timeIn(until) };
}
