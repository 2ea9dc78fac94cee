// On each deploy that changes config/ or the data version: upgrades the table, and brings the compiled configuration, which lies beside this
// bundle, into it. CloudFormation calls it as a custom resource, last of all, and waits for the answer.
import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { type CustomResourceRequest, respondToCloudFormation } from '../adapters/cloudformation/respond.ts';
import { upgradeTable } from '../adapters/dynamodb/data-version.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createPollQueue } from '../adapters/sqs/queues.ts';
import { type Configuration, configure } from '../shared/usecases/managing/configure.ts';
import { requiredVariable, settingsFromEnvironment } from './environment.ts';
import { once } from './once.ts';
import { stores, systemClock, table } from './stores.ts';

const ports = once(() => ({
  ...createTelemetry('configure'),
  ...stores(),
  pollQueue: createPollQueue({ queueUrl: requiredVariable('pollQueueUrl') }),
  clock: systemClock,
  settings: settingsFromEnvironment(),
}));

const PHYSICAL_ID = 'tocsin-configuration';

export async function handler(request: CustomResourceRequest, context?: Context): Promise<void> {
  const { settings, ...world } = ports();
  const end = world.begin(context);
  let failure: string | null = null;
  try {
    // The feeds and matches of a deleted stack go, or stay, with its table.
    if (request.RequestType !== 'Delete') {
      const recordVersion = await upgradeTable(table(), {
        onUpgrade: (from, to) => world.log.info('the table is upgraded', { fromVersion: from, toVersion: to }),
      });
      const configuration = JSON.parse(
        readFileSync(new URL('./configuration.json', import.meta.url), 'utf8'),
      ) as Configuration;
      const result = await configure(world, configuration, settings);
      // Last: if anything fails, CloudFormation brings the version before back, which must find a table that it may use.
      await recordVersion();
      // A log holds no addresses.
      const subscriptionsToEnded = result.subscriptionsToEnded.map(({ topic, id }) => ({ topic, id }));
      world.log.info('configured', { ...result, subscriptionsToEnded });
    }
  } catch (error) {
    world.log.error('configuring failed', { error });
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    end();
  }
  await respondToCloudFormation(request, PHYSICAL_ID, failure);
}
