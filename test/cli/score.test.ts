// The arithmetic of `topics test`: what counts as the right passage, and how sure a share is.
import {
  type Counts,
  intervalOf,
  isPassageRight,
  type LabelledDocument,
  type Miss,
  ratesOf,
  Score,
} from '../../cli/topics/score.ts';

const LABELLED = 'The governor closed the northern harbour on Monday because of the storm.';
const NOTHING: Counts = { right: 0, wrong: 0, missed: 0, rejected: 0, borderline: 0, passage: 0, best: 0 };

/** So many distinct words. */
const words = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `word${from + index}`);

describe('a score', () => {
  const labelled: Partial<LabelledDocument> = { labels: { storm: true }, passages: { storm: [LABELLED] } };
  const SECOND_BEST: Partial<LabelledDocument> = {
    labels: { storm: true },
    passages: { storm: ['Ships waited outside.', LABELLED] },
  };

  /** The score of two topics for one document, in which the first shows these passages, or was not found. */
  function scoreOf(document: Partial<LabelledDocument>, shown?: readonly string[]): Score {
    const score = new Score(['storm', 'strike']);
    score.add(
      { id: 7, title: 'Harbour', labels: {}, borderline: [], passages: {}, ...document },
      new Map(shown === undefined ? [] : [['storm', shown]]),
    );
    return score;
  }

  it.each<[string, Partial<LabelledDocument>, readonly string[] | undefined, Partial<Counts>]>([
    ['right, with the best passage', labelled, [LABELLED], { right: 1, passage: 1, best: 1 }],
    ['right, with another good passage', SECOND_BEST, [LABELLED], { right: 1, passage: 1 }],
    ['right, with a wrong passage', labelled, ['Cats sleep.'], { right: 1 }],
    ['right, without a labelled passage', { labels: { storm: true } }, [LABELLED], { right: 1 }],
    ['missed', labelled, undefined, { missed: 1 }],
    ['wrong', { labels: { storm: false } }, [LABELLED], { wrong: 1 }],
    ['rejected', { labels: { storm: false } }, undefined, { rejected: 1 }],
    ['borderline, whatever its label', { ...labelled, borderline: ['storm'] }, [LABELLED], { borderline: 1 }],
    ['borderline, without a label', { borderline: ['storm'] }, undefined, { borderline: 1 }],
    ['nothing, without a label', {}, [LABELLED], {}],
  ])('counts a pair as %s', (_, document, shown, counts) => {
    const score = scoreOf(document, shown);

    expect(score.documents).toBe(1);
    expect(score.topics.get('storm')?.counts).toEqual({ ...NOTHING, ...counts });
    expect(score.topics.get('strike')?.counts).toEqual(NOTHING);
  });

  it('sums up documents and topics', () => {
    const score = new Score(['storm', 'strike']);
    const document = { id: 1, title: '', labels: { storm: true, strike: false }, borderline: [], passages: {} };

    score.add(document, new Map([['storm', []]]));
    score.add(document, new Map([['strike', []]]));

    expect(score.documents).toBe(2);
    expect(score.topics.get('storm')?.counts).toEqual({ ...NOTHING, right: 1, missed: 1 });
    expect(score.total).toEqual({ ...NOTHING, right: 1, missed: 1, wrong: 1, rejected: 1 });
  });

  const MISS: Omit<Miss, 'kind' | 'shown' | 'labelled'> = { topic: 'storm', id: 7, title: 'Harbour' };
  it.each<[string, Partial<LabelledDocument>, readonly string[] | undefined, readonly Partial<Miss>[]]>([
    ['is missed', SECOND_BEST, undefined, [{ kind: 'missed', shown: null, labelled: 'Ships waited outside.' }]],
    ['has no label', {}, ['Cats sleep.'], []],
    [
      'is found by mistake',
      { labels: { storm: false } },
      ['Cats sleep.', 'Dogs bark.'],
      [{ kind: 'wrong', shown: 'Cats sleep.', labelled: null }],
    ],
    [
      'has the wrong passage',
      labelled,
      ['Cats sleep.'],
      [{ kind: 'passage', shown: 'Cats sleep.', labelled: LABELLED }],
    ],
    ['has the right passage', labelled, [LABELLED], []],
    ['is rejected', { labels: { storm: false } }, undefined, []],
  ])('keeps what shows a fault: a pair that %s', (_, document, shown, misses) => {
    expect(scoreOf(document, shown).misses).toEqual(misses.map((miss) => ({ ...MISS, ...miss })));
  });

  it('keeps the faults in the order of the documents', () => {
    const score = new Score(['storm']);
    for (const id of [1, 2]) score.add({ id, title: '', borderline: [], ...labelled } as LabelledDocument, new Map());

    expect(score.misses.map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('a passage is right', () => {
  it.each([
    ['the labelled sentence itself', [LABELLED], true],
    ['a part of it', ['closed the northern harbour'], true],
    ['a longer passage around it', [`${LABELLED} Ships waited outside, and their crews played cards.`], true],
    ['one of several passages that is', ['Cats sleep.', LABELLED], true],
    ['another sentence', ['Ships waited outside, and their crews played cards.'], false],
    ['one that shares function words only', ['The mayor of the town is on the phone with the press.'], false],
    ['no passage', [], false],
    ['an article around it', [`${LABELLED} ${words(70).join(' ')}`], false],
  ])('%s', (_, shown, isRight) => {
    expect(isPassageRight(shown, [LABELLED])).toBe(isRight);
  });

  it.each([
    ['half of the words', 'north south east west', 'north south up down', true],
    ['half of the words of the shorter side', 'north south', 'north one two three four five', true],
    ['fewer than half of the words', 'north south east', 'north up down', false],
    ['one word, which is all there is', 'Harbour', 'harbour', true],
    ['the words in capitals and in full width', 'ＮＯＲＴＨ South', 'north south', true],
  ])('where the sides share %s: %#', (_, shown, labelled, isRight) => {
    expect(isPassageRight([shown], [labelled])).toBe(isRight);
    expect(isPassageRight([labelled], [shown])).toBe(isRight);
  });

  it.each([
    'The a an this its his her their it that which who',
    'and or but not than as more after about by from for of to in into',
    'on over at with is are was were be been have has had will would said says',
  ])('never for the words that all sentences share: %s', (text) => {
    for (const word of text.split(' ')) expect([word, isPassageRight([word], [word])]).toEqual([word, false]);
  });

  it('up to 60 words in all passages, or four times the labelled ones if that is more', () => {
    const long = words(20);

    expect(isPassageRight(words(60), words(1))).toBe(true);
    expect(isPassageRight(words(61), words(1))).toBe(false);
    expect(isPassageRight(words(80), long)).toBe(true);
    expect(isPassageRight(words(81), long)).toBe(false);
  });

  it('compares Chinese by pairs of characters, since it has no spaces', () => {
    expect(isPassageRight(['政府周一宣布关闭北部港口'], ['关闭北部港口'])).toBe(true);
    expect(isPassageRight(['政府周一宣布开放南部机场'], ['关闭北部港口'])).toBe(false);
    expect(isPassageRight(['关闭港'], ['大关闭'])).toBe(true);
    expect(isPassageRight(['关闭港'], ['关北港'])).toBe(false);
    expect(isPassageRight(['港'], ['港'])).toBe(true);
  });
});

describe('shares', () => {
  it('are null where there was nothing to divide by', () => {
    expect(ratesOf({ ...NOTHING, rejected: 9 })).toEqual({
      precision: null,
      recall: null,
      f1: 0,
      passage: null,
      best: null,
    });
  });

  it('divide what was right by what was found, by what is there, and by both', () => {
    expect(ratesOf({ ...NOTHING, right: 6, wrong: 2, missed: 4, passage: 3, best: 1 })).toEqual({
      precision: 0.75,
      recall: 0.6,
      f1: 12 / 18,
      passage: 0.5,
      best: 1 / 6,
    });
    expect(ratesOf({ ...NOTHING, wrong: 1 })).toMatchObject({ precision: 0, recall: null, f1: 0 });
  });

  it('have intervals that narrow with the number of cases and stay between 0 and 1', () => {
    expect(intervalOf(0, 0)).toBeNull();
    const [few, many] = [intervalOf(8, 10)!, intervalOf(800, 1000)!];
    expect(few.map((bound) => bound.toFixed(3))).toEqual(['0.490', '0.943']);
    expect(many.map((bound) => bound.toFixed(3))).toEqual(['0.774', '0.824']);
    expect(intervalOf(5, 5)![1]).toBe(1);
    expect(intervalOf(0, 5)![0]).toBe(0);
  });
});
