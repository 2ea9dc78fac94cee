// Numbers that say which one of its kind something is.
import { differingLabel, labelsOf } from '../../../shared/stories/labels.ts';

const labelled = (title: string, text = '', language = 'en') =>
  labelsOf({ title, text, language }).map(({ shown, value }) => `${shown}: ${value}`);

describe('labels', () => {
  it.each([
    ['the 12th package', 'en', ['12th package: 12']],
    ['Flight 370 found', 'en', ['Flight 370: 370']],
    ['Day 441 of the war', 'en', ['Day 441: 441']],
    ['A magnitude 6.1 quake', 'en', ['magnitude 6.1: 6.1']],
    ['A 6.1-magnitude quake', 'en', ['6.1-magnitude: 6.1']],
    ['Arsenal win 2-1', 'en', ['2-1: 2001']],
    ['The 2024 budget', 'en', ['2024: 2024']],
    ['Prices on 11 May', 'en', ['11 May: 511']],
    ['Prices on May 11', 'en', ['May 11: 511']],
    ['5月8日行情', 'zh', ['5月8日: 508']],
    ['第12轮制裁', 'zh', ['第12轮: 12']],
    ['12-й пакет санкций', 'ru', ['12-й пакет: 12']],
    ['Das 12. Paket', 'de', ['12. Paket: 12']],
  ] as const)('%s', (title, language, expected) => {
    expect(labelled(title, '', language)).toEqual(expected);
  });

  it.each(['12 people killed', 'Police arrest 40', '$1.2bn in aid', 'Toll rises to 134', '3,000 reservists called up'])(
    'are no quantities: %s',
    (title) => {
      expect(labelled(title)).toEqual([]);
    },
  );

  it('of a text are ranks only: its dates may be any day’s', () => {
    expect(labelled('', 'On 11 May 2024 the 12th package was adopted.')).toEqual(['12th package: 12']);
  });
});

describe('differing labels', () => {
  const between = (a: string, b: string) =>
    differingLabel(labelsOf({ title: a, text: '', language: 'en' }), labelsOf({ title: b, text: '', language: 'en' }));

  it('are those of one kind with other values', () => {
    expect(between('12th package', '13th package')?.map(({ shown }) => shown)).toEqual([
      '12th package',
      '13th package',
    ]);
  });

  it('are none where one value agrees', () => {
    expect(between('12th package after the 11th package', '11th package')).toBeNull();
  });

  it('are none of different kinds', () => {
    expect(between('12th package', 'day 13')).toBeNull();
  });

  it.each([
    ['On 12 March', 'Day 441 of the war'],
    ['The 2024 budget', 'In the 3rd year'],
    ['Arsenal win 2-1', 'The 3rd result'],
  ])('are none of a date, year or result and a noun of that name: %s, %s', (a, b) => {
    expect(between(a, b)).toBeNull();
  });

  it('allow for a corrected magnitude, not for another earthquake', () => {
    expect(between('magnitude 6.1', 'magnitude 6.4')).toBeNull();
    expect(between('magnitude 6.1', 'magnitude 6.6')).not.toBeNull();
  });
});
