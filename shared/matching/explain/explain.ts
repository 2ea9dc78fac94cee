// The tree of a topic with what each node found in a document, and for a miss the first thing that was not there.
import type { MatchableDocument } from '../../model/article.ts';
import type { Topic } from '../../model/topic.ts';
import type { TopicLimits } from '../../query/limits.ts';
import { type Clause, partsOf } from '../compile/clause.ts';
import { type CompiledTopic, compileTopic } from '../compile/compile-topic.ts';
import { ProgramBuilder } from '../compile/program.ts';
import { SymbolTable } from '../compile/symbols.ts';
import { ReadDocument } from '../document/read-document.ts';
import type { Span } from '../document/span.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import type { Locator } from '../evaluate/evidence.ts';
import { eventTimesOf } from '../event-time/event-times.ts';
import { whatHolds } from './report-match.ts';

/** Lines for people. A node that holds begins with +, one that does not with -; found words follow, with their places. */
export function explainTopic(
  topic: Topic,
  document: MatchableDocument,
  limits?: TopicLimits,
  today: Date | null = null,
): string {
  const { compiled, problems } = compileTopic(topic, limits);
  if (compiled === null) return problems.map((each) => `${each.code}  ${each.message}`).join('\n');
  const read = new ReadDocument(document);
  const lines = [`${topic.id} ${topic.version}, language ${read.languages.join(' or ')}, ${read.count} words`];
  const found = locatorsOf([compiled])(read);
  // What holds first: a topic of eighty expressions would bury it.
  const entries = [...compiled.entries].sort((a, b) => Number(found.holds(b.clause)) - Number(found.holds(a.clause)));
  for (const entry of entries) {
    lines.push(...explainClause(`any ${entry.language}: `, entry.clause, found, read));
  }
  const contexts = new Set(entries.flatMap((entry) => entry.contexts.flat()));
  for (const clause of contexts) lines.push(...explainClause('all ', clause, found, read));
  for (const clause of compiled.vetoes) lines.push(...explainClause('none ', clause, found, read));
  const { past } = whatHolds(compiled, found, read, eventTimesOf(read, today));
  for (const each of past) lines.push(`history ${JSON.stringify(quote(each, read))}: ${each.reason}`);
  return lines.join('\n');
}

/** Spans shown per node: enough to see what is found, few enough to read. */
const MOST_SPANS = 4;
const INDENT = '  ';

/**
 * The engine without a budget, which tells of each part of the topics' clauses whether and where it holds. A locator is good until the next
 * one is asked for.
 */
export function locatorsOf(topics: readonly CompiledTopic[]): (read: ReadDocument) => Locator {
  const symbols = new SymbolTable();
  const program = new ProgramBuilder(symbols);
  const clauses = topics.flatMap(({ entries, vetoes }) => [
    ...entries.flatMap(({ clause, contexts }) => [clause, ...contexts.flat()]),
    ...vetoes,
  ]);
  for (const clause of clauses.flatMap(withParts)) program.nodeOf(clause);
  const evaluator = new Evaluator(program.nodes.length, symbols, Number.POSITIVE_INFINITY);
  const isPossible = (clause: Clause): boolean => evaluator.isPossible(program.nodeOf(clause));
  const locator: Locator = {
    holds: (clause) => isPossible(clause) && evaluator.holds(program.nodeOf(clause)),
    spans: (clause) => (isPossible(clause) ? evaluator.spansOf(program.nodeOf(clause)) : []),
  };
  return (read) => {
    evaluator.begin(read);
    return locator;
  };
}

const withParts = (clause: Clause): readonly Clause[] => [clause, ...partsOf(clause).flatMap(withParts)];

function explainClause(prefix: string, clause: Clause, found: Locator, read: ReadDocument): string[] {
  const missing = found.holds(clause) ? null : firstMissing(clause, found);
  const lines = treeOf(clause, found, read, 0);
  lines[0] = prefix + lines[0];
  if (missing !== null && missing !== oneLine(clause.label)) lines.push(`${INDENT}not found: ${missing}`);
  return lines;
}

/** Of an OR that holds, what holds; of one that does not, what came near to it: the rest is counted, not listed. */
function treeOf(clause: Clause, found: Locator, read: ReadDocument, depth: number): string[] {
  const isThere = found.holds(clause);
  const sign = isThere ? '+' : '-';
  const head = `${INDENT.repeat(depth)}${sign} ${oneLine(clause.label)}${foundIn(found.spans(clause), read)}`;
  const parts = partsOf(clause);
  if (clause.kind !== 'or') return [head, ...parts.flatMap((part) => treeOf(part, found, read, depth + 1))];
  if (parts.every((part) => partsOf(part).length === 0)) return [head];
  const shown = parts.filter((part) =>
    isThere ? found.holds(part) : partsOf(part).length > 0 && isTouched(part, found),
  );
  const counted = isThere ? head : `${head}  none of ${parts.length}`;
  return [counted, ...shown.flatMap((part) => treeOf(part, found, read, depth + 1))];
}

/** Something of it is there. */
const isTouched = (clause: Clause, found: Locator): boolean =>
  found.holds(clause) || partsOf(clause).some((part) => isTouched(part, found));

function foundIn(spans: readonly Span[], read: ReadDocument): string {
  if (spans.length === 0) return '';
  const shown = spans
    .slice(0, MOST_SPANS)
    .map((span) => `[${span.first}–${span.last}] ${JSON.stringify(quote(span, read))}`);
  const more = spans.length > MOST_SPANS ? ` and ${spans.length - MOST_SPANS} more` : '';
  return `  ${shown.join(' ')}${more}`;
}

function quote(span: Span, read: ReadDocument): string {
  const isTitle = span.first < read.titleCount;
  const field = isTitle ? read.document.title : read.document.text;
  const last = isTitle ? Math.min(span.last, read.titleCount - 1) : span.last;
  const text = field.slice(read.starts[span.first], read.ends[last]).replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 38)} … ${text.slice(-38)}` : text;
}

/** Down the required parts, to the smallest one that does not hold. */
function firstMissing(clause: Clause, found: Locator): string {
  const required =
    clause.kind === 'some' || clause.kind === 'near' ? clause.parts : clause.kind === 'at-least' ? [clause.part] : [];
  const kept = clause.kind === 'without' || clause.kind === 'not-near' ? [clause.keep] : required;
  const failing = kept.find((part) => !found.holds(part));
  return failing === undefined ? oneLine(clause.label) : firstMissing(failing, found);
}

const oneLine = (label: string): string => {
  const line = label.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};
