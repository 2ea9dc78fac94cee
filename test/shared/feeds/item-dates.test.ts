// Whether a date tells that an item is old, and whether the dates of its feed can be believed.
import { datesAreReliable, isOlderThan } from '../../../shared/feeds/item-dates.ts';
import { minuteOf } from '../../../shared/feeds/item-note.ts';
import type { Item } from '../../../shared/model/item.ts';
import { anItem, later, START } from '../../support/builders.ts';

const NOW = new Date(START);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dated = (...days: readonly (number | null)[]): Item[] =>
  days.map((each) => anItem({ published: each === null ? null : later(each * DAY) }));

describe('an item is older than thirty days', () => {
  it.each([
    ['a second more', later(-30 * DAY - 1_000), true],
    ['thirty days', later(-30 * DAY), false],
    ['the future', later(DAY), false],
    ['no date', null, false],
    ['1970', '1970-01-01T00:00:00.000Z', false],
    ['the year 1', '0001-01-01T00:00:00.000Z', false],
    ['1985', '1985-06-01T00:00:00.000Z', true],
  ])('by a date of %s: %s is %s', (_what, date, isOld) => {
    expect(isOlderThan(date, START, 30)).toBe(isOld);
  });
});

describe('the dates of a feed', () => {
  it.each<[what: string, items: readonly Item[], isReliable: boolean]>([
    ['are all different', dated(-400, -1, -2), true],
    ['are missing in one item of four', dated(-400, null, -1, -2), true],
    ['are missing in one item of three', dated(-400, null, -1), false],
    ['are of the future in one item of five', dated(-400, 2, -1, -2, -3), true],
    ['are of the future in one item of four', dated(-400, 2, -1, -2), false],
    ['are of the next hours', dated(-400, 0.5, 0.5), true],
    ['are all the same', dated(-400, -400), false],
    ['is one', dated(-400), true],
    ['are placeholders', [anItem({ published: '1970-01-01T00:00:00.000Z' }), ...dated(-1)], false],
    ['are none, for there are no items', [], true],
  ])('that %s', (_what, items, isReliable) => {
    expect(datesAreReliable(items, [], NOW)).toBe(isReliable);
  });

  it('are not reliable when one item after the other bears the same', () => {
    const [item] = dated(-400);

    expect(datesAreReliable([item!], [minuteOf(item!)!], NOW)).toBe(false);
    expect(datesAreReliable([item!], [minuteOf(item!)! + 1], NOW)).toBe(true);
  });

  it('are not reliable when a whole document bears one, whatever came before', () => {
    expect(datesAreReliable(dated(-400, -400), [minuteOf(dated(-1)[0]!)!], NOW)).toBe(false);
  });

  it('are those of updates where nothing says when an item was published', () => {
    const updated = (days: number) => anItem({ published: null, updated: later(days * DAY) });

    expect(datesAreReliable([updated(-1), updated(-2)], [], NOW)).toBe(true);
  });
});
