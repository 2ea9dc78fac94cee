import {
  DAY_MINUTES,
  DAY_MS,
  DAY_SECONDS,
  epochSeconds,
  HOUR_MINUTES,
  HOUR_MS,
  HOUR_SECONDS,
  MINUTE_MS,
  MINUTE_SECONDS,
  SECOND_MS,
} from '../../../shared/core/time.ts';

describe('units of time', () => {
  it('are the numbers everybody knows', () => {
    expect([SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
    expect([MINUTE_SECONDS, HOUR_SECONDS, DAY_SECONDS]).toEqual([60, 3_600, 86_400]);
    expect([HOUR_MINUTES, DAY_MINUTES]).toEqual([60, 1_440]);
  });

  it('an instant in seconds is rounded down', () => {
    expect(epochSeconds(new Date('2026-11-17T08:00:00.999Z'))).toBe(1_794_902_400);
  });
});
