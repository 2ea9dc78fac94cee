// Text of an expression -> its tree, or every problem that keeps it from being one. Ambiguity is an error, never a guess:
// products disagree on the precedence of AND and OR, and on what two words side by side mean.

import { nearest } from '../core/nearest-names.ts';
import { operatorOfWord, ourFieldFor } from './foreign-syntax.ts';
import { cutTokens, ExpressionSyntaxError, type Token } from './lexer.ts';
import { DEFAULT_LIMITS, type TopicLimits } from './limits.ts';
import type { ExpressionProblem } from './problems.ts';
import { DESCRIPTION_FIELDS, type Expression, type FieldName, type Reach, TEXT_FIELDS } from './syntax.ts';

export interface ParsedExpression {
  /** Null when an error keeps the expression from being used. */
  readonly expression: Expression | null;
  readonly problems: readonly ExpressionProblem[];
}

/**
 * Reads one expression. The first syntax error ends the reading; problems of meaning (mixed operators, unknown fields)
 * are collected, so several can be reported at once. Never throws.
 */
export function parseExpression(text: string, limits: TopicLimits = DEFAULT_LIMITS): ParsedExpression {
  const problems: ExpressionProblem[] = [];
  if (text.length > limits.expressionChars) {
    const message = `the expression has ${text.length} characters; at most ${limits.expressionChars} are allowed`;
    const hint = 'move groups of words into sets, or split it into several entries';
    problems.push({ severity: 'error', code: 'E_LIMIT', message, start: 0, end: 1, hint });
    return { expression: null, problems };
  }
  try {
    const parser = new Parser(text, cutTokens(text, problems), problems, limits);
    const expression = parser.parseAll();
    return { expression: problems.some((each) => each.severity === 'error') ? null : expression, problems };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    problems.push(error.problem);
    return { expression: null, problems };
  }
}

type NearToken = Extract<Token, { kind: 'near' }>;
interface Proximity {
  readonly token: NearToken;
  readonly negated: boolean;
  readonly start: number;
}

