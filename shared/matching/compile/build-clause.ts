// Expression -> clause, in one language: puts sets in, turns words into patterns, pushes fields down to the words they
// restrict, and reports what can only be known then (unknown sets, cycles, short wildcards, fields out of place).

import { nearest } from '../../core/nearest-names.ts';
import { DEFAULT_LIMITS, type TopicLimits } from '../../query/limits.ts';
import { type ParsedExpression, parseExpression } from '../../query/parse-expression.ts';
import type { ExpressionProblem } from '../../query/problems.ts';
import {
  type At,
  DESCRIPTION_FIELDS,
  type DescriptionField,
  type Expression,
  type FieldName,
  TEXT_FIELDS,
  type TextField,
} from '../../query/syntax.ts';
import { type Clause, needsText, partsOf, type Scope } from './clause.ts';
import { ANY_LANGUAGE, type Exactness, patternsOfPhrase, patternsOfWord, type WordPattern } from './word-patterns.ts';

/** Set -> language (or `*`) -> expression. Sets of another pack are named `pack/name`. */
export type Sets = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface BuildOptions {
  readonly language: string;
  readonly sets: Sets;
  readonly limits?: TopicLimits;
  /** Metadata alone may hold (entries of `all` and `none`); elsewhere a word of the text is required. */
  readonly mayLackText?: boolean;
  /** Shared between the clauses of many topics, so that what they have in common is read once. */
  readonly memory?: BuildMemory;
}

/** What was read before: expressions, terms, and sets that name no other set. Good for one choice of limits. */
export class BuildMemory {
  readonly parsed = new Map<string, ParsedExpression>();
  readonly terms = new Map<string, Clause>();
  readonly sets = new Map<string, { readonly clause: Clause; readonly terms: number }>();
}

export interface BuiltClause {
  /** Null when an error keeps it from being used. */
  readonly clause: Clause | null;
  readonly problems: readonly ExpressionProblem[];
}

/** Parses and builds. Problems inside a set are reported at the place where the expression names the set. Never throws. */
export function buildClause(text: string, options: BuildOptions): BuiltClause {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const parsed = parseExpression(text, limits);
  const problems = [...parsed.problems];
  if (parsed.expression === null) return { clause: null, problems };
  const builder = new Builder(options.sets, limits, problems, options.memory ?? new BuildMemory());
  const clause = builder.build(parsed.expression, {
    source: text,
    language: options.language,
    scope: null,
    describes: null,
    setPath: [],
    setAt: null,
  });
  if (clause !== null) {
    builder.checkSize(text);
    if (options.mayLackText !== true && !needsText(clause)) {
      const hint = 'add what the text must say: source:"example.org" AND troops';
      const message = 'this could match without any word of the text';
      problems.push({ severity: 'error', code: 'E_NO_TEXT', message, start: 0, end: text.length, hint });
    }
  }
  return problems.some((each) => each.severity === 'error') ? { clause: null, problems } : { clause, problems };
}

/** The set's expressions for a language: its own, else the pack's default, else (for `*`) those of all languages. */
export function expressionsOfSet(
  sets: Sets,
  name: string,
  language: string,
): readonly (readonly [language: string, text: string])[] {
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined;
  if (set === undefined) return [];
  const own = Object.hasOwn(set, language) ? set[language] : undefined;
  if (own !== undefined) return [[language, own]];
  const shared = Object.hasOwn(set, ANY_LANGUAGE) ? set[ANY_LANGUAGE] : undefined;
  if (shared !== undefined) return [[language, shared]];
  return language === ANY_LANGUAGE ? Object.entries(set) : [];
}

interface Context {
  /** The text that `at` points into: the expression's own, or a set's. */
  readonly source: string;
  readonly language: string;
  readonly scope: Scope;
  /** Inside `source:( … )` and its like: words are values, not words of the text. */
  readonly describes: DescriptionField | null;
  /** The sets that enclose this place, outermost first. */
  readonly setPath: readonly string[];
  /** Where the outermost of them is named in the author's expression; null outside of sets. */
  readonly setAt: At | null;
}

class Builder {
  readonly #sets: Sets;
  readonly #limits: TopicLimits;
  readonly #problems: ExpressionProblem[];
  readonly #memory: BuildMemory;
  #terms = 0;
  /** Sets named so far: one that is named twice is looked for once, so its words count once. */
  readonly #counted = new Set<string>();

