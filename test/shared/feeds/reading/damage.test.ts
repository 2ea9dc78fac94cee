import { readFeed } from '../../../../shared/feeds/read-feed.ts';
import type { Item, ParsedFeed } from '../../../../shared/model/item.ts';
import { DAMAGES, damaged, damagedHead, SAMPLES, type SampleFeed, whole } from './damaged-feeds.ts';

const GAPS = [
  ['in lines', '\n'],
  ['in one line', ''],
] as const;
/** What no reader can undo: without its start tag, the first item is told by nothing from the feed around it. */
const HOPELESS_FOR_FIRST = new Set(['the < is missing', 'the start tag is missing']);

const read = (text: string): Promise<ParsedFeed> =>
  readFeed({ body: new TextEncoder().encode(text), url: 'https://example.org/feed.xml' });

const fieldsOf = (item: Item): readonly (keyof Item)[] => Object.keys(item) as (keyof Item)[];

/** For each element of an item the fields that it gives: those that change without it. */
async function fieldsByElement(sample: SampleFeed, gap: string): Promise<readonly ReadonlySet<keyof Item>[]> {
  const { items } = await read(whole(sample, gap));
  const without = sample.elements.map((_, left) =>
    read(whole({ ...sample, elements: sample.elements.filter((_element, index) => index !== left) }, gap)),
  );
  return (await Promise.all(without)).map(
    (rest) => new Set(fieldsOf(items[1]!).filter((field) => !isEqual(items[1]![field], rest.items[1]![field]))),
  );
}

/** Equal texts need no look at each field: there are tens of thousands of them. */
function expectSame(what: string, found: readonly Item[], expected: readonly Item[]): void {
  if (!isEqual(found, expected)) expect([what, found]).toEqual([what, expected]);
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const cases = SAMPLES.flatMap((sample) =>
  GAPS.map(([lines, gap]) => [`${sample.name} ${lines}`, sample, gap] as const),
);

describe.each(cases)('in %s', (_name, sample, gap) => {
  let items: readonly Item[];
  let given: Awaited<ReturnType<typeof fieldsByElement>>;
  beforeAll(async () => {
    ({ items } = await read(whole(sample, gap)));
    given = await fieldsByElement(sample, gap);
  });

  it('all items are read whole where nothing is damaged', () => {
    expect(items).toHaveLength(3);
    for (const { title, url, id, published, updated, summary, content, authors } of items) {
      expect([title, url, id, published ?? updated, summary ?? content, authors[0]]).not.toContain(null);
      expect(authors).toHaveLength(1);
    }
  });

  it.each(Object.entries(DAMAGES))('nothing but the damaged field suffers when %s', async (name, damage) => {
    for (const number of [1, 2, 3] as const) {
      for (const { text, element, what } of damaged(sample, gap, damage, number)) {
        if (number === 1 && element === null && HOPELESS_FOR_FIRST.has(name)) continue;
        const outcome = await read(text);
        const mayDiffer = element === null ? ((sample.givenByFrame ?? []) as (keyof Item)[]) : [...given[element]!];

        const expected = items.map((item, index) => {
          const got = outcome.items[index];
          const lost = got === undefined || index !== number - 1 ? [] : mayDiffer.map((field) => [field, got[field]]);
          return { ...item, ...Object.fromEntries(lost) };
        });
        expectSame(`item ${number}: ${what}`, outcome.items, expected);
      }
    }
  });

  it.each(Object.entries(DAMAGES))('no item suffers when in the head of the feed %s', async (_what, damage) => {
    for (const { text, what } of damagedHead(sample, gap, damage)) {
      expectSame(what, (await read(text)).items, items);
    }
  });
});
