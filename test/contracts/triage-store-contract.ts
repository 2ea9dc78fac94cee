import type { Triage } from '../../shared/model/triage.ts';
import { START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

/** Far in the future, in seconds. */
const NEVER = 9_999_999_999;

const triageOf = (story: string, change: Partial<Triage> = {}): Triage => ({
  story,
  state: 'kept',
  dismissedAs: null,
  note: 'Ask the desk',
  by: 'owner',
  at: START,
  revision: 1,
  expiresAt: NEVER,
  ...change,
});

export function describeTriageStore(open: OpenSubject): void {
  describe('what the team has done with stories', () => {
    it('is stored with all its fields, and seen by other processes at once', async () => {
      const { triages, elsewhere } = await open();
      const [kept, dismissed] = [
        triageOf('a'),
        triageOf('b', { state: 'dismissed', dismissedAs: 'duplicate', note: null }),
      ];

      expect(await triages.putTriage(kept)).toBe(true);
      expect(await triages.putTriage(dismissed)).toBe(true);

      const found = await elsewhere.triages.getTriages(['b', 'a', 'a', 'nobody']);
      expect(found.toSorted((one, other) => (one.story < other.story ? -1 : 1))).toEqual([kept, dismissed]);
      expect(await triages.getTriages([])).toEqual([]);
    });

    it('is replaced by the next revision only', async () => {
      const { triages, elsewhere } = await open();
      await triages.putTriage(triageOf('a'));

      expect(await elsewhere.triages.putTriage(triageOf('a', { by: 'another' }))).toBe(false);
      expect(await elsewhere.triages.putTriage(triageOf('a', { by: 'another', revision: 3 }))).toBe(false);
      expect(await elsewhere.triages.putTriage(triageOf('a', { by: 'another', revision: 2 }))).toBe(true);

      expect(await triages.getTriages(['a'])).toEqual([triageOf('a', { by: 'another', revision: 2 })]);
    });

    it('ends, and begins again', async () => {
      const { triages, clock } = await open();
      await triages.putTriage(triageOf('a', { expiresAt: Date.parse(START) / 1_000 + 60 }));
      expect(await triages.getTriages(['a'])).toHaveLength(1);

      clock.advance(60_000);

      expect(await triages.getTriages(['a'])).toEqual([]);
      // The record may still be there: the database deletes it up to two days late.
      expect(await triages.putTriage(triageOf('a', { by: 'another' }))).toBe(true);
      expect(await triages.getTriages(['a'])).toEqual([triageOf('a', { by: 'another' })]);
    });
  });
}
