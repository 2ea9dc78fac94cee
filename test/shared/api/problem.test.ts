// Which status an error has for a client: who can correct it, and whether to try again.
import { problemOf } from '../../../shared/api/problem.ts';
import {
  ConflictError,
  DamagedRecordError,
  DeliveryRefusedError,
  FetchFailedError,
  InvalidInputError,
  MessageRefusedError,
  NotFoundError,
  SenderRefusedError,
  ServiceUnavailableError,
  StorageError,
} from '../../../shared/core/errors.ts';

it.each([
  ['what was named is not there', new NotFoundError('feed "x"'), 404, 'Not found'],
  ['another writer came first', new ConflictError('the feed was changed'), 409, 'Conflict'],
  ['the database does not answer', new ServiceUnavailableError('no answer'), 503, 'Service unavailable'],
  ['the disk is full', new StorageError('disk_full', 'no space left in /data'), 503, 'Disk full'],
  ['a record is damaged', new DamagedRecordError('feed#x', 'no url'), 500, 'Damaged record'],
  ['input of a kind without a title', new InvalidInputError('no_packs', 'it is odd'), 400, 'Invalid input'],
  [
    'a failure that may be temporary',
    new FetchFailedError('timeout', 'https://a.example/', 'too slow'),
    503,
    'Temporarily unavailable',
  ],
  ['the recipient is refused', new DeliveryRefusedError('no'), 400, 'Delivery refused'],
  ['the sender is refused', new SenderRefusedError('no'), 503, 'Sender refused'],
  ['the mail is refused', new MessageRefusedError('no'), 500, 'Message refused'],
  ['a failure that stays', new FetchFailedError('gone', 'https://a.example/', 'no'), 500, 'Internal error'],
])('%s', (_what, error, status, title) => {
  expect(problemOf(error)).toEqual({
    type: `urn:tocsin:problem:${error.code}`,
    status,
    title,
    code: error.code,
    detail: error.message,
  });
});

it('an unexpected error shows nothing of its cause', () => {
  expect(problemOf(new Error('secret'))).toEqual({
    type: 'urn:tocsin:problem:internal',
    status: 500,
    title: 'Internal error',
    code: 'internal',
    detail: 'Something failed on our side; the log has the cause under this request id.',
  });
});

it('many problems of one error are listed up to the fiftieth; a single one is in the detail too', () => {
  const many = problemOf(
    new InvalidInputError(
      'invalid_topic',
      'nothing was changed',
      Array.from({ length: 60 }, (_, at) => `topic ${at}`),
    ),
  );
  const one = problemOf(new InvalidInputError('invalid_topic', 'nothing was changed', ['topic 0']));

  expect([many.detail, many.errors?.length, many.errors?.at(-1)]).toEqual([
    'nothing was changed',
    50,
    { detail: 'topic 49' },
  ]);
  expect([one.detail, one.errors]).toEqual(['nothing was changed: topic 0', [{ detail: 'topic 0' }]]);
});
