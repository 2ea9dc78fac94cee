// Words become small integers: each different pattern of the topics is a symbol, and each different word of a text is
// looked up once for all symbols it matches. After that the engine compares integers only.
import { commonness } from '../../text/common-words.ts';
import { foldRaw, foldWord, joinedInitials } from '../../text/fold.ts';
import { isUnspaced } from '../../text/scripts.ts';
import { exactFormsOf, LANGUAGES_WITH_STEMMER, stemsOf, stemWord } from '../../text/stemming.ts';
import { hasUnspacedWord, type UnspacedWord } from '../../text/unspaced-scripts.ts';
import { isSyllableWithParticle, type WordPattern } from './word-patterns.ts';
import { ABSENT, WordTable } from './word-table.ts';

/** Languages whose inflection we know: what an expression under `*` may have to be stemmed in. */
export const STEMMED_LANGUAGES: readonly string[] = LANGUAGES_WITH_STEMMER;

/** Stands for any word that begins with a digit. */
export const NUMBER_SYMBOL = 0;
const NUMBER_WEIGHT = 0.9;
/** Different words remembered; two generations of half as many, so that a stream of rare words cannot fill memory. */
const REMEMBERED_WORDS = 200_000;

type Scripts = 'latin' | 'cyrillic' | 'arabic' | 'other';

export class SymbolTable {
  readonly #exact = new Map<string, number>();
  readonly #raw = new Map<string, number>();
  /** Language -> stem -> symbol. */
  readonly #stems = new Map<string, Map<string, number>>();
  /** Language -> scripts of its patterns: a word of another script cannot match, so it is not stemmed. */
  readonly #stemScripts = new Map<string, Set<Scripts>>();
  readonly #prefixes = new AffixTable((word, length) => word.slice(0, length));
  readonly #suffixes = new AffixTable((word, length) => word.slice(word.length - length));
  readonly #rawPrefixes = new AffixTable((word, length) => word.slice(0, length));
  readonly #rawSuffixes = new AffixTable((word, length) => word.slice(word.length - length));
  readonly #infixes: { readonly part: string; readonly raw: boolean; readonly symbol: number }[] = [];
  readonly #syllables = new Map<string, number>();
  readonly #unspaced: { readonly wanted: UnspacedWord; readonly symbol: number }[] = [];
  readonly #weights: number[] = [NUMBER_WEIGHT];
  #young = new WordTable(REMEMBERED_WORDS / 2);
  #old = this.#young;

  /** Symbols so far; they are 0 … size - 1. */
  get size(): number {
    return this.#weights.length;
  }

  /** Some pattern is of a script without spaces. */
  get hasUnspaced(): boolean {
    return this.#unspaced.length > 0;
  }

  /** Estimated share of documents that hold a word of this symbol. */
  weightOf(symbol: number): number {
    return this.#weights[symbol]!;
  }

  /** The symbol of a pattern, made when new. Not for `any` and `document-stem`, which are not a single symbol. */
  symbolOf(pattern: Exclude<WordPattern, { form: 'any' | 'document-stem' }>): number {
    switch (pattern.form) {
      case 'exact':
        return this.#add(this.#exact, pattern.value, () => commonness(pattern.value, 'und'));
      case 'raw':
        return this.#add(this.#raw, pattern.value, () => commonness(foldWord(pattern.value), 'und'));
      case 'syllable':
        return this.#add(this.#syllables, pattern.value, () => commonness(pattern.value, 'ko'));
      case 'stem':
        return this.stemSymbolOf(pattern.value, pattern.language, pattern.word);
      case 'unspaced': {
        const { value, isOpenBefore, isOpenBehind } = pattern;
        const known = this.#unspaced.find(
          ({ wanted }) =>
            wanted.word === value && wanted.isOpenBefore === isOpenBefore && wanted.isOpenBehind === isOpenBehind,
        );
        if (known !== undefined) return known.symbol;
        const symbol = this.#new(affixWeight(pattern.value));
        this.#unspaced.push({ wanted: { word: value, isOpenBefore, isOpenBehind }, symbol });
        return symbol;
      }
      case 'infix': {
        const known = this.#infixes.find((each) => each.part === pattern.value && each.raw === pattern.raw);
        if (known !== undefined) return known.symbol;
        const symbol = this.#new(affixWeight(pattern.value));
        this.#infixes.push({ part: pattern.value, raw: pattern.raw, symbol });
        return symbol;
      }
      default: {
        const [folded, raw] =
          pattern.form === 'prefix' ? [this.#prefixes, this.#rawPrefixes] : [this.#suffixes, this.#rawSuffixes];
        const table = pattern.raw ? raw : folded;
        return this.#add(table.ofLength(pattern.value.length), pattern.value, () => affixWeight(pattern.value));
      }
    }
  }

  /** The symbol of every word with this stem; `word` is the pattern as written, folded. */
  stemSymbolOf(stem: string, language: string, word: string): number {
    const stems = this.#stems.get(language) ?? new Map<string, number>();
    this.#stems.set(language, stems);
    const scripts = this.#stemScripts.get(language) ?? new Set();
    this.#stemScripts.set(language, scripts.add(scriptOf(word)));
    return this.#add(stems, stem, () => commonness(word, language));
  }

