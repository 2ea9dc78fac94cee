// What a topic may cost on one document: given up beyond it, and told of; the other topics answer as ever.
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { topicOf } from './random-topics.ts';

const group = (word: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${word}${index}`).join(' OR ');
/** Side by side, the words of both groups, over and over. */
const crowded = (words: number) =>
  Array.from({ length: words }, (_, index) => `${index % 2 === 0 ? 'l' : 'r'}${index % 150}`).join(' ');

describe('a topic that costs too much on a document', () => {
  const nested = '((((aa w/p bb) w/p cc) w/p dd) w/p ee) w/p ff';
  const text = `${'aa bb cc dd ee ff '.repeat(900)}. Troops left.`;

  it('is given up there and named, and the others are found', () => {
    const matcher = compileTopics([topicOf('troops', 'first'), topicOf(nested, 'costly'), topicOf('left', 'last')]);
    const { matches, skipped } = matcher.matchDetailed({ title: '', text });

    expect(skipped).toEqual(['costly']);
    expect(matches.map(({ topicId }) => topicId)).toEqual(['first', 'last']);
  });

  it('is found on the next document, which is short', () => {
    const matcher = compileTopics([topicOf(nested, 'costly')]);
    matcher.match({ title: '', text });

    expect(matcher.matchDetailed({ title: '', text: 'aa bb cc dd ee ff' })).toMatchObject({
      matches: [{ topicId: 'costly' }],
      skipped: [],
    });
  });

  it('is given up sooner with fewer steps', () => {
    const document = { title: '', text: crowded(200) };
    const topic = topicOf(`(${group('l', 150)}) NEAR/3 (${group('r', 150)})`, 'wide');

    expect(compileTopics([topic], { stepsPerTopic: 100 }).matchDetailed(document).skipped).toEqual(['wide']);
    expect(compileTopics([topic]).matchDetailed(document).matches).toHaveLength(1);
  });
});

describe('what a topic costs', () => {
  const isAnswered = (expression: string, text: string, steps: number): boolean =>
    compileTopics([topicOf(expression)], { stepsPerTopic: Math.round(steps) }).matchDetailed({
      title: '',
      text,
      language: 'en',
    }).skipped.length === 0;

  // Measured. What matters is that no kind of work goes uncounted: each costs a few steps for every word that it looks at.
  it.each([
    ['aa', 'aa ', 2],
    ['"aa" OR "bb" OR "cc dd"', 'aa bb cc dd ', 16],
    ['aa OR bb', 'aa bb ', 8],
    ['"aa bb"', 'aa bb ', 4],
    ['"aa * bb"', 'aa xx bb ', 5],
    ['ceasefire', 'cease-fire ', 6],
    ['"ceasefire talks"', 'cease-fire talks ', 14],
    ['num(1..)', '5 x ', 2],
    ['title:aa OR body:aa', 'aa ', 3],
    ['aa AND bb', 'aa bb ', 16],
    ['2 OF (aa, bb, cc)', 'aa bb cc ', 27],
    ['aa AND NOT zz', 'aa ', 2],
    ['aa NEAR/2 bb', 'aa bb ', 16],
    ['aa w/s bb', 'Aa bb. ', 11],
    ['aa NEAR/2 bb NEAR/2 cc', 'aa bb cc ', 66],
    ['(aa NEAR/1 bb) NEAR/2 cc', 'aa bb cc ', 60],
    ['(aa AND bb) NEAR/3 cc', 'aa bb cc ', 63],
    ['aa NOT NEAR/1 bb', 'aa xx xx bb xx xx ', 6],
    ['atleast2(aa)', 'aa ', 3],
  ])('of %s grows with the text "%s", by some %i steps each time', (expression, part, steps) => {
    expect(isAnswered(expression, part.repeat(40), 0.94 * 40 * steps)).toBe(false);
    expect(isAnswered(expression, part.repeat(40), 1.06 * 40 * steps)).toBe(true);
  });

  it('grows with the choices of words to highlight, up to 5,000 of them', () => {
    const chain = '"aa" w/p ("bb" OR "xx") w/p ("cc" OR "xx") w/p "dd"';
    const text = (count: number) => `aa ${'bb cc '.repeat(count)}dd`;

    expect([isAnswered(chain, text(60), 5_500), isAnswered(chain, text(60), 5_900)]).toEqual([false, true]);
    expect([isAnswered(chain, text(71), 7_300), isAnswered(chain, text(71), 7_600)]).toEqual([false, true]);
  });
});

describe('topics as large as the limits allow', () => {
  it.each([
    [
      'two groups of 240 words within 50 words of each other',
      `(${group('l', 240)}) NEAR/50 (${group('r', 240)})`,
      crowded(9_000),
    ],
    ['one group of 480 words', group('l', 480), crowded(9_000)],
    ['six sides in one paragraph', 'aa w/p bb w/p cc w/p dd w/p ee w/p ff', `aa ${'bb cc dd ee '.repeat(100)} ff`],
    [
      'six sides within 50 words of each other',
      'aa NEAR/50 bb NEAR/50 cc NEAR/50 dd NEAR/50 ee NEAR/50 ff',
      'aa bb cc dd ee ff '.repeat(40),
    ],
    ['fifty times in a long text', 'atleast50(aa NEAR/50 bb)', 'aa bb '.repeat(4_000)],
  ])('are answered: %s', (_what, expression, text) => {
    const { matches, skipped } = compileTopics([topicOf(expression)]).matchDetailed({ title: '', text });

    expect({ found: matches.length, skipped }).toEqual({ found: 1, skipped: [] });
  });
});

describe('a long document', () => {
  it('is read up to 10,000 words, and says so', () => {
    const matcher = compileTopics([topicOf('early', 'early'), topicOf('late', 'late')]);
    const filler = 'word '.repeat(9_998);

    expect(matcher.matchDetailed({ title: '', text: `early ${filler} late` })).toMatchObject({
      matches: [{ topicId: 'early' }, { topicId: 'late' }],
      truncated: false,
    });
    const { matches, truncated } = matcher.matchDetailed({ title: '', text: `early ${filler} word late` });
    expect(matches.map(({ topicId }) => topicId)).toEqual(['early']);
    expect(truncated).toBe(true);
  });
});

describe('a matcher', () => {
  it('reports topics it cannot use, and uses the others', () => {
    const matcher = compileTopics([topicOf('troops AND', 'broken'), topicOf('troops', 'fine')]);

    expect(matcher.topicCount).toBe(1);
    expect(matcher.problems).toEqual([
      { topicId: 'broken', code: 'E_MISSING_TERM', message: expect.stringContaining('missing term after AND') },
    ]);
    expect(matcher.match({ title: 'Troops', text: '' }).map(({ topicId }) => topicId)).toEqual(['fine']);
  });
});
