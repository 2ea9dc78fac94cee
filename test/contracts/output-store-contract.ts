import type { OutputFeed } from '../../shared/model/output.ts';
import { later, START } from '../support/builders.ts';
import { anOutput } from '../support/output-world.ts';
import type { OpenSubject } from './store-contract.ts';

const WITH_EVERYTHING: Partial<OutputFeed> = {
  topics: ['river-crossings', 'treaties'],
  feed: 'a-feed' as OutputFeed['feed'],
  source: 'example.org',
  lang: 'en',
  text: 'Elbe',
};

export function describeOutputStore(open: OpenSubject): void {
  describe('outputs', () => {
    it('are stored with all their fields, and seen by other processes at once', async () => {
      const { outputs, elsewhere } = await open();
      const [plain, full] = [anOutput({ id: 'a' }), anOutput({ id: 'b', ...WITH_EVERYTHING })];

      await outputs.createOutput(full);
      await outputs.createOutput(plain);

      expect(await elsewhere.outputs.getOutput('b')).toEqual(full);
      expect(await elsewhere.outputs.listOutputs()).toEqual([plain, full]);
      expect(await outputs.getOutput('c')).toBeNull();
    });

    it('are not replaced by another with the same id', async () => {
      const { outputs } = await open();
      await outputs.createOutput(anOutput());

      await expect(outputs.createOutput(anOutput({ title: 'Another' }))).rejects.toMatchObject({ code: 'conflict' });
      expect(await outputs.listOutputs()).toEqual([anOutput()]);
    });

    it('change where a change names something; null empties a field', async () => {
      const { outputs } = await open();
      await outputs.createOutput(anOutput(WITH_EVERYTHING));

      await outputs.updateOutput(anOutput().id, { title: 'Renamed', text: null, secretHash: 'new' }, later(1_000));

      const expected = anOutput({ ...WITH_EVERYTHING, title: 'Renamed', text: null, secretHash: 'new' });
      expect(await outputs.getOutput(anOutput().id)).toEqual({ ...expected, updatedAt: later(1_000) });
    });

    it('keep both of two changes that come at once', async () => {
      const { outputs, elsewhere } = await open();
      await outputs.createOutput(anOutput());

      await Promise.all([
        outputs.updateOutput(anOutput().id, { title: 'Renamed' }, START),
        elsewhere.outputs.updateOutput(anOutput().id, { secretHash: 'new' }, START),
      ]);

      expect(await outputs.getOutput(anOutput().id)).toEqual(anOutput({ title: 'Renamed', secretHash: 'new' }));
    });

    it('cannot be changed where there is none', async () => {
      const { outputs } = await open();

      await expect(outputs.updateOutput('none', { title: 'x' }, START)).rejects.toMatchObject({ code: 'not_found' });
      expect(await outputs.listOutputs()).toEqual([]);
    });

    it('remember the day of the last reading, which changes nothing else', async () => {
      const { outputs, elsewhere } = await open();
      await outputs.createOutput(anOutput());

      await elsewhere.outputs.noteRead(anOutput().id, '2026-11-17');
      await elsewhere.outputs.noteRead(anOutput().id, '2026-11-18');

      expect(await outputs.getOutput(anOutput().id)).toEqual(anOutput({ lastReadOn: '2026-11-18' }));
      expect(await outputs.listOutputs()).toEqual([anOutput({ lastReadOn: '2026-11-18' })]);
    });

    it('are gone once removed, also where one was removed already', async () => {
      const { outputs } = await open();
      await outputs.createOutput(anOutput());

      for (let i = 0; i < 2; i++) await outputs.removeOutput(anOutput().id);
      // A reading that was under way.
      await outputs.noteRead(anOutput().id, '2026-11-18');

      expect(await outputs.getOutput(anOutput().id)).toBeNull();
      expect(await outputs.listOutputs()).toEqual([]);
    });
  });
}
