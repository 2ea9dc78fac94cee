// What one text says beyond others: its sentences, without those that are there already.
import { INVISIBLE, plainWords } from './plain-words.ts';
import { splitSentences } from './sentences.ts';

/** A stretch of a text, and where it begins. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
}

/** The sentence goes on elsewhere: `The ministry will deploy troo…`, `… troo [...]`, `… troops (more…)`. */
const BREAKS_OFF = /\s*(?:[[({](?:\s*\p{L}{1,12})?)?\s*(?:…|\.{3})[\s\])}]*$/u;
/** Words are left out here, as search engines do between the pieces of a snippet; at its beginning too. */
const GAP = /\s*(?:[[({](?:\s*\p{L}{1,12})?)?\s*(?:…|\.{3,})\s*[\])}]?\s*/gu;
/** Fewer words than these may stand anywhere by chance. */
const FEWEST_WORDS_OF_PIECE = 3;
/** "MARNE (Agency) — ", "30 Nov 2026 - ", "Live: ": what a sentence of the feed may begin with, although that of the page does not. */
const LEAD_IN = /^.{1,60}?(?:\s*[—–]\s*|\s--?\s|[:：]\s*)(?=\S)/su;
/** So much of the end is looked at. */
const LONGEST_SIGN_OF_IT = 20;
const IS_ENDED = /[\p{P}\p{S}]\s*$/u;
/** The last sentence of a text without a full stop was cut if it is as long as this, and then perhaps in the middle of a word. */
const LONG_FOR_NO_SENTENCE = 40;
/**
 * What is looked at, and where: each sentence may be looked for through the whole of the other text, which a hostile page can make long.
 * An article has some hundred sentences and 20,000 characters; of longer ones the matcher does not read the end either.
 */
export const MOST_SENTENCES = 1_000;
export const MOST_CHARS = 100_000;

/**
 * Sentences side by side are one stretch; one that is left out parts the stretches. A sentence stands elsewhere when its words are a whole
 * sentence there; one that breaks off, when they begin one, the last word perhaps in part. A gap in it makes two pieces, of which the
 * second may begin anywhere. One with a dateline that the other text lacks is kept, since a topic may want its place next to its words
 * (`isRepeatOf` keeps it from being shown). Where all this is in doubt the sentence is kept: a repeat costs less than a loss. Sentences beyond MOST_SENTENCES are kept unseen, and others are read up to MOST_CHARS.
 */
export function saidBeyond(text: string, others: readonly string[]): readonly Stretch[] {
  const sentences = splitSentences(text);
  const pieces: readonly Piece[] = hasGap(text)
    ? sentences.flatMap(([start, end]) => piecesOf(text, start, end))
    : sentences.map(([start, end]) => ({ start, end, beginsInside: false }));
  if (pieces.length === 0) return [];
  const known = others.map((other) => new KnownText(other.slice(0, MOST_CHARS)));
  const kept: [start: number, end: number][] = [];
  let isOpen = false;
  pieces.forEach((piece, index) => {
    const isLast = index === pieces.length - 1;
    const isCut = isLast && !isOpen && !IS_ENDED.test(text.slice(piece.end - 2, piece.end));
    const before = isCut ? pieces[index - 1] : undefined;
    const isSaid = index < MOST_SENTENCES && isPieceSaid(text, piece, known, isLast, before);
    if (!isSaid && isOpen) kept.at(-1)![1] = piece.end;
    else if (!isSaid) kept.push([piece.start, piece.end]);
    isOpen = !isSaid;
  });
  return kept.map(([start, end]) => ({ text: text.slice(start, end), start }));
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** Behind a gap: what comes before its first word is not known. */
  readonly beginsInside: boolean;
}

const hasGap = (text: string): boolean => text.includes('…') || text.includes('...');

/** A sentence, parted at its gaps. A gap belongs to the piece before it, which breaks off there; one in front of all, to the first. */
function piecesOf(text: string, start: number, end: number): readonly Piece[] {
  const sentence = text.slice(start, end);
  if (!hasGap(sentence)) return [{ start, end, beginsInside: false }];
  const cuts = [...sentence.matchAll(GAP)].map(({ 0: gap, index }) => ({ from: index, to: index + gap.length }));
  const inner = cuts.filter(({ from, to }) => from > 0 && to < sentence.length);
  const starts = [0, ...inner.map(({ to }) => to)];
  return starts.map((from, at) => ({
    start: start + from,
    end: start + (starts[at + 1] === undefined ? sentence.length : sentence.slice(0, starts[at + 1]).trimEnd().length),
    beginsInside: at > 0 || cuts[0]?.from === 0,
  }));
}

/** `before`: the piece before the last one, if that is said elsewhere. */
function isPieceSaid(
  text: string,
  { start, end, beginsInside }: Piece,
  known: readonly KnownText[],
  isLast: boolean,
  before: Piece | undefined,
): boolean {
  const piece = text.slice(start, end);
  if (isSaidIn(known, piece, isLast, beginsInside)) return true;
  // Cut off in its last, short sentence: with the one before it, it is long enough to compare.
  return before !== undefined && isSaidIn(known, text.slice(before.start, end), true, before.beginsInside);
}

