// The one door for settings: config/tocsin.yaml (as parsed YAML) and the few environment variables that override it.
// `parseSettings` reports all problems together; below the entry points, values arrive as arguments.

import * as z from 'zod/mini';
import { InvalidInputError } from '../core/errors.ts';
import { nearestNames } from '../core/nearest-names.ts';
import { DAY_MINUTES } from '../core/time.ts';
import { parseAllowedHosts } from '../net/target-rules.ts';
import { DEFAULT_LIMITS, DEFAULT_STEPS_PER_ARTICLE } from '../query/limits.ts';
import { isTimeZone } from '../text/zoned-time.ts';
import type { Immutable } from './schema.ts';

/** What a value is quoted with at most in a problem. */
const LONGEST_QUOTE = 60;
/** CloudWatch Logs takes no other periods. Source: PutRetentionPolicy in its API reference. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Of the settings' file. A later one renames or moves settings; a file without `version` has version 1. */
const SETTINGS_VERSION = 1;

/**
 * `raw` is the parsed YAML; null or undefined (an empty file) gives the defaults, and so does a section without lines.
 * `env.TOCSIN_ALLOW_HOSTS` (pairs separated by commas) takes the place of `fetch.allowHosts`.
 * Throws InvalidInputError `invalid_settings` with every problem: path, what was got, what is allowed, the nearest known name.
 */
export function parseSettings(raw: unknown, env: { readonly TOCSIN_ALLOW_HOSTS?: string } = {}): Settings {
  const written = withoutEmptySections(raw ?? {});
  // Names of a newer version would be reported as unknown.
  const newer = newerVersionIn(written);
  if (newer !== null) throw refuse([newer]);
  const parsed = SCHEMA.safeParse(written);
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, written));
  const fromEnvironment = env.TOCSIN_ALLOW_HOSTS === undefined ? null : splitHosts(env.TOCSIN_ALLOW_HOSTS);
  if (fromEnvironment !== null) problems.push(...hostProblems('TOCSIN_ALLOW_HOSTS', fromEnvironment));
  if (!parsed.success) throw refuse(problems);
  const inFile = withoutVersion(parsed.data);
  const settings: Settings = fromEnvironment === null ? inFile : { ...inFile, fetch: { allowHosts: fromEnvironment } };
  if (fromEnvironment === null) problems.push(...hostProblems('fetch.allowHosts', settings.fetch.allowHosts));
  for (const rule of RULES) problems.push(...rule(settings));
  if (problems.length > 0) throw refuse(problems);
  return settings;
}

// ---------------------------------------------------------------- the schema: shape, type and range of each value

/** The words are those of each of its checks, too. */
const wholeNumber = (least: number, most: number, unit: string) =>
  z.int(`a whole number of ${unit} from ${least} to ${most}`).check(z.gte(least), z.lte(most));

