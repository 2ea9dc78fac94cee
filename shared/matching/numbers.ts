// Numbers in a text, for num(a..b): 10,000; 10 000; 10.000; 3.5; 12 thousand; 5bn; 1万; 3만5천. Years are numbers.
// Numbers spelled out in letters alone (twelve) are not read.

export interface FoundNumber {
  /** Tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly value: number;
}

/** What the reader needs of a document: its tokens, in order, and the fields they stand in. */
export interface NumberText {
  readonly count: number;
  readonly titleCount: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly document: { readonly title: string; readonly text: string };
}

/** Every number, in order; disjoint. */
export function numbersIn(read: NumberText): readonly FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let token = 0; token < read.count; token++) {
    const field = token < read.titleCount ? read.document.title : read.document.text;
    const code = field.charCodeAt(read.starts[token]!);
    if (!isDigit(code)) continue;
    const number = numberAt(read, field, token);
    if (number === null) continue;
    found.push(number);
    token = number.last;
  }
  return found;
}

/** £3m are millions; 3m alone may be metres. */
const CURRENCY_BEFORE = /[$£€¥₩₽₺₴₹]\s?$/;
/** Digits and separators of Arabic and Persian. */
const ARABIC_SIGNS = /[٠-٩۰-۹٬٫]/g;
/** 0-9, full width, Arabic, Persian. */
const isDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x660 && code <= 0x669) ||
  (code >= 0x6f0 && code <= 0x6f9) ||
  (code >= 0xff10 && code <= 0xff19);

const TEN_THOUSAND = 10_000;
/** Multipliers as words of their own, lower case, in the languages that we stem. */
const MULTIPLIERS: Readonly<Record<string, number>> = {
  ...times(
    1e3,
    'thousand mille milliers millier mil tausend тысяча тысячи тысяч тыс тисяча тисячі тисяч тис bin tysiąc tysiące tysięcy tys tsd mila ألف آلاف الف 千 천',
  ),
  ...times(100, 'hundred 百 백'),
  ...times(TEN_THOUSAND, '万 萬 만'),
  ...times(
    1e6,
    'million millions millón millones millionen milhão milhões milione milioni milion miliony milionów milyon миллион миллиона миллионов млн мільйон мільйона мільйонів مليون ملايين mn mio mln',
  ),
  ...times(1e8, '亿 億 억'),
  ...times(
    1e9,
    'billion milliard milliards milliarde milliarden miliardo miliardi miliard miliardy miliardów milyar bilhão bilhões миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів مليار مليارات bn mrd mld mlrd',
  ),
  ...times(
    1e12,
    'trillion trilhão trilhões trilyon billón billones billionen триллион триллиона триллионов трлн трильйон 兆 조',
  ),
};

function times(factor: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word) => [word, factor]));
}

function numberAt(read: NumberText, field: string, first: number): FoundNumber | null {
  const end = first < read.titleCount ? read.titleCount : read.count;
  const surface = (token: number) =>
    field
      .slice(read.starts[token], read.ends[token])
      .normalize('NFKC')
      .toLowerCase()
      .replace(ARABIC_SIGNS, (sign) => (sign === '٬' ? ',' : sign === '٫' ? '.' : String(sign.charCodeAt(0) & 0xf)));
  const gap = (token: number) => field.slice(read.ends[token - 1], read.starts[token]);
  const written = /^(\d[\d.,'’]*)(.*)$/su.exec(surface(first));
  if (written === null) return null;
  let digits = written[1]!.replace(/[.,'’]+$/, '');
  let last = first;
  if (written[2] === '') {
    while (last + 1 < end && joinsThousands(digits, gap(last + 1), surface(last + 1))) {
      last += 1;
      digits += `,${surface(last)}`;
    }
    if (last + 1 < end && isDecimalPart(digits, gap(last + 1), surface(last + 1))) {
      last += 1;
      digits += `.${surface(last)}~`;
    }
  }
  let value = valueOfDigits(digits);
  if (written[2] !== '') {
    const isMoney = CURRENCY_BEFORE.test(field.slice(Math.max(0, read.starts[first]! - 2), read.starts[first]));
    const scaled = isMoney && written[2] === 'm' ? value * 1e6 : scaledBySuffix(value, written[2]!);
    if (scaled === null) return null;
    value = scaled;
  }
  while (last + 1 < end && /^\s*$/.test(gap(last + 1))) {
    const word = surface(last + 1);
    const factor = Object.hasOwn(MULTIPLIERS, word) ? MULTIPLIERS[word]! : undefined;
    if (factor === undefined) break;
    value *= factor;
    last += 1;
  }
  return { first, last, value };
}

const joinsThousands = (digits: string, gap: string, next: string): boolean =>
  /^\d{1,3}(,\d{3})*$/.test(digits) && /^[,.'’ \u00a0\u202f\u2009]$/.test(gap) && /^\d{3}$/.test(next);

const isDecimalPart = (digits: string, gap: string, next: string): boolean =>
  !digits.includes(',') && /^[.,]$/.test(gap) && /^\d{1,2}$/.test(next);

/** Groups of three are thousands whatever separates them; any other separator is the decimal one. */
function valueOfDigits(digits: string): number {
  if (digits.endsWith('~')) return Number(digits.slice(0, -1));
  if (/^\d{1,3}([.,'’]\d{3})+$/.test(digits)) return Number(digits.replace(/\D/g, ''));
  const decimal = /^(\d+|\d{1,3}(?:[,'’]\d{3})+|\d{1,3}(?:\.\d{3})+)[.,](\d+)$/.exec(digits);
  if (decimal !== null) return Number(`${decimal[1]!.replace(/\D/g, '')}.${decimal[2]}`);
  return Number(digits.replace(/\D/g, ''));
}

/** `5bn`, `3만`, `3만5천`, `10만명` (a counter after the number is no part of it); null for `15th`, `20s`, `4x4`. */
function scaledBySuffix(value: number, suffix: string): number | null {
  if (/^(k|bn|mn|tn)$/.test(suffix))
    return value * { k: 1e3, mn: 1e6, bn: 1e9, tn: 1e12 }[suffix as 'k' | 'mn' | 'bn' | 'tn'];
  const unit = /^([백천만억조]+)(?:(\d[\d,]*)([백천만억조]*))?/.exec(suffix);
  if (unit !== null) {
    const scale = (signs: string) => [...signs].reduce((product, sign) => product * MULTIPLIERS[sign]!, 1);
    return value * scale(unit[1]!) + (unit[2] === undefined ? 0 : valueOfDigits(unit[2]) * scale(unit[3] ?? ''));
  }
  return /^[\uac00-\ud7a3]/.test(suffix) ? value : null;
}
