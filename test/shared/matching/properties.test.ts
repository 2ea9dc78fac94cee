// What holds for every topic and every text, tried on many made at random.

import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../../../shared/model/article.ts';
import type { Passage, TopicMatch } from '../../../shared/model/match.ts';
import { fc } from '../../support/properties.ts';
import { randomDocument, randomExpression, randomTopic, seededRandom, topicOf } from './random-topics.ts';

/** Each run of the tests draws others; PROPERTY_RUNS=3000 tries more at once. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);
const seed = fc.integer({ min: 0, max: 2_000_000_000 });

const isMatch = (expression: string, document: MatchableDocument): boolean => {
  const matcher = compileTopics([topicOf(expression)]);
  // A matcher of Jest on each would take longer than the work.
  if (matcher.problems.length > 0) expect(matcher.problems).toEqual([]);
  return matcher.match(document).length > 0;
};

/** Expressions and a document, all from one seed. */
function made(from: number): { expressions: readonly [string, string, string]; document: MatchableDocument } {
  const random = seededRandom(from);
  const expressions = [1, 2, 3].map(() => randomExpression(random, 2)) as [string, string, string];
  return { expressions, document: randomDocument(random) };
}

function usable(expression: string): boolean {
  return compileTopics([topicOf(expression)]).problems.length === 0;
}

/** The text that a passage is from. Several texts of a random document have one origin: the one that has the passage at its place is meant. */
function wholeOf(
  { field, origin, text, start }: Pick<Passage, 'field' | 'origin' | 'text' | 'start'>,
  document: MatchableDocument,
): string {
  expect(field === 'title').toBe(origin === 'title');
  if (field === 'title') return document.title;
  if (origin === (document.origin ?? 'article')) return document.text;
  const texts = (document.more ?? []).map((extra) => ' '.repeat(extra.start) + extra.text);
  return texts.find((whole) => whole.startsWith(text, start)) ?? '';
}

function expectSoundPassages({ passages }: TopicMatch, document: MatchableDocument): void {
  for (const { field, origin, text, start, end, highlights } of passages) {
    const whole = wholeOf({ field, origin, text, start }, document);
    expect(whole.slice(start, end)).toBe(text);
    expect(text).not.toBe('');
    expect(highlights.length).toBeGreaterThan(0);
    let before = start;
    for (const [from, to] of highlights) {
      expect(from).toBeGreaterThanOrEqual(before);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(end);
      expect(whole.slice(from, to)).toMatch(/^[\p{L}\p{N}](?:.*(?:[\p{L}\p{N}\p{M}]|\p{Lu}\.))?$/su);
      before = to;
    }
  }
}

