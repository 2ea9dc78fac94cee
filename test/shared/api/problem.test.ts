// Which status an error has for a client: who can correct it, and whether to try again.
import { problemFor, problemOf, problemResponse, RequestError } from '../../../shared/api/problem.ts';
import {
  ConflictError,
  DamagedRecordError,
  DeliveryRefusedError,
  FeedRefusedError,
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

describe('a problem document', () => {
  it('says what is wrong with a feed that was refused, and what to do', () => {
    const candidates = [{ url: 'https://a.example/feed', title: 'A' }];
    const error = new FeedRefusedError('it is a page', 'choose one', {
      kind: 'several_feeds',
      temporary: true,
      candidates,
    });

    expect(problemOf(error)).toStrictEqual({
      type: 'urn:tocsin:problem:feed_refused',
      title: 'Feed refused',
      status: 422,
      detail: 'it is a page',
      code: 'feed_refused',
      kind: 'several_feeds',
      temporary: true,
      advice: 'choose one',
      candidates,
    });
  });

  it('points at the parameter of a cursor', () => {
    expect(problemOf(new InvalidInputError('bad_cursor', 'it is none')).errors).toEqual([
      { detail: 'it is none', parameter: 'cursor' },
    ]);
  });

  it('points at a field of the body only where the error names fields', () => {
    const problems = ['target: no @', 'no field: at all'];

    expect(problemOf(new InvalidInputError('invalid_subscription', 'nothing', problems)).errors).toEqual([
      { detail: 'target: no @', pointer: '#/target' },
      { detail: 'no field: at all' },
    ]);
    expect(problemOf(new InvalidInputError('invalid_topic', 'nothing', problems)).errors).toEqual([
      { detail: 'target: no @' },
      { detail: 'no field: at all' },
    ]);
  });

  it('has its detail on one line', () => {
    expect(problemOf(new NotFoundError('feed "a \r\n\n b\nc"')).detail).toBe('feed "a b c" does not exist');
    expect(problemOf(new InvalidInputError('invalid_topic', 'nothing', ['a', 'b'])).detail).toBe('nothing');
  });

  it('repeats a single problem in its detail, but not the same words', () => {
    const one = { detail: 'limit: no' };

    expect(problemFor('invalid_query', 'it is wrong', [one])).toMatchObject({
      detail: 'it is wrong: limit: no',
      errors: [one],
    });
    expect(problemFor('invalid_query', 'limit: no', [one]).detail).toBe('limit: no');
    expect(problemFor('invalid_query', 'it is wrong', [one, one]).detail).toBe('it is wrong');
    expect(problemFor('invalid_query', 'it is wrong')).toStrictEqual({
      type: 'urn:tocsin:problem:invalid_query',
      title: 'Invalid query',
      status: 400,
      detail: 'it is wrong',
      code: 'invalid_query',
    });
  });

  it('keeps the problems and headers of a refused request, which has none by itself', () => {
    expect(new RequestError('not_found', 'no')).toMatchObject({ retryable: false, problems: [], headers: {} });
    expect(
      problemOf(new RequestError('invalid_query', 'no', { problems: [{ detail: 'a' }, { detail: 'b' }] })).errors,
    ).toEqual([{ detail: 'a' }, { detail: 'b' }]);
    expect(problemOf(new ServiceUnavailableError('no'))).not.toHaveProperty('errors');
  });

  it('goes out under its own type, and may not be cached', async () => {
    const response = problemResponse(problemFor('not_found', 'é'), { allow: 'GET' });

    expect(response.status).toBe(404);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(JSON.stringify(problemFor('not_found', 'é')))),
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      allow: 'GET',
    });
    expect(await response.json()).toEqual(problemFor('not_found', 'é'));
  });

  it('asks for a token where one is missing, and only there', () => {
    const challenge = (code: 'unauthorized' | 'forbidden') =>
      problemResponse(problemFor(code, 'no')).headers.get('www-authenticate');

    expect([challenge('unauthorized'), challenge('forbidden')]).toEqual(['Bearer realm="tocsin"', null]);
  });
});
