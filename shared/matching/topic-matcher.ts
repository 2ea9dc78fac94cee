// Many topics against one document: which hold, and the passages that show it.
import type { MatchableDocument } from '../model/article.ts';
import type { TopicMatch } from '../model/match.ts';
import type { Topic } from '../model/topic.ts';
import type { TopicLimits } from '../topics/limits.ts';
import { type CompiledTopic, compileTopic, type TopicProblem } from './compile-topic.ts';
import { evaluateSlowly } from './oracle.ts';
import { type ReadDocument, readDocument } from './read-document.ts';
import { reportMatch } from './report-match.ts';

export type { TopicProblem };

export interface MatcherOptions {
  readonly limits?: TopicLimits;
}

export interface DetailedMatches {
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

export function compileTopics(topics: readonly Topic[], options: MatcherOptions = {}): TopicMatcher {
  const results = topics.map((topic) => compileTopic(topic, options.limits));
  const compiled = results.map((each) => each.compiled).filter((each) => each !== null);
  const matchDetailed = (document: MatchableDocument): DetailedMatches => {
    const read = readDocument(document);
    const matches = compiled.map((each) => matchOne(each, read)).filter((match) => match !== null);
    return { matches, skipped: [], truncated: read.truncated };
  };
  return {
    topicCount: compiled.length,
    problems: results.flatMap((each) => each.problems),
    match: (document) => matchDetailed(document).matches,
    matchDetailed,
  };
}

function matchOne(compiled: CompiledTopic, read: ReadDocument): TopicMatch | null {
  return reportMatch(compiled, (clause) => evaluateSlowly(clause, read), read);
}
