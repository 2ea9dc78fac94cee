// The tree of a topic with what each node found in a document, and for a miss the first thing that was not there.
import type { MatchableDocument } from '../model/article.ts';
import type { Topic } from '../model/topic.ts';
import type { TopicLimits } from '../topics/limits.ts';
import { type Clause, partsOf } from './clause.ts';
import { compileTopic } from './compile-topic.ts';
import { evaluateSlowly, type Outcome } from './oracle.ts';
import { ReadDocument } from './read-document.ts';
import type { Span } from './span.ts';

/** Lines for people. A node that holds begins with +, one that does not with -; found words follow, with their places. */
export function explainTopic(topic: Topic, document: MatchableDocument, limits?: TopicLimits): string {
  const { compiled, problems } = compileTopic(topic, limits);
  if (compiled === null) return problems.map((each) => `${each.code}  ${each.message}`).join('\n');
  const read = new ReadDocument(document);
  const lines = [`${topic.id} ${topic.version}, language ${read.languages.join(' or ')}, ${read.count} words`];
  for (const entry of compiled.entries) {
    lines.push(...explainClause(`any ${entry.language}: `, entry.clause, read));
  }
  const contexts = new Set(compiled.entries.flatMap((entry) => entry.contexts.flat()));
  for (const clause of contexts) lines.push(...explainClause('all ', clause, read));
  for (const clause of compiled.vetoes) lines.push(...explainClause('none ', clause, read));
  return lines.join('\n');
}

/** Spans shown per node: enough to see what is found, few enough to read. */
const MOST_SPANS = 4;
/** Alternatives of an OR that found nothing are counted, not listed. */
const INDENT = '  ';

function explainClause(prefix: string, clause: Clause, read: ReadDocument): string[] {
  const outcome = evaluateSlowly(clause, read);
  const missing = outcome.holds ? null : firstMissing(clause, read);
  const lines = treeOf(clause, read, 0);
  lines[0] = prefix + lines[0];
  if (missing !== null && missing !== clause.label) lines.push(`${INDENT}not found: ${missing}`);
  return lines;
}

function treeOf(clause: Clause, read: ReadDocument, depth: number): string[] {
  const outcome = evaluateSlowly(clause, read);
  const head = `${INDENT.repeat(depth)}${outcome.holds ? '+' : '-'} ${oneLine(clause.label)}${foundIn(outcome, read)}`;
  const parts = partsOf(clause);
  const isLeaf = parts.length === 0 || (clause.kind === 'or' && parts.every((part) => partsOf(part).length === 0));
  if (isLeaf) return [head];
  const shown = clause.kind === 'or' ? parts.filter((part) => evaluateSlowly(part, read).holds) : parts;
  const below = (shown.length === 0 ? parts : shown).flatMap((part) => treeOf(part, read, depth + 1));
  return [head, ...below];
}

function foundIn({ spans }: Outcome, read: ReadDocument): string {
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
function firstMissing(clause: Clause, read: ReadDocument): string {
  const required =
    clause.kind === 'some' || clause.kind === 'near' ? clause.parts : clause.kind === 'at-least' ? [clause.part] : [];
  const kept = clause.kind === 'without' || clause.kind === 'not-near' ? [clause.keep] : required;
  const failing = kept.find((part) => !evaluateSlowly(part, read).holds);
  return failing === undefined ? oneLine(clause.label) : firstMissing(failing, read);
}

const oneLine = (label: string): string => {
  const line = label.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
};
