// Warnings: expressions that are right by the grammar and still rarely what their author meant. Asked for when packs are
// checked, never when they are compiled.

import { type BuildOptions, buildClause, expressionsOfSet } from '../matching/compile/build-clause.ts';
import type { Clause } from '../matching/compile/clause.ts';
import { ANY_LANGUAGE, patternsOfWord, type WordPattern } from '../matching/compile/word-patterns.ts';
import { parseExpression } from '../query/parse-expression.ts';
import type { ExpressionProblem } from '../query/problems.ts';
import { type At, childrenOf, DESCRIPTION_FIELDS, type Expression } from '../query/syntax.ts';
import { commonness, isVeryCommon } from '../text/common-words.ts';
import { foldWord } from '../text/fold.ts';
import { scriptWithoutSegmenter } from '../text/unspaced-scripts.ts';

/** Warnings for an expression that has no errors; none for one that has. In the order of the text. */
export function reviewExpression(text: string, options: BuildOptions): readonly ExpressionProblem[] {
  const { expression } = parseExpression(text, options.limits);
  const { clause } = buildClause(text, options);
  if (expression === null || clause === null) return [];
  const review = new Review(text, options);
  review.visit(expression);
  if (options.mayLackText !== true) review.checkAnchor(clause);
  return review.problems.toSorted((a, b) => a.start - b.start);
}

class Review {
  readonly problems: ExpressionProblem[] = [];
  readonly #text: string;
  readonly #options: BuildOptions;

  constructor(text: string, options: BuildOptions) {
    this.#text = text;
    this.#options = options;
  }

  visit(expression: Expression): void {
    switch (expression.kind) {
      case 'word':
        this.#checkScript([expression.text], expression.at);
        break;
      case 'phrase':
        this.#checkScript(expression.words, expression.at);
        break;
      case 'or':
        this.#checkStems(expression.parts);
        break;
      case 'near':
        this.#checkSides(expression.parts, expression.at);
        break;
      case 'quorum':
        this.#checkQuorum(expression.parts);
        break;
      case 'and':
        for (const veto of expression.vetoes) this.#checkVeto(veto);
        break;
      case 'field':
        if (!['title', 'lead', 'body'].includes(expression.field)) return;
        break;
      default:
    }
    for (const child of childrenOf(expression)) this.visit(child);
  }

