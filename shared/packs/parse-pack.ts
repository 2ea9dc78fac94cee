// A topic pack (YAML) -> its topics and tests, and everything that is wrong with it, all at once. A broken topic never
// costs the others. schema/topic-pack.schema.json says the same to editors.
import { createHash } from 'node:crypto';
import { BuildMemory, type Sets } from '../matching/compile/build-clause.ts';
import { ANY_LANGUAGE } from '../matching/compile/word-patterns.ts';
import type { ExpressionsByLanguage, Topic } from '../model/topic.ts';
import type { TopicLimits } from '../query/limits.ts';
import type { Problem } from '../query/problems.ts';
import { type LocatedExpressions, type LocatedSets, PackExpressions } from './pack-expressions.ts';
import { readTests, type TopicTest } from './pack-tests.ts';
import { FramedFiles, kindOf } from './parse-framed.ts';
import { ID, readCodes, readHistory, readNeighbours, readPassage, readSeverity } from './topic-fields.ts';
import { checkLanguage, errorCount, expectText, type Fields, fieldsOf, readMatching, readText } from './yaml-fields.ts';
import { isList, isMapping, itemsOf, type Located, pairsOf, textOf, type YamlNode, YamlSource } from './yaml-source.ts';

export interface ParsedPack {
  /** Empty when the file has none that can be read. */
  readonly packId: string;
  /** It states a licence: made to be used by others. */
  readonly isShared: boolean;
  readonly topics: readonly Topic[];
  readonly tests: readonly TopicTest[];
  /** The frames of its topic and what they are in each language; none in a pack of the first format. */
  readonly frames: readonly FrameRow[];
  readonly problems: readonly Problem[];
}

/** A frame of a topic: language -> how many expressions it is there. */
export interface FrameRow {
  readonly topic: string;
  readonly frame: string;
  readonly expressions: Readonly<Record<string, number>>;
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

const API_VERSION = 'tocsin.dev/v1';
const LATER_VERSION = /^tocsin\.dev\/v(?![12]$)[1-9]\d*$/;
const PACK_KEYS = ['apiVersion', 'kind', 'pack', 'history', 'sets', 'topics'];
const ABOUT_KEYS = ['id', 'version', 'title', 'description', 'license', 'author', 'homepage'];
const TOPIC_KEYS = [
  'id',
  'title',
  'description',
  'codes',
  'severity',
  'any',
  'all',
  'none',
  'neighbours',
  'history',
  'passage',
  'tests',
];
/** What may stand between { and }. */
const SET_NAME = /^[^\s{}()"/]+$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Packs that may use each other's sets, `{pack/name}`. Of two packs with the same id, the sets of the first are used. */
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
  const isFramed = (source: YamlSource) => kindOf(source) !== null;
  const framed = new FramedFiles(sources.filter(isFramed), { library, limits, memory, isReviewed });
  const options = { library: { ...library, ...framed.library }, limits, memory, isReviewed };
  const owners: Owners = { packs: new Map(), topics: new Map() };
  return sources.map((source) =>
    isFramed(source) ? framed.read(source, owners) : new PackReader(source, options).read(owners),
  );
}

/** Who has which id among packs that are read together: pack -> its file, topic -> its pack. */
export interface Owners {
  readonly packs: Map<string, string>;
  readonly topics: Map<string, string>;
}

class PackReader {
  readonly #source: YamlSource;
  readonly #library: Sets;
  readonly #expressions: PackExpressions;
  readonly #seenTopics = new Set<string>();
  #packId = '';
  #version = '';
  /** What the pack says for topics that do not say it themselves. */
  #history: Topic['history'];

  constructor(source: YamlSource, options: ParsePackOptions) {
    this.#source = source;
    this.#library = options.library ?? {};
    this.#expressions = new PackExpressions(source, options);
  }

