// The engine and the oracle answer alike, on topics and documents made at random. DIFFERENTIAL_TOPICS=10000 tries more
// topics than the 1,000 of every day; DIFFERENTIAL_SEED others.
import type { Clause } from '../../../shared/matching/compile/clause.ts';
import { partsOf } from '../../../shared/matching/compile/clause.ts';
import { type CompiledTopic, compileTopic } from '../../../shared/matching/compile/compile-topic.ts';
import { ProgramBuilder } from '../../../shared/matching/compile/program.ts';
import { SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { Evaluator } from '../../../shared/matching/evaluate/evaluator.ts';
import { evaluateSlowly, slowLocator } from '../../../shared/matching/evaluate/oracle.ts';
import { reportMatch } from '../../../shared/matching/explain/report-match.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { randomDocument, randomTopic, seededRandom } from './random-topics.ts';

const TOPICS_PER_BATCH = 20;
const BATCHES = Math.ceil(Number(process.env['DIFFERENTIAL_TOPICS'] ?? 1_000) / TOPICS_PER_BATCH);
const SEED = Number(process.env['DIFFERENTIAL_SEED'] ?? 0);
const DOCUMENTS_PER_BATCH = 5;
const PATIENCE_MS = 30_000 + 60 * BATCHES;

const batches = new Map<number, readonly CompiledTopic[]>();

function compiledAtRandom(batch: number): readonly CompiledTopic[] {
  const compiled = batches.get(batch) ?? compiledFrom(SEED + batch);
  batches.set(batch, compiled);
  return compiled;
}

function compiledFrom(seed: number): readonly CompiledTopic[] {
  const random = seededRandom(seed);
  return Array.from({ length: TOPICS_PER_BATCH }, (_, index) => compileTopic(randomTopic(random, `topic-${index}`)))
    .map(({ compiled }) => compiled)
    .filter((compiled) => compiled !== null);
}

/** A matcher of Jest on each of so many results would take longer than to find them. */
const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

const clausesOf = ({ entries, vetoes }: CompiledTopic): Clause[] => [
  ...entries.flatMap((entry) => [entry.clause, ...entry.contexts.flat()]),
  ...vetoes,
];
const withParts = (clause: Clause): Clause[] => [clause, ...partsOf(clause).flatMap(withParts)];

describe('the engine', () => {
  it(
    'finds the same matches and passages as the oracle for every topic and document',
    () => {
      let pairs = 0;
      let matched = 0;
      for (let batch = 0; batch < BATCHES; batch++) {
        const compiled = compiledAtRandom(batch);
        const matcher = compileTopics(compiled.map(({ topic }) => topic));
        const random = seededRandom(SEED + 100_000 + batch);
        for (let index = 0; index < DOCUMENTS_PER_BATCH; index++) {
          const document = randomDocument(random);
          const read = new ReadDocument(document);
          const expected = compiled
            .map((topic) => reportMatch(topic, slowLocator(read), read))
            .filter((match) => match !== null);

          const found = matcher.matchDetailed(document);

          const wanted = { matches: expected, skipped: [], truncated: false };
          if (!isSame(found, wanted)) expect({ batch, document, ...found }).toEqual({ batch, document, ...wanted });
          pairs += compiled.length;
          matched += expected.length;
        }
      }
      expect(pairs).toBeGreaterThan(0.95 * BATCHES * TOPICS_PER_BATCH * DOCUMENTS_PER_BATCH);
      expect(matched).toBeGreaterThan(pairs / 10);
    },
    PATIENCE_MS,
  );

  it(
    'finds the same spans and words for every part of every expression',
    () => {
      let spans = 0;
      for (let batch = 0; batch < BATCHES; batch++) {
        const symbols = new SymbolTable();
        const program = new ProgramBuilder(symbols);
        const clauses = compiledAtRandom(batch).flatMap(clausesOf).flatMap(withParts);
        const nodes = clauses.map((clause) => program.nodeOf(clause));
        const evaluator = new Evaluator(program.nodes.length, symbols, Number.POSITIVE_INFINITY);
        const random = seededRandom(SEED + 200_000 + batch);
        for (let index = 0; index < 2; index++) {
          const read = new ReadDocument(randomDocument(random));
          evaluator.begin(read);
          clauses.forEach((clause, at) => {
            const expected = evaluateSlowly(clause, read);

            const found = { holds: evaluator.holds(nodes[at]!), spans: evaluator.spansOf(nodes[at]!) };

            if (!isSame(found, expected)) {
              expect({ clause: clause.label, document: read.document, ...found }).toEqual({
                clause: clause.label,
                document: read.document,
                ...expected,
              });
            }
            spans += expected.spans.length;
          });
        }
      }
      expect(spans).toBeGreaterThan(100 * BATCHES);
    },
    PATIENCE_MS,
  );
});
