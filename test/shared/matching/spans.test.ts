// Where an expression holds: the smallest stretches of the text, and which of their words made them. The engine and the oracle give
// the same answer, and it is the one written here.
import { buildClause } from '../../../shared/matching/compile/build-clause.ts';
import type { Clause } from '../../../shared/matching/compile/clause.ts';
import { ProgramBuilder } from '../../../shared/matching/compile/program.ts';
import { SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { type Span, smallest } from '../../../shared/matching/document/span.ts';
import { Evaluator } from '../../../shared/matching/evaluate/evaluator.ts';
import { chainsOf } from '../../../shared/matching/evaluate/near-chain.ts';
import { combineNear } from '../../../shared/matching/evaluate/near-slowly.ts';
import { evaluateSlowly } from '../../../shared/matching/evaluate/oracle.ts';
import type { Reach } from '../../../shared/query/syntax.ts';
import { seededRandom } from './random-topics.ts';

function clauseOf(expression: string): Clause {
  const { clause, problems } = buildClause(expression, { language: 'en', sets: {}, mayLackText: true });
  if (clause === null) throw new Error(JSON.stringify(problems));
  return clause;
}

function spansOf(clause: Clause, read: ReadDocument): readonly Span[] {
  const symbols = new SymbolTable();
  const program = new ProgramBuilder(symbols);
  const node = program.nodeOf(clause);
  const evaluator = new Evaluator(program.nodes.length, symbols, Number.POSITIVE_INFINITY);
  evaluator.begin(read);
  return evaluator.spansOf(node);
}

/** Those of the engine and those of the oracle. */
const answersOf = (clause: Clause, read: ReadDocument): readonly (readonly Span[])[] => [
  spansOf(clause, read),
  evaluateSlowly(clause, read).spans,
];

/** Each span as its words, `a–c` where words between its first and last did not make it: "a b–d" is a, b, and d further on. */
const shown = ({ tokens }: Span, read: ReadDocument): string =>
  tokens
    .map((token, index) => (index === 0 ? '' : token === tokens[index - 1]! + 1 ? ' ' : '–') + read.surface(token))
    .join('')
    .toLowerCase();

/** Sentences begin with a capital. */
const written = (text: string): string => text.replace(/(?<=\. )[a-z]/g, (letter) => letter.toUpperCase());

function expectSpans(expression: string, text: string, spans: readonly string[]): void {
  const read = new ReadDocument({ title: '', text: written(text), language: 'en', source: 'example.org' });
  const [found = [], slowly = []] = answersOf(clauseOf(expression), read);

  expect(found.map((span) => shown(span, read))).toEqual(spans);
  expect(found.every(({ first, last, tokens }) => first === tokens[0] && last === tokens.at(-1))).toBe(true);
  expect(slowly).toEqual(found);
}

type Row = readonly [expression: string, text: string, spans: readonly string[]];

describe('words and phrases', () => {
  it.each<Row>([
    ['aa', 'aa bb aa', ['aa', 'aa']],
    ['aa', 'bb', []],
    ['"aa bb"', 'aa bb aa cc bb aa bb', ['aa bb', 'aa bb']],
    ['"aa * bb"', 'aa bb aa cc bb', ['aa cc bb']],
    ['"* aa"', 'aa bb aa', ['bb aa']],
    ['"aa *"', 'aa bb aa', ['aa bb']],
    ['"aa aa"', 'aa aa aa', ['aa aa', 'aa aa']],
    ['aa OR bb', 'bb cc aa', ['bb', 'aa']],
    ['aa OR "aa bb"', 'aa bb', ['aa']],
    ['"aa bb" OR "bb cc"', 'aa bb cc', ['aa bb', 'bb cc']],
    ['aa OR bb OR "cc dd" OR "dd ee" OR ff', 'ff cc dd ee bb aa', ['ff', 'cc dd', 'dd ee', 'bb', 'aa']],
    ['"ceasefire talks"', 'aa cease-fire talks', ['cease fire talks']],
    ['"ceasefire talks"', 'aa cease-fire. talks', []],
    ['"ceasefire talks"', 'aa cease-fire\n\ntalks', []],
    ['"talks ceasefire"', 'talks cease-fire, talks', ['talks cease fire']],
    ['"aa * bb"', 'aa cc-dd-bb now', ['aa cc dd bb']],
    ['"aa * bb"', 'aa cc-dd-ee bb now', ['aa cc dd ee bb']],
    ['body:aa', 'aa bb aa', ['aa', 'aa']],
    ['lead:aa', 'aa bb aa', ['aa', 'aa']],
    ['title:aa', 'aa bb aa', []],
    ['body:(num(1..9))', '5 bb 6', ['5', '6']],
    ['lead:(num(1..9))', '5 bb 6', ['5', '6']],
    ['body:"aa bb"', 'aa bb', ['aa bb']],
    ['body:ceasefire', 'cease-fire', ['cease fire']],
    ['title:ceasefire', 'cease-fire', []],
    ['num(1..9)', 'aa 5 bb 50 cc 9 dd 1 ee 0', ['5', '9', '1']],
  ])('%s in "%s"', expectSpans);
});

describe('two sides of a NEAR', () => {
  it.each<Row>([
    ['aa NEAR/1 bb', 'aa x bb', ['aa–bb']],
    ['aa NEAR/1 bb', 'aa x x bb', []],
    ['aa NEAR/0 bb', 'bb aa', ['bb aa']],
    ['aa NEAR/3 bb', 'aa aa bb bb', ['aa bb']],
    ['aa NEAR/3 bb', 'aa bb aa', ['aa bb', 'bb aa']],
    ['aa NEAR/3 aa', 'aa x aa', ['aa–aa']],
    ['aa NEAR/3 aa', 'aa', []],
    ['aa NEAR/3 bb', 'aa. bb\n\naa', ['aa bb']],
    ['aa w/s bb', 'aa xx. bb x aa', ['bb–aa']],
    ['aa w/s bb', 'aa\n\nbb', []],
    ['aa w/p bb', 'aa x. bb\n\naa', ['aa–bb']],
    ['aa w/c bb', 'aa xx; bb x aa', ['bb–aa']],
    ['aa w/c bb', 'aa. bb', []],
    ['aa w/c bb', 'aa\n\nbb', []],
    ['aa w/c bb', 'aa who bb x aa', ['bb–aa']],
    ['aa NEAR/1c bb', 'aa x bb; aa x x bb', ['aa–bb']],
    ['aa NEAR/1c bb', 'aa; x bb', []],
    ['aa ONEAR/1c bb', 'bb x aa; bb', []],
    ['aa ONEAR/0c bb', 'aa bb', ['aa bb']],
    ['aa ONEAR/2 bb', 'bb aa x bb', ['aa–bb']],
    ['aa ONEAR/2 bb', 'aa aa x x bb', ['aa–bb']],
    ['aa ONEAR/2 bb', 'bb aa', []],
    ['"aa bb" NEAR/2 "bb cc"', 'aa bb cc', []],
    ['"aa bb" NEAR/2 "bb cc"', 'aa bb cc x aa bb', ['bb cc–aa bb']],
    ['"aa bb" ONEAR/2 "bb cc"', 'aa bb cc x aa bb bb cc', ['aa bb bb cc']],
    ['(aa OR bb) NEAR/2 (bb OR cc)', 'aa bb cc', ['aa bb', 'bb cc']],
    ['(aa OR bb) NEAR/2 (bb OR cc)', 'bb', []],
  ])('%s in "%s"', expectSpans);
});

describe('sides of a NEAR that stand apart, three or more', () => {
  it.each<Row>([
    ['aa NEAR/1 bb NEAR/1 cc', 'cc x aa x bb', ['cc–aa–bb']],
    ['aa NEAR/1 bb NEAR/1 cc', 'cc x x aa x bb', []],
    ['aa NEAR/1 bb NEAR/1 cc', 'cc x aa x x bb', []],
    ['aa NEAR/2 bb NEAR/2 cc', 'aa aa bb bb cc aa', ['aa bb–cc', 'bb cc aa']],
    ['aa NEAR/9 bb NEAR/9 cc', 'aa bb x cc bb aa', ['aa bb–cc', 'cc bb aa']],
    ['aa NEAR/9 bb NEAR/9 cc', 'aa bb\n\ncc', []],
    ['aa NEAR/9 bb NEAR/9 cc', 'aa\n\naa bb cc\n\ncc', ['aa bb cc']],
    ['aa ONEAR/2 bb ONEAR/2 cc', 'cc aa bb x cc', ['aa bb–cc']],
    ['aa ONEAR/2 bb ONEAR/2 cc', 'aa cc bb', []],
    ['aa ONEAR/2 bb ONEAR/2 cc', 'aa x x bb cc', ['aa–bb cc']],
    ['aa ONEAR/2 bb ONEAR/2 cc', 'aa x x x bb cc', []],
    ['aa ONEAR/0 bb ONEAR/0 cc', 'aa bb cc', ['aa bb cc']],
    ['aa ONEAR/0 bb ONEAR/0 cc', 'aa bb. cc', []],
    ['aa w/s bb w/s cc', 'aa. bb cc aa. bb cc', ['bb cc aa']],
    ['aa w/s bb w/s cc', 'aa bb. cc', []],
    ['aa w/p bb w/p cc', 'aa bb. cc', ['aa bb cc']],
    ['aa w/c bb w/c cc', 'aa; bb cc aa; bb cc', ['bb cc aa']],
    ['aa NEAR/1c bb NEAR/1c cc', 'cc x aa; x bb', []],
    ['aa NEAR/1c bb NEAR/1c cc', 'cc x aa x bb', ['cc–aa–bb']],
    ['aa NEAR/1 bb NEAR/1 cc', 'cc x aa; x bb', ['cc–aa–bb']],
    ['aa w/p bb w/p cc', 'aa bb\n\ncc', []],
    ['aa w/p bb w/p cc w/p dd', 'dd x cc x bb x aa x dd', ['dd–cc–bb–aa', 'cc–bb–aa–dd']],
    ['aa NEAR/1 bb NEAR/1 cc NEAR/1 dd', 'aa x bb x cc x dd', ['aa–bb–cc–dd']],
    ['aa NEAR/1 bb NEAR/1 cc NEAR/1 dd', 'aa x bb x cc x x dd', []],
    ['"aa xx aa" NEAR/3 bb NEAR/3 cc', 'bb aa xx aa cc', ['bb aa xx aa cc']],
    ['"aa xx aa" NEAR/3 xx NEAR/3 cc', 'aa xx aa cc', []],
    ['"aa bb" NEAR/3 cc NEAR/3 dd', 'cc dd aa bb dd', ['cc dd aa bb']],
    ['aa NEAR/9 aa NEAR/9 aa', 'aa aa x aa', ['aa aa–aa']],
    ['aa NEAR/9 aa NEAR/9 aa', 'aa aa', []],
    ['("aa bb cc" OR dd) NEAR/2 ee NEAR/2 ff', 'aa bb cc ee dd ff', ['ee dd ff']],
    ['("aa bb cc" OR dd) NEAR/1 ee NEAR/1 ff', 'ee dd ff aa bb cc', ['ee dd ff']],
  ])('%s in "%s"', expectSpans);
});

describe('sides of a NEAR that may mingle', () => {
  it.each<Row>([
    ['(aa NEAR/3 bb) NEAR/3 cc', 'aa cc bb', ['aa cc bb']],
    ['(aa NEAR/3 bb) NEAR/0 cc', 'aa x bb x cc', []],
    ['(aa NEAR/3 bb) NEAR/1 cc', 'aa x bb x cc', ['aa–bb–cc']],
    ['(aa NEAR/3 bb) NEAR/1 cc', 'cc x aa bb cc', ['cc–aa bb', 'aa bb cc']],
    ['(aa NEAR/3 bb) NEAR/3 (cc NEAR/3 dd)', 'aa cc bb dd', ['aa cc bb dd']],
    ['(aa NEAR/3 bb) NEAR/3 (aa NEAR/3 cc)', 'bb aa cc', []],
    ['(aa NEAR/3 bb) NEAR/3 (aa NEAR/3 cc)', 'bb aa x aa cc', ['bb aa–aa cc']],
    ['(aa AND bb) NEAR/2 cc', 'aa x bb cc', ['aa–bb cc']],
    ['(aa NEAR/2 bb) w/s cc', 'aa cc bb. cc', ['aa cc bb']],
    ['(aa NEAR/2 bb) w/s cc', 'aa bb. cc', []],
    ['(aa NEAR/2 bb) w/s cc', 'cc aa. bb', []],
    ['(aa NEAR/2 bb) w/c cc', 'aa cc bb; cc', ['aa cc bb']],
    ['(aa NEAR/2 bb) w/c cc', 'cc aa; bb', []],
    ['(aa NEAR/2 bb) NEAR/2c cc', 'aa bb; cc', []],
    ['(aa NEAR/2 bb) w/s cc', 'cc aa bb. cc', ['cc aa bb']],
    ['(aa NEAR/2 bb) NEAR/3 cc', 'cc aa. bb', ['cc aa bb']],
    ['(aa AND bb) NEAR/3 cc', 'cc aa\n\nbb', []],
    ['(aa AND bb) NEAR/3 cc', 'aa\n\nbb cc', []],
    ['(aa NEAR/2 bb) w/p cc', 'aa bb. cc', ['aa bb cc']],
    ['(aa NEAR/2 bb) w/p cc', 'aa bb\n\ncc', []],
    ['(aa NEAR/2 bb) NEAR/5 cc', 'aa bb\n\ncc', []],
    ['(aa NEAR/2 bb) NEAR/0 cc', 'aa bb. cc', []],
    ['(aa NEAR/2 bb) NEAR/2 cc NEAR/2 dd', 'aa dd bb cc', ['aa dd bb cc']],
    ['(aa NEAR/2 bb) NEAR/2 cc NEAR/2 dd', 'aa bb dd x x x cc', []],
    ['(aa w/p bb) NEAR/2 cc', 'aa. bb cc', ['aa bb cc']],
    ['(aa w/p bb) w/s cc', 'aa. cc bb', []],
    ['(aa NEAR/9 bb) NEAR/9 bb', 'aa bb bb', ['aa bb bb']],
    ['(aa NEAR/9 bb) ONEAR/9 cc', 'aa cc bb cc', ['aa–bb cc']],
  ])('%s in "%s"', expectSpans);
});

describe('what is kept by WITHOUT', () => {
  it.each<Row>([
    ['(aa ONEAR/3 bb) WITHOUT cc', 'aa cc bb x aa x bb cc', ['aa–bb']],
    ['(aa ONEAR/3 bb) WITHOUT cc', 'cc aa bb cc', ['aa bb']],
    ['(aa ONEAR/3 bb) WITHOUT "cc aa"', 'cc aa bb', []],
    ['(aa ONEAR/3 bb) WITHOUT "cc aa"', 'cc x aa bb', ['aa bb']],
    ['(aa ONEAR/3 bb) WITHOUT "bb cc"', 'aa bb cc', []],
    ['(aa ONEAR/3 bb) WITHOUT (cc ONEAR/1 aa)', 'cc x aa bb. aa bb', ['aa bb']],
    ['aa WITHOUT aa', 'aa', []],
    ['aa WITHOUT "aa bb"', 'aa bb aa', ['aa']],
    ['(aa ONEAR/3 bb) WITHOUT cc WITHOUT dd', 'aa cc bb. aa dd bb. aa x bb', ['aa–bb']],
    ['(aa ONEAR/3 bb) WITHOUT (cc WITHOUT "cc dd")', 'aa cc dd bb. aa cc bb', ['aa–bb']],
    ['(aa AND bb) WITHOUT cc', 'aa\n\ncc\n\nbb', []],
  ])('%s in "%s"', expectSpans);
});

describe('what is kept by NOT NEAR', () => {
  it.each<Row>([
    ['aa NOT w/c bb', 'aa bb; aa; bb', ['aa']],
    ['aa NOT NEAR/1c bb', 'aa; bb. aa bb', ['aa']],
    ['aa NOT NEAR/1 bb', 'aa x bb x x aa x x bb aa', ['aa']],
    ['aa NOT NEAR/1 bb', 'bb x aa', []],
    ['aa NOT NEAR/1 bb', 'bb x x aa x x bb', ['aa']],
    ['aa NOT NEAR/0 bb', 'aa bb', []],
    ['aa NOT NEAR/0 bb', 'aa x bb aa', ['aa']],
    ['aa NOT NEAR/5 bb', 'aa\n\nbb\n\naa', ['aa', 'aa']],
    ['"aa xx" NOT NEAR/2 xx', 'aa xx', []],
    ['"aa xx cc" NOT NEAR/2 xx', 'aa xx cc', []],
    ['(aa NEAR/3 cc) NOT NEAR/1 bb', 'aa bb cc', []],
    ['(aa NEAR/3 cc) NOT NEAR/1 bb', 'aa x cc x x bb', ['aa–cc']],
    ['(aa AND bb) NOT NEAR/1 cc', 'aa\n\ncc\n\nbb', []],
    ['(aa AND bb) NOT w/p cc', 'aa\n\ncc\n\nbb', []],
    ['(aa AND bb) NOT NEAR/1 cc', 'aa\n\nbb\n\ncc', ['aa bb']],
    ['aa NOT NEAR/1 (bb AND cc)', 'bb\n\naa\n\ncc', []],
    ['aa NOT w/s (bb AND cc)', 'bb xx aa. cc', []],
    ['aa NOT NEAR/2 bb', 'bb aa', []],
    ['aa NOT w/s bb', 'bb aa. aa. bb', ['aa']],
    ['aa NOT w/s bb', 'aa bb. aa', ['aa']],
    ['aa NOT w/p bb', 'aa. bb\n\naa. cc\n\nbb. aa', ['aa']],
    ['aa NOT NEAR/1 "bb cc dd"', 'bb cc dd x aa', []],
    ['aa NOT NEAR/1 "bb cc dd"', 'bb cc dd x x aa', ['aa']],
  ])('%s in "%s"', expectSpans);
});

describe('several together', () => {
  it.each<Row>([
    ['aa AND bb', 'aa x aa x bb x aa', ['aa–bb', 'bb–aa']],
    ['aa AND bb', 'aa\n\nbb', ['aa bb']],
    ['aa AND bb', 'aa', []],
    ['aa AND bb AND cc', 'aa bb x bb cc aa', ['aa bb–cc', 'bb cc aa']],
    ['2 OF (aa, bb, cc)', 'aa x bb x x cc', ['aa–bb', 'bb–cc']],
    ['2 OF (aa, bb, cc)', 'aa aa', []],
    ['1 OF (aa, bb)', 'bb aa', ['bb', 'aa']],
    ['3 OF (aa, bb, cc, dd)', 'dd aa cc bb', ['dd aa cc', 'aa cc bb']],
    ['aa AND lang:en', 'aa x aa', ['aa', 'aa']],
    ['2 OF (aa, lang:en, source:example.org)', 'bb aa', ['aa']],
    ['2 OF (aa, bb, lang:en)', 'bb aa', ['bb', 'aa']],
    ['3 OF (aa, bb, lang:en)', 'bb x aa', ['bb–aa']],
    ['2 OF (aa, bb, lang:de)', 'bb x aa', ['bb–aa']],
    ['lang:en AND source:example.org', 'aa', []],
    ['aa AND NOT bb', 'aa aa', ['aa', 'aa']],
    ['aa AND NOT bb', 'aa bb', []],
    ['aa AND NOT bb AND NOT cc', 'cc aa', []],
    ['(aa NEAR/2 bb) AND cc', 'aa x bb cc', ['aa–bb cc']],
    ['atleast2(aa)', 'aa x aa', ['aa', 'aa']],
    ['atleast3(aa)', 'aa x aa', []],
    ['atleast2(aa NEAR/2 bb)', 'aa bb aa', []],
    ['atleast2(aa NEAR/2 bb)', 'aa bb x x x x aa bb', ['aa bb', 'aa bb']],
    ['atleast2("aa aa")', 'aa aa aa', []],
    ['(aa OR lang:en) AND bb', 'bb aa', ['bb aa']],
    ['(aa AND bb AND cc) AND NOT zz', 'aa bb x cc', ['aa bb–cc']],
    ['(aa NEAR/3 bb NEAR/3 cc) NOT NEAR/1 zz', 'aa bb x cc', ['aa bb–cc']],
    ['atleast1(aa NEAR/3 bb NEAR/3 cc)', 'aa bb x cc', ['aa bb–cc']],
    ['(aa NEAR/3 bb NEAR/3 cc) OR zz', 'aa bb x cc', ['aa bb–cc']],
    ['(aa NEAR/3 bb NEAR/3 cc) AND dd', 'aa bb x cc x dd', ['aa bb–cc–dd']],
  ])('%s in "%s"', expectSpans);
});

describe('every kind of expression', () => {
  const parts = [
    'aa',
    'title:aa OR body:aa',
    '(aa OR bb)',
    '"aa bb"',
    '"aa * cc"',
    '(aa OR "bb cc")',
    'num(1..9)',
    '(aa NEAR/1 bb)',
    '(aa w/s bb)',
    '(aa NEAR/1 bb NEAR/1 cc)',
    '((aa NEAR/2 cc) NEAR/2 bb)',
    '(aa AND bb)',
    '(2 OF (aa, bb, zz))',
    '(aa AND NOT zz)',
    '(aa NOT NEAR/1 zz)',
    'atleast2(aa)',
    'atleast1(aa NEAR/1 bb)',
    'ceasefire',
  ];
  const read = new ReadDocument({ title: '', text: 'aa bb cc aa 5 cease-fire yy', language: 'en' });
  const placesOf = (expression: string): number => {
    const [found = [], slowly = []] = answersOf(clauseOf(expression), read);
    expect(slowly).toEqual(found);
    return found.length;
  };

  it.each(parts)('holds within each other kind: %s', (part) => {
    for (const whole of [
      `(${part}) NEAR/9 yy`,
      `(${part}) ONEAR/9 yy`,
      `(${part}) w/s yy`,
      `(${part}) AND yy`,
      `(${part}) OR zz`,
      `2 OF ((${part}), yy, zz)`,
      `(${part}) AND NOT zz`,
      `(${part}) NOT NEAR/1 zz`,
      `atleast1(${part})`,
      `yy NEAR/9 atleast1((${part}) OR zz)`,
      `yy NEAR/9 ((${part}) AND NOT zz)`,
      `yy NEAR/9 ((${part}) NOT NEAR/1 zz)`,
      `yy AND (((${part}) NEAR/9 yy) OR zz)`,
    ]) {
      expect([whole, placesOf(whole) > 0]).toEqual([whole, true]);
    }
    expect(placesOf(`yy AND NOT (${part})`)).toBe(0);
    expect(placesOf(`(${part}) NEAR/9 zz`)).toBe(0);
    expect(placesOf(`(${part}) AND zz`)).toBe(0);
    expect(placesOf(`yy NOT NEAR/9 (${part})`)).toBe(0);
  });
});

describe('of several choices of words', () => {
  it.each<Row>([
    ['"aa bb cc" OR (aa NEAR/1 cc)', 'aa bb cc', ['aa–cc']],
    ['1 OF ("aa bb cc", aa NEAR/1 cc, lang:en)', 'aa bb cc', ['aa–cc']],
    ['2 OF ("aa bb cc", aa NEAR/1 cc)', 'aa bb cc', ['aa bb cc']],
    ['(aa NEAR/9 bb NEAR/9 dd) OR (aa NEAR/9 cc NEAR/9 dd)', 'aa cc bb dd', ['aa cc–dd']],
    ['(aa NEAR/9 cc NEAR/9 dd) OR (aa NEAR/9 dd)', 'aa cc dd', ['aa–dd']],
    ['(aa NEAR/9 dd) OR (bb AND aa AND dd)', 'aa bb dd', ['aa–dd']],
    ['aa NEAR/9 (bb OR cc) NEAR/9 dd', 'aa cc bb dd', ['aa cc–dd']],
  ])('the fewest are taken, then the earliest: %s in "%s"', expectSpans);
});

it('a word in any language has its forms in each that the text may be in, in the order of the text', () => {
  const text = 'Hundene er store. Vi har en stor hund i huset, og hunden er stor. Hunde og hunden.';
  const read = new ReadDocument({ title: '', text });
  expect(read.languages).toHaveLength(2);
  const built = (expression: string) => buildClause(expression, { language: '*', sets: {} }).clause!;

  for (const expression of [
    'hund',
    'title:hund OR body:hund',
    '"stor hund"',
    'hund NEAR/3 stor',
    'stor OR "en stor"',
  ]) {
    const [found = [], slowly = []] = answersOf(built(expression), read);
    expect(found.length).toBeGreaterThan(0);
    expect(slowly).toEqual(found);
  }
  const [found = []] = answersOf(built('hund'), read);
  expect(found.map((span) => shown(span, read))).toEqual(['hundene', 'hund', 'hunden', 'hunde', 'hunden']);
});

it.each([
  ['aa OR "bb cc"', 6_400],
  ['aa NEAR/0 bb', 3_200],
  ['aa NEAR/1 bb', 6_399],
  ['aa NEAR/0 bb NEAR/0 cc', 9_598],
  ['aa AND bb', 6_399],
  ['aa ONEAR/0 bb', 3_200],
])('there is room for all places of %s in a long text', (expression, count) => {
  const read = new ReadDocument({ title: '', text: 'aa bb cc '.repeat(3_200), language: 'en' });
  const found = spansOf(clauseOf(expression), read);

  expect(found).toHaveLength(count);
  expect(found.every(({ first, last }, index) => first > (found[index - 1]?.first ?? -1) && last <= first + 2)).toBe(
    true,
  );
});

it.each(['aa', '"aa aa"', 'aa OR bb', 'num(1..9)', '"aa" OR "aa aa"'])(
  'the first 4,096 places of %s count',
  (expression) => {
    const text = expression.startsWith('num') ? '5 xx '.repeat(4_100) : 'aa '.repeat(4_100);
    const [found = [], slowly = []] = answersOf(
      clauseOf(expression),
      new ReadDocument({ title: '', text, language: 'en' }),
    );

    expect(found).toHaveLength(4_096);
    expect(slowly).toHaveLength(4_096);
  },
);

it('chains of spans that stand apart are those of every choice of one span per side', () => {
  const random = seededRandom(1);
  const upTo = (most: number) => Math.floor(random() * most);
  let chained = 0;
  let walked = 0;
  for (let round = 0; round < 1_000; round++) {
    const text = Array.from({ length: 16 }, () => (random() < 0.1 ? 'x\n\n' : random() < 0.1 ? 'xx. X' : 'x')).join(
      ' ',
    );
    const read = new ReadDocument({ title: '', text, language: 'en' });
    const sides = Array.from({ length: 3 }, () =>
      smallest(
        Array.from({ length: 1 + upTo(4) }, () => {
          const first = upTo(10);
          const last = first + upTo(5);
          return { first, last, tokens: Array.from({ length: last - first + 1 }, (_, at) => first + at) };
        }),
      ),
    );
    const ordered = random() < 0.3;
    const reach: Reach = [{ unit: 'words', count: upTo(4) }, { unit: 'sentence' }, { unit: 'paragraph' }][
      Math.min(2, upTo(4))
    ] as Reach;
    const spans = sides.flatMap((side, at) => side.map(({ first, last }) => ({ side: at, first, last })));
    let steps = 0;
    const chains = chainsOf(spans, 3, ordered, reach, read, (spent) => {
      steps += spent;
    });
    const endsOf = (found: readonly { first: number; last: number }[]) => found.map(({ first, last }) => [first, last]);

    expect({ round, ends: endsOf(smallest(chains.map((each) => ({ ...each, tokens: [] })))) }).toEqual({
      round,
      ends: endsOf(combineNear(sides, ordered, reach, read)),
    });
    walked += steps - 8 * spans.length;
    chained += chains.length;
  }
  expect(chained).toBeGreaterThan(200);
  // Some two steps for each span, beside those for sorting: each chain that is looked at counts.
  expect(walked).toBeGreaterThan(14_000);
  expect(walked).toBeLessThan(15_500);
});

describe('the words of a place', () => {
  const tokensIn = (expression: string, text: string) => {
    const read = new ReadDocument({ title: '', text, language: 'en' });
    return answersOf(clauseOf(expression), read)[0]!.map(({ tokens }) => tokens.length);
  };

  it('are found among up to 5,000 choices, and are its first and last beyond', () => {
    const text = (count: number) => `aa ${'bb cc '.repeat(count)}dd`;
    const chain = 'aa w/p (bb OR xx) w/p (cc OR xx) w/p dd';

    expect(tokensIn(chain, text(70))).toEqual([4]);
    expect(tokensIn(chain, text(71))).toEqual([2]);
  });
});
