// What a module does follows from what it is given. It keeps nothing between calls, and only entries read the environment of the process:
// two instances in one process do not meet, and a test can replace every part.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = ['shared', 'adapters', 'lambdas', 'infra', 'local', 'cli'];

/** Where a process begins. */
const ENTRIES = /^(?:lambdas\/entries\/[\w-]+\.ts|cli\/main\.m?[jt]s|infra\/app\.ts)$/;

/**
 * Files whose module state changes no result: buffers that are written before they are read, and results of pure functions that are
 * remembered, in tables that cannot grow beyond a bound or with what they were made from.
 */
const REMEMBERING: Readonly<Record<string, string>> = {
  'local/data-folder/folder-lock.ts': 'locks that this process holds: one that is forgotten would end as garbage',
  'shared/feeds/item-identity.ts': 'digest and address of an item, for as long as the item',
  'shared/feeds/item-words.ts': 'letters by their code, filled as they are met',
  'shared/feeds/item-note.ts': 'letters of an item, for as long as the item',
  'shared/feeds/reading/calendars.ts': 'a formatter, made when a date needs it',
  'shared/feeds/reading/zones.ts': 'names of the time zones',
  'shared/matching/document/adjacency.ts': 'a segmenter, made when a document needs it',
  'shared/matching/event-time/words/languages.ts': 'patterns of a language, made when a document needs them',
  'shared/matching/strength/powers.ts': 'an expression for a language, made when a document needs it',
  'shared/model/schema.ts': 'marks of the schemas, set while each is made',
  'shared/text/character-kinds.ts': 'kinds of characters by their code',
  'shared/text/character-references.ts': 'references that were looked up, at most some thousands',
  'shared/text/code-units.ts': 'a buffer',
  'shared/text/common-words.ts': 'ranks of the words of a language',
  'shared/text/decode-korean.ts': 'a decoding table, made when a document needs it',
  'shared/text/detect-charset.ts': 'encoded languages, made when a document needs them',
  'shared/text/language-codes.ts': 'names of the languages, made when a code must be checked',
  'shared/text/language-profiles.ts': 'profiles of the languages of a script',
  'shared/text/plain-words.ts': 'a buffer',
  'shared/text/script-counts.ts': 'scripts of characters by their code',
  'shared/text/simplified-chinese.ts': 'a table, filled when the module is loaded',
  'shared/text/tokenize.ts': 'buffers of one text, since a token is too small to make an object for',
  'shared/text/unspaced-scripts.ts': 'segmenters, and words that were looked up, at most some thousands',
  'shared/text/weigh-text.ts': 'weights of the letters of a model',
  'shared/text/zoned-time.ts': 'offsets of the time zones of settings',
};

const SOURCES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?[jt]s$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

const codeOf = (file: string): string => withoutComments(readFileSync(join(ROOT, file), 'utf8'));

const withoutComments = (source: string): string => source.replace(/^\s*(?:\/\/|\/\*|\*).*$/gm, '');

const readsEnvironment = (code: string): boolean =>
  /\bprocess\.env\b|\benv\b[^;=]*\}\s*=\s*process\b|from 'node:process'/.test(code);

/** Names at the top of a module that are assigned again or whose content changes. Where a search begins (`lastIndex`) is set before it. */
function changingNames(code: string): readonly string[] {
  const variables = [...code.matchAll(/^(?:export )?let (\w+)/gm)].map(([, name = '']) => name);
  const constants = [...code.matchAll(/^(?:export )?const (\w+)/gm)].map(([, name = '']) => name);
  const changes = (name: string): boolean =>
    new RegExp(
      `(?<![\\w.])${name}(?:\\.(?:set|add|delete|clear|push|pop|shift|unshift|splice|fill)\\(|\\[[^\\]]*\\] [-+*?&|]*=(?!=)|\\.(?!lastIndex )\\w+ [-+*?&|]*=(?!=))`,
    ).test(code);
  return [...variables, ...constants.filter(changes)];
}

describe('the environment of the process', () => {
  it('is read by entries only', () => {
    expect(SOURCES.filter((file) => !ENTRIES.test(file) && readsEnvironment(codeOf(file)))).toEqual([]);
  });

  it('is read by each entry of a function', () => {
    const entries = SOURCES.filter((file) => file.startsWith('lambdas/entries/'));

    expect(entries.length).toBeGreaterThanOrEqual(8);
    expect(entries.filter((file) => !readsEnvironment(codeOf(file)))).toEqual([]);
  });

  it.each([
    ['process.env.HOME', true],
    ['const { env, platform } = process;', true],
    ["import { env } from 'node:process';", true],
    ['const env = given.env;', false],
  ])('%s: %s', (code, reads) => {
    expect(readsEnvironment(code)).toBe(reads);
  });
});

describe('the state of a module', () => {
  it('does not change, but for what pure functions remember', () => {
    const changing = SOURCES.filter((file) => REMEMBERING[file] === undefined).flatMap((file) =>
      changingNames(codeOf(file)).map((name) => `${file}: ${name}`),
    );

    expect(changing).toEqual([]);
  });

  it('is remembered by no file that needs not be named here', () => {
    expect(Object.keys(REMEMBERING).filter((file) => changingNames(codeOf(file)).length === 0)).toEqual([]);
  });

  it.each([
    ['let count = 0;', ['count']],
    ['export let count: number;', ['count']],
    ['const seen = new Map<string, string>();\nexport const note = (id) => seen.set(id, id);', ['seen']],
    ['const seen: string[] = [];\nfunction note(id) {\n  seen.push(id);\n}', ['seen']],
    ['const state = { at: 0 };\nfunction move() {\n  state.at += 1;\n}', ['state']],
    ['const byId = {};\nfunction put(id) {\n  byId[id] = 1;\n}', ['byId']],
    ['const KNOWN = new Set(["a"]);\nexport const isKnown = (x) => KNOWN.has(x) && x.at === 1;', []],
    ['function make() {\n  let count = 0;\n  return () => count++;\n}', []],
  ])('%j changes %j', (code, names) => {
    expect(changingNames(code)).toEqual(names);
  });
});
