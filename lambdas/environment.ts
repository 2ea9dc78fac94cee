// Names of the environment variables of the functions, in one place: infra/ sets them, the functions read them, local/ sets them too.
import { InvalidInputError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import { parseSettings } from '../shared/model/settings.ts';

export const ENVIRONMENT = {
  table: 'TOCSIN_TABLE',
  pollQueueUrl: 'TOCSIN_POLL_QUEUE_URL',
  articleQueueUrl: 'TOCSIN_ARTICLE_QUEUE_URL',
  alertTopicArn: 'TOCSIN_ALERT_TOPIC_ARN',
  /** Told of feeds that fail for long; absent: the log is told alone. */
  operationsTopicArn: 'TOCSIN_OPERATIONS_TOPIC_ARN',
  /** The checked settings as JSON; holds no secrets. */
  settings: 'TOCSIN_SETTINGS',
  /** Base of the links in mails (unsubscribe); absent: mails carry none. */
  publicUrl: 'TOCSIN_PUBLIC_URL',
  /** Seconds a request waits for its host's turn at most, so that a function ends in time; absent: as long as on one machine. */
  turnWaitSeconds: 'TOCSIN_TURN_WAIT_SECONDS',
  /** Seconds that handing over one mail may take; absent: what is enough for SES. */
  mailWaitSeconds: 'TOCSIN_MAIL_WAIT_SECONDS',
  /** Overrides `fetch.allowHosts`: exactly these HOST:PORT pairs may be private, separated by commas. */
  allowHosts: 'TOCSIN_ALLOW_HOSTS',
} as const;

export type EnvironmentName = keyof typeof ENVIRONMENT;

/** The variable's value. Throws InvalidInputError that names the variable when it is missing or empty. */
export function requiredVariable(name: EnvironmentName): string {
  const value = process.env[ENVIRONMENT[name]];
  if (value === undefined || value === '') {
    throw new InvalidInputError('missing_variable', `the environment variable ${ENVIRONMENT[name]} is not set`);
  }
  return value;
}

export const optionalVariable = (name: EnvironmentName): string | undefined =>
  process.env[ENVIRONMENT[name]] || undefined;

/** What the fetchers are told; empty where nothing is set. */
export function turnWait(): { readonly turnWaitMs?: number } {
  const seconds = optionalVariable('turnWaitSeconds');
  return seconds === undefined ? {} : { turnWaitMs: Number(seconds) * 1000 };
}

/** The mailer's options; empty where nothing is set. */
export function mailWait(): { readonly waitMs?: number } {
  const seconds = optionalVariable('mailWaitSeconds');
  return seconds === undefined ? {} : { waitMs: Number(seconds) * 1000 };
}

export function settingsFromEnvironment(): Settings {
  return parseSettings(JSON.parse(requiredVariable('settings')), {
    TOCSIN_ALLOW_HOSTS: optionalVariable('allowHosts'),
  });
}