const ADDRESS = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+\.[^\s@<>()",;:\\.]+$/;
const ADDRESS_WANTED = 'an e-mail address such as news@example.org';
/** `Tocsin <news@example.org>` is how senders are usually written. */
const SENDER = /^(?:[^<>"\r\n]*<([^<>]+)>|[^<>]+)$/;

const address = z.string(ADDRESS_WANTED).check(z.regex(ADDRESS, ADDRESS_WANTED));
const sender = z
  .string(ADDRESS_WANTED)
  .check(z.refine((text) => ADDRESS.test((SENDER.exec(text)?.[1] ?? text).trim()), ADDRESS_WANTED));

const CONTACT_WANTED = 'an address for publishers: https://… or mailto:…';
const contact = z
  .string(CONTACT_WANTED)
  .check(z.refine((text) => text === '' || /^(?:https?:\/\/|mailto:)\S+$/i.test(text), CONTACT_WANTED));

const TIME_ZONE_WANTED = 'a time zone of the IANA database such as UTC or Europe/Berlin';
const timeZone = z.string(TIME_ZONE_WANTED).check(z.refine(isTimeZone, TIME_ZONE_WANTED));

const LOG_DAYS_WANTED = `one of ${LOG_RETENTION_DAYS.join(', ')} (days)`;

/** Three queues with two readers each, the least that SQS allows; both schedules, the stream and the API beside them. */
const LEAST_AT_ONCE = 10;
const AT_ONCE_WANTED = `a whole number from ${LEAST_AT_ONCE} to 1000: each of the three queues has two readers at least, and the two schedules, the stream and the API need one each`;

const HOSTS_WANTED = 'a list of HOST:PORT pairs';

const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.prefault(z.strictObject(shape, 'a section with settings of its own'), {} as never);
const or = <Schema extends z.ZodMiniType>(schema: Schema, value: z.core.output<Schema>) =>
  z._default(schema, value as never);

const VERSION_WANTED = `${SETTINGS_VERSION}, the version of this file's format`;
const limits = DEFAULT_LIMITS;

/** Each setting with what is allowed and its default: the type, the checks and the names that are known follow from here. */
const SHAPE = {
  version: or(z.literal(SETTINGS_VERSION, VERSION_WANTED), SETTINGS_VERSION),
  /** URL or mailto address publishers may turn to; part of the User-Agent. Empty: the User-Agent names the product only. */
  contact: or(contact, ''),
  poll: section({
    /** Floor and default of the interval, minutes. */
    everyMinutes: or(wholeNumber(1, DAY_MINUTES, 'minutes'), 5),
    /** Slowest adaptive interval, minutes. */
    slowestMinutes: or(wholeNumber(1, DAY_MINUTES, 'minutes'), 360),
    /** Feeds polled at once by one function. */
    concurrency: or(wholeNumber(1, 100, 'feeds'), 13),
  }),
  fetch: section({
    /** Exactly these HOST:PORT pairs may be private or use another port. */
    allowHosts: or(z.array(z.string(HOSTS_WANTED), HOSTS_WANTED), []),
  }),
  retention: section({
    matchDays: or(wholeNumber(1, 3650, 'days'), 365),
    deliveryDays: or(wholeNumber(1, 3650, 'days'), 90),
  }),
  alerts: section({
    /** Items older than this at a feed's first poll are stored and send no alert. */
    firstPollMaxAgeHours: or(wholeNumber(0, 8760, 'hours'), 24),
    /** Items whose own date is already older than this when they first appear are stored and send no alert. */
    maxAgeDays: or(wholeNumber(1, 36_500, 'days'), 30),
    /** Single alerts to one subscriber in ten minutes; what is over comes as one digest. */
    maxSinglePerTenMinutes: or(wholeNumber(1, 1000, 'alerts'), 20),
  }),
  /** What one topic may cost; what each limit bounds: shared/query/limits.ts. */
  topics: section({
    expressionChars: or(wholeNumber(100, 100_000, 'characters'), limits.expressionChars),
    terms: or(wholeNumber(10, 10_000, 'terms'), limits.terms),
    termsWarning: or(wholeNumber(10, 10_000, 'terms'), limits.termsWarning),
    depth: or(wholeNumber(1, 100, 'levels'), limits.depth),
    setDepth: or(wholeNumber(1, 20, 'levels'), limits.setDepth),
    near: or(wholeNumber(1, 1_000, 'words'), limits.near),
    nearWarning: or(wholeNumber(1, 1_000, 'words'), limits.nearWarning),
    nearParts: or(wholeNumber(2, 8, 'sides'), limits.nearParts),
    atLeast: or(wholeNumber(1, 1_000, 'times'), limits.atLeast),
    leadingWildcards: or(wholeNumber(0, 1_000, 'words'), limits.leadingWildcards),
    wildcardLetters: or(wholeNumber(1, 20, 'letters'), limits.wildcardLetters),
    leadingWildcardLetters: or(wholeNumber(1, 20, 'letters'), limits.leadingWildcardLetters),
    wildcardSyllables: or(wholeNumber(1, 20, 'syllables'), limits.wildcardSyllables),
    /** Steps of one topic on one article; it is given up on that article beyond them. */
    stepsPerArticle: or(wholeNumber(1_000, 100_000_000, 'steps'), DEFAULT_STEPS_PER_ARTICLE),
  }),
  mail: section({
    /** Verified sender; null on AWS means that only SNS e-mail is offered. */
    from: or(z.nullable(sender), null),
    replyTo: or(z.nullable(sender), null),
    /** Mails a second at most; null for as many as the provider takes. */
    maxPerSecond: or(z.nullable(wholeNumber(1, 1_000, 'mails')), null),
    /** IANA zone in which mails show times. */
    timeZone: or(timeZone, 'UTC'),
    /** Whether a new address is asked, and gets nothing else before it agrees. Nobody is asked while mails stay on one machine. */
    confirm: or(z.boolean('true or false'), true),
  }),
  aws: section({
    deletionProtection: or(z.boolean('true or false'), true),
    logRetentionDays: or(
      z.number(LOG_DAYS_WANTED).check(z.refine((days) => LOG_RETENTION_DAYS.includes(days), LOG_DAYS_WANTED)),
      14,
    ),
    /** Functions that may run at once. A new account is allowed 10; the rest of the account needs some of what it is allowed. */
    concurrency: or(z.int(AT_ONCE_WANTED).check(z.gte(LEAST_AT_ONCE), z.lte(1000)), LEAST_AT_ONCE),
    /** Address that receives alarms through the operations topic; null for none. */
    operationsEmail: or(z.nullable(address), null),
  }),
};

const SCHEMA = z.strictObject(SHAPE, 'sections such as poll, alerts and mail');

export type Settings = Immutable<Omit<z.infer<typeof SCHEMA>, 'version'>>;

const withoutVersion = ({ version: _, ...settings }: z.infer<typeof SCHEMA>): Settings => settings;

export const defaultSettings: Settings = withoutVersion(SCHEMA.parse({}));

// ---------------------------------------------------------------- rules over several values

type Rule = (settings: Settings) => readonly string[];

const slowestIsNotFasterThanTheFloor: Rule = ({ poll: { everyMinutes, slowestMinutes } }) =>
  slowestMinutes >= everyMinutes
    ? []
    : [
        `poll.slowestMinutes: ${slowestMinutes} is less than poll.everyMinutes (${everyMinutes}). Allowed: that or more`,
      ];

const deliveriesDoNotOutliveMatches: Rule = ({ retention: { matchDays, deliveryDays } }) =>
  deliveryDays <= matchDays
    ? []
    : [
        `retention.deliveryDays: ${deliveryDays} is more than retention.matchDays (${matchDays}). Allowed: that or less, because a delivery refers to its match`,
      ];

const RULES: readonly Rule[] = [slowestIsNotFasterThanTheFloor, deliveriesDoNotOutliveMatches];

// ---------------------------------------------------------------- problems in words

function describeIssue(issue: z.core.$ZodIssue, written: unknown): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key]));
  const got = valueAt(written, path);
  const where = path.length === 0 ? 'the settings' : pathText(path);
  if (got === null || got === '')
    return [`${where}: is empty. Allowed: ${issue.message}; remove the line for the default`];
  return [`${where}: got ${quote(got)}. Allowed: ${issue.message}`];
}

