// A topic pack (YAML) -> its topics and tests, and everything that is wrong with it, all at once. A broken topic never
// costs the others. schema/topic-pack.schema.json says the same to editors.
import { createHash } from 'node:crypto';
import { BuildMemory, type BuildOptions, buildClause, expressionsOfSet, type Sets } from '../matching/build-clause.ts';
import { reviewExpression } from '../matching/review.ts';
import { ANY_LANGUAGE } from '../matching/word-patterns.ts';
import type { ExpressionsByLanguage, Severity, Topic } from '../model/topic.ts';
import { detectLanguage } from '../text/language.ts';
import { countScripts, leadingScript, scriptsOf } from '../text/script-counts.ts';
import { DEFAULT_LIMITS, type TopicLimits } from './limits.ts';
import { parseExpression } from './parse-expression.ts';
import { formatProblem, nearest, type Problem } from './problems.ts';
import { childrenOf, type Expression } from './syntax.ts';
import { isList, isMapping, itemsOf, type Located, pairsOf, textOf, type YamlNode, YamlSource } from './yaml-source.ts';

export type { Problem };
export { formatProblem };

/** One example from a pack: a text in which the topic must, or must not, be found. */
export interface TopicTest {
  readonly topicId: string;
  readonly expect: 'match' | 'no';
  /** Empty where `file` names the text: whoever runs the test reads it first. */
  readonly text: string;
  readonly title: string;
  /** File with the text, relative to the pack's folder; null when the pack holds the text itself. */
  readonly file: string | null;
  /** The sentences that must hold highlighted words, and no others may: 1 is the first, 0 the title. Null: any. */
  readonly sentences: readonly number[] | null;
  /** As stated by `lang:`; null leaves the language to be detected. */
  readonly language: string | null;
  /** What the highlighted words of a passage must hold; null when any passage will do. */
  readonly passage: string | null;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface ParsedPack {
  /** Empty when the file has none that can be read. */
  readonly packId: string;
  /** It states a licence: made to be used by others. */
  readonly isShared: boolean;
  readonly topics: readonly Topic[];
  readonly tests: readonly TopicTest[];
  readonly problems: readonly Problem[];
}

export interface ParsePackOptions {
  /** Sets of other packs, under `pack/name`. */
  readonly library?: Sets;
  readonly limits?: TopicLimits;
  /** What other packs with the same limits have read: most of it are sets that they share. */
  readonly memory?: BuildMemory;
  /** False: warnings of expressions are left out, which cost as much as reading them. */
  readonly isReviewed?: boolean;
}

export const API_VERSION = 'tocsin.dev/v1';
const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
const DEFAULT_PASSAGE = { context: 0, max: 3, maxChars: 420 } as const;
const PACK_KEYS = ['apiVersion', 'kind', 'pack', 'sets', 'topics'];
const ABOUT_KEYS = ['id', 'version', 'title', 'description', 'license', 'author', 'homepage'];
const TOPIC_KEYS = ['id', 'title', 'description', 'codes', 'severity', 'any', 'all', 'none', 'passage', 'tests'];
const TEST_KEYS = ['match', 'no', 'passage', 'title', 'lang'];
const TEST_FILE_KEYS = ['file', 'lang', 'title', 'sentences'];
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** What may stand between { and }. */
const SET_NAME = /^[^\s{}()"/]+$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export function parsePack(yamlText: string, path: string, options: ParsePackOptions = {}): ParsedPack {
  return new PackReader(new YamlSource(yamlText, path), options).read();
}

/** Several packs that may use one another's sets, `{pack/name}`. Of two with one id, the first one's sets are used. */
export function parsePacks(
  files: readonly { readonly path: string; readonly text: string }[],
  limits?: TopicLimits,
  isReviewed = true,
): readonly ParsedPack[] {
  const library: Record<string, Readonly<Record<string, string>>> = {};
  const sources = files.map(({ path, text }) => new YamlSource(text, path));
  for (const source of sources) {
    const { packId, sets } = new PackReader(source, {}).readSets();
    for (const [name, set] of Object.entries(sets)) library[`${packId}/${name}`] ??= set;
  }
  const memory = new BuildMemory();
  const owners: Owners = { packs: new Map(), topics: new Map() };
  return sources.map((source) => new PackReader(source, { library, limits, memory, isReviewed }).read(owners));
}

/** Who has which id among packs that are read together: pack -> its file, topic -> its pack. */
interface Owners {
  readonly packs: Map<string, string>;
  readonly topics: Map<string, string>;
}

type LocatedExpressions = Record<string, Located<string>[]>;

class PackReader {
  readonly #source: YamlSource;
  readonly #library: Sets;
  readonly #limits: TopicLimits;
  readonly #memory: BuildMemory;
  readonly #isReviewed: boolean;
  readonly #usedSets = new Set<string>();
  readonly #seenTopics = new Set<string>();
  #packId = '';
  #version = '';

