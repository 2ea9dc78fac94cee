// Problems of a pack: file, line, column, the line at fault with its caret, and every problem in one run.
import { checkPack, problemsOf } from '../../../shared/packs/check-pack.ts';
import { parsePacks } from '../../../shared/packs/parse-pack.ts';
import { formatProblem } from '../../../shared/query/problems.ts';
import { parsePack } from '../../support/parse-pack.ts';

const pack = (rest: string) => `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: mine, version: 1.0.0 }
${rest}`;

const TESTS = `    tests:
      - match: "Troops were deployed at the border."
        passage: "Troops were deployed"
      - no: "The river was high."
`;

const shown = (yaml: string) => parsePack(yaml, 'packs/mine.yaml').problems.map(formatProblem);

describe('a problem inside an expression', () => {
  it('is shown as file, line, column, line, caret and hint', () => {
    const yaml = pack(`sets:
  forces: { en: troops OR soldiers }
topics:
  - id: one
    title: One
    any:
      en:
        - (troops OR {forcs}) NEAR/3 deploy OR {forces}
${TESTS}`);

    expect(shown(yaml)).toEqual([
      [
        'E_UNKNOWN_SET  packs/mine.yaml:11:22  unknown set {forcs}',
        '          - (troops OR {forcs}) NEAR/3 deploy OR {forces}',
        '                       ^^^^^^^  hint: did you mean {forces}?',
      ].join('\n'),
    ]);
  });

  it('keeps its place in a folded block of several lines', () => {
    const yaml = pack(`topics:
  - id: one
    title: One
    any:
      en:
        - >-
          troops NEAR/3
          (deploy OR tr*)
${TESTS}`);

    expect(shown(yaml)).toEqual([
      expect.stringMatching(
        /^E_WILDCARD_SHORT {2}packs\/mine\.yaml:11:22 .*\n.*\(deploy OR tr\*\)\n {23}\^\^\^ {2}hint: /,
      ),
    ]);
  });

  it.each([
    ['marks that take no room', 'e\u0301le\u0300ve', 5],
    ['a decomposed syllable', '병력'.normalize('NFD'), 4],
    ['an emoji', '"🚢"', 4],
  ])('puts the caret where it is seen, behind %s', (_what, word, width) => {
    const yaml = pack(`topics:
  - id: one
    title: One
    any: { ko: [ '${word} OR tr*' ] }
    tests: [ { match: 파병, lang: ko }, { no: 강, lang: ko } ]
`);
    const [problem] = parsePack(yaml, 'mine.yaml').problems.filter(({ code }) => code === 'E_WILDCARD_SHORT');

    expect(problem?.excerpt.split('\n')[1]).toBe(`${' '.repeat("    any: { ko: [ '".length + width + 4)}^^^`);
  });

  it('puts the caret below wide characters', () => {
    const yaml = pack(`topics:
  - id: one
    title: One
    any: { ko: [ 파병 OR 병* ] }
    tests: [ { match: 파병, lang: ko }, { no: 강, lang: ko } ]
`);

    expect(shown(yaml)[0]).toMatch(/\n {6}any: \{ ko: \[ 파병 OR 병\* \] \}\n {27}\^\^\^/);
  });
});

describe('an expression that YAML reads as something else', () => {
  it.each(['"armed forces" OR troops', '{forces} NEAR/3 deploy', '*ment OR troops', '%x', '@x'])(
    'is reported once, with how to write it: %s',
    (expression) => {
      const yaml = pack(`sets: { forces: { en: troops } }
topics:
  - id: one
    title: One
    any:
      en:
        - ${expression}
${TESTS}`);
      const { problems } = parsePack(yaml, 'mine.yaml');

      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([
        expect.objectContaining({
          code: 'E_YAML',
          line: 10,
          hint: expect.stringContaining("'single quotes'") as string,
        }),
      ]);
    },
  );

  it('is reported with how to write it, where YAML has no objection', () => {
    const yaml = pack(`topics:\n  - id: one\n    title: One\n    any: { en: [ {forces} ] }\n${TESTS}`);

    expect(parsePack(yaml, 'mine.yaml').problems).toEqual([
      expect.objectContaining({ code: 'E_TYPE', hint: expect.stringContaining("'single quotes'") as string }),
    ]);
  });
});

