// The tests that a pack brings for its topics, as they are read.
import { parsePack } from '../../../shared/packs/parse-pack.ts';

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
