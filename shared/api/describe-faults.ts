// What a schema found, in words: each fault with its place, the value, the rule and, where a name is near, a suggestion.
import type * as z from 'zod/mini';
import { type Fault, MOST_FAULTS } from './problem.ts';
import { quote, suggestion } from './quote.ts';

/** The part of a request that was checked. */
export type Part = 'query' | 'body';

type Path = readonly PropertyKey[];

interface Found {
  readonly path: Path;
  /** Without the place. Asked for only where it is shown. */
  readonly words: () => string;
}

/** Names listed in one message. */
const MOST_NAMES = 20;
/** What zod says where the schema has no words of its own. */
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

/** How many there are, and as many as an answer lists, sorted by place. */
export function describeFaults(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodMiniType,
  value: unknown,
  part: Part,
): { readonly count: number; readonly faults: readonly Fault[] } {
  const found = issues
    .flatMap((issue) => foundBy(issue, schema, value, part))
    .sort((left, right) => comparePaths(left.path, right.path));
  const faults = found.slice(0, MOST_FAULTS).map(({ path, words }) => faultAt(part, path, words()));
  return { count: found.length, faults };
}

/** A fault with its place, in words and for programs. */
export function faultAt(part: Part, path: Path, words: string): Fault {
  const detail = `${placeOf(path, part)}: ${words}`;
  return part === 'query' ? { detail, parameter: String(path[0]) } : { detail, pointer: pointerOf(path) };
}

function foundBy(issue: z.core.$ZodIssue, schema: z.ZodMiniType, value: unknown, part: Part): readonly Found[] {
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

function unknownName(key: string, known: readonly string[], part: Part): string {
  const what = part === 'query' ? 'parameter' : 'field';
  if (known.length === 0) return `no such ${what}; none is taken here`;
  return `no such ${what}; known: ${listed(known)}.${suggestion(key, known)}`;
}

function gotWords(got: unknown): string {
  if (got === undefined) return 'is missing';
  return got === '' ? 'is empty' : `got ${quote(got)}`;
}

/** Without "expected". Words of the schema itself come first. */
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
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );

/** The parts of a schema's definition by which one gets to its fields. */
interface Definition {
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly element?: z.ZodMiniType;
  readonly valueType?: z.ZodMiniType;
  readonly innerType?: z.ZodMiniType;
}

function knownKeys(schema: z.ZodMiniType, path: Path): readonly string[] {
  const { shape, element, valueType, innerType } = schema.def as Definition;
  if (innerType !== undefined) return knownKeys(innerType, path);
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(shape ?? {});
  const inside = shape?.[String(key)] ?? element ?? valueType;
  return inside === undefined ? [] : knownKeys(inside, rest);
}

/** `feeds[0].url` */
function placeOf(path: Path, part: Part): string {
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
