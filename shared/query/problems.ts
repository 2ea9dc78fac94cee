// What can be wrong with an expression or a pack, reported so that its author can correct it: code, place, caret, hint.
// The codes are listed in docs/topic-syntax.md.

export type ProblemSeverity = 'error' | 'warning';

/** A problem inside one expression; `at` counts UTF-16 units of the expression's text. */
export interface ExpressionProblem {
  readonly severity: ProblemSeverity;
  /** `E_…` or `W_…`; stable, made to be matched on. */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

/** A problem with its place in a file. Lines and columns count from 1. */
export interface Problem {
  readonly severity: ProblemSeverity;
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The line with the problem and, below it, the caret; empty where no line can be shown. */
  readonly excerpt: string;
  readonly hint?: string;
  /** The topic it belongs to, where there is one. */
  readonly topic?: string;
}

/**
 * One problem as people read it:
 *
 *     E_UNKNOWN_SET  topics/troop.yaml:14:19  unknown set {forcs}
 *       (troops OR {forcs}) NEAR/3 x
 *                  ^^^^^^^  hint: did you mean {forces}?
 */
export function formatProblem(problem: Problem): string {
  const head = `${problem.code}  ${problem.path}:${problem.line}:${problem.column}  ${problem.message}`;
  const hint = problem.hint === undefined ? '' : `hint: ${problem.hint}`;
  if (problem.excerpt === '') return hint === '' ? head : `${head}\n  ${hint}`;
  const body = problem.excerpt
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `${head}\n${body}${hint === '' ? '' : `  ${hint}`}`;
}

/** The line of `text` that holds `start`, cut to what fits a terminal, with carets under [start, end). */
export function excerptOf(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const from = Math.max(lineStart, start - MAX_BEFORE);
  const to = Math.min(lineEnd, Math.max(end, start) + MAX_AFTER);
  const lead = from > lineStart ? '…' : '';
  const line = `${lead}${text.slice(from, to)}${to < lineEnd ? '…' : ''}`;
  const before = lead + text.slice(from, start);
  const carets = '^'.repeat(Math.max(1, displayWidth(text.slice(start, Math.min(end, lineEnd)))));
  return `${line}\n${' '.repeat(displayWidth(before))}${carets}`;
}

const MAX_BEFORE = 60;
const MAX_AFTER = 60;
/** East Asian wide characters take two columns of a terminal, so carets below them do too. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Emoji_Presentation}/u;

/** Marks above and below letters, joiners, and the later letters of a decomposed syllable stand on what is before them. */
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
