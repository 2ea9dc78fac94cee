import type { FeedId } from '../../shared/model/ids.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { FeedNews } from '../../shared/ports.ts';
import { later, START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const HOUR = 3_600_000;
const hour = (number: number): string => later(number * HOUR);
const [one, two] = [feedIdOf('https://one.example.org/feed'), feedIdOf('https://two.example.org/feed')];
const marks = (...entries: [FeedId, FeedNews | null][]): ReadonlyMap<FeedId, FeedNews | null> => new Map(entries);

export function describeFeedNewsStore(open: OpenSubject): void {
  describe('what operators were told of feeds', () => {
    it('is nothing at first, and anybody may look', async () => {
      const { feedNews } = await open();

      expect((await feedNews.listTold()).size).toBe(0);
      expect(await feedNews.claim(START, hour(1))).toBe(true);
    });

    it('is looked at by one of two who come at the same time', async () => {
      const { feedNews, elsewhere } = await open();

      const claims = await Promise.all([feedNews.claim(START, hour(1)), elsewhere.feedNews.claim(START, hour(1))]);

      expect([...claims].sort()).toEqual([false, true]);
    });

    it('is looked at by another when the one before died and its time is up', async () => {
      const { feedNews } = await open();
      await feedNews.claim(START, hour(1));

      expect(await feedNews.claim(later(HOUR - 1), hour(3))).toBe(false);
      expect(await feedNews.claim(hour(1), hour(3))).toBe(true);
    });

    it('is not looked at again before the instant that a look ended with', async () => {
      const { feedNews } = await open();
      await feedNews.claim(START, later(1_000));
      await feedNews.complete(hour(2));

      expect(await feedNews.claim(later(2 * HOUR - 1), hour(9))).toBe(false);
      expect(await feedNews.claim(hour(2), hour(9))).toBe(true);
    });

    it('is looked at although a clock that ran ahead has put off the next look for days', async () => {
      const { feedNews } = await open();
      await feedNews.complete(hour(25));

      expect(await feedNews.claim(START, hour(1))).toBe(true);
    });

    it('is remembered for each feed until it is told anew or forgotten', async () => {
      const { feedNews, elsewhere } = await open();
      await feedNews.noteTold(marks([one, 'failing'], [two, 'gone']));
      const first = await elsewhere.feedNews.listTold();

      await feedNews.noteTold(marks([one, 'gone'], [two, null]));
      const second = await elsewhere.feedNews.listTold();
      await feedNews.noteTold(marks([two, 'failing']));

      expect(first).toEqual(marks([one, 'failing'], [two, 'gone']));
      expect(second).toEqual(marks([one, 'gone']));
      expect(await elsewhere.feedNews.listTold()).toEqual(marks([one, 'gone'], [two, 'failing']));
    });

    it('may be noted twice, and forgotten where nothing was known', async () => {
      const { feedNews } = await open();
      await feedNews.noteTold(marks([one, 'failing'], [two, null]));
      await feedNews.noteTold(marks([one, 'failing'], [two, null]));

      expect(await feedNews.listTold()).toEqual(marks([one, 'failing']));
    });

    it('is remembered of as many feeds as there are', async () => {
      const { feedNews } = await open();
      const many = Array.from({ length: 130 }, (_, n) => feedIdOf(`https://${n}.example.org/feed`));
      await feedNews.noteTold(new Map(many.map((id) => [id, 'failing'])));

      expect([...(await feedNews.listTold()).keys()].sort()).toEqual([...many].sort());
    });
  });
}
