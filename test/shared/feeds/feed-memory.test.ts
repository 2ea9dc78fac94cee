import { createHash } from 'node:crypto';
import { compareWithMemory } from '../../../shared/feeds/feed-memory.ts';
import { identifyItems, reusedMark } from '../../../shared/feeds/item-identity.ts';
import { NOTE_DIGITS } from '../../../shared/feeds/item-note.ts';
import type { FeedMemory } from '../../../shared/model/feed.ts';
import { articleIdOf, feedIdOf } from '../../../shared/model/ids.ts';
import type { Item } from '../../../shared/model/item.ts';
import { aClock, anItem, START } from '../../support/builders.ts';

const NOW = new Date(START);
const MINUTE = 60_000;
const WORDS = ['apple', 'birch', 'cedar', 'daisy', 'elder', 'ferns', 'grass', 'hazel'];
const teaser = (item: Item, n: number): Item => ({ ...item, summary: `${item.summary} See also: ${WORDS[n % 8]}.` });
const NOTHING: FeedMemory = { current: new Set(), past: new Map() };

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => {
    const url = `https://news.example.org/${from + index}`;
    return anItem({ id: url, url, title: `Report ${from + index}` });
  });
const showing = (items: readonly Item[], isFirst = false) => ({
  feedId: feedIdOf('https://news.example.org/feed.xml'),
  items,
  siteUrl: null,
  isFirst,
});

/** A feed's memory as the store keeps it, the writes that it took, and what each document brought. */
function aMemory(clock = aClock()) {
  let memory = NOTHING;
  let moves = 0;
  let writes = 0;
  return {
    clock,
    moves: () => moves,
    writes: () => writes,
    current: () => memory.current.size,
    holds: (key: string) => memory.current.has(key),
    /** As a version without notes would have left it. */
    loseNotes(): void {
      memory = { ...memory, current: new Set([...memory.current].map((entry) => entry.slice(0, 12))) };
    },
    hold(current: readonly string[]): void {
      memory = { ...memory, current: new Set(current) };
    },
    /** Of what is remembered of the present: six for a key. */
    articles: () => [...memory.current].filter((entry) => entry.length > 12 + NOTE_DIGITS).length,
    bytes: () => [...memory.current].reduce((sum, entry) => sum + entry.length / 2, 0),
    async compare(items: readonly Item[], isFirst = false) {
      const found = await compareWithMemory(
        showing(items, isFirst),
        memory.current,
        async () => memory.past,
        clock.now(),
      );
      const { change } = found;
      if (change !== null) {
        const week = new Set([...(memory.past.get(change.week) ?? []), ...change.left]);
        memory = { current: change.current, past: new Map(memory.past).set(change.week, week) };
        writes += 1;
        if (change.left.size > 0) moves += 1;
      }
      return found;
    },
    async see(items: readonly Item[]): Promise<number> {
      return (await this.compare(items)).fresh.length;
    },
    /** Ids of the items that are matched again. */
    async edits(items: readonly Item[]): Promise<readonly (string | null)[]> {
      return (await this.compare(items)).edited.map(({ item }) => item.id);
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
    const bytes: number[] = [];
    for (let first = 0; first < 200; first += 1) {
      await memory.see(numbered(first, first + 10));
      bytes.push(memory.bytes());
    }

    // A record of a kilobyte, of which 90 bytes are no keys, is one write unit.
    expect(Math.max(...bytes)).toBeLessThanOrEqual(1024 - 90);
    expect(memory.moves()).toBeLessThan(10);
    expect(memory.moves()).toBeGreaterThan(5);
    expect(memory.current()).toBeLessThan(30 + 75);
  });

  it('is not written at all for a document without anything new', async () => {
    const items = numbered(0, 10);
    const first = await compareWithMemory(showing(items), new Set(), async () => new Map(), NOW);
    const current = first.change?.current ?? new Set();

    const { fresh, change } = await compareWithMemory(
      showing(items.slice(3)),
      current,
      () => Promise.reject(new Error()),
      NOW,
    );

    expect([fresh, change]).toEqual([[], null]);
  });
});