  constructor(source: YamlSource, options: ParsePackOptions) {
    this.#source = source;
    this.#library = options.library ?? {};
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#memory = options.memory ?? new BuildMemory();
    this.#isReviewed = options.isReviewed ?? true;
  }

  read(owners: Owners = { packs: new Map(), topics: new Map() }): ParsedPack {
    const source = this.#source;
    if (!isMapping(source.root)) {
      source.report('error', 'E_TYPE', 'a topic pack is a mapping', source.root, {
        hint: `apiVersion: ${API_VERSION}`,
      });
      return { packId: '', isShared: false, topics: [], tests: [], problems: source.problems };
    }
    const fields = this.#fieldsOf(source.root, PACK_KEYS, 'a topic pack');
    this.#expectText(fields, 'apiVersion', API_VERSION);
    this.#expectText(fields, 'kind', 'TopicPack');
    const isShared = this.#readAbout(fields.get('pack'), owners);
    const { located, sets } = this.#readSets(fields.get('sets'), true);
    const all: Sets = { ...this.#library, ...sets };
    const topics: Topic[] = [];
    const tests: TopicTest[] = [];
    if (fields.has('topics') && !isList(fields.get('topics'))) {
      const hint = '- id: my-topic, and so on, each with a - before it';
      source.report('error', 'E_TYPE', 'topics: is a list', fields.get('topics'), { hint });
    }
    for (const item of itemsOf(fields.get('topics'))) {
      const topic = this.#readTopic(item, all, tests, owners);
      if (topic !== null) topics.push(topic);
    }
    const allRead = topics.length === itemsOf(fields.get('topics')).length;
    this.#checkSets(located, all, allRead && topics.length > 0);
    return { packId: this.#packId, isShared, topics, tests, problems: source.problemsInOrder() };
  }

  /** Only what other packs may use. */
  readSets(): { packId: string; sets: Sets } {
    const fields = new Map(pairsOf(this.#source.root).map(({ key, value }) => [key.value, value]));
    const id = pairsOf(fields.get('pack')).find(({ key }) => key.value === 'id');
    return { packId: textOf(id?.value) ?? '', sets: this.#readSets(fields.get('sets'), false).sets };
  }

  #readAbout(node: YamlNode, { packs }: Owners): boolean {
    const fields = this.#fieldsOf(node, ABOUT_KEYS, 'pack:');
    this.#packId = this.#readMatching(fields, 'id', ID, 'pack:', node, 'lower-case words joined by -: my-pack') ?? '';
    this.#version = this.#readMatching(fields, 'version', VERSION, 'pack:', node, 'three numbers: 1.0.0') ?? '0.0.0';
    for (const name of ['title', 'description', 'author', 'homepage']) this.#readText(fields, name, 'pack:');
    const owner = packs.get(this.#packId);
    if (owner !== undefined && this.#packId !== '') {
      const hint = 'give one of them another id';
      const message = `pack ${this.#packId} is in ${owner} too`;
      this.#source.report('error', 'E_DUPLICATE', message, fields.get('id'), { hint });
    }
    packs.set(this.#packId, owner ?? this.#source.path);
    return this.#readText(fields, 'license', 'pack:') !== undefined;
  }

  /** The text under a key; undefined when the key is not there, or with a problem when something else stands there. */
  #readText(fields: Map<string, YamlNode>, name: string, where: string, topic?: string): string | undefined {
    if (!fields.has(name)) return undefined;
    const value = textOf(fields.get(name));
    if (value === undefined) {
      const hint = 'write a text, or leave the key out';
      this.#source.report('error', 'E_TYPE', `${where} ${name}: is a text`, fields.get(name), { hint, topic });
    }
    return value;
  }

  #readMatching(
    fields: Map<string, YamlNode>,
    name: string,
    pattern: RegExp,
    where: string,
    node: YamlNode,
    hint: string,
  ): string | undefined {
    const value = textOf(fields.get(name));
    if (value === undefined) {
      this.#source.report('error', 'E_MISSING', `${where} has no ${name}`, fields.get(name) ?? node, {
        hint: `${name}: ${hint}`,
      });
      return undefined;
    }
    if (pattern.test(value)) return value;
    this.#source.report('error', 'E_VALUE', `${name}: ${JSON.stringify(value)}`, fields.get(name), { hint });
    return undefined;
  }

  #readSets(node: YamlNode, report: boolean): { located: Record<string, Record<string, Located<string>>>; sets: Sets } {
    const located: Record<string, Record<string, Located<string>>> = {};
    if (report && node !== undefined && !isMapping(node)) {
      this.#source.report('error', 'E_TYPE', 'sets: is a mapping', node, { hint: 'sets: { forces: { en: a OR b } }' });
    }
    for (const { key, value } of pairsOf(node)) {
      if (report && !SET_NAME.test(key.value)) {
        const hint = 'letters, digits, - and _: armed_forces';
        this.#source.report('error', 'E_VALUE', `${JSON.stringify(key.value)} cannot name a set`, key.node, { hint });
      }
      const byLanguage: Record<string, Located<string>> = {};
      const single = textOf(value);
      if (single !== undefined) byLanguage[ANY_LANGUAGE] = { value: single, node: value };
      for (const { key: language, value: text } of pairsOf(value)) {
        const expression = textOf(text);
        if (expression !== undefined) byLanguage[language.value] = { value: expression, node: text };
        else if (report)
          this.#source.report(
            'error',
            'E_TYPE',
            `set ${key.value}, ${language.value}: is an expression in text`,
            text ?? language.node,
            { hint: 'several go into one expression: a OR b' },
          );
        if (report) this.#checkLanguage(language);
      }
      if (report && Object.keys(byLanguage).length === 0) {
        this.#source.report('error', 'E_TYPE', `set ${key.value} has no expression`, value ?? key.node, {
          hint: `${key.value}: { en: a OR b }`,
        });
      }
      located[key.value] = byLanguage;
    }
    const sets = mapValues(located, (byLanguage) => mapValues(byLanguage, (expression) => expression.value));
    return { located, sets };
  }

  #checkLanguage(language: Located<string>, topic?: string): void {
    if (language.value === ANY_LANGUAGE || /^[a-z]{2,3}$/.test(language.value)) return;
    const hint = 'two letters such as en, or * for every language';
    this.#source.report(
      'error',
      'E_LANGUAGE',
      `${JSON.stringify(language.value)} is not a language code`,
      language.node,
      { hint, topic },
    );
  }

  #readTopic(node: YamlNode, sets: Sets, tests: TopicTest[], owners: Owners): Topic | null {
    const before = this.#errorCount();
    const fields = this.#fieldsOf(node, TOPIC_KEYS, 'a topic');
    const id = this.#readMatching(fields, 'id', ID, 'a topic', node, 'lower-case words joined by -: troop-deployment');
    const title = this.#readText(fields, 'title', `topic ${id ?? ''}`, id);
    if (!fields.has('title')) {
      const hint = 'title: a name for people';
      this.#source.report('error', 'E_MISSING', `topic ${id ?? ''} has no title`, node, { hint, topic: id });
    }
    const description = this.#readText(fields, 'description', `topic ${id ?? ''}`, id);
    if (id !== undefined) this.#claim(id, node, owners);
    const errorsSoFar = this.#errorCount();
    const any = this.#readExpressions(fields.get('any'), 'any', id);
    const anyIsRead = this.#errorCount() === errorsSoFar;
    const all = this.#readExpressions(fields.get('all'), 'all', id);
    const none = this.#readExpressions(fields.get('none'), 'none', id);
    if (Object.values(any).flat().length === 0 && anyIsRead) {
      const hint = 'any: { en: [ troops NEAR/5 deploy ] }';
      this.#source.report(
        'error',
        'E_MISSING',
        `topic ${id ?? ''} has nothing to look for`,
        fields.get('any') ?? node,
        { hint, topic: id },
      );
    }
    this.#checkExpressions(any, sets, false, id);
    this.#checkExpressions(all, sets, true, id);
    this.#checkExpressions(none, sets, true, id);
    const used = this.#setsUsedBy([any, all, none], sets);
    this.#checkLeadingWildcards([any, all, none], used, id, node);
    const severity = this.#readSeverity(fields, id);
    const codes = this.#readCodes(fields.get('codes'), id);
    const passage = this.#readPassage(fields.get('passage'), id);
    if (id !== undefined) this.#readTests(fields.get('tests'), id, Object.keys(any), tests, node);
    if (id === undefined || title === undefined || this.#errorCount() > before) return null;
    const definition = {
      id,
      title,
      description: description?.trim() ?? '',
      severity,
      codes,
      any: textsOf(any),
      all: textsOf(all),
      none: textsOf(none),
      sets: used,
      passage,
    };
    const hash = createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 7);
    return { ...definition, pack: this.#packId, version: `${this.#version}+${hash}` };
  }

  /** Two topics of one id would take each other's matches and subscriptions, even where one of them has errors. */
  #claim(id: string, node: YamlNode, { topics }: Owners): void {
    const owner = topics.get(id);
    topics.set(id, owner ?? this.#packId);
    const isTwiceHere = this.#seenTopics.has(id);
    this.#seenTopics.add(id);
    if (owner === undefined) return;
    const message = isTwiceHere ? `topic ${id} is there twice` : `topic ${id} is in pack ${owner} too`;
    this.#source.report('error', 'E_DUPLICATE', message, node, { hint: 'give one of them another id', topic: id });
  }

  #errorCount(): number {
    return this.#source.problems.filter((each) => each.severity === 'error').length;
  }

  /** A text, a list of texts, or either per language. A text or list without language holds for every language. */
  #readExpressions(node: YamlNode, name: string, topic: string | undefined): LocatedExpressions {
    if (node === undefined || node === null) return {};
    if (!isMapping(node)) {
      const entries = this.#readEntries(node, name, topic);
      return entries.length === 0 ? {} : { [ANY_LANGUAGE]: entries };
    }
    const byLanguage: LocatedExpressions = {};
    for (const { key, value } of pairsOf(node)) {
      this.#checkLanguage(key, topic);
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
        const hint = 'put an expression that begins with { [ " or *, or holds ": ", in \'single quotes\'';
        this.#source.report('error', 'E_TYPE', `${name} takes expressions in text`, each ?? node, { hint, topic });
      }
    }
    return entries;
  }

  #checkExpressions(
    expressions: LocatedExpressions,
    sets: Sets,
    mayLackText: boolean,
    topic: string | undefined,
  ): void {
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
  #checkLeadingWildcards(
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
      const message = `${size} words of ${language} begin with *; at most ${most} are allowed in a language of a topic`;
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
  #setsUsedBy(all: readonly LocatedExpressions[], sets: Sets): Sets {
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

  /** Sets nobody uses are still checked, and pointed out: a renamed set is easily left behind. */
  #checkSets(located: Record<string, Record<string, Located<string>>>, sets: Sets, warnUnused: boolean): void {
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
      if (!warnUnused || this.#usedSets.has(name) || this.#usedSets.has(`${this.#packId}/${name}`)) continue;
      const first = Object.values(byLanguage)[0];
      if (first === undefined) continue;
      const hint = 'take it out, or name it in an expression';
      this.#source.report('warning', 'W_UNUSED_SET', `no topic of this pack uses {${name}}`, first.node, { hint });
    }
  }

  #readSeverity(fields: Map<string, YamlNode>, topic: string | undefined): Severity {
    const value = this.#readText(fields, 'severity', `topic ${topic ?? ''}`, topic);
    const known = SEVERITIES.find((each) => each === value);
    if (value === undefined || known !== undefined) return known ?? 'medium';
    const hint = `one of ${SEVERITIES.join(', ')}`;
    const message = `severity: ${JSON.stringify(value)}`;
    this.#source.report('error', 'E_VALUE', message, fields.get('severity'), { hint, topic });
    return 'medium';
  }

  /** Taxonomy -> code or codes; numbers are taken as they are written. */
  #readCodes(node: YamlNode, topic: string | undefined): Topic['codes'] {
    if (node === undefined) return {};
    const pairs = pairsOf(node);
    const isText = (each: YamlNode): boolean => textOf(each) !== undefined;
    const wrong = isMapping(node)
      ? pairs.find(({ value }) => !isText(value) && !(isList(value) && itemsOf(value).every(isText)))
      : { value: node, key: { node } };
    if (wrong !== undefined) {
      const hint = 'codes: { cameo: ["154", "074"], plover: MOBILIZE }';
      const message = 'codes: gives each taxonomy a code or a list of codes';
      this.#source.report('error', 'E_TYPE', message, wrong.value ?? wrong.key.node, { hint, topic });
      return {};
    }
    return Object.fromEntries(
      pairs.map(({ key, value }) => [key.value, textOf(value) ?? itemsOf(value).map((each) => textOf(each) ?? '')]),
    );
  }

  #readPassage(node: YamlNode, topic: string | undefined): Topic['passage'] {
    const fields =
      node === undefined || node === null
        ? new Map<string, YamlNode>()
        : this.#fieldsOf(node, ['context', 'max', 'maxChars'], 'passage:', topic);
    const read = (name: 'context' | 'max' | 'maxChars', least: number, most: number): number => {
      const written = textOf(fields.get(name));
      if (written === undefined) return DEFAULT_PASSAGE[name];
      const value = Number(written);
      if (Number.isInteger(value) && value >= least && value <= most) return value;
      const hint = `a whole number from ${least} to ${most}`;
      this.#source.report('error', 'E_VALUE', `passage ${name}: ${JSON.stringify(written)}`, fields.get(name), {
        hint,
        topic,
      });
      return DEFAULT_PASSAGE[name];
    };
    return { context: read('context', 0, 3), max: read('max', 1, 5), maxChars: read('maxChars', 80, 2_000) };
  }

  #readTests(
    node: YamlNode,
    topicId: string,
    languages: readonly string[],
    tests: TopicTest[],
    topicNode: YamlNode,
  ): void {
    const own: TopicTest[] = [];
    if (node !== undefined && node !== null && !isList(node)) {
      this.#source.report('error', 'E_TYPE', 'tests: is a list', node, { hint: '- match: "a text"', topic: topicId });
    }
    for (const item of itemsOf(node)) {
      const test = this.#readTest(item, topicId);
      if (test !== null) own.push(test);
    }
    tests.push(...own);
    const lacking = languagesWithoutTests(own, languages);
    if (lacking === null) return;
    const hint = 'tests: [ { match: "…", passage: "…" }, { no: "…" } ]';
    this.#source.report('warning', 'W_NO_NEGATIVE_TEST', `topic ${topicId} has ${lacking}`, node ?? topicNode, {
      hint,
      topic: topicId,
    });
  }

  #readTest(item: YamlNode, topicId: string): TopicTest | null {
    const fields = this.#fieldsOf(item, TEST_KEYS, 'a test', topicId);
    const refuse = (code: string, message: string, node: YamlNode, hint: string): null => {
      this.#source.report('error', code, message, node ?? item, { hint, topic: topicId });
      return null;
    };
    if (fields.has('match') === fields.has('no')) {
      const hint = '- match: "a text"   or   - no: "a text"';
      return refuse('E_TEST', 'a test has either match: or no:, with a text', item, hint);
    }
    const expect = fields.has('match') ? 'match' : 'no';
    const node = fields.get(expect);
    const inFile = isMapping(node) ? this.#fieldsOf(node, TEST_FILE_KEYS, `${expect}:`, topicId) : null;
    const before = this.#errorCount();
    const text = inFile === null ? this.#readText(fields, expect, 'a test,', topicId) : '';
    const file = inFile === null ? undefined : this.#readText(inFile, 'file', `${expect}:`, topicId);
    const passage = this.#readText(fields, 'passage', 'a test,', topicId);
    const language = this.#readTestLanguage(inFile?.has('lang') === true ? inFile : fields, topicId);
    const sentences = this.#readSentences(inFile?.get('sentences'), topicId);
    const title = this.#readText(inFile?.has('title') === true ? inFile : fields, 'title', 'a test,', topicId);
    if (inFile !== null && (file === undefined || language === null)) {
      return refuse(
        'E_TEST',
        `${expect}: names a file and its language`,
        node,
        `${expect}: { file: news.txt, lang: en }`,
      );
    }
    if (text?.trim() === '' && inFile === null) return refuse('E_TEST', `${expect}: has no text`, node, 'write one');
    if (expect === 'no' && (passage !== undefined || sentences !== null)) {
      return refuse('E_TEST', 'no: has no passage and no sentences', item, 'they go with match:');
    }
    if (this.#errorCount() > before) return null;
    return {
      topicId,
      expect,
      text: text ?? '',
      title: title ?? '',
      language,
      passage: passage ?? null,
      file: file ?? null,
      sentences,
      path: this.#source.path,
      ...this.#source.positionOf(item),
    };
  }

  #readTestLanguage(fields: Map<string, YamlNode>, topic: string): string | null {
    const value = this.#readText(fields, 'lang', 'a test,', topic);
    if (value === undefined) return null;
    this.#checkLanguage({ value, node: fields.get('lang') }, topic);
    return value;
  }

  #readSentences(node: YamlNode, topic: string): readonly number[] | null {
    if (node === undefined) return null;
    const numbers = itemsOf(node).map((each) => Number(textOf(each) ?? Number.NaN));
    if (isList(node) && numbers.length > 0 && numbers.every((each) => Number.isInteger(each) && each >= 0)) {
      return numbers;
    }
    const hint = 'sentences: [2, 3, 4]; 0 is the title';
    this.#source.report('error', 'E_TYPE', 'sentences: is a list of numbers', node, { hint, topic });
    return null;
  }

  #fieldsOf(node: YamlNode, known: readonly string[], where: string, topic?: string): Map<string, YamlNode> {
    const fields = new Map<string, YamlNode>();
    if (!isMapping(node)) {
      const hint = 'write key: value, one a line';
      this.#source.report('error', 'E_TYPE', `${where} is a mapping of ${known.join(', ')}`, node, { hint, topic });
      return fields;
    }
    for (const { key, value } of pairsOf(node)) {
      fields.set(key.value, value);
      if (known.includes(key.value)) continue;
      const near = nearest(key.value, known);
      const hint = `${near === undefined ? '' : `did you mean ${near}? `}Known: ${known.join(', ')}`;
      this.#source.report('error', 'E_KEY', `${where} has no ${key.value}`, key.node, { hint, topic });
    }
    return fields;
  }

  #expectText(fields: Map<string, YamlNode>, name: string, expected: string): void {
    const value = textOf(fields.get(name));
    if (value === expected) return;
    const message = value === undefined ? `${name} is missing` : `${name}: ${value}`;
    this.#source.report('error', value === undefined ? 'E_MISSING' : 'E_VALUE', message, fields.get(name) ?? null, {
      hint: `${name}: ${expected}`,
    });
  }
}

