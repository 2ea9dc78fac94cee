// Runs of four words, by which copies are found whatever was changed at their head, foot or tail. Of a text the runs with the smallest
// hashes are kept: of two texts those below the smaller of both limits are the same sample, so the share that one has of the other can
// be estimated from few of them (Broder, On the resemblance and containment of documents, 1997).
import { HASH_FACTOR, HASH_SEED } from '../text/code-units.ts';

const WORDS_IN_RUN = 4;
/** Runs kept of a text. */
const MOST_KEPT = 48;
/** Texts of fewer words are compared together with their titles. */
const SHORTEST_TEXT = 14;

/** Of a text: its sample, ascending, and whether that is all of it. */
export interface Sample {
  readonly hashes: readonly number[];
  /** At which word of the text each of them begins. Samples that were stored before there were places have none. */
  readonly places?: readonly number[];
  /** Words of the text. */
  readonly words?: number;
  readonly isWhole: boolean;
}

/** Collects the runs of one document, word by word. */
export class RunsOfWords {
  /** The title is among the runs. */
  readonly withTitle: boolean;
  readonly #keys: number[] = [];
  #sample: Sample | null = null;

  constructor(wordsInText: number) {
    this.withTitle = wordsInText < SHORTEST_TEXT;
  }

  add(key: number, inTitle: boolean): void {
    if (inTitle && !this.withTitle) return;
    this.#keys.push(key);
  }

  /** The words between the first and the last run that the sample has too, these included. */
  keysWithin({ hashes }: Sample): ReadonlySet<number> {
    const shared = new Set(hashes);
    const own = this.#hashes();
    const first = own.findIndex((hash) => shared.has(hash));
    const last = own.findLastIndex((hash) => shared.has(hash));
    return new Set(first === -1 ? [] : this.#keys.slice(first, last + WORDS_IN_RUN));
  }

  sample(): Sample {
    this.#sample ??= smallestOf(this.#hashes(), this.#keys.length);
    return this.#sample;
  }

  #hashes(): Int32Array {
    const keys = this.#keys;
    const hashes = new Int32Array(Math.max(0, keys.length - WORDS_IN_RUN + 1));
    for (let i = 0; i < hashes.length; i++) hashes[i] = mixed(keys[i]!, keys[i + 1]!, keys[i + 2]!, keys[i + 3]!);
    return hashes;
  }
}

/** So many runs may a text have: a hash and its place are sorted as one number. */
const MOST_RUNS = 2 ** 12;

function smallestOf(all: Int32Array, words: number): Sample {
  const order = new Float64Array(all.length);
  for (let place = 0; place < all.length; place++) order[place] = all[place]! * MOST_RUNS + place;
  order.sort();
  const hashes: number[] = [];
  const places: number[] = [];
  for (let i = 0; i < order.length; i++) {
    const hash = Math.floor(order[i]! / MOST_RUNS);
    if (hash === hashes.at(-1)) continue;
    if (hashes.length === MOST_KEPT) return { hashes, places, words, isWhole: false };
    hashes.push(hash);
    places.push(order[i]! - hash * MOST_RUNS);
  }
  return { hashes, places, words, isWhole: true };
}

/** Murmur3's finish makes the order of the hashes as good as random. */
function mixed(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(HASH_SEED ^ a, HASH_FACTOR);
  hash = Math.imul(hash ^ b, HASH_FACTOR);
  hash = Math.imul(hash ^ c, HASH_FACTOR);
  hash = Math.imul(hash ^ d, HASH_FACTOR);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** What two texts have in common, as far as their samples tell. */
export interface Overlap {
  /** Of the runs of the shorter text those that the other has too, 0 to 1. 0 where there are too few to tell. */
  readonly share: number;
  /** On how many sampled runs the share rests. */
  readonly runs: number;
  /** The same of the stretch from the first to the last common run, in the text where it is less: what is before and behind it does not count. */
  readonly shareWithin: number;
  /** The stretch in either text; null where nothing is in common, or the places are not known. */
  readonly own: Stretch | null;
  readonly others: Stretch | null;
}

/** From the first common run to the last, in words of one text. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  /** Words before and behind it that the other text has not: estimates, where a text is sampled. */
  readonly before: number;
  readonly behind: number;
}

export function overlapOf(own: Sample, others: Sample): Overlap {
  const limit = Math.min(limitOf(own), limitOf(others));
  const [ownPlaces, othersPlaces]: [number[], number[]] = [[], []];
  let [i, j, common] = [0, 0, 0];
  while (i < own.hashes.length && j < others.hashes.length && own.hashes[i]! <= limit && others.hashes[j]! <= limit) {
    if (own.hashes[i] === others.hashes[j]) {
      common++;
      ownPlaces.push(own.places?.[i] ?? 0);
      othersPlaces.push(others.places?.[j] ?? 0);
      i++;
      j++;
    } else if (own.hashes[i]! < others.hashes[j]!) i++;
    else j++;
  }
  const [ofOwn, ofOthers] = [upTo(own, limit), upTo(others, limit)];
  const runs = Math.min(ofOwn, ofOthers);
  if (common === 0) return { share: 0, runs, shareWithin: 0, own: null, others: null };
  const [ownStretch, othersStretch] = [stretchOf(own, ofOwn, ownPlaces), stretchOf(others, ofOthers, othersPlaces)];
  const within = Math.max(ownStretch?.runs ?? ofOwn, othersStretch?.runs ?? ofOthers);
  return {
    share: common / runs,
    runs,
    shareWithin: common / within,
    own: ownStretch && othersStretch && withExactHead(ownStretch, othersStretch),
    others: ownStretch && othersStretch && withExactHead(othersStretch, ownStretch),
  };
}

/** What is before the first common run and is not known to be strange is the same in both. */
const withExactHead = (stretch: Stretch, other: Stretch): Stretch => ({
  ...stretch,
  before: Math.min(stretch.before, Math.max(0, stretch.first - other.first + other.before)),
});

/** `count`: of the sample's runs those that can be compared; `common`: the places of those that the other text has. */
function stretchOf(
  { places, words }: Sample,
  count: number,
  common: readonly number[],
): (Stretch & { readonly runs: number }) | null {
  if (places === undefined || words === undefined) return null;
  const [first, last] = [Math.min(...common), Math.max(...common)];
  let [before, runs, behind] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    if (places[i]! < first) before++;
    else if (places[i]! > last) behind++;
    else runs++;
  }
  const spacing = (words - WORDS_IN_RUN + 1) / count;
  return { first, last: last + WORDS_IN_RUN - 1, before: before * spacing, behind: behind * spacing, runs };
}

const limitOf = ({ hashes, isWhole }: Sample): number =>
  isWhole ? Number.POSITIVE_INFINITY : (hashes.at(-1) ?? Number.POSITIVE_INFINITY);

function upTo({ hashes }: Sample, limit: number): number {
  let count = hashes.length;
  while (count > 0 && hashes[count - 1]! > limit) count--;
  return count;
}
