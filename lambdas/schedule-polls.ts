// Each minute: one message per due group of feeds. The event carries the minute it was scheduled for.
import type { Context } from 'aws-lambda';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createPollQueue } from '../adapters/sqs/queues.ts';
import { schedulePolls } from '../shared/usecases/polling/schedule-polls.ts';
import { requiredVariable, settingsFromEnvironment } from './environment.ts';
import { once } from './once.ts';
import { stores, systemClock } from './stores.ts';

const ports = once(() => ({
  ...createTelemetry('schedule-polls'),
  ...stores(),
  pollQueue: createPollQueue({ queueUrl: requiredVariable('pollQueueUrl') }),
  clock: systemClock,
  settings: settingsFromEnvironment(),
}));

export async function handler(_event: unknown, context?: Context): Promise<void> {
  const { settings, ...world } = ports();
  const end = world.begin(context);
  try {
    const result = await schedulePolls(world, settings);
    world.log.info('polls scheduled', { ...result });
  } finally {
    end();
  }
}
