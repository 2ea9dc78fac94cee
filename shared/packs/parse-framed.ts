// Files of the second format: `kind: Lexicon` (ideas), `kind: Topic` (frames) and `kind: TopicTests`. They are read together,
// since a topic is made of the ideas of all lexicons, and may extend another topic.
import { createHash } from 'node:crypto';
import { BuildMemory, type Sets } from '../matching/compile/build-clause.ts';
import type { Topic } from '../model/topic.ts';
import { expandFrame, type Frame, type Ideas, languagesOf, setsOf } from './frames.ts';
import { type LocatedExpressions, PackExpressions } from './pack-expressions.ts';
import { checkCoverage, readTests, type TopicTest } from './pack-tests.ts';
import { checkIdeas, circleIn, hintFor, mergeIdeas, type ReadIdeas, readIdeas, textsIn } from './parse-lexicon.ts';
import type { FrameRow, Owners, ParsedPack, ParsePackOptions } from './parse-pack.ts';
import { ID, readCodes, readHistory, readNeighbours, readPassage, readSeverity } from './topic-fields.ts';
import { errorCount, type Fields, fieldsOf, readMatching, readText } from './yaml-fields.ts';
import { isList, itemsOf, type Located, pairsOf, textOf, type YamlNode, type YamlSource } from './yaml-source.ts';

const FRAMED_VERSION = 'tocsin.dev/v2';
const KINDS = ['Lexicon', 'Topic', 'TopicTests'] as const;
type Kind = (typeof KINDS)[number];

const LEXICON_KEYS = ['apiVersion', 'kind', 'license', 'description', 'ideas'];
const TESTS_KEYS = ['apiVersion', 'kind', 'topic', 'tests'];
const TOPIC_KEYS = [
  'apiVersion',
  'kind',
  'id',
  'extends',
  'disable',
  'version',
  'license',
  'title',
  'description',
  'codes',
  'severity',
  'neighbours',
  'history',
  'ideas',
  'frames',
  'extra',
  'exclude',
  'passage',
  'tests',
];
const FRAME_KEYS = ['name', 'act', 'actor', 'object', 'unless', 'within'];
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const MOST_WITHIN = 20;
/** The set that holds what a topic excludes. */
const EXCLUDED = 'topic.excluded';

/** The kind that a file of this format says it is; null for files of another format. */
export function kindOf(source: YamlSource): Kind | 'unknown' | null {
  const keys = new Map(pairsOf(source.root).map(({ key, value }) => [key.value, textOf(value)]));
  if (keys.get('apiVersion') !== FRAMED_VERSION) return null;
  return KINDS.find((kind) => kind === keys.get('kind')) ?? 'unknown';
}

/** A topic as its file says it, before anything is filled in. */
interface FramedTopic {
  readonly id: string | undefined;
  readonly node: YamlNode;
  readonly source: YamlSource;
  readonly fields: Fields;
  readonly extended: Located<string> | null;
  readonly disabled: readonly Located<string>[];
  readonly ideas: ReadIdeas;
  readonly frames: readonly { readonly frame: Frame; readonly node: YamlNode }[];
  readonly extra: LocatedExpressions;
  readonly exclude: LocatedExpressions;
}

const keyOf = (source: YamlSource, name: string): Located<string> | null => {
  const pair = pairsOf(source.root).find(({ key }) => key.value === name);
  const value = textOf(pair?.value);
  return value === undefined ? null : { value, node: pair?.value };
};

/** One answer for each source, in order. Sources of other formats are not to be among them. */
export class FramedFiles {
  readonly #sources: readonly YamlSource[];
  readonly #options: ParsePackOptions & { readonly memory: BuildMemory };
  readonly #lexicons = new Map<YamlSource, ReadIdeas>();
  readonly #topics = new Map<YamlSource, FramedTopic>();
  #shared: Ideas = {};

