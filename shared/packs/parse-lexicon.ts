// Ideas as files write them: in a lexicon, which all topics share, and in a topic, for itself alone.

import { nearest } from '../core/nearest-names.ts';
import { type BuildMemory, buildClause, type Sets } from '../matching/compile/build-clause.ts';
import type { TopicLimits } from '../query/limits.ts';
import type { Idea, Ideas, IdeaWords } from './frames.ts';
import { ID } from './topic-fields.ts';
import { splitWordList } from './word-lists.ts';
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

const FORM_KEYS = ['words', 'verb', 'participle', 'noun'] as const;
type FormKey = (typeof FORM_KEYS)[number];

/** A word of an idea, and where it was written. */
export interface LocatedWord {
  readonly language: string;
  readonly text: string;
  /** The list that it is in, and its place there. */
  readonly list: Located<string>;
  readonly start: number;
}

export interface ReadIdeas {
  readonly ideas: Ideas;
  readonly words: readonly LocatedWord[];
  /** Names that `includes` gives, with their places. */
  readonly included: readonly Located<string>[];
}

/** Reads `ideas:`. Words are not looked into yet: see `checkWords`. */
export function readIdeas(source: YamlSource, node: YamlNode): ReadIdeas {
  const words: LocatedWord[] = [];
  const included: Located<string>[] = [];
  const ideas: Record<string, Idea> = {};
  if (node !== undefined && node !== null && !isMapping(node)) {
    source.report('error', 'E_TYPE', 'ideas: must be a mapping', node, { hint: 'ideas: { soldiers: { en: troops } }' });
  }
  for (const { key, value } of pairsOf(node)) {
    if (!ID.test(key.value)) {
      const hint = 'lower-case words joined by -: armed-forces';
      source.report('error', 'E_VALUE', `invalid name of an idea ${JSON.stringify(key.value)}`, key.node, { hint });
    }
    ideas[key.value] = readIdea(source, key, value, words, included);
  }
  return { ideas, words, included };
}

function readIdea(
  source: YamlSource,
  name: Located<string>,
  node: YamlNode,
  words: LocatedWord[],
  included: Located<string>[],
): Idea {
  const byLanguage: Record<string, IdeaWords> = {};
  const includes: string[] = [];
  if (!isMapping(node)) {
    const hint = `${name.value}: { en: "a, b" }`;
    source.report('error', 'E_TYPE', `idea ${name.value} must be a mapping of languages`, node ?? name.node, { hint });
  }
  for (const { key, value } of pairsOf(node)) {
    if (key.value === 'includes') {
      const names = textsIn(value);
      included.push(...names);
      includes.push(...names.map((each) => each.value));
      continue;
    }
    if (isCutByYaml(key, value)) {
      const hint = `put words with commas between them in quotes: { en: 'a, b' }`;
      source.report('error', 'E_TYPE', `${key.value} stands alone in the mapping`, key.node, { hint });
      continue;
    }
    checkLanguage(source, key);
    byLanguage[key.value] = readForms(source, key, value, words);
  }
  return { includes, byLanguage };
}

/** `{ en: a, b }` is for YAML a key `b` without a value. */
const isCutByYaml = ({ value }: Located<string>, node: YamlNode): boolean =>
  textOf(node) === undefined && !isMapping(node) && !isList(node) && !/^([a-z]{2,3}|\*|includes)$/.test(value);

