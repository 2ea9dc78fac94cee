// What is written right behind the digits, as one word with them: 5bn, 5K, $2.5B, 12mila, 10万人, 5.5m people.
import { multiplierOf } from './multipliers.ts';

export interface Attached {
  readonly factor: number;
  /** Units of the text it takes up; a counter (명, คน) is not part of the number. */
  readonly length: number;
}

const CURRENCY_SIGNS = '$£€¥₩₽₺₴₹₪₫₦₱฿₸₾₼₿￥';
const CODES = 'usd|eur|gbp|chf|jpy|cny|inr|rub|uah|cad|aud|brl|dkk|nok|sek|pln|rs|rm|dollars?|euros?|pounds?|sterling';
/** £3m are millions; 3m alone may be metres. */
const MONEY_BEFORE = new RegExp(`(?:[${CURRENCY_SIGNS}]|(?<!\\p{L})(?:${CODES})\\.?)\\s?$`, 'iu');
const MONEY_BEHIND = new RegExp(`^\\s?(?:[${CURRENCY_SIGNS}]|(?:${CODES})(?!\\p{L}))`, 'iu');
/** What is counted in millions: 5.5m people, 8B users. Waves, walls and races are measured in metres. */
const COUNTED =
  /^ (?:(?:more|new|young|local|foreign|displaced|registered|estimated) )?(?:people|persons|residents|inhabitants|citizens|civilians|refugees|migrants|men|women|children|adults|troops|soldiers|workers|jobs|voters|votes|users|customers|subscribers|followers|viewers|listeners|passengers|tourists|visitors|patients|cases|doses|deaths|homes|households|families|students|pupils|members|pages|records|accounts|devices|copies|views|downloads|barrels|bpd|tonnes|tons|shares|litres|liters|acres|hectares|euros?|dollars?|pounds?)(?!\p{L})/iu;
/** 5K race, 4K video. */
const NO_THOUSANDS =
  /^ (?:runs?|races?|marathons?|walks?|videos?|tvs?|televisions?|screens?|displays?|monitors?|cameras?|resolution|footage)(?!\p{L})/iu;
const LETTERS = /^\p{L}[\p{L}\p{M}]*/u;
/** 5km is 5, as 5 km is; metres, minutes and other letters alone could be anything. */
const MEASURES = new Set('km kg cm mm ha lb lbs kwh mwh gwh kw mw gw mph kmh км кг га'.split(' '));
/** Scripts in which a noun may stand right behind the digits. */
const COUNTER =
  /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** A word of this many letters is one that lacks its space: 10,000troops. */
const SHORTEST_WORD = 4;

/** Null when the digits with what follows them are not a number: 15th, 20s, 4x4, 3m. `before` comes before the digits. */
export function attachedTo(digitsBefore: string, text: string, language: string): Attached | null {
  const letters = LETTERS.exec(text)?.[0];
  if (letters === undefined) return { factor: 1, length: 0 };
  const behind = text.slice(letters.length);
  if (COUNTER.test(letters)) return attachedWord(letters, language) ?? { factor: 1, length: 0 };
  if (/^\d/.test(behind)) return null;
  const isMoney = MONEY_BEFORE.test(digitsBefore);
  const factor = factorOf(letters, behind, isMoney, language);
  if (factor !== undefined) return { factor, length: letters.length };
  const isPlain = MEASURES.has(letters.toLowerCase()) || letters.length >= SHORTEST_WORD;
  return isPlain ? { factor: 1, length: 0 } : null;
}

function attachedWord(letters: string, language: string): Attached | null {
  const factor = multiplierOf(letters, language);
  return factor === undefined ? null : { factor, length: letters.length };
}

function factorOf(letters: string, behind: string, isMoney: boolean, language: string): number | undefined {
  const isCounted = isMoney || MONEY_BEHIND.test(behind) || COUNTED.test(behind);
  switch (letters) {
    case 'm':
    case 'M':
      return isCounted ? 1e6 : undefined;
    case 'b':
    case 'B':
      return isMoney || (letters === 'B' && isCounted) ? 1e9 : undefined;
    case 't':
    case 'T':
      return isMoney ? 1e12 : undefined;
    case 'k':
    case 'K':
      return NO_THOUSANDS.test(behind) ? undefined : 1e3;
    case 'cr':
    case 'Cr':
      return isMoney ? 1e7 : undefined;
    default:
      return multiplierOf(letters, language);
  }
}

/** Signs that mean a multiplier beside money only, as words of their own: R$ 2 mi, 5 M€, 500 cr. */
export function moneyFactor(digitsBefore: string, text: string): Attached | null {
  const found = /^\s?(mi|bi|M|Md|Mrd|B|T|[Cc]r)(?!\p{L})/u.exec(text);
  if (found === null) return null;
  const isMoney =
    MONEY_BEFORE.test(digitsBefore) || (/^M/.test(found[1]!) && MONEY_BEHIND.test(text.slice(found[0].length)));
  if (!isMoney) return null;
  return { factor: MONEY_FACTORS[found[1]!.toLowerCase()]!, length: found[0].length };
}

const MONEY_FACTORS: Readonly<Record<string, number>> = {
  mi: 1e6,
  bi: 1e9,
  m: 1e6,
  md: 1e9,
  mrd: 1e9,
  b: 1e9,
  t: 1e12,
  cr: 1e7,
};
