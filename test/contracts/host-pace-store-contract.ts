import { idleSharedPace } from '../../shared/net/host-pace.ts';
import type { OpenSubject } from './store-contract.ts';

const HOST = 'news.example.org';
const PACE = { leases: [1_000, 2_000], freeAt: 3_000, pausedUntil: 4_000 };
/** Epoch seconds, long after every test. */
const LATER = 4_000_000_000;

export function describeHostPaceStore(open: OpenSubject): void {
  describe('the pace of hosts', () => {
    it('is idle where nothing is known', async () => {
      const { hostPaces } = await open();

      expect(await hostPaces.read(HOST)).toEqual({ pace: idleSharedPace, version: 0 });
    });

    it('is the same for all processes, and of each host its own', async () => {
      const { hostPaces, elsewhere } = await open();

      const replaced = await hostPaces.replace(HOST, PACE, 0, LATER);

      expect(replaced).toBe(true);
      expect((await elsewhere.hostPaces.read(HOST)).pace).toEqual(PACE);
      expect((await elsewhere.hostPaces.read('other.example.org')).version).toBe(0);
    });

    it('is replaced by one of two who have read the same', async () => {
      const { hostPaces, elsewhere } = await open();

      const first = await Promise.all([
        hostPaces.replace(HOST, PACE, 0, LATER),
        elsewhere.hostPaces.replace(HOST, PACE, 0, LATER),
      ]);
      const { version } = await hostPaces.read(HOST);
      const second = await Promise.all([
        hostPaces.replace(HOST, idleSharedPace, version, LATER),
        elsewhere.hostPaces.replace(HOST, PACE, version, LATER),
      ]);

      expect([...first].sort()).toEqual([false, true]);
      expect([...second].sort()).toEqual([false, true]);
    });
  });
}
