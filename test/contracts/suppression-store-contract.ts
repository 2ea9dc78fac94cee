import { hashOfAddress, type Suppression } from '../../shared/model/suppression.ts';
import { aNewFeed, epochSeconds, later, START } from '../support/builders.ts';
import { allPages } from './paging.ts';
import type { OpenSubject } from './store-contract.ts';

const HASH = hashOfAddress('reader@example.org');
const SOON = epochSeconds(later(60_000));

const aSuppression = (change: Partial<Suppression> = {}): Suppression => ({
  hash: HASH,
  cause: 'bounce',
  reason: '550 5.1.1 no such user',
  at: START,
  ...change,
});

export function describeSuppressionStore(open: OpenSubject): void {
  describe('an address that gets no mail', () => {
    it('is on the list as it was put there, for every process', async () => {
      const { suppressions, elsewhere } = await open();

      expect(await suppressions.getSuppression(HASH)).toBeNull();
      expect(await suppressions.suppress(aSuppression())).toBe('added');
      expect(await elsewhere.suppressions.getSuppression(HASH)).toEqual(aSuppression());
    });

    it('keeps its first reason', async () => {
      const { suppressions } = await open();
      await suppressions.suppress(aSuppression());

      expect(await suppressions.suppress(aSuppression({ cause: 'complaint', at: later(1_000) }))).toBe('known');
      expect(await suppressions.getSuppression(HASH)).toEqual(aSuppression());
    });

    it('is put there by one of two at the same time', async () => {
      const { suppressions, elsewhere } = await open();

      const outcomes = await Promise.all([
        suppressions.suppress(aSuppression()),
        elsewhere.suppressions.suppress(aSuppression()),
      ]);

      expect(outcomes.sort()).toEqual(['added', 'known']);
    });

    it('has a reason of bounded length', async () => {
      const { suppressions } = await open();
      await suppressions.suppress(aSuppression({ reason: 'x'.repeat(5_000) }));

      expect((await suppressions.getSuppression(HASH))?.reason).toMatch(/^x{900,1000}/);
      expect((await suppressions.getSuppression(HASH))?.reason.length).toBeLessThanOrEqual(1_000);
    });

    it('is taken off, and may be put there again', async () => {
      const { suppressions } = await open();
      await suppressions.suppress(aSuppression());

      expect([await suppressions.liftSuppression(HASH), await suppressions.liftSuppression(HASH)]).toEqual([
        true,
        false,
      ]);
      expect(await suppressions.getSuppression(HASH)).toBeNull();
      expect(await suppressions.suppress(aSuppression({ cause: 'complaint' }))).toBe('added');
    });
  });

  describe('the list of addresses that get no mail', () => {
    it('shows each once, the oldest first, in pages', async () => {
      const { suppressions } = await open();
      for (const [at, hash] of ['e', 'd', 'c', 'b', 'a'].entries())
        await suppressions.suppress(aSuppression({ hash, at: later(at) }));

      const pages = await allPages(2, (page) => suppressions.listSuppressions(page));

      expect(pages.map((page) => page.map(({ hash }) => hash))).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    });

    it('refuses the cursor of another list', async () => {
      const { suppressions, feeds } = await open();
      for (const path of ['a', 'b']) await feeds.addFeed(aNewFeed({ url: `https://news.example.org/${path}` }));
      const { cursor } = await feeds.listFeeds({ limit: 1, cursor: null });

      expect(cursor).not.toBeNull();
      await expect(suppressions.listSuppressions({ limit: 1, cursor })).rejects.toMatchObject({ code: 'bad_cursor' });
    });

    it('does not show refusals that led nowhere', async () => {
      const { suppressions } = await open();
      await suppressions.noteRefusal(HASH, 'mail-1', SOON);

      expect(await suppressions.listSuppressions({ limit: 10, cursor: null })).toEqual({ items: [], cursor: null });
      expect(await suppressions.getSuppression(HASH)).toBeNull();
    });
  });

  describe('refusals of an address', () => {
    it('are counted by mail', async () => {
      const { suppressions, elsewhere } = await open();

      const counts = [
        await suppressions.noteRefusal(HASH, 'mail-1', SOON),
        await elsewhere.suppressions.noteRefusal(HASH, 'mail-1', SOON),
        await suppressions.noteRefusal(HASH, 'mail-2', SOON),
        await suppressions.noteRefusal('another address', 'mail-3', SOON),
      ];

      expect(counts).toEqual([1, 1, 2, 1]);
    });

    it('are forgotten at the second that the first of them named', async () => {
      const { suppressions, clock } = await open();
      await suppressions.noteRefusal(HASH, 'mail-1', SOON);
      clock.set(later(59_000));
      const before = await suppressions.noteRefusal(HASH, 'mail-2', SOON + 1_000);
      clock.set(later(60_000));

      expect([before, await suppressions.noteRefusal(HASH, 'mail-3', SOON + 1_000)]).toEqual([2, 1]);
    });

    it('are forgotten when the address is taken off the list', async () => {
      const { suppressions } = await open();
      await suppressions.noteRefusal(HASH, 'mail-1', SOON);
      await suppressions.liftSuppression(HASH);

      expect(await suppressions.noteRefusal(HASH, 'mail-2', SOON)).toBe(1);
    });
  });
}
