import type { FeedIncident } from '../../shared/model/feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { later, START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const HOUR = 3_600_000;
const hour = (number: number): string => later(number * HOUR);
const [one, two] = [feedIdOf('https://one.example.org/feed'), feedIdOf('https://two.example.org/feed')];
const marks = (...entries: [FeedId, FeedIncident | null][]): ReadonlyMap<FeedId, FeedIncident | null> =>
  new Map(entries);

export function describeFeedIncidentStore(open: OpenSubject): void {
  describe('what operators were notified of', () => {
    it('is nothing at first, and anybody may look', async () => {
      const { feedIncidents } = await open();

      expect((await feedIncidents.listNotified()).size).toBe(0);
      expect(await feedIncidents.claim(START, hour(1))).toBe(true);
    });

    it('is looked at by one of two who come at the same time', async () => {
      const { feedIncidents, elsewhere } = await open();

      const claims = await Promise.all([
        feedIncidents.claim(START, hour(1)),
        elsewhere.feedIncidents.claim(START, hour(1)),
      ]);

      expect([...claims].sort()).toEqual([false, true]);
    });

    it('is looked at by another when the one before died and its time is up', async () => {
      const { feedIncidents } = await open();
      await feedIncidents.claim(START, hour(1));

      expect(await feedIncidents.claim(later(HOUR - 1), hour(3))).toBe(false);
      expect(await feedIncidents.claim(hour(1), hour(3))).toBe(true);
    });

    it('is not looked at again before the instant that a look ended with', async () => {
      const { feedIncidents } = await open();
      await feedIncidents.claim(START, later(1_000));
      await feedIncidents.complete(hour(2));

      expect(await feedIncidents.claim(later(2 * HOUR - 1), hour(9))).toBe(false);
      expect(await feedIncidents.claim(hour(2), hour(9))).toBe(true);
    });

    it('keeps what the last look found of all feeds', async () => {
      const { feedIncidents, elsewhere } = await open();
      expect(await feedIncidents.lastCoverage()).toBeNull();
      const coverage = { feeds: 214, read: 213, failing: [{ title: 'Example News', since: START }] };
      await feedIncidents.complete(hour(1), coverage);
      await feedIncidents.claim(hour(1), hour(2));
      await feedIncidents.complete(hour(3));

      expect(await elsewhere.feedIncidents.lastCoverage()).toEqual(coverage);
    });

    it('is looked at although a clock that ran ahead has put off the next look for days', async () => {
      const { feedIncidents } = await open();
      await feedIncidents.complete(hour(25));

      expect(await feedIncidents.claim(START, hour(1))).toBe(true);
    });

    it('is remembered for each feed until operators are notified again or it is forgotten', async () => {
      const { feedIncidents, elsewhere } = await open();
      await feedIncidents.recordNotified(marks([one, 'failing'], [two, 'gone']));
      const first = await elsewhere.feedIncidents.listNotified();

      await feedIncidents.recordNotified(marks([one, 'gone'], [two, null]));
      const second = await elsewhere.feedIncidents.listNotified();
      await feedIncidents.recordNotified(marks([two, 'failing']));

      expect(first).toEqual(marks([one, 'failing'], [two, 'gone']));
      expect(second).toEqual(marks([one, 'gone']));
      expect(await elsewhere.feedIncidents.listNotified()).toEqual(marks([one, 'gone'], [two, 'failing']));
    });

    it('may be noted twice, and forgotten where nothing was known', async () => {
      const { feedIncidents } = await open();
      await feedIncidents.recordNotified(marks([one, 'failing'], [two, null]));
      await feedIncidents.recordNotified(marks([one, 'failing'], [two, null]));

      expect(await feedIncidents.listNotified()).toEqual(marks([one, 'failing']));
    });

    it('is remembered of as many feeds as there are', async () => {
      const { feedIncidents } = await open();
      const many = Array.from({ length: 130 }, (_, n) => feedIdOf(`https://${n}.example.org/feed`));
      await feedIncidents.recordNotified(new Map(many.map((id) => [id, 'failing'])));

      expect([...(await feedIncidents.listNotified()).keys()].sort()).toEqual([...many].sort());
    });
  });
}
