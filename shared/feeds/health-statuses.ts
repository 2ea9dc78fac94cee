// Which feeds need a look. Imports nothing that runs: the console loads it.
import type { HealthStatus } from '../model/feed-health.ts';

/** Nothing is read from these feeds. Wherever failing feeds are counted or listed, these are meant. */
export const FAILING_STATUSES: readonly HealthStatus[] = ['slow', 'blocked', 'broken', 'gone'];

/** These are read, but bring nothing although they should: worth a look, no failure. */
export const REMARKABLE_STATUSES: readonly HealthStatus[] = ['silent', 'empty'];
