// Problems of a pack: file, line, column, the line at fault with its caret, and every problem in one run.
import { checkPack } from '../../../shared/topics/check-pack.ts';
import { parsePack, parsePacks } from '../../../shared/topics/parse-pack.ts';
import { formatProblem } from '../../../shared/topics/problems.ts';

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
      ['W_NO_NEGATIVE_TEST', 18],
      ['E_DUPLICATE', 18],
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

  it('is warned of sets that nobody uses and of topics without tests', () => {
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

  it.each([
    ['no test of what it must not match in ko', 'any: { en: treaty, ko: 조약 }', '{ match: 국회가 조약을 비준했다. }'],
    ['no tests in ko', 'any: { en: treaty, ko: 조약 }', '{ match: A treaty that nobody signed. }'],
    [
      'no test that matches in fr',
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

  it('may have tests that leave their language open, of a language too short to tell', () => {
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
