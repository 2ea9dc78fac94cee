// Decides whether a topic as a whole holds, given an evaluator for its clauses, and reports it with its passages.
import type { TopicMatch } from '../../model/match.ts';
import type { CompiledEntry, CompiledTopic } from '../compile/compile-topic.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { type Evidence, evidenceFor, type Locator } from '../evaluate/evidence.ts';
import { featuresOf } from '../strength/features.ts';
import { strengthOf } from '../strength/strength.ts';
import { buildPassages } from './passages.ts';

/** Null when the topic does not hold. */
export function reportMatch(
  { topic, entries, vetoes }: CompiledTopic,
  locator: Locator,
  read: ReadDocument,
): TopicMatch | null {
  const holding = entries.filter((entry) => holds(entry, locator));
  if (holding.length === 0 || vetoes.some((veto) => locator.holds(veto))) return null;
  const evidence = holding.map((entry) => evidenceFor(entry.clause, locator, read));
  const passages = buildPassages(evidence.flat(), topic.passage, read);
  const features = featuresOf(evidence, 'now', read);
  return {
    topicId: topic.id,
    topicVersion: topic.version,
    passages: passages.map((each) => each.passage),
    why: strongest(holding, evidence).why,
    strength: strengthOf(features).strength,
    prominence: features.prominence,
    features,
  };
}

function holds({ clause, contexts }: CompiledEntry, locator: Locator): boolean {
  return locator.holds(clause) && contexts.some((clauses) => clauses.every((each) => locator.holds(each)));
}

/** The entry whose evidence says most; the first where several do. */
function strongest(holding: readonly CompiledEntry[], evidence: readonly (readonly Evidence[])[]): CompiledEntry {
  const weights = evidence.map((each) => Math.max(0, ...each.map(({ weight }) => weight)));
  return holding[weights.indexOf(Math.max(...weights))]!;
}
