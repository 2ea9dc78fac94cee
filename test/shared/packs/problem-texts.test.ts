// What the author of a pack reads: each message and hint whole, with its place.
import { checkPack } from '../../../shared/packs/check-pack.ts';
import { parsePacks } from '../../../shared/packs/parse-pack.ts';
import { reviewExpression } from '../../../shared/packs/review.ts';
import { DEFAULT_LIMITS } from '../../../shared/query/limits.ts';
import type { Problem } from '../../../shared/query/problems.ts';
import { parsePack } from '../../support/parse-pack.ts';

const HEAD = `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: mine, version: 1.0.0 }
`;
const TESTS = '    tests: [ { match: A treaty. }, { no: A cat. } ]\n';
/** A valid topic, except for these lines. */
const topicWith = (...lines: readonly string[]): string =>
  `${HEAD}topics:\n  - id: one\n    title: One\n    any: { en: treaty }\n${lines.map((line) => `    ${line}\n`).join('')}`;

/** `line:column code message | hint`. */
const told = ({ line, column, code, message, hint }: Problem): string =>
  `${line}:${column} ${code} ${message} | ${hint ?? ''}`;
const problemsOf = (yaml: string): readonly string[] => parsePack(yaml, 'mine.yaml').problems.map(told);
/** The topics that the errors name, each once. */
const topicsOf = (yaml: string): readonly (string | undefined)[] => [
  ...new Set(
    parsePack(yaml, 'mine.yaml')
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ topic }) => topic),
  ),
];
const errorsOf = (yaml: string): readonly string[] =>
  parsePack(yaml, 'mine.yaml')
    .problems.filter(({ severity }) => severity === 'error')
    .map(told);

