import { compareWithMemory } from '../../../shared/feeds/feed-memory.ts';
import { identifyItems } from '../../../shared/feeds/item-identity.ts';
import type { FeedMemory } from '../../../shared/ports.ts';
import { anItem, START } from '../../support/builders.ts';

const NOW = new Date(START);
const NOTHING: FeedMemory = { current: new Set(), past: new Map() };

const numbered = (from: number, to: number) =>
  identifyItems(
    Array.from({ length: to - from }, (_, index) => {
      const url = `https://news.example.org/${from + index}`;
      return anItem({ id: url, url, title: `Report ${from + index}` });
    }),
    null,
  );

/** A feed's memory as the store keeps it, and the writes that it took. */
function aMemory() {
  let memory = NOTHING;
  let moves = 0;
  return {
    moves: () => moves,
    current: () => memory.current.size,
    async see(items: ReturnType<typeof numbered>): Promise<number> {
      const { fresh, change } = await compareWithMemory(items, memory.current, async () => memory.past, NOW);
      if (change !== null) {
        const week = new Set([...(memory.past.get(change.week) ?? []), ...change.left]);
        memory = { current: change.current, past: new Map(memory.past).set(change.week, week) };
        if (change.left.size > 0) moves += 1;
      }
      return fresh.length;
    },
  };
}

describe('what is remembered of a feed', () => {
  it('knows an item again that has left the document, however far back it is', async () => {
    const memory = aMemory();
    for (let first = 0; first < 200; first += 1) {
      expect(await memory.see(numbered(first, first + 10))).toBe(first === 0 ? 10 : 1);
    }

    for (let first = 0; first < 200; first += 10) expect(await memory.see(numbered(first, first + 10))).toBe(0);
  });

  it('moves what left to the past many at a time, and does not grow beyond that', async () => {
    const memory = aMemory();
    for (let first = 0; first < 200; first += 1) await memory.see(numbered(first, first + 10));

    expect(memory.moves()).toBeLessThan(10);
    expect(memory.moves()).toBeGreaterThan(5);
    expect(memory.current()).toBeLessThan(20 + 50);
  });

  it('is not written at all for a document without anything new', async () => {
    const items = numbered(0, 10);
    const current = new Set(items.flatMap(({ keys }) => [keys.name, keys.look]));

    const { fresh, change } = await compareWithMemory(items.slice(3), current, () => Promise.reject(new Error()), NOW);

    expect([fresh, change]).toEqual([[], null]);
  });
});
