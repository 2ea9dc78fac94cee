// The kinds of faults: what may be changed at one node of the syntax tree.
import type { BinaryExpression, CallExpression, Node, ObjectExpression } from '@babel/types';
import { regexEdits } from './regex-edits.ts';

export interface Edit {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

type Kind =
  | 'arithmetic'
  | 'boolean'
  | 'call'
  | 'comparison'
  | 'condition'
  | 'default'
  | 'list'
  | 'logical'
  | 'method'
  | 'negation'
  | 'number'
  | 'optional chaining'
  | 'property'
  | 'regex'
  | 'return'
  | 'statement'
  | 'string';

const ARITHMETIC: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '&': '|',
  '|': '&',
  '^': '&',
};
const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
};
const ASSIGNMENTS: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '|=': '&=',
  '&=': '|=',
  '^=': '|=',
  '<<=': '>>=',
  '>>=': '<<=',
  '>>>=': '<<=',
  '??=': '=',
  '||=': '=',
  '&&=': '=',
};
const SWAPPED_METHODS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['some', 'every'],
    ['startsWith', 'endsWith'],
    ['indexOf', 'lastIndexOf'],
    ['find', 'findLast'],
    ['findIndex', 'findLastIndex'],
    ['push', 'unshift'],
    ['pop', 'shift'],
    ['add', 'delete'],
    ['min', 'max'],
    ['floor', 'ceil'],
    ['toLowerCase', 'toUpperCase'],
    ['padStart', 'padEnd'],
    ['trimStart', 'trimEnd'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);
/** `x.method(...)` can become `x`: the value keeps its type. */
const DROPPED_METHODS = new Set(
  (
    'concat default filter flat int max min nonempty normalize nullable optional regex replace replaceAll reverse slice sort ' +
    'strict substring subarray toLowerCase toReversed toSorted toUpperCase trim trimEnd trimStart'
  ).split(' '),
);

/** In code units. So long a string is a list of words, which is data: no message is. */
const WORD_LIST_LENGTH = 100;

/** What may be changed at this very node; its children are asked by themselves. */
export function editsOf(node: Node, ancestors: readonly Node[], source: string): Edit[] {
  return [...expressionEdits(node, source), ...statementEdits(node), ...literalEdits(node, ancestors.at(-1), source)];
}

function expressionEdits(node: Node, source: string): Edit[] {
  switch (node.type) {
    case 'BinaryExpression':
      return binaryEdits(node, source);
    case 'LogicalExpression':
      if (node.operator === '??') return replaced('default', node, text(node.left, source), text(node.right, source));
      return operatorEdits('logical', node, source, [node.operator === '&&' ? '||' : '&&']);
    case 'AssignmentExpression': {
      const other = ASSIGNMENTS[node.operator];
      return other === undefined ? [] : operatorEdits('arithmetic', node, source, [other]);
    }
    case 'UpdateExpression': {
      const written = source.slice(...span(node));
      const other = written.replace(/\+\+|--/, (sign) => (sign === '++' ? '--' : '++'));
      return replaced('arithmetic', node, other);
    }
    case 'UnaryExpression':
      return ['!', '-', '~'].includes(node.operator) ? replaced('negation', node, text(node.argument, source)) : [];
    case 'ConditionalExpression':
      return replaced('condition', node.test, 'true', 'false');
    case 'ArrowFunctionExpression':
      if (node.body.type === 'BlockStatement' || isPlain(node.body)) return [];
      return replaced('return', node.body, '(undefined)');
    case 'CallExpression':
      return [...methodEdits(node, source), ...chainEdits(node, source)];
    case 'OptionalCallExpression':
    case 'OptionalMemberExpression':
      return chainEdits(node, source);
    default:
      return [];
  }
}

function statementEdits(node: Node): Edit[] {
  switch (node.type) {
    case 'IfStatement':
      return replaced('condition', node.test, 'true', 'false');
    case 'WhileStatement':
      return replaced('condition', node.test, 'false');
    case 'ForStatement':
      return node.test ? replaced('condition', node.test, 'false') : [];
    case 'ExpressionStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return replaced('statement', node, ';');
    case 'ReturnStatement':
      return node.argument && !isPlain(node.argument)
        ? replaced('return', node.argument, 'undefined')
        : replaced('statement', node, ';');
    default:
      return [];
  }
}

