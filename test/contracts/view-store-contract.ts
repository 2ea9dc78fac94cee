import type { SavedView } from '../../shared/model/saved-view.ts';
import { START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const aView = (id: string, change: Partial<SavedView> = {}): SavedView => ({
  id,
  name: 'Treaties of the week',
  query: 'since=P7D&topic=treaties',
  owner: 'ana',
  shared: false,
  createdAt: START,
  ...change,
});

export function describeViewStore(open: OpenSubject): void {
  describe('saved views', () => {
    it('are kept with all their fields until they are removed', async () => {
      const { views, elsewhere } = await open();
      await views.putView(aView('a'));
      await views.putView(aView('b', { shared: true }));

      const ids = (found: readonly SavedView[]) => found.map(({ id }) => id).sort();
      expect(await elsewhere.views.listViews()).toContainEqual(aView('b', { shared: true }));
      expect(ids(await elsewhere.views.listViews())).toEqual(['a', 'b']);
      await elsewhere.views.removeView('a');
      await elsewhere.views.removeView('nothing');
      expect(ids(await views.listViews())).toEqual(['b']);
    });
  });
}
