// What a schema found, in words: each problem with its place, the value, the rule and the nearest known name.
import * as z from 'zod/mini';
import { type InputProblem, MAX_PROBLEMS } from './problem.ts';
import { quote, suggestion } from './quote.ts';

/** The part of a request that was checked. */
export type RequestPart = 'query' | 'body';

type Path = readonly PropertyKey[];

interface Found {
  readonly path: Path;
  /** Without the place. Called only for what is shown. */
  readonly words: () => string;
}

/** Names listed in one message. */
const MAX_NAMES = 20;
/** zod's message when the schema has no words of its own. */
const NO_WORDS = 'Invalid input';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

/** How many there are, and those that an answer lists, sorted by place. */
export function describeProblems(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodMiniType,
  value: unknown,
  part: RequestPart,
): { readonly count: number; readonly problems: readonly InputProblem[] } {
  const found = issues
    .flatMap((issue) => foundBy(issue, schema, value, part))
    .sort((left, right) => comparePaths(left.path, right.path));
  const problems = found.slice(0, MAX_PROBLEMS).map(({ path, words }) => problemAt(part, path, words()));
  return { count: found.length, problems };
}

/** A problem with its place, in words and for programs. */
export function problemAt(part: RequestPart, path: Path, words: string): InputProblem {
  const detail = `${placeOf(path, part)}: ${words}`;
  return part === 'query' ? { detail, parameter: String(path[0]) } : { detail, pointer: pointerOf(path) };
}

function foundBy(issue: z.core.$ZodIssue, schema: z.ZodMiniType, value: unknown, part: RequestPart): readonly Found[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({ path: [...issue.path, key], words: () => unknownName(key, known, part) }));
  }
  const words = (): string => {
    const got = valueAt(value, issue.path);
    return `${gotWords(got)}; expected ${ruleOf(issue)}${nearValue(issue, got)}`;
  };
  return [{ path: issue.path, words }];
}

function unknownName(key: string, known: readonly string[], part: RequestPart): string {
  const what = part === 'query' ? 'parameter' : 'field';
  if (known.length === 0) return `unknown ${what}; none is allowed here`;
  return `unknown ${what}; known: ${listed(known)}.${suggestion(key, known)}`;
}

function gotWords(got: unknown): string {
  if (got === undefined) return 'is missing';
  return got === '' ? 'is empty' : `got ${quote(got)}`;
}

/** Without "expected". The schema's own words take precedence. */
function ruleOf(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): string {
  if (issue.message !== undefined && issue.message !== NO_WORDS) return issue.message.replace(/^expected /, '');
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${listed(issue.values.map(String))}`;
    case 'too_small':
      return `at least ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `at most ${counted(issue.maximum, issue.origin)}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(ruleOf))].join(' or ');
    default:
      return 'another value';
  }
}

function counted(count: number | bigint, origin: string): string {
  const unit = origin === 'string' ? 'character' : origin === 'array' ? 'entry' : '';
  if (unit === '') return String(count);
  return count === 1 ? `1 ${unit}` : `${count} ${unit === 'entry' ? 'entries' : `${unit}s`}`;
}

function nearValue(issue: z.core.$ZodIssue, got: unknown): string {
  if (issue.code !== 'invalid_value' || typeof got !== 'string') return '';
  const near = suggestion(got, issue.values.map(String));
  return near === '' ? '' : `.${near}`;
}

const listed = (names: readonly string[]): string =>
  names.length <= MAX_NAMES
    ? names.join(', ')
    : `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), root);

const isObject = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

/** The fields that the schema allows at the path; empty if it allows none. */
function knownKeys(schema: z.core.$ZodType, path: Path): readonly string[] {
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable)
    return knownKeys(schema.def.innerType, path);
  const [key, ...rest] = path;
  if (key === undefined) return schema instanceof z.ZodMiniObject ? Object.keys(schema.def.shape) : [];
  const inside = schemaOf(schema, key);
  return inside === undefined ? [] : knownKeys(inside, rest);
}

function schemaOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodMiniObject) return schema.def.shape[String(key)];
  if (schema instanceof z.ZodMiniArray) return schema.def.element;
  return schema instanceof z.ZodMiniRecord ? schema.def.valueType : undefined;
}

/** `feeds[0].url` */
function placeOf(path: Path, part: RequestPart): string {
  const place = path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = /^[\w-]{1,64}$/.test(String(key)) ? String(key) : quote(String(key));
    return text === '' ? name : `${text}.${name}`;
  }, '');
  return place === '' ? part : place.startsWith('[') ? `${part}${place}` : place;
}

/** RFC 6901, section 6. */
const pointerOf = (path: Path): string =>
  `#${path
    .map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1').toWellFormed())
    .map((key) => `/${encodeURIComponent(key)}`)
    .join('')}`;

function comparePaths(left: Path, right: Path): number {
  for (const [at, key] of left.entries()) {
    const other = right[at];
    if (key === other) continue;
    if (typeof key === 'number' && typeof other === 'number') return key - other;
    return String(key) < String(other) ? -1 : 1;
  }
  return 0;
}
