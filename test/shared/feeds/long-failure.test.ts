import { isFailingForLong } from '../../../shared/feeds/long-failure.ts';
import type { FeedFailure } from '../../../shared/model/feed.ts';

const NOW = new Date('2026-11-30T12:00:00.000Z');
const failing = (change: Partial<FeedFailure>): FeedFailure => ({
  kind: 'timeout',
  message: 'no answer',
  since: '2026-11-30T06:00:00.000Z',
  count: 5,
  ...change,
});

describe('a feed fails for long', () => {
  it.each([
    ['when it has failed for six hours, five times in a row', failing({}), true],
    ['not before six hours', failing({ since: '2026-11-30T06:00:00.001Z', count: 99 }), false],
    ['not before its fifth try', failing({ since: '2026-11-01T00:00:00.000Z', count: 4 }), false],
    ['not when its last poll was good', null, false],
  ])('%s', (_when, failure, expected) => {
    expect(isFailingForLong(failure, NOW)).toBe(expected);
  });
});
