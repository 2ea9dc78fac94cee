// Counts the words of a corpus that the patterns of a topic match. Exact words and phrases match only themselves, so they are left out;
// a phrase with a wildcard is counted where the whole phrase matches.
import { type Clause, partsOf } from '../../shared/matching/compile/clause.ts';
import type { CompiledTopic } from '../../shared/matching/compile/compile-topic.ts';
import { matchesWord, type WordPattern } from '../../shared/matching/compile/word-patterns.ts';
import { ReadDocument } from '../../shared/matching/document/read-document.ts';
import { evaluateSlowly } from '../../shared/matching/evaluate/oracle.ts';
import type { MatchableDocument } from '../../shared/model/article.ts';
import { stemWord } from '../../shared/text/stemming.ts';

export interface CapturedWord {
  /** As its author wrote it. */
  readonly word: string;
  /** Whose inflection; `*` where the document's own counts, `-` for wildcards and Korean, which are not inflected. */
  readonly language: string;
  readonly count: number;
  /** The most frequent first; case aside. */
  readonly forms: readonly { readonly form: string; readonly count: number }[];
}

type Term = Extract<Clause, { kind: 'term' }>;

/** The words of documents, and what the phrases of one topic catch in them. */
export class WordCounts {
  documents = 0;
  tokens = 0;
  /** Languages of a document, joined -> word -> count. */
  readonly byLanguages = new Map<string, Map<string, number>>();
  /** In the order of the topic's expressions, each once. */
  readonly terms: readonly Term[];
  readonly #phrases: readonly { readonly term: Term; readonly forms: Map<string, number> }[];

  constructor({ entries, vetoes }: CompiledTopic) {
    const clauses = [...entries.flatMap(({ clause, contexts }) => [clause, ...contexts.flat()]), ...vetoes];
    const terms = clauses.flatMap(termsIn).filter(({ words }) => words.some(isOpen));
    this.terms = [...new Map(terms.map((term) => [JSON.stringify(term.words), term])).values()];
    this.#phrases = this.terms
      .filter(({ words }) => words.length > 1)
      .map((term) => ({ term, forms: new Map<string, number>() }));
  }

  add(document: MatchableDocument): void {
    const read = new ReadDocument(document);
    const key = read.languages.join(' ');
    const words = this.byLanguages.get(key) ?? new Map<string, number>();
    this.byLanguages.set(key, words);
    for (let token = 0; token < read.count; token++) count(words, read.surface(token));
    for (const { term, forms } of this.#phrases) {
      for (const { first, last } of evaluateSlowly(term, read).spans) {
        const row = Array.from({ length: last - first + 1 }, (_, index) => read.surface(first + index));
        count(forms, row.join(' '));
      }
    }
    this.documents += 1;
    this.tokens += read.count;
  }

  formsOfPhrase(term: Term): ReadonlyMap<string, number> {
    return this.#phrases.find((phrase) => phrase.term === term)?.forms ?? new Map();
  }
}

/** In the order of the topic's expressions; words that catch nothing are there too, with no forms. */
export function capturedWords(counts: WordCounts): readonly CapturedWord[] {
  const index = new WordIndex(counts);
  return counts.terms.map((term): CapturedWord => {
    const [pattern] = term.words;
    const isPhrase = term.words.length > 1;
    const forms = new Map<string, number>();
    for (const [surface, times] of isPhrase ? counts.formsOfPhrase(term) : index.caughtBy(pattern!)) {
      count(forms, surface.toLowerCase(), times);
    }
    const sorted = [...forms].map(([form, times]) => ({ form, count: times })).sort((a, b) => b.count - a.count);
    const total = sorted.reduce((sum, { count: times }) => sum + times, 0);
    return { word: wordOf(term), language: isPhrase ? '-' : languageOf(pattern!), count: total, forms: sorted };
  });
}

function termsIn(clause: Clause): readonly Term[] {
  return clause.kind === 'term' ? [clause] : partsOf(clause).flatMap(termsIn);
}

function count(counts: Map<string, number>, key: string, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}

/** Matches more than the word as written. */
const isOpen = ({ form }: WordPattern): boolean => form !== 'exact' && form !== 'raw' && form !== 'any';

/** As written; a set of one word has the name of the set, so its pattern says the word. */
export function wordOf({ label, words: [pattern] }: Term): string {
  if (!label.includes('{')) return label;
  if (pattern?.form === 'stem' || pattern?.form === 'document-stem') return pattern.word;
  return pattern === undefined || pattern.form === 'any' ? label : pattern.value;
}

function languageOf(pattern: WordPattern): string {
  if (pattern.form === 'stem') return pattern.language;
  if (pattern.form === 'document-stem') return '*';
  return '-';
}

/** Stems are looked up, once worked out for every word; parts of words are tried on each. */
class WordIndex {
  readonly #counts: WordCounts;
  readonly #stems = new Map<string, Map<string, [surface: string, count: number][]>>();

  constructor(counts: WordCounts) {
    this.#counts = counts;
  }

  caughtBy(pattern: WordPattern): readonly (readonly [surface: string, count: number])[] {
    const groups = [...this.#counts.byLanguages.keys()];
    if (pattern.form === 'stem') {
      return groups.flatMap((group) => this.#stemsOf(group, pattern.language).get(pattern.value) ?? []);
    }
    if (pattern.form === 'document-stem') return groups.flatMap((group) => this.#caughtByForms(group, pattern.word));
    return groups.flatMap((group) =>
      [...this.#counts.byLanguages.get(group)!].filter(([surface]) => matchesWord(pattern, surface, group.split(' '))),
    );
  }

  #caughtByForms(group: string, word: string): readonly (readonly [string, number])[] {
    const found = group
      .split(' ')
      .flatMap((language) => this.#stemsOf(group, language).get(stemWord(word, language)) ?? []);
    return [...new Map(found)];
  }

  #stemsOf(group: string, language: string): Map<string, [string, number][]> {
    const key = `${group}|${language}`;
    const known = this.#stems.get(key);
    if (known !== undefined) return known;
    const stems = new Map<string, [string, number][]>();
    for (const entry of this.#counts.byLanguages.get(group)!) {
      const stem = stemWord(entry[0], language);
      const list = stems.get(stem);
      if (list === undefined) stems.set(stem, [entry]);
      else list.push(entry);
    }
    this.#stems.set(key, stems);
    return stems;
  }
}
