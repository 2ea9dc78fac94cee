// What configure is given on AWS. The compiled configuration lies beside the bundle.
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { respondToCloudFormation } from '../../adapters/cloudformation/respond.ts';
import { upgradeTable } from '../../adapters/dynamodb/data-version.ts';
import { letOnlyAlertsThrough } from '../../adapters/sns/subscriptions.ts';
import { createPollQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { ConfigureDependencies } from '../configure.ts';
import { requiredVariable, settingsFrom } from '../environment.ts';
import { storesFrom, tableFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): ConfigureDependencies {
  const client = new DynamoDBClient({});
  const table = tableFrom(env, client);
  const topicArn = requiredVariable(env, 'alertTopicArn');
  const telemetry = telemetryFrom(env, 'configure');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log, client),
    pollQueue: createPollQueue({ queueUrl: requiredVariable(env, 'pollQueueUrl') }),
    clock: wallClock,
    settings: settingsFrom(env),
    upgrade: (onUpgrade) => upgradeTable(table, { onUpgrade }),
    letOnlyAlertsThrough: () => letOnlyAlertsThrough({ topicArn }),
    readConfiguration: () => JSON.parse(readFileSync(new URL('./configuration.json', import.meta.url), 'utf8')),
    respond: respondToCloudFormation,
  };
}
