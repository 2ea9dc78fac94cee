// The schema that editors complete packs with says what the parser says: what one takes, the other takes.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { parsePack } from '../support/parse-pack.ts';

const schema = JSON.parse(readFileSync('schema/topic-pack.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(
  schema,
);

const HEAD = 'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: ports, version: 1.0.0 }\n';
const TOPIC = 'topics:\n  - id: harbour\n    title: Harbours\n    any: { en: harbour }\n';

const LEXICON =
  'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas: { port: { en: "a, b" }, close: { en: { verb: shut, participle: [ \'"shut"\' ], noun: closure, words: c } } }\n';
const FRAMED = 'apiVersion: tocsin.dev/v2\nkind: Topic\nid: ports\ntitle: Ports\n';
const ONE_FRAME = 'ideas: { a: { en: aa } }\nframes: [ { name: a, act: a } ]\n';

const errorsOfParser = (yaml: string): readonly string[] =>
  parsePack(yaml, 'pack.yaml')
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

describe('the schema of topic packs', () => {
  const shipped = readdirSync('config/topics').filter((name) => name.endsWith('.yaml'));

  it.each(shipped)('takes the shipped pack %s', (name) => {
    const isValid = validate(parse(readFileSync(`config/topics/${name}`, 'utf8')));

    expect({ isValid, errors: validate.errors }).toEqual({ isValid: true, errors: null });
  });

  it.each([
    ['a pack of sets alone', `${HEAD}sets: { port: { en: harbour OR port } }\n`],
    [
      'a topic with all its keys',
      `${HEAD}${TOPIC}    description: Ships\n    codes: { cameo: ["1", 2], plover: A }\n    severity: critical\n    all: [ ship ]\n    none: { "*": 'source:"example.org"' }\n    history: exclude\n    passage: { context: 1, max: 5, maxChars: 2000 }\n    tests: [ { match: a harbour, passage: harbour, title: T, lang: en }, { no: a port } ]\n`,
    ],
    [
      'tests in files',
      `${HEAD}${TOPIC}    tests: [ { match: { file: a.txt, lang: en, sentences: [0, 2], title: T } }, { no: { file: b.txt, lang: ko } } ]\n`,
    ],
    ['history for the whole pack', `${HEAD}history: exclude\n${TOPIC}`],
    ['a lexicon', LEXICON],
    ['a lexicon without ideas', 'apiVersion: tocsin.dev/v2\nkind: Lexicon\n'],
    [
      'a topic with frames and all its keys',
      `${FRAMED}version: 1.0.0\nlicense: CC0-1.0\ndescription: D\ncodes: { a: b }\nseverity: low\nneighbours: [ b ]\nhistory: include\npassage: { max: 1 }\nideas: { port: { includes: [ quay ], en: dock }, quay: { en: quay } }\nframes: [ { name: shut, act: quay, actor: port, object: [ port, quay ], unless: quay, within: 3 } ]\nextra: { en: [ harbour ] }\nexclude: { en: film }\ntests: [ { match: the dock, lang: en }, { no: a film, lang: en } ]\n`,
    ],
    ['expressions for every language, without a key', `${HEAD}topics: [ { id: a, title: A, any: [ harbour ] } ]\n`],
  ])('takes %s, as the parser does', (_, yaml) => {
    expect(errorsOfParser(yaml)).toEqual([]);
    expect({ isValid: validate(parse(yaml)), errors: validate.errors }).toEqual({ isValid: true, errors: null });
  });

  it.each([
    ['a list instead of a pack', '- a\n- b\n'],
    ['another version of the format', `${HEAD.replace('v1', 'v2')}${TOPIC}`],
    ['a newer version of the format', `${HEAD.replace('v1', 'v3')}${TOPIC}`],
    ['an unknown kind of the second format', 'apiVersion: tocsin.dev/v2\nkind: Words\n'],
    ['an unknown key of a lexicon', `${LEXICON}words: a\n`],
    ['an idea that is a text', 'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas: { port: harbour }\n'],
    ['an idea without words', 'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas: { port: { en: "," } }\n'],
    ['a form that is none', 'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas: { port: { en: { adverb: a } } }\n'],
    ['the name of an idea in upper case', 'apiVersion: tocsin.dev/v2\nkind: Lexicon\nideas: { Port: { en: a } }\n'],
    ['a topic with frames without title', `${FRAMED.replace('title: Ports\n', '')}${ONE_FRAME}`],
    ['an unknown key of a topic with frames', `${FRAMED}${ONE_FRAME}any: a\n`],
    ['a frame without act', `${FRAMED}${ONE_FRAME.replace('act: a', 'actor: a')}`],
    ['a frame without name', `${FRAMED}${ONE_FRAME.replace('name: a, ', '')}`],
    ['a frame that reaches too far', `${FRAMED}${ONE_FRAME.replace('act: a', 'act: a, within: 21')}`],
    ['tests that name no topic', 'apiVersion: tocsin.dev/v2\nkind: TopicTests\n'],
    ['another kind', `${HEAD.replace('TopicPack', 'Pack')}${TOPIC}`],
    ['a pack without pack:', `apiVersion: tocsin.dev/v1\nkind: TopicPack\n${TOPIC}`],
    ['a pack version of two numbers', `${HEAD.replace('1.0.0', "'1.0'")}${TOPIC}`],
    ['a pack id in upper case', `${HEAD.replace('ports', 'Ports')}${TOPIC}`],
    ['an unknown key of the pack', `${HEAD}${TOPIC}extra: 1\n`],
    ['an unknown key of a topic', `${HEAD}${TOPIC}    serverity: high\n`],
    ['a topic without id', `${HEAD}topics: [ { title: A, any: { en: harbour } } ]\n`],
    ['a topic without title', `${HEAD}topics: [ { id: a, any: { en: harbour } } ]\n`],
    ['a topic with nothing to look for', `${HEAD}topics: [ { id: a, title: A } ]\n`],
    ['an empty list of expressions', `${HEAD}topics: [ { id: a, title: A, any: [] } ]\n`],
    ['an unknown choice of history', `${HEAD}${TOPIC}    history: never\n`],
    ['an unknown choice of history for the pack', `${HEAD}history: never\n${TOPIC}`],
    ['an unknown severity', `${HEAD}${TOPIC}    severity: huge\n`],
    ['a language that is a word', `${HEAD}topics: [ { id: a, title: A, any: { english: harbour } } ]\n`],
    ['topics that are no list', `${HEAD}topics: { a: b }\n`],
    [
      'an expression that is a mapping, as {set} without quotes',
      `${HEAD}topics: [ { id: a, title: A, any: { en: [ {port} ] } } ]\n`,
    ],
    ['a set without words', `${HEAD}sets: { port: {} }\n${TOPIC}`],
    ['a passage of too many sentences', `${HEAD}${TOPIC}    passage: { context: 9 }\n`],
    ['a passage with an unknown key', `${HEAD}${TOPIC}    passage: { chars: 100 }\n`],
    ['a test with both match and no', `${HEAD}${TOPIC}    tests: [ { match: a, no: b } ]\n`],
    ['a test with neither', `${HEAD}${TOPIC}    tests: [ { title: a } ]\n`],
    ['a test with an unknown key', `${HEAD}${TOPIC}    tests: [ { match: a, text: b } ]\n`],
    ['a test file without language', `${HEAD}${TOPIC}    tests: [ { match: { file: a.txt } } ]\n`],
    [
      'sentences of a text that must not match',
      `${HEAD}${TOPIC}    tests: [ { no: { file: a, lang: en, sentences: [1] } } ]\n`,
    ],
    ['a passage of a text that must not match', `${HEAD}${TOPIC}    tests: [ { no: a, passage: a } ]\n`],
    ['a test without text', `${HEAD}${TOPIC}    tests: [ { match: '' } ]\n`],
    ['codes that are a list', `${HEAD}${TOPIC}    codes: [ 1 ]\n`],
    ['a description that is a list', `${HEAD}${TOPIC}    description: [ a ]\n`],
    ['sets that are a list', `${HEAD}sets: [ a ]\n${TOPIC}`],
    ['a set whose name has a space', `${HEAD}sets: { "a b": { en: port } }\n${TOPIC}`],
    ['tests that are no list', `${HEAD}${TOPIC}    tests: { match: a }\n`],
    [
      'an expression of more than 4,000 characters',
      `${HEAD}topics: [ { id: a, title: A, any: { en: ${'harbour OR '.repeat(400)}port } } ]\n`,
    ],
  ])('refuses %s, as the parser does', (_, yaml) => {
    expect(errorsOfParser(yaml)).not.toEqual([]);
    expect(validate(parse(yaml))).toBe(false);
  });

  it('describes every key, so that editors can explain it', () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, Record<string, unknown>> };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (!('description' in value) && !('const' in value) && !('$ref' in value)) undescribed.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(node)) visit(value, `${path}.${key}`);
    };

    visit(schema, '');

    expect(undescribed).toEqual([]);
  });
});