  #warn(code: string, message: string, [start, end]: At, hint: string): void {
    this.problems.push({ severity: 'warning', code, message, start, end, hint });
  }

  /** A Latin а in a Cyrillic word looks right and matches nothing. */
  #checkScript(words: readonly string[], at: At): void {
    for (const word of words) {
      const uncut = scriptWithoutSegmenter(word);
      if (uncut !== null) {
        const hint = 'use the Node.js version that package.json requires, with full ICU data';
        this.#warn(
          'W_NO_SEGMENTER',
          `this Node.js cannot split ${uncut} into words: ${word} is also found inside other words`,
          at,
          hint,
        );
        return;
      }
      const scripts = SCRIPTS.filter(([, letters]) => letters.test(word)).map(([name]) => name);
      if (scripts.length < 2) continue;
      const hint = 'type the word again on one keyboard layout';
      this.#warn('W_MIXED_SCRIPT', `${word} mixes ${scripts.join(' and ')} letters`, at, hint);
    }
  }

  #checkStems(parts: readonly Expression[]): void {
    const seen = new Map<string, string>();
    for (const part of parts) {
      if (part.kind !== 'word') continue;
      for (const key of keysOfWord(part.text, part.exactCase, this.#options.language)) {
        if (!key.startsWith('stem ')) continue;
        const before = seen.get(key);
        if (before === undefined) seen.set(key, part.text);
        else {
          const hint = `remove one, or quote both to match only these forms: "${before}" OR "${part.text}"`;
          this.#warn('W_STEM_COLLISION', `${part.text} has the same forms as ${before}`, part.at, hint);
        }
      }
    }
  }

  /** One word cannot stand for both sides, so a text with the word once does not match. */
  #checkSides(parts: readonly Expression[], at: At): void {
    const seen = new Map<string, number>();
    parts.forEach((part, side) => {
      for (const [key, written] of this.#wordsOf(part)) {
        const before = seen.get(key);
        if (before === undefined) seen.set(key, side);
        else if (before !== side) {
          const hint = 'one word never counts for both sides; remove it from one of them';
          this.#warn('W_SAME_WORD_BOTH_SIDES', `${written} is on both sides`, at, hint);
          return;
        }
      }
    });
  }

  /** Each part counts for itself, so a word in two of them makes two of one. */
  #checkQuorum(parts: readonly Expression[]): void {
    const seen = new Set<string>();
    for (const part of parts) {
      const written = this.#text.slice(part.at[0], part.at[1]);
      const keys = [...this.#wordsOf(part).keys(), `text ${foldWord(written)}`];
      if (keys.some((key) => seen.has(key))) {
        const hint = 'one occurrence counts for every part that contains it; remove it from one of them';
        this.#warn('W_SAME_WORD_TWICE', `${written} shares a word with an earlier part`, part.at, hint);
      }
      for (const key of keys) seen.add(key);
    }
  }

  #checkVeto(veto: Expression): void {
    for (const [key, written] of this.#wordsOf(veto)) {
      if (isNameInCapitals(key.replace(/^raw /, ''))) continue;
      if (!isVeryCommon(foldWord(written), commonKey(this.#options.language))) continue;
      const hint = `to exclude it only nearby, write NOT NEAR/10 ${written}`;
      const message = `AND NOT ${written} excludes every text that contains this very common word`;
      this.#warn('W_NOT_COMMON', message, veto.at, hint);
      return;
    }
  }

  checkAnchor(clause: Clause): void {
    const rarest = rarestRequired(clause, commonKey(this.#options.language));
    const common = rarest?.common[0];
    if (common === undefined) return;
    const hint = 'join it with a rarer word: AND, or NEAR/8';
    const message = `${common} is one of the most common words, and no rarer word is required with it`;
    this.#warn('W_COMMON_ANCHOR', message, [0, this.#text.length], hint);
  }

  /** Sets are named again and again. */
  #parsed(text: string): Expression | null {
    const known = this.#options.memory?.parsed.get(text);
    if (known !== undefined) return known.expression;
    const parsed = parseExpression(text, this.#options.limits);
    this.#options.memory?.parsed.set(text, parsed);
    return parsed.expression;
  }

  /** Single words of the text anywhere in an expression, those of its sets too: what each matches -> as it was written. */
  #wordsOf(expression: Expression, depth = 0): Map<string, string> {
    const words = new Map<string, string>();
    const add = (more: Iterable<readonly [string, string]>) => {
      for (const [key, written] of more) words.set(key, written);
    };
    if (expression.kind === 'word') {
      const { text, exactCase } = expression;
      add(keysOfWord(text, exactCase, this.#options.language).map((key) => [key, text]));
    } else if (expression.kind === 'set' && depth < MOST_SETS) {
      for (const [, text] of expressionsOfSet(this.#options.sets, expression.name, this.#options.language)) {
        const inner = this.#parsed(text);
        if (inner !== null) add(this.#wordsOf(inner, depth + 1));
      }
    } else if (!isDescription(expression)) {
      for (const child of childrenOf(expression)) add(this.#wordsOf(child, depth));
    }
    return words;
  }
}

/** What describes the article, such as `lang:en`, is not a word of its text. */
const isDescription = (expression: Expression): boolean =>
  expression.kind === 'field' && (DESCRIPTION_FIELDS as readonly string[]).includes(expression.field);

const MOST_SETS = 6;
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
];

/** Of documents that have a name in capitals, such as US: many, but no word that nearly all have. */
const SHARE_OF_CAPITALS = 0.05;

const commonKey = (language: string): string => (language === ANY_LANGUAGE ? 'und' : language);

/** One text per way that a word of one token may match; nothing for words of several tokens. */
function keysOfWord(text: string, exactCase: boolean, language: string): string[] {
  return patternsOfWord(text, exactCase ? 'case' : 'forms', language)
    .filter((words) => words.length === 1)
    .map(([pattern]) => keyOf(pattern!));
}

function keyOf(pattern: WordPattern): string {
  switch (pattern.form) {
    case 'any':
      return 'any';
    case 'document-stem':
      return `stem * ${foldWord(pattern.word)}`;
    case 'stem':
      return `stem ${pattern.language} ${pattern.value}`;
    default:
      return `${pattern.form} ${pattern.value}`;
  }
}

interface Required {
  /** What of it is very common. */
  readonly common: readonly string[];
  /** Share of documents that have one of the words. */
  readonly share: number;
}

/** The rarest thing that a clause cannot do without; null when it needs no word. */
function rarestRequired(clause: Clause, language: string): Required | null {
  const recur = (part: Clause) => rarestRequired(part, language);
  const rarest = (all: readonly (Required | null)[]) =>
    all.reduce((best, each) => (best === null || (each !== null && each.share < best.share) ? each : best), null);
  switch (clause.kind) {
    case 'term':
      return requiredOfRun(clause.words, language);
    case 'or': {
      const parts = clause.parts.map(recur).filter((each) => each !== null);
      if (parts.length < clause.parts.length) return null;
      return { common: parts.flatMap(({ common }) => common), share: parts.reduce((sum, { share }) => sum + share, 0) };
    }
    case 'near':
      return rarest(clause.parts.map(recur));
    case 'some':
      return clause.count === clause.parts.length ? rarest(clause.parts.map(recur)) : null;
    case 'without':
    case 'not-near':
      return recur(clause.keep);
    case 'at-least':
      return recur(clause.part);
    default:
      return null;
  }
}

/** Words side by side say more than each of them: "estado de guerra" is three common words, and rare. */
function requiredOfRun(run: readonly WordPattern[], language: string): Required | null {
  const required = run.map((pattern) => requiredOf(pattern, language)).filter((each) => each !== null);
  if (required.length === 0) return null;
  const share = Math.min(...required.map((each) => each.share));
  return { common: run.length === 1 ? required[0]!.common : [], share };
}

/** `=US` is not the word us. */
const isNameInCapitals = (raw: string): boolean =>
  raw.length > 1 && raw === raw.toUpperCase() && raw !== raw.toLowerCase();

function requiredOf(pattern: WordPattern, language: string): Required | null {
  if (pattern.form === 'any') return null;
  if (pattern.form === 'raw' && isNameInCapitals(pattern.value)) return { common: [], share: SHARE_OF_CAPITALS };
  const word = 'word' in pattern ? foldWord(pattern.word) : foldWord(pattern.value);
  if (pattern.form === 'prefix' || pattern.form === 'suffix' || pattern.form === 'infix') {
    return { common: [], share: 1 / (word.length + 1) ** 2 };
  }
  return { common: isVeryCommon(word, language) ? [word] : [], share: commonness(word, language) };
}
