// The turns of large documents by themselves. Over real connections: large-documents.test.ts.
import { createLargeDocuments } from '../../../adapters/http/large-documents.ts';
import { until } from '../../support/waiting.ts';

/** So that a clock that goes on would show it. */
async function someTime(): Promise<void> {
  const from = performance.now();
  await until(() => performance.now() > from + 1);
}

describe('a turn', () => {
  it('counts what was waited for it, and not how long it lasts', async () => {
    await createLargeDocuments().withTurn(async (turn) => {
      await turn.take();
      const waited = turn.waitedMs();
      await someTime();

      expect(turn.waitedMs()).toBe(waited);
    });
  });

  it('counts while it is waited for', async () => {
    const documents = createLargeDocuments({ atOnce: 1 });
    await documents.withTurn(async (first) => {
      await first.take();
      const end = Promise.withResolvers<void>();
      const second = documents.withTurn(async (turn) => {
        void turn.take();
        const before = turn.waitedMs();
        await someTime();
        expect(turn.waitedMs()).toBeGreaterThan(before);
        await end.promise;
      });
      end.resolve();
      await second;
    });
  });

  it('is one, however often it is asked for', async () => {
    const documents = createLargeDocuments({ atOnce: 1 });

    await documents.withTurn(async (turn) => {
      expect([await turn.take(), await turn.take()]).toEqual([true, true]);
    });

    expect(await documents.withTurn((turn) => turn.take())).toBe(true);
  });
});