describe('the head of a pack', () => {
  it.each([
    ['- a list', '1:1 E_TYPE a topic pack must be a mapping | apiVersion: tocsin.dev/v1'],
    ['', '1:1 E_TYPE a topic pack must be a mapping | apiVersion: tocsin.dev/v1'],
    [HEAD.replace('apiVersion: tocsin.dev/v1\n', ''), '1:1 E_MISSING missing apiVersion | apiVersion: tocsin.dev/v1'],
    [
      HEAD.replace('dev/v1', 'dev/v0'),
      '1:13 E_VALUE apiVersion must be tocsin.dev/v1, not tocsin.dev/v0 | apiVersion: tocsin.dev/v1',
    ],
    [
      HEAD.replace('dev/v1', 'dev/v12'),
      "1:13 E_VALUE apiVersion: tocsin.dev/v12 is the format of a newer Tocsin | this version reads tocsin.dev/v1 and v2; install a newer Tocsin, or use the pack's file for this version",
    ],
    [
      HEAD.replace('dev/v1', 'dev/v1x'),
      '1:13 E_VALUE apiVersion must be tocsin.dev/v1, not tocsin.dev/v1x | apiVersion: tocsin.dev/v1',
    ],
    [
      HEAD.replace(' tocsin.dev', ' x-tocsin.dev').replace('v1', 'v2'),
      '1:13 E_VALUE apiVersion must be tocsin.dev/v1, not x-tocsin.dev/v2 | apiVersion: tocsin.dev/v1',
    ],
    [HEAD.replace('kind: TopicPack\n', ''), '1:1 E_MISSING missing kind | kind: TopicPack'],
    [HEAD.replace('TopicPack', 'Pack'), '2:7 E_VALUE kind must be TopicPack, not Pack | kind: TopicPack'],
    [
      `${HEAD}topic: []\n`,
      '4:1 E_KEY unknown key topic in a topic pack | did you mean topics? Known: apiVersion, kind, pack, history, sets, topics',
    ],
    [
      HEAD.replace('id: mine,', 'id: mine, licence: x,'),
      '3:19 E_KEY unknown key licence in pack | did you mean license? Known: id, version, title, description, license, author, homepage',
    ],
    [
      HEAD.replace('id: mine,', 'id: mine, zzzzzzzzzz: x,'),
      '3:19 E_KEY unknown key zzzzzzzzzz in pack | Known: id, version, title, description, license, author, homepage',
    ],
    [HEAD.replace('id: mine, ', ''), '3:7 E_MISSING pack: has no id | id: lower-case words joined by -: my-pack'],
    [HEAD.replace('id: mine', 'id: Mine'), '3:13 E_VALUE invalid id "Mine" | lower-case words joined by -: my-pack'],
    [
      HEAD.replace('id: mine', 'id: my--pack'),
      '3:13 E_VALUE invalid id "my--pack" | lower-case words joined by -: my-pack',
    ],
    [HEAD.replace('id: mine', 'id: -mine'), '3:13 E_VALUE invalid id "-mine" | lower-case words joined by -: my-pack'],
    [HEAD.replace('id: mine', 'id: mine-'), '3:13 E_VALUE invalid id "mine-" | lower-case words joined by -: my-pack'],
    [HEAD.replace('id: mine', 'id: [x]'), '3:13 E_MISSING pack: has no id | id: lower-case words joined by -: my-pack'],
    [HEAD.replace(', version: 1.0.0', ''), '3:7 E_MISSING pack: has no version | version: three numbers: 1.0.0'],
    [HEAD.replace('1.0.0', '1.0'), '3:28 E_VALUE invalid version "1.0" | three numbers: 1.0.0'],
    [HEAD.replace('1.0.0', 'v1.0.0'), '3:28 E_VALUE invalid version "v1.0.0" | three numbers: 1.0.0'],
    [HEAD.replace('1.0.0', '1.0.0.0'), '3:28 E_VALUE invalid version "1.0.0.0" | three numbers: 1.0.0'],
    [
      HEAD.replace('1.0.0', '1.0.0, title: [x]'),
      '3:42 E_TYPE pack: title: must be text | write text, or remove the key',
    ],
    [
      HEAD.replace('1.0.0', '1.0.0, author: [x]'),
      '3:43 E_TYPE pack: author: must be text | write text, or remove the key',
    ],
    [
      HEAD.replace('1.0.0', '1.0.0, description: [x]'),
      '3:48 E_TYPE pack: description: must be text | write text, or remove the key',
    ],
    [
      HEAD.replace('1.0.0', '1.0.0, homepage: [x]'),
      '3:45 E_TYPE pack: homepage: must be text | write text, or remove the key',
    ],
    [
      HEAD.replace('1.0.0', '1.0.0, license: [x]'),
      '3:44 E_TYPE pack: license: must be text | write text, or remove the key',
    ],
    [
      `${HEAD}topics: { id: one }\n`,
      '4:9 E_TYPE topics: must be a list | begin each topic with a dash: - id: my-topic',
    ],
    [`${HEAD}sets: [ a ]\n`, '4:7 E_TYPE sets: must be a mapping | sets: { forces: { en: a OR b } }'],
    [
      `${HEAD}sets: { a b: { en: x } }\n`,
      '4:9 E_VALUE invalid set name "a b" | use letters, digits, - and _: armed_forces',
    ],
    [
      `${HEAD}sets: { a/b: { en: x } }\n`,
      '4:9 E_VALUE invalid set name "a/b" | use letters, digits, - and _: armed_forces',
    ],
    [`${HEAD}sets: { a: }\n`, '4:12 E_TYPE set a has no expression | a: { en: a OR b }'],
    [`${HEAD}sets: { a }\n`, '4:9 E_TYPE set a has no expression | a: { en: a OR b }'],
    [`${HEAD}sets: { a: {} }\n`, '4:12 E_TYPE set a has no expression | a: { en: a OR b }'],
    [
      `${HEAD}sets: { a: { en: x, ko: [ 병력 ] } }\n`,
      '4:25 E_TYPE set a, ko: must be an expression as text | join several in one expression: a OR b',
    ],
    [
      `${HEAD}sets: { a: { en: x, ko } }\n`,
      '4:21 E_TYPE set a, ko: must be an expression as text | join several in one expression: a OR b',
    ],
    [
      `${HEAD}sets: { a: { en: x, ko: } }\n`,
      '4:25 E_TYPE set a, ko: must be an expression as text | join several in one expression: a OR b',
    ],
    [
      `${HEAD}sets: { a: { En: x } }\n`,
      '4:14 E_LANGUAGE "En" is not a language code | two letters such as en, or * for every language',
    ],
    [
      `${HEAD}sets: { a: { engl: x } }\n`,
      '4:14 E_LANGUAGE "engl" is not a language code | two letters such as en, or * for every language',
    ],
    [
      `${HEAD}sets: { a: { e: x } }\n`,
      '4:14 E_LANGUAGE "e" is not a language code | two letters such as en, or * for every language',
    ],
    [`${HEAD}sets: { a: (x }\n`, '4:12 E_UNCLOSED ( is never closed | add a closing )'],
    [
      `${HEAD}sets:\n  a: { en: x }\n  a: { en: y }\n`,
      '6:3 E_YAML Map keys must be unique | remove or rename one of the two',
    ],
  ])('%j: %s', (yaml, problem) => {
    expect(errorsOf(yaml)).toEqual([problem]);
  });

  it.each(['a', 'my-pack', 'pack-2', '2b'])('may have the id %s', (id) => {
    expect(errorsOf(HEAD.replace('mine', id))).toEqual([]);
  });

  it.each(['0.0.1', '12.34.56', '1.0.0-rc.1'])('may have the version %s', (version) => {
    expect(errorsOf(HEAD.replace('1.0.0', version))).toEqual([]);
  });

  it.each(['en', 'gsw', '"*"'])('may have a set in the language %s', (language) => {
    expect(errorsOf(`${HEAD}sets: { a_b-c: { ${language}: x } }\n`)).toEqual([]);
  });
});

