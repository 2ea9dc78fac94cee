// Windows, digests and quiet hours on the subscriber's clock, also where clocks change.
import { digestWindow, newDigest, quietUntil, stormWindow } from '../../../shared/alerts/digest-window.ts';
import { WEEKDAYS } from '../../../shared/model/alert-rules.ts';
import { timeInWords, zoneNamed } from '../../../shared/text/zoned-time.ts';
import { aSubscription } from '../../support/builders.ts';
import { below, pick, seeded } from '../../support/seeded.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const YEAR_DAYS = 365;
/** Changes of an hour, of half an hour, at midnight, in the southern half of the year, and none. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Havana',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
];

const clockIn = (zone: string, at: Date): string => timeInWords(at, zoneNamed(zone)).slice(11, 16);
const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => `${part}`.padStart(2, '0')).join(':');

/** One window after the other, each holding its first and its last instant. */
function expectTiles(
  period: Parameters<typeof digestWindow>[0],
  times: Parameters<typeof digestWindow>[2],
  from: number,
  until: number,
): void {
  let window = digestWindow(period, new Date(from), times);
  while (window.end.getTime() < until) {
    expect(window.end.getTime()).toBeGreaterThan(window.start.getTime());
    for (const inside of [window.start.getTime(), window.end.getTime() - 1])
      expect(digestWindow(period, new Date(inside), times)).toEqual(window);
    const next = digestWindow(period, window.end, times);
    expect(next.start).toEqual(window.end);
    window = next;
  }
}

describe.each(ZONES)('in %s', (timeZone) => {
  const random = seeded(ZONES.indexOf(timeZone) + 1);
  const someTimes = () => ({ at: timeOf(below(random, 1_440)), day: pick(random, WEEKDAYS), timeZone });
  const someInstant = () => new Date(Date.UTC(2026, 0, 1) + below(random, YEAR_DAYS * 24 * 60) * MINUTE);

  it.each(['daily', 'weekly'] as const)('%s windows hold every instant of a year once', (period) => {
    expectTiles(period, someTimes(), Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
  });

  it('hourly windows hold every instant once, also on the days when the clocks change', () => {
    const zone = zoneNamed(timeZone);
    const days = Array.from({ length: YEAR_DAYS }, (_, day) => Date.UTC(2026, 0, 1) + day * DAY);
    const changes = days.filter((day) => zone(day) !== zone(day + DAY));
    for (const day of [days[0] ?? 0, ...changes])
      expectTiles('hourly', someTimes(), day - 2 * HOUR, day + DAY + 2 * HOUR);
  });

  it('daily and weekly digests leave when the clock shows their time, or when it jumps over it', () => {
    for (let n = 0; n < 60; n += 1) {
      const times = someTimes();
      const { end } = digestWindow(pick(random, ['daily', 'weekly'] as const), someInstant(), times);
      const shown = clockIn(timeZone, end);
      const isJump = clockIn(timeZone, new Date(end.getTime() - MINUTE)) < times.at && shown > times.at;

      expect({ times, end, shown: isJump ? times.at : shown }).toEqual({ times, end, shown: times.at });
    }
  });

  it('weekly digests leave on their day', () => {
    for (let n = 0; n < 20; n += 1) {
      const times = { ...someTimes(), at: '12:00' };
      const { end } = digestWindow('weekly', someInstant(), times);
      const day = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long' }).format(end).toLowerCase();

      expect(day).toBe(times.day);
    }
  });

  it('quiet hours end later than now, at their end, and hold nothing at that moment', () => {
    for (let n = 0; n < 150; n += 1) {
      const quietHours = { from: timeOf(below(random, 1_440)), until: timeOf(below(random, 1_440)) };
      const subscription = aSubscription({ timeZone, quietHours });
      const now = someInstant();
      const end = quietUntil(subscription, now, 'UTC');
      const shown = clockIn(timeZone, now);
      const { from, until } = quietHours;
      const isInside = from < until ? shown >= from && shown < until : shown >= from || shown < until;

      if (!isInside || from === until) expect(end).toBeNull();
      if (end === null) continue;
      expect(end.getTime()).toBeGreaterThan(now.getTime());
      expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * HOUR);
      expect(quietUntil(subscription, end, 'UTC')).toBeNull();
    }
  });
});

describe('quiet hours', () => {
  const quiet = (
    now: string,
    quietHours: { from: string; until: string } | null,
    timeZone: string | null = 'Europe/Berlin',
  ) => quietUntil(aSubscription({ quietHours, timeZone }), new Date(now), 'Asia/Tokyo')?.toISOString() ?? null;
  const NIGHT = { from: '22:00', until: '07:00' };

  it.each([
    ['2026-11-17T20:59:59.999Z', null],
    ['2026-11-17T21:00:00.000Z', '2026-11-18T06:00:00.000Z'],
    ['2026-11-17T23:30:00.000Z', '2026-11-18T06:00:00.000Z'],
    ['2026-11-18T05:59:59.999Z', '2026-11-18T06:00:00.000Z'],
    ['2026-11-18T06:00:00.000Z', null],
    // The night of the change to summer time, and that of the change back.
    ['2026-03-28T22:00:00.000Z', '2026-03-29T05:00:00.000Z'],
    ['2026-10-24T21:00:00.000Z', '2026-10-25T06:00:00.000Z'],
  ])('from 22:00 until 07:00 hold at %s until %s', (now, end) => {
    expect(quiet(now, NIGHT)).toBe(end);
  });

  it('are in the zone of mails where the subscriber named none', () => {
    expect(quiet('2026-11-17T13:00:00.000Z', NIGHT, null)).toBe('2026-11-17T22:00:00.000Z');
  });

  it('end once where their end comes twice', () => {
    const hours = { from: '00:30', until: '02:30' };

    expect(quiet('2026-10-25T00:29:00.000Z', hours)).toBe('2026-10-25T00:30:00.000Z');
    // The clocks show 02:10 for the second time.
    expect(quiet('2026-10-25T01:10:00.000Z', hours)).toBeNull();
  });

  it('of no length are none, and so are none', () => {
    expect(quiet('2026-11-17T12:00:00.000Z', { from: '08:00', until: '08:00' })).toBeNull();
    expect(quiet('2026-11-17T22:00:00.000Z', null)).toBeNull();
  });
});

describe('a digest', () => {
  it('has the id of its subscription, its window and its kind, so that a storm and an hourly one differ', () => {
    const now = new Date('2026-11-17T08:00:00.000Z');
    const { id } = aSubscription();
    const ids = (['none', 'hourly'] as const).map((period) => newDigest(id, stormWindow(now), period, now, 0).id);

    expect(ids).toEqual([`${id}.1794902400.storm`, `${id}.1794902400.hourly`]);
  });
});