  /**
   * The record of the word `units[start, end)` in `words`, with every symbol that it matches, in no particular order.
   * `hash` as `hashOf` computes it. Valid until `renew`.
   */
  lookUp(units: Uint16Array, start: number, end: number, hash: number): number {
    const known = this.#young.find(units, start, end, hash);
    if (known !== ABSENT) return known;
    const older = this.#old.find(units, start, end, hash);
    const symbols = older === ABSENT ? this.#resolve(textOf(units, start, end)) : this.#old.symbolsAt(older);
    return this.#young.add(units, start, end, hash, symbols);
  }

  get words(): WordTable {
    return this.#young;
  }

  /** Call between documents: forgets words that were not seen for long. */
  renew(): void {
    if (!this.#young.isFull) return;
    this.#old = this.#young;
    this.#young = new WordTable(REMEMBERED_WORDS / 2);
  }

  #resolve(surface: string): readonly number[] {
    const folded = foldWord(surface);
    const raw = foldRaw(surface);
    const found: number[] = [];
    const add = (symbol: number | undefined) => {
      if (symbol !== undefined) found.push(symbol);
    };
    const addNew = (symbol: number | undefined) => {
      if (symbol !== undefined && !found.includes(symbol)) found.push(symbol);
    };
    const first = folded.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) add(NUMBER_SYMBOL);
    for (const form of exactFormsOf(folded)) add(this.#exact.get(form));
    if (isUnspaced(first)) {
      for (const { wanted, symbol } of this.#unspaced) if (hasUnspacedWord(surface, wanted)) found.push(symbol);
    }
    add(this.#raw.get(raw));
    const script = scriptOf(folded);
    for (const [language, stems] of this.#stems) {
      if (!this.#stemScripts.get(language)!.has(script)) continue;
      for (const stem of stemsOf(surface, language)) addNew(stems.get(stem));
    }
    this.#prefixes.find(folded, found);
    this.#suffixes.find(folded, found);
    this.#rawPrefixes.find(raw, found);
    this.#rawSuffixes.find(raw, found);
    for (const { part, raw: isRaw, symbol } of this.#infixes) {
      if ((isRaw ? raw : folded).includes(part)) found.push(symbol);
    }
    for (const [syllable, symbol] of this.#syllables) {
      if (isSyllableWithParticle(syllable, folded)) found.push(symbol);
    }
    const initials = joinedInitials(surface);
    if (initials !== null) this.#resolveInitials(initials, found);
    return found;
  }

  /** U.S. is whatever US is, as a whole word; US is not U.S., since that pattern was written to leave `us` out. */
  #resolveInitials(initials: string, found: number[]): void {
    const folded = foldWord(initials);
    const script = scriptOf(folded);
    const symbols = [this.#exact.get(folded), this.#raw.get(foldRaw(initials))];
    for (const [language, stems] of this.#stems) {
      if (this.#stemScripts.get(language)!.has(script)) symbols.push(stems.get(stemWord(initials, language)));
    }
    for (const symbol of symbols) if (symbol !== undefined && !found.includes(symbol)) found.push(symbol);
  }

  #add(table: Map<string, number>, value: string, weigh: () => number): number {
    const known = table.get(value);
    if (known !== undefined) return known;
    const symbol = this.#new(weigh());
    table.set(value, symbol);
    return symbol;
  }

  #new(weight: number): number {
    // Words looked up before this symbol was made would not know of it.
    if (this.#young.isEmpty && this.#old.isEmpty) return this.#weights.push(weight) - 1;
    this.#young = new WordTable(REMEMBERED_WORDS / 2);
    this.#old = this.#young;
    return this.#weights.push(weight) - 1;
  }
}

const textOf = (units: Uint16Array, start: number, end: number): string =>
  String.fromCharCode(...units.subarray(start, end));

/** Beginnings (or endings) by length, so that a word costs one look per length and not one per pattern. */
class AffixTable {
  readonly #byLength = new Map<number, Map<string, number>>();
  readonly #cut: (word: string, length: number) => string;

  constructor(cut: (word: string, length: number) => string) {
    this.#cut = cut;
  }

  ofLength(length: number): Map<string, number> {
    const table = this.#byLength.get(length) ?? new Map<string, number>();
    this.#byLength.set(length, table);
    return table;
  }

  find(word: string, found: number[]): void {
    for (const [length, table] of this.#byLength) {
      if (length > word.length) continue;
      const symbol = table.get(this.#cut(word, length));
      if (symbol !== undefined) found.push(symbol);
    }
  }
}

/** The shorter a part of a word, the more words it is in. The lists of whole words would say little about it, and cost time. */
function affixWeight(part: string): number {
  return 1 / (part.length + 1) ** 2;
}

function scriptOf(word: string): Scripts {
  const code = word.charCodeAt(0);
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) return 'latin';
  if (code >= 0x400 && code < 0x530) return 'cyrillic';
  return code >= 0x600 && code < 0x780 ? 'arabic' : 'other';
}