describe('a topic', () => {
  const item = (lines: string): string => `${HEAD}topics:\n  - ${lines.trim()}\n`;
  const KNOWN_KEYS =
    'Known: id, title, description, codes, severity, any, all, none, neighbours, history, passage, tests';

  it.each([
    [
      item('just text'),
      '5:5 E_TYPE a topic must be a mapping of id, title, description, codes, severity, any, all, none, neighbours, history, passage, tests | write key: value, one per line',
      '5:5 E_MISSING a topic has no id | id: lower-case words joined by -: troop-deployment',
      '5:5 E_MISSING topic  has no title | title: a name for people',
      '5:5 E_MISSING topic  has no expression to look for | any: { en: [ troops NEAR/5 deploy ] }',
    ],
    [
      item('{ title: One, any: treaty }'),
      '5:5 E_MISSING a topic has no id | id: lower-case words joined by -: troop-deployment',
    ],
    [item('{ id: one, any: treaty }'), '5:5 E_MISSING topic one has no title | title: a name for people'],
    [
      item('{ id: one, title: [x], any: treaty }'),
      '5:23 E_TYPE topic one title: must be text | write text, or remove the key',
    ],
    [
      item('{ id: one, title: One, any: treaty, description: [x] }'),
      '5:54 E_TYPE topic one description: must be text | write text, or remove the key',
    ],
    [
      item('{ id: one, title: One, any: treaty, severity: [x] }'),
      '5:51 E_TYPE topic one severity: must be text | write text, or remove the key',
    ],
    [
      item('{ id: one, title: One }'),
      '5:5 E_MISSING topic one has no expression to look for | any: { en: [ troops NEAR/5 deploy ] }',
    ],
    [
      item('{ id: one, title: One, any: [] }'),
      '5:33 E_MISSING topic one has no expression to look for | any: { en: [ troops NEAR/5 deploy ] }',
    ],
    [
      item('{ id: one, title: One, any: [ [x] ] }'),
      '5:35 E_TYPE any must contain only expressions as text | put an expression that begins with { [ " or *, or contains ": ", in \'single quotes\'',
    ],
    [
      item('{ id: one, title: One, any: treaty, all: { en: [ x, [y] ] } }'),
      '5:57 E_TYPE all: en: must contain only expressions as text | put an expression that begins with { [ " or *, or contains ": ", in \'single quotes\'',
    ],
    [
      item('{ id: one, title: One, any: treaty, none: { en: [ (x ] } }'),
      '5:55 E_UNCLOSED ( is never closed | add a closing )',
    ],
    [
      item('{ id: one, title: One, any: treaty, none: [ [x] ] }'),
      '5:49 E_TYPE none must contain only expressions as text | put an expression that begins with { [ " or *, or contains ": ", in \'single quotes\'',
    ],
    [
      item('{ id: one, title: One, any: treaty, codes: { a: [[1]], b: [[2]] } }'),
      '5:53 E_TYPE codes: must give each taxonomy a code or a list of codes | codes: { cameo: ["154", "074"], plover: MOBILIZE }',
    ],
    [
      item('{ id: one, title: One, any: treaty, all: { English: x } }'),
      '5:48 E_LANGUAGE "English" is not a language code | two letters such as en, or * for every language',
    ],
    [
      topicWith('severity: grave', TESTS.trim()),
      '8:15 E_VALUE unknown severity "grave" | must be one of low, medium, high, critical',
    ],
    [
      topicWith('history: never', TESTS.trim()),
      '8:14 E_VALUE unknown history "never" | must be one of include, exclude',
    ],
    [
      topicWith('codes: [ x ]', TESTS.trim()),
      '8:12 E_TYPE codes: must give each taxonomy a code or a list of codes | codes: { cameo: ["154", "074"], plover: MOBILIZE }',
    ],
    [
      topicWith('codes: { a: b, c: [ d, [e] ] }', TESTS.trim()),
      '8:23 E_TYPE codes: must give each taxonomy a code or a list of codes | codes: { cameo: ["154", "074"], plover: MOBILIZE }',
    ],
    [
      topicWith('codes: { a: b, c: }', TESTS.trim()),
      '8:23 E_TYPE codes: must give each taxonomy a code or a list of codes | codes: { cameo: ["154", "074"], plover: MOBILIZE }',
    ],
    [
      topicWith('codes: { a: b, c }', TESTS.trim()),
      '8:20 E_TYPE codes: must give each taxonomy a code or a list of codes | codes: { cameo: ["154", "074"], plover: MOBILIZE }',
    ],
    [
      topicWith('passage: { size: 3 }', TESTS.trim()),
      '8:16 E_KEY unknown key size in passage | Known: context, max, maxChars',
    ],
    [
      topicWith('passage: { max: 0 }', TESTS.trim()),
      '8:21 E_VALUE invalid passage max "0" | must be a whole number from 1 to 5',
    ],
    [
      topicWith('passage: { max: 6 }', TESTS.trim()),
      '8:21 E_VALUE invalid passage max "6" | must be a whole number from 1 to 5',
    ],
    [
      topicWith('passage: { context: 4 }', TESTS.trim()),
      '8:25 E_VALUE invalid passage context "4" | must be a whole number from 0 to 3',
    ],
    [
      topicWith('passage: { context: 1.5 }', TESTS.trim()),
      '8:25 E_VALUE invalid passage context "1.5" | must be a whole number from 0 to 3',
    ],
    [
      topicWith('passage: { maxChars: 79 }', TESTS.trim()),
      '8:26 E_VALUE invalid passage maxChars "79" | must be a whole number from 80 to 2000',
    ],
    [
      topicWith('passage: { maxChars: 2001 }', TESTS.trim()),
      '8:26 E_VALUE invalid passage maxChars "2001" | must be a whole number from 80 to 2000',
    ],
  ])('%j: %s', (yaml, ...problems) => {
    expect(errorsOf(yaml)).toEqual(problems);
    expect(topicsOf(yaml)).toEqual([yaml.includes('id: one') ? 'one' : undefined]);
  });

  it('may have no other keys', () => {
    expect(errorsOf(topicWith('tittle: x', TESTS.trim()))).toEqual([
      `8:5 E_KEY unknown key tittle in a topic | did you mean title? ${KNOWN_KEYS}`,
    ]);
  });

  it.each([
    ['{ id: one, any: treaty }', 'E_MISSING'],
    ['{ id: one, title: One, any: [] }', 'E_MISSING'],
    ['{ id: one, title: One, any: [ [x] ] }', 'E_TYPE'],
    ['{ id: one, title: One, any: treaty, passage: { max: 0 } }', 'E_VALUE'],
    ['{ id: one, title: One, any: treaty, neighbours: two }', 'E_VALUE'],
    ['{ id: one, title: One, any: treaty, neighbours: [one] }', 'E_VALUE'],
    ['{ id: one, title: One, any: treaty, neighbours: [Not An Id] }', 'E_VALUE'],
    ['{ id: one, title: One, any: { En: treaty } }', 'E_LANGUAGE'],
    ['{ id: one, title: One, any: a AND }', 'E_MISSING_TERM'],
    ['{ id: one, title: One, any: treaty, all: people, none: { en: b AND } }', 'E_MISSING_TERM'],
  ])('is named by its problem: %s', (topic, code) => {
    const [error] = parsePack(item(topic), 'm.yaml').problems.filter(({ severity }) => severity === 'error');

    expect(error).toMatchObject({ code, topic: 'one', path: 'm.yaml' });
  });

  it('may ask with all: and none: for what describes the article alone', () => {
    const yaml = topicWith('all: source:example.org', 'none: [ lang:fr, people ]', TESTS.trim());

    expect(problemsOf(yaml)).toEqual([]);
    expect(errorsOf(yaml.replace('en: treaty', 'en: source:example.org'))).toEqual([
      '7:16 E_NO_TEXT this could match without any word of the text | add what the text must say: source:"example.org" AND troops',
    ]);
  });

  it('may be defined once', () => {
    const one = '  - { id: one, title: One, any: treaty }\n';

    expect(errorsOf(`${HEAD}topics:\n${one}${one}`)).toEqual([
      '6:5 E_DUPLICATE topic one is defined twice | give one of them another id',
    ]);
  });

  it('brings its tests in their order, those of an earlier topic first', () => {
    const topicOf = (id: string) =>
      `  - { id: ${id}, title: One, any: a, tests: [ { match: ${id}1 }, { no: ${id}2 } ] }\n`;

    expect(parsePack(`${HEAD}topics:\n${topicOf('a')}${topicOf('b')}`, 'm.yaml').tests.map(({ text }) => text)).toEqual(
      ['a1', 'a2', 'b1', 'b2'],
    );
  });

  it('may have twenty words that begin with *, of which a lone * is none', () => {
    const words = Array.from('兵军派遣条约批准国家政府总统部长战争和平边境', (character) => `*${character}`);
    const errorsWith = (expression: string) => errorsOf(topicWith(`all: { zh: '${expression}' }`, TESTS.trim()));
    const most = words.slice(0, 20).join(' OR ');

    expect(errorsWith(`${most} OR 会 OR "会 * 议" OR *兵`)).toEqual([]);
    expect(errorsWith(`${most} OR "${words[20]} 议"`)).toEqual([
      '5:5 E_LIMIT 21 words of zh begin with *; at most 20 are allowed per topic and language | write the beginnings of the words instead, or split the topic',
    ]);
    expect(topicsOf(topicWith(`all: { zh: '${words.slice(0, 21).join(' OR ')}' }`))).toEqual(['one']);
  });

  it('is read although its sets contain each other', () => {
    const yaml = `${HEAD}sets: { left: '{right}', right: 'x OR {left}' }
topics:
  - { id: one, title: One, any: '{left}' }
`;

    expect(parsePack(yaml, 'm.yaml').problems.map(({ code }) => code)).toEqual([
      'E_SET_CYCLE',
      'E_SET_CYCLE',
      'W_NO_NEGATIVE_TEST',
      'E_SET_CYCLE',
    ]);
  });

  it('takes a set along in each language that it needs, in the order of their names', () => {
    const yaml = `${HEAD}sets: { z: { en: troops, ko: 병력, fr: troupes }, a: { '*': x } }
topics:
  - { id: one, title: One, any: { en: '{z} NEAR/2 {a}', ko: '{z}' } }
`;
    const [topic] = parsePack(yaml, 'm.yaml').topics;

    expect(Object.entries(topic?.sets ?? {})).toEqual([
      ['a', { '*': 'x' }],
      ['z', { en: 'troops', ko: '병력' }],
    ]);
  });

  it('has no word about a set without words that it does not use', () => {
    const yaml = `${topicWith(TESTS.trim())}sets: { a: }\n`;

    expect(problemsOf(yaml)).toEqual(['9:12 E_TYPE set a has no expression | a: { en: a OR b }']);
  });

  it('has no warnings of its expressions and sets where they are not reviewed', () => {
    const yaml = `${topicWith('all: people', TESTS.trim())}sets: { a: { en: 'x OR вoйска' } }\n`.replace(
      'en: treaty',
      "en: 'people OR {a}'",
    );
    const codes = (isReviewed: boolean) =>
      parsePacks([{ path: 'm.yaml', text: yaml }], undefined, isReviewed)[0]?.problems.map(({ code }) => code);

    expect(codes(true)).toEqual(['W_COMMON_ANCHOR', 'W_MIXED_SCRIPT']);
    expect(codes(false)).toEqual([]);
  });

  it('has limits that may be others than those of every day', () => {
    const [pack] = parsePacks([{ path: 'm.yaml', text: topicWith('all: a NEAR/3 b', TESTS.trim()) }], {
      ...DEFAULT_LIMITS,
      near: 2,
    });

    expect(pack?.problems.map(({ code }) => code)).toEqual(['E_LIMIT']);
  });

  it.each([
    ['', { context: 0, max: 3, maxChars: 420 }],
    ['passage: {}', { context: 0, max: 3, maxChars: 420 }],
    ['passage: { context: 3, max: 5, maxChars: 2000 }', { context: 3, max: 5, maxChars: 2_000 }],
    ['passage: { context: 0, max: 1, maxChars: 80 }', { context: 0, max: 1, maxChars: 80 }],
  ])('may have a %j', (line, passage) => {
    const { topics, problems } = parsePack(topicWith(line, TESTS.trim()), 'mine.yaml');

    expect(problems).toEqual([]);
    expect(topics[0]?.passage).toEqual(passage);
  });

  it.each([
    ['', '', undefined],
    ['', 'history: exclude', 'exclude'],
    ['', 'history: include', undefined],
    ['history: exclude', '', 'exclude'],
    ['history: exclude', 'history: include', undefined],
    ['history: include', 'history: exclude', 'exclude'],
  ])('in a pack with %j and itself with %j says of history: %s', (ofPack, ofTopic, history) => {
    const yaml = topicWith(ofTopic, TESTS.trim()).replace('topics:', `${ofPack}\ntopics:`);
    const { topics, problems } = parsePack(yaml, 'mine.yaml');

    expect(problems).toEqual([]);
    expect(topics[0]?.history).toBe(history);
  });

  it('has the version that it had before topics could say anything of history', () => {
    const versions = ['', 'history: include', 'history: exclude'].map(
      (line) => parsePack(topicWith(line, TESTS.trim()), 'mine.yaml').topics[0]?.version,
    );

    expect(versions[1]).toBe(versions[0]);
    expect(versions[2]).not.toBe(versions[0]);
  });

  it('is read as it is written', () => {
    const yaml = topicWith(
      'description: "  About ships. "',
      'severity: high',
      'codes: { cameo: [ 154, "074" ], plover: MOBILIZE }',
      'all: { "*": ship }',
      'none: [ film, novel ]',
      TESTS.trim(),
    );
    const { topics, problems, packId, isShared } = parsePack(yaml, 'mine.yaml');

    expect(problems).toEqual([]);
    expect([packId, isShared]).toEqual(['mine', false]);
    expect(topics).toEqual([
      {
        id: 'one',
        title: 'One',
        description: 'About ships.',
        severity: 'high',
        codes: { cameo: ['154', '074'], plover: 'MOBILIZE' },
        any: { en: ['treaty'] },
        all: { '*': ['ship'] },
        none: { '*': ['film', 'novel'] },
        sets: {},
        passage: { context: 0, max: 3, maxChars: 420 },
        pack: 'mine',
        version: expect.stringMatching(/^1\.0\.0\+[0-9a-f]{7}$/),
      },
    ]);
  });

  it('has another version when anything of it has changed', () => {
    const versions = ['', 'severity: high', 'description: x', 'passage: { max: 1 }', 'none: film'].map(
      (line) => parsePack(topicWith(line, TESTS.trim()), 'mine.yaml').topics[0]?.version,
    );

    expect(new Set(versions).size).toBe(versions.length);
  });

  it('takes along the sets that it uses, in any depth, each in the languages it needs', () => {
    const yaml = `${HEAD}sets:
  forces: { en: 'troops OR {ranks}', ko: 병력 }
  ranks: { '*': 'soldier OR {more}' }
  more: { en: general, fr: général }
  unused: { en: x }
topics:
  - id: one
    title: One
    any: { en: '{forces}' }
    tests: [ { match: Troops. }, { no: A cat. } ]
`;
    const { topics, problems } = parsePack(yaml, 'mine.yaml');

    expect(problems.map(told)).toEqual([
      '8:17 W_UNUSED_SET no topic of this pack uses {unused} | remove it, or use it in an expression',
    ]);
    expect(topics[0]?.sets).toEqual({
      forces: { en: 'troops OR {ranks}' },
      more: { en: 'general' },
      ranks: { '*': 'soldier OR {more}' },
    });
  });
});

