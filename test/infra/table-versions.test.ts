// A deploy may add one index of the table. A change that needs two would fail for everyone who deploys it, so it fails here first.
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import { INDEXES_NOW, INDEXES_OF_VERSION, whyRefused } from './released-indexes.ts';

describe('the indexes of the table', () => {
  it('are those listed for the present data version', () => {
    expect(INDEXES_OF_VERSION).toHaveLength(DATA_VERSION);
    expect(INDEXES_NOW).toEqual(INDEXES_OF_VERSION[DATA_VERSION - 1]);
  });

  it('can be deployed over those of the version before, version after version', () => {
    const refused = INDEXES_OF_VERSION.slice(1).map((after, nth) => whyRefused(INDEXES_OF_VERSION[nth] ?? [], after));

    expect(refused.filter((why) => why !== null)).toEqual([]);
  });
});

describe('a step between two data versions', () => {
  const BEFORE = ['one: a, b []', 'two: c, d []'];

  it.each([
    ['nothing changes', BEFORE],
    ['one index is added', [...BEFORE, 'three: e, f []']],
    ['one index is removed', BEFORE.slice(1)],
  ])('can be deployed when %s', (_what, after) => {
    expect(whyRefused(BEFORE, after)).toBeNull();
  });

  it.each([
    [
      'two are added',
      [...BEFORE, 'three: e, f []', 'four: g, h []'],
      /three, four: a deploy adds or removes one index/,
    ],
    ['one takes the place of another', ['one: a, b []', 'three: e, f []'], /three, two: a deploy adds or removes one/],
    ['an index has other attributes', ['one: a, b [x]', 'two: c, d []'], /one cannot be changed/],
  ])('is refused with the reason when %s', (_what, after, why) => {
    expect(whyRefused(BEFORE, after)).toMatch(why);
  });
});
