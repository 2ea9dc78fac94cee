// The tests that a pack brings for its topics, as they are read.
import { parsePack } from '../../support/parse-pack.ts';

const HEAD = `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: mine, version: 1.0.0 }
topics:
  - id: one
    title: One
    any: { en: troops }
    tests:
`;
const read = (...tests: readonly string[]) => {
  const { tests: found, problems } = parsePack(
    `${HEAD}${tests.map((test) => `      - ${test}\n`).join('')}`,
    'mine.yaml',
  );
  return { tests: found, errors: problems.filter(({ severity }) => severity === 'error').map(({ code }) => code) };
};

it('a test has its text, and nothing else that it does not say', () => {
  expect(read('{ match: Troops left. }', '{ no: The river was high. }')).toEqual({
    tests: [
      {
        topicId: 'one',
        expect: 'match',
        text: 'Troops left.',
        title: '',
        language: null,
        passage: null,
        file: null,
        sentences: null,
        path: 'mine.yaml',
        line: 9,
        column: 9,
      },
      {
        topicId: 'one',
        expect: 'no',
        text: 'The river was high.',
        title: '',
        language: null,
        passage: null,
        file: null,
        sentences: null,
        path: 'mine.yaml',
        line: 10,
        column: 9,
      },
    ],
    errors: [],
  });
});

it('a test may have a title, a language, a passage and sentences', () => {
  const { tests, errors } = read(
    '{ match: Troops left., title: Troops, lang: en, passage: Troops }',
    '{ match: { file: news.txt, lang: de, title: Truppen, sentences: [0, 2] } }',
    '{ no: The river was high. }',
  );

  expect(errors).toEqual([]);
  expect(tests).toMatchObject([
    { text: 'Troops left.', title: 'Troops', language: 'en', passage: 'Troops', file: null, sentences: null },
    { text: '', title: 'Truppen', language: 'de', passage: null, file: 'news.txt', sentences: [0, 2] },
    { text: 'The river was high.', title: '', language: null },
  ]);
});

it('a test that cannot be used is left out, and told', () => {
  const { tests, errors } = read('{ match: " " }', '{ match: a, no: b }', '{ match: Troops left. }', '{ no: A cat. }');

  expect(tests.map(({ text }) => text)).toEqual(['Troops left.', 'A cat.']);
  expect(errors).toHaveLength(2);
});

it('sentences that are no list of numbers are told, and the test is left out', () => {
  const { tests, errors } = read(
    '{ match: { file: a.txt, lang: en, sentences: [one] } }',
    '{ match: { file: a.txt, lang: en, sentences: 1 } }',
    '{ match: { file: a.txt, lang: en, sentences: [-1] } }',
  );

  expect(tests).toEqual([]);
  expect(errors).toEqual(['E_TYPE', 'E_TYPE', 'E_TYPE']);
});

it.each(['low', 'medium', 'high', 'critical'])('a topic may have the severity %s', (severity) => {
  const { topics, problems } = parsePack(
    `${HEAD.replace('title: One', `title: One\n    severity: ${severity}`)}      - { match: Troops left. }`,
    'm.yaml',
  );

  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  expect(topics.map((topic) => topic.severity)).toEqual([severity]);
});

it('a set of words that are no text is an error', () => {
  const { problems } = parsePack(HEAD.replace('topics:', 'sets:\n  forces: { en: [a, b] }\ntopics:'), 'm.yaml');

  expect(problems.map(({ severity, code }) => [severity, code])).toContainEqual(['error', 'E_TYPE']);
});
