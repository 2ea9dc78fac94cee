// Points in time as a query gives them.
import { instantOf, isDuration, isMoment } from '../../../shared/api/moments.ts';

const NOW = new Date('2026-11-17T08:00:00.000Z');

describe('a moment', () => {
  it.each([
    ['2026-11-17T08:00:00Z', '2026-11-17T08:00:00.000Z'],
    ['2026-11-17T08:00Z', '2026-11-17T08:00:00.000Z'],
    ['2026-11-17T08:00:00.123456789+02:30', '2026-11-17T05:30:00.123Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['P7D', '2026-11-10T08:00:00.000Z'],
    ['P1W1DT1H1M', '2026-11-09T06:59:00.000Z'],
    ['PT90M', '2026-11-17T06:30:00.000Z'],
    ['P0D', '2026-11-17T08:00:00.000Z'],
  ])('may be written as %s', (text, instant) => {
    expect(isMoment(text)).toBe(true);
    expect(instantOf(text, NOW)).toBe(instant);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1Y',
    'P-1D',
    'P1H',
    '7d',
    '2026-02-29',
    '2026-13-01',
    '2026-11-31T08:00:00Z',
    '2026-11-17T25:00:00Z',
    '2026-11-17T08:00:00',
    '2026-11-17 08:00:00Z',
    '20261117',
    '1763366400',
    `P${'9'.repeat(400)}D`,
  ])('is not written as "%s"', (text) => {
    expect(isMoment(text)).toBe(false);
    expect(instantOf(text, NOW)).toBeUndefined();
  });

  it('that is a day ends with it, and any other is the same at either end', () => {
    expect(instantOf('2026-11-30', NOW, 'end')).toBe('2026-12-01T00:00:00.000Z');
    expect(instantOf('2026-11-30T00:00:00Z', NOW, 'end')).toBe('2026-11-30T00:00:00.000Z');
    expect(instantOf('P1D', NOW, 'end')).toBe('2026-11-16T08:00:00.000Z');
  });

  it('moves with the clock only as a duration', () => {
    expect(['P7D', 'PT1H', '2026-11-30', '2026-11-30T00:00:00Z'].map(isDuration)).toEqual([true, true, false, false]);
  });
});
