// An instant as people read it: the clock on the wall of their zone, and how far that is from UTC.
import { timeInWords, UTC, zoneNamed } from '../../../shared/text/zoned-time.ts';

const INSTANT = '2026-11-30T08:21:04.900Z';

describe('an instant in words', () => {
  it.each([
    ['UTC', 0, '2026-11-30 08:21 UTC'],
    ['an hour ahead', 60, '2026-11-30 09:21 +01:00'],
    ['an hour behind', -60, '2026-11-30 07:21 -01:00'],
    ['a minute behind', -1, '2026-11-30 08:20 -00:01'],
    ['half an hour and more ahead', 345, '2026-11-30 14:06 +05:45'],
    ['half an hour and more behind', -570, '2026-11-29 22:51 -09:30'],
    ['on the next day', 14 * 60, '2026-11-30 22:21 +14:00'],
    ['a part of a minute ahead, rounded', 59.6, '2026-11-30 09:21 +01:00'],
  ])('%s', (_where, minutes, words) => {
    expect(timeInWords(INSTANT, () => minutes)).toBe(words);
  });

  it('may be given to the second, and as a date', () => {
    expect(timeInWords(INSTANT, UTC, 'second')).toBe('2026-11-30 08:21:04 UTC');
    expect(timeInWords(new Date(INSTANT), UTC, 'minute')).toBe('2026-11-30 08:21 UTC');
  });

  it('is asked for the zone at that very instant', () => {
    expect(timeInWords('1970-01-01T00:00:01Z', (ms) => ms / 1000)).toBe('1970-01-01 00:01 +00:01');
  });
});

describe('a zone of the IANA database', () => {
  it.each([
    ['Europe/Berlin', '2026-11-30T08:00Z', 60],
    ['Europe/Berlin', '2026-07-01T08:00Z', 120],
    ['America/St_Johns', '2026-11-30T08:00Z', -210],
    ['Asia/Kathmandu', '2026-11-30T08:00Z', 345],
    ['Etc/UTC', '2026-11-30T08:00Z', 0],
    ['Europe/London', '2026-11-30T08:00Z', 0],
  ])('%s at %s is %i minutes ahead', (name, instant, minutes) => {
    expect(zoneNamed(name)(Date.parse(instant))).toBe(minutes);
  });

  it('is made once, and is none for an unknown name', () => {
    expect(zoneNamed('Asia/Seoul')).toBe(zoneNamed('Asia/Seoul'));
    expect(() => zoneNamed('Mars/Olympus')).toThrow(RangeError);
  });
});