describe('a pack', () => {
  it('has all its problems reported together, in the order of the file, and keeps its good topics', () => {
    const yaml = pack(`sets:
  unused: { en: army }
topics:
  - id: Bad Id
    title: One
    any: { en: [ troops deploy ] }
  - id: good
    title: Good
    any: { en: [ troops NEAR/3 deploy ] }
${TESTS}
  - id: good
    title: Twice
    any: { en: [ treaty ] }
  - id: third
    titel: Third
    severity: grave
    any: { english: [ treaty AND ] }
    passage: { max: 9 }
`);
    const { problems, topics, tests } = parsePack(yaml, 'mine.yaml');

    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['E_VALUE', 7],
      ['E_JUXTAPOSED', 9],
      ['E_DUPLICATE', 18],
      ['W_NO_NEGATIVE_TEST', 18],
      ['E_MISSING', 21],
      ['W_NO_NEGATIVE_TEST', 21],
      ['E_KEY', 22],
      ['E_VALUE', 23],
      ['E_LANGUAGE', 24],
      ['E_MISSING_TERM', 24],
      ['E_VALUE', 25],
    ]);
    expect(topics.map(({ id, title }) => [id, title])).toEqual([['good', 'Good']]);
    expect(tests).toHaveLength(2);
  });

  it('gets warnings for unused sets and for topics without tests', () => {
    const yaml = pack(`sets:
  unused: { en: army }
topics:
  - id: one
    title: One
    any: { en: [ treaty ] }
`);

    expect(parsePack(yaml, 'mine.yaml').problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ['W_UNUSED_SET', 'warning', 5],
      ['W_NO_NEGATIVE_TEST', 'warning', 7],
    ]);
  });

  it('has an error for lacking tests when it states a licence, and its topic all the same', () => {
    const yaml = pack('topics:\n  - id: one\n    title: One\n    any: { en: [ treaty ] }\nsets: { unused: x }\n');
    const shared = parsePack(yaml.replace('1.0.0', '1.0.0, license: CC0-1.0'), 'mine.yaml');

    expect(problemsOf(shared).map(({ code, severity }) => [code, severity])).toEqual([
      ['E_NO_NEGATIVE_TEST', 'error'],
      ['W_UNUSED_SET', 'warning'],
    ]);
    expect(shared.topics.map(({ id }) => id)).toEqual(['one']);
    expect(problemsOf(parsePack(yaml, 'mine.yaml')).map(({ code }) => code)).toEqual([
      'W_NO_NEGATIVE_TEST',
      'W_UNUSED_SET',
    ]);
  });

  it.each([
    ['a list of codes', 'E_TYPE', 'codes: [ 1 ]'],
    ['a code that is a mapping', 'E_TYPE', 'codes: { a: { b: c } }'],
    ['a description that is a list', 'E_TYPE', 'description: [ ships ]'],
    ['a severity that is a list', 'E_TYPE', 'severity: [ high ]'],
    ['a severity left empty', 'E_TYPE', 'severity:'],
    [
      'a test in a language that is a word',
      'E_LANGUAGE',
      'tests: [ { match: A treaty., lang: english }, { no: A cat. } ]',
    ],
    ['a test with a list for a title', 'E_TYPE', 'tests: [ { match: A treaty., title: [ x ] }, { no: A cat. } ]'],
    ['a test without a word', 'E_TEST', 'tests: [ { match: " " }, { no: A cat. } ]'],
    ['a passage of what must not match', 'E_TEST', 'tests: [ { match: A treaty. }, { no: A cat., passage: cat } ]'],
    ['a test file without language', 'E_TEST', 'tests: [ { match: { file: a.txt } }, { no: A cat. } ]'],
    [
      'a test file under an unknown key',
      'E_KEY',
      'tests: [ { match: { file: a.txt, lang: en, sentence: [1] } }, { no: A cat. } ]',
    ],
    [
      'sentences that are not numbers',
      'E_TYPE',
      'tests: [ { match: { file: a.txt, lang: en, sentences: [a] } }, { no: A cat. } ]',
    ],
  ])('does not pass over %s', (_what, code, line) => {
    const yaml = pack(`topics:\n  - id: one\n    title: One\n    any: { en: [ treaty ] }\n    ${line}\n`);
    const { problems, topics } = parsePack(yaml, 'mine.yaml');
    const [error] = problems.filter(({ severity }) => severity === 'error');

    expect(error).toMatchObject({ code, line: 8, topic: 'one' });
    expect(error?.excerpt).toContain('^');
    expect(error?.hint).toBeTruthy();
    expect(topics).toEqual([]);
  });

  it.each([
    ['sets that are a list', 'E_TYPE', 'sets: [ a ]'],
    ['a set whose name cannot be written in an expression', 'E_VALUE', 'sets: { "a b": { en: treaty } }'],
  ])('does not pass over %s', (_what, code, line) => {
    expect(parsePack(pack(`${line}\ntopics: []\n`), 'mine.yaml').problems).toEqual([
      expect.objectContaining({ code, line: 4 }),
    ]);
  });

  it.each([
    ['twenty words that begin with *, one of them twice', 20, []],
    ['twenty-one of them', 21, ['E_LIMIT']],
  ])('may have %s, those of its sets counted', (_what, count, codes) => {
    const words = Array.from({ length: count }, (_, index) => `*word${index}`);
    const yaml = pack(`sets:
  some: { en: "${words.slice(0, 6).join(' OR ')}" }
topics:
  - id: one
    title: One
    any: { en: '{some} OR ${words.slice(5).join(' OR ')}', ko: '*파병*' }
    tests: [ { match: A sword1 }, { no: A cat }, { match: 해외파병을, lang: ko }, { no: 고양이, lang: ko } ]
`);

    expect(parsePack(yaml, 'mine.yaml').problems.map(({ code }) => code)).toEqual(codes);
  });

  it('with the id of another pack gets an error at its place', () => {
    const one = (id: string) =>
      pack(
        `topics:\n  - id: one\n    title: One\n    any: { en: [ treaty ] }\n${TESTS.replace('Troops were deployed', 'A treaty, it is said, stands')}`,
      ).replace('mine', id);
    const packs = parsePacks([
      { path: 'a.yaml', text: one('first') },
      { path: 'b.yaml', text: one('second') },
      { path: 'c.yaml', text: one('first').replaceAll('id: one', 'id: other') },
    ]);

    expect(
      packs.map(({ problems }) => problems.map(({ code, path, line, message }) => [code, path, line, message])),
    ).toEqual([
      [],
      [['E_DUPLICATE', 'b.yaml', 5, 'topic one is also in pack first']],
      [['E_DUPLICATE', 'c.yaml', 3, 'pack first is also in a.yaml']],
    ]);
  });

  it.each([
    ['no test that must not match in ko', 'any: { en: treaty, ko: 조약 }', '{ match: 국회가 조약을 비준했다. }'],
    ['no tests in ko', 'any: { en: treaty, ko: 조약 }', '{ match: A treaty that nobody signed. }'],
    [
      'no test that must match in fr',
      'any: { en: treaty, fr: traité }',
      '{ no: Le gouvernement se réunit demain à Lyon. }',
    ],
    [
      'no tests in ru',
      'any: { ru: договор, uk: договір }',
      '{ match: Парламент схвалив цей договір., lang: uk }, { no: Це добре., lang: uk }',
    ],
  ])('is warned of a topic with %s', (message, any, tests) => {
    const known = '{ match: The treaty was signed in spring. }, { no: The cat slept on the sofa all day. }';
    const yaml = pack(`topics:
  - id: one
    title: One
    ${any}
    tests: [ ${known}, ${tests} ]
`);

    expect(parsePack(yaml, 'mine.yaml').problems.map((each) => [each.code, each.message])).toEqual([
      ['W_NO_NEGATIVE_TEST', `topic one has ${message}`],
    ]);
  });

  it('may have tests that leave their language open, in texts too short to tell', () => {
    const yaml = pack(`topics:
  - id: one
    title: One
    any: { en: treaty, ko: 조약, "*": Vertragstext }
    tests: [ { match: treaty }, { no: cat }, { match: 조약 }, { no: 고양이 } ]
`);

    expect(parsePack(yaml, 'mine.yaml').problems).toEqual([]);
  });

  it('may use the sets of another pack by its name', () => {
    const shared = pack('sets:\n  forces: { en: "troops OR {ranks}" }\n  ranks: { en: soldiers }\n').replace(
      'mine',
      'shared',
    );
    const own = pack(`topics:
  - id: one
    title: One
    any: { en: [ '{shared/forces} NEAR/3 deploy' ] }
${TESTS}`);
    const [, parsed] = parsePacks([
      { path: 'shared.yaml', text: shared },
      { path: 'mine.yaml', text: own },
    ]);

    expect(parsed?.problems).toEqual([]);
    expect(Object.keys(parsed?.topics[0]?.sets ?? {})).toEqual(['shared/forces', 'shared/ranks']);
    expect(checkPack(parsed?.topics ?? [], parsed?.tests ?? [])).toMatchObject({ passed: 2, failed: 0 });
  });
});