/** Whether the sentence says no more than the other, a dateline apart: the same words, or the beginning of them where it breaks off. */
export function isRepeatOf(sentence: string, other: string): boolean {
  if (isSameOrBegun(sentence, other)) return true;
  const lead = LEAD_IN.exec(sentence)?.[0];
  return lead !== undefined && isSameOrBegun(sentence.slice(lead.length), other);
}

function isSameOrBegun(sentence: string, other: string): boolean {
  const words = sayingOf(sentence, false);
  return (
    words !== NO_WORDS && (words.endsWith('\n') ? words === plainWords(other) : plainWords(other).startsWith(words))
  );
}

function isSaidIn(known: readonly KnownText[], sentence: string, isLast: boolean, beginsInside: boolean): boolean {
  if (known.some((text) => text.hasAsWritten(sentence))) return true;
  const possible = known.filter((text) => !text.lacksAWordOf(sentence));
  if (possible.length === 0) return false;
  const has = (hyphensAsDashes: boolean): boolean => {
    const words = sayingOf(sentence, isLast, hyphensAsDashes);
    if (!beginsInside || words === NO_WORDS) return possible.some((text) => text.has(words, hyphensAsDashes));
    const inside = words.slice(1);
    return wordsIn(inside) >= FEWEST_WORDS_OF_PIECE && possible.some((text) => text.has(inside, hyphensAsDashes));
  };
  return has(false) || (DASHES.test(sentence) && has(true));
}

/** One text may write a dash where another writes one or two hyphens. */
const DASHES = /[—–]|--|\s-\s/;
const withDashes = (text: string): string => text.replace(/--+|\s-(?=\s)/g, ' —');

/** Each has a space before it. */
const wordsIn = (words: string): number => words.split(' ').filter((word) => word.trim() !== '').length;

/**
 * A text to look for sentences in. To reduce a whole page to its words costs more than to match it with some hundred topics, and is
 * seldom needed: most sentences are there letter for letter, and most others have a word that is nowhere.
 */
class KnownText {
  readonly #text: string;
  /** By whether hyphens are taken for dashes. */
  readonly #words = new Map<boolean, string>();
  #isPlain: boolean | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** The very sentence, full stop included, behind the end of another; of one that breaks off, what there is of it. */
  hasAsWritten(sentence: string): boolean {
    const begun = withoutSigns(sentence);
    if (begun === '' || (begun === sentence && !HAS_FULL_STOP.test(sentence))) return false;
    const at = this.#text.indexOf(begun);
    return at === 0 || (at > 0 && BEHIND_A_SENTENCE.test(this.#text.slice(Math.max(0, at - 4), at)));
  }

  /** True when a word surely is not there: in none of the spellings that sentences and headlines have. */
  lacksAWordOf(sentence: string): boolean {
    this.#isPlain ??= !INVISIBLE.test(this.#text);
    if (!this.#isPlain) return false;
    for (const word of withoutSigns(sentence).match(LONG_WORDS) ?? []) {
      // Its first letter may be a capital in one text and not in the other.
      const rest = word.slice(1);
      const spellings = [rest, rest.toLowerCase(), rest.toUpperCase()];
      if (!spellings.some((each) => this.#text.includes(each))) return true;
    }
    return false;
  }

  /** `words`: what `sayingOf` makes of a sentence. */
  has(words: string, hyphensAsDashes: boolean): boolean {
    const own = this.#words.get(hyphensAsDashes) ?? plainWords(hyphensAsDashes ? withDashes(this.#text) : this.#text);
    this.#words.set(hyphensAsDashes, own);
    return own.includes(words);
  }
}

const HAS_FULL_STOP = /[.!?。！？]$/;
const BEHIND_A_SENTENCE = /(?:[.!?。！？]\s*|\n\n)$/;
const LONG_WORDS = /[\p{L}\p{N}]{5,}/gu;

/** The sentence as far as it goes; the whole of one that does not break off. */
function withoutSigns(sentence: string): string {
  const from = Math.max(0, sentence.length - LONGEST_SIGN_OF_IT);
  const tail = sentence.slice(from);
  if (!hasGap(tail)) return sentence;
  const at = tail.search(BREAKS_OFF);
  return at === -1 ? sentence : sentence.slice(0, from + at);
}

/** Of a text without a word. */
const NO_WORDS = '\n';

/** Without the end where the last word may go on. */
function sayingOf(sentence: string, isLast: boolean, hyphensAsDashes = false): string {
  const words = plainWords(hyphensAsDashes ? withDashes(sentence) : sentence);
  if (words === NO_WORDS) return words;
  const isCut =
    withoutSigns(sentence) !== sentence || (isLast && words.length > LONG_FOR_NO_SENTENCE && !IS_ENDED.test(sentence));
  return isCut ? words.slice(0, -' \n'.length) : words;
}
