// Whether a story has a number that another outlet rounds to this one, or rounded this one to: some 300 and 312, nearly three billion and 2.7 billion.
import { hashText } from '../text/code-units.ts';

/** Smaller numbers are counted, not rounded: 20 dead and 21 dead. */
const LEAST = 100;
/** Years are not rounded: 2025, not 2,025. */
const YEAR = /^(?:19|20)\d\d$/;
/** By how much a number may differ from a round one, as a share of it: the larger numbers are, the more is rounded away. */
const TOLERANCES = [
  { from: 1_000_000, share: 0.13 },
  { from: 10_000, share: 0.08 },
  { from: LEAST, share: 0.05 },
] as const;
/** Round numbers have so many digits that are not zero; others are looked for to one digit more. */
const DIGITS_OF_ROUND = 2;

/** The key of a number in the words of a document. */
export const numberKey = (value: number): number => hashText(`#${value}`);

/** `shown`: the number as the document writes it. `isKnown` tells whether the story has the number of a key. */
export function isKnownRounded(value: number, shown: string, isKnown: (key: number) => boolean): boolean {
  if (value < LEAST || YEAR.test(shown)) return false;
  const tolerance = TOLERANCES.find(({ from }) => value >= from)!.share;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const isRound = roundedTo(value, DIGITS_OF_ROUND - 1, magnitude) === value;
  const step = magnitude / 10 ** (isRound ? DIGITS_OF_ROUND : DIGITS_OF_ROUND - 1);
  for (let at = Math.ceil((value * (1 - tolerance)) / step); at * step <= value * (1 + tolerance); at++) {
    const other = Math.round(at * step);
    if (isKnown(numberKey(other))) return true;
  }
  return false;
}

/** To so many digits behind the first. */
function roundedTo(value: number, digits: number, magnitude: number): number {
  const step = magnitude / 10 ** digits;
  return Math.round(value / step) * step;
}