describe('a match', () => {
  it('has passages that are stretches of the text, with highlights on whole words inside them', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const random = seededRandom(from);
        const topics = Array.from({ length: 10 }, (_, index) => randomTopic(random, `topic-${index}`));
        const document = randomDocument(random);
        for (const match of compileTopics(topics).match(document)) expectSoundPassages(match, document);
      }),
      { numRuns: RUNS },
    );
  });

  it('never comes from adding AND NOT, NOT NEAR or WITHOUT', () => {
    fc.assert(
      fc.property(
        seed,
        fc.constantFrom('AND NOT', 'NOT NEAR/4', 'NOT w/s', 'NOT w/p', 'NOT w/c', 'WITHOUT'),
        (from, operator) => {
          const { expressions, document } = made(from);
          const [keep, avoid] = expressions;
          fc.pre(usable(`(${keep}) ${operator} (${avoid})`));
          if (!isMatch(keep, document)) expect(isMatch(`(${keep}) ${operator} (${avoid})`, document)).toBe(false);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('does not depend on the order of the sides of OR, AND and NEAR, nor do its passages', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom('OR', 'AND', 'NEAR/4', 'NEAR/4c', 'w/s', 'w/c'), (from, operator) => {
        const { expressions, document } = made(from);
        const inOrder = expressions.map((each) => `(${each})`);
        const turned = inOrder.toReversed().join(` ${operator} `);
        fc.pre(usable(inOrder.join(` ${operator} `)));
        const answer = (expression: string) => compileTopics([topicOf(expression)]).match(document)[0]?.passages;

        expect(answer(turned)).toEqual(answer(inOrder.join(` ${operator} `)));
      }),
      { numRuns: RUNS },
    );
  });

  it('of OR is there when one side is, of AND only when both are, of NEAR only when AND is', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const { expressions, document } = made(from);
        const [left, right] = expressions;
        fc.pre(usable(left) && usable(right));
        const [isLeft, isRight] = [isMatch(left, document), isMatch(right, document)];

        expect(isMatch(`(${left}) OR (${right})`, document)).toBe(isLeft || isRight);
        expect(isMatch(`(${left}) AND (${right})`, document)).toBe(isLeft && isRight);
        expect(isMatch(`(${left}) AND NOT (${right})`, document)).toBe(isLeft && !isRight);
        if (usable(`(${left}) NEAR/3 (${right})`) && !(isLeft && isRight)) {
          expect(isMatch(`(${left}) NEAR/3 (${right})`, document)).toBe(false);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('of words that must stand together is there when they do so in one of the texts', () => {
    // Words in quotes, so that the language, which each text would tell anew, has no say.
    const words = ['"troops"', '"army"', '"deployed"', '"treaty"', '"deployed troops"', 'num(12..3000)', '派兵'];
    const operators = ['NEAR/3', 'NEAR/20', 'ONEAR/4', 'w/s', 'w/p'];
    fc.assert(
      fc.property(
        seed,
        fc.constantFrom(...words),
        fc.constantFrom(...operators),
        fc.constantFrom(...words),
        (from, a, op, b) => {
          const document = { ...randomDocument(seededRandom(from)), language: 'en' };
          const { title, text, more = [] } = document;
          const alone = [
            { title, text: '', language: 'en' },
            ...[text, ...more.map((extra) => extra.text)].map((each) => ({ title: '', text: each, language: 'en' })),
          ];

          expect(isMatch(`${a} ${op} ${b}`, document)).toBe(alone.some((each) => isMatch(`${a} ${op} ${b}`, each)));
        },
      ),
      { numRuns: 3 * RUNS },
    );
  });

  it('is the same whichever topics are compiled beside it, in whatever order', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const random = seededRandom(from);
        const topics = Array.from({ length: 12 }, (_, index) => randomTopic(random, `topic-${index}`));
        const document = randomDocument(random);
        const alone = topics.flatMap((topic) => compileTopics([topic]).match(document));

        expect(compileTopics(topics).match(document)).toEqual(alone);
        expect(compileTopics(topics.toReversed()).match(document)).toEqual(alone.toReversed());
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same when the matcher has read other documents before', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const random = seededRandom(from);
        const topics = Array.from({ length: 12 }, (_, index) => randomTopic(random, `topic-${index}`));
        const documents = Array.from({ length: 6 }, () => randomDocument(random));
        const matcher = compileTopics(topics);
        const first = documents.map((document) => matcher.match(document));

        expect(documents.toReversed().map((document) => matcher.match(document))).toEqual(first.toReversed());
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});

describe('a matcher that has learned which words are common', () => {
  it('answers as one that has just been compiled', () => {
    const random = seededRandom(5);
    const topics = Array.from({ length: 60 }, (_, index) => randomTopic(random, `topic-${index}`));
    const documents = Array.from({ length: 1_100 }, () => randomDocument(random));
    const old = compileTopics(topics);
    let young = compileTopics(topics);
    let matches = 0;

    documents.forEach((document, index) => {
      if (index % 100 === 0) young = compileTopics(topics);
      const expected = young.match(document);
      expect(old.match(document)).toEqual(expected);
      matches += expected.length;
    });
    expect(matches).toBeGreaterThan(documents.length);
  });
});

describe('match()', () => {
  const plain = [
    'aaa*',
    '"u"',
    '兵',
    '병',
    'num(7..)',
    'a',
    'troops w/p deployed',
    'atleast50(troops NEAR/3 deployed)',
  ];
  const matcher = compileTopics([
    ...Array.from({ length: 60 }, (_, index) => randomTopic(seededRandom(index), `topic-${index}`)),
    ...plain.map((expression) => topicOf(expression, expression)),
  ]);
  const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 });
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    codeUnits.map((units) => String.fromCharCode(...units)),
  );

  it('takes any text: half surrogates, control characters, marks without letters', () => {
    fc.assert(
      fc.property(anyText, anyText, seed, (title, text, from) => {
        const document = { title, text: `${text} ${randomDocument(seededRandom(from)).text} ${text}` };
        for (const match of matcher.match(document)) expectSoundPassages(match, document);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['a word of a million letters', 'a'.repeat(1_000_000)],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['a million full stops', '.'.repeat(1_000_000)],
    ['a million line ends', '\n'.repeat(1_000_000)],
    ['a million quotation marks', '"'.repeat(1_000_000)],
    ['a million half surrogates', '\ud83d'.repeat(1_000_000)],
    ['a letter under a million accents', `e${'\u0301'.repeat(1_000_000)}`],
    ['a million Han characters', '兵'.repeat(1_000_000)],
    ['a million syllables', '병'.repeat(1_000_000)],
    ['a million digits', '7'.repeat(1_000_000)],
    ['a million initials', 'U. '.repeat(333_333)],
    ['one pair of words over and over', 'troops deployed '.repeat(62_500)],
    ['hyphens between letters', 'a-'.repeat(500_000)],
  ])('comes to an end soon on %s', (_name, text) => {
    const document = { title: '', text };
    for (const match of matcher.match(document)) expectSoundPassages(match, document);
  });
});