/** Recursive descent over the tokens; one method per rule of the grammar in docs/topic-syntax.md. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #problems: ExpressionProblem[];
  readonly #limits: TopicLimits;
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[], problems: ExpressionProblem[], limits: TopicLimits) {
    this.#text = text;
    this.#tokens = tokens;
    this.#problems = problems;
    this.#limits = limits;
  }

  parseAll(): Expression {
    if (this.#peek().kind === 'end')
      throw new ExpressionSyntaxError('E_EMPTY', 'the expression is empty', 0, 0, 'write at least one word');
    const expression = this.#parseBoolean();
    const left = this.#peek();
    if (left.kind === 'close') {
      throw new ExpressionSyntaxError(
        'E_UNCLOSED',
        'unmatched )',
        left.start,
        left.end,
        'remove it, or add a ( before it',
      );
    }
    if (left.kind === 'comma') {
      const hint = 'commas separate the parts of 2 OF (a, b, c); elsewhere write OR';
      throw new ExpressionSyntaxError('E_CHARACTER', 'a comma has no meaning here', left.start, left.end, hint);
    }
    return expression;
  }

  /** orExpr and andExpr in one: operands joined by AND, AND NOT, OR, of which one level may hold only one family. */
  #parseBoolean(): Expression {
    const operands: Expression[] = [this.#parseProximity()];
    const operators: ('and' | 'and-not' | 'or')[] = [];
    for (let token = this.#peek(); token.kind === 'and' || token.kind === 'or'; token = this.#peek()) {
      this.#next++;
      const negated = this.#peek().kind === 'not';
      if (negated && token.kind === 'or') this.#refuseLoneNot(this.#peek());
      if (negated) this.#next++;
      operators.push(token.kind === 'or' ? 'or' : negated ? 'and-not' : 'and');
      operands.push(this.#parseProximity());
    }
    this.#refuseJuxtaposition(operands.at(-1)!);
    if (operators.length === 0) return operands[0]!;
    const at = [operands[0]!.at[0], operands.at(-1)!.at[1]] as const;
    const ors = operators.filter((each) => each === 'or').length;
    if (ors > 0 && ors < operators.length) this.#reportMixed(operands, operators);
    if (ors === operators.length) return { kind: 'or', parts: operands, at };
    const parts = operands.filter((_, index) => index === 0 || operators[index - 1] !== 'and-not');
    const vetoes = operands.filter((_, index) => index > 0 && operators[index - 1] === 'and-not');
    return { kind: 'and', parts, vetoes, at };
  }

  #refuseLoneNot(token: Token): never {
    const hint = 'write first what must be there: word AND NOT other, or word NOT NEAR/10 other';
    throw new ExpressionSyntaxError('E_ONLY_NOT', 'NOT must have a term before it', token.start, token.end, hint);
  }

  /** Both readings, with the author's own words, so that one can be copied. */
  #reportMixed(operands: readonly Expression[], operators: readonly ('and' | 'and-not' | 'or')[]): void {
    const written = operands.map((each) => this.#text.slice(each.at[0], each.at[1]));
    const reading = (binds: (operator: string) => boolean): string => {
      const groups: string[][] = [[written[0]!]];
      const joins: string[] = [];
      operators.forEach((operator, index) => {
        const sign = operator === 'and-not' ? 'AND NOT' : operator.toUpperCase();
        if (binds(operator)) groups.at(-1)!.push(sign, written[index + 1]!);
        else {
          joins.push(sign);
          groups.push([written[index + 1]!]);
        }
      });
      const shown = groups.map((group) => (group.length > 1 ? `(${group.join(' ')})` : group[0]!));
      return shown.reduce((line, group, index) => `${line} ${joins[index - 1]} ${group}`);
    };
    const turn = operators.findIndex((operator) => (operator === 'or') !== (operators[0] === 'or'));
    this.#problems.push({
      severity: 'error',
      code: 'E_MIXED',
      message: 'AND and OR mixed without parentheses',
      start: operands[turn]!.at[0],
      end: operands.at(-1)!.at[1],
      hint: `${reading((operator) => operator !== 'or')}   -or-   ${reading((operator) => operator === 'or')}`,
    });
  }

  #parseProximity(): Expression {
    const operands: Expression[] = [this.#parseUnit()];
    const operators: Proximity[] = [];
    for (let found = this.#peekProximity(); found !== undefined; found = this.#peekProximity()) {
      this.#next += found.negated && !isWithout(found.token) ? 2 : 1;
      this.#checkReach(found.token);
      operators.push(found);
      operands.push(this.#parseUnit());
    }
    if (operators.length === 0) return operands[0]!;
    const first = operators[0]!;
    const other = operators.find((each) => !sameProximity(each, first));
    if (other !== undefined) {
      const nameOf = ({ negated, token }: Proximity) => `${negated && !isWithout(token) ? 'NOT ' : ''}${token.written}`;
      this.#problems.push({
        severity: 'error',
        code: 'E_MIXED_PROX',
        message: `${nameOf(first)} and ${nameOf(other)} mixed without parentheses`,
        start: other.start,
        end: other.token.end,
        hint: 'put one of them in parentheses: (a NEAR/3 b) NOT NEAR/9 c',
      });
    }
    return this.#joinProximity(operands, first);
  }

  #joinProximity(operands: readonly Expression[], { token, negated }: Proximity): Expression {
    const at = [operands[0]!.at[0], operands.at(-1)!.at[1]] as const;
    if (negated) {
      return operands.slice(1).reduce(
        (keep, avoid): Expression => ({
          kind: 'not-near',
          keep,
          avoid,
          reach: token.reach,
          at: [at[0], avoid.at[1]],
        }),
        operands[0]!,
      );
    }
    if (operands.length > this.#limits.nearParts) {
      const message = `${token.written} joins ${operands.length} parts; at most ${this.#limits.nearParts} are allowed`;
      const hint = 'put some of them in one group: a NEAR/5 (b OR c)';
      this.#problems.push({ severity: 'error', code: 'E_LIMIT', message, start: at[0], end: at[1], hint });
    }
    return { kind: 'near', parts: operands, ordered: token.ordered, reach: token.reach, at };
  }

  #peekProximity(): Proximity | undefined {
    const token = this.#peek();
    if (token.kind === 'near') return { token, negated: isWithout(token), start: token.start };
    const after = this.#tokens[this.#next + 1];
    if (token.kind === 'not' && after?.kind === 'near' && !isWithout(after)) {
      return { token: after, negated: true, start: token.start };
    }
    if (token.kind === 'not') {
      const hint = 'write AND NOT to exclude it anywhere, NOT NEAR/10 to exclude it nearby';
      throw new ExpressionSyntaxError('E_ONLY_NOT', 'NOT cannot join two terms', token.start, token.end, hint);
    }
    return undefined;
  }

  #checkReach({ reach, written, start, end }: NearToken): void {
    if (reach.unit !== 'words') return;
    if (reach.count > this.#limits.near) {
      const message = `${written}: at most ${this.#limits.near} words may come between`;
      const hint = 'for a wider reach write w/s (same sentence), w/p (same paragraph) or AND';
      this.#problems.push({ severity: 'error', code: 'E_LIMIT', message, start, end, hint });
    } else if (reach.count > this.#limits.nearWarning) {
      const message = `${written} reaches across more than one sentence`;
      const hint = 'w/s and w/p say the same more clearly';
      this.#problems.push({ severity: 'warning', code: 'W_NEAR_WIDE', message, start, end, hint });
    }
  }

  #parseUnit(): Expression {
    const token = this.#peek();
    this.#next++;
    switch (token.kind) {
      case 'open':
        return this.#parseGroup(token.start, () => this.#parseBoolean());
      case 'at-least':
        return this.#parseAtLeast(token);
      case 'quorum':
        return this.#parseQuorum(token);
      case 'field':
        return this.#parseField(token);
      case 'number':
        return this.#parseNumber(token);
      case 'set':
        return { kind: 'set', name: token.name, at: [token.start, token.end] };
      case 'word':
        return { kind: 'word', text: token.text, exactCase: token.exactCase, at: [token.start, token.end] };
      case 'phrase':
        return this.#parsePhrase(token);
      case 'not':
        return this.#refuseLoneNot(token);
      default:
        throw this.#missingTerm(token);
    }
  }

  #missingTerm(token: Token): ExpressionSyntaxError {
    const before = this.#tokens[this.#next - 2];
    const after = before === undefined ? '' : ` after ${this.#text.slice(before.start, before.end)}`;
    const written = this.#text.slice(token.start, token.end);
    const message = token.kind === 'end' ? `missing term${after}` : `expected a term${after}, not ${written}`;
    const hint =
      before === undefined ? 'begin with a word' : 'write a word, a "phrase" or a group after it, or remove it';
    return new ExpressionSyntaxError(
      'E_MISSING_TERM',
      message,
      token.start,
      Math.max(token.end, token.start + 1),
      hint,
    );
  }

  /** `( … )`, the opening parenthesis already read. */
  #parseGroup(start: number, parseInner: () => Expression): Expression {
    if (++this.#depth > this.#limits.depth) {
      const message = `parentheses nested more than ${this.#limits.depth} deep`;
      throw new ExpressionSyntaxError(
        'E_LIMIT',
        message,
        start,
        start + 1,
        'move inner parts into sets or separate entries',
      );
    }
    if (this.#peek().kind === 'close') {
      const hint = 'write a term between them, or remove them';
      throw new ExpressionSyntaxError('E_MISSING_TERM', 'the parentheses are empty', start, this.#peek().end, hint);
    }
    const inner = parseInner();
    const close = this.#peek();
    if (close.kind !== 'close') {
      throw new ExpressionSyntaxError('E_UNCLOSED', '( is never closed', start, start + 1, 'add a closing )');
    }
    this.#next++;
    this.#depth--;
    return { ...inner, at: [start, close.end] };
  }

  #parseAtLeast(token: Extract<Token, { count: number }>): Expression {
    this.#checkCount(token, 'atleast', this.#limits.atLeast);
    const open = this.#peek().start;
    this.#next++;
    const part = this.#parseGroup(open, () => this.#parseBoolean());
    return { kind: 'at-least', count: token.count, part, at: [token.start, part.at[1]] };
  }

  #parseQuorum(token: Extract<Token, { count: number }>): Expression {
    const open = this.#peek().start;
    this.#next++;
    const parts: Expression[] = [];
    const group = this.#parseGroup(open, () => {
      parts.push(this.#parseBoolean());
      while (this.#peek().kind === 'comma') {
        this.#next++;
        parts.push(this.#parseBoolean());
      }
      return parts[0]!;
    });
    const at = [token.start, group.at[1]] as const;
    this.#checkCount(token, 'OF', this.#limits.atLeast);
    if (token.count > parts.length) {
      const message = `${token.count} OF ${parts.length} parts can never hold`;
      const hint = 'separate the parts with commas: 2 OF (a, b, c)';
      this.#problems.push({ severity: 'error', code: 'E_QUORUM', message, start: at[0], end: at[1], hint });
    }
    return { kind: 'quorum', count: token.count, parts, at };
  }

  #checkCount(token: Extract<Token, { count: number }>, name: string, most: number): void {
    if (token.count >= 1 && token.count <= most) return;
    const message = `the number of ${name} must be from 1 to ${most}, not ${token.count}`;
    const hint = name === 'OF' ? 'write 2 OF (a, b, c)' : 'write atleast3(a)';
    this.#problems.push({ severity: 'error', code: 'E_LIMIT', message, start: token.start, end: token.end, hint });
  }

  #parseField(token: Extract<Token, { kind: 'field' }>): Expression {
    const known: readonly string[] = [...TEXT_FIELDS, ...DESCRIPTION_FIELDS];
    if (!known.includes(token.name)) {
      const near = ourFieldFor(token.name) ?? nearest(token.name, known);
      const message = `unknown field ${token.name}:`;
      const hint = `${near === undefined ? '' : `did you mean ${near}:? `}Known: ${known.join(' ')}`;
      this.#problems.push({ severity: 'error', code: 'E_FIELD', message, start: token.start, end: token.end, hint });
    }
    const next = this.#peek();
    if (next.kind === 'field') {
      const message = `${next.name}: cannot be inside ${token.name}:`;
      const hint = `write each separately: ${token.name}:a AND ${next.name}:b`;
      throw new ExpressionSyntaxError('E_FIELD', message, token.start, next.end, hint);
    }
    if (next.kind !== 'word' && next.kind !== 'phrase' && next.kind !== 'open' && next.kind !== 'set') {
      const message = `${token.name}: must be followed by a word, a phrase or a group`;
      throw new ExpressionSyntaxError(
        'E_FIELD',
        message,
        token.start,
        token.end,
        `${token.name}:word or ${token.name}:(a OR b)`,
      );
    }
    const part = this.#parseUnit();
    return { kind: 'field', field: token.name as FieldName, part, at: [token.start, part.at[1]] };
  }

  #parseNumber({ from, to, start, end }: Extract<Token, { kind: 'number' }>): Expression {
    if (from === null && to === null) {
      this.#problems.push({
        severity: 'error',
        code: 'E_NUMBER',
        message: 'num(..) must have at least one bound',
        start,
        end,
        hint: 'num(10..)',
      });
    } else if (from !== null && to !== null && from > to) {
      const message = `num(${from}..${to}) is empty: ${from} is greater than ${to}`;
      this.#problems.push({ severity: 'error', code: 'E_NUMBER', message, start, end, hint: `num(${to}..${from})` });
    }
    return { kind: 'number', from, to, at: [start, end] };
  }

  #parsePhrase({ text, exactCase, isInflected, start, end }: Extract<Token, { kind: 'phrase' }>): Expression {
    const words = text.split(/\s+/u).filter((word) => word !== '');
    if (words.length === 0) {
      throw new ExpressionSyntaxError(
        'E_EMPTY',
        'the quotation marks are empty',
        start,
        end,
        'write the words to find between them',
      );
    }
    return { kind: 'phrase', words, exactCase, isInflected, at: [start, end] };
  }

  #refuseJuxtaposition(before: Expression): void {
    const token = this.#peek();
    if (token.kind === 'end' || token.kind === 'close' || token.kind === 'comma') return;
    const left = this.#text.slice(before.at[0], before.at[1]);
    const right = token.kind === 'open' ? '( … )' : this.#text.slice(token.start, token.end);
    const operator = operatorOfWord(right);
    if (operator !== undefined && /\d/.test(right)) {
      throw new ExpressionSyntaxError(
        'E_NEAR',
        `${right} is not an operator here`,
        token.start,
        token.end,
        `write ${operator}`,
      );
    }
    const meant = operator === undefined ? '' : `, or, if ${right} is meant as an operator, ${operator}`;
    const plain = /^[\p{L}\p{N}]+$/u;
    const phrase = plain.test(left) && plain.test(right) ? `"${left} ${right}", ` : '';
    const hint = `${phrase}${left} AND ${right}, or ${left} NEAR/5 ${right}${meant}`;
    throw new ExpressionSyntaxError(
      'E_JUXTAPOSED',
      'two terms with no operator between them',
      token.start,
      token.end,
      hint,
    );
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }
}

function sameProximity(left: Proximity, right: Proximity): boolean {
  return (
    left.negated === right.negated &&
    left.token.ordered === right.token.ordered &&
    sameReach(left.token.reach, right.token.reach)
  );
}

function sameReach(left: Reach, right: Reach): boolean {
  if (left.unit !== 'words' || right.unit !== 'words') return left.unit === right.unit;
  return left.count === right.count && left.inClause === right.inClause;
}

const isWithout = ({ reach }: NearToken): boolean => reach.unit === 'span';