describe('a test in a file', () => {
  const TEXT = 'Nothing new. Troops were deployed at the border. They rest. More troops were deployed since.';
  const problemsWith = (sentences: string) => {
    const file = `{ file: a.txt, lang: en, sentences: ${sentences} }`;
    const parsed = parsePack(
      pack(
        `topics:\n  - id: one\n    title: One\n    any: { en: [ troops NEAR/3 deploy ] }\n    passage: { max: 1 }\n    tests: [ { match: ${file} }, { no: A cat. } ]\n`,
      ),
      'mine.yaml',
    );
    expect(parsed.problems).toEqual([]);
    const tests = parsed.tests.map((test) =>
      test.file === 'a.txt' ? { ...test, title: 'Troops deployed', text: TEXT } : test,
    );
    return checkPack(parsed.topics, tests).problems.map(({ message }) => message);
  };

  it('holds when exactly its sentences have highlighted words, shown as passages or not', () => {
    expect(problemsWith('[0, 2, 4]')).toEqual([]);
  });

  it.each([
    ['one that has none', '[0, 1, 2, 4]'],
    ['less than there are', '[0, 2]'],
  ])('fails when it names %s', (_what, sentences) => {
    expect(problemsWith(sentences)).toEqual([
      `one: the highlighted words of a.txt are in sentences 0, 2, 4, not ${sentences.slice(1, -1)}`,
    ]);
  });
});

