import { pairTags } from '../../../../shared/feeds/reading/tag-pairs.ts';

const pairsOf = (xml: string) => {
  const { endNames, starts } = pairTags(xml, (name) => name);
  return { endNames, starts };
};

describe('the tags of a document', () => {
  it('belong together where all are there', () => {
    expect(pairsOf('<a><b/><c>x</c></a>')).toEqual({ endNames: ['a', 'b', 'c'], starts: [2, 0] });
  });

  it('are distinguished from those that were never closed', () => {
    expect(pairsOf('<a><b><c></a><d>')).toEqual({ endNames: ['a', null, null, null], starts: [0] });
  });

  it('belong to the innermost that is open', () => {
    expect(pairsOf('<a><a></a>')).toEqual({ endNames: [null, 'a'], starts: [1] });
  });

  it('close nothing where nothing of that name is open', () => {
    expect(pairsOf('<a></b></a></a>')).toEqual({ endNames: ['a'], starts: [-1, 0, -1] });
  });

  it('belong together where one is misspelt', () => {
    expect(pairsOf('<rss><titel>x</title><guid>1</giud></rss>').endNames).toEqual(['rss', 'title', 'giud']);
  });

  it('close no field around the item they stand in, by their name or by one like it', () => {
    expect(pairsOf('<rss><creator><item></creator></item></rss>').endNames).toEqual(['rss', null, 'item']);
    expect(pairsOf('<rss><creator><item></creatro></item></rss>').endNames).toEqual(['rss', null, 'item']);
    expect(pairsOf('<rss><box><item></box></rss>').endNames).toEqual(['rss', 'box', null]);
  });

  it('are compared with the eight innermost open ones where they are misspelt', () => {
    const open = (count: number): string => `<title>${'<x>'.repeat(count)}</titel>`;

    expect(pairsOf(open(7)).starts).toEqual([0]);
    expect(pairsOf(open(8)).starts).toEqual([-1]);
  });
});
