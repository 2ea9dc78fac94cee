// Decides whether a topic as a whole holds, given an evaluator for its clauses, and reports it with its passages.
import type { TopicMatch } from '../../model/match.ts';
import type { CompiledEntry, CompiledTopic } from '../compile/compile-topic.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { evidenceFor, type Locator } from '../evaluate/evidence.ts';
import { type EventTimes, eventTimesOf } from '../event-time/event-times.ts';
import { bestTimeOf, type PastEvidence, partByTime, type TimedEvidence } from '../event-time/timed-evidence.ts';
import { featuresOf } from '../strength/features.ts';
import { strengthOf } from '../strength/strength.ts';
import { buildPassages } from './passages.ts';

/** An entry that holds, with what shows it. */
export interface ShownEntry {
  readonly entry: CompiledEntry;
  readonly evidence: readonly TimedEvidence[];
}

export interface WhatHolds {
  /** Entries that hold, and not only in the past. */
  readonly shown: readonly ShownEntry[];
  /** Evidence that is history, and was left out: never of a topic that includes history. */
  readonly past: readonly PastEvidence[];
}

/** Null when the topic does not hold, or only in the past. `times`: of this document. */
export function reportMatch(
  compiled: CompiledTopic,
  locator: Locator,
  read: ReadDocument,
  times: EventTimes = eventTimesOf(read),
): TopicMatch | null {
  const { topic } = compiled;
  const { shown } = whatHolds(compiled, locator, read, times);
  if (shown.length === 0) return null;
  const evidence = shown.flatMap((each) => each.evidence);
  const time = bestTimeOf(evidence);
  // What is of a worse time says nothing about how strong the match is.
  const best = shown.map((each) => each.evidence.filter((one) => one.time === time)).filter(({ length }) => length > 0);
  const features = featuresOf(best, time, read);
  return {
    topicId: topic.id,
    topicVersion: topic.version,
    passages: buildPassages(evidence, topic.passage, read).map((each) => each.passage),
    why: strongest(shown).why,
    strength: strengthOf(features).strength,
    prominence: features.prominence,
    features,
  };
}

/** Nothing where the topic is vetoed. */
export function whatHolds(
  { topic, entries, vetoes }: CompiledTopic,
  locator: Locator,
  read: ReadDocument,
  times: EventTimes,
): WhatHolds {
  const holding = entries.filter((entry) => holds(entry, locator));
  if (holding.length === 0 || vetoes.some((veto) => locator.holds(veto))) return { shown: [], past: [] };
  const shown: ShownEntry[] = [];
  const past: PastEvidence[] = [];
  for (const entry of holding) {
    const found = evidenceFor(entry.clause, locator, read);
    const parted =
      topic.history === 'exclude'
        ? partByTime(found, times)
        : { kept: found.map((each) => ({ ...each, time: 'now' as const })), past: [] };
    past.push(...parted.past);
    if (parted.kept.length > 0 || parted.past.length === 0) shown.push({ entry, evidence: parted.kept });
  }
  return { shown, past };
}

function holds({ clause, contexts }: CompiledEntry, locator: Locator): boolean {
  return locator.holds(clause) && contexts.some((clauses) => clauses.every((each) => locator.holds(each)));
}

/** News counts more than any background. */
const WEIGHT_OF_NEWS = 100;

/** The entry whose evidence says most; the first where several do. */
function strongest(shown: readonly ShownEntry[]): CompiledEntry {
  const weights = shown.map(({ evidence }) =>
    Math.max(0, ...evidence.map(({ weight, time }) => weight + (time === 'now' ? WEIGHT_OF_NEWS : 0))),
  );
  return shown[weights.indexOf(Math.max(...weights))]!.entry;
}
