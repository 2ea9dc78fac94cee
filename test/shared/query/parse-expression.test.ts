// How an expression is read: its tree, each node with the text that it was read from.
import { DEFAULT_LIMITS } from '../../../shared/query/limits.ts';
import { parseExpression } from '../../../shared/query/parse-expression.ts';
import { childrenOf, type Expression, type Reach } from '../../../shared/query/syntax.ts';

const reachOf = (reach: Reach): string =>
  reach.unit === 'words' ? `${reach.count}${reach.inClause === true ? 'c' : ''}` : reach.unit;

/** What a node is, beyond its children. */
function headOf(node: Expression): string {
  switch (node.kind) {
    case 'word':
      return `${node.exactCase ? '=' : ''}${node.text}`;
    case 'phrase':
      return `${node.exactCase ? '=' : node.isInflected ? '~' : ''}"${node.words.join('|')}"`;
    case 'set':
      return `{${node.name}}`;
    case 'number':
      return `${node.from}..${node.to}`;
    case 'and':
      return `and ${node.parts.length}+${node.vetoes.length}`;
    case 'near':
      return `${node.ordered ? 'onear' : 'near'} ${reachOf(node.reach)}`;
    case 'not-near':
      return `not-near ${reachOf(node.reach)}`;
    case 'at-least':
      return `at-least ${node.count}`;
    case 'quorum':
      return `${node.count} of`;
    case 'field':
      return node.field;
    default:
      return node.kind;
  }
}

/** `or(a b)`: a node with its children. */
const treeOf = (node: Expression): string => {
  const children = childrenOf(node);
  return children.length === 0 ? headOf(node) : `${headOf(node)}(${children.map(treeOf).join(' ')})`;
};

/** The texts of a node and of all below it, outermost first. */
const textsOf = (node: Expression, text: string): readonly string[] => [
  text.slice(...node.at),
  ...childrenOf(node).flatMap((child) => textsOf(child, text)),
];

const read = (text: string): Expression => {
  const { expression, problems } = parseExpression(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (expression === null) throw new Error(`${text} must be an expression`);
  return expression;
};

it.each([
  ['a', 'a'],
  ['=A', '=A'],
  ['"a  b"', '"a|b"'],
  ['="A B"', '="A|B"'],
  ['“a b”', '"a|b"'],
  ['«a b»', '"a|b"'],
  ['「a」', '"a"'],
  ['『a』', '"a"'],
  ['„a“', '"a"'],
  ['＂a＂', '"a"'],
  ['{ set }', '{set}'],
  ['{pack/set}', '{pack/set}'],
  ['num(1..2)', '1..2'],
  ['num(..2)', 'null..2'],
  ['num(-5..)', '-5..null'],
  ['NUM ( 1 .. 2 )', '1..2'],
  ['num(3..3)', '3..3'],
  ['(a)', 'a'],
  ['（a）', 'a'],
  ['a OR b OR c', 'or(a b c)'],
  ['a AND b', 'and 2+0(a b)'],
  ['a AND NOT b AND c AND NOT d', 'and 2+2(a c b d)'],
  ['a AND (b OR c)', 'and 2+0(a or(b c))'],
  ['a NEAR/3 b', 'near 3(a b)'],
  ['a w/3 b NEAR/3 c', 'near 3(a b c)'],
  ['a ONEAR/0 b', 'onear 0(a b)'],
  ['a pre/4 b', 'onear 4(a b)'],
  ['a w/s b w/S c', 'near sentence(a b c)'],
  ['a w/p b', 'near paragraph(a b)'],
  ['a w/c b W/C c', 'near clause(a b c)'],
  ['a NEAR/3c b', 'near 3c(a b)'],
  ['a pre/3C b', 'onear 3c(a b)'],
  ['a NOT NEAR/3c b', 'not-near 3c(a b)'],
  ['a NOT w/c b', 'not-near clause(a b)'],
  ['a WITHOUT b WITHOUT (c)', 'not-near span(not-near span(a b) c)'],
  ['a WITHOUT "b"', 'not-near span(a "b")'],
  ['a WITHOUT(b)', 'not-near span(a b)'],
  ['~"a b"', '~"a|b"'],
  ['a NEAR/3 ~“a b”', 'near 3(a ~"a|b")'],
  ['a NOT NEAR/3 b', 'not-near 3(a b)'],
  ['a NOT NEAR/3 b NOT NEAR/3 c', 'not-near 3(not-near 3(a b) c)'],
  ['a NOT w/s b', 'not-near sentence(a b)'],
  ['a NEAR/3 b OR c', 'or(near 3(a b) c)'],
  ['atleast2(a)', 'at-least 2(a)'],
  ['atleast 2 (a OR b)', 'at-least 2(or(a b))'],
  ['2 OF (a, b，c OR d)', '2 of(a b or(c d))'],
  ['1 of (a)', '1 of(a)'],
  ['title:a', 'title(a)'],
  ['TITLE : a', 'title(a)'],
  ['lead:"a b"', 'lead("a|b")'],
  ['body:{set}', 'body({set})'],
  ['source:(a OR b)', 'source(or(a b))'],
  ['hlead(a)', 'lead(a)'],
  ['url:/a?b=1&c', 'url(/a?b=1&c)'],
  ['source:a-b.example', 'source(a-b.example)'],
  ['url:"a"', 'url("a")'],
  ['title:a/b', 'title(a/b)'],
  ['http://example.org/a', 'http://example.org/a'],
  ['10:30', '10:30'],
  ['km/h', 'km/h'],
  ['near/5x', 'near/5x'],
  ['PRE', 'PRE'],
  ['W', 'W'],
  ['without', 'without'],
  ['WITHOUTS', 'WITHOUTS'],
  ['=WITHOUT', '=WITHOUT'],
  ['w/cx', 'w/cx'],
  ['near/5cx', 'near/5cx'],
  ['=AND', '=AND'],
  ['=or', '=or'],
  ['=near', '=near'],
  ['url:=a/b', 'url(=a/b)'],
  ['url:a=', 'url(a=)'],
  ['ONEAR5', 'ONEAR5'],

  ['w/sx', 'w/sx'],
  ['near', 'near'],
  ['pre', 'pre'],
  ['a-b', 'a-b'],
  ['3.5', '3.5'],
  ['of', 'of'],
  ['a # and b\nOR c # end', 'or(a c)'],
  ['\u3000a\u3000OR\tb', 'or(a b)'],
])('%s is read as %s', (text, tree) => {
  expect(treeOf(read(text))).toBe(tree);
});

it.each([
  ['a AND NOT (b OR c)', ['a AND NOT (b OR c)', 'a', '(b OR c)', 'b', 'c']],
  ['a NEAR/3 =B OR "c d"', ['a NEAR/3 =B OR "c d"', 'a NEAR/3 =B', 'a', '=B', '"c d"']],
  ['a NOT w/s b NOT w/s c', ['a NOT w/s b NOT w/s c', 'a NOT w/s b', 'a', 'b', 'c']],
  ['x OR atleast2( a )', ['x OR atleast2( a )', 'x', 'atleast2( a )', '( a )']],
  ['x OR 2 OF (a, b)', ['x OR 2 OF (a, b)', 'x', '2 OF (a, b)', 'a', 'b']],
  ['2 OF (a AND b, c OR d)', ['2 OF (a AND b, c OR d)', 'a AND b', 'a', 'b', 'c OR d', 'c', 'd']],
  ['a ONEAR/2 b OR c', ['a ONEAR/2 b OR c', 'a ONEAR/2 b', 'a', 'b', 'c']],
  ['x OR title:(a)', ['x OR title:(a)', 'x', 'title:(a)', '(a)']],
  ['x OR {set} OR num(1..2)', ['x OR {set} OR num(1..2)', 'x', '{set}', 'num(1..2)']],
  ['x OR ="A" OR “b”', ['x OR ="A" OR “b”', 'x', '="A"', '“b”']],
])('each node of %s knows where it was written', (text, texts) => {
  expect(textsOf(read(text), text)).toEqual(texts);
});

it('groups side by side may be more than the depth that is allowed', () => {
  const groups = Array.from({ length: 21 }, () => '(a)').join(' OR ');

  expect(childrenOf(read(groups))).toHaveLength(21);
});

it('a reach that warns, and one that does not', () => {
  const codes = (text: string) => parseExpression(text).problems.map(({ code }) => code);

  expect([codes('a NEAR/25 b'), codes('a NEAR/26 b'), codes('a NEAR/50 b'), codes('a NEAR/51 b')]).toEqual([
    [],
    ['W_NEAR_WIDE'],
    ['W_NEAR_WIDE'],
    ['E_LIMIT'],
  ]);
});

it('several problems are reported together, and no tree', () => {
  const { expression, problems } = parseExpression('titel:a NEAR/60 b OR num(..)');

  expect(expression).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['E_FIELD', 'E_LIMIT', 'E_NUMBER']);
});

