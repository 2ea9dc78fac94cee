// How common words were in a rolling week.
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';

const DAY_MS = 86_400_000;
const [COMMON, RARE] = [1, 2];
const PRIOR = 0.01;

function countedOn(days: readonly number[], documentsADay = 100): WordStatistics {
  const statistics = new WordStatistics();
  for (const day of days) {
    for (let i = 0; i < documentsADay; i++) statistics.add('en', i === 0 ? [COMMON, RARE] : [COMMON], day * DAY_MS);
  }
  return statistics;
}

describe('word statistics', () => {
  it('give a word the less information the more documents hold it', () => {
    const statistics = countedOn([0, 1, 2, 3, 4, 5, 6]);

    const [common, rare] = [COMMON, RARE].map((word) => statistics.informationIn('en')(word, PRIOR));

    // 703 of 1,000, the prior's 300 included; 10 of 1,000.
    expect(common).toBeCloseTo(Math.log(1_000 / 703), 9);
    expect(rare).toBeCloseTo(Math.log(1_000 / 10), 9);
  });

  it('go by the prior alone while nothing was read', () => {
    expect(new WordStatistics().informationIn('en')(RARE, PRIOR)).toBeCloseTo(Math.log(100), 9);
  });

  it('rest on a guess the less, the more was read; never in English, of which more words are listed', () => {
    const statistics = new WordStatistics();
    const before = statistics.guessedIn('ru');
    for (let i = 0; i < 300; i++) statistics.add('ru', [COMMON], 0);

    expect([before, statistics.guessedIn('ru'), statistics.guessedIn('pl')]).toEqual([1, 0.5, 1]);
    expect(statistics.guessedIn('en')).toBe(0);
  });

  it('keep languages apart', () => {
    expect(countedOn([0]).informationIn('de')(COMMON, PRIOR)).toBeCloseTo(Math.log(100), 9);
  });

  it('forget a day after a week', () => {
    const statistics = countedOn([0]);

    statistics.add('en', [RARE], 6 * DAY_MS);
    const within = statistics.informationIn('en')(COMMON, PRIOR);
    statistics.add('en', [RARE], 7 * DAY_MS);

    expect(within).toBeCloseTo(Math.log(401 / 103), 9);
    expect(statistics.informationIn('en')(COMMON, PRIOR)).toBeCloseTo(Math.log(302 / 3), 9);
  });

  it('leave out what is older than the week they have', () => {
    const statistics = countedOn([10]);

    statistics.add('en', [RARE], 3 * DAY_MS);

    expect(statistics.days(10).map(({ day, documents }) => [day, documents])).toEqual([[10, 100]]);
  });

  it('of two processes add up to those of one', () => {
    const one = countedOn([1, 1, 2]);
    const merged = countedOn([1, 2]);

    for (const day of countedOn([1]).days(10)) merged.merge(day);

    expect(merged.informationIn('en')(COMMON, PRIOR)).toBe(one.informationIn('en')(COMMON, PRIOR));
  });

  it('are raised to those of others where these are higher, day by day', () => {
    const statistics = countedOn([1, 1, 2]);

    statistics.raiseTo(countedOn([1, 2, 2, 2, 3]));

    // 200 of the first day, 300 of the second, 100 of the third.
    expect(statistics.informationIn('en')(COMMON, PRIOR)).toBeCloseTo(Math.log(900 / 603), 9);
    expect(statistics.informationIn('en')(RARE, PRIOR)).toBeCloseTo(Math.log(900 / 9), 9);
    expect(statistics.days(10).map(({ day, documents }) => [day, documents])).toEqual([
      [1, 200],
      [2, 300],
      [3, 100],
    ]);
  });

  it('are raised in every language, and not by a day that is over', () => {
    const statistics = countedOn([10]);
    const others = countedOn([3]);
    others.add('de', [RARE], 3 * DAY_MS);

    statistics.raiseTo(others);

    expect(statistics.days(10, 1).map(({ language, day }) => [language, day])).toEqual([
      ['en', 10],
      ['de', 3],
    ]);
  });

  it('are stored without words of one document, the most frequent first', () => {
    expect(countedOn([1]).days(10)).toEqual([{ language: 'en', day: 1, documents: 100, counts: [[COMMON, 100]] }]);
    expect(countedOn([1]).days(0)[0]!.counts).toEqual([]);
  });

  it('stay bounded: the rarest words of a day are dropped', () => {
    const statistics = new WordStatistics();
    statistics.add('en', [COMMON], 0);
    statistics.add('en', [COMMON], 0);

    for (let i = 0; i < 7; i++)
      statistics.add(
        'en',
        Array.from({ length: 10_000 }, (_, word) => 10 + 10_000 * i + word),
        0,
      );

    const words = statistics.informationIn('en')(COMMON, PRIOR);
    const dropped = Array.from({ length: 70_000 }, (_, word) => 10 + word).filter(
      (word) => statistics.informationIn('en')(word, PRIOR) > Math.log(309 / 3.5),
    );
    expect(words).toBeCloseTo(Math.log(309 / 5), 9);
    expect(dropped.length).toBeGreaterThanOrEqual(30_000);
  });
});
