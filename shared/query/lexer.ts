// Cuts an expression into tokens. Knows the shape of operators and words, not their order: that is parse-expression.ts.
import { CALLED_FIELDS, hintForCall, hintForSign, operatorOfSign } from './foreign-syntax.ts';
import type { ExpressionProblem } from './problems.ts';
import type { Reach } from './syntax.ts';

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' | 'comma' | 'end' }
  | { readonly kind: 'near'; readonly ordered: boolean; readonly reach: Reach; readonly written: string }
  | { readonly kind: 'at-least' | 'quorum'; readonly count: number }
  | { readonly kind: 'number'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'set'; readonly name: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'phrase'; readonly text: string; readonly exactCase: boolean; readonly isInflected: boolean }
  | { readonly kind: 'word'; readonly text: string; readonly exactCase: boolean }
);

/** Why an expression could not be cut or parsed any further; the parser turns it into a problem. */
export class ExpressionSyntaxError extends Error {
  readonly problem: ExpressionProblem;

  constructor(code: string, message: string, start: number, end: number, hint?: string) {
    super(message);
    this.problem = { severity: 'error', code, message, start, end, hint };
  }
}

const OPENING_QUOTES = '"“”„«»「『″＂';
const CLOSING_QUOTES = '"“”«»」』″＂';
/** One operator or call at a time; `y` flag, so that each looks exactly where the cursor stands. */
const NEAR = /(near|w|onear|pre)\/(\d+)(c?)(?![\p{L}\p{N}])/iuy;
const SAME = /w\/([spc])(?![\p{L}\p{N}])/iuy;
/** Upper case only, like AND: the word is in many texts. */
const WITHOUT = /WITHOUT(?![^\s(){}"“”„«»「」『』″＂=~])/uy;
const UNITS = { s: 'sentence', p: 'paragraph', c: 'clause' } as const;
const AT_LEAST = /at-?least\s*\/?(\d+)\s*(?=\()/iy;
const QUORUM = /(\d+)\s+of\s*(?=\()/iy;
const NUMBER = /num\s*\(\s*(-?\d*)\s*\.\.\s*(-?\d*)\s*\)/iy;
/** A range of other numbers than whole ones in plain digits: num(10,000..), num(1.5..2). */
const ODD_NUMBER = /num\s*\(([^()]*\d[^()]*\.\.[^()]*|[^()]*\.\.[^()]*\d[^()]*)\)/iuy;
const FIELD = /([A-Za-z][A-Za-z_-]*)\s?:(?!\/\/)/y;
/** A word with its parenthesis right after it: `hlead(`. */
const CALL = /([A-Za-z]+)\s?(?=[(（])/y;
const SET = /\{\s*([^{}()"\s]*)\s*\}/y;
/** What ends a bare word. Colons and slashes may be inside one (10:30, km/h). */
const WORD = /[^\s(){}",“”„«»「」『』″＂（），]+/y;

/** Every token of the expression, an `end` last. Throws ExpressionSyntaxError; collects warnings into `problems`. */
export function cutTokens(text: string, problems: ExpressionProblem[]): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) break;
    const token = cutAddress(text, at, tokens.at(-1)) ?? nextToken(text, at, problems);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    if (text[at] !== '#') return at;
    const newline = text.indexOf('\n', at);
    at = newline === -1 ? text.length : newline + 1;
  }
}

/** Right behind `url:` or `source:`, signs are part of an address: url:/world/, url:example.org/a?b=1. */
function cutAddress(text: string, start: number, before: Token | undefined): Token | undefined {
  if (before?.kind !== 'field' || !(before.name === 'url' || before.name === 'source')) return undefined;
  const written = matchAt(WORD, text, start)?.[0];
  if (written === undefined || !/[^\p{L}\p{N}*]/u.test(written) || written.startsWith('=')) return undefined;
  return { kind: 'word', text: written, exactCase: false, start, end: start + written.length };
}

function nextToken(text: string, start: number, problems: ExpressionProblem[]): Token {
  const character = text[start]!;
  if (character === '(' || character === '（') return { kind: 'open', start, end: start + 1 };
  if (character === ')' || character === '）') return { kind: 'close', start, end: start + 1 };
  if (character === ',' || character === '，') return { kind: 'comma', start, end: start + 1 };
  if (character === '{') return cutSet(text, start);
  const exactCase = character === '=';
  const isInflected = character === '~' && OPENING_QUOTES.includes(text[start + 1] ?? ' ');
  const from = exactCase || isInflected ? start + 1 : start;
  if (OPENING_QUOTES.includes(text[from] ?? ' ')) return cutPhrase(text, start, from, problems);
  return (exactCase ? undefined : cutOperator(text, start)) ?? cutWord(text, start, from, exactCase);
}

function cutSet(text: string, start: number): Token {
  const match = matchAt(SET, text, start);
  if (match === null) {
    throw new ExpressionSyntaxError(
      'E_UNCLOSED',
      'set name is never closed',
      start,
      start + 1,
      'write {name}, without spaces',
    );
  }
  const name = match[1]!;
  if (name === '') {
    throw new ExpressionSyntaxError(
      'E_UNKNOWN_SET',
      'set name is empty',
      start,
      start + match[0].length,
      'write {name}',
    );
  }
  return { kind: 'set', name, start, end: start + match[0].length };
}

/** `start`: where a sign before the quotation mark stands, or the mark itself. */
function cutPhrase(text: string, start: number, quote: number, problems: ExpressionProblem[]): Token {
  const plain = text[quote] === '"';
  let end = quote + 1;
  while (end < text.length && !(plain ? text[end] === '"' : CLOSING_QUOTES.includes(text[end]!))) end++;
  if (end >= text.length) {
    throw new ExpressionSyntaxError(
      'E_UNCLOSED',
      'quotation mark is never closed',
      start,
      quote + 1,
      'add a closing "',
    );
  }
  if (!plain || text[end] !== '"') {
    problems.push({
      severity: 'warning',
      code: 'W_SMART_QUOTES',
      message: 'curly quotation marks, read as "',
      start,
      end: end + 1,
      hint: 'write straight quotation marks',
    });
  }
  const sign = text.slice(start, quote);
  const written = text.slice(quote + 1, end);
  return { kind: 'phrase', text: written, exactCase: sign === '=', isInflected: sign === '~', start, end: end + 1 };
}

function cutOperator(text: string, start: number): Token | undefined {
  const near = matchAt(NEAR, text, start);
  if (near !== null) {
    const ordered = /^(onear|pre)$/i.test(near[1]!);
    const reach: Reach = { unit: 'words', count: Number(near[2]), ...(near[3] === '' ? {} : { inClause: true }) };
    return { kind: 'near', ordered, reach, written: near[0], start, end: start + near[0].length };
  }
  const same = matchAt(SAME, text, start);
  if (same !== null) {
    const reach: Reach = { unit: UNITS[same[1]!.toLowerCase() as keyof typeof UNITS] };
    return { kind: 'near', ordered: false, reach, written: same[0], start, end: start + same[0].length };
  }
  const without = matchAt(WITHOUT, text, start);
  if (without !== null) {
    const end = start + without[0].length;
    return { kind: 'near', ordered: false, reach: { unit: 'span' }, written: without[0], start, end };
  }
  const atLeast = matchAt(AT_LEAST, text, start);
  if (atLeast !== null) return { kind: 'at-least', count: Number(atLeast[1]), start, end: start + atLeast[0].length };
  const quorum = matchAt(QUORUM, text, start);
  if (quorum !== null) return { kind: 'quorum', count: Number(quorum[1]), start, end: start + quorum[0].length };
  const number = matchAt(NUMBER, text, start);
  if (number !== null) {
    const end = start + number[0].length;
    return { kind: 'number', from: bound(number[1]), to: bound(number[2]), start, end };
  }
  const odd = matchAt(ODD_NUMBER, text, start);
  if (odd !== null) {
    const plain = odd[1]!.replace(/(?<=\d)[,_' \u00a0](?=\d{3}(?!\d))/g, '').trim();
    const hint = /^-?\d*\s*\.\.\s*-?\d*$/.test(plain)
      ? `write num(${plain})`
      : 'write num(10..20), num(10..) or num(..20)';
    throw new ExpressionSyntaxError(
      'E_NUMBER',
      'a range must use whole numbers in plain digits',
      start,
      start + odd[0].length,
      hint,
    );
  }
  const call = matchAt(CALL, text, start);
  if (call !== null) return cutCall(call[1]!, start);
  const field = matchAt(FIELD, text, start);
  if (field !== null) return { kind: 'field', name: field[1]!.toLowerCase(), start, end: start + field[0].length };
  return undefined;
}

/** `hlead(` and `headline(` are fields; other calls of other products are refused; `OR(` and `troops(` are none. */
function cutCall(name: string, start: number): Token | undefined {
  const end = start + name.length;
  const field = CALLED_FIELDS[name.toLowerCase()];
  if (field !== undefined) return { kind: 'field', name: field, start, end };
  const hint = hintForCall(name);
  if (hint !== undefined) throw new ExpressionSyntaxError('E_CHARACTER', `unknown function ${name}`, start, end, hint);
  return undefined;
}

const bound = (digits: string | undefined): number | null =>
  digits === undefined || digits === '' || digits === '-' ? null : Number(digits);

function cutWord(text: string, start: number, from: number, exactCase: boolean): Token {
  const match = matchAt(WORD, text, from);
  if (match === null) {
    const what = exactCase ? '= must be followed by a word' : `${JSON.stringify(text[start])} has no meaning here`;
    throw new ExpressionSyntaxError(
      'E_CHARACTER',
      what,
      start,
      start + 1,
      exactCase ? 'write =Word or ="Two Words"' : undefined,
    );
  }
  const written = match[0];
  const end = from + written.length;
  if (!exactCase) {
    if (written === 'AND' || written === 'OR' || written === 'NOT') {
      return { kind: written.toLowerCase() as 'and' | 'or' | 'not', start, end };
    }
    refuseLikeness(written, start, end);
  }
  if (/^\d*\.{2,}\d*$/.test(written)) {
    const [low, high] = written.split(/\.{2,}/);
    throw new ExpressionSyntaxError(
      'E_NUMBER',
      `${written} is not a word`,
      start,
      end,
      `for a range, write num(${low}..${high})`,
    );
  }
  refuseForeignSigns(written, from, end);
  return { kind: 'word', text: written, exactCase, start, end };
}

/** Words that look like operators but are not: a guess would be wrong for some authors. */
function refuseLikeness(written: string, start: number, end: number): void {
  if (/^(and|or|not)$/i.test(written)) {
    const hint = `operators must be upper case: ${written.toUpperCase()}; to look for the word, write "${written}"`;
    throw new ExpressionSyntaxError('E_LOWER_OP', `${written} could be an operator or a word`, start, end, hint);
  }
  if (
    /^(NEAR|ONEAR|W|PRE|NEAR\/|ONEAR\/|[wW]\/|PRE\/|pre\/)$/.test(written) &&
    (written.endsWith('/') || /NEAR/.test(written))
  ) {
    const name = written.replace('/', '');
    throw new ExpressionSyntaxError(
      'E_NEAR',
      `${name} must have a number`,
      start,
      end,
      `say how many words may come between: ${name}/5`,
    );
  }
}

function refuseForeignSigns(written: string, start: number, end: number): void {
  const operator = operatorOfSign(written);
  if (operator !== undefined) {
    throw new ExpressionSyntaxError('E_NEAR', `${written} is not an operator here`, start, end, `write ${operator}`);
  }
  const inside = /[|!?~$^[\]<>\\=]/.exec(written)?.index;
  const before = /^[&+/'-]/.test(written) ? 0 : undefined;
  const index = inside ?? before;
  if (index === undefined) return;
  const sign = written[index]!;
  const message =
    index === 0 && written.length > 1 ? `${sign} before a word has no meaning here` : `${sign} has no meaning here`;
  const at = start + index;
  throw new ExpressionSyntaxError('E_CHARACTER', message, at, Math.min(end, at + 1), hintForSign(written, index));
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