  constructor(sets: Sets, limits: TopicLimits, problems: ExpressionProblem[], memory: BuildMemory) {
    this.#sets = sets;
    this.#limits = limits;
    this.#problems = problems;
    this.#memory = memory;
  }

  checkSize(text: string): void {
    const { terms, termsWarning } = this.#limits;
    if (this.#terms <= termsWarning) return;
    const hint = 'split it into several entries, or replace several words with a wildcard';
    const at = { start: 0, end: text.length, hint };
    if (this.#terms > terms) {
      const message = `${this.#terms} terms including its sets; at most ${terms} are allowed`;
      this.#problems.push({ severity: 'error', code: 'E_LIMIT', message, ...at });
    } else {
      const message = `${this.#terms} terms including its sets, close to the limit of ${terms}`;
      this.#problems.push({ severity: 'warning', code: 'W_MANY_TERMS', message, ...at });
    }
  }

  build(expression: Expression, context: Context): Clause | null {
    const label = context.source.slice(expression.at[0], expression.at[1]);
    switch (expression.kind) {
      case 'word':
        return this.#buildWord(expression, label, context);
      case 'phrase':
        return this.#buildPhrase(expression, label, context);
      case 'set':
        return this.#buildSet(expression, label, context);
      case 'number':
        return this.#buildNumber(expression, label, context);
      case 'or':
        return this.#join(label, this.#buildAll(expression.parts, context));
      case 'field':
        return this.#buildField(expression, context);
      case 'and':
        return this.#buildAnd(expression, label, context);
      case 'quorum': {
        const parts = this.#buildAll(expression.parts, context);
        return parts && { kind: 'some', label, count: expression.count, parts };
      }
      case 'near': {
        const parts = this.#buildPlaces(expression, expression.parts, context);
        return parts && { kind: 'near', label, parts, ordered: expression.ordered, reach: expression.reach };
      }
      case 'not-near': {
        const parts = this.#buildPlaces(expression, [expression.keep, expression.avoid], context);
        return parts && { kind: 'not-near', label, keep: parts[0]!, avoid: parts[1]!, reach: expression.reach };
      }
      case 'at-least': {
        const parts = this.#buildPlaces(expression, [expression.part], context);
        return parts && { kind: 'at-least', label, count: expression.count, part: parts[0]! };
      }
    }
  }

  #buildAll(parts: readonly Expression[], context: Context): Clause[] | null {
    const built = parts.map((part) => this.build(part, context));
    return built.every((clause) => clause !== null) ? built : null;
  }

