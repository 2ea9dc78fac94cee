// Digits that are not a quantity, and how much of the text they take up.
import { shapeAt } from '../../../../shared/text/numbers/number-shapes.ts';

/** `before|what they take up|after`; without the second mark they are no shape. */
function read(marked: string): { readonly found: string | null; readonly expected: string | null } {
  const [before = '', shape = '', after] = marked.split('|');
  const text = shape + (after ?? '');
  const found = shapeAt(text, before);
  return { found: found === null ? null : text.slice(0, found.length), expected: after === undefined ? null : shape };
}

const yearIn = (text: string): number | null | undefined => {
  const shape = shapeAt(text, '');
  if (shape === null) return undefined;
  if (shape.year !== null) expect(text.slice(shape.year.offset, shape.year.offset + 4)).toBe(String(shape.year.value));
  return shape.year?.value ?? null;
};

describe('digits that are not a quantity', () => {
  it.each([
    ['times and scores', ['|9:45|', '|10:30:15| x', '|3:2|', '|1:02.5| min', '|1:02,5|']],
    [
      'hours',
      [
        '|10.30am|',
        '|10h30 am|',
        '|9 a.m.| x',
        '|9pm|',
        '|9 PM|',
        '|12 Uhr|',
        "|5 o'clock|",
        '|5 o’clock|',
        '|9.30 uhr|',
      ],
    ],
    ['two numbers with a slash', ['|9/11|', '|24/7| x', '|1/2|']],
    [
      'telephone numbers',
      [
        '|555 123 4567|',
        '|0171 1234567|',
        '|030/123456|',
        '|040-12 34 56|',
        '|089|',
        '|0123| x',
        '|555-1234|',
        '|555‑1234|',
        '|555-1234|.',
        '|555-123-4567|',
      ],
    ],
    ['numbers of countries', ['+|44 20 7946 0958| x', '+|1 (555) 123-4567|', '+|7.495.123|']],
    [
      'what comes behind a word for it',
      [
        'ISBN |978 3161|',
        'isbn: |12-34|.',
        'call |911|',
        'Tel. |(030) 12|',
        'tél|12|',
        'phone: +|12 34|',
        'fax|12|',
        'ISSN |1234|',
        'dial |100|',
        'hotline |800|',
        'WhatsApp: |12|',
        'телефон |12|',
        'тел. |12|',
      ],
    ],
    ['versions', ['|1.2.3| x', '|10.0.0.1|', '|1.2.3.4.5|', '|1.234.5|']],
    ['models', ['F-|16| x', 'COVID-|19|', 'Ми-|8|', 'Α-|1|', 'É‐|5|', 'Su‑|27|', 'USA–|5|', 'x B–|52|', 'Abcd–|5|']],
    ['numbers with several hyphens', ['|978-3-16|', '|1‐2‐3|', '|1‑2‑3|']],
    ['days', ['Nov. |30|, 5', '|30| November', '|11月30日|']],
  ])('are %s', (_what, rows) => {
    const shapes = rows.map(read);

    expect(shapes.map(({ found }) => found)).toEqual(shapes.map(({ expected }) => expected));
  });

  it.each([
    ['a number beside letters that go on', ['|10 among', '|9 uhren', '|9 p', '|9 pm2']],
    ['more than two digits before an hour', ['|100 pm', '|100am']],
    ['digits with three behind the slash', ['|1/200', '|100/2', '|5/', '|1/2/']],
    ['other groups', ['|55 123 4567', '|555 12 4567', '|555 123 45678', '|555 123 4567.5']],
    ['a range', ['|800-1200', '|555-1230', '|555-12345', '|55-1234', '|555-1234.5', '|555-1234,5', '|12-15']],
    ['one group behind a plus', ['+|44 20', '+|44', '|44 20 79']],
    ['a number behind words of another kind', ['tell |12', 'recalls |12', 'telephones |12']],
    ['a decimal', ['|1.2', '|0.5', '|0']],
    ['thousands', ['|1.234.567', '|1.234.567,89', '|12.345.678 x']],
    [
      'a number that is joined to a word of time or measure',
      [
        'mid-|5',
        'PRE-|5',
        'Bis-|5',
        'до-|5',
        'По-|5',
        'rund-|5',
        'ca-|5',
        'Ca–|5',
        'vor-|5',
        'nach-|5',
        'Anfang-|5',
        'ende-|5',
        'mitte-|5',
        'ab-|5',
        'to-|5',
        'circa-|5',
        'under-|5',
        'over-|5',
        'some-|5',
        'about-|5',
        'around-|5',
        'late-|5',
        'early-|5',
        'post-|5',
        'на-|5',
      ],
    ],
    ['a year behind a word', ['Expo-|2020', 'Expo-|1920 x', 'Expo-|1999.']],
    ['a number behind a particle of Hebrew', ['ב-|500']],
    ['a number behind a dash in small letters', ['abc–|5', 'Abcde–|5', 'xB–|5']],
    ['a number alone', ['|5', '|2026', '|10,000', '-|5']],
  ])('but not %s', (_what, rows) => {
    expect(rows.map(read).map(({ found }) => found)).toEqual(rows.map(() => null));
  });

  it('but a model that is like a year in part', () => {
    expect(['X-|20201|', 'X-|2020|.5'].map(read)).toEqual([
      { found: '20201', expected: '20201' },
      { found: '2020', expected: '2020' },
    ]);
  });
});

describe('of a date the year counts', () => {
  it.each([
    ['2026-11-30', 2026],
    ['2026/1/2', 2026],
    ['2026.11.30', 2026],
    ['1026-11-30', 1026],
    ['2926-11-30', 2926],
    ['30.11.2026', 2026],
    ['1/2/2026', 2026],
    ['30-11-2026', 2026],
    ['30.11.26', null],
    ['1/2/26', null],
    ['2025-26', 2025],
    ['2025/26', 2025],
    ['1999–00', 1999],
    ['2026-11-301', 2026],
    ['2026-11/30', 2026],
    ['30.11/2026', undefined],
    ['30.11.202', null],
    ['30.11.2026.5', null],
    ['1.2.26.4', null],
    ['2025-26.5', undefined],
    ['2025-261', undefined],
    ['1825-26', undefined],
    ['3026-11-30', null],
  ])('%s: %j', (text, year) => {
    expect(yearIn(text)).toBe(year);
  });
});
