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
        Array.from({ length: 6 }, (_, at) =>
          (at % 2 === 0 ? sendPaces : elsewhere.sendPaces).reserve('mails', 1, PACE, later(0)),
        ),
      );

      expect([...places].sort()).toEqual([0, 500, 1_000, 1_500, 2_000, 2_500].map((ms) => later(ms)));
    });
  });
}
