// When a message whose work failed is tried again, and when it is set aside.
import { DamagedRecordError, InvalidInputError, ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { afterFailure, LASTING_RECEIVES, MOST_RECEIVES } from '../../../shared/core/message-retries.ts';

const PASSING = new ServiceUnavailableError('the table did not answer');
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Seconds from the first try to the last that the queue allows. */
const spanOf = (random: number): number =>
  Array.from({ length: MOST_RECEIVES - 1 }, (_, at) => afterFailure(PASSING, at + 1, random)).reduce<number>(
    (sum, wait) => sum + Number(wait),
    0,
  );

describe('a message that failed', () => {
  it('is tried again after 10 to 12 seconds, then after twice as long each time, and at last every 12.5 to 15 minutes', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 49].map((receives) =>
      [1, 0].map((random) => afterFailure(PASSING, receives, random)),
    );

    expect(waits).toEqual([
      [10, 12],
      [20, 24],
      [40, 48],
      [80, 96],
      [160, 192],
      [320, 384],
      [640, 768],
      [750, 900],
      [750, 900],
      [750, 900],
    ]);
  });

  it('is tried for more than six hours, and for less than a day', () => {
    expect(spanOf(1)).toBeGreaterThan(6 * HOUR + 900);
    expect(spanOf(0)).toBeLessThan(DAY);
  });

  it('waits its first time where no receives are counted', () => {
    expect(afterFailure(PASSING, 0, 0)).toBe(12);
  });

  it.each([
    ['damaged', new DamagedRecordError('of a queue', 'it is no JSON')],
    ['too large', new InvalidInputError('message_too_large', 'it does not fit')],
    ['hit by a mistake in the program', new TypeError('x is not a function')],
    ['hit by another', new RangeError('Maximum call stack size exceeded')],
    ['hit by a third', new ReferenceError('x is not defined')],
  ])('is set aside at its eighth try when it is %s: a ninth would fail alike', (_, error) => {
    const next = [LASTING_RECEIVES - 1, LASTING_RECEIVES, LASTING_RECEIVES + 1].map((receives) =>
      afterFailure(error, receives, 0),
    );

    expect(next).toEqual([768, 'set aside', 'set aside']);
  });

  it.each([
    ['a service is away', PASSING],
    ['a request broke off', new TypeError('fetch failed', { cause: new Error('ECONNRESET') })],
    ['nobody knows why', new Error('a surprise')],
    ['something else than an error was thrown', 'a surprise'],
  ])('is not set aside for its error when %s', (_, error) => {
    expect(afterFailure(error, MOST_RECEIVES, 0)).toBe(900);
  });
});
