// Names of time zones in dates, as minutes east of Greenwich.
import { zoneMinutes, zoneOfScript } from '../../../../shared/feeds/reading/zones.ts';

const WINTER = Date.UTC(2026, 0, 15, 12);
const hoursOf = (zone: string, local = WINTER): number => zoneMinutes(zone, local) / 60;

describe('a zone', () => {
  it.each([
    ['Z', 0],
    ['GMT', 0],
    ['EST', -5],
    ['EDT', -4],
    ['CST', -6],
    ['MST', -7],
    ['PDT', -7],
    ['NST', -3.5],
    ['WET', 0],
    ['WEST', 1],
    ['CET', 1],
    ['CEST', 2],
    ['MESZ', 2],
    ['BST', 1],
    ['MSK', 3],
    ['TRT', 3],
    ['IST', 5.5],
    ['NPT', 5.75],
    ['JST', 9],
    ['ACST', 9.5],
    ['NZDT', 13],
    ['BRT', -3],
    ['  (EST)', -5],
    ['[EST]', -5],
    ['QQQ', 0],
    ['', 0],
  ])('by its letters: %s', (zone, hours) => {
    expect(hoursOf(zone)).toBe(hours);
  });

  it.each([
    ['Eastern Standard Time', -5],
    ['Eastern Daylight Time', -4],
    ['eastern time, summer', -4],
    ['Central European Time', 1],
    ['Central European Summer Time', 2],
    ['Eastern European Time', 2],
    ['Eastern European Summer Time', 3],
    ['British Summer Time', 1],
    ['Irish Standard Time', 1],
    ['Irish Summer Time', 1],
    ['Greenwich Mean Time', 0],
    ['Coordinated Universal Time', 0],
    ['Central Standard Time', -6],
    ['Central Daylight Time', -5],
    ['Mountain Standard Time', -7],
    ['Mountain Daylight Time', -6],
    ['Pacific Standard Time', -8],
    ['Pacific Daylight Time', -7],
    ['India Standard Time', 5.5],
    ['Japan Standard Time', 9],
    ['Tokyo time', 9],
    ['Moscow Standard Time', 3],
    ['МСК', 3],
    ['по московскому времени', 3],
  ])('in words: %s', (zone, hours) => {
    expect(hoursOf(zone)).toBe(hours);
  });

  it.each([
    ['+0100', 60],
    ['-05:30', -330],
    ['GMT+2', 120],
    ['UTC -3', -180],
    ['\u22125', -300],
    ['\u20135', -300],
    ['+1800', 1080],
    ['+1801', 0],
    ['-1900', 0],
    ['+12:00:00', 0],
    ['0100', 60],
    ['GMT 05:30', 330],
    ['1400', 840],
    ['1500', 0],
    ['0120', 0],
  ])('as an offset: %s', (zone, minutes) => {
    expect(zoneMinutes(zone, WINTER)).toBe(minutes);
  });

  it.each([
    ['AT', -4],
    ['ET', -5],
    ['CT', -6],
    ['MT', -7],
    ['PT', -8],
  ])('of America without the word for summer has an hour more in summer: %s', (zone, hours) => {
    expect(hoursOf(zone)).toBe(hours);
    expect(hoursOf(zone, Date.UTC(2026, 6, 1))).toBe(hours + 1);
  });

  it('of America changes on the second Sunday of March and the first of November', () => {
    expect(hoursOf('ET', Date.UTC(2026, 2, 7, 12))).toBe(-5);
    expect(hoursOf('ET', Date.UTC(2026, 2, 8, 1))).toBe(-5);
    expect(hoursOf('ET', Date.UTC(2026, 2, 8, 4))).toBe(-4);
    expect(hoursOf('ET', Date.UTC(2026, 9, 31, 12))).toBe(-4);
    expect(hoursOf('ET', Date.UTC(2026, 10, 1, 0))).toBe(-4);
    expect(hoursOf('ET', Date.UTC(2026, 10, 1, 4))).toBe(-5);
    // In 2027 March begins with a Monday, and in 2026 with a Sunday.
    expect(hoursOf('ET', Date.UTC(2027, 2, 13, 12))).toBe(-5);
    expect(hoursOf('ET', Date.UTC(2027, 2, 14, 12))).toBe(-4);
  });

  it('by a place has the hours that the place has at that time', () => {
    expect(hoursOf('Europe/Brussels')).toBe(1);
    expect(hoursOf('Europe/Brussels', Date.UTC(2026, 6, 1))).toBe(2);
    expect(hoursOf('America/Argentina/Buenos_Aires')).toBe(-3);
    expect(hoursOf('Asia/Kolkata')).toBe(5.5);
    expect(hoursOf('US/Pacific')).toBe(-8);
    expect(hoursOf('Nowhere/Atlantis')).toBe(0);
    // An hour before and behind the change of 29 March 2026 at two in the morning.
    expect(hoursOf('Europe/Brussels', Date.UTC(2026, 2, 29, 1))).toBe(1);
    expect(hoursOf('Europe/Brussels', Date.UTC(2026, 2, 29, 4))).toBe(2);
  });
});

it.each([
  ['2004년 05월 28일', '+09:00'],
  ['오후 8:30', '+09:00'],
  ['午前8時', '+09:00'],
  ['午後8時', '+09:00'],
  ['上午8:30', '+08:00'],
  ['下午8:30', '+08:00'],
  ['2026年11月30日', undefined],
  ['30 November', undefined],
])('without a zone, "%s" is of the zone %s', (date, zone) => {
  expect(zoneOfScript(date)).toBe(zone);
});
