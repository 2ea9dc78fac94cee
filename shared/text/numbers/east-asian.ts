// Numbers with signs for their powers of ten: 1万2000, 2億5000万, 1.2万亿, 3만 5천, 10多万. Each must begin with digits;
// numbers in Han signs alone (一万) are not read.

const SMALL: Readonly<Record<string, number>> = {
  十: 10,
  百: 100,
  千: 1e3,
  십: 10,
  백: 100,
  천: 1e3,
};
const LARGE: Readonly<Record<string, number>> = {
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  亿: 1e8,
  億: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
};

/** More than that many: 10多万, 20余万, 10여만. */
const AND_MORE = '多余餘来來여';
const UNIT = new RegExp(`^ ?[${AND_MORE}]?([${Object.keys({ ...SMALL, ...LARGE }).join('')}])`);
/** Another number of the same: without a space in Chinese and Japanese, perhaps with one in Korean. */
const NEXT_DIGITS = /^( ?)(\d{1,4}|\d,\d{3})(?!\d|[.,]\d)/;
/** After these signs digits are a year, a day or an hour of their own. */
const OF_THE_CALENDAR = /^\s?(?:[년월일시분초年月日時时分秒%％]|퍼센트)/;
/** Behind a space, a Korean sign is one only where it is the whole word or a counter follows: not in 2 천막. */
const COUNTERS =
  '여?(?:명|원|달러|유로|엔|위안|루블|개|대|건|톤|배럴|가구|세대|곳|발|척|회|주|표|가량|이상|이하|정도|[은는이가을를의에과와도로]|$)';
const SPACED_HANGUL = new RegExp(`^ [십백천만억조]+(?:${COUNTERS}|[^\\uac00-\\ud7a3])`);
/** Words that begin with such a sign: 3조각 are pieces. */
const OTHER_WORDS = /^ ?(?:조[각약건직]|천막|만에 하나|백신)/;

export interface EastAsianNumber {
  readonly value: number;
  /** The number before the first sign, and what that sign alone makes of it: for 2~3만. */
  readonly factor: number;
  readonly length: number;
}

/** `text` begins right behind digits of this value. Null when no sign follows them. */
export function eastAsianNumber(first: number, text: string): EastAsianNumber | null {
  let total = 0;
  let section = 0;
  let pending: number | null = first;
  let at = 0;
  let lastLarge = Number.POSITIVE_INFINITY;
  let lastUnit = Number.POSITIVE_INFINITY;
  for (;;) {
    const rest = text.slice(at);
    const unit = unitAt(rest);
    if (unit !== null) {
      const { sign, length } = unit;
      const large = LARGE[sign];
      if (large === undefined) {
        if (SMALL[sign]! >= lastUnit && pending === null) break;
        section += (pending ?? 1) * SMALL[sign]!;
      } else {
        const here: number = section + (pending ?? 0);
        // 万亿: a hundred million ten thousands.
        if (large > lastLarge) total = (total + here) * large;
        else total += here * large;
        section = 0;
        lastLarge = large;
      }
      pending = null;
      lastUnit = large ?? SMALL[sign]!;
      at += length;
      continue;
    }
    if (pending !== null) break;
    const next = NEXT_DIGITS.exec(rest);
    if (next === null) break;
    const value = Number(next[2]!.replace(',', ''));
    const behind = rest.slice(next[0].length);
    const isSpaced = next[1] !== '';
    if (value >= lastUnit || OF_THE_CALENDAR.test(behind)) break;
    if (isSpaced && !/[가-힣]/.test(text[at - 1]!)) break;
    pending = value;
    at += next[0].length;
  }
  if (at === 0) return null;
  const value = total + section + (pending ?? 0);
  return { value, factor: first === 0 ? 1 : value / first, length: at };
}

function unitAt(text: string): { readonly sign: string; readonly length: number } | null {
  const found = UNIT.exec(text);
  if (found === null || OTHER_WORDS.test(text)) return null;
  const sign = found[1]!;
  if (text.startsWith(' ') && /[가-힣]/.test(sign) && !SPACED_HANGUL.test(text)) return null;
  return { sign, length: found[0].length };
}