/** What is missing, in words; null when every language of the topic has a test that matches and one that must not. */
function languagesWithoutTests(tests: readonly TopicTest[], languages: readonly string[]): string | null {
  if (languages.length === 0) return null;
  const lacking = (expect: TopicTest['expect']) => {
    const written = tests.filter((test) => test.expect === expect);
    return written.length === 0 ? languages : languages.filter((each) => !written.some((test) => isIn(test, each)));
  };
  const [matches, refusals] = [lacking('match'), lacking('no')];
  const within = (list: readonly string[]) => (languages.length === 1 ? '' : ` in ${list.join(', ')}`);
  const both = matches.filter((language) => refusals.includes(language));
  const parts = [
    both.length > 0 ? `no tests${within(both)}` : '',
    matches.length > both.length
      ? `no test that matches${within(matches.filter((language) => !both.includes(language)))}`
      : '',
    refusals.length > both.length
      ? `no test of what it must not match${within(refusals.filter((language) => !both.includes(language)))}`
      : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/** Short texts are easily taken for a neighbouring language, so a text that may be in the language counts. */
function isIn(test: TopicTest, language: string): boolean {
  if (language === ANY_LANGUAGE) return true;
  if (test.language !== null) return test.language === language;
  const text = `${test.title}\n${test.text}`;
  const script = leadingScript(countScripts(text));
  if (script !== null && !scriptsOf(language).includes(script)) return false;
  const found = detectLanguage(text);
  return found.language === language || found.language === 'und' || (!found.confident && found.second === language);
}

function textsOf(expressions: LocatedExpressions): ExpressionsByLanguage {
  return mapValues(expressions, (entries) => entries.map((entry) => entry.value));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function walk(expression: Expression, visit: (each: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) walk(child, visit);
}
