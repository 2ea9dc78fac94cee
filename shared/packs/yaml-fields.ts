// Reading the keys of a pack: each reports what is wrong at its place and gives what can be used.

import { nearest } from '../core/nearest-names.ts';
import { ANY_LANGUAGE } from '../matching/compile/word-patterns.ts';
import { isMapping, type Located, pairsOf, textOf, type YamlNode, type YamlSource } from './yaml-source.ts';

export type Fields = ReadonlyMap<string, YamlNode>;

/** The keys of a mapping; unknown ones are reported. */
export function fieldsOf(
  source: YamlSource,
  node: YamlNode,
  known: readonly string[],
  where: string,
  topic?: string,
): Fields {
  const fields = new Map<string, YamlNode>();
  if (!isMapping(node)) {
    const hint = 'write key: value, one per line';
    source.report('error', 'E_TYPE', `${where} must be a mapping of ${known.join(', ')}`, node, { hint, topic });
    return fields;
  }
  for (const { key, value } of pairsOf(node)) {
    fields.set(key.value, value);
    if (known.includes(key.value)) continue;
    const near = nearest(key.value, known);
    const hint = `${near === undefined ? '' : `did you mean ${near}? `}Known: ${known.join(', ')}`;
    source.report('error', 'E_KEY', `unknown key ${key.value} in ${where.replace(/:$/, '')}`, key.node, {
      hint,
      topic,
    });
  }
  return fields;
}

/** The text under a key; undefined when the key is not there, or with a problem when something else is there. */
export function readText(
  source: YamlSource,
  fields: Fields,
  name: string,
  where: string,
  topic?: string,
): string | undefined {
  if (!fields.has(name)) return undefined;
  const value = textOf(fields.get(name));
  if (value === undefined) {
    const hint = 'write text, or remove the key';
    source.report('error', 'E_TYPE', `${where} ${name}: must be text`, fields.get(name), { hint, topic });
  }
  return value;
}

/** A text of a form that is asked for; `node` is where a missing one is reported. */
export function readMatching(
  source: YamlSource,
  fields: Fields,
  name: string,
  pattern: RegExp,
  where: string,
  node: YamlNode,
  hint: string,
): string | undefined {
  const value = textOf(fields.get(name));
  if (value === undefined) {
    source.report('error', 'E_MISSING', `${where} has no ${name}`, fields.get(name) ?? node, {
      hint: `${name}: ${hint}`,
    });
    return undefined;
  }
  if (pattern.test(value)) return value;
  source.report('error', 'E_VALUE', `invalid ${name} ${JSON.stringify(value)}`, fields.get(name), { hint });
  return undefined;
}

export function expectText(source: YamlSource, fields: Fields, name: string, expected: string): void {
  const value = textOf(fields.get(name));
  if (value === expected) return;
  const message = value === undefined ? `missing ${name}` : `${name} must be ${expected}, not ${value}`;
  source.report('error', value === undefined ? 'E_MISSING' : 'E_VALUE', message, fields.get(name) ?? null, {
    hint: `${name}: ${expected}`,
  });
}

export function checkLanguage(source: YamlSource, language: Located<string>, topic?: string): void {
  if (language.value === ANY_LANGUAGE || /^[a-z]{2,3}$/.test(language.value)) return;
  const hint = 'two letters such as en, or * for every language';
  source.report('error', 'E_LANGUAGE', `${JSON.stringify(language.value)} is not a language code`, language.node, {
    hint,
    topic,
  });
}

export function errorCount(source: YamlSource): number {
  return source.problems.filter((each) => each.severity === 'error').length;
}