  constructor(sources: readonly YamlSource[], options: ParsePackOptions) {
    this.#sources = sources;
    this.#options = { ...options, memory: options.memory ?? new BuildMemory() };
    for (const source of sources) {
      if (kindOf(source) !== 'Lexicon') continue;
      const fields = fieldsOf(source, source.root, LEXICON_KEYS, 'a lexicon');
      const read = readIdeas(source, fields.get('ideas'));
      this.#lexicons.set(source, read);
      this.#shared = mergeIdeas(this.#shared, read.ideas);
    }
    this.#shared = this.#withoutCircle(this.#shared);
    for (const source of sources) {
      if (kindOf(source) === 'Topic') this.#topics.set(source, this.#readTopic(source));
    }
  }

  /** Sets that packs of the first format may name, `{lexicon/soldiers}`. */
  get library(): Sets {
    return Object.fromEntries(Object.entries(setsOf(this.#shared)).map(([name, set]) => [`lexicon/${name}`, set]));
  }

  /** What a file says; ids are claimed in the order in which this is called. */
  read(source: YamlSource, owners: Owners): ParsedPack {
    const nothing = { isShared: false, topics: [], tests: [], frames: [] };
    const lexicon = this.#lexicons.get(source);
    const topic = this.#topics.get(source);
    if (topic !== undefined) return this.#finishTopic(topic, owners);
    if (lexicon !== undefined) checkIdeas(source, lexicon, this.#shared, setsOf(this.#shared), this.#options);
    else if (kindOf(source) === 'TopicTests') this.#checkTests(source);
    else {
      const hint = `kind: one of ${KINDS.join(', ')}`;
      const kind = keyOf(source, 'kind');
      const message = kind === null ? 'missing kind' : `unknown kind ${kind.value}`;
      source.report('error', kind === null ? 'E_MISSING' : 'E_VALUE', message, kind?.node ?? null, { hint });
    }
    return { packId: '', ...nothing, problems: source.problemsInOrder() };
  }

  #withoutCircle(ideas: Ideas): Ideas {
    const circle = circleIn(ideas);
    if (circle === null) return ideas;
    for (const [source, { included }] of this.#lexicons) {
      const place = included.find(({ value }) => circle.includes(value));
      if (place === undefined) continue;
      const hint = 'remove one of these names from includes';
      source.report(
        'error',
        'E_SET_CYCLE',
        `ideas contain each other in a circle: ${circle.join(' -> ')}`,
        place.node,
        {
          hint,
        },
      );
    }
    return Object.fromEntries(Object.entries(ideas).map(([name, idea]) => [name, { ...idea, includes: [] }]));
  }

  #checkTests(source: YamlSource): void {
    fieldsOf(source, source.root, TESTS_KEYS, 'tests of a topic');
    const topic = keyOf(source, 'topic');
    if (topic !== null && this.#idsOf().includes(topic.value)) return;
    const hint = 'topic: the id of a topic with frames in the same folder';
    const message = topic === null ? 'tests of a topic must name it' : `there is no topic ${topic.value} with frames`;
    source.report('error', topic === null ? 'E_MISSING' : 'E_UNKNOWN_TOPIC', message, topic?.node ?? null, { hint });
  }

  #idsOf(): readonly string[] {
    return [...this.#topics.values()].flatMap(({ id, extended }) => id ?? extended?.value ?? []);
  }

  #readTopic(source: YamlSource): FramedTopic {
    const fields = fieldsOf(source, source.root, TOPIC_KEYS, 'a topic');
    const extended = keyOf(source, 'extends');
    const hint = 'lower-case words joined by -: troop-deployment';
    const id =
      extended !== null && !fields.has('id')
        ? undefined
        : readMatching(source, fields, 'id', ID, 'a topic', source.root, hint);
    const expressions = new PackExpressions(source, this.#options);
    const name = id ?? extended?.value;
    return {
      id,
      node: source.root,
      source,
      fields,
      extended,
      disabled: textsIn(fields.get('disable')),
      ideas: readIdeas(source, fields.get('ideas')),
      frames: readFrames(source, fields.get('frames'), name),
      extra: expressions.read(fields.get('extra'), 'extra', name),
      exclude: expressions.read(fields.get('exclude'), 'exclude', name),
    };
  }

  /** With what it extends. Everything that comes from there is reported where it is named. */
  #whole(topic: FramedTopic): FramedTopic {
    const { source, extended } = topic;
    if (extended === null) return topic;
    const base = [...this.#topics.values()].find((each) => each.id === extended.value && each.extended === null);
    if (base === undefined) {
      const hint = 'extends: the id of a topic with frames that extends no other';
      source.report('error', 'E_UNKNOWN_TOPIC', `there is no topic ${extended.value} to extend`, extended.node, {
        hint,
      });
      return topic;
    }
    for (const { value, node } of topic.disabled) {
      if (base.frames.some(({ frame }) => frame.name === value)) continue;
      const hint = `its frames: ${base.frames.map(({ frame }) => frame.name).join(', ')}`;
      source.report('error', 'E_UNKNOWN_FRAME', `${extended.value} has no frame ${value}`, node, { hint });
    }
    const isDisabled = (frame: Frame) => topic.disabled.some(({ value }) => value === frame.name);
    const here = (expressions: LocatedExpressions): LocatedExpressions =>
      Object.fromEntries(
        Object.entries(expressions).map(([language, all]) => [
          language,
          all.map(({ value }) => ({ value, node: extended.node })),
        ]),
      );
    return {
      ...topic,
      id: topic.id ?? extended.value,
      fields: new Map([...[...base.fields].filter(([key]) => INHERITED.includes(key)), ...topic.fields]),
      ideas: { ...topic.ideas, ideas: mergeIdeas(base.ideas.ideas, topic.ideas.ideas) },
      frames: [
        ...base.frames.filter(({ frame }) => !isDisabled(frame)).map(({ frame }) => ({ frame, node: extended.node })),
        ...topic.frames,
      ],
      extra: joined(here(base.extra), topic.extra),
      exclude: joined(here(base.exclude), topic.exclude),
    };
  }

  #finishTopic(written: FramedTopic, owners: Owners): ParsedPack {
    const { source } = written;
    const before = errorCount(source);
    const topic = this.#whole(written);
    const { id, fields } = topic;
    const packId = id ?? '';
    const isReplaced = [...this.#topics.values()].some(
      (other) => other !== written && other.id === undefined && other.extended?.value === id,
    );
    const nothing = { packId, isShared: fields.has('license'), topics: [], tests: [], frames: [] };
    if (id === undefined) return { ...nothing, problems: source.problemsInOrder() };
    if (isReplaced && written.extended === null) return { ...nothing, problems: source.problemsInOrder() };
    claim(source, id, owners);
    const ideas = this.#ideasOf(topic, id);
    const rows = topic.frames.map(({ frame }) => rowOf(id, frame, ideas));
    const { any, frames, used } = this.#expressionsOf(topic, id, ideas);
    const tests = this.#testsOf(source, id, fields);
    checkCoverage(source, tests, id, Object.keys(any), fields.get('tests') ?? source.root);
    const told = readTold(source, fields, id);
    const answer = { ...nothing, tests, frames: rows };
    if (told === null || errorCount(source) > before) return { ...answer, problems: source.problemsInOrder() };
    const { version, ...others } = told;
    const texts = mapValues(any, (entries) => entries.map(({ value }) => value));
    const definition = { id, ...others, any: texts, frames, all: {}, none: {}, sets: used };
    const hash = createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 7);
    const whole: Topic = { ...definition, pack: packId, version: `${version}+${hash}` };
    return { ...answer, topics: [whole], problems: source.problemsInOrder() };
  }

  /** Those of all lexicons with the topic's own. */
  #ideasOf({ source, ideas: own, fields }: FramedTopic, topic: string): Ideas {
    const ideas = mergeIdeas(this.#shared, own.ideas);
    const circle = circleIn(ideas);
    if (circle === null) return ideas;
    const message = `ideas contain each other in a circle: ${circle.join(' -> ')}`;
    const hint = 'remove one of these names from includes';
    source.report('error', 'E_SET_CYCLE', message, fields.get('ideas'), { hint, topic });
    return this.#shared;
  }

  /** What is looked for, and the sets that it names; problems are reported at the frame or the word that they come from. */
  #expressionsOf(topic: FramedTopic, id: string, ideas: Ideas) {
    const { source, fields } = topic;
    const before = errorCount(source);
    // A topic may name the sets of packs of the first format, `{pack/name}`, in what it adds.
    const sets = { ...this.#options.library, ...setsOf(ideas), ...excludedSet(topic.exclude) };
    checkIdeas(source, topic.ideas, ideas, sets, this.#options);
    for (const { frame, node } of topic.frames) checkNames(source, frame, node, ideas, id);
    const { any, frames } = expanded(topic, ideas, new Set(Object.keys(topic.exclude)));
    if (Object.keys(any).length === 0 && errorCount(source) === before) {
      const hint = 'frames: [ { name: sent, act: send, object: soldiers } ]';
      const message = `topic ${id} has no frame that any language has words for, and no extra`;
      source.report('error', 'E_MISSING', message, fields.get('frames') ?? source.root, { hint, topic: id });
    }
    const written = new PackExpressions(source, this.#options);
    written.check(topic.extra, sets, false, id);
    written.check(topic.exclude, sets, true, id);
    // Warnings are about what people write; what is made of frames has common words on purpose.
    const made = new PackExpressions(source, { ...this.#options, isReviewed: false });
    // A word of a lexicon that is no expression breaks many of them for one reason, so the first error is enough.
    for (const [language, entries] of Object.entries(any)) {
      for (const entry of entries) {
        if (errorCount(source) === before) made.check({ [language]: [entry] }, sets, false, id);
      }
    }
    const used = made.setsUsedBy([any], sets);
    made.checkLeadingWildcards([any], used, id, source.root);
    return { any, frames, used };
  }

  /** Those in the file and those beside it. */
  #testsOf(source: YamlSource, id: string, fields: Fields): readonly TopicTest[] {
    const own = readTests(source, fields.get('tests'), id, [], source.root);
    const beside = this.#sources
      .filter((each) => kindOf(each) === 'TopicTests' && keyOf(each, 'topic')?.value === id)
      .flatMap((each) => {
        const node = pairsOf(each.root).find(({ key }) => key.value === 'tests')?.value;
        return readTests(each, node, id, [], each.root);
      });
    return [...own, ...beside];
  }
}

/** What a topic has of the one that it extends, where it does not say otherwise. */
const INHERITED = ['title', 'description', 'codes', 'severity', 'neighbours', 'history', 'passage', 'version'];

/** What a topic says of itself; null without a title. */
function readTold(source: YamlSource, fields: Fields, topic: string) {
  const title = readText(source, fields, 'title', `topic ${topic}`, topic);
  if (!fields.has('title')) {
    const hint = 'title: a name for people';
    source.report('error', 'E_MISSING', `topic ${topic} has no title`, source.root, { hint, topic });
  }
  const version = fields.has('version')
    ? readMatching(source, fields, 'version', VERSION, 'a topic', source.root, 'three numbers: 1.0.0')
    : '1.0.0';
  const neighbours = readNeighbours(source, fields.get('neighbours'), topic);
  const history = readHistory(source, fields, `topic ${topic}`, topic);
  const told = {
    description: readText(source, fields, 'description', `topic ${topic}`, topic)?.trim() ?? '',
    severity: readSeverity(source, fields, topic),
    codes: readCodes(source, fields.get('codes'), topic),
    passage: readPassage(source, fields.get('passage'), topic),
    ...(neighbours.length === 0 ? {} : { neighbours }),
    ...(history === undefined ? {} : { history }),
  };
  return title === undefined || version === undefined ? null : { title, version, ...told };
}

function claim(source: YamlSource, id: string, { topics, packs }: Owners): void {
  const owner = topics.get(id);
  topics.set(id, owner ?? id);
  packs.set(id, packs.get(id) ?? source.path);
  if (owner === undefined) return;
  const hint = 'give one of them another id, or write extends: instead of id:';
  source.report('error', 'E_DUPLICATE', `topic ${id} is also in pack ${owner}`, source.root, { hint, topic: id });
}

function readFrames(source: YamlSource, node: YamlNode, topic: string | undefined): FramedTopic['frames'] {
  if (node !== undefined && node !== null && !isList(node)) {
    const hint = '- { name: sent, act: send, object: soldiers }';
    source.report('error', 'E_TYPE', 'frames: must be a list', node, { hint, topic });
  }
  const seen = new Set<string>();
  return itemsOf(node).flatMap((item) => {
    const fields = fieldsOf(source, item, FRAME_KEYS, 'a frame', topic);
    const name = readMatching(source, fields, 'name', ID, 'a frame', item, 'lower-case words joined by -: sent');
    const namesOf = (key: string) => textsIn(fields.get(key)).map(({ value }) => value);
    if (!fields.has('act')) {
      const hint = 'act: the idea of what is done';
      source.report('error', 'E_MISSING', `frame ${name ?? ''} has no act`, item, { hint, topic });
    }
    if (name !== undefined && seen.has(name)) {
      source.report('error', 'E_DUPLICATE', `frame ${name} is defined twice`, item, { hint: 'rename one', topic });
    }
    if (name === undefined || !fields.has('act')) return [];
    seen.add(name);
    const within = readWithin(source, fields, topic);
    const frame = { name, act: namesOf('act'), actor: namesOf('actor'), object: namesOf('object') };
    return [{ frame: { ...frame, unless: namesOf('unless'), within }, node: item }];
  });
}

function readWithin(source: YamlSource, fields: Fields, topic: string | undefined): number | null {
  const written = textOf(fields.get('within'));
  if (written === undefined) return null;
  const value = Number(written);
  if (Number.isInteger(value) && value >= 0 && value <= MOST_WITHIN) return value;
  const hint = `must be a whole number from 0 to ${MOST_WITHIN}`;
  source.report('error', 'E_VALUE', `invalid within ${JSON.stringify(written)}`, fields.get('within'), { hint, topic });
  return null;
}

function checkNames(source: YamlSource, frame: Frame, node: YamlNode, ideas: Ideas, topic: string): void {
  for (const name of [...frame.act, ...frame.actor, ...frame.object, ...frame.unless]) {
    if (Object.hasOwn(ideas, name)) continue;
    const message = `frame ${frame.name}: there is no idea ${name}`;
    source.report('error', 'E_UNKNOWN_IDEA', message, node, { hint: hintFor(name, ideas), topic });
  }
}

/** For each language with an act, an actor or an object of the frame: its expressions; none is a gap. */
function rowOf(topic: string, frame: Frame, ideas: Ideas): FrameRow {
  const needed = [...frame.act, ...frame.actor, ...frame.object];
  const some = Object.fromEntries(Object.entries(ideas).filter(([name]) => needed.includes(name)));
  const languages = languagesOf(some);
  const counts = languages.map((language) => [language, expandFrame(frame, language, ideas).length] as const);
  return { topic, frame: frame.name, expressions: Object.fromEntries(counts) };
}

/** Frames, then what is extra, in each language that has any. What is excluded is so within its clause. */
function expanded(
  topic: FramedTopic,
  ideas: Ideas,
  excludes: ReadonlySet<string>,
): { readonly any: LocatedExpressions; readonly frames: Readonly<Record<string, readonly string[]>> } {
  const any: Record<string, Located<string>[]> = {};
  const frames: Record<string, string[]> = {};
  const add = (language: string, frame: string, text: string, node: YamlNode) => {
    const value = excludes.has(language) ? `(${text}) NOT w/c {${EXCLUDED}}` : text;
    any[language] = [...(any[language] ?? []), { value, node }];
    frames[language] = [...(frames[language] ?? []), frame];
  };
  for (const language of languagesOf(ideas)) {
    for (const { frame, node } of topic.frames) {
      for (const { text } of expandFrame(frame, language, ideas)) add(language, frame.name, text, node);
    }
  }
  for (const [language, entries] of Object.entries(topic.extra)) {
    for (const { value, node } of entries) add(language, '', value, node);
  }
  return { any, frames };
}

function excludedSet(exclude: LocatedExpressions): Sets {
  const byLanguage = mapValues(exclude, (entries) => entries.map(({ value }) => `(${value})`).join(' OR '));
  return Object.keys(byLanguage).length === 0 ? {} : { [EXCLUDED]: byLanguage };
}

function joined(some: LocatedExpressions, more: LocatedExpressions): LocatedExpressions {
  const languages = [...new Set([...Object.keys(some), ...Object.keys(more)])];
  return Object.fromEntries(languages.map((each) => [each, [...(some[each] ?? []), ...(more[each] ?? [])]]));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
