// Every five minutes: finishes alerts that are still pending and closes digests. The stream is the fast path, this is the guarantee.
// Once an hour it also notifies operators of feeds that fail for long, and of those that answer again.
import type { Context } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { AlertPorts } from '../shared/usecases/alerting/alert-ports.ts';
import { type FeedIncidentPorts, notifyOperators } from '../shared/usecases/alerting/notify-operators.ts';
import { sweep } from '../shared/usecases/alerting/sweep.ts';

export type SweepDependencies = Telemetry & AlertPorts & FeedIncidentPorts & { readonly settings: Settings };

/** Entries of one run; what is over waits for the next, five minutes later. */
const MAX_ENTRIES = 2_000;
/** Left for the entry under way when time runs short. */
const RESERVE_MS = 40_000;
/** Where no Lambda says how much time is left. */
const DEFAULT_RUN_MS = 240_000;

export const createHandler =
  ({ settings, ...ports }: SweepDependencies) =>
  async (_event: unknown, context?: Context): Promise<void> => {
    const end = ports.begin(context);
    try {
      const left = (context?.getRemainingTimeInMillis?.() ?? DEFAULT_RUN_MS + RESERVE_MS) - RESERVE_MS;
      const deadline = new Date(ports.clock.now().getTime() + Math.max(0, left));
      const result = await sweep(ports, settings, { maxEntries: MAX_ENTRIES, deadline });
      ports.log.info('swept', { ...result });
      // Last: a failure here delays no alert.
      await notifyOperators(ports);
    } finally {
      end();
    }
  };
