// What a document must have for an expression to hold: by this, documents are passed over without a closer look.
import { buildClause } from '../../../shared/matching/compile/build-clause.ts';
import { ProgramBuilder } from '../../../shared/matching/compile/program.ts';
import { SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import { requirementsOf } from '../../../shared/matching/index/anchors.ts';

/** The rarer a word the later it is in the alphabet: of `aa` and `zz`, `zz`. */
const weightOfWord = (word: string): number => 1 - (word.charCodeAt(0) - 0x60) / 30;

/** `aa|bb 3/5`: one of the words, within 3 tokens where tokens are words, 5 where they are characters; `-` for anywhere. */
function requirementsIn(expression: string): readonly string[] {
  const { clause, problems } = buildClause(expression, { language: 'ru', sets: {}, mayLackText: true });
  if (clause === null) throw new Error(JSON.stringify(problems));
  const symbols = new SymbolTable();
  const words = new Map(
    (expression.match(/[a-z]{2}\b/g) ?? []).map((word) => [symbols.stemSymbolOf(word, 'ru', word), word]),
  );
  const node = new ProgramBuilder(symbols).nodeOf(clause);
  const weigh = (symbol: number): number => weightOfWord(words.get(symbol) ?? 'a');
  return requirementsOf(node, weigh).map(
    ({ symbols: wanted, cluster }) =>
      `${[...wanted]
        .map((symbol) => words.get(symbol) ?? '#')
        .sort()
        .join('|')} ${cluster === null ? '-' : `${cluster.words}/${cluster.characters}`}`,
  );
}

it.each<[expression: string, required: readonly string[]]>([
  ['aa', ['aa -']],
  ['aa OR bb', ['aa|bb -']],
  ['num(1..2)', ['# -']],
  ['lang:en', []],
  ['aa AND bb', ['aa -', 'bb -']],
  ['aa AND lang:en', ['aa -']],
  ['aa OR lang:en', []],
  ['(aa AND bb) OR cc', ['bb|cc -']],
  ['(bb AND aa) OR (cc AND bb AND dd)', ['bb|dd -']],
  ['aa AND NOT bb', ['aa -']],
  ['aa NOT NEAR/3 bb', ['aa -']],
  ['atleast2(aa)', ['aa -']],
  ['title:aa', ['aa -']],
  ['2 OF (aa, bb, cc)', ['bb|cc -']],
  ['1 OF (aa, bb, cc)', ['aa|bb|cc -']],
  ['2 OF (aa, bb, lang:en)', ['aa|bb -']],
  ['1 OF (aa, bb, lang:en)', []],
  ['3 OF (aa, bb, lang:en)', ['aa -', 'bb -']],
  ['2 OF (aa, bb, cc, dd)', ['bb|cc|dd -']],
  ['3 OF (aa, bb, cc, lang:en)', ['bb|cc -']],
  ['aa NEAR/3 bb', ['aa 5/8', 'bb 5/8']],
  ['aa NEAR/0 bb', ['aa 2/2', 'bb 2/2']],
  ['aa NEAR/3 bb NEAR/3 cc', ['aa 9/15', 'bb 9/15', 'cc 9/15']],
  ['aa w/s bb', ['aa -', 'bb -']],
  ['aa w/p bb', ['aa -', 'bb -']],
  ['aa NEAR/3 num(1..2)', ['aa -', '# -']],
  ['aa NEAR/3 (bb w/s cc)', ['aa -', 'bb -', 'cc -']],
  ['aa NEAR/3 (bb NEAR/2 cc)', ['aa 8/13', 'bb 8/13', 'cc 8/13']],
  ['aa NEAR/3 (bb OR (cc NEAR/2 dd))', ['aa 8/13', 'bb|dd 8/13']],
  ['aa NEAR/3 (bb AND cc)', ['aa -', 'bb -', 'cc -']],
  ['aa NEAR/3 atleast2(bb)', ['aa 5/8', 'bb 5/8']],
  ['aa NEAR/3 (bb AND NOT cc)', ['aa 5/8', 'bb 5/8']],
  ['aa NEAR/3 (bb NOT NEAR/2 cc)', ['aa 5/8', 'bb 5/8']],
  ['aa NEAR/3 title:bb', ['aa 5/8', 'bb 5/8']],
  ['"12 13"', ['# 2/2', '# 2/2']],
  ['"12 * 13"', ['# 6/6', '# 6/6']],
  ['aa NEAR/3 "12 * 13"', ['aa 10/13', '# 10/13', '# 10/13']],
])('%s requires %j', (expression, required) => {
  expect([...requirementsIn(expression)].sort()).toEqual([...required].sort());
});

it('a word in whatever language requires one of its stems', () => {
  const { clause } = buildClause('deploys', { language: '*', sets: {} });
  if (clause === null) throw new Error('deploys must be an expression');
  const symbols = new SymbolTable();
  const [required, ...others] = requirementsOf(new ProgramBuilder(symbols).nodeOf(clause), () => 0.5);

  expect(others).toEqual([]);
  expect(required?.cluster).toBeNull();
  expect(required?.symbols.length).toBeGreaterThan(2);
  expect(new Set(required?.symbols).size).toBe(required?.symbols.length);
});
