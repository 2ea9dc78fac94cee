import { digitValue, foldDigits } from '../../../shared/text/digits.ts';

/** The first digit of each script that has ten of them in the first plane, as Unicode counts them. */
const ZEROS = Array.from({ length: 0x10000 }, (_, code) => code).filter((code) => {
  const isDigit = (at: number) => /\p{Nd}/u.test(String.fromCharCode(at));
  return isDigit(code) && !isDigit(code - 1);
});

it.each('٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐０0'.split(''))('digits count from 0 to 9 behind %s', (zero) => {
  const first = zero.charCodeAt(0);
  const codes = Array.from({ length: 12 }, (_, index) => first - 1 + index);

  expect(ZEROS).toContain(first);
  expect(codes.map(digitValue)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1]);
  expect(foldDigits(String.fromCharCode(...codes.slice(1, 11)))).toBe('0123456789');
});

it('everything else stays in its place', () => {
  expect(foldDigits('١٢٬٠٠٠ و-5 ½ ৰ')).toBe('12٬000 و-5 ½ ৰ');
  expect([0, 0x41, 0x65f, 0xffff].map(digitValue)).toEqual([-1, -1, -1, -1]);
});
