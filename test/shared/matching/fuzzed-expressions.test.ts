// Whatever is written as an expression or a pack: an answer or problems with their place, never an exception.

import { buildClause } from '../../../shared/matching/compile/build-clause.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { formatProblem } from '../../../shared/query/problems.ts';
import { parsePack } from '../../support/parse-pack.ts';
import { fc } from '../../support/properties.ts';
import { randomDocument, randomExpression, seededRandom, topicOf } from './random-topics.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 2_000);

const PIECES =
  'AND|OR|NOT|AND NOT|NEAR/5|NEAR/|ONEAR/3|NOT NEAR/4|w/s|W/P|w/c|NEAR/3c|WITHOUT|NOT WITHOUT|~"|~|pre/2|NOT w/5|atleast2(|at-least/3 (|2 OF (|num(1..5)|num(..)|num(9..1)|title:|lead:(|source:|lang:en|colour:|{forces}|{nobody}|{|}|(|)|（|）|,|"|""|“|”|="US"|=|=Us|*|troop*|*ment|a*|"a * b"|"*"|troops|병력|派兵|войска|and|or|12|3.5|-x|x|x!|y?|~2|#comment\n|\n|\\|\ud83d|e\u0301|\u200b|\u0000|://'.split(
    '|',
  );
const fromPieces = fc
  .array(fc.constantFrom(...PIECES, '|', '||'), { maxLength: 25 })
  .chain((pieces) => fc.constantFrom(' ', '').map((glue) => pieces.join(glue)));

/** A good expression with some of its characters dropped, doubled, moved or replaced. */
const damaged = fc
  .tuple(
    fc.integer({ min: 0, max: 2_000_000_000 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 5 }), fc.constantFrom(...PIECES)), { maxLength: 4 }),
  )
  .map(([from, changes]) =>
    changes.reduce(
      (text, [place, length, piece]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + piece + text.slice(at + length);
      },
      randomExpression(seededRandom(from), 3),
    ),
  );
const anyExpression = fc.oneof(fromPieces, damaged, fc.string({ unit: 'binary', maxLength: 80 }));

describe('any text taken as an expression', () => {
  it('is a clause or has problems with code, place and message', () => {
    fc.assert(
      fc.property(anyExpression, fc.constantFrom('en', 'ko', '*', 'zh', ''), (text, language) => {
        const { clause, problems } = buildClause(text, { language, sets: topicOf('x').sets });

        expect(clause === null).toBe(problems.some((each) => each.severity === 'error'));
        for (const { code, start, end, message, severity } of problems) {
          expect(code).toMatch(severity === 'error' ? /^E_[A-Z_]+$/ : /^W_[A-Z_]+$/);
          expect(message).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(start).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('compiles and matches, or is left out with a problem of its topic', () => {
    fc.assert(
      fc.property(anyExpression, fc.integer({ min: 0, max: 2_000_000_000 }), (text, from) => {
        const matcher = compileTopics([topicOf(text)]);
        expect(matcher.topicCount).toBe(matcher.problems.length === 0 ? 1 : 0);

        const { matches, skipped } = matcher.matchDetailed(randomDocument(seededRandom(from)));

        expect(matches.length + skipped.length).toBeLessThanOrEqual(matcher.topicCount);
      }),
      { numRuns: RUNS },
    );
  });

  it('has its problems shown with a line and carets wherever it stands in a pack', () => {
    fc.assert(
      fc.property(anyExpression, (text) => {
        const yaml = JSON.stringify({
          apiVersion: 'tocsin.dev/v1',
          kind: 'TopicPack',
          pack: { id: 'fuzz', version: '1.0.0' },
          topics: [{ id: 'one', title: 'One', any: { en: [text] } }],
        });
        const { problems, topics } = parsePack(yaml, 'fuzz.yaml');

        expect(topics).toHaveLength(problems.some((each) => each.severity === 'error') ? 0 : 1);
        for (const problem of problems) {
          expect(problem.line).toBe(1);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(formatProblem(problem)).toMatch(/^[EW]_[A-Z_]+ {2}fuzz\.yaml:1:\d+ {2}./);
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

describe('any text taken as a pack', () => {
  it('is read or has problems, and never fails', () => {
    const keys = fc.constantFrom(
      'apiVersion',
      'pack',
      'sets',
      'topics',
      'any',
      'en',
      '*',
      'tests',
      'id',
      'passage',
      'x',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        anyExpression,
        fc.integer(),
        fc.constant(null),
        fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
        fc.array(tie('any'), { maxLength: 3 }),
      ),
    })).any;
    const yaml = fc.oneof(
      value.map((each) => JSON.stringify(each) ?? ''),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .record({
          sets: value,
          topics: fc.array(fc.record({ id: fc.constant('one'), title: value, any: value, tests: value })),
        })
        .map((each) => JSON.stringify({ apiVersion: 'tocsin.dev/v1', kind: 'TopicPack', ...each })),
    );
    fc.assert(
      fc.property(yaml, (text) => {
        for (const problem of parsePack(text, 'any.yaml').problems) expect(problem.code).toMatch(/^[EW]_[A-Z_]+$/);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});
