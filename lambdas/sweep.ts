// Every five minutes: finishes alerts that are still pending and closes digests. The stream is the fast path, this is the guarantee.
// Once an hour it also tells operators of feeds that fail for long, and of those that answer again.
import type { Context } from 'aws-lambda';
import { createOperatorNotices } from '../adapters/sns/operator-notices.ts';
import { notifyOperators } from '../shared/usecases/alerting/notify-operators.ts';
import { sweep } from '../shared/usecases/alerting/sweep.ts';
import { alertWorld } from './alert-world.ts';
import { optionalVariable } from './environment.ts';
import { once } from './once.ts';

const ports = once(() => {
  const topicArn = optionalVariable('operationsTopicArn');
  return { ...alertWorld('sweep'), operators: topicArn === undefined ? null : createOperatorNotices({ topicArn }) };
});

/** Entries of one run; what is over waits for the next, five minutes later. */
const MAX_ENTRIES = 2_000;
/** Left for the entry under way when time runs short. */
const RESERVE_MS = 40_000;
/** Where no Lambda tells how much time there is. */
const DEFAULT_RUN_MS = 240_000;

export async function handler(_event: unknown, context?: Context): Promise<void> {
  const { settings, ...world } = ports();
  const end = world.begin(context);
  try {
    const left = (context?.getRemainingTimeInMillis?.() ?? DEFAULT_RUN_MS + RESERVE_MS) - RESERVE_MS;
    const deadline = new Date(world.clock.now().getTime() + Math.max(0, left));
    const result = await sweep(world, settings, { maxEntries: MAX_ENTRIES, deadline });
    world.log.info('swept', { ...result });
    // Last: a fault here keeps nobody's alert waiting.
    await notifyOperators(world);
  } finally {
    end();
  }
}
