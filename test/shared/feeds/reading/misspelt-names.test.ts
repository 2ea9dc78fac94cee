import { MisspeltNames } from '../../../../shared/feeds/reading/misspelt-names.ts';

const isMisspelt = (written: string, meant: string): boolean => new MisspeltNames().isMisspelt(written, meant);

describe('the name in an end tag is a slip of that in the start tag', () => {
  it.each([
    ['titel', 'title'],
    ['tile', 'title'],
    ['items', 'item'],
    ['entri', 'entry'],
    ['Title', 'title'],
    ['di', 'id', false],
    ['ID', 'id'],
    ['title', 'media:title'],
    ['dc:creatro', 'dc:creator'],
    ['descripton', 'description'],
    ['discripton', 'description'],
    ['pubDat', 'pubDate'],
    ['publishd', 'published'],
  ])('%s for %s', (written, meant, expected = true) => {
    expect(isMisspelt(written, meant)).toBe(expected);
  });

  it.each([
    ['link', 'title'],
    ['p', 'b'],
    ['li', 'id'],
    ['tilt', 'title'],
    ['item', 'title'],
    ['descript', 'description'],
    ['ur', 'url'],
    ['entri', 'entrys'],
    ['guidsid', 'guids'],
    ['published', 'updated'],
    ['x'.repeat(33), `${'x'.repeat(32)}y`],
  ])('but not %s for %s', (written, meant) => {
    expect(isMisspelt(written, meant)).toBe(false);
  });

  it('as long as the document has not made up too many names', () => {
    const names = new MisspeltNames();
    for (let index = 0; index < 2_000; index += 1) names.isMisspelt(`abc${index}`, `abd${index}`);

    expect(names.isMisspelt('titel', 'title')).toBe(false);
  });
});