function literalEdits(node: Node, parent: Node | undefined, source: string): Edit[] {
  switch (node.type) {
    case 'BooleanLiteral':
      return replaced('boolean', node, String(!node.value));
    case 'NumericLiteral':
      return replaced('number', node, String(node.value + 1), `(${node.value - 1})`);
    case 'StringLiteral':
      if (isName(node, parent) || node.value.length >= WORD_LIST_LENGTH) return [];
      return replaced('string', node, node.value === '' ? "'mutated'" : "''");
    case 'TemplateLiteral':
      return source.slice(...span(node)) === '``' ? [] : replaced('string', node, '``');
    case 'RegExpLiteral':
      return replaced('regex', node, ...regexEdits(node.pattern, node.flags));
    case 'ArrayExpression':
      return node.elements.length === 0 ? [] : replaced('list', node, '[]');
    case 'ObjectExpression':
      return propertyEdits(node);
    default:
      return [];
  }
}

const span = (node: Node): [number, number] => [node.start ?? 0, node.end ?? 0];

function placeOf(node: Node): { readonly start: number; readonly end: number } {
  const [start, end] = span(node);
  return { start, end };
}

const text = (node: Node, source: string): string => `(${source.slice(...span(node))})`;

const replaced = (kind: Kind, node: Node, ...replacements: readonly string[]): Edit[] =>
  replacements.map((replacement) => ({ kind, ...placeOf(node), replacement }));

function binaryEdits(node: BinaryExpression, source: string): Edit[] {
  const arithmetic = ARITHMETIC[node.operator];
  if (arithmetic !== undefined) return operatorEdits('arithmetic', node, source, [arithmetic]);
  return operatorEdits('comparison', node, source, COMPARISONS[node.operator] ?? []);
}

interface WithOperator {
  readonly left: Node;
  readonly right: Node;
  readonly operator: string;
}

function operatorEdits(kind: Kind, node: WithOperator, source: string, others: readonly string[]): Edit[] {
  const [, from] = span(node.left);
  const start = source.indexOf(node.operator, from);
  const end = start + node.operator.length;
  return others.map((replacement) => ({ kind, start, end, replacement }));
}

/** Changing it would only change one such value for another: the booleans have a kind of their own. */
const isPlain = (node: Node): boolean =>
  ['BooleanLiteral', 'NullLiteral', 'NumericLiteral', 'StringLiteral', 'RegExpLiteral', 'ArrayExpression'].includes(
    node.type,
  ) ||
  (node.type === 'Identifier' && node.name === 'undefined');

const isName = (node: Node, parent: Node | undefined): boolean =>
  parent !== undefined &&
  (parent.type === 'ExportNamedDeclaration' ||
    parent.type === 'ImportExpression' ||
    (parent.type === 'CallExpression' && parent.callee.type === 'Import') ||
    (parent.type === 'ObjectProperty' && parent.key === node) ||
    (parent.type === 'ClassProperty' && parent.key === node));

/** Each property left out, with the comma behind it. */
function propertyEdits({ properties }: ObjectExpression): Edit[] {
  return properties.map((property, index) => {
    const [start, end] = span(property);
    const next = properties[index + 1];
    const before = properties[index - 1];
    if (next) return { kind: 'property', start, end: span(next)[0], replacement: '' };
    return { kind: 'property', start: before ? span(before)[1] : start, end, replacement: '' };
  });
}

function methodEdits(node: CallExpression, source: string): Edit[] {
  if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return [];
  const { object, property } = node.callee;
  const other = SWAPPED_METHODS[property.name];
  const isStatic = object.type === 'Identifier' && /^[A-Z]/.test(object.name);
  return [
    ...(other === undefined ? [] : replaced('method', property, other)),
    ...(DROPPED_METHODS.has(property.name) && !isStatic ? replaced('call', node, text(object, source)) : []),
  ];
}

/** `a?.b` read without asking whether there is an a. */
function chainEdits(node: Node, source: string): Edit[] {
  if (node.type !== 'OptionalMemberExpression' && node.type !== 'OptionalCallExpression') return [];
  if (!node.optional) return [];
  const [, from] = span(node.type === 'OptionalMemberExpression' ? node.object : node.callee);
  const start = source.indexOf('?.', from);
  const isName = node.type === 'OptionalMemberExpression' && !node.computed;
  return [{ kind: 'optional chaining', start, end: start + 2, replacement: isName ? '.' : '' }];
}
