// Which sign parts thousands and which begins the decimals: 1.234 is a thousand and more in German, one and a bit in English.

/** The decimal sign of a text; null where it is unknown. */
export type DecimalSign = '.' | ',' | null;

/** Languages that write decimals with a comma; in those left out and known, the point. */
const COMMA = new Set(
  'de fr es it pt nl pl ru uk be cs sk hu ro tr el bg sr hr bs sl da sv no fi is id vi az ka kk lt lv et ca gl eu mk sq hy'.split(
    ' ',
  ),
);
const POINT = new Set('en zh ja ko th he hi bn mr ta te ur ar fa ms ga cy mt km lo my ne si'.split(' '));

export function decimalSignOf(language: string): DecimalSign {
  if (COMMA.has(language)) return ',';
  return POINT.has(language) ? '.' : null;
}

/** Numbers of a text that can be read in one way only: 1,234.5; 1.234.567; 3,5; 12.75. A date or version says nothing. */
const TELLING =
  /(?<![\d.,:/-])\d{1,3}(?:([.,])\d{3})+(?!\1)([.,])\d+(?![\d.,]*\d)|(?<![\d.,:/-])\d{1,3}(?:([.,])\d{3}){2,}(?![.,]?\d)|(?<![\d.,:/-])\d{1,4}([.,])\d{1,2}(?![.,:/]?\d)/g;
/** Numbers looked at: those at the beginning are enough. */
const MOST_TELLING = 40;

/** What the numbers of a text agree on; null where there are none, or as many for one as for the other. */
export function decimalSignIn(text: string): DecimalSign {
  let [points, commas, seen] = [0, 0, 0];
  for (const [, grouping, decimal, groups, plain] of text.matchAll(TELLING)) {
    const sign = decimal ?? plain ?? other(groups ?? grouping);
    if (sign === '.') points++;
    else commas++;
    if (++seen === MOST_TELLING) break;
  }
  if (points === commas) return null;
  return points > commas ? '.' : ',';
}

const other = (sign: string | undefined): '.' | ',' => (sign === '.' ? ',' : '.');

/**
 * Digits with points, commas, apostrophes and Arabic separators between them -> value; null when they are not a number:
 * 1.2.3 is a version, 1,2,3 a list. `decimalSign` is asked only for what can be read in two ways.
 */
export function valueOfDigits(digits: string, decimalSign: () => DecimalSign): number | null {
  const plain = digits.replace(/[\s'’٬،]/g, '').replace('٫', '.');
  if (/^\d+$/.test(plain)) return Number(plain);
  if (digits.includes('٫')) return /^\d+\.\d+$/.test(plain) ? Number(plain) : null;
  const single = /^(\d+)([.,])(\d+)$/.exec(plain);
  if (single !== null) return valueOfPair(single[1]!, single[2]!, single[3]!, decimalSign, plain !== digits);
  // Indian: 15,50,000.
  if (/^\d{1,3}(?:(?:,\d{3})+|(?:,\d{2})+,\d{3})$/.test(plain)) return Number(plain.replace(/,/g, ''));
  if (/^\d{1,3}(?:\.\d{3})+$/.test(plain)) return isAddress(plain) ? null : Number(plain.replace(/\./g, ''));
  const mixed = /^(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{2,3})*,\d{3})([.,])(\d+)$/.exec(plain);
  if (mixed === null || mixed[1]!.includes(mixed[2]!)) return null;
  return Number(`${mixed[1]!.replace(/\D/g, '')}.${mixed[3]}`);
}

/** One separator. `isGrouped`: thousands have another sign already, so this one begins the decimals. */
function valueOfPair(
  before: string,
  sign: string,
  after: string,
  decimalSign: () => DecimalSign,
  isGrouped: boolean,
): number {
  const decimal = Number(`${before}.${after}`);
  if (isGrouped || after.length !== 3 || before.length > 3 || before.startsWith('0')) return decimal;
  const whole = Number(before + after);
  // Nobody writes ten as 10.000.
  if (after.endsWith('00')) return whole;
  return decimalSign() === sign ? decimal : whole;
}

/** 192.168.100.200; but 1.000.000.000 is a thousand million. */
const isAddress = (digits: string): boolean => {
  const groups = digits.split('.');
  return groups.length === 4 && groups.every((group) => Number(group) <= 255 && String(Number(group)) === group);
};
