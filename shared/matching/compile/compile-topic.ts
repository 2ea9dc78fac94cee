// One topic -> its clauses, per language, or why it cannot be used. What holds of a topic as a whole is decided here;
// where its clauses hold is the evaluators' work.
import type { Topic } from '../../model/topic.ts';
import { DEFAULT_LIMITS, type TopicLimits } from '../../query/limits.ts';
import { BuildMemory, buildClause } from './build-clause.ts';
import type { Clause } from './clause.ts';
import { ANY_LANGUAGE } from './word-patterns.ts';

/** One entry of `any`, with what else must hold for it. */
export interface CompiledEntry {
  /** As shown to people: `en: {forces} NEAR/8 {send}`, with the name of the frame before it where it is from one: `sent: en: …`. */
  readonly why: string;
  /** The frame that it is from, one of several ways to say it; empty for what an author wrote as an expression. */
  readonly frame: string;
  readonly language: string;
  readonly clause: Clause;
  /** Entries of `all` that go with this language: one of these lists must hold whole. */
  readonly contexts: readonly (readonly Clause[])[];
}

export interface CompiledTopic {
  readonly topic: Topic;
  readonly entries: readonly CompiledEntry[];
  readonly vetoes: readonly Clause[];
}

/** Why a topic, or one expression of it, was left out. */
export interface TopicProblem {
  readonly topicId: string;
  readonly code: string;
  /** Names the expression and what is wrong with it. */
  readonly message: string;
}

/** Null with problems when any of its expressions is broken: half a topic would keep silent about the other half. */
export function compileTopic(
  topic: Topic,
  limits: TopicLimits = DEFAULT_LIMITS,
  memory: BuildMemory = new BuildMemory(),
): { compiled: CompiledTopic | null; problems: readonly TopicProblem[] } {
  const problems: TopicProblem[] = [];
  const build = (language: string, text: string, mayLackText: boolean): Clause | null => {
    const built = buildClause(text, { language, sets: topic.sets, limits, mayLackText, memory });
    for (const { severity, code, message } of built.problems) {
      if (severity === 'error') problems.push({ topicId: topic.id, code, message: `${language}: ${text}: ${message}` });
    }
    return built.clause;
  };
  const buildAll = (texts: readonly string[], language: string): Clause[] =>
    texts.map((text) => build(language, text, true)).filter((clause) => clause !== null);
  const context = Object.fromEntries(
    Object.entries(topic.all).map(([language, texts]) => [language, buildAll(texts, language)]),
  );
  const vetoes = Object.entries(topic.none).flatMap(([language, texts]) => buildAll(texts, language));
  const entries = Object.entries(topic.any).flatMap(([language, texts]) =>
    texts.flatMap((text, index): CompiledEntry[] => {
      const clause = build(language, text, false);
      const frame = topic.frames?.[language]?.[index] ?? '';
      const why = `${frame === '' ? '' : `${frame}: `}${language}: ${text}`;
      return clause === null ? [] : [{ why, frame, language, clause, contexts: contextsFor(language, context) }];
    }),
  );
  if (entries.length === 0 && problems.length === 0) {
    problems.push({ topicId: topic.id, code: 'E_MISSING', message: 'the topic has no expression to look for' });
  }
  return { compiled: problems.length > 0 ? null : { topic, entries, vetoes }, problems };
}

/**
 * What `all` asks of an entry: the entries for every language, and those of its own language. An entry that is itself
 * for every language needs those of some language, since a text is rarely in all of them.
 */
function contextsFor(
  language: string,
  context: Readonly<Record<string, readonly Clause[]>>,
): readonly (readonly Clause[])[] {
  const shared = context[ANY_LANGUAGE] ?? [];
  if (language !== ANY_LANGUAGE) return [[...shared, ...(context[language] ?? [])]];
  const own = Object.entries(context).filter(([key]) => key !== ANY_LANGUAGE);
  return own.length === 0 ? [shared] : own.map(([, clauses]) => [...shared, ...clauses]);
}
