import { CHECK_EVERY_MS, CHECK_TAKES_MS, furthestCheck } from '../../../shared/feeds/incident-checks.ts';

describe('the check for incidents', () => {
  it('is made every hour, and taken over from one that has not ended within four minutes', () => {
    expect([CHECK_EVERY_MS, CHECK_TAKES_MS]).toEqual([3_600_000, 240_000]);
  });

  it('is never due later than in two hours: a later mark came from a clock that ran ahead', () => {
    expect(furthestCheck('2026-11-30T12:00:00.000Z')).toBe('2026-11-30T14:00:00.000Z');
  });
});
