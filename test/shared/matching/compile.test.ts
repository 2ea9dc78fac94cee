// From the text of an expression to what the engine runs: sets put in, fields pushed down, terms counted, equal parts made one.
import {
  BuildMemory,
  type BuildOptions,
  buildClause,
  expressionsOfSet,
} from '../../../shared/matching/compile/build-clause.ts';
import { type Clause, needsText, partsOf } from '../../../shared/matching/compile/clause.ts';
import { compileTopic } from '../../../shared/matching/compile/compile-topic.ts';
import { ProgramBuilder } from '../../../shared/matching/compile/program.ts';
import { SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { DEFAULT_LIMITS } from '../../../shared/query/limits.ts';
import { topicOf } from './random-topics.ts';

const OPTIONS: BuildOptions = {
  language: 'en',
  sets: {
    pair: { en: 'aa OR bb' },
    single: { en: 'aa' },
    outer: { en: '{pair} OR cc' },
    field: { en: 'title:aa' },
    'other/forces': { en: 'aa OR {ranks}' },
    'other/ranks': { en: 'dd' },
    ranks: { en: 'ee' },
  },
  mayLackText: true,
};

const built = (text: string, change: Partial<BuildOptions> = {}): Clause => {
  const { clause, problems } = buildClause(text, { ...OPTIONS, ...change });
  if (clause === null) throw new Error(JSON.stringify(problems));
  return clause;
};

/** `or<aa OR bb>(term<aa> term<bb>)`: kind, label and parts, with what else tells a clause from others. */
function shown(clause: Clause): string {
  const parts = partsOf(clause);
  const more =
    clause.kind === 'term' || clause.kind === 'number'
      ? (clause.scope ?? '')
      : clause.kind === 'some' || clause.kind === 'at-least'
        ? clause.count
        : clause.kind === 'description'
          ? `${clause.field}=${clause.value}`
          : clause.kind === 'without'
            ? clause.vetoes.length
            : '';
  const head = `${clause.kind}${more === '' ? '' : ` ${more}`}<${clause.label}>`;
  return parts.length === 0 ? head : `${head}(${parts.map(shown).join(' ')})`;
}

it.each([
  ['aa', 'term<aa>'],
  ['(aa)', 'term<(aa)>'],
  ['"aa bb"', 'term<"aa bb">'],
  ['=Aa', 'term<=Aa>'],
  ['cc-dd', 'or<cc-dd>(term<cc-dd> term<cc-dd>)'],
  ['num(1..2)', 'number<num(1..2)>'],
  ['aa OR bb', 'or<aa OR bb>(term<aa> term<bb>)'],
  ['aa AND bb', 'some 2<aa AND bb>(term<aa> term<bb>)'],
  ['aa AND NOT bb AND NOT cc', 'without 2<aa AND NOT bb AND NOT cc>(term<aa> term<bb> term<cc>)'],
  ['aa AND bb AND NOT cc', 'without 1<aa AND bb AND NOT cc>(some 2<aa AND bb AND NOT cc>(term<aa> term<bb>) term<cc>)'],
  ['2 OF (aa, bb, cc)', 'some 2<2 OF (aa, bb, cc)>(term<aa> term<bb> term<cc>)'],
  ['aa NEAR/3 bb', 'near<aa NEAR/3 bb>(term<aa> term<bb>)'],
  ['aa NOT NEAR/3 bb', 'not-near<aa NOT NEAR/3 bb>(term<aa> term<bb>)'],
  ['atleast3(aa)', 'at-least 3<atleast3(aa)>(term<(aa)>)'],
  ['title:aa', 'term title<aa>'],
  ['lead:(aa OR num(1..2))', 'or<(aa OR num(1..2))>(term lead<aa> number lead<num(1..2)>)'],
  ['body:{pair}', 'or<{pair}>(term body<aa> term body<bb>)'],
  ['source:example.org', 'description source=example.org<source:example.org>'],
  ['source:(a OR "b  c")', 'or<(a OR "b  c")>(description source=a<source:a> description source=b c<source:"b  c">)'],
  ['url:"http://a"', 'description url=http://a<"http://a">'],
  ['{pair}', 'or<{pair}>(term<aa> term<bb>)'],
  ['{single}', 'term<{single}>'],
  ['{outer}', 'or<{outer}>(or<{pair}>(term<aa> term<bb>) term<cc>)'],
  ['{other/forces}', 'or<{other/forces}>(term<aa> term<{ranks}>)'],
])('%s becomes %s', (text, clause) => {
  expect(shown(built(text))).toBe(clause);
});

it('a name within a set of another pack is that pack’s own', () => {
  const words = (text: string) => JSON.stringify(built(text));

  expect(words('{other/forces}')).toContain('"dd"');
  expect(words('{other/forces}')).not.toContain('"ee"');
  expect(words('{ranks}')).toContain('"ee"');
});

it('sets of two packs that are written alike are not one', () => {
  const sets = { 'a/x': { en: '{y}' }, 'b/x': { en: '{y}' }, 'a/y': { en: 'aa' }, 'b/y': { en: 'bb' } };

  expect(JSON.stringify(built('{a/x} OR {b/x}', { sets }))).toMatch(/"aa".*"bb"/);
});

it.each([
  ['aa', true],
  ['"aa bb"', true],
  ['num(1..2)', true],
  ['aa OR bb', true],
  ['aa OR "bb cc"', true],
  ['aa OR (bb AND cc)', false],
  ['lang:en', false],
  ['aa AND bb', false],
  ['aa NEAR/3 bb', false],
  ['aa AND NOT bb', true],
  ['(aa AND bb) AND NOT cc', false],
  ['aa NOT NEAR/3 bb', true],
  ['(aa AND bb) NOT NEAR/3 cc', false],
  ['atleast2(aa)', true],
  ['atleast2(aa AND bb)', false],
])('the spans of %s are runs of words: %s', (text, isSolid) => {
  expect(new ProgramBuilder(new SymbolTable()).nodeOf(built(text)).solid).toBe(isSolid);
});

it('a clause is made a node once', () => {
  const program = new ProgramBuilder(new SymbolTable());
  const clause = built('aa OR "bb cc"');
  const node = program.nodeOf(clause);

  expect(program.nodeOf(clause)).toBe(node);
  expect(program.byClause.get(clause)).toBe(node);
  expect(program.nodes.map(({ kind, id }) => [kind, id])).toEqual([
    ['word', 0],
    ['phrase', 1],
    ['or', 2],
  ]);
});

describe('a set', () => {
  const sets = {
    both: { en: 'aa', '*': 'bb' },
    any: { '*': 'bb' },
    some: { en: 'aa', ko: 'cc' },
  };

  it.each([
    ['both', 'en', [['en', 'aa']]],
    ['both', 'ko', [['ko', 'bb']]],
    ['both', '*', [['*', 'bb']]],
    ['any', 'en', [['en', 'bb']]],
    ['some', 'en', [['en', 'aa']]],
    ['some', 'fr', []],
    [
      'some',
      '*',
      [
        ['en', 'aa'],
        ['ko', 'cc'],
      ],
    ],
    ['none', 'en', []],
    ['constructor', 'en', []],
    ['some', 'constructor', []],
  ])('%s in %s is %j', (name, language, expressions) => {
    expect(expressionsOfSet(sets, name, language)).toEqual(expressions);
  });

  it('is read in the language of its words', () => {
    expect(shown(built('{some}', { language: '*', sets }))).toBe('or<{some}>(term<aa> term<cc>)');
    expect(JSON.stringify(built('{some}', { language: '*', sets }))).toContain('"language":"en"');
  });
});

describe('the terms of an expression', () => {
  /** With a limit of so many terms it is refused, with one more it is not. */
  const termsOf = (text: string, memory?: BuildMemory): number => {
    for (let terms = 1; terms < 20; terms++) {
      const limits = { ...DEFAULT_LIMITS, terms, termsWarning: terms };
      const { problems } = buildClause(text, { ...OPTIONS, limits, ...(memory ? { memory } : {}) });
      if (problems.length === 0) return terms;
    }
    return Number.POSITIVE_INFINITY;
  };

  it.each([
    ['aa', 1],
    ['"aa bb cc"', 1],
    ['cc-dd', 1],
    ['num(1..2) AND aa', 2],
    ['lang:en AND aa', 2],
    ['source:(a OR b) AND aa', 3],
    ['aa OR aa', 2],
    ['{pair}', 2],
    ['{pair} OR {pair}', 2],
    ['{outer} OR {pair}', 3],
    ['{pair} OR {outer}', 3],
    ['{outer} OR {outer}', 3],
    ['aa AND NOT bb', 2],
    ['title:{pair} OR {pair}', 4],
  ])('%s has %i', (text, terms) => {
    expect(termsOf(text)).toBe(terms);
    const memory = new BuildMemory();
    expect([termsOf(text, memory), termsOf(text, memory)]).toEqual([terms, terms]);
  });

  it('may be as many as the limit, with a warning before it', () => {
    const limits = { ...DEFAULT_LIMITS, terms: 4, termsWarning: 2 };
    const told = (text: string) => buildClause(text, { ...OPTIONS, limits });
    const hint = 'split it into several entries, or replace several words with a wildcard';
    const place = { start: 0, hint };

    expect(told('a OR b').problems).toEqual([]);
    expect(told('a OR b OR c')).toMatchObject({
      clause: { kind: 'or' },
      problems: [
        {
          severity: 'warning',
          code: 'W_MANY_TERMS',
          message: '3 terms including its sets, close to the limit of 4',
          end: 11,
          ...place,
        },
      ],
    });
    expect(told('a OR b OR c OR d').problems).toMatchObject([{ severity: 'warning', code: 'W_MANY_TERMS' }]);
    expect(told('a OR b OR c OR d OR e')).toMatchObject({
      clause: null,
      problems: [
        {
          severity: 'error',
          code: 'E_LIMIT',
          message: '5 terms including its sets; at most 4 are allowed',
          end: 21,
          ...place,
        },
      ],
    });
  });
});

it('wildcards need as many letters as the limits say, of each script', () => {
  const codes = (text: string) => buildClause(text, OPTIONS).problems.map(({ code }) => code);

  for (const text of [
    'tro*',
    '*ment',
    '*ment*',
    '병력*',
    '*병력',
    '兵*',
    '*兵',
    'ガ*',
    '12a*',
    'a-bc*',
    '"tro* *"',
    `${'병'.normalize('NFD')}${'력'.normalize('NFD')}*`,
  ]) {
    expect([text, codes(text)]).toEqual([text, []]);
  }
  for (const text of ['tr*', '*men', '*men*', '병*', '*', '**', 'a-b*', '"a tr*"', `${'병'.normalize('NFD')}*`]) {
    expect([text, codes(text)]).toEqual([text, ['E_WILDCARD_SHORT']]);
  }
});

it.each([
  ['aa', true],
  ['num(1..2)', true],
  ['lang:en', false],
  ['aa AND lang:en', true],
  ['aa OR lang:en', false],
  ['aa OR bb', true],
  ['2 OF (aa, bb, lang:en)', true],
  ['1 OF (aa, bb, lang:en)', false],
  ['2 OF (aa, lang:en, url:x)', false],
  ['3 OF (aa, lang:en, url:x)', true],
  ['lang:en AND NOT aa', false],
  ['aa AND NOT lang:en', true],
  ['aa NEAR/1 bb', true],
  ['aa NOT NEAR/1 bb', true],
  ['atleast2(aa)', true],
])('%s holds only where the text has words: %s', (text, isNeeded) => {
  expect(needsText(built(text))).toBe(isNeeded);
});

describe('equal parts of expressions', () => {
  it.each([
    ['aa OR bb', 'bb OR aa'],
    ['aa OR bb OR aa', 'aa OR bb'],
    ['aa OR aa', 'aa'],
    ['aa AND "bb cc"', '"bb cc" AND aa'],
    ['aa NEAR/3 bb', 'bb NEAR/3 aa'],
    ['aa NEAR/3 bb', 'aa w/3 bb'],
    ['2 OF (aa, bb, cc)', '2 OF (cc, bb, aa)'],
    ['aa AND NOT bb AND NOT cc', 'aa AND NOT cc AND NOT bb'],
    ['{pair}', 'bb OR aa'],
    ['num(1..2)', 'num( 1 .. 2 )'],
    ['atleast2(aa)', 'atleast2((aa))'],
    ['lang:en', 'lang:(en)'],
    ['"aa bb"', '"aa  bb"'],
  ])('are one: %s and %s', (left, right) => {
    const program = new ProgramBuilder(new SymbolTable());

    expect(program.nodeOf(built(left))).toBe(program.nodeOf(built(right)));
  });

  it.each([
    ['aa', '"aa"'],
    ['aa', 'title:aa'],
    ['lead:aa', 'body:aa'],
    ['aa OR bb', 'aa AND bb'],
    ['aa AND bb', '1 OF (aa, bb)'],
    ['aa NEAR/3 bb', 'aa NEAR/4 bb'],
    ['aa NEAR/3 bb', 'aa ONEAR/3 bb'],
    ['aa ONEAR/3 bb', 'bb ONEAR/3 aa'],
    ['aa w/s bb', 'aa w/p bb'],
    ['aa w/s bb', 'aa w/c bb'],
    ['aa NEAR/3 bb', 'aa NEAR/3c bb'],
    ['aa WITHOUT bb', 'aa NOT NEAR/0 bb'],
    ['"aa bb"', '~"aa bb"'],
    ['aa NOT NEAR/3 bb', 'bb NOT NEAR/3 aa'],
    ['aa NOT NEAR/3 bb', 'aa NOT w/s bb'],
    ['aa AND NOT bb', 'bb AND NOT aa'],
    ['num(1..2)', 'num(1..3)'],
    ['num(1..)', 'num(..1)'],
    ['num(1..2)', 'title:(num(1..2))'],
    ['atleast2(aa)', 'atleast3(aa)'],
    ['atleast2(aa)', 'atleast2(bb)'],
    ['lang:en', 'lang:fr'],
    ['lang:en', 'source:en'],
    ['"aa bb"', '"bb aa"'],
    ['"aa bb"', 'title:"aa bb"'],
    ['"12 13"', '"12. 13"'],
    ['"インド"', '"インド 軍"'],
  ])('are two: %s and %s', (left, right) => {
    const program = new ProgramBuilder(new SymbolTable());

    expect(program.nodeOf(built(left))).not.toBe(program.nodeOf(built(right)));
  });
});

describe('a topic', () => {
  const base = topicOf('', 'one');
  const compiled = (change: Partial<typeof base>) => compileTopic({ ...base, ...change });

  it('has its entries with what goes with them in their language', () => {
    const { compiled: topic } = compiled({
      any: { en: ['aa', 'bb'], ko: ['cc'], '*': ['dd'] },
      all: { en: ['x1'], ko: ['x2', 'x3'], '*': ['x4'] },
      none: { en: ['y1'], '*': ['y2'] },
    });
    const labels = (clauses: readonly Clause[]) => clauses.map(({ label }) => label).join(' ');

    expect(
      topic?.entries.map(({ why, language, clause, contexts }) => [
        why,
        language,
        clause.label,
        ...contexts.map(labels),
      ]),
    ).toEqual([
      ['en: aa', 'en', 'aa', 'x4 x1'],
      ['en: bb', 'en', 'bb', 'x4 x1'],
      ['ko: cc', 'ko', 'cc', 'x4 x2 x3'],
      ['*: dd', '*', 'dd', 'x4 x1', 'x4 x2 x3'],
    ]);
    expect(labels(topic?.vetoes ?? [])).toBe('y1 y2');
  });

  it('needs only what holds for every language where nothing else is asked for', () => {
    const contextsOf = (all: Record<string, string[]>) =>
      compiled({ any: { '*': ['aa'], fr: ['bb'] }, all }).compiled?.entries.map(({ contexts }) =>
        contexts.map((each) => each.length),
      );

    expect(contextsOf({})).toEqual([[0], [0]]);
    expect(contextsOf({ '*': ['x1'] })).toEqual([[1], [1]]);
    expect(contextsOf({ en: ['x1'] })).toEqual([[1], [0]]);
  });

  it('with anything broken is not used, and each fault is reported', () => {
    expect(compiled({ any: { en: ['aa AND', 'bb'] }, all: { ko: ['cc OR'] }, none: { '*': ['{dd}'] } })).toEqual({
      compiled: null,
      problems: [
        { topicId: 'one', code: 'E_MISSING_TERM', message: 'ko: cc OR: missing term after OR' },
        { topicId: 'one', code: 'E_UNKNOWN_SET', message: '*: {dd}: unknown set {dd}' },
        { topicId: 'one', code: 'E_MISSING_TERM', message: 'en: aa AND: missing term after AND' },
      ],
    });
    expect(compiled({ any: {} })).toEqual({
      compiled: null,
      problems: [{ topicId: 'one', code: 'E_MISSING', message: 'the topic has no expression to look for' }],
    });
  });

  it('may have warnings, and ask for what describes the article beside its words', () => {
    expect(
      compiled({ any: { en: ['aa NEAR/30 bb'] }, all: { en: ['lang:en'] }, none: { en: ['lang:fr'] } }).problems,
    ).toEqual([]);
    expect(compiled({ any: { en: ['lang:en'] } }).problems).toMatchObject([{ code: 'E_NO_TEXT' }]);
  });
});

describe('a matcher of many topics', () => {
  it('answers in the order of its topics, and names those that it gave up', () => {
    const matcher = compileTopics([topicOf('cc', 'c'), topicOf('aa', 'a'), topicOf('bb', 'b'), topicOf('dd', 'd')]);

    expect(matcher.match({ title: '', text: 'aa bb cc' }).map(({ topicId }) => topicId)).toEqual(['c', 'a', 'b']);
    const poor = compileTopics([topicOf('aa w/p xx', 'a'), topicOf('bb w/p xx', 'b')], { stepsPerTopic: 1 });
    expect(poor.matchDetailed({ title: '', text: 'bb aa xx' })).toEqual({
      matches: [],
      skipped: ['a', 'b'],
      truncated: false,
    });
  });

  it('names the faults of each topic that it leaves out', () => {
    const matcher = compileTopics([topicOf('aa AND', 'a'), topicOf('bb', 'b'), topicOf('{cc}', 'c')]);

    expect(matcher.topicCount).toBe(1);
    expect(matcher.problems.map(({ topicId, code }) => [topicId, code])).toEqual([
      ['a', 'E_MISSING_TERM'],
      ['c', 'E_UNKNOWN_SET'],
    ]);
  });

  it('is found once by a topic that several of its entries find, with the entry that says most', () => {
    const topic = { ...topicOf('', 'one'), any: { en: ['aa', 'bb NEAR/3 cc', 'dd NEAR/3 aa'] } };
    const whyOf = (text: string) =>
      compileTopics([topic])
        .match({ title: '', text, language: 'en' })
        .map(({ why }) => why);

    expect(whyOf('aa')).toEqual(['en: aa']);
    expect(whyOf('aa, bb cc')).toEqual(['en: bb NEAR/3 cc']);
    expect(whyOf('dd aa, bb cc')).toEqual(['en: bb NEAR/3 cc']);
  });

  it('holds where one of the contexts of an entry does, and no veto', () => {
    const topic = { ...topicOf('aa', 'one'), all: { en: ['bb', 'cc'], ko: ['dd'] }, none: { en: ['ee', 'ff'] } };
    const isFound = (text: string) => compileTopics([topic]).match({ title: '', text, language: 'en' }).length === 1;

    expect(
      ['aa', 'aa bb', 'aa bb cc', 'aa dd', 'aa bb cc dd', 'bb cc dd', 'aa dd ee', 'aa dd ff'].filter(isFound),
    ).toEqual(['aa bb cc', 'aa dd', 'aa bb cc dd']);
  });
});

it('a matcher holds twenty thousand topics; those beyond are named as problems, and the others work', () => {
  const topics = Array.from({ length: 20_002 }, (_, at) => topicOf('aa', String(at)));

  const { problems } = compileTopics(topics);

  expect(problems.map(({ topicId, code }) => [topicId, code])).toEqual([
    ['20000', 'E_LIMIT'],
    ['20001', 'E_LIMIT'],
  ]);
  expect(problems[0]?.message).toBe('a matcher holds at most 20000 topics; this one is over the limit');
});
