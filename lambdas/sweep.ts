// Every five minutes: finishes alerts that are still pending and closes digests. The stream is the fast path, this is the guarantee.
import type { Context } from 'aws-lambda';
import { sweep } from '../shared/pipeline/sweep.ts';
import { alertWorld } from './alert-world.ts';
import { once } from './once.ts';

const ports = once(() => alertWorld('sweep'));

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
  } finally {
    end();
  }
}
