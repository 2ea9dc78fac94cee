// Units of time, as numbers to multiply with and divide by. UNIT_PART says how many PARTs a UNIT has.

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const MINUTE_SECONDS = 60;
export const HOUR_SECONDS = 60 * MINUTE_SECONDS;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

export const HOUR_MINUTES = 60;
export const DAY_MINUTES = 24 * HOUR_MINUTES;

/** The instant so many milliseconds after `now`, or before it where they are negative. RFC 3339, in UTC. */
export const instantAfter = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

/** Whole seconds since 1970, rounded down: how DynamoDB wants the time at which a record expires. */
export const epochSeconds = (instant: Date): number => Math.floor(instant.getTime() / SECOND_MS);
