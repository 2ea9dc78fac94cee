// Keys that a topic has in every version of the format.
import { HISTORY_CHOICES } from '../model/history.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Topic } from '../model/topic.ts';
import { type Fields, fieldsOf, readText } from './yaml-fields.ts';
import { isList, isMapping, itemsOf, pairsOf, textOf, type YamlNode, type YamlSource } from './yaml-source.ts';

/** Ids of packs and topics, and names of ideas. */
export const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DEFAULT_PASSAGE = { context: 0, max: 3, maxChars: 420 } as const;

export function readSeverity(source: YamlSource, fields: Fields, topic: string | undefined): Severity {
  const value = readText(source, fields, 'severity', `topic ${topic ?? ''}`, topic);
  const known = SEVERITIES.find((each) => each === value);
  if (value === undefined || known !== undefined) return known ?? 'medium';
  const hint = `must be one of ${SEVERITIES.join(', ')}`;
  const message = `unknown severity ${JSON.stringify(value)}`;
  source.report('error', 'E_VALUE', message, fields.get('severity'), { hint, topic });
  return 'medium';
}

/** Taxonomy -> code or codes; numbers are taken as they are written. */
export function readCodes(source: YamlSource, node: YamlNode, topic: string | undefined): Topic['codes'] {
  if (node === undefined) return {};
  const pairs = pairsOf(node);
  const isText = (each: YamlNode): boolean => textOf(each) !== undefined;
  const wrong = isMapping(node)
    ? pairs.find(({ value }) => !isText(value) && !(isList(value) && itemsOf(value).every(isText)))
    : { value: node, key: { node } };
  if (wrong !== undefined) {
    const hint = 'codes: { cameo: ["154", "074"], plover: MOBILIZE }';
    const message = 'codes: must give each taxonomy a code or a list of codes';
    source.report('error', 'E_TYPE', message, wrong.value ?? wrong.key.node, { hint, topic });
    return {};
  }
  return Object.fromEntries(
    pairs.map(({ key, value }) => [key.value, textOf(value) ?? itemsOf(value).map((each) => textOf(each) ?? '')]),
  );
}

export function readPassage(source: YamlSource, node: YamlNode, topic: string | undefined): Topic['passage'] {
  const fields =
    node === undefined || node === null
      ? new Map<string, YamlNode>()
      : fieldsOf(source, node, ['context', 'max', 'maxChars'], 'passage:', topic);
  const read = (name: 'context' | 'max' | 'maxChars', least: number, most: number): number => {
    const written = textOf(fields.get(name));
    if (written === undefined) return DEFAULT_PASSAGE[name];
    const value = Number(written);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    const hint = `must be a whole number from ${least} to ${most}`;
    source.report('error', 'E_VALUE', `invalid passage ${name} ${JSON.stringify(written)}`, fields.get(name), {
      hint,
      topic,
    });
    return DEFAULT_PASSAGE[name];
  };
  return { context: read('context', 0, 3), max: read('max', 1, 5), maxChars: read('maxChars', 80, 2_000) };
}

export function readHistory(
  source: YamlSource,
  fields: Fields,
  owner: string,
  topic: string | undefined,
): Topic['history'] {
  const value = readText(source, fields, 'history', owner, topic);
  const known = HISTORY_CHOICES.find((each) => each === value);
  if (value === undefined || known !== undefined) return known;
  const hint = `must be one of ${HISTORY_CHOICES.join(', ')}`;
  const message = `unknown history ${JSON.stringify(value)}`;
  source.report('error', 'E_VALUE', message, fields.get('history'), { hint, topic });
  return undefined;
}

export function readNeighbours(source: YamlSource, node: YamlNode, topic: string | undefined): readonly string[] {
  if (node === undefined || node === null) return [];
  const ids = isList(node) ? itemsOf(node).map(textOf) : [];
  const read = ids.filter((id) => id !== undefined && ID.test(id) && id !== topic) as string[];
  if (isList(node) && read.length === ids.length) return read;
  const hint = 'neighbours: [military-exercise]';
  source.report('error', 'E_VALUE', 'neighbours: must be a list of ids of other topics', node, { hint, topic });
  return [];
}
