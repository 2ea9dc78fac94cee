// The errors that Tocsin throws on purpose: callers match on their code, and try again where that may help.
import { DATA_VERSION, newerData } from '../../../shared/core/data-version.ts';
import { isProblemCode } from '../../../shared/core/error-codes.ts';
import {
  ConflictError,
  DamagedRecordError,
  DeliveryRefusedError,
  FeedRefusedError,
  FetchFailedError,
  InvalidInputError,
  MessageRefusedError,
  mayRetry,
  NoTurnError,
  NotFoundError,
  SenderRefusedError,
  ServiceUnavailableError,
  StorageError,
  type TocsinError,
} from '../../../shared/core/errors.ts';

const URL = 'https://example.org/feed';

describe('an error', () => {
  it.each<[code: string, retryable: boolean, error: TocsinError]>([
    ['invalid_topic', false, new InvalidInputError('invalid_topic', 'no')],
    ['not_found', false, new NotFoundError('topic x')],
    ['conflict', true, new ConflictError('changed meanwhile')],
    ['service_unavailable', true, new ServiceUnavailableError('no answer')],
    ['disk_full', true, new StorageError('disk_full', 'full')],
    ['unwritable_data', true, new StorageError('unwritable_data', 'no permission')],
    ['damaged_record', false, new DamagedRecordError('FEED#x', 'no url')],
    ['feed_refused', false, new FeedRefusedError('no feed', 'give another', { kind: 'not_a_feed' })],
    ['fetch_throttled', true, new NoTurnError(URL, 'too many', 5)],
    ['delivery_refused', false, new DeliveryRefusedError('no such mailbox')],
    ['message_refused', false, new MessageRefusedError('too large')],
    ['sender_refused', false, new SenderRefusedError('bad login')],
  ])('%s: the same call may succeed later: %s', (code, retryable, error) => {
    expect({ code: error.code, retryable: error.retryable, mayRetry: mayRetry(error) }).toEqual({
      code,
      retryable,
      mayRetry: retryable,
    });
  });

  it('of an unexpected kind may be gone at the next try', () => {
    expect([new TypeError('x'), 'text', undefined].map(mayRetry)).toEqual([true, true, true]);
  });

  it.each<[what: string, error: TocsinError]>([
    ['in input', new InvalidInputError('bad_backup', 'no', [], { cause: 'why' })],
    ['of a disk', new StorageError('disk_full', 'full', { cause: 'why' })],
    ['of a record', new DamagedRecordError('FEED#x', 'no url', { cause: 'why' })],
    ['of a fetch', new FetchFailedError('dns', URL, 'no', { cause: 'why' })],
    ['of a refused feed', new FeedRefusedError('no', 'other', { kind: 'dns', cause: 'why' })],
  ])('%s keeps its cause', (_what, error) => {
    expect(error.cause).toBe('why');
  });
});

describe('what an error says', () => {
  it('of what does not exist, with what may have been meant', () => {
    expect(new NotFoundError('topic x').message).toBe('topic x does not exist');
    expect(new NotFoundError('topic x', ' Did you mean y?').message).toBe('topic x does not exist. Did you mean y?');
  });

  it('of a damaged record, with its name', () => {
    expect(new DamagedRecordError('FEED#x', 'no url').message).toBe('the stored record FEED#x is damaged: no url');
  });

  it('of input, with each problem in a line of its own', () => {
    const error = new InvalidInputError('invalid_settings', 'cannot be used', ['a: one', 'b: two']);

    expect(error.message).toBe('cannot be used\n  a: one\n  b: two');
    expect(error.problems).toEqual(['a: one', 'b: two']);
  });

  it('of input without further problems, alone', () => {
    const error = new InvalidInputError('invalid_settings', 'cannot be used');

    expect([error.message, error.problems]).toEqual(['cannot be used', []]);
  });

  it('of data that a newer version wrote, with both versions and two ways out', () => {
    const error = newerData('the table', DATA_VERSION + 1);

    expect([error.code, error.message]).toEqual([
      'newer_data',
      `the table was written by a newer Tocsin (data version ${DATA_VERSION + 1}; this one reads up to ${DATA_VERSION}); nothing was changed\n` +
        '  install that version of Tocsin again\n' +
        '  or restore a backup that was made before the upgrade: tocsin restore FILE',
    ]);
  });
});

describe('a fetch that failed', () => {
  it.each([
    ['gone', false],
    ['blocked', false],
    ['timeout', true],
    ['http', true],
    ['robots', true],
  ] as const)('as %s may succeed later: %s', (kind, retryable) => {
    const error = new FetchFailedError(kind, URL, 'message');

    expect([error.code, error.kind, error.retryable]).toEqual([`fetch_${kind}`, kind, retryable]);
  });

  it('says what happened by its message, unless it was given a shorter text', () => {
    expect(new FetchFailedError('http', URL, 'long message').happened).toBe('long message');
    expect(new FetchFailedError('http', URL, 'long message', { happened: 'short' }).happened).toBe('short');
    expect(new NoTurnError(URL, 'long message', 5).happened).toBe('long message');
    expect(new NoTurnError(URL, 'long message', 5, 'short').happened).toBe('short');
  });

  it('knows the address, the status and the pause that the server asked for', () => {
    const error = new FetchFailedError('http', URL, 'message', { status: 503, retryAfterSeconds: 120 });

    expect([error.url, error.status, error.retryAfterSeconds]).toEqual([URL, 503, 120]);
    expect(new NoTurnError(URL, 'message', 5)).toMatchObject({ url: URL, retryAfterSeconds: 5, status: undefined });
  });
});

it('a feed that was refused has advice, and neither hope nor other feeds unless they are given', () => {
  const candidates = [{ url: URL, title: 'News' }];

  expect(new FeedRefusedError('no feed', 'give another', { kind: 'not_a_feed' })).toMatchObject({
    message: 'no feed',
    advice: 'give another',
    kind: 'not_a_feed',
    temporary: false,
    candidates: [],
    problems: [],
  });
  expect(
    new FeedRefusedError('which?', 'choose', { kind: 'several_feeds', temporary: true, candidates }),
  ).toMatchObject({ temporary: true, candidates });
});

it('a problem of the API is one that its table lists', () => {
  expect(['conflict', 'newer_data', 'toString'].map(isProblemCode)).toEqual([true, false, false]);
});
