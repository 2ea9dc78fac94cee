// What people read who ask why a topic holds, or does not: the tree with what each part found.
import { explainTopic } from '../../../shared/matching/explain/explain.ts';
import type { MatchableDocument } from '../../../shared/model/article.ts';
import type { Topic } from '../../../shared/model/topic.ts';
import { DEFAULT_LIMITS } from '../../../shared/query/limits.ts';
import { topicOf } from './random-topics.ts';

const topicWith = (expressions: readonly string[], change: Partial<Topic> = {}): Topic => ({
  ...topicOf('', 'one'),
  any: { en: [...expressions] },
  ...change,
});
const explained = (topic: Topic, text: string, change: Partial<MatchableDocument> = {}): readonly string[] =>
  explainTopic(topic, { title: '', text, language: 'en', ...change }).split('\n');
/** Without the line about the document. */
const treeOf = (expression: string, text: string, change: Partial<MatchableDocument> = {}): readonly string[] =>
  explained(topicWith([expression]), text, change).slice(1);

describe('the first line of an explanation', () => {
  it('names the topic, its version, the language, and how many words were read', () => {
    const [first] = explained(topicWith(['troops']), 'Troops left.', { title: 'The army' });

    expect(first).toBe('one 1.0.0+0000000, language en, 4 words');
  });

  it('names both languages that a text may be in', () => {
    const [first] = explained(topicWith(['troops']), 'Vi har en stor hund i huset.', { language: undefined });

    expect(first).toMatch(/, language [a-z]+ or [a-z]+, 7 words$/);
  });
});