describe('edited items', () => {
  const counted = (item: Item, n: number): Item => ({ ...item, summary: `${item.summary} Read ${n} times.` });

  it('are matched again under the article of their first match', async () => {
    const memory = aMemory();
    const first = await memory.compare(numbered(0, 2));

    const { edited, fresh } = await memory.compare(numbered(0, 2).map((item, n) => (n === 1 ? teaser(item, 0) : item)));

    expect(fresh).toEqual([]);
    expect(edited.map(({ articleId }) => articleId)).toEqual([first.fresh[1]!.articleId]);
  });

  it('are matched again at once the first time, then once an hour', async () => {
    const memory = aMemory();
    const [item] = numbered(0, 1);
    await memory.see([item!]);
    const matched: number[] = [];

    for (let n = 1; n <= 30; n += 1) {
      memory.clock.advance(5 * MINUTE);
      if ((await memory.edits([teaser(item!, n)])).length > 0) matched.push(5 * n);
    }

    expect(matched).toEqual([5, 65, 125]);
    expect(memory.writes()).toBe(4);
  });

  it('are matched again every six hours where only figures change', async () => {
    const memory = aMemory();
    const [item] = numbered(0, 1);
    await memory.see([counted(item!, 0)]);
    const matched: number[] = [];

    for (let hour = 1; hour <= 20; hour += 1) {
      memory.clock.advance(60 * MINUTE);
      if ((await memory.edits([counted(item!, hour)])).length > 0) matched.push(hour);
    }

    expect(matched).toEqual([6, 12, 18]);
  });

  it('are at most twelve of a feed an hour, those first that never were, then those that have waited longest', async () => {
    const memory = aMemory();
    const items = numbered(0, 20);
    await memory.see(items);
    memory.clock.advance(5 * MINUTE);

    const first = await memory.edits(items.map((item) => teaser(item, 1)));
    memory.clock.advance(10 * MINUTE);
    const none = await memory.edits(items.map((item) => teaser(item, 2)));
    memory.clock.advance(50 * MINUTE);
    const second = await memory.edits(items.map((item) => teaser(item, 3)));
    memory.clock.advance(60 * MINUTE);
    const third = await memory.edits(items.map((item) => teaser(item, 4)));

    const ids = items.map(({ id }) => id);
    expect([first, none]).toEqual([ids.slice(0, 12), []]);
    expect(second).toEqual([...ids.slice(0, 4), ...ids.slice(12)]);
    expect(third).toEqual([...ids.slice(0, 12)]);
  });

  it('that change their link are matched again under the article of their first match, however often', async () => {
    const memory = aMemory();
    const [item] = numbered(0, 1);
    const { fresh } = await memory.compare([item!]);
    const ids: unknown[] = [];

    for (let n = 1; n <= 3; n += 1) {
      memory.clock.advance(61 * MINUTE);
      const moved = { ...teaser(item!, n), url: `https://news.example.org/moved-${n}` };
      ids.push(...(await memory.compare([moved])).edited.map(({ articleId }) => articleId));
    }

    expect(ids).toEqual([1, 2, 3].map(() => fresh[0]!.articleId));
  });

  it('that change their link are left alone, and cost no write, where they are not among the newest twelve', async () => {
    const memory = aMemory();
    await memory.see(numbered(0, 2));
    memory.clock.advance(MINUTE);
    await memory.see(numbered(0, 13));

    const edits = await memory.edits(
      numbered(0, 13).map((item, n) => (n < 2 ? { ...teaser(item, 1), url: `${item.url}/moved` } : item)),
    );

    expect([edits, memory.writes()]).toEqual([['https://news.example.org/0'], 3]);
  });

  it('were there at the first poll, or appeared later', async () => {
    const memory = aMemory();
    await memory.compare(numbered(0, 1), true);
    await memory.compare(numbered(0, 2));

    const { edited } = await memory.compare(numbered(0, 2).map((item) => teaser(item, 1)));

    expect(edited.map(({ isStock }) => isStock)).toEqual([true, false]);
  });

  it('are not looked for beyond the first two hundred of a document', async () => {
    const memory = aMemory();
    const items = numbered(0, 300);
    await memory.see(items);

    const edits = await memory.edits(items.map((item, n) => (n === 199 || n === 200 ? teaser(item, 1) : item)));

    expect(edits).toEqual([items[199]!.id]);
    expect(memory.writes()).toBe(2);
  });
});

describe('what is remembered costs', () => {
  const unitsOf = (bytes: number): number => Math.ceil((bytes + 90) / 1_024);

  it.each([
    [1, 1],
    [10, 1],
    [20, 2],
    [25, 2],
  ])('of %d items %d write units at most, while items come and go', async (count, units) => {
    const memory = aMemory();
    const most: number[] = [];

    for (let first = 0; first < 150; first += 1) {
      memory.clock.advance(MINUTE);
      await memory.see(numbered(first, first + count));
      most.push(unitsOf(memory.bytes()));
    }

    expect(Math.max(...most)).toBe(units);
  });

  it('articles of at most two dozen items, where there are hundreds', async () => {
    const memory = aMemory();
    const held: number[] = [];

    for (let first = 0; first < 60; first += 1) {
      memory.clock.advance(MINUTE);
      await memory.see(numbered(first, first + 100));
      held.push(memory.articles());
    }

    expect([held[0], Math.max(...held), new Set(held.slice(1)).size]).toEqual([12, 24, 13]);
  });

  it('notes of the two hundred items that came last, wherever they stand', async () => {
    const memory = aMemory();
    await memory.see(numbered(0, 250));
    memory.clock.advance(MINUTE);
    const items = numbered(0, 251);
    await memory.see(items);

    const edits = await memory.edits(items.map((item, n) => ([198, 199, 250].includes(n) ? teaser(item, 1) : item)));

    expect(edits).toEqual([items[198]!.id, items[250]!.id]);
  });
});

