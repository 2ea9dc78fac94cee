// All small faults that can be put into one source file. What runs them: run-mutants.ts.
import { parse } from '@babel/parser';
import { type Node, VISITOR_KEYS } from '@babel/types';
import { type Edit, editsOf } from './edits.ts';

/** One fault in one file: the text from `start` to `end` becomes `replacement`. Offsets count UTF-16 code units. */
export interface Mutant extends Edit {
  /** Relative to the project's folder, with slashes. */
  readonly file: string;
  /** The first is 1. */
  readonly line: number;
}

/** Lists with more entries are data, such as the phrases under articles. A test of each entry would be a copy of the list. */
const LARGEST_LIST = 12;

/** All mutants of a file in the order of their places. Types, imports and the entries of long lists are left alone. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  walk(parseSource(source).program, [], false, (node, ancestors, inList) => {
    for (const edit of editsOf(node, ancestors, source)) {
      if (inList) continue;
      mutants.push({ ...edit, file, line: lineStarts.findLastIndex((start) => start <= edit.start) + 1 });
    }
  });
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1));
}

export const applyMutant = (source: string, { start, end, replacement }: Edit): string =>
  source.slice(0, start) + replacement + source.slice(end);

/** Whether the file can still be parsed with the mutant in it. */
export function isWellFormed(source: string, mutant: Edit): boolean {
  try {
    parseSource(applyMutant(source, mutant));
    return true;
  } catch {
    return false;
  }
}

const parseSource = (source: string) => parse(source, { sourceType: 'module', plugins: ['typescript'] });

type Visit = (node: Node, ancestors: readonly Node[], inList: boolean) => void;

function walk(node: Node, ancestors: readonly Node[], inList: boolean, visit: Visit): void {
  if (isLeftAlone(node)) return;
  visit(node, ancestors, inList);
  const path = [...ancestors, node];
  const childInList = isLongList(node) || (inList && !isFunction(node));
  for (const key of VISITOR_KEYS[node.type] ?? []) {
    for (const child of childrenAt(node, key)) walk(child, path, childInList, visit);
  }
}

function childrenAt(node: Node, key: string): Node[] {
  const value: unknown = Reflect.get(node, key);
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** `x as T`, `x!` and `x satisfies T` hold an expression; everything else of TypeScript is only types. */
const isLeftAlone = ({ type }: Node): boolean =>
  type === 'ImportDeclaration' ||
  type === 'ExportAllDeclaration' ||
  (type.startsWith('TS') && !['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(type));

const isFunction = ({ type }: Node): boolean => type === 'ArrowFunctionExpression' || type === 'FunctionExpression';

const isLongList = (node: Node): boolean =>
  (node.type === 'ArrayExpression' && node.elements.length > LARGEST_LIST) ||
  (node.type === 'ObjectExpression' && node.properties.length > LARGEST_LIST);