  #join(label: string, parts: readonly Clause[] | null): Clause | null {
    if (parts === null) return null;
    return parts.length === 1 ? { ...parts[0]!, label } : { kind: 'or', label, parts };
  }

  #buildAnd(expression: Extract<Expression, { kind: 'and' }>, label: string, context: Context): Clause | null {
    const parts = this.#buildAll(expression.parts, context);
    const vetoes = this.#buildAll(expression.vetoes, context);
    if (parts === null || vetoes === null) return null;
    const together: Clause = parts.length === 1 ? parts[0]! : { kind: 'some', label, count: parts.length, parts };
    return vetoes.length === 0 ? together : { kind: 'without', label, keep: together, vetoes };
  }

  #buildWord(expression: Extract<Expression, { kind: 'word' }>, label: string, context: Context): Clause | null {
    if (context.describes !== null) return this.#describe(context.describes, expression.text, label);
    if (!this.#wildcardsAreFine(expression.text, expression.at, context)) return null;
    const exactness: Exactness = expression.exactCase ? 'case' : 'forms';
    const ways = () => patternsOfWord(expression.text, exactness, context.language);
    return this.#buildTerm(`word ${exactness}`, ways, label, expression.at, context);
  }

  #buildPhrase(expression: Extract<Expression, { kind: 'phrase' }>, label: string, context: Context): Clause | null {
    if (context.describes !== null) return this.#describe(context.describes, expression.words.join(' '), label);
    const fine = expression.words.every((word) => word === '*' || this.#wildcardsAreFine(word, expression.at, context));
    if (!fine) return null;
    const exactness: Exactness = expression.exactCase ? 'case' : expression.isInflected ? 'forms' : 'written';
    const ways = () => patternsOfPhrase(expression.words, exactness, context.language);
    return this.#buildTerm(`phrase ${exactness}`, ways, label, expression.at, context);
  }

  /** One clause for a term however often it is written: topics repeat most of their words, in other entries and other topics. */
  #buildTerm(
    kind: string,
    waysOf: () => readonly (readonly WordPattern[])[],
    label: string,
    at: At,
    context: Context,
  ): Clause | null {
    const key = `${kind} ${context.language} ${context.scope} ${label}`;
    const clause = this.#memory.terms.get(key) ?? termOf(waysOf(), label, context.scope);
    if (clause === null) {
      const hint = 'punctuation alone cannot be found; write a word';
      const message = `${label} has no letter or digit to look for`;
      this.#report('error', 'E_CHARACTER', message, at, context, hint);
      return null;
    }
    this.#memory.terms.set(key, clause);
    this.#terms += 1;
    return clause;
  }

  #buildNumber(expression: Extract<Expression, { kind: 'number' }>, label: string, context: Context): Clause | null {
    if (context.describes !== null) {
      this.#report(
        'error',
        'E_FIELD',
        `${context.describes}: must be followed by a word or a phrase, not a number`,
        expression.at,
        context,
        `write ${context.describes}:word`,
      );
      return null;
    }
    this.#terms += 1;
    return { kind: 'number', label, from: expression.from, to: expression.to, scope: context.scope };
  }

  #describe(field: DescriptionField, value: string, label: string): Clause {
    this.#terms += 1;
    return { kind: 'description', label: label.includes(':') ? label : `${field}:${label}`, field, value };
  }

  #buildField(expression: Extract<Expression, { kind: 'field' }>, context: Context): Clause | null {
    if (context.scope !== null || context.describes !== null) {
      const outer = context.scope ?? context.describes;
      const hint = `write each separately: ${outer}:a AND ${expression.field}:b`;
      this.#report('error', 'E_FIELD', `${expression.field}: cannot be inside ${outer}:`, expression.at, context, hint);
      return null;
    }
    if (isTextField(expression.field)) return this.build(expression.part, { ...context, scope: expression.field });
    if (!isDescriptionField(expression.field)) return null;
    return this.build(expression.part, { ...context, describes: expression.field });
  }

  /** Sides that must be in the text: `source:x NEAR/5 y` means nothing, since a source is nowhere in it. */
  #buildPlaces(operator: Expression, sides: readonly Expression[], context: Context): Clause[] | null {
    const parts = this.#buildAll(sides, context);
    const field = parts?.map(descriptionIn).find((found) => found !== null);
    if (field === undefined || field === null) return parts;
    const hint = `join it with AND: (a NEAR/5 b) AND ${field}:x`;
    const message = `${field}: describes the article, not its text, so it cannot be used with NEAR or atleast`;
    this.#report('error', 'E_FIELD', message, operator.at, context, hint);
    return null;
  }

  #buildSet(expression: Extract<Expression, { kind: 'set' }>, label: string, context: Context): Clause | null {
    const name = this.#fullName(expression.name, context);
    if (context.setPath.includes(name)) {
      const cycle = [...context.setPath.slice(context.setPath.indexOf(name)), name]
        .map((each) => `{${each}}`)
        .join(' -> ');
      const hint = 'remove one of these names from the set before it';
      this.#report(
        'error',
        'E_SET_CYCLE',
        `sets contain each other in a circle: ${cycle}`,
        expression.at,
        context,
        hint,
      );
      return null;
    }
    if (context.setPath.length >= this.#limits.setDepth) {
      const message = `sets nested more than ${this.#limits.setDepth} deep at {${name}}`;
      this.#report('error', 'E_LIMIT', message, expression.at, context, 'write out the words of the innermost set');
      return null;
    }
    const texts = expressionsOfSet(this.#sets, name, context.language);
    if (texts.length === 0) {
      this.#reportUnknownSet(name, expression.at, context);
      return null;
    }
    const parts = texts.map(([language, source]) => this.#buildSetText(name, language, source, expression.at, context));
    return parts.every((part) => part !== null) ? this.#join(label, parts) : null;
  }

  #buildSetText(name: string, language: string, source: string, at: At, context: Context): Clause | null {
    const key = `${language} ${context.scope} ${context.describes} ${source}`;
    const isCounted = this.#counted.has(key);
    this.#counted.add(key);
    const known = this.#memory.sets.get(key);
    if (known !== undefined) {
      if (!isCounted) this.#terms += known.terms;
      return known.clause;
    }
    const parsed = this.#parse(source);
    if (parsed.expression === null) {
      const first = parsed.problems.find((each) => each.severity === 'error');
      const message = `set {${name}} has an error: ${first?.message ?? 'unknown'}`;
      this.#report(
        'error',
        'E_SET_BROKEN',
        message,
        at,
        context,
        'correct the set; its error is reported where it is defined',
      );
      return null;
    }
    const setPath = [...context.setPath, name];
    const termsBefore = this.#terms;
    const inside: Context = { ...context, source, language, setPath, setAt: context.setAt ?? at };
    const clause = this.build(parsed.expression, inside);
    const standsAlone = !source.includes('{');
    if (clause !== null && standsAlone) this.#memory.sets.set(key, { clause, terms: this.#terms - termsBefore });
    if (isCounted) this.#terms = termsBefore;
    return clause;
  }

  #parse(source: string): ParsedExpression {
    const known = this.#memory.parsed.get(source);
    if (known !== undefined) return known;
    const parsed = parseExpression(source, this.#limits);
    this.#memory.parsed.set(source, parsed);
    return parsed;
  }

  /** Inside a set of another pack, names are that pack's own. */
  #fullName(name: string, context: Context): string {
    const enclosing = context.setPath.at(-1);
    if (name.includes('/') || enclosing === undefined || !enclosing.includes('/')) return name;
    return `${enclosing.slice(0, enclosing.indexOf('/'))}/${name}`;
  }

  #reportUnknownSet(name: string, at: At, context: Context): void {
    const set = Object.hasOwn(this.#sets, name) ? this.#sets[name] : undefined;
    if (set !== undefined) {
      const hint = `it has ${Object.keys(set).join(', ')}; add ${context.language}, or * for every language`;
      this.#report('error', 'E_UNKNOWN_SET', `set {${name}} has no words for ${context.language}`, at, context, hint);
      return;
    }
    const near = nearest(name, Object.keys(this.#sets));
    const hint = near === undefined ? 'define it under sets:' : `did you mean {${near}}?`;
    this.#report('error', 'E_UNKNOWN_SET', `unknown set {${name}}`, at, context, hint);
  }

  #wildcardsAreFine(word: string, at: At, context: Context): boolean {
    const leading = word.startsWith('*');
    const trailing = word.endsWith('*');
    const core = word.slice(leading ? 1 : 0, trailing ? -1 : undefined).normalize('NFC');
    if (core.includes('*')) {
      const hint = 'write out the forms: colour OR color';
      this.#report(
        'error',
        'E_WILDCARD_PLACE',
        `* inside the word ${word}; it may only begin or end a word`,
        at,
        context,
        hint,
      );
      return false;
    }
    if (!leading && !trailing) return true;
    const least = leastLetters(core, leading, this.#limits);
    const letters = [...core].filter((character) => /[\p{L}\p{N}]/u.test(character)).length;
    if (letters >= least) return true;
    const message = `${word} would match too much: write at least ${least} letters beside the *`;
    this.#report(
      'error',
      'E_WILDCARD_SHORT',
      message,
      at,
      context,
      'write more of the word, or list its forms with OR',
    );
    return false;
  }

  #report(severity: 'error' | 'warning', code: string, message: string, at: At, context: Context, hint?: string): void {
    const [start, end] = context.setAt ?? at;
    const where = context.setPath.length === 0 ? message : `${message} (in {${context.setPath.at(-1)}})`;
    if (this.#problems.some((each) => each.code === code && each.message === where && each.start === start)) return;
    this.#problems.push({ severity, code, message: where, start, end, hint });
  }
}

function termOf(ways: readonly (readonly WordPattern[])[], label: string, scope: Scope): Clause | null {
  if (ways.length === 0) return null;
  const parts = ways.map((words): Clause => ({ kind: 'term', label, words, scope }));
  return parts.length === 1 ? parts[0]! : { kind: 'or', label, parts };
}

const isTextField = (field: FieldName): field is TextField => (TEXT_FIELDS as readonly string[]).includes(field);
const isDescriptionField = (field: FieldName): field is DescriptionField =>
  (DESCRIPTION_FIELDS as readonly string[]).includes(field);

function descriptionIn(clause: Clause): DescriptionField | null {
  if (clause.kind === 'description') return clause.field;
  return (
    partsOf(clause)
      .map(descriptionIn)
      .find((found) => found !== null) ?? null
  );
}

/** A syllable or an ideograph says more than a letter does. */
function leastLetters(core: string, leading: boolean, limits: TopicLimits): number {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(core)) return 1;
  if (/[\uac00-\ud7a3]/.test(core)) return limits.wildcardSyllables;
  return leading ? limits.leadingWildcardLetters : limits.wildcardLetters;
}
