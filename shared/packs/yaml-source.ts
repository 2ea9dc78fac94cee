// A YAML file that remembers where each of its values stands, so that a problem inside an expression can be shown in
// the file, under the very characters that caused it.
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { type ExpressionProblem, excerptOf, type Problem, type ProblemSeverity } from '../query/problems.ts';

export type YamlNode = Node | null | undefined;

/** A value with its node, which says where it is. */
export interface Located<Value> {
  readonly value: Value;
  readonly node: YamlNode;
}

export class YamlSource {
  readonly path: string;
  readonly root: YamlNode;
  readonly problems: Problem[] = [];
  readonly #text: string;
  readonly #lines = new LineCounter();

  constructor(text: string, path: string) {
    this.path = path;
    this.#text = text;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    this.root = document.contents;
    for (const error of document.errors) {
      const hint = error.code === 'DUPLICATE_KEY' ? 'remove or rename one of the two' : this.#hintFor(error.pos[0]);
      this.#add('error', 'E_YAML', error.message, error.pos[0], error.pos[1], hint);
    }
    for (const error of document.warnings) {
      const hint = 'put the value in quotes';
      this.#add('warning', 'W_YAML', error.message, error.pos[0], error.pos[1], hint);
    }
  }

  /** What YAML makes of a line that it cannot read says nothing; only the reason is reported. */
  problemsInOrder(): Problem[] {
    const unread = new Set(this.problems.filter(({ code }) => code === 'E_YAML').map(({ line }) => line));
    return this.problems
      .filter(({ code, line }) => code === 'E_YAML' || !unread.has(line))
      .toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  /** The usual mistake is an expression that begins with a special character of YAML. */
  #hintFor(at: number): string {
    const lineStart = this.#text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    const newline = this.#text.indexOf('\n', lineStart);
    const line = this.#text.slice(lineStart, newline === -1 ? undefined : newline);
    return /^\s*(?:-|[^\s:]+:)\s+["'{[*&!%@`]/.test(line)
      ? "write an expression that begins with a special character below >-, or put all of it in 'single quotes'"
      : 'check the quotes, the colons and the indentation (spaces only)';
  }

  /** Reports at a node: its first line, or the whole file without a node. */
  report(
    severity: ProblemSeverity,
    code: string,
    message: string,
    node: YamlNode,
    more: { hint?: string; topic?: string } = {},
  ): void {
    const [start, end] = node?.range ?? [0, 0];
    this.#add(severity, code, message, start, end, more.hint, more.topic);
  }

  /** Reports inside an expression: its offsets are carried over to the file, through quotes, escapes and folded lines. */
  reportInside(problem: ExpressionProblem, expression: Located<string>, topic?: string): void {
    const places = this.#placesOf(expression);
    const start = places[Math.min(problem.start, places.length - 1)]!;
    const end = places[Math.min(Math.max(problem.end - 1, problem.start), places.length - 1)]! + 1;
    this.#add(problem.severity, problem.code, problem.message, start, end, problem.hint, topic);
  }

  /** Place of a node, line and column from 1. */
  positionOf(node: YamlNode): { readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  #add(
    severity: ProblemSeverity,
    code: string,
    message: string,
    start: number,
    end: number,
    hint?: string,
    topic?: string,
  ): void {
    const { line, col } = this.#lines.linePos(start);
    const excerpt = excerptOf(this.#text, start, end);
    this.problems.push({
      severity,
      code,
      message,
      path: this.path,
      line: Math.max(1, line),
      column: Math.max(1, col),
      excerpt,
      hint,
      topic,
    });
  }

  /**
   * For each character of a scalar's value, its offset in the file. Walks both side by side: what the file has more
   * (quotes, backslashes, indentation) is skipped, and white space of any length stands for white space.
   */
  #placesOf({ value, node }: Located<string>): number[] {
    const [start, end] = node?.range ?? [0, 0];
    const places: number[] = [];
    let at = start;
    for (const unit of value.split('')) {
      let found = at;
      if (/\s/.test(unit)) while (found < end && !/\s/.test(this.#text[found]!)) found++;
      else while (found < end && this.#text[found] !== unit) found++;
      if (found >= end) found = at;
      places.push(found);
      at = found + 1;
    }
    return places.length === 0 ? [start] : places;
  }
}

/** The pairs of a mapping with their keys as text; empty for anything else. */
export function pairsOf(node: YamlNode): { readonly key: Located<string>; readonly value: YamlNode }[] {
  if (!isMap(node)) return [];
  return (node as YAMLMap).items.map((pair: Pair) => ({
    key: { value: String((pair.key as Scalar | null)?.value ?? ''), node: pair.key as YamlNode },
    value: pair.value as YamlNode,
  }));
}

export function itemsOf(node: YamlNode): YamlNode[] {
  return isSeq(node) ? (node.items as YamlNode[]) : [];
}

/** Text of a scalar; numbers and booleans as they were written. Undefined for anything that is not a scalar. */
export function textOf(node: YamlNode): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : String(node.source ?? node.value);
}

export const isMapping = (node: YamlNode): boolean => isMap(node);
export const isList = (node: YamlNode): boolean => isSeq(node);