  read(owners: Owners): ParsedPack {
    const source = this.#source;
    if (!isMapping(source.root)) {
      source.report('error', 'E_TYPE', 'a topic pack must be a mapping', source.root, {
        hint: `apiVersion: ${API_VERSION}`,
      });
      return { packId: '', isShared: false, topics: [], tests: [], frames: [], problems: source.problems };
    }
    const fields = fieldsOf(this.#source, source.root, PACK_KEYS, 'a topic pack');
    this.#expectVersion(fields);
    expectText(this.#source, fields, 'kind', 'TopicPack');
    const isShared = this.#readAbout(fields.get('pack'), owners);
    this.#history = readHistory(this.#source, fields, 'the pack', undefined);
    const { located, sets } = this.#readSets(fields.get('sets'), true);
    const all: Sets = { ...this.#library, ...sets };
    const topics: Topic[] = [];
    const tests: TopicTest[] = [];
    if (fields.has('topics') && !isList(fields.get('topics'))) {
      const hint = 'begin each topic with a dash: - id: my-topic';
      source.report('error', 'E_TYPE', 'topics: must be a list', fields.get('topics'), { hint });
    }
    for (const item of itemsOf(fields.get('topics'))) {
      const topic = this.#readTopic(item, all, tests, owners);
      if (topic !== null) topics.push(topic);
    }
    const allRead = topics.length === itemsOf(fields.get('topics')).length;
    this.#expressions.checkSets(located, all, this.#packId, allRead && topics.length > 0);
    return { packId: this.#packId, isShared, topics, tests, frames: [], problems: source.problemsInOrder() };
  }

  #expectVersion(fields: Fields): void {
    const found = textOf(fields.get('apiVersion')) ?? '';
    if (!LATER_VERSION.test(found)) {
      expectText(this.#source, fields, 'apiVersion', API_VERSION);
      return;
    }
    const hint = `this version reads ${API_VERSION} and v2; install a newer Tocsin, or use the pack's file for this version`;
    const message = `apiVersion: ${found} is the format of a newer Tocsin`;
    this.#source.report('error', 'E_VALUE', message, fields.get('apiVersion'), { hint });
  }

  /** Only what other packs may use. */
  readSets(): { packId: string; sets: Sets } {
    const fields = new Map(pairsOf(this.#source.root).map(({ key, value }) => [key.value, value]));
    const id = pairsOf(fields.get('pack')).find(({ key }) => key.value === 'id');
    return { packId: textOf(id?.value) ?? '', sets: this.#readSets(fields.get('sets'), false).sets };
  }

  #readAbout(node: YamlNode, { packs }: Owners): boolean {
    const fields = fieldsOf(this.#source, node, ABOUT_KEYS, 'pack:');
    this.#packId =
      readMatching(this.#source, fields, 'id', ID, 'pack:', node, 'lower-case words joined by -: my-pack') ?? '';
    this.#version =
      readMatching(this.#source, fields, 'version', VERSION, 'pack:', node, 'three numbers: 1.0.0') ?? '0.0.0';
    for (const name of ['title', 'description', 'author', 'homepage']) readText(this.#source, fields, name, 'pack:');
    const owner = packs.get(this.#packId);
    if (owner !== undefined && this.#packId !== '') {
      const hint = 'give one of them another id';
      const message = `pack ${this.#packId} is also in ${owner}`;
      this.#source.report('error', 'E_DUPLICATE', message, fields.get('id'), { hint });
    }
    packs.set(this.#packId, owner ?? this.#source.path);
    return readText(this.#source, fields, 'license', 'pack:') !== undefined;
  }

  #readSets(node: YamlNode, report: boolean): { located: LocatedSets; sets: Sets } {
    const located: Record<string, Record<string, Located<string>>> = {};
    if (report && node !== undefined && !isMapping(node)) {
      this.#source.report('error', 'E_TYPE', 'sets: must be a mapping', node, {
        hint: 'sets: { forces: { en: a OR b } }',
      });
    }
    for (const { key, value } of pairsOf(node)) {
      if (report && !SET_NAME.test(key.value)) {
        const hint = 'use letters, digits, - and _: armed_forces';
        this.#source.report('error', 'E_VALUE', `invalid set name ${JSON.stringify(key.value)}`, key.node, { hint });
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
            `set ${key.value}, ${language.value}: must be an expression as text`,
            text ?? language.node,
            { hint: 'join several in one expression: a OR b' },
          );
        if (report) checkLanguage(this.#source, language);
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

  #readTopic(node: YamlNode, sets: Sets, tests: TopicTest[], owners: Owners): Topic | null {
    const before = errorCount(this.#source);
    const fields = fieldsOf(this.#source, node, TOPIC_KEYS, 'a topic');
    const id = readMatching(
      this.#source,
      fields,
      'id',
      ID,
      'a topic',
      node,
      'lower-case words joined by -: troop-deployment',
    );
    const title = readText(this.#source, fields, 'title', `topic ${id ?? ''}`, id);
    if (!fields.has('title')) {
      const hint = 'title: a name for people';
      this.#source.report('error', 'E_MISSING', `topic ${id ?? ''} has no title`, node, { hint, topic: id });
    }
    const description = readText(this.#source, fields, 'description', `topic ${id ?? ''}`, id);
    if (id !== undefined) this.#claim(id, node, owners);
    const errorsSoFar = errorCount(this.#source);
    const any = this.#expressions.read(fields.get('any'), 'any', id);
    const anyIsRead = errorCount(this.#source) === errorsSoFar;
    const all = this.#expressions.read(fields.get('all'), 'all', id);
    const none = this.#expressions.read(fields.get('none'), 'none', id);
    if (Object.values(any).flat().length === 0 && anyIsRead) {
      const hint = 'any: { en: [ troops NEAR/5 deploy ] }';
      this.#source.report(
        'error',
        'E_MISSING',
        `topic ${id ?? ''} has no expression to look for`,
        fields.get('any') ?? node,
        { hint, topic: id },
      );
    }
    this.#expressions.check(any, sets, false, id);
    this.#expressions.check(all, sets, true, id);
    this.#expressions.check(none, sets, true, id);
    const used = this.#expressions.setsUsedBy([any, all, none], sets);
    this.#expressions.checkLeadingWildcards([any, all, none], used, id, node);
    const severity = readSeverity(this.#source, fields, id);
    const codes = readCodes(this.#source, fields.get('codes'), id);
    const passage = readPassage(this.#source, fields.get('passage'), id);
    const history = readHistory(this.#source, fields, `topic ${id ?? ''}`, id) ?? this.#history;
    const neighbours = readNeighbours(this.#source, fields.get('neighbours'), id);
    if (id !== undefined) tests.push(...readTests(this.#source, fields.get('tests'), id, Object.keys(any), node));
    if (id === undefined || title === undefined || errorCount(this.#source) > before) return null;
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
      // Left out where it changes nothing, so that the version of such a topic stays.
      ...(history === 'exclude' ? { history } : {}),
      passage,
      ...(neighbours.length === 0 ? {} : { neighbours }),
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
    const message = isTwiceHere ? `topic ${id} is defined twice` : `topic ${id} is also in pack ${owner}`;
    this.#source.report('error', 'E_DUPLICATE', message, node, { hint: 'give one of them another id', topic: id });
  }
}

function textsOf(expressions: LocatedExpressions): ExpressionsByLanguage {
  return mapValues(expressions, (entries) => entries.map((entry) => entry.value));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
