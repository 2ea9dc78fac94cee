// The different words of one document by their key: every candidate story asks for some hundred of them.
import { NumbersByKey } from './numbers-by-key.ts';

export class WordTable<Word extends { readonly key: number }> {
  /** In the order in which they were added. */
  readonly all: Word[] = [];
  /** One more than where the word is in `all`. */
  readonly #places: NumbersByKey;

  constructor(expectedWords: number) {
    this.#places = new NumbersByKey(expectedWords);
  }

  get(key: number): Word | undefined {
    const place = this.#places.get(key);
    return place === 0 ? undefined : this.all[place - 1];
  }

  has(key: number): boolean {
    return this.#places.get(key) !== 0;
  }

  /** A word that is not there yet. */
  add(word: Word): void {
    this.#places.add(word.key, this.all.push(word));
  }
}