describe('a test of a topic', () => {
  const errorsOfTest = (test: string): readonly string[] => errorsOf(topicWith(`tests: [ ${test}, { no: A cat. } ]`));

  it.each([
    [
      '{ match: A treaty., no: x }',
      '8:14 E_TEST a test must have either match: or no:, with a text | - match: "a text"   or   - no: "a text"',
    ],
    [
      '{ title: x }',
      '8:14 E_TEST a test must have either match: or no:, with a text | - match: "a text"   or   - no: "a text"',
    ],
    ['{ match: " " }', '8:23 E_TEST match: has no text | write the text to test'],
    ['{ no: "" }', '8:20 E_TEST no: has no text | write the text to test'],
    ['{ no: x, passage: x }', '8:14 E_TEST no: cannot have a passage or sentences | they belong to match:'],
    [
      '{ no: { file: a, lang: en, sentences: [1] } }',
      '8:14 E_TEST no: cannot have a passage or sentences | they belong to match:',
    ],
    [
      '{ match: { file: a } }',
      '8:23 E_TEST match: must name a file and its language | match: { file: news.txt, lang: en }',
    ],
    ['{ no: { lang: en } }', '8:20 E_TEST no: must name a file and its language | no: { file: news.txt, lang: en }'],
    ['{ match: x, passage: [x] }', '8:35 E_TYPE a test, passage: must be text | write text, or remove the key'],
    ['{ match: x, lang: [x] }', '8:32 E_TYPE a test, lang: must be text | write text, or remove the key'],
    ['{ match: x, title: [x] }', '8:33 E_TYPE a test, title: must be text | write text, or remove the key'],
    ['{ match: [x] }', '8:23 E_TYPE a test, match: must be text | write text, or remove the key'],
    [
      '{ match: x, language: en }',
      '8:26 E_KEY unknown key language in a test | Known: match, no, passage, title, lang',
    ],
    [
      '{ match: { file: [a], lang: en } }',
      '8:31 E_TYPE match: file: must be text | write text, or remove the key',
      '8:23 E_TEST match: must name a file and its language | match: { file: news.txt, lang: en }',
    ],
    [
      '{ match: { file: a, lang: en, sentences: [] } }',
      '8:55 E_TYPE sentences: must be a list of numbers | sentences: [2, 3, 4]; 0 is the title',
    ],
    [
      '{ match: { file: a, lang: en, sentences: [1.5] } }',
      '8:55 E_TYPE sentences: must be a list of numbers | sentences: [2, 3, 4]; 0 is the title',
    ],
    [
      '{ match: x, lang: EN }',
      '8:32 E_LANGUAGE "EN" is not a language code | two letters such as en, or * for every language',
    ],
  ])('%s: %s', (test, ...problems) => {
    expect([...errorsOfTest(test)].sort()).toEqual([...problems].sort());
    expect(topicsOf(topicWith(`tests: [ ${test} ]`))).toEqual(['one']);
  });

  it('that is no list is an error', () => {
    expect(errorsOf(topicWith('tests: { match: x }'))).toEqual([
      '8:12 E_TYPE tests: must be a list | - match: "a text"',
    ]);
    expect(errorsOf(topicWith('tests:'))).toEqual(['8:11 E_TYPE tests: must be a list | - match: "a text"']);
  });

  it('may say its language and title beside a file, or within', () => {
    const yaml = topicWith(
      'tests:',
      '  - { match: { file: a }, lang: en, title: Beside }',
      '  - { match: { file: b, lang: de, title: Within }, lang: fr, title: x }',
      '  - { no: A cat. }',
    );

    expect(parsePack(yaml, 'm.yaml').tests.map(({ language, title, file }) => [language, title, file])).toEqual([
      ['en', 'Beside', 'a'],
      ['de', 'Within', 'b'],
      [null, '', null],
    ]);
  });

  it.each([
    ['', 'no tests'],
    ['{ match: A treaty. }', 'no test that must not match'],
    ['{ no: A cat. }', 'no test that must match'],
  ])('that is missing is pointed out: with %j there is %s', (tests, lacking) => {
    expect(problemsOf(topicWith(`tests: [ ${tests} ]`))).toEqual([
      `8:12 W_NO_NEGATIVE_TEST topic one has ${lacking} | tests: [ { match: "…", passage: "…" }, { no: "…" } ]`,
    ]);
  });

  it('that is missing is pointed out at the topic where there is no list', () => {
    expect(problemsOf(topicWith())).toEqual([
      '5:5 W_NO_NEGATIVE_TEST topic one has no tests | tests: [ { match: "…", passage: "…" }, { no: "…" } ]',
    ]);
  });

  it.each([
    ['da', true],
    ['no', true],
    ['sv', false],
    ['ru', false],
    ['"*"', true],
  ])('without a language counts for those that its text may be in: %s, %s', (language, isCounted) => {
    const text = 'Vi har en stor hund i huset.';
    const yaml = topicWith(`tests: [ { match: ${text} }, { no: ${text} } ]`).replace('en: treaty', `${language}: hund`);

    expect(problemsOf(yaml).length).toBe(isCounted ? 0 : 1);
  });

  it('that is missing in some languages is pointed out for each kind', () => {
    const yaml = topicWith(
      'tests: [ { match: x, lang: en }, { match: x, lang: ko }, { no: x, lang: en }, { no: x, lang: fr } ]',
    ).replace('{ en: treaty }', '{ en: treaty, ko: 조약, fr: traité, de: Vertrag }');

    expect(problemsOf(yaml)).toEqual([
      '8:12 W_NO_NEGATIVE_TEST topic one has no tests in de, no test that must match in fr, no test that must not match in ko | tests: [ { match: "…", passage: "…" }, { no: "…" } ]',
    ]);
  });
});

