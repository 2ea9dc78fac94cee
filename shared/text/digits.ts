// Decimal digits of other scripts as 0-9, one code unit for one, so that offsets stay.

/** Where the ten digits of each script begin: Arabic, Persian, N'Ko, the scripts of India, Thai, Lao, Tibetan, Burmese … */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0xff10,
];
const OTHER_DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('')}]`,
  'g',
);

/** The text with digits 0-9; everything else as it was. */
export function foldDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => String(digitValue(digit.charCodeAt(0))));
}

/** 0 to 9 for a decimal digit of a script of the first plane, -1 for anything else. */
export function digitValue(code: number): number {
  if (code < 0x660) return code >= 0x30 && code <= 0x39 ? code - 0x30 : -1;
  const zero = ZEROS.findLast((each) => each <= code);
  return zero !== undefined && code < zero + 10 ? code - zero : -1;
}