describe('an explanation', () => {
  it('has each part below its whole, with the words found and their places', () => {
    expect(treeOf('troops NEAR/2 deploy', 'Old troops were deployed.')).toEqual([
      'any en: + troops NEAR/2 deploy  [1–3] "troops were deployed"',
      '  + troops  [1–1] "troops"',
      '  + deploy  [3–3] "deployed"',
    ]);
  });

  it('names the smallest part that was not found', () => {
    expect(treeOf('troops AND (treaty NEAR/2 sign)', 'Troops of the treaty.')).toEqual([
      'any en: - troops AND (treaty NEAR/2 sign)',
      '  + troops  [0–0] "Troops"',
      '  - (treaty NEAR/2 sign)',
      '    + treaty  [3–3] "treaty"',
      '    - sign',
      '  not found: sign',
    ]);
  });

  it.each([
    ['troops', 'Army.', undefined],
    ['troops AND army', 'Army.', 'troops'],
    ['troops AND army', 'Navy.', 'troops'],
    ['troops NEAR/1 army', 'Navy.', 'troops'],
    ['2 OF (troops, army, navy)', 'Troops, navy.', undefined],
    ['2 OF (troops, army, navy)', 'Navy.', 'troops'],
    ['atleast2(troops AND army)', 'Army.', 'troops'],
    ['atleast2(troops)', 'Troops.', undefined],
    ['troops NEAR/1 (army OR navy)', 'Troops.', '(army OR navy)'],
    ['(troops NEAR/1 army) AND NOT navy', 'Troops.', 'army'],
    ['(troops NEAR/1 army) NOT NEAR/1 navy', 'Troops.', 'army'],
    ['troops AND NOT army', 'Troops, army.', undefined],
    ['troops NOT NEAR/1 army', 'Troops, army.', undefined],
    ['troops NEAR/1 army', 'Troops and an army.', undefined],
    ['troops  AND\n army', 'Army.', 'troops'],
    ['(troops\n OR navy)', 'Army.', undefined],
    [`"${'troops '.repeat(30)}"`, 'Army.', undefined],
  ])('of %s in %j misses %s', (expression, text, missing) => {
    const lines = treeOf(expression, text).filter((line) => line.includes('not found'));

    expect(lines).toEqual(missing === undefined ? [] : [`  not found: ${missing}`]);
  });

  it('of an OR that holds has the sides that hold', () => {
    expect(treeOf('troops OR navy OR (tank NEAR/2 drone) OR (a NEAR/1 b)', 'A tank, a drone, troops.')).toEqual([
      'any en: + troops OR navy OR (tank NEAR/2 drone) OR (a NEAR/1 b)  [1–3] "tank, a drone" [4–4] "troops"',
      '  + troops  [4–4] "troops"',
      '  + (tank NEAR/2 drone)  [1–3] "tank, a drone"',
      '    + tank  [1–1] "tank"',
      '    + drone  [3–3] "drone"',
    ]);
  });

  it('of an OR that does not hold has the sides of which something is there, and counts all', () => {
    expect(
      treeOf('navy OR (tank NEAR/1 drone) OR (ship NEAR/1 boat) OR ((gun AND sea) w/s x)', 'A tank, guns.'),
    ).toEqual([
      'any en: - navy OR (tank NEAR/1 drone) OR (ship NEAR/1 boat) OR ((gun AND sea) w/s x)  none of 4',
      '  - (tank NEAR/1 drone)',
      '    + tank  [1–1] "tank"',
      '    - drone',
      '  - ((gun AND sea) w/s x)',
      '    - (gun AND sea)',
      '      + gun  [2–2] "guns"',
      '      - sea',
      '    - x',
    ]);
  });

  it('of an OR of words alone has no line for each', () => {
    expect(treeOf('troops OR navy', 'The navy.')).toEqual(['any en: + troops OR navy  [1–1] "navy"']);
    expect(treeOf('troops OR navy', 'The army.')).toEqual(['any en: - troops OR navy']);
  });

  it('of what describes the article has no place', () => {
    expect(treeOf('troops AND lang:en', 'Troops.')).toEqual([
      'any en: + troops AND lang:en  [0–0] "Troops"',
      '  + troops  [0–0] "Troops"',
      '  + lang:en',
    ]);
  });

  it('has four places of a part at most, and counts the others', () => {
    const places = [0, 1, 2, 3].map((at) => `[${at}–${at}] "troops"`).join(' ');

    expect(treeOf('troops', 'troops '.repeat(4))).toEqual([`any en: + troops  ${places}`]);
    expect(treeOf('troops', 'troops '.repeat(6))).toEqual([`any en: + troops  ${places} and 2 more`]);
  });

  it('has entries that hold before those that do not, then what all entries need, and what excludes', () => {
    const topic = topicWith(['navy', 'troops'], {
      any: { en: ['navy', 'troops'], '*': ['army'] },
      all: { en: ['river', 'bridge'] },
      none: { '*': ['film'] },
    });

    expect(explained(topic, 'Troops crossed the river in a film.').slice(1)).toEqual([
      'any en: + troops  [0–0] "Troops"',
      'any en: - navy',
      'any *: - army',
      'all + river  [3–3] "river"',
      'all - bridge',
      'none + film  [6–6] "film"',
    ]);
  });

  it('shows words of the title, and of a place that begins there only what is in it', () => {
    expect(treeOf('troops AND army', 'The army.', { title: 'The troops  came' })).toEqual([
      'any en: + troops AND army  [1–4] "troops came"',
      '  + troops  [1–1] "troops"',
      '  + army  [4–4] "army"',
    ]);
  });

  it('shows both ends of a long place', () => {
    const quoteOf = (gap: string) => /"(.*)"/.exec(treeOf('aa w/p bb', `aa${gap}bb`)[0] ?? '')?.[1];

    expect(quoteOf(` ${'x'.repeat(74)} `)).toBe(`aa ${'x'.repeat(74)} bb`);
    expect(quoteOf(` ${'x'.repeat(75)} `)).toBe(`aa ${'x'.repeat(35)} … ${'x'.repeat(35)} bb`);
  });

  it('shows an expression in one line of 120 characters', () => {
    const lineOf = (word: string) => treeOf(`(navy\n  OR ${word})`, 'x')[0]?.replace('any en: - ', '');
    const longest = 'x'.repeat(120 - '(navy OR )'.length);

    expect(lineOf(longest)).toBe(`(navy OR ${longest})`);
    expect(lineOf(`${longest}x`)).toBe(`(navy OR ${longest}…`);
  });
});

it('a topic that cannot be used is explained by its problems', () => {
  expect(explained(topicWith(['troops AND', '{navy}']), 'Troops.')).toEqual([
    'E_MISSING_TERM  en: troops AND: missing term after AND',
    'E_UNKNOWN_SET  en: {navy}: unknown set {navy}',
  ]);
});

it('a limit that the caller sets holds for an explanation', () => {
  const topic = topicWith(['a NEAR/3 b']);

  expect(explainTopic(topic, { title: '', text: 'a b' }, { ...DEFAULT_LIMITS, near: 2 })).toMatch(/^E_LIMIT /);
});