describe('a failed test says what was found', () => {
  const failuresOf = (...tests: readonly string[]): readonly string[] => {
    const { topics, tests: read } = parsePack(topicWith('tests:', ...tests.map((test) => `  - ${test}`)), 'mine.yaml');
    return checkPack(topics, read).problems.map(told);
  };
  const EXPLAINED = (name: string, words: number, sign: string, found = '') =>
    `\none ${name}, language en, ${words} words\nany en: ${sign} treaty${found}`;
  const version = parsePack(topicWith(TESTS.trim()), 'm.yaml').topics[0]?.version ?? '';

  it('one that must match', () => {
    expect(failuresOf('{ match: A cat., lang: en }', '{ match: A treaty. }')).toEqual([
      `9:9 E_TEST_FAILED one: must match "A cat." | ${EXPLAINED(version, 2, '-')}`,
    ]);
  });

  it('one that must not', () => {
    expect(failuresOf('{ no: A treaty., lang: en }')).toEqual([
      `9:9 E_TEST_FAILED one: must not match "A treaty.", but does: en: treaty | ${EXPLAINED(version, 2, '+', '  [1–1] "treaty"')}`,
    ]);
  });

  it.each([
    ['treaty', []],
    ['TREATY', []],
    ['the treaty of', []],
    ['treaty of  1990', []],
    [' treaty ', []],
    ['cat', ['the highlighted words of "Cats read the treaty of 1990." are "treaty", not "cat"']],
    ['a treaty', ['the highlighted words of "Cats read the treaty of 1990." are "treaty", not "a treaty"']],
  ])('one whose highlighted words must hold %s', (passage, messages) => {
    const { topics, tests } = parsePack(
      topicWith('tests:', `  - { match: Cats read the treaty of 1990., passage: "${passage}", lang: en }`),
      'mine.yaml',
    );

    expect(checkPack(topics, tests).problems.map(({ message }) => message.replace('one: ', ''))).toEqual(messages);
  });

  it('one with several passages, of which one must hold the words', () => {
    const text = 'A treaty. Nobody knew what it was about. The treaties came back.';

    expect(failuresOf(`{ match: ${text}, passage: treaties }`, `{ match: ${text}, passage: treaty }`)).toEqual([]);
    expect(failuresOf(`{ match: ${text}, passage: cat, lang: en }`)[0]).toContain(
      ' are "treaty", "treaties", not "cat" |',
    );
  });

  it('one in a language that is found', () => {
    const { topics, tests } = parsePack(
      topicWith('tests: [ { match: The treaties were signed by both of them on Monday. } ]').replace(
        'en: treaty',
        '"*": treaty',
      ),
      'mine.yaml',
    );

    expect(checkPack(topics, tests)).toEqual({ passed: 1, failed: 0, problems: [] });
  });

  it('one of sentences, each named once, in their order', () => {
    const text = `${'A treaty. '.repeat(11)}The end.`;
    const failureOf = (sentences: string) => {
      const { topics, tests } = parsePack(
        topicWith(`tests: [ { match: { file: a.txt, lang: en, sentences: ${sentences} } } ]`),
        'mine.yaml',
      );
      return checkPack(
        topics,
        tests.map((test) => ({ ...test, text })),
      ).problems.map(({ message }) => message);
    };

    expect(failureOf('[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]')).toEqual([]);
    expect(failureOf('[12, 2, 2]')).toEqual([
      'one: the highlighted words of a.txt are in sentences 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, not 2, 12',
    ]);
    expect(failureOf('[0]')[0]).toContain('not 0');
  });

  it('one of sentences in a text that does not match', () => {
    const { topics, tests } = parsePack(
      topicWith('tests: [ { match: { file: a.txt, lang: en, sentences: [1] } } ]'),
      'mine.yaml',
    );

    expect(
      checkPack(
        topics,
        tests.map((test) => ({ ...test, text: 'A cat.' })),
      ).problems.map(({ message }) => message),
    ).toEqual(['one: must match a.txt']);
  });

  it('one of a topic that cannot be used', () => {
    const { tests } = parsePack(topicWith(TESTS.trim()), 'mine.yaml');

    expect(checkPack([], tests)).toMatchObject({
      passed: 0,
      failed: 2,
      problems: [
        { message: 'one: topic one cannot be used', hint: undefined, excerpt: '' },
        { message: 'one: topic one cannot be used' },
      ],
    });
  });

  it('with the first ninety characters of its text', () => {
    const shownOf = (text: string) => /match "(.*)" \|/.exec(failuresOf(`{ match: ${text}, lang: en }`)[0] ?? '')?.[1];

    expect(shownOf('x'.repeat(90))).toBe('x'.repeat(90));
    expect(shownOf('x'.repeat(91))).toBe(`${'x'.repeat(89)}…`);
  });
});

