// Which sign parts thousands and which begins the decimals.
import { decimalSignIn, decimalSignOf, valueOfDigits } from '../../../../shared/text/numbers/number-style.ts';

it.each([
  [
    ',',
    'de fr es it pt nl pl ru uk be cs sk hu ro tr el bg sr hr bs sl da sv no fi is id vi az ka kk lt lv et ca gl eu mk sq hy',
  ],
  ['.', 'en zh ja ko th he hi bn mr ta te ur ar fa ms ga cy mt km lo my ne si'],
  [null, 'und xx'],
])('decimals begin with %j in %s', (sign, languages) => {
  for (const language of languages.split(' ')) expect([language, decimalSignOf(language)]).toEqual([language, sign]);
});

describe('the numbers of a text agree on', () => {
  it.each<['.' | ',' | null, string]>([
    ['.', '1,234.5'],
    [',', '1.234,5'],
    ['.', '1,234,567'],
    [',', '1.234.567'],
    ['.', '12.75'],
    [',', '3,5'],
    ['.', '1234.5'],
    [',', '12,75 and 3.5 and 2,5'],
    ['.', '12,75 and 3.5 and 2.5'],
    [null, '3,5 and 3.5'],
    [null, '1,234 and 1.234'],
    [null, '12345.5'],
    [null, '3.567'],
    [null, '1.2.3'],
    [null, '30.11.2026'],
    [null, '10.30:15'],
    [null, '1.5/2'],
    [null, 'v-1.5'],
    [null, '1:2.5'],
    [null, '/2.5'],
    [null, ''],
  ])('%j in %j', (sign, text) => {
    expect(decimalSignIn(text)).toBe(sign);
  });

  it('the first forty of them', () => {
    expect(decimalSignIn(`${'1.5 '.repeat(20)}${'1,5 '.repeat(19)}x 1,5`)).toBeNull();
    expect(decimalSignIn(`${'1.5 '.repeat(20)}${'1,5 '.repeat(19)}1.5 1,5 1,5 1,5`)).toBe('.');
  });
});

describe('digits with signs between them', () => {
  it.each([
    ['5', 5],
    ['10 000', 10_000],
    ['10\u00a0000', 10_000],
    ["10'000", 10_000],
    ['10’000', 10_000],
    ['12٬000', 12_000],
    ['12،000', 12_000],
    ['2٫5', 2.5],
    ['12٬000٫5', 12_000.5],
    ['2٫5٫6', null],
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['1.50', 1.5],
    ['1.2345', 1.2345],
    ['1234.567', 1_234.567],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['10.000', 10_000],
    ['10,500', 10_500],
    ["1'000.125", 1_000.125],
    ['10 000.125', 10_000.125],
    ['15,50,000', 1_550_000],
    ['1,50,000', 150_000],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['1,234.5', 1_234.5],
    ['1.234,5', 1_234.5],
    ['1,23,456.78', 123_456.78],
    ['1.234.567,89', 1_234_567.89],
    ['1,2,3', null],
    ['1.2.3', null],
    ['1,2345,678', null],
    ['1234,567,890', null],
    ['1234.567.890', null],
    ['1,234.567.8', null],
    ['1.234.5', null],
    ['192.168.100.200', null],
    ['255.255.255.255', null],
    ['256.168.100.200', 256_168_100_200],
    ['1.000.000.000', 1_000_000_000],
    ['192.168.100', 192_168_100],
    ['192.168.100.200.100', 192_168_100_200_100],
  ])('%j: %j', (digits, value) => {
    expect(valueOfDigits(digits, () => null)).toBe(value);
  });

  it.each([
    ['1.234', '.', 1.234],
    ['1.234', ',', 1_234],
    ['1.234', null, 1_234],
    ['1,234', ',', 1.234],
    ['1,234', '.', 1_234],
    ['123.456', '.', 123.456],
    ['1.200', '.', 1_200],
    ['1.230', '.', 1.23],
  ] as const)('%s is read as the text writes it (%j)', (digits, sign, value) => {
    expect(valueOfDigits(digits, () => sign)).toBe(value);
  });

  it('ask for the sign of the text only where it matters', () => {
    const asked = (): never => {
      throw new Error('asked');
    };

    for (const digits of ['1234', '1.5', '1,50', '1234.567', '0.125', "1'000.125", '1,234,567', '10.000']) {
      expect(valueOfDigits(digits, asked)).not.toBeNull();
    }
    expect(() => valueOfDigits('1.234', asked)).toThrow('asked');
  });
});