function readForms(source: YamlSource, language: Located<string>, node: YamlNode, words: LocatedWord[]): IdeaWords {
  const forms: Record<FormKey, readonly string[]> = { words: [], verb: [], participle: [], noun: [] };
  const take = (form: FormKey, value: YamlNode) => {
    const found = textsIn(value).flatMap((list) =>
      splitWordList(list.value).map(({ text, start }) => ({ language: language.value, text, list, start })),
    );
    if (found.length === 0) {
      source.report(
        'error',
        'E_TYPE',
        `${language.value}: ${form === 'words' ? '' : `${form}: `}has no words`,
        value ?? language.node,
        {
          hint: 'write words with commas between them; in { }, put them in quotes',
        },
      );
    }
    words.push(...found);
    forms[form] = found.map(({ text }) => text);
  };
  if (!isMapping(node)) {
    take('words', node);
    return forms;
  }
  for (const { key, value } of pairsOf(node)) {
    if (isCutByYaml(key, value)) {
      const hint = `put words with commas between them in quotes: { verb: 'a, b' }`;
      source.report('error', 'E_TYPE', `${key.value} stands alone in the mapping`, key.node, { hint });
      continue;
    }
    const form = FORM_KEYS.find((each) => each === key.value);
    if (form !== undefined) take(form, value);
    else {
      const hint = `Known: ${FORM_KEYS.join(', ')}`;
      source.report('error', 'E_KEY', `unknown key ${key.value} in the words of an idea`, key.node, { hint });
    }
  }
  return forms;
}

/** A text, or a list of them. */
export function textsIn(node: YamlNode): readonly Located<string>[] {
  return (isList(node) ? itemsOf(node) : [node]).flatMap((each) => {
    const value = textOf(each);
    return value === undefined ? [] : [{ value, node: each }];
  });
}

/** Reports words that are no expressions, and ideas that are not there or contain themselves. */
export function checkIdeas(
  source: YamlSource,
  { words, included }: ReadIdeas,
  all: Ideas,
  sets: Sets,
  options: { readonly limits?: TopicLimits; readonly memory: BuildMemory },
): void {
  for (const { value, node } of included) {
    if (Object.hasOwn(all, value)) continue;
    source.report('error', 'E_UNKNOWN_IDEA', `there is no idea ${value}`, node, { hint: hintFor(value, all) });
  }
  for (const { language, text, list, start } of words) {
    const { problems } = buildClause(text, { language, sets, mayLackText: true, ...options });
    for (const problem of problems) {
      const at = { start: problem.start + start, end: problem.end + start };
      source.reportInside({ ...problem, ...at }, list);
    }
  }
}

export function hintFor(name: string, all: Ideas): string {
  const near = nearest(name, Object.keys(all));
  return near === undefined ? 'define it under ideas: in a lexicon or in the topic' : `did you mean ${near}?`;
}

/** Both together; where both have an idea, its words and what it includes are joined. */
export function mergeIdeas(some: Ideas, more: Ideas): Ideas {
  const merged: Record<string, Idea> = { ...some };
  for (const [name, idea] of Object.entries(more)) {
    const known = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (known === undefined) {
      merged[name] = idea;
      continue;
    }
    const languages = new Set([...Object.keys(known.byLanguage), ...Object.keys(idea.byLanguage)]);
    merged[name] = {
      includes: [...new Set([...known.includes, ...idea.includes])],
      byLanguage: Object.fromEntries(
        [...languages].map((language) => [language, mergeWords(known.byLanguage[language], idea.byLanguage[language])]),
      ),
    };
  }
  return merged;
}

const NO_WORDS: IdeaWords = { words: [], verb: [], participle: [], noun: [] };

function mergeWords(some: IdeaWords = NO_WORDS, more: IdeaWords = NO_WORDS): IdeaWords {
  const both = (form: FormKey) => [...new Set([...some[form], ...more[form]])];
  return { words: both('words'), verb: both('verb'), participle: both('participle'), noun: both('noun') };
}

/** An idea that contains itself, by way of what it includes; null where there is none. */
export function circleIn(ideas: Ideas): readonly string[] | null {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const next of ideas[name]?.includes ?? []) {
      const found = visit(next, [...path, name]);
      if (found !== null) return found;
    }
    done.add(name);
    return null;
  };
  for (const name of Object.keys(ideas)) {
    const found = visit(name, []);
    if (found !== null) return found;
  }
  return null;
}