describe('a warning about an expression', () => {
  const SETS = { forces: { en: 'troops OR soldiers', '*': 'x' }, outer: { en: '{forces}' }, film: { en: 'people' } };
  const warningsOf = (expression: string, language = 'en') =>
    reviewExpression(expression, { language, sets: SETS }).map(
      ({ severity, code, message, start, end, hint }) =>
        `${severity} ${code} ${expression.slice(start, end)}: ${message} | ${hint}${end <= expression.length ? '' : '!'}`,
    );

  it.each([
    [
      'treaty OR вoйска OR army',
      'warning W_MIXED_SCRIPT вoйска: вoйска mixes Latin and Cyrillic letters | type the word again on one keyboard layout',
    ],
    [
      'treaty OR "α вoйска b" OR army',
      'warning W_MIXED_SCRIPT "α вoйска b": вoйска mixes Latin and Cyrillic letters | type the word again on one keyboard layout',
    ],
    [
      'treaty OR βeta OR army',
      'warning W_MIXED_SCRIPT βeta: βeta mixes Latin and Greek letters | type the word again on one keyboard layout',
    ],
    [
      'treaty OR deploy OR "x" OR deployed OR army',
      'warning W_STEM_COLLISION deployed: deployed has the same forms as deploy | remove one, or quote both to match only these forms: "deploy" OR "deployed"',
    ],
    [
      'treaty AND ({outer} NEAR/5 (soldier OR navy))',
      'warning W_SAME_WORD_BOTH_SIDES ({outer} NEAR/5 (soldier OR navy)): soldier is on both sides | one word never counts for both sides; remove it from one of them',
    ],
    [
      'treaty AND 2 OF (tank, gun, tanks) AND gun',
      'warning W_SAME_WORD_TWICE tanks: tanks shares a word with an earlier part | one occurrence counts for every part that contains it; remove it from one of them',
    ],
    [
      'treaty AND NOT (gun OR people) AND NOT tank',
      'warning W_NOT_COMMON (gun OR people): AND NOT people excludes every text that contains this very common word | to exclude it only nearby, write NOT NEAR/10 people',
    ],
    [
      'treaty AND NOT {film}',
      'warning W_NOT_COMMON {film}: AND NOT people excludes every text that contains this very common word | to exclude it only nearby, write NOT NEAR/10 people',
    ],
    [
      'people OR treaty',
      'warning W_COMMON_ANCHOR people OR treaty: people is one of the most common words, and no rarer word is required with it | join it with a rarer word: AND, or NEAR/8',
    ],
  ])('%s', (expression, warning) => {
    expect(warningsOf(expression)).toEqual([warning]);
  });

  it.each([
    ['people', true],
    ['"people"', true],
    ['people AND treaty', false],
    ['people NEAR/5 treaty', false],
    ['people NEAR/5 (treaty OR the)', true],
    ['people AND lang:en', true],
    ['2 OF (people, treaty)', false],
    ['2 OF (people, treaty, army)', false],
    ['people AND NOT treaty', true],
    ['people NOT NEAR/5 treaty', true],
    ['atleast3(people)', true],
    ['atleast3(treaty)', false],
    ['num(1..2) OR people', false],
    ['people*', false],
    ['*people', false],
    ['*people*', false],
    ['=US', false],
    ['=People', true],
    ['"the * people"', false],
    ['"* people"', false],
    ['the OR people', true],
  ])('that it holds in nearly every text: %s, %s', (expression, isWarned) => {
    expect(reviewExpression(expression, { language: 'en', sets: {} }).map(({ code }) => code)).toEqual(
      isWarned ? ['W_COMMON_ANCHOR'] : [],
    );
  });

  it('is not given for what need not name a word of the text', () => {
    expect(reviewExpression('people', { language: 'en', sets: {}, mayLackText: true })).toEqual([]);
  });

  it('is not given for an expression with errors, nor twice for one NEAR', () => {
    expect(reviewExpression('people AND', { language: 'en', sets: {} })).toEqual([]);
    expect(reviewExpression('people OR {none}', { language: 'en', sets: {} })).toEqual([]);
    expect(warningsOf('(tank OR gun) NEAR/5 (tank OR gun)')).toHaveLength(1);
  });

  it.each([
    ['treaty AND title:(deploy OR deployed)', ['W_STEM_COLLISION']],
    ['treaty AND lead:(deploy OR deployed)', ['W_STEM_COLLISION']],
    ['treaty AND body:(deploy OR deployed)', ['W_STEM_COLLISION']],
    ['treaty AND source:(deploy OR deployed)', []],
    ['treaty AND (deploy OR =deploy)', []],
    ['treaty AND (=deploy OR =deploy)', []],
    ['treaty AND ("deploy" OR deployed)', []],
    ['treaty AND (troop* OR troops)', []],
    ['treaty AND NOT source:people', []],
    ['treaty AND NOT =People', ['W_NOT_COMMON']],
    ['treaty AND NOT =IT', []],
    ['treaty AND NOT (=IT OR people)', ['W_NOT_COMMON']],
    ['treaty AND NOT "people"', []],
    ['treaty AND 2 OF (source:tank, tank, gun)', []],
    ['treaty AND (tank w/s (gun OR tank))', ['W_SAME_WORD_BOTH_SIDES']],
    ['treaty AND ((tank OR tank) w/s gun)', ['W_STEM_COLLISION']],
    ['treaty AND 2 OF ("fighter jet", "FIGHTER jet")', ['W_SAME_WORD_TWICE']],
  ] as [string, string[]][])('%s has %j', (expression, codes) => {
    expect(warningsOf(expression).map((each) => each.split(' ')[1])).toEqual(codes);
  });

  it('looks into sets as deep as they may be', () => {
    const depth = Object.fromEntries(
      [1, 2, 3, 4, 5].map((level) => [`s${level}`, { en: level === 5 ? 'people' : `{s${level + 1}}` }]),
    );

    expect(reviewExpression('treaty AND NOT {s1}', { language: 'en', sets: depth }).map(({ code }) => code)).toEqual([
      'W_NOT_COMMON',
    ]);
  });

  it('is given for expressions of any language by the commonest words of all', () => {
    expect(warningsOf('the', '*').map((each) => each.split(' ')[1])).toEqual(['W_COMMON_ANCHOR']);
    expect(warningsOf('deploy OR deployed OR treaty', '*')).toEqual([]);
    expect(warningsOf('deploy OR Deploy OR treaty', '*').map((each) => each.split(' ')[1])).toEqual([
      'W_STEM_COLLISION',
    ]);
  });

  it('comes in the order of the text', () => {
    expect(warningsOf('(a OR вoйска) AND (deploy OR deployed) AND βeta').map((each) => each.split(' ')[1])).toEqual([
      'W_MIXED_SCRIPT',
      'W_STEM_COLLISION',
      'W_MIXED_SCRIPT',
    ]);
  });
});
