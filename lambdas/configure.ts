// On each deploy that changes config/: brings the compiled configuration, which lies beside this bundle, into the table.
// CloudFormation calls it as a custom resource and waits for the answer.
import { readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { type CustomResourceRequest, respondToCloudFormation } from '../adapters/cloudformation/respond.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createPollQueue } from '../adapters/sqs/queues.ts';
import { type Configuration, configure } from '../shared/pipeline/configure.ts';
import { requiredVariable, settingsFromEnvironment } from './environment.ts';
import { once } from './once.ts';
import { stores, systemClock } from './stores.ts';

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
      const configuration = JSON.parse(
        readFileSync(new URL('./configuration.json', import.meta.url), 'utf8'),
      ) as Configuration;
      const result = await configure(world, configuration, settings);
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
