// Which rules of topics, and which of their words, some text supports: a test of the pack, or a document in which the topic is rightly
// found. A rule is supported where it holds, a word where it is among the words that show it. A word of an exclusion is supported
// where the exclusion keeps its part of a rule from holding in a text that is not about the topic, by a test or a label.
import { type Clause, partsOf } from '../../shared/matching/compile/clause.ts';
import { type CompiledEntry, type CompiledTopic, compileTopic } from '../../shared/matching/compile/compile-topic.ts';
import { ReadDocument } from '../../shared/matching/document/read-document.ts';
import type { Locator } from '../../shared/matching/evaluate/evidence.ts';
import { locatorsOf } from '../../shared/matching/explain/explain.ts';
import { compileTopics, type MatcherOptions, type TopicMatcher } from '../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../shared/model/article.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { wordOf } from './captured-words.ts';

/** What a reader says of a document and a topic; `unlabelled` where it was not read for that topic. */
export type Label = 'yes' | 'no' | 'borderline' | 'unlabelled';

export interface Unsupported {
  readonly topic: string;
  /** All rules and words of the topic; a word counts once for each language. */
  readonly ruleCount: number;
  readonly wordCount: number;
  /** As `why` shows them: `en: {forces} NEAR/8 {send}`. */
  readonly rules: readonly string[];
  /** In rules that are supported themselves, and in exclusions: what goes with an unsupported rule is not named again. */
  readonly words: readonly { readonly language: string; readonly word: string }[];
}

type Term = Extract<Clause, { kind: 'term' }>;

interface Word {
  readonly language: string;
  readonly word: string;
}

export class RuleEvidence {
  readonly #matcher: TopicMatcher;
  readonly #topics: readonly CompiledTopic[];
  readonly #locate: (read: ReadDocument) => Locator;
  /** Topic -> its rules that are supported. */
  readonly #rules = new Map<string, Set<string>>();
  /** Topic -> keys of its words. */
  readonly #words = new Map<string, Set<string>>();

  /** Topics with errors are left out. */
  constructor(topics: readonly Topic[], options: MatcherOptions) {
    this.#matcher = compileTopics(topics, options);
    this.#topics = topics
      .map((topic) => compileTopic(topic, options.limits).compiled)
      .filter((compiled) => compiled !== null);
    this.#locate = locatorsOf(this.#topics);
  }

  /** Looks at the topics for which `labelOf` has something to say; null leaves one out. */
  add(document: MatchableDocument, labelOf: (topic: string) => Label | null): void {
    const found = new Set(this.#matcher.match(document).map((match) => match.topicId));
    const isOf = (topic: string, ...labels: readonly Label[]): boolean =>
      labels.some((each) => each === labelOf(topic));
    const supporting = this.#topics.filter(({ topic: { id } }) => found.has(id) && isOf(id, 'yes', 'unlabelled'));
    const excluding = this.#topics.filter(({ topic }) => isOf(topic.id, 'no'));
    if (supporting.length + excluding.length === 0) return;
    const locator = this.#locate(new ReadDocument(document));
    for (const compiled of supporting) this.#support(compiled, locator);
    for (const compiled of excluding) this.#supportExclusions(compiled, locator);
  }

  #support({ topic, entries }: CompiledTopic, locator: Locator): void {
    for (const entry of entries) {
      const context = entry.contexts.find((clauses) => clauses.every((each) => locator.holds(each)));
      if (context === undefined || !locator.holds(entry.clause)) continue;
      keep(this.#rules, topic.id, [ruleOf(entry)]);
      for (const clause of [entry.clause, ...context]) {
        const tokens = new Set(locator.spans(clause).flatMap((span) => span.tokens));
        const shows = (term: Term) =>
          locator.spans(term).some((span) => span.tokens.every((token) => tokens.has(token)));
        this.#keep(topic.id, entry.language, requiredTerms(clause).filter(shows));
      }
    }
  }

  #supportExclusions({ topic, entries, vetoes }: CompiledTopic, locator: Locator): void {
    const isThere = (term: Term) => locator.holds(term);
    for (const { clause, language } of entries) {
      for (const { whole, keep, avoid } of exclusionsIn(clause)) {
        if (locator.holds(keep) && !locator.holds(whole))
          this.#keep(topic.id, language, avoid.flatMap(allTerms).filter(isThere));
      }
    }
    if (!entries.some(({ clause }) => locator.holds(clause))) return;
    for (const veto of vetoes) if (locator.holds(veto)) this.#keep(topic.id, '', allTerms(veto).filter(isThere));
  }

  #keep(topic: string, language: string, terms: readonly Term[]): void {
    keep(
      this.#words,
      topic,
      terms.map((term) => keyOf({ language, word: wordOf(term) })),
    );
  }

  /** Of every topic, in their order. */
  unsupported(): readonly Unsupported[] {
    return this.#topics.map(({ topic, entries, vetoes }) => {
      const rules = this.#rules.get(topic.id) ?? new Set();
      const words = this.#words.get(topic.id) ?? new Set();
      const all = [...new Set(entries.map(ruleOf))];
      const alive = entries.filter((entry) => rules.has(ruleOf(entry)));
      return {
        topic: topic.id,
        ruleCount: all.length,
        wordCount: wordsOf(entries, vetoes).length,
        rules: all.filter((rule) => !rules.has(rule)),
        words: wordsOf(alive, vetoes).filter((word) => !words.has(keyOf(word))),
      };
    });
  }
}

/** What people are told of as one rule: a frame is one in each language, in whatever way a text says it. */
const ruleOf = ({ why, frame, language }: CompiledEntry): string => (frame === '' ? why : `${frame}: ${language}`);

function keep(kept: Map<string, Set<string>>, topic: string, keys: readonly string[]): void {
  const known = kept.get(topic) ?? new Set();
  kept.set(topic, known);
  for (const key of keys) known.add(key);
}

const keyOf = ({ language, word }: Word): string => `${language}\0${word}`;

/** Each once, in the order of the rules. Vetoes hold in every language. */
function wordsOf(entries: readonly CompiledEntry[], vetoes: readonly Clause[]): readonly Word[] {
  const words = [
    ...entries.flatMap(({ clause, contexts, language }) =>
      [clause, ...contexts.flat()].flatMap(allTerms).map((term) => ({ language, word: wordOf(term) })),
    ),
    ...vetoes.flatMap(allTerms).map((term) => ({ language: '', word: wordOf(term) })),
  ];
  return [...new Map(words.map((word) => [keyOf(word), word])).values()];
}

const allTerms = (clause: Clause): readonly Term[] =>
  clause.kind === 'term' ? [clause] : partsOf(clause).flatMap(allTerms);

/** Without those of exclusions. */
function requiredTerms(clause: Clause): readonly Term[] {
  if (clause.kind === 'term') return [clause];
  if (clause.kind === 'without' || clause.kind === 'not-near') return requiredTerms(clause.keep);
  return partsOf(clause).flatMap(requiredTerms);
}

interface Exclusion {
  readonly whole: Clause;
  readonly keep: Clause;
  readonly avoid: readonly Clause[];
}

function exclusionsIn(clause: Clause): readonly Exclusion[] {
  const inside = partsOf(clause).flatMap(exclusionsIn);
  if (clause.kind === 'not-near') return [{ whole: clause, keep: clause.keep, avoid: [clause.avoid] }, ...inside];
  if (clause.kind === 'without') return [{ whole: clause, keep: clause.keep, avoid: clause.vetoes }, ...inside];
  return inside;
}