describe('a memory of version 16e15f8', () => {
  // Its keys of an item without a guid were made from the link as it stood.
  const key = (...parts: readonly string[]): string =>
    createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
  const keysOf = (link: string, { title, published }: Item): readonly string[] => [
    key('page', link),
    key('link', link, title!, published!.slice(0, 10)),
  ];
  const WAYS: readonly [what: string, link: string, former: string][] = [
    [
      'leads through a search engine',
      'https://www.google.com/url?sa=t&url=https://news.example.org/a',
      'https://www.google.com/url?sa=t&url=https://news.example.org/a',
    ],
    [
      'has a parameter that is listed since',
      'https://news.example.org/a?srsltid=12',
      'https://news.example.org/a?srsltid=12',
    ],
    ['is of http', 'http://news.example.org/a', 'https://news.example.org/a'],
  ];

  it.each(WAYS)('knows an item whose link %s', async (_what, url, former) => {
    const item = anItem({ id: null, url });
    const current = new Set(keysOf(former, item));
    const past = new Map([['2026-W40', current]]);

    const shown = await compareWithMemory(showing([item]), current, async () => new Map(), NOW);
    const back = await compareWithMemory(showing([item]), new Set(), async () => past, NOW);

    expect([shown.fresh, back.fresh]).toEqual([[], []]);
  });

  it('knows an item under another guid by its link and title', async () => {
    const item = anItem({ id: 'new', url: WAYS[1]![1] });

    const { fresh } = await compareWithMemory(
      showing([item]),
      new Set(keysOf(WAYS[1]![2], item).slice(1)),
      async () => new Map(),
      NOW,
    );

    expect(fresh).toEqual([]);
  });

  it.each<[what: string, guid: string | null, url: string, article: string]>([
    ['http', 'tag:a', 'http://news.example.org/a', 'http://news.example.org/a'],
    ['http, without a guid', null, 'http://news.example.org/a', 'http://news.example.org/a'],
    ['a search engine', 'tag:a', WAYS[0]![1], WAYS[0]![2]],
    ['https', 'tag:a', 'https://news.example.org/a', 'https://news.example.org/a'],
    [
      'an AMP copy',
      'tag:a',
      'https://news-example-org.cdn.ampproject.org/c/s/news.example.org/a',
      'https://news.example.org/a',
    ],
  ])('matches an edit under the article that it made of a link by %s', async (_what, id, url, article) => {
    const others = numbered(0, 20);
    const item = anItem({ id, url });
    const memory = aMemory();
    const names = [...others.map(({ id }) => key('guid', id!)), ...keysOf(article.replace('http:', 'https:'), item)];
    memory.hold([...names, key('guid', 'tag:a')]);
    await memory.compare([...others, item]);

    const { edited } = await memory.compare([...others, { ...item, summary: 'A convoy crossed the river.' }]);

    expect(edited.map(({ articleId }) => articleId)).toEqual([articleIdOf(article)]);
  });
});

describe('a memory from before notes were taken', () => {
  it('gets them with the first document, in one write, and nothing is matched again', async () => {
    const memory = aMemory();
    await memory.see(numbered(0, 10));
    memory.loseNotes();
    const changed = numbered(0, 10).map((item) => ({ ...item, summary: 'Other words.' }));

    const first = await memory.compare(changed);
    const second = await memory.compare(changed);

    expect([first.fresh, first.edited, second.edited]).toEqual([[], [], []]);
    expect([memory.writes(), second.change]).toEqual([2, null]);
  });

  it('takes its items for such as were there at the first poll', async () => {
    const memory = aMemory();
    await memory.see(numbered(0, 1));
    memory.loseNotes();
    await memory.see(numbered(0, 1));

    const { edited } = await memory.compare(numbered(0, 1).map((item) => ({ ...item, summary: 'Other words.' })));

    expect(edited.map(({ isStock }) => isStock)).toEqual([true]);
  });
});

