// Numbers in a text, for num(a..b): 10,000; 10 000; 10.000; 3.5; 12 thousand; $2.5B; 5 lakh; 1万2000; ١٢٬٠٠٠. Years are
// numbers. Numbers spelled out in letters or Han signs alone (twelve, 一万) are not read. What counts as one is described in
// docs/topic-syntax.md.
import { digitValue, foldDigits } from '../digits.ts';
import { attachedTo, moneyFactor } from './attached.ts';
import { eastAsianNumber } from './east-asian.ts';
import { multiplierOf, unspacedMultiplier } from './multipliers.ts';
import { shapeAt } from './number-shapes.ts';
import { type DecimalSign, decimalSignIn, decimalSignOf, valueOfDigits } from './number-style.ts';

export interface FoundNumber {
  /** Tokens, both included. */
  readonly first: number;
  readonly last: number;
  readonly value: number;
}

/** What the reader needs of a document: its tokens, in order, and the fields they are in. */
export interface NumberText {
  readonly count: number;
  readonly titleCount: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly document: { readonly title: string; readonly text: string };
  readonly languages: readonly string[];
}

/** Every number, in order; disjoint. */
export function numbersIn(read: NumberText): readonly FoundNumber[] {
  return new NumberReader(read).all();
}

/** Units read behind the first digit of a number, and before it. */
const WINDOW_BEHIND = 120;
const WINDOW_BEFORE = 40;
/** Digits with their separators; thousands may be parted by spaces. */
const DIGITS =
  /^(?:\d{1,3}(?:[ \u00a0\u202f\u2009\u2007،]\d{3})+(?![\d]|[ \u00a0]\d)(?:[.,]\d{1,2}(?![\d.,]\d|\d))?|\d+(?:[.,'’٫٬]\d+)*)/;
/** 3½ */
const FRACTION = /^[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞]/;
const FRACTIONS: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅕': 1 / 5,
  '⅖': 2 / 5,
  '⅗': 3 / 5,
  '⅘': 4 / 5,
  '⅙': 1 / 6,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};
/** A minus right before the digits, behind a space; behind digits it is the dash of a range, at the start of a line that of a list. */
const MINUS = /(?:^|[^\d\s][\s([“"']*[\s([“"'])[-−–]$/u;
const DEGREES = /^\s?(?:°|degrees?|grad|celsius|C(?!\p{L}))/iu;
/** A word behind a number: with a space or hyphen between. */
const WORD = /^(?:[\s\u00a0\u202f\u2009]{1,2}|[-‐‑])?(\p{L}[\p{L}\p{M}'’\u200c]*)/u;
/** 5-й, 90-х, 16-ый are not quantities. */
const ORDINAL = /^[-‐‑](?:й|я|е|го|му|м|х|ю|ий|ый|ой|ая|ое|ої|га|та|те|th|st|nd|rd|e|er|ème|ste|de|ta)(?!\p{L})/u;
/** Between the ends of a range: what multiplies the second multiplies the first, as in 2-3 million. */
const RANGE = /^[ \u00a0]?(?:[-‐‑–—~～〜]|to|bis|à|a|au|do|до|til|till|tot|ila)[ \u00a0]?[$£€¥₹]?$/iu;

/** Smaller units behind larger ones, in Persian and Arabic with "and". */
const LESSER_PART = /^\.?[ \u00a0](?:و ?)?(\d[\d.,٬]*(?<=\d))(?![\d:/-])/;
/** Languages that say twelve thousand five hundred as 12 bin 500. */
const COUNTS_ON = new Set('tr az fa ar ur ru uk be kk ky uz pl'.split(' '));
/** What follows is a separate number: 2 тыс. 15 км, 3 тыс. 5%. */
const MEASURED = /^\s?(?:%|км|кг|км²|г(?:од|\.)|km|kg|milyon|bin)/u;

interface Reading {
  readonly value: number;
  /** Offset in the field where it ends. */
  readonly end: number;
  /** The digits alone. */
  readonly base: number;
  readonly isNegative: boolean;
}

class NumberReader {
  readonly #read: NumberText;
  #sign: DecimalSign | undefined;

  constructor(read: NumberText) {
    this.#read = read;
  }

  all(): FoundNumber[] {
    const read = this.#read;
    const found: FoundNumber[] = [];
    /** The number before, while it may still be the beginning of a range. */
    let before: Reading | null = null;
    for (let token = 0; token < read.count; token++) {
      const field = this.#fieldOf(token);
      const start = read.starts[token]!;
      if (token === read.titleCount) before = null;
      if (digitValue(field.charCodeAt(start)) === -1) continue;
      const behind = foldDigits(field.slice(start, start + WINDOW_BEHIND));
      const ahead = foldDigits(field.slice(Math.max(0, start - WINDOW_BEFORE), start));
      const shape = shapeAt(behind, ahead);
      if (shape !== null) {
        const last = this.#tokenAt(start + shape.length, token);
        if (shape.year !== null) {
          const first = this.#tokenAt(start + shape.year.offset + 1, token);
          found.push({
            first,
            last: Math.max(first, this.#tokenAt(start + shape.year.offset + 4, token)),
            value: shape.year.value,
          });
        }
        before = null;
        token = last;
        continue;
      }
      const reading = this.#reading(behind, ahead, start);
      if (reading === null) {
        before = null;
        continue;
      }
      const last = this.#tokenAt(reading.end, token);
      if (before !== null && RANGE.test(field.slice(before.end, start))) {
        found[found.length - 1] = { ...found.at(-1)!, value: firstOfRange(before, reading) };
      }
      found.push({ first: token, last, value: reading.isNegative ? -reading.value : reading.value });
      before = reading;
      token = last;
    }
    return found;
  }

  /** The last token that begins before an offset of the field that `from` is in. */
  #tokenAt(end: number, from: number): number {
    const { starts, count, titleCount } = this.#read;
    const limit = from < titleCount ? titleCount : count;
    let token = from;
    while (token + 1 < limit && starts[token + 1]! < end) token++;
    return token;
  }

  #fieldOf(token: number): string {
    const { document, titleCount } = this.#read;
    return token < titleCount ? document.title : document.text;
  }

  #reading(behind: string, ahead: string, start: number): Reading | null {
    const written = DIGITS.exec(behind)![0];
    const base = valueOfDigits(written, () => this.#decimalSign());
    if (base === null) return null;
    const fraction = FRACTION.exec(behind.slice(written.length))?.[0];
    let at = written.length + (fraction === undefined ? 0 : 1);
    const digits = base + (fraction === undefined ? 0 : FRACTIONS[fraction]!);
    const isNegative = isMinus(ahead, behind.slice(at));
    const finish = (value: number, length: number): Reading => ({
      value: tidy(value),
      end: start + length,
      base: digits,
      isNegative,
    });
    const eastAsian = eastAsianNumber(digits, behind.slice(at));
    if (eastAsian !== null) return finish(eastAsian.value, at + eastAsian.length);
    if (ORDINAL.test(behind.slice(at))) return null;
    const language = this.#language();
    const attached = attachedTo(ahead, behind.slice(at), language);
    if (attached === null) return null;
    at += attached.length;
    let factor = attached.factor;
    const money = moneyFactor(ahead, behind.slice(at));
    if (money !== null && factor === 1) {
      factor = money.factor;
      at += money.length;
    }
    for (;;) {
      const more = wordFactor(behind.slice(at), language);
      if (more === null) break;
      factor *= more.factor;
      at += more.length;
    }
    // What is half of nothing in particular is left out: three and a half years are three.
    if (factor === 1) return finish(base, at);
    const more = this.#lesserPart(behind.slice(at), factor, language);
    return finish(digits * factor + more.value, at + more.length);
  }

  /**
   * What is added in smaller units: 1 crore 20 lakh, 1 млн 200 тыс., and where the language counts so, in ones: 12 bin
   * 500, ۱۲ هزار و ۵۰۰.
   */
  #lesserPart(text: string, factor: number, language: string): { readonly value: number; readonly length: number } {
    const nothing = { value: 0, length: 0 };
    const part = LESSER_PART.exec(text);
    if (part === null) return nothing;
    const value = valueOfDigits(part[1]!, () => null);
    if (value === null) return nothing;
    const own = wordFactor(text.slice(part[0].length), language);
    if (own !== null) {
      const isLess = own.factor < factor && value * own.factor < factor;
      return isLess ? { value: value * own.factor, length: part[0].length + own.length } : nothing;
    }
    const isCounted = COUNTS_ON.has(language) && factor === 1e3 && value < factor && /^[\d]+$/.test(part[1]!);
    return isCounted && !MEASURED.test(text.slice(part[0].length)) ? { value, length: part[0].length } : nothing;
  }

  #language(): string {
    return this.#read.languages[0] ?? 'und';
  }

  /** As the other numbers of the document are written, else as its language usually writes them. */
  #decimalSign(): DecimalSign {
    if (this.#sign === undefined) {
      const { title, text } = this.#read.document;
      this.#sign = decimalSignIn(foldDigits(`${title}\n${text}`)) ?? decimalSignOf(this.#language());
    }
    return this.#sign;
  }
}

function isMinus(ahead: string, behind: string): boolean {
  if (!/[-−–]$/u.test(ahead)) return false;
  const line = ahead.slice(ahead.lastIndexOf('\n') + 1);
  if (/^\s*[-−–]$/u.test(line)) return line.endsWith('−') || DEGREES.test(behind);
  return MINUS.test(line);
}

function wordFactor(text: string, language: string): { readonly factor: number; readonly length: number } | null {
  const space = /^[ \u00a0]?/.exec(text)![0].length;
  const unspaced = unspacedMultiplier(text.slice(space));
  if (unspaced !== null) return { factor: unspaced.factor, length: space + unspaced.length };
  const word = WORD.exec(text);
  // Letters without a space were read as attached.
  if (word === null || /^\p{L}/u.test(text)) return null;
  if (/[\n\r\u2029]/.test(word[0])) return null;
  const factor = multiplierOf(word[1]!, language);
  return factor === undefined ? null : { factor, length: word[0].length };
}

/** 2 of 2-3 million; 2,000 of 2,000-3,000; 2 of 2 to 5. */
function firstOfRange(first: Reading, second: Reading): number {
  const isBare = first.value === first.base;
  const factor = second.base === 0 ? 1 : second.value / second.base;
  const value = isBare && factor > 1 && first.base < second.base ? tidy(first.base * factor) : first.value;
  return first.isNegative ? -value : value;
}

/** 2.3 million is 2,300,000 and not a bit less. */
const tidy = (value: number): number => Number(value.toPrecision(15));
