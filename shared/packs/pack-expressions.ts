// The expressions of a pack and the sets that they name: reads and checks them, and finds the sets that a topic needs.
import {
  BuildMemory,
  type BuildOptions,
  buildClause,
  expressionsOfSet,
  type Sets,
} from '../matching/compile/build-clause.ts';
import { ANY_LANGUAGE } from '../matching/compile/word-patterns.ts';
import { DEFAULT_LIMITS, type TopicLimits } from '../query/limits.ts';
import { parseExpression } from '../query/parse-expression.ts';
import { childrenOf, type Expression } from '../query/syntax.ts';
import { reviewExpression } from './review.ts';
import { checkLanguage } from './yaml-fields.ts';
import {
  isList,
  isMapping,
  itemsOf,
  type Located,
  pairsOf,
  textOf,
  type YamlNode,
  type YamlSource,
} from './yaml-source.ts';

/** Per language, or `*`. */
export type LocatedExpressions = Readonly<Record<string, readonly Located<string>[]>>;
/** Per set and language. */
export type LocatedSets = Readonly<Record<string, Readonly<Record<string, Located<string>>>>>;

export interface PackExpressionsOptions {
  readonly limits?: TopicLimits;
  readonly memory?: BuildMemory;
  readonly isReviewed?: boolean;
}

export class PackExpressions {
  readonly #source: YamlSource;
  readonly #limits: TopicLimits;
  readonly #memory: BuildMemory;
  readonly #isReviewed: boolean;
  readonly #usedSets = new Set<string>();

  constructor(source: YamlSource, options: PackExpressionsOptions) {
    this.#source = source;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#memory = options.memory ?? new BuildMemory();
    this.#isReviewed = options.isReviewed ?? true;
  }

