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
    ['P2W', '2026-11-03T08:00:00.000Z'],
    ['P10D', '2026-11-07T08:00:00.000Z'],
    ['PT25H', '2026-11-16T07:00:00.000Z'],
    ['PT1M', '2026-11-17T07:59:00.000Z'],
    ['P1DT2M', '2026-11-16T07:58:00.000Z'],
    ['2026-11-17T08:00:00.1Z', '2026-11-17T08:00:00.100Z'],
    ['2026-11-17T23:30-01:00', '2026-11-18T00:30:00.000Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
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
    '2026-11-17T',
    '2026-11-17Z',
    '2026-11-17T08Z',
    '2026-11-17T08:00:00.Z',
    '2026-11-17T08:00:00.1234567890Z',
    '2026-11-17T08:00+0100',
    '2026-11-17T08:00:00Zulu',
    'on 2026-11-17',
    '12026-11-17',
    '26-11-17',
    'P1DT',
    'P1D1W',
    'PT1M1H',
    'P1S',
    'PT1S',
    'xP1D',
    'P1D ',
    'p1d',
    'P1.5D',
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
