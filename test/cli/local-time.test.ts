import { execFileSync } from 'node:child_process';
import { isRelative, localClock, localMinute, localSecond, readTime, withLocalTimes } from '../../cli/local-time.ts';
import { zoneOf } from '../support/time-zone.ts';

const berlin = zoneOf('Europe/Berlin');
const NOW = new Date('2026-11-30T08:21:04.567Z');

describe('an instant on the terminal', () => {
  it('is in its zone, with the offset', () => {
    expect(localMinute('2026-11-30T08:21:04.567Z', berlin)).toBe('2026-11-30 09:21 +01:00');
    expect(localSecond(NOW, berlin)).toBe('2026-11-30 09:21:04 +01:00');
    expect(localClock(NOW, berlin)).toBe('09:21:04 +01:00');
  });

  it.each([
    ['in summer', 'Europe/Berlin', '2026-07-01T08:21:00Z', '2026-07-01 10:21 +02:00'],
    ['of UTC', 'UTC', '2026-11-30T08:21:00Z', '2026-11-30 08:21 UTC'],
    ['west of Greenwich, on the day before', 'America/New_York', '2026-11-30T02:21:00Z', '2026-11-29 21:21 -05:00'],
    ['with half an hour', 'Asia/Kolkata', '2026-11-30T20:00:00Z', '2026-12-01 01:30 +05:30'],
    ['with half an hour, west', 'America/St_Johns', '2026-11-30T08:21:00Z', '2026-11-30 04:51 -03:30'],
    ['before the clocks go back', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25 02:30 +02:00'],
    ['after the clocks went back', 'Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25 02:30 +01:00'],
  ])('%s', (_what, zone, instant, shown) => {
    expect(localMinute(instant, zoneOf(zone))).toBe(shown);
  });

  it('replaces UTC within the sentences of the instance', () => {
    expect(withLocalTimes('no answer (3 tries, next one at 2026-11-30 23:30 UTC)', berlin)).toBe(
      'no answer (3 tries, next one at 2026-12-01 00:30 +01:00)',
    );
    expect(withLocalTimes('quiet since 2026-11-30', berlin)).toBe('quiet since 2026-11-30');
  });
});

describe('a time as it is typed', () => {
  it.each([
    ['a day, from its beginning', 'since', '2026-11-30', '2026-11-29T23:00:00.000Z'],
    ['a day, to its end', 'until', '2026-11-30', '2026-11-30T23:00:00.000Z'],
    ['the last day of a year', 'until', '2026-12-31', '2026-12-31T23:00:00.000Z'],
    ['today, from its beginning', 'since', 'today', '2026-11-29T23:00:00.000Z'],
    ['today, to its end', 'until', 'Today', '2026-11-30T23:00:00.000Z'],
    ['yesterday, from its beginning', 'since', 'yesterday', '2026-11-28T23:00:00.000Z'],
    ['yesterday, to its end', 'until', 'yesterday', '2026-11-29T23:00:00.000Z'],
    ['minutes ago', 'since', '90m', '2026-11-30T06:51:04.567Z'],
    ['hours ago', 'since', '2h', '2026-11-30T06:21:04.567Z'],
    ['days ago', 'until', '7d', '2026-11-23T08:21:04.567Z'],
    ['weeks ago', 'since', ' 1 W ', '2026-11-23T08:21:04.567Z'],
    ['an instant', 'since', '2026-11-30T08:21:00Z', '2026-11-30T08:21:00.000Z'],
    ['an instant with fractions', 'until', '2026-11-30T08:21:00.25Z', '2026-11-30T08:21:00.250Z'],
    ['an instant of another zone', 'until', '2026-11-30T08:21-05:00', '2026-11-30T13:21:00.000Z'],
    ['an instant whose offset has no colon', 'since', '2026-11-30T13:51:00+0530', '2026-11-30T08:21:00.000Z'],
    ['an instant whose offset is hours alone', 'since', '2026-11-30 03:21 -05', '2026-11-30T08:21:00.000Z'],
    ['an instant with a T and a blank', 'since', '2026-11-30T09:21 +01:00', '2026-11-30T08:21:00.000Z'],
    ['an instant in small letters', 'since', '2026-11-30t08:21:00z', '2026-11-30T08:21:00.000Z'],
    ['an instant as the terminal shows it', 'since', '2026-11-30 09:21:04 +01:00', '2026-11-30T08:21:04.000Z'],
    ['an instant as a terminal in UTC shows it', 'until', '2026-11-30 08:21:04 UTC', '2026-11-30T08:21:04.000Z'],
    ['a time of the terminal', 'since', '2026-11-30 09:21', '2026-11-30T08:21:00.000Z'],
    ['a time of the terminal with seconds', 'since', '2026-07-01T09:21:30', '2026-07-01T07:21:30.000Z'],
  ] as const)('%s: --%s %j', (_what, option, given, instant) => {
    expect(readTime(option, given, NOW, berlin)).toBe(instant);
  });

  it('is today in the zone of the terminal', () => {
    const late = new Date('2026-11-30T23:30:00Z');

    expect(readTime('since', 'today', late, berlin)).toBe('2026-11-30T23:00:00.000Z');
    expect(readTime('since', 'today', late, zoneOf('America/New_York'))).toBe('2026-11-30T05:00:00.000Z');
  });

  it.each([
    'lately',
    '',
    '2026-02-30',
    '2026-13-01',
    '30.11.2026',
    '2026-11-30T24:00',
    '2026-11-30T08:60Z',
    '2026-11-30T08:00:60',
    '7',
    '7y',
    '-7d',
    '1.5h',
    '9999999d',
    '1234567m',
    '2h ago',
    'x2026-11-30',
    'x2026-11-30T08:21',
    '2026-11-30T08:21Zx',
    'not today',
    'todayish',
    'not yesterday',
    'yesterday evening',
    '2026-11-30T08:00:00.1234567890',
    '2026-11-30T08:00+05:3',
    '999999w',
    '2026-11-30T08:21+053',
    'P7D',
    'tomorrow',
  ])('%j is none, and the error lists what is allowed', (given) => {
    expect(() => readTime('since', given, NOW, berlin)).toThrow(
      `--since: "${given}" is not a time. Allowed: today, yesterday; 90m, 2h, 7d or 1w (that long ago); a day such as 2026-11-30;`,
    );
  });

  it.each([
    ['2026-11-30T23:59:59Z', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30T00:00:00Z', '2026-11-30T00:00:00.000Z'],
    ['2026-11-30 23:59:59', '2026-11-30T22:59:59.000Z'],
    ['2026-11-30T08:21', '2026-11-30T07:21:00.000Z'],
    [' 2H ', new Date(NOW.getTime() - 2 * 3_600_000).toISOString()],
    ['Today', '2026-11-29T23:00:00.000Z'],
  ])('%j is %s in Berlin', (given, instant) => {
    expect(readTime('since', given, NOW, berlin)).toBe(instant);
  });

  it('that cannot be read is wrong input', () => {
    expect(() => readTime('until', 'soon', NOW, berlin)).toThrow(
      expect.objectContaining({ code: 'invalid_arguments' }),
    );
  });

  it('is relative although blanks surround it, and is not although blanks surround a day', () => {
    expect([' 2h ', ' 2026-11-30 ', ' 2026-11-30T09:21 '].map(isRelative)).toEqual([true, false, false]);
  });

  it('is relative unless it names a day or a time', () => {
    expect(['today', 'yesterday', '2h'].map(isRelative)).toEqual([true, true, true]);
    expect([undefined, '2026-11-30', '2026-11-30 09:21', '2026-11-30T08:21:00Z'].map(isRelative)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a day on which the clocks change', () => {
  const hours = (day: string, zone: string) => {
    const [start, end] = (['since', 'until'] as const).map((option) => readTime(option, day, NOW, zoneOf(zone)));
    return { start, hours: (Date.parse(end ?? '') - Date.parse(start ?? '')) / 3_600_000 };
  };

  it.each([
    ['forward', 'Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['back', 'Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['the day after', 'Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z', 24],
    ['forward in New York', 'America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    ['by half an hour on Lord Howe Island', 'Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', 24.5],
    [
      'forward at midnight, so that the day begins at one',
      'Africa/Cairo',
      '2026-04-24',
      '2026-04-23T22:00:00.000Z',
      23,
    ],
    [
      'back at midnight, so that the day before has it twice',
      'Africa/Cairo',
      '2026-10-29',
      '2026-10-28T21:00:00.000Z',
      25,
    ],
    ['that Samoa left out', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 0],
  ])('%s (%s %s)', (_what, zone, day, start, length) => {
    expect(hours(day, zone)).toEqual({ start, hours: length });
  });

  it('takes a time that the clocks leave out for the one an hour later, and one they show twice for the first', () => {
    expect(readTime('since', '2026-03-29 02:30', NOW, berlin)).toBe('2026-03-29T01:30:00.000Z');
    expect(readTime('since', '2026-10-25 02:30', NOW, berlin)).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('the zone of the terminal', () => {
  const shownIn = (timeZone: string): string => {
    const script = `import { localMinute, readTime, terminalZone } from './cli/local-time.ts';
      console.log(localMinute('2026-07-01T08:21:00Z', terminalZone), readTime('until', '2026-10-25', new Date(), terminalZone));`;
    return execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ: timeZone },
      encoding: 'utf8',
    }).trim();
  };

  it('is that of the process', () => {
    expect(shownIn('Europe/Berlin')).toBe('2026-07-01 10:21 +02:00 2026-10-25T23:00:00.000Z');
    expect(shownIn('America/St_Johns')).toBe('2026-07-01 05:51 -02:30 2026-10-26T02:30:00.000Z');
  });
});
