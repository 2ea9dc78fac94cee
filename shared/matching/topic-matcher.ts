// Many topics against one document: which hold, and the passages that show it.
//
// A topic is looked at only when the document has one of its anchors, the rarest words that it cannot do without; then
// only if every other word that it needs is there; and only then is it evaluated. So the time for a document grows with
// the words that topics share with it, not with the number of topics. oracle.ts says the same, slowly.
import type { MatchableDocument } from '../model/article.ts';
import type { TopicMatch } from '../model/match.ts';
import type { Topic } from '../model/topic.ts';
import { DEFAULT_STEPS_PER_ARTICLE, type TopicLimits } from '../query/limits.ts';
import { BuildMemory } from './compile/build-clause.ts';
import type { Clause } from './compile/clause.ts';
import { type CompiledTopic, compileTopic, type TopicProblem } from './compile/compile-topic.ts';
import { type EngineNode, ProgramBuilder } from './compile/program.ts';
import { SymbolTable } from './compile/symbols.ts';
import { ReadDocument } from './document/read-document.ts';
import { Evaluator } from './evaluate/evaluator.ts';
import type { Locator } from './evaluate/evidence.ts';
import { BudgetSpent } from './evaluate/step-budget.ts';
import { type EventTimes, eventTimesOf } from './event-time/event-times.ts';
import { reportMatch } from './explain/report-match.ts';
import { type Requirement, requirementsOf } from './index/anchors.ts';
import { CandidateIndex } from './index/candidate-index.ts';
import { type AreNeighbours, withNeighbours } from './strength/neighbours.ts';

/**
 * Steps that one topic may take on one document, each some tens of nanoseconds: a few milliseconds. The largest topic
 * that is allowed, two groups of 250 words within reach of fifty, takes a quarter of it on the longest text.
 */
export const STEPS_PER_TOPIC = DEFAULT_STEPS_PER_ARTICLE;
/** Topics of one matcher; beyond it, memory and not time is what ends. */
const MAX_TOPICS = 20_000;

export interface MatcherOptions {
  readonly limits?: TopicLimits;
  readonly stepsPerTopic?: number;
  /** The day that documents without a date are judged by; absent: years say nothing of them. */
  readonly today?: () => Date;
}

export interface DetailedMatches {
  /** In the order of the topics. */
  readonly matches: readonly TopicMatch[];
  /** Ids of topics that were given up on this document because their evaluation grew too long. */
  readonly skipped: readonly string[];
  /** The document was longer than is read; its end was not looked at. */
  readonly truncated: boolean;
}

export interface TopicMatcher {
  /** Topics in force; those with problems are not among them. */
  readonly topicCount: number;
  /** Why topics were left out. Never fatal to the others. */
  readonly problems: readonly TopicProblem[];
  match(document: MatchableDocument): readonly TopicMatch[];
  matchDetailed(document: MatchableDocument): DetailedMatches;
}

/** Compile once and keep: the matcher remembers the words it has seen. One document at a time; it is not re-entrant. */
export function compileTopics(topics: readonly Topic[], options: MatcherOptions = {}): TopicMatcher {
  return new AnchoredMatcher(topics, options);
}

/** One entry of a topic, as the engine tries it. */
interface Candidate {
  readonly topic: number;
  readonly root: EngineNode;
  readonly contexts: readonly (readonly EngineNode[])[];
}

class AnchoredMatcher implements TopicMatcher {
  readonly topicCount: number;
  readonly problems: readonly TopicProblem[];
  readonly #topics: readonly CompiledTopic[];
  readonly #candidates: readonly Candidate[];
  readonly #vetoes: readonly (readonly EngineNode[])[];
  readonly #nodes: ReadonlyMap<Clause, EngineNode>;
  readonly #evaluator: Evaluator;
  readonly #index: CandidateIndex;
  readonly #areNeighbours: AreNeighbours;
  /** Per topic: the document it was decided on, found or given up. */
  readonly #topicEpoch: Int32Array;
  readonly #today: () => Date | null;
  #epoch = 0;