it.each([
  ['titel:a AND b OR c', ['E_FIELD', 'E_MIXED']],
  ['titel:a NEAR/3 b NEAR/4 c', ['E_FIELD', 'E_MIXED_PROX']],
  ['titel:a w/2 b w/2 c w/2 d w/2 e w/2 f w/2 g', ['E_FIELD', 'E_LIMIT']],
  ['titel:a AND num(2..1)', ['E_FIELD', 'E_NUMBER']],
  ['titel:a AND 3 OF (b)', ['E_FIELD', 'E_QUORUM']],
  ['titel:a AND atleast0(b)', ['E_FIELD', 'E_LIMIT']],
  ['titel:a AND a NEAR/30 b', ['E_FIELD', 'W_NEAR_WIDE']],
  ['titel:a AND xlang:b', ['E_FIELD', 'E_FIELD']],
  ['titel:a AND (b', ['E_FIELD', 'E_UNCLOSED']],
])('problems come in the order in which they were found: %s', (text, codes) => {
  expect(parseExpression(text).problems.map(({ code }) => code)).toEqual(codes);
});

it('WITHOUT says no by itself', () => {
  expect(parseExpression('a NOT WITHOUT b').problems.map(({ code }) => code)).toEqual(['E_ONLY_NOT']);
});

it('limits may be others than those of every day', () => {
  const limits = { ...DEFAULT_LIMITS, depth: 1, near: 2, nearParts: 2, atLeast: 2, expressionChars: 30 };
  const codes = (text: string) => parseExpression(text, limits).problems.map(({ code }) => code);

  expect(codes('(a)')).toEqual([]);
  expect(codes('((a))')).toEqual(['E_LIMIT']);
  expect(codes('a NEAR/2 b')).toEqual([]);
  expect(codes('a NEAR/3 b')).toEqual(['E_LIMIT']);
  expect(codes('a NEAR/1 b NEAR/1 c')).toEqual(['E_LIMIT']);
  expect(codes('atleast2(a)')).toEqual([]);
  expect(codes('atleast3(a)')).toEqual(['E_LIMIT']);
  expect(codes('1 OF (a)')).toEqual([]);
  expect(codes('a'.repeat(30))).toEqual([]);
  expect(codes('a'.repeat(31))).toEqual(['E_LIMIT']);
});
