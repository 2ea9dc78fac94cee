// Names of the environment variables of the functions, in one place: infra/ sets them, lambdas/aws/ reads them.
import type { Environment } from '../shared/core/environment.ts';
import { InvalidInputError } from '../shared/core/errors.ts';
import { SECOND_MS } from '../shared/core/time.ts';
import type { Settings } from '../shared/model/settings.ts';
import { parseSettings } from '../shared/model/settings.ts';

export const ENVIRONMENT = {
  table: 'TOCSIN_TABLE',
  /** Name of the stack: the figures of two stacks in one account are not added up. */
  stack: 'TOCSIN_STACK',
  pollQueueUrl: 'TOCSIN_POLL_QUEUE_URL',
  articleQueueUrl: 'TOCSIN_ARTICLE_QUEUE_URL',
  deliveryQueueUrl: 'TOCSIN_DELIVERY_QUEUE_URL',
  /** The queue whose messages the function works on, and where those go that cannot succeed. */
  workQueueUrl: 'TOCSIN_WORK_QUEUE_URL',
  deadLettersUrl: 'TOCSIN_DEAD_LETTERS_URL',
  alertTopicArn: 'TOCSIN_ALERT_TOPIC_ARN',
  /** With which SES sends mails, so that it tells us what became of them; absent: without. */
  configurationSet: 'TOCSIN_CONFIGURATION_SET',
  /** Gets notices of feeds that fail for long; absent: they are only logged. */
  operationsTopicArn: 'TOCSIN_OPERATIONS_TOPIC_ARN',
  /** Where the secrets of channels are in the SSM Parameter Store; the id of the subscription follows. */
  channelSecretsPrefix: 'TOCSIN_CHANNEL_SECRETS',
  /** The checked settings as JSON; holds no secrets. */
  settings: 'TOCSIN_SETTINGS',
  /** Base of the links in mails (unsubscribe); absent: mails carry none. */
  publicUrl: 'TOCSIN_PUBLIC_URL',
  /** Seconds a request waits for its host's turn at most, so that a function ends in time; absent: as long as on one machine. */
  turnWaitSeconds: 'TOCSIN_TURN_WAIT_SECONDS',
  /** Overrides `fetch.allowHosts`: exactly these HOST:PORT pairs may be private, separated by commas. */
  allowHosts: 'TOCSIN_ALLOW_HOSTS',
} as const;

export type EnvironmentName = keyof typeof ENVIRONMENT;

/** The variable's value. Throws InvalidInputError that names the variable when it is missing or empty. */
export function requiredVariable(env: Environment, name: EnvironmentName): string {
  const value = optionalVariable(env, name);
  if (value === undefined) {
    throw new InvalidInputError('missing_variable', `the environment variable ${ENVIRONMENT[name]} is not set`);
  }
  return value;
}

/** Undefined when it is missing or empty. */
export const optionalVariable = (env: Environment, name: EnvironmentName): string | undefined =>
  env[ENVIRONMENT[name]] || undefined;

/** An option of the fetchers; empty where nothing is set. */
export function turnWait(env: Environment): { readonly maxWaitMs?: number } {
  const seconds = optionalVariable(env, 'turnWaitSeconds');
  return seconds === undefined ? {} : { maxWaitMs: Number(seconds) * SECOND_MS };
}

/** Throws InvalidInputError when the variable is missing or its settings are not valid. */
export const settingsFrom = (env: Environment): Settings =>
  parseSettings(JSON.parse(requiredVariable(env, 'settings')), {
    TOCSIN_ALLOW_HOSTS: optionalVariable(env, 'allowHosts'),
  });