describe('a test of a pack that fails', () => {
  const check = (tests: string) => {
    const parsed = parsePack(
      pack(`topics:\n  - id: one\n    title: One\n    any: { en: [ troops NEAR/3 deploy ] }\n    tests:\n${tests}`),
      'mine.yaml',
    );
    return checkPack(parsed.topics, parsed.tests).problems;
  };

  it.each([
    ['- match: "The river was high."', /must match "The river was high\."/],
    ['- no: "Troops deployed today."', /must not match .* but does: en: troops NEAR\/3 deploy/],
    [
      '- { match: "Troops deployed today.", passage: "river" }',
      /highlighted words .* are "Troops deployed", not "river"/,
    ],
  ])('is E_TEST_FAILED at its line, with the tree of what was found: %s', (test, message) => {
    const [problem] = check(`      ${test}\n`);

    expect(problem).toMatchObject({ code: 'E_TEST_FAILED', severity: 'error', line: 9, topic: 'one' });
    expect(problem?.message).toMatch(message);
    expect(problem?.hint).toContain('troops NEAR/3 deploy');
  });
});

describe('a pack of another format', () => {
  it('of a newer Tocsin says so, with the remedy', () => {
    const yaml = pack('sets: {}\n').replace('tocsin.dev/v1', 'tocsin.dev/v3');

    expect(shown(yaml)).toEqual([
      expect.stringMatching(
        /mine\.yaml:1:13 .*tocsin\.dev\/v3 is the format of a newer Tocsin(.|\n)*this version reads tocsin\.dev\/v1 and v2; install/,
      ),
    ]);
  });

  it.each(['tocsin.dev/v1beta', 'tocsin.dev/v0', 'tocsin.dev/v10x', 'example.org/v2'])(
    '%s is a spelling mistake',
    (name) => {
      expect(shown(pack('sets: {}\n').replace('tocsin.dev/v1', name))).toEqual([
        expect.stringMatching(/hint: apiVersion: tocsin\.dev\/v1/),
      ]);
    },
  );
});
