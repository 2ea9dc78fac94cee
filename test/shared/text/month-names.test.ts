// Months by the names that feeds give them.
import { foldName, monthBeginning, monthsNamed } from '../../../shared/text/month-names.ts';

describe('a name means', () => {
  it.each<[name: string, months: readonly number[]]>([
    ['jan', [1]],
    ['يناير', [1]],
    ['february', [2]],
    ['marz', [3]],
    ['kwietnia', [4]],
    ['mai', [5]],
    ['июня', [6]],
    ['juillet', [7]],
    ['agustos', [8]],
    ['septiembre', [9]],
    ['жовтня', [10]],
    ['noviembre', [11]],
    ['dezember', [12]],
    ['monday', []],
    ['', []],
  ])('%s: %j', (name, months) => {
    expect(monthsNamed(name, 'en')).toEqual(months);
  });

  it.each([
    ['lip', [6], [7]],
    ['srp', [7], [8]],
    ['lis', [10], [11]],
    ['listopad', [10], [11]],
    ['listopada', [10], [11]],
  ])('%s: in the south %j, in the north %j, elsewhere either', (name, southern, northern) => {
    for (const language of ['hr', 'bs', 'sr', 'sh', 'sl', 'HR', 'sr-Latn']) {
      expect([language, monthsNamed(name, language)]).toEqual([language, southern]);
    }
    for (const language of ['pl', 'cs', 'sk', 'szl', 'csb', 'PL', 'cs-CZ']) {
      expect([language, monthsNamed(name, language)]).toEqual([language, northern]);
    }
    for (const language of ['en', '', 'hrx', 'x-hr', 'plx', 'x-pl']) {
      expect([language, monthsNamed(name, language)]).toEqual([language, [...southern, ...northern]]);
    }
  });
});

describe('the beginning of a name', () => {
  it.each([
    ['janu', 1],
    ['янв', 1],
    ['febr', 2],
    ['marc', 3],
    ['aprl', 4],
    ['mayy', 5],
    ['junn', 6],
    ['july', 7],
    ['augst', 8],
    ['septemb', 9],
    ['octo', 10],
    ['okto', 10],
    ['novem', 11],
    ['dezem', 12],
    ['дека', 12],
    ['mond', undefined],
    ['ja', undefined],
    ['mardi', undefined],
    ['marte', undefined],
    ['marti', undefined],
    ['xmarti', undefined],
    ['marto', 3],
  ])('%s is enough for month %s', (name, month) => {
    expect(monthBeginning(name)).toBe(month);
  });

  it('is not taken for a Tuesday where one only ends so', () => {
    expect(monthBeginning('decmardi')).toBe(12);
  });
});

it.each([
  ['DÉCEMBRE', 'decembre'],
  ['ŞUBAT', 'subat'],
  ['Kasım', 'kasim'],
  ['ŁĄCZ', 'lacz'],
  ['مارچ', 'مارچ'],
  ['جنوری', 'جنوري'],
  ['أكتوبر', 'اكتوبر'],
  ['یک ماهة', 'يك ماهه'],
  ['يُوليو', 'يوليو'],
  ['מַאי', 'מאי'],
  ['फ़रवरी', 'फरवरी'],
  ['ডিসেম্বর', 'ডিসেম্বর'],
])('%s is compared as %s', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});
