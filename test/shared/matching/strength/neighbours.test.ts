// Of two neighbouring topics that the same words show, the one that fits less well is weak.
import { withNeighbours } from '../../../../shared/matching/strength/neighbours.ts';
import { strengthOf } from '../../../../shared/matching/strength/strength.ts';
import { compileTopics } from '../../../../shared/matching/topic-matcher.ts';
import type { Passage, TopicMatch } from '../../../../shared/model/match.ts';
import type { Topic } from '../../../../shared/model/topic.ts';
import { aMatch, aTopic, someFeatures } from '../../../support/builders.ts';

const DEPLOYMENT = aTopic({ id: 'deployment', any: { en: ['troops NEAR/5 (leave OR arrive)'] } });
const WITHDRAWAL = aTopic({ id: 'withdrawal', any: { en: ['troops NEAR/5 leave', 'leave NEAR/5 base'] } });
const named = (topic: Topic, ...neighbours: readonly string[]): Topic => ({ ...topic, neighbours });

const strengthsIn = (text: string, topics: readonly Topic[]): readonly string[] =>
  compileTopics(topics)
    .match({ title: '', text, language: 'en' })
    .map(
      ({ topicId, strength, features }) => `${topicId} ${strength}${features.neighbourFitsBetter ? ' outdone' : ''}`,
    );

describe('two topics that one passage shows', () => {
  const text = 'The last troops leave the base on Monday.';

  it.each([
    ['names the other', [named(DEPLOYMENT, 'withdrawal'), WITHDRAWAL]],
    ['is named by the other', [DEPLOYMENT, named(WITHDRAWAL, 'deployment')]],
  ])('make the one that fits less well weak when it %s', (_, topics) => {
    expect(strengthsIn(text, topics)).toEqual(['deployment weak outdone', 'withdrawal strong']);
  });

  it('both keep their strength when they are no neighbours', () => {
    expect(strengthsIn(text, [named(DEPLOYMENT, 'exercise'), WITHDRAWAL])).toEqual([
      'deployment fair',
      'withdrawal strong',
    ]);
  });

  it('both keep their strength when they fit alike', () => {
    const twin = { ...DEPLOYMENT, id: 'twin' };

    expect(strengthsIn(text, [named(DEPLOYMENT, 'twin'), twin])).toEqual(['deployment fair', 'twin fair']);
  });
});

describe('a passage shows both', () => {
  const [passage] = aMatch().passages as readonly [Passage];
  const wide: Passage = { ...passage, start: 100, end: 200 };
  const withWord = (start: number, end: number, change: Partial<Passage> = {}): Passage => ({
    ...wide,
    highlights: [[start, end]],
    ...change,
  });
  const found = (topicId: string, passages: readonly Passage[], rules: number): TopicMatch => {
    const features = someFeatures({ rules });
    const { strength } = strengthOf(features);
    return { topicId, topicVersion: '1', why: '', prominence: 'headline', passages, features, strength };
  };
  const isOutdone = (passages: readonly Passage[]): boolean =>
    withNeighbours([found('worse', passages, 1), found('better', [wide], 4)], () => true)[0]!.strength === 'weak';

  it.each<[string, readonly Passage[], boolean]>([
    ['at its first character', [withWord(100, 105)], true],
    ['at its last character', [withWord(195, 200)], true],
    ['a character before it', [withWord(99, 105)], false],
    ['a character behind it', [withWord(195, 201)], false],
    ['at the same place of another text', [withWord(120, 130, { origin: 'summary' })], false],
    ['in one passage of two', [withWord(120, 130), withWord(320, 330)], false],
    ['nowhere, since it has no passage', [], false],
  ])('when the words of the one stand in that of the other: %s', (_, passages, expected) => {
    expect(isOutdone(passages)).toBe(expected);
  });
});

describe('a topic with a passage of its own', () => {
  it('keeps its strength, though a neighbour fits better', () => {
    const text =
      'The last troops leave the base on Monday. Then all leave a second base. Nobody wept. Other troops arrive on Friday.';

    expect(strengthsIn(text, [named(DEPLOYMENT, 'withdrawal'), WITHDRAWAL])).toEqual([
      'deployment strong',
      'withdrawal strong',
    ]);
  });
});