function newerVersionIn(written: unknown): string | null {
  const version: unknown = valueAt(written, ['version']);
  if (typeof version !== 'number' || !Number.isInteger(version) || version <= SETTINGS_VERSION) return null;
  return `version: ${version} was written for a newer Tocsin; this one reads up to ${SETTINGS_VERSION}. Install that version, or take the file of this one out of your backup or repository`;
}

function unknownKey(path: readonly string[]): string {
  const key = path.at(-1) ?? '';
  const known = path.length === 1 ? Object.keys(SHAPE) : Object.keys(valueAt(defaultSettings, path.slice(0, -1)) ?? {});
  const [near] = nearestNames(key, known);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return `${pathText(path)}: unknown setting. Known: ${known.join(', ')}.${hint}`;
}

function hostProblems(where: string, pairs: readonly string[]): readonly string[] {
  try {
    parseAllowedHosts(pairs);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.problems.map((problem) => `${where}: ${problem}`);
  }
}

const splitHosts = (text: string): readonly string[] =>
  text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');

const refuse = (problems: readonly string[]): InvalidInputError =>
  new InvalidInputError('invalid_settings', 'the settings cannot be used (config/tocsin.yaml)', problems);

/** `mail:` with nothing but comments below it is read by YAML as null. */
function withoutEmptySections(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const entries = Object.entries(raw).filter(
    ([key, value]) => value !== null || !(key in SHAPE) || ['version', 'contact'].includes(key),
  );
  return Object.fromEntries(entries);
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], root);
}

/** `mail.from`, `fetch.allowHosts[2]`. */
const pathText = (path: readonly string[]): string =>
  path.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
