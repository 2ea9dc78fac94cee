// A run time that was built without the dictionaries of Thai and its like: its segmenter takes a run for one word.

import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { reviewExpression } from '../../../shared/packs/review.ts';
import { topicOf } from './random-topics.ts';

describe('where the run time cannot cut Thai into words', () => {
  const segmenter = Intl.Segmenter;
  beforeAll(() => {
    const uncut = class {
      *segment(text: string) {
        yield { index: 0, segment: text, input: text };
      }
    };
    Object.assign(Intl, { Segmenter: uncut });
  });
  afterAll(() => {
    Object.assign(Intl, { Segmenter: segmenter });
  });

  it('a word is found inside of whatever stands around it', () => {
    const matcher = compileTopics([topicOf('ทหาร', 'topic', 'th')]);

    expect(matcher.match({ title: '', text: 'รัฐบาลส่งทหารไปชายแดน', language: 'th' })).toHaveLength(1);
    expect(matcher.match({ title: '', text: 'รัฐบาลส่งตำรวจไปชายแดน', language: 'th' })).toHaveLength(0);
  });

  it.each([
    ['ทหาร', 'ทหาร', /split Thai into words/],
    ['troops OR "ทหาร ไทย"', '"ทหาร ไทย"', /split Thai into words/],
    ['troops OR ទាហាន', 'ទាហាន', /split Khmer into words/],
    ['ທະຫານ', 'ທະຫານ', /split Lao into words/],
    ['စစ်သား', 'စစ်သား', /split Burmese into words/],
  ])('a topic with %s is warned of', (expression, at, message) => {
    const [warning] = reviewExpression(expression, { language: 'th', sets: {} });

    expect(warning).toMatchObject({ code: 'W_NO_SEGMENTER', message: expect.stringMatching(message) });
    expect(expression.slice(warning?.start, warning?.end)).toBe(at);
  });

  it('a topic without such words is not', () => {
    expect(reviewExpression('troops OR 병력 OR 军队', { language: 'en', sets: {} })).toEqual([]);
  });
});