  /** A text, a list of texts, or either per language. A text or list without language holds for every language. */
  read(node: YamlNode, name: string, topic: string | undefined): LocatedExpressions {
    if (node === undefined || node === null) return {};
    if (!isMapping(node)) {
      const entries = this.#readEntries(node, name, topic);
      return entries.length === 0 ? {} : { [ANY_LANGUAGE]: entries };
    }
    const byLanguage: Record<string, readonly Located<string>[]> = {};
    for (const { key, value } of pairsOf(node)) {
      checkLanguage(this.#source, key, topic);
      byLanguage[key.value] = this.#readEntries(value, `${name}: ${key.value}:`, topic);
    }
    return byLanguage;
  }

  #readEntries(node: YamlNode, name: string, topic: string | undefined): Located<string>[] {
    const nodes = isList(node) ? itemsOf(node) : [node];
    const entries: Located<string>[] = [];
    for (const each of nodes) {
      const value = textOf(each);
      if (value !== undefined) entries.push({ value, node: each });
      else {
        const hint = 'put an expression that begins with { [ " or *, or contains ": ", in \'single quotes\'';
        this.#source.report('error', 'E_TYPE', `${name} must contain only expressions as text`, each ?? node, {
          hint,
          topic,
        });
      }
    }
    return entries;
  }

  /** Reports what is wrong with expressions, and what may be. `mayLackText`: a clause about metadata alone will do. */
  check(expressions: LocatedExpressions, sets: Sets, mayLackText: boolean, topic: string | undefined): void {
    for (const [language, entries] of Object.entries(expressions)) {
      for (const entry of entries) {
        const options = this.#optionsFor(language, sets, mayLackText);
        const { problems } = buildClause(entry.value, options);
        for (const problem of problems) this.#source.reportInside(problem, entry, topic);
        const warnings = this.#isReviewed ? reviewExpression(entry.value, options) : [];
        for (const warning of warnings) this.#source.reportInside(warning, entry, topic);
      }
    }
  }

  #optionsFor(language: string, sets: Sets, mayLackText: boolean): BuildOptions {
    return { language, sets, limits: this.#limits, mayLackText, memory: this.#memory };
  }

  /** Each costs a look at every word of a text; the same one counts once, wherever it stands. */
  checkLeadingWildcards(
    all: readonly LocatedExpressions[],
    used: Sets,
    topic: string | undefined,
    node: YamlNode,
  ): void {
    const texts = [
      ...all.flatMap((expressions) =>
        Object.entries(expressions).flatMap(([language, entries]) =>
          entries.map(({ value }) => [language, value] as const),
        ),
      ),
      ...Object.values(used).flatMap((byLanguage) => Object.entries(byLanguage)),
    ];
    const byLanguage = new Map<string, Set<string>>();
    for (const [language, text] of texts) {
      const found = byLanguage.get(language) ?? new Set<string>();
      byLanguage.set(language, found);
      const expression = this.#parsed(text);
      if (expression === null) continue;
      walk(expression, (each) => {
        const words = each.kind === 'word' ? [each.text] : each.kind === 'phrase' ? each.words : [];
        for (const word of words) if (word.length > 1 && word.startsWith('*')) found.add(word);
      });
    }
    const most = this.#limits.leadingWildcards;
    for (const [language, { size }] of byLanguage) {
      if (size <= most) continue;
      const message = `${size} words of ${language} begin with *; at most ${most} are allowed per topic and language`;
      const hint = 'write the beginnings of the words instead, or split the topic';
      this.#source.report('error', 'E_LIMIT', message, node, { hint, topic });
    }
  }

  #parsed(text: string): Expression | null {
    const known = this.#memory.parsed.get(text) ?? parseExpression(text, this.#limits);
    this.#memory.parsed.set(text, known);
    return known.expression;
  }

  /** The sets that the topic names, and those that they name, in the languages it needs. */
  setsUsedBy(all: readonly LocatedExpressions[], sets: Sets): Sets {
    const used: Record<string, Record<string, string>> = {};
    const visited = new Set<string>();
    const visitSet = (name: string, language: string): void => {
      this.#usedSets.add(name);
      const prefix = name.includes('/') ? name.slice(0, name.indexOf('/') + 1) : '';
      for (const [own, source] of expressionsOfSet(sets, name, language)) {
        if (visited.has(`${own} ${name}`)) continue;
        visited.add(`${own} ${name}`);
        const key = Object.hasOwn(sets[name] ?? {}, own) ? own : ANY_LANGUAGE;
        used[name] = { ...used[name], [key]: source };
        visit(source, own, prefix);
      }
    };
    const visit = (text: string, language: string, prefix: string): void => {
      const expression = this.#parsed(text);
      if (expression === null) return;
      walk(expression, (each) => {
        if (each.kind === 'set') visitSet(each.name.includes('/') ? each.name : prefix + each.name, language);
      });
    };
    for (const expressions of all) {
      for (const [language, entries] of Object.entries(expressions)) {
        for (const entry of entries) visit(entry.value, language, '');
      }
    }
    return Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Unused sets are still checked, and pointed out: a renamed set is easily left behind. */
  checkSets(located: LocatedSets, sets: Sets, packId: string, warnUnused: boolean): void {
    for (const [name, byLanguage] of Object.entries(located)) {
      for (const [language, expression] of Object.entries(byLanguage)) {
        const options = this.#optionsFor(language, sets, true);
        const { problems } = buildClause(expression.value, options);
        for (const problem of problems) {
          if (problem.code !== 'W_MANY_TERMS') this.#source.reportInside(problem, expression);
        }
        const warnings = this.#isReviewed ? reviewExpression(expression.value, options) : [];
        for (const warning of warnings) this.#source.reportInside(warning, expression);
      }
      if (!warnUnused || this.#usedSets.has(name) || this.#usedSets.has(`${packId}/${name}`)) continue;
      const first = Object.values(byLanguage)[0];
      if (first === undefined) continue;
      const hint = 'remove it, or use it in an expression';
      this.#source.report('warning', 'W_UNUSED_SET', `no topic of this pack uses {${name}}`, first.node, { hint });
    }
  }
}

function walk(expression: Expression, visit: (each: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) walk(child, visit);
}
