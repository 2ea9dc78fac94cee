// Topics with frames, written short.
import { compileTopics } from '../../shared/matching/topic-matcher.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { type ParsedPack, parsePacks } from '../../shared/packs/parse-pack.ts';

const HEAD = 'apiVersion: tocsin.dev/v2\n';

/** A lexicon with these lines below `ideas:`. */
export const lexicon = (...ideas: readonly string[]): string =>
  `${HEAD}kind: Lexicon\nideas:\n${ideas.map((line) => `  ${line}\n`).join('')}`;

/** A topic `moves` with these further lines. */
export const framedTopic = (...lines: readonly string[]): string =>
  `${HEAD}kind: Topic\nid: moves\ntitle: Moves\n${lines.map((line) => `${line}\n`).join('')}`;

/** A file of the second format with these lines. */
export const framedFile = (kind: string, ...lines: readonly string[]): string =>
  `${HEAD}kind: ${kind}\n${lines.map((line) => `${line}\n`).join('')}`;

/** Files read together, named a.yaml, b.yaml and so on. */
export const parseTogether = (...texts: readonly string[]): readonly ParsedPack[] =>
  parsePacks(texts.map((text, index) => ({ path: `${String.fromCharCode(97 + index)}.yaml`, text })));

/** `code message` of each error, in order. */
export const errorsOf = (packs: readonly ParsedPack[]): readonly string[] =>
  packs
    .flatMap(({ problems }) => problems)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);

/** The topics of files that must be free of errors. */
export function topicsOf(...texts: readonly string[]): readonly Topic[] {
  const packs = parseTogether(...texts);
  const errors = errorsOf(packs);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return packs.flatMap(({ topics }) => topics);
}

/** Why a topic matches a text; null when it does not. */
export function whyOf(topic: Topic, text: string, language: string): string | null {
  const [match] = compileTopics([topic]).match({ title: '', text, language, source: 'example.org' });
  return match?.why ?? null;
}