  constructor(topics: readonly Topic[], options: MatcherOptions) {
    const { compiled, problems } = compileAll(topics, options.limits);
    this.problems = problems;
    this.#topics = compiled;
    this.topicCount = compiled.length;
    const symbols = new SymbolTable();
    const program = new ProgramBuilder(symbols);
    const nodesOf = (clauses: readonly Clause[]) => clauses.map((clause) => program.nodeOf(clause));
    this.#candidates = compiled.flatMap((topic, index) =>
      topic.entries.map((entry) => ({
        topic: index,
        root: program.nodeOf(entry.clause),
        contexts: entry.contexts.map(nodesOf),
      })),
    );
    this.#vetoes = compiled.map((topic) => nodesOf(topic.vetoes));
    this.#nodes = program.byClause;
    this.#index = indexOf(this.#candidates, symbols);
    this.#areNeighbours = neighboursAmong(compiled);
    this.#today = options.today ?? (() => null);
    this.#topicEpoch = new Int32Array(compiled.length);
    this.#evaluator = new Evaluator(program.nodes.length, symbols, options.stepsPerTopic ?? STEPS_PER_TOPIC);
  }

  match(document: MatchableDocument): readonly TopicMatch[] {
    return this.matchDetailed(document).matches;
  }

  matchDetailed(document: MatchableDocument): DetailedMatches {
    this.#epoch += 1;
    const read = new ReadDocument(document);
    const times = eventTimesOf(read, this.#today());
    const found: { topic: number; match: TopicMatch }[] = [];
    const skipped: number[] = [];
    const { entries, count } = this.#index.find(this.#evaluator.begin(read));
    for (let i = 0; i < count; i++) {
      const candidate = this.#candidates[entries[i]!]!;
      if (this.#topicEpoch[candidate.topic] === this.#epoch) continue;
      const match = this.#tryCandidate(candidate, read, times);
      if (match === 'no') continue;
      this.#topicEpoch[candidate.topic] = this.#epoch;
      if (match === 'skipped') skipped.push(candidate.topic);
      else if (match !== 'vetoed' && match !== 'past') found.push({ topic: candidate.topic, match });
    }
    found.sort((a, b) => a.topic - b.topic);
    return {
      matches: withNeighbours(
        found.map((each) => each.match),
        this.#areNeighbours,
      ),
      skipped: skipped.map((topic) => this.#topics[topic]!.topic.id),
      truncated: read.truncated,
    };
  }

  /** Each topic spends from a separate budget, so a costly one takes nothing from the next. */
  #tryCandidate(
    candidate: Candidate,
    read: ReadDocument,
    times: EventTimes,
  ): TopicMatch | 'no' | 'vetoed' | 'past' | 'skipped' {
    const evaluator = this.#evaluator;
    evaluator.refillBudget();
    try {
      if (!evaluator.holds(candidate.root)) return 'no';
      if (!candidate.contexts.some((nodes) => nodes.every((node) => evaluator.holds(node)))) return 'no';
      if (this.#vetoes[candidate.topic]!.some((node) => evaluator.holds(node))) return 'vetoed';
      const locator: Locator = {
        holds: (clause) => evaluator.holds(this.#nodes.get(clause)!),
        spans: (clause) => evaluator.spansOf(this.#nodes.get(clause)!),
      };
      // All entries were looked at: another that holds would say the same.
      return reportMatch(this.#topics[candidate.topic]!, locator, read, times) ?? 'past';
    } catch (error) {
      if (error instanceof BudgetSpent) return 'skipped';
      throw error;
    }
  }
}

/** What was remembered while building is let go on return: nothing that lives as long as the matcher may refer to it. */
function compileAll(
  topics: readonly Topic[],
  limits: TopicLimits | undefined,
): { readonly compiled: readonly CompiledTopic[]; readonly problems: readonly TopicProblem[] } {
  const memory = new BuildMemory();
  const results = topics.slice(0, MAX_TOPICS).map((topic) => compileTopic(topic, limits, memory));
  const left = topics.slice(MAX_TOPICS).map(({ id }) => ({
    topicId: id,
    code: 'E_LIMIT',
    message: `a matcher holds at most ${MAX_TOPICS} topics; this one is over the limit`,
  }));
  return {
    compiled: results.map((each) => each.compiled).filter((each) => each !== null),
    problems: [...results.flatMap((each) => each.problems), ...left],
  };
}

/** Either of the two may name the other. */
function neighboursAmong(compiled: readonly CompiledTopic[]): AreNeighbours {
  const named = new Map(compiled.map(({ topic }) => [topic.id, topic.neighbours ?? []]));
  return (topic, other) => named.get(topic)?.includes(other) === true || named.get(other)?.includes(topic) === true;
}

function indexOf(candidates: readonly Candidate[], symbols: SymbolTable): CandidateIndex {
  const weigh = (symbol: number) => symbols.weightOf(symbol);
  return new CandidateIndex(requirementsOfAll(candidates, weigh), symbols.size, weigh);
}

/** What each entry requires, its context included where there is one choice of it only. */
function requirementsOfAll(
  candidates: readonly Candidate[],
  weigh: (symbol: number) => number,
): readonly (readonly Requirement[])[] {
  const known = new Map<EngineNode, readonly Requirement[]>();
  return candidates.map(({ root, contexts }) =>
    [root, ...(contexts.length === 1 ? contexts[0]! : [])].flatMap((node) => requirementsOf(node, weigh, known)),
  );
}
