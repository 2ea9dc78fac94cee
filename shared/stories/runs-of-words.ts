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
  readonly isWhole: boolean;
}

/** Collects the runs of one document, word by word. */
export class RunsOfWords {
  readonly #withTitle: boolean;
  readonly #keys: number[] = [];
  #sample: Sample | null = null;

  constructor(wordsInText: number) {
    this.#withTitle = wordsInText < SHORTEST_TEXT;
  }

  add(key: number, inTitle: boolean): void {
    if (inTitle && !this.#withTitle) return;
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
    this.#sample ??= smallestOf(this.#hashes());
    return this.#sample;
  }

  #hashes(): Int32Array {
    const keys = this.#keys;
    const hashes = new Int32Array(Math.max(0, keys.length - WORDS_IN_RUN + 1));
    for (let i = 0; i < hashes.length; i++) hashes[i] = mixed(keys[i]!, keys[i + 1]!, keys[i + 2]!, keys[i + 3]!);
    return hashes;
  }
}

/** Sorted as integers, which needs no comparison function. */
function smallestOf(hashes: Int32Array): Sample {
  const kept: number[] = [];
  hashes.sort();
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i]!;
    if (i > 0 && hash === hashes[i - 1]) continue;
    if (kept.length === MOST_KEPT) return { hashes: kept, isWhole: false };
    kept.push(hash);
  }
  return { hashes: kept, isWhole: true };
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

/**
 * The share of the shorter text's runs that the other has too, 0 to 1, and on how many sampled runs the estimate rests. 0 where
 * there are too few to tell.
 */
export function containment(a: Sample, b: Sample): { readonly share: number; readonly runs: number } {
  const limit = Math.min(limitOf(a), limitOf(b));
  let [i, j, common] = [0, 0, 0];
  while (i < a.hashes.length && j < b.hashes.length && a.hashes[i]! <= limit && b.hashes[j]! <= limit) {
    if (a.hashes[i] === b.hashes[j]) {
      common++;
      i++;
      j++;
    } else if (a.hashes[i]! < b.hashes[j]!) i++;
    else j++;
  }
  const runs = Math.min(upTo(a, limit), upTo(b, limit));
  return { share: runs === 0 ? 0 : common / runs, runs };
}

const limitOf = ({ hashes, isWhole }: Sample): number =>
  isWhole ? Number.POSITIVE_INFINITY : (hashes.at(-1) ?? Number.POSITIVE_INFINITY);

function upTo({ hashes }: Sample, limit: number): number {
  let count = hashes.length;
  while (count > 0 && hashes[count - 1]! > limit) count--;
  return count;
}
