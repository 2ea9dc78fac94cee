import { DAY_MS } from '../../shared/core/time.ts';
import { later } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const PACE = { perSecond: 2, burst: 1 };

export function describeSendPaceStore(open: OpenSubject): void {
  describe('the row of what is sent', () => {
    it('has its first place now, and further ones at the pace', async () => {
      const { sendPaces } = await open();

      const places = [
        await sendPaces.reserve('mails', 3, PACE, later(0)),
        await sendPaces.reserve('mails', 1, PACE, later(0)),
        await sendPaces.reserve('mails', 1, PACE, later(100)),
      ];

      expect(places).toEqual([later(0), later(1_500), later(2_000)]);
    });

    it('is the same for all processes, and for each name its own', async () => {
      const { sendPaces, elsewhere } = await open();
      await sendPaces.reserve('mails', 2, PACE, later(0));

      expect(await elsewhere.sendPaces.reserve('mails', 1, PACE, later(0))).toBe(later(1_000));
      expect(await elsewhere.sendPaces.reserve('events', 1, PACE, later(0))).toBe(later(0));
    });

    it('gives no place twice when several ask at the same time', async () => {
      const { sendPaces, elsewhere } = await open();

      const places = await Promise.all(
        Array.from({ length: 60 }, (_, at) =>
          (at % 2 === 0 ? sendPaces : elsewhere.sendPaces).reserve('mails', 1, PACE, later(0)),
        ),
      );

      expect([...places].sort()).toEqual(Array.from({ length: 60 }, (_, at) => later(500 * at)));
    });

    it('begins anew where it has been empty for a while, or a clock that ran ahead has filled it', async () => {
      const { sendPaces } = await open();
      await sendPaces.reserve('mails', 3, PACE, later(0));
      expect(await sendPaces.reserve('mails', 1, PACE, later(1_500))).toBe(later(1_500));
      expect(await sendPaces.reserve('mails', 1, PACE, later(60_000))).toBe(later(60_000));
      await sendPaces.reserve('mails', 1, PACE, later(2 * DAY_MS));

      expect(await sendPaces.reserve('mails', 1, PACE, later(60_001))).toBe(later(60_001));
    });

    it('may be a burst, of which the places are past', async () => {
      const { sendPaces } = await open();
      const burst = { perSecond: 0.3, burst: 3 };

      const places = [];
      for (let taken = 0; taken < 4; taken += 1) places.push(await sendPaces.reserve('mails', 1, burst, later(0)));

      expect(places.map((place) => Math.round((Date.parse(place) - Date.parse(later(0))) / 100) + 0)).toEqual([
        -67, -33, 0, 33,
      ]);
    });
  });
}
