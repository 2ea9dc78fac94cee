// The different words of one document by their key. A map does the same at several times the cost, and every candidate story asks for
// some hundred words.

/** Spreads keys whose last bits are alike (Knuth, The Art of Computer Programming 3, 6.4). */
const SPREAD = 0x9e3779b1;
/** Places for each word: with half of them empty a search ends after one or two. */
const ROOM = 2;
const FEWEST_PLACES = 16;

export class WordTable<Word extends { readonly key: number }> {
  /** In the order in which they were added. */
  readonly all: Word[] = [];
  /** Pairs: a key, and one more than where its word is in `all`; 0 where a place is empty. */
  readonly #places: Int32Array;
  readonly #mask: number;
  readonly #shift: number;

  constructor(mostWords: number) {
    let bits = Math.log2(FEWEST_PLACES);
    while (1 << bits < ROOM * mostWords) bits++;
    this.#places = new Int32Array(2 << bits);
    this.#mask = (1 << bits) - 1;
    this.#shift = 32 - bits;
  }

  get(key: number): Word | undefined {
    const at = this.#placeOf(key);
    const index = this.#places[at + 1]!;
    return index === 0 ? undefined : this.all[index - 1];
  }

  has(key: number): boolean {
    return this.#places[this.#placeOf(key) + 1] !== 0;
  }

  /** A word that is not there yet; at most as many as the table was made for. */
  add(word: Word): void {
    const at = this.#placeOf(word.key);
    this.#places[at] = word.key;
    this.#places[at + 1] = this.all.push(word);
  }

  /** Where the key is, or the empty place where it would be. */
  #placeOf(key: number): number {
    const places = this.#places;
    let place = Math.imul(key, SPREAD) >>> this.#shift;
    while (places[2 * place + 1] !== 0 && places[2 * place] !== key) place = (place + 1) & this.#mask;
    return 2 * place;
  }
}
