// From the words of a document to the entries of topics that may hold in it: each entry is found by its anchor and must
// pass its gate. Everything is in flat arrays, since this runs for every word of every document.
import { type Cluster, type Requirement, type Weigh, weightOf } from './anchors.ts';
import type { Presence } from './document-symbols.ts';

/** Requirements that an entry is checked for before it is evaluated. More would rarely help. */
const GATE_REQUIREMENTS = 4;
/** Instead of a number of tokens: anywhere. */
const ANYWHERE = 0x7fffffff;
/** After this many documents the shares guessed at first are replaced by those seen; and again at each further number. */
const LEARN_AFTER = [200, 1_000, 5_000, 25_000];
/** Documents that a guess weighs as much as. */
const GUESS_DOCUMENTS = 20;

export class CandidateIndex {
  readonly #requirements: readonly (readonly Requirement[])[];
  readonly #guess: Weigh;
  /** Entries of symbol s: #anchored[#anchorStart[s] … #anchorStart[s + 1]). */
  readonly #anchorStart: Int32Array;
  #anchored = new Int32Array(0);
  /**
   * Gate of entry e, from #gateStart[e] to #gateStart[e + 1]: clusters, each as its reach in words, its reach in
   * characters, its number of requirements, and these, each as its number of symbols and the symbols.
   */
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
   * used again by the next call; only its first `count` values are meant.
   */
  find(presence: Presence): { readonly entries: Int32Array; readonly count: number } {
    const { symbols } = presence;
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
        if (!this.#passesGate(entry, presence)) continue;
        if (count === this.#candidates.length) this.#growCandidates();
        this.#candidates[count++] = entry;
      }
    }
    this.#documents += 1;
    if (LEARN_AFTER.includes(this.#documents)) this.#arrange(this.#learned());
    return { entries: this.#candidates, count };
  }

  #passesGate(entry: number, { blocks, blockTokens, hasCharacters, longestWord }: Presence): boolean {
    const gates = this.#gates;
    const end = this.#gateStart[entry + 1]!;
    for (let at = this.#gateStart[entry]!; at < end; ) {
      const tokens = gates[hasCharacters ? at + 1 : at]!;
      const reach = Math.ceil((longestWord > 1 ? (tokens + 1) * longestWord : tokens) / blockTokens);
      const requirements = gates[at + 2]!;
      at += 3;
      let common = -1;
      for (let i = 0; i < requirements; i++) {
        const next = at + 1 + gates[at]!;
        let found = 0;
        for (at++; at < next; at++) found |= blocks[gates[at]!]!;
        if (found === 0) return false;
        common &= i === 0 ? found : spread(found, reach);
        if (common === 0) return false;
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
        .sort((a, b) => a.weight - b.weight)
        .map(({ requirement }) => requirement);
      anchors.push(weighed[0]!);
      this.#gateStart[entry] = gates.length;
      writeGate(weighed.slice(0, GATE_REQUIREMENTS), gates);
    });
    this.#gateStart[this.#requirements.length] = gates.length;
    this.#gates = Int32Array.from(gates);
    this.#placeAnchors(anchors);
  }

  /** Compressed rows: for each symbol, the entries anchored on it. */
  #placeAnchors(anchors: readonly Requirement[]): void {
    const starts = this.#anchorStart.fill(0);
    for (const { symbols } of anchors) for (const symbol of symbols) starts[symbol + 1]!++;
    for (let symbol = 1; symbol < starts.length; symbol++) starts[symbol]! += starts[symbol - 1]!;
    const next = starts.slice();
    this.#anchored = new Int32Array(starts.at(-1)!);
    anchors.forEach(({ symbols }, entry) => {
      for (const symbol of symbols) this.#anchored[next[symbol]!++] = entry;
    });
  }
}

/** The rarest comes first: it was found already, so alone it needs no check, and with others it is what they must be near. */
function writeGate(rarestFirst: readonly Requirement[], gates: number[]): void {
  const clusters = new Map<Cluster | number, Requirement[]>();
  rarestFirst.forEach((requirement, index) => {
    const key = requirement.cluster ?? index;
    clusters.set(key, [...(clusters.get(key) ?? []), requirement]);
  });
  for (const [cluster, requirements] of clusters) {
    if (requirements.length === 1 && requirements[0] === rarestFirst[0]) continue;
    const reach = typeof cluster === 'number' ? [ANYWHERE, ANYWHERE] : [cluster.words - 1, cluster.characters - 1];
    gates.push(...reach, requirements.length);
    for (const { symbols } of requirements) gates.push(symbols.length, ...symbols);
  }
}

/** The blocks, and those up to this many before and after each. */
function spread(blocks: number, reach: number): number {
  if (reach >= 31) return -1;
  let wide = blocks;
  for (let i = 0; i < reach; i++) wide |= (wide << 1) | (wide >>> 1);
  return wide;
}
