import { later, START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const MINUTE = 60_000;
const minute = (number: number): string => later(number * MINUTE);

export function describeScheduleStore(open: OpenSubject): void {
  describe('the schedule', () => {
    it('knows no minute at first', async () => {
      const { schedule } = await open();

      expect(await schedule.lastMinute()).toBeNull();
    });

    it('knows the last minute whose polls were queued', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(1), minute(2), minute(1));
      const whileClaimed = await schedule.lastMinute();

      await schedule.complete(minute(1));

      expect([whileClaimed, await schedule.lastMinute()]).toEqual([null, minute(1)]);
    });

    it('lets one of two claim the minute', async () => {
      const { schedule, elsewhere } = await open();

      const claims = await Promise.all([
        schedule.claim(START, minute(1), START),
        elsewhere.schedule.claim(START, minute(1), START),
      ]);

      expect([...claims].sort()).toEqual([false, true]);
    });

    it('lets nobody else claim before the time is up, whichever minute', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(1), minute(3), minute(1));

      expect(await schedule.claim(minute(2), minute(4), later(3 * MINUTE - 1))).toBe(false);
    });

    it('lets another claim what a clock that ran days ahead has claimed', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(2 * 1440), minute(2 * 1440 + 1), minute(2 * 1440));

      expect(await schedule.claim(minute(1), minute(2), minute(1))).toBe(true);
    });

    it('lets another claim when the one before died and the time is up', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(1), minute(3), minute(1));

      expect(await schedule.claim(minute(3), minute(5), minute(3))).toBe(true);
    });

    it('can be claimed for the next minute as soon as this one is done', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(1), minute(9), minute(1));
      await schedule.complete(minute(1));

      expect(await schedule.claim(minute(2), minute(9), minute(1))).toBe(true);
    });

    it.each([
      ['is done', 5],
      ['is before one that is done', 4],
    ])('lets nobody claim a minute that %s', async (_name, number) => {
      const { schedule } = await open();
      await schedule.claim(minute(5), minute(6), minute(5));
      await schedule.complete(minute(5));

      expect(await schedule.claim(minute(number), minute(9), minute(6))).toBe(false);
    });

    it('never moves backwards', async () => {
      const { schedule } = await open();
      await schedule.complete(minute(5));

      await schedule.complete(minute(4));
      await schedule.complete(minute(5));

      expect(await schedule.lastMinute()).toBe(minute(5));
    });

    it('leaves the claim of whoever came after one that ends late', async () => {
      const { schedule } = await open();
      await schedule.claim(minute(1), minute(2), minute(1));
      await schedule.claim(minute(3), minute(8), minute(3));

      await schedule.complete(minute(1));

      expect(await schedule.lastMinute()).toBe(minute(1));
      expect(await schedule.claim(minute(4), minute(9), minute(4))).toBe(false);
    });
  });
}
