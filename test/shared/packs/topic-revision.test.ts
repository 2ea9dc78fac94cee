// What tells versions of topics apart, and the states of all topics in force.
import type { Topic } from '../../../shared/model/topic.ts';
import { entryOf, revisionOf } from '../../../shared/packs/topic-revision.ts';
import { topicOf } from '../matching/random-topics.ts';

const one = topicOf('troops', 'one');
const two = topicOf('treaty', 'two');
const REMOVED = '2026-11-30T12:00:00.000Z';

describe('the entry of a topic', () => {
  it('is in force, without a recorded source', () => {
    expect(entryOf(one)).toEqual({
      id: 'one',
      version: '1.0.0+0000000',
      pack: 'test',
      digest: expect.any(String),
      source: null,
      disabledAt: null,
      isMissing: false,
    });
  });

  it('has the same digest in whatever order its keys stand', () => {
    const turned = Object.fromEntries(
      Object.entries({ ...one, passage: { maxChars: 420, max: 3, context: 0 } }).toReversed(),
    ) as unknown as Topic;

    expect(entryOf(turned).digest).toBe(entryOf(one).digest);
  });

  it.each<Partial<Topic>>([
    { title: 'x' },
    { severity: 'high' },
    { any: { '*': ['army'] } },
    { any: { '*': ['troops', 'army'] } },
    { passage: { context: 1, max: 3, maxChars: 420 } },
  ])('has another digest with %j', (change) => {
    expect(entryOf({ ...one, ...change }).digest).not.toBe(entryOf(one).digest);
  });

  it('has another digest where a list has another order', () => {
    const listed = (...texts: string[]) => entryOf({ ...one, any: { '*': texts } }).digest;

    expect(listed('a', 'b')).not.toBe(listed('b', 'a'));
  });
});

describe('the revision of all topics', () => {
  const [first, second] = [entryOf(one), entryOf(two)];

  it('is the same in whatever order they come', () => {
    expect(revisionOf([first, second])).toBe(revisionOf([second, first]));
    expect(revisionOf(new Map([['one', first]]).values())).toBe(revisionOf([first]));
  });

  it.each([
    ['one topic less', [first]],
    ['none', []],
    ['another version', [first, { ...second, version: '2.0.0+0000000' }]],
    ['another text', [first, { ...second, digest: 'x' }]],
    ['another id', [first, { ...second, id: 'three' }]],
  ])('is another one with %s', (_what, entries) => {
    expect(revisionOf(entries)).not.toBe(revisionOf([first, second]));
  });

  it('does not count what was removed, nor where topics came from', () => {
    expect(revisionOf([first, { ...second, disabledAt: REMOVED }])).toBe(revisionOf([first]));
    expect(revisionOf([first, { ...second, source: 'push', isMissing: true }])).toBe(revisionOf([first, second]));
  });
});
