// From the words of a document to the entries of topics that may hold in it: each entry is found by its anchor and must
// pass its gate. Everything lies in flat arrays, since this is what runs for every word of every document.
import { type Requirement, type Weigh, weightOf } from './anchors.ts';

/** Requirements that an entry is checked for before it is evaluated, the anchor aside. More would rarely tell more. */
const GATE_REQUIREMENTS = 3;
/** Ends a requirement in `#gates`. */
const END = -1;
/** After so many documents the shares guessed at first are replaced by those seen; and again at each further number. */
const LEARN_AFTER = [200, 1_000, 5_000, 25_000];
/** Documents that a guess weighs as much as. */
const GUESS_DOCUMENTS = 20;

export class CandidateIndex {
  readonly #requirements: readonly (readonly Requirement[])[];
  readonly #guess: Weigh;
  /** Entries of symbol s: #anchored[#anchorStart[s] … #anchorStart[s + 1]). */
  readonly #anchorStart: Int32Array;
  #anchored = new Int32Array(0);
  /** Gate of entry e: symbols from #gateStart[e], each requirement ended by END, up to #gateStart[e + 1]. */
  readonly #gateStart: Int32Array;
  #gates = new Int32Array(0);
  readonly #seenEpoch: Int32Array;
  #epoch = 0;
  /** Documents that had each symbol, and all documents. */
  readonly #documentsWith: Int32Array;
  #documents = 0;
  #candidates = new Int32Array(64);

  /** `requirements` of each entry; each entry has one at least. */
  constructor(requirements: readonly (readonly Requirement[])[], symbolCount: number, guess: Weigh) {
    this.#requirements = requirements;
    this.#guess = guess;
    this.#anchorStart = new Int32Array(symbolCount + 1);
    this.#gateStart = new Int32Array(requirements.length + 1);
    this.#seenEpoch = new Int32Array(requirements.length);
    this.#documentsWith = new Int32Array(symbolCount);
    this.#arrange(guess);
  }

  /**
   * Entries that may hold in a document with these symbols, each once, in the order their anchors come up. The array is
   * used again by the next call; only its first `count` values are meant. `isPresent` is 1 for the symbols given.
   */
  find(symbols: readonly number[], isPresent: Uint8Array): { readonly entries: Int32Array; readonly count: number } {
    this.#epoch += 1;
    const epoch = this.#epoch;
    const anchorStart = this.#anchorStart;
    const anchored = this.#anchored;
    const seenEpoch = this.#seenEpoch;
    const documentsWith = this.#documentsWith;
    let count = 0;
    for (let i = 0; i < symbols.length; i++) {
      const symbol = symbols[i]!;
      documentsWith[symbol]! += 1;
      const end = anchorStart[symbol + 1]!;
      for (let at = anchorStart[symbol]!; at < end; at++) {
        const entry = anchored[at]!;
        if (seenEpoch[entry] === epoch) continue;
        seenEpoch[entry] = epoch;
        if (!this.#passesGate(entry, isPresent)) continue;
        if (count === this.#candidates.length) this.#growCandidates();
        this.#candidates[count++] = entry;
      }
    }
    this.#documents += 1;
    if (LEARN_AFTER.includes(this.#documents)) this.#arrange(this.#learned());
    return { entries: this.#candidates, count };
  }

  #passesGate(entry: number, isPresent: Uint8Array): boolean {
    const gates = this.#gates;
    const end = this.#gateStart[entry + 1]!;
    let isMet = false;
    for (let at = this.#gateStart[entry]!; at < end; at++) {
      const symbol = gates[at]!;
      if (symbol !== END) {
        isMet ||= isPresent[symbol] === 1;
      } else if (isMet) {
        isMet = false;
      } else {
        return false;
      }
    }
    return true;
  }

  #growCandidates(): void {
    const larger = new Int32Array(2 * this.#candidates.length);
    larger.set(this.#candidates);
    this.#candidates = larger;
  }

  /** What was seen, and the guess where little was. Which entries are found depends on it, what they answer does not. */
  #learned(): Weigh {
    const documents = this.#documents;
    return (symbol) =>
      (this.#documentsWith[symbol]! + GUESS_DOCUMENTS * this.#guess(symbol)) / (documents + GUESS_DOCUMENTS);
  }

  /** Chooses the rarest requirement of each entry as its anchor and the next ones as its gate. */
  #arrange(weigh: Weigh): void {
    const anchors: Requirement[] = [];
    const gates: number[] = [];
    this.#requirements.forEach((requirements, entry) => {
      const weighed = requirements
        .map((requirement) => ({ requirement, weight: weightOf(requirement, weigh) }))
        .sort((a, b) => a.weight - b.weight);
      anchors.push(weighed[0]!.requirement);
      this.#gateStart[entry] = gates.length;
      for (const { requirement } of weighed.slice(1, 1 + GATE_REQUIREMENTS)) gates.push(...requirement, END);
    });
    this.#gateStart[this.#requirements.length] = gates.length;
    this.#gates = Int32Array.from(gates);
    this.#placeAnchors(anchors);
  }

  /** Compressed rows: for each symbol, the entries anchored on it. */
  #placeAnchors(anchors: readonly Requirement[]): void {
    const starts = this.#anchorStart.fill(0);
    for (const symbols of anchors) for (const symbol of symbols) starts[symbol + 1]!++;
    for (let symbol = 1; symbol < starts.length; symbol++) starts[symbol]! += starts[symbol - 1]!;
    const next = starts.slice();
    this.#anchored = new Int32Array(starts.at(-1)!);
    anchors.forEach((symbols, entry) => {
      for (const symbol of symbols) this.#anchored[next[symbol]!++] = entry;
    });
  }
}
