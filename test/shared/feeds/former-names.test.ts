// What versions up to 0.1 remembered of an item must not look new.
import { formerArticleId, formerKeysOf } from '../../../shared/feeds/former-names.ts';
import { identifyItems, keyOf } from '../../../shared/feeds/item-identity.ts';
import { articleIdOf } from '../../../shared/model/ids.ts';
import type { Item } from '../../../shared/model/item.ts';
import { anItem, START } from '../../support/builders.ts';

const TITLE = 'Convoy crosses the river';
const DAY = START.slice(0, 10);
const TRACKED = 'http://news.example.org/a?srsltid=1';
const identified = (change: Partial<Item>) => identifyItems([anItem({ title: TITLE, ...change })], null)[0]!;

describe('the keys of former versions', () => {
  it('name the link as it stood, by https, with parameters that were not known to be for tracking', () => {
    const link = 'https://news.example.org/a?srsltid=1';

    expect(formerKeysOf(identified({ id: null, url: TRACKED }))).toEqual([
      keyOf('page', link),
      keyOf('link', link, TITLE, DAY),
    ]);
    expect(formerKeysOf(identified({ id: 'guid', url: TRACKED }))).toEqual([keyOf('link', link, TITLE, DAY)]);
  });

  it('are none where the name of the link is still the same, or the link is not its own', () => {
    expect(formerKeysOf(identified({ id: null, url: 'http://news.example.org/a?utm_source=1' }))).toEqual([]);
    expect(formerKeysOf(identified({ url: null }))).toEqual([]);
    expect(formerKeysOf({ ...identified({ url: TRACKED }), linkIsOwn: false })).toEqual([]);
  });
});

describe('the article of former versions', () => {
  it.each<[url: string, named: string]>([
    [TRACKED, TRACKED],
    ['https://news.example.org/a?utm_source=1', 'https://news.example.org/a'],
    ['https://cdn.ampproject.org/c/s/news.example.org/a', 'https://news.example.org/a'],
  ])('%s is named by %s', (url, named) => {
    expect(formerArticleId(identified({ url }))).toBe(articleIdOf(named));
  });

  it.each([null, 'mailto:desk@example.org'])('is none for the link %j', (url) => {
    expect(formerArticleId(identified({ url }))).toBeNull();
  });
});