describe('guids and links that change at each poll', () => {
  const churned = (n: number): Item[] =>
    numbered(0, 5).map((item, at) => ({ ...item, id: `${at}-${n}`, url: `https://news.example.org/${at}?at=${n}` }));

  it('cost one write more, and no others', async () => {
    const memory = aMemory();
    const fresh: number[] = [];

    for (let n = 0; n < 10; n += 1) fresh.push(await memory.see(churned(n)));

    expect(fresh).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(memory.writes()).toBe(2);
  });

  it('that change once stay known when the item is edited under its new name', async () => {
    const memory = aMemory();
    await memory.see(churned(0));
    await memory.see(churned(1));

    expect(await memory.see(churned(1).map((item) => ({ ...item, title: `${item.title}: update` })))).toBe(0);
  });

  it('hold an undated story only while it is in the document', async () => {
    const undated = (n: number) => churned(n).map((item) => ({ ...item, published: null }));
    const memory = aMemory();
    await memory.see(undated(0));
    const known = await memory.see(undated(1));
    for (let n = 0; n < 100; n += 5) await memory.see(numbered(100 + n, 105 + n));

    expect([known, await memory.see(undated(2))]).toEqual([0, 5]);
  });
});

describe('a name that was seen to be reused', () => {
  const bulletin = (n: number, change: Partial<Item> = {}): Item =>
    anItem({
      id: 'current',
      url: null,
      title: ['Fog', 'Strike', 'Flood', 'Heat'][n % 4]!.concat(` ${n}`),
      summary: ['Ships wait outside.', 'Sailors walk away.', 'Cellars stand under water.', 'Fields dried up.'][n % 4]!,
      published: new Date(NOW.getTime() + n * 60_000).toISOString(),
      ...change,
    });

  it('is remembered as long as it is shown, and ninety days more', async () => {
    const memory = aMemory();
    for (let n = 0; n < 4; n += 1) expect(await memory.see([bulletin(n)])).toBe(1);
    for (let n = 0; n < 300; n += 10) await memory.see(numbered(n, n + 10));

    // So few words are left of the old one that they would pass for an edit under a good name.
    expect(await memory.see([bulletin(5, { summary: 'Fields dried up.' })])).toBe(1);
  });

  it('is found after other items have come in between', async () => {
    const memory = aMemory();
    await memory.see([bulletin(0)]);
    await memory.see(numbered(0, 1));
    await memory.see(numbered(1, 2));

    expect(await memory.see([bulletin(1)])).toBe(1);
  });

  it('is one whose item stands beside it under another guid, whatever words they share', async () => {
    const memory = aMemory();
    const [one, two] = numbered(0, 2);
    await memory.see([{ ...one!, id: 'place-0' }]);

    const { fresh } = await memory.compare([
      { ...two!, id: 'place-0' },
      { ...one!, id: 'place-1' },
    ]);

    expect(fresh.map(({ item }) => item.url)).toEqual([two!.url]);
  });

  it('stays marked while nothing but known items is shown', async () => {
    const memory = aMemory();
    const mark = reusedMark(identifyItems([bulletin(0)], null)[0]!.keys.name);
    for (let n = 0; n < 2; n += 1) await memory.see([bulletin(n)]);
    const isMarked: boolean[] = [];

    // Ninety keys leave, so that what is not written again moves to the past.
    for (let n = 0; n < 3; n += 1) {
      await memory.see([bulletin(1), ...numbered(100 * n, 100 * n + 30)]);
      isMarked.push(memory.holds(mark));
    }

    expect(isMarked).toEqual([true, true, true]);
  });

  it('is guid and link both, where a bulletin of one title comes twice on a day', async () => {
    const memory = aMemory();
    const at = (hour: string, summary: string): Item =>
      anItem({ title: 'Traffic', summary, published: `2026-11-17T${hour}:30:00.000Z` });
    await memory.see([at('00', 'Lorries queue before the tunnel.')]);

    const { fresh } = await memory.compare([at('13', 'Fallen trees block coastal roads.')]);

    expect(fresh.map(({ linkIsOwn }) => linkIsOwn)).toEqual([false]);
  });

  it('gives each item an article of its own, the same when the poll is repeated', async () => {
    const memory = aMemory();
    await memory.see([bulletin(0)]);
    const before = await compareWithMemory(showing([bulletin(1)]), new Set(), async () => new Map(), NOW);
    const current = before.change!.current;
    const ids = async (n: number) =>
      (await compareWithMemory(showing([bulletin(n)]), current, async () => new Map(), NOW)).fresh.map(
        ({ articleId }) => articleId,
      );

    const [two, again, three] = [await ids(2), await ids(2), await ids(3)];

    expect(two).toEqual(again);
    expect(new Set([...two, ...three, before.fresh[0]!.articleId]).size).toBe(3);
  });

  it('is found in the document alone where half of its items share it', async () => {
    const memory = aMemory();
    const shared = (n: number) =>
      anItem({ id: null, url: 'https://news.example.org/all', title: `Warning ${n}`, summary: 'Wind.' });
    await memory.see([shared(1), shared(2)]);

    expect([await memory.see([shared(3)]), await memory.see([shared(4)])]).toEqual([1, 1]);
  });
});
