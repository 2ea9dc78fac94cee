// The database's errors in our words.
import { toOurError } from '../../../adapters/dynamodb/vendor-errors.ts';
import { ConflictError } from '../../../shared/core/errors.ts';

const vendorError = (name: string, message = 'as it says', httpStatusCode?: number): Error =>
  Object.assign(new Error(message), {
    name,
    ...(httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } }),
  });

describe('an error of the database', () => {
  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'ThrottledException',
    'RequestLimitExceeded',
    'LimitExceededException',
  ])('%s says that the table is busy', (name) => {
    const error = vendorError(name, 'slow down', 400);

    expect(toOurError(error, 'news')).toMatchObject({
      code: 'service_unavailable',
      message: `the table "news" is taking no more requests at the moment (${name})`,
      cause: error,
    });
  });

  it.each([
    'AccessDeniedException',
    'UnrecognizedClientException',
    'MissingAuthenticationTokenException',
    'InvalidSignatureException',
    'IncompleteSignatureException',
    'ExpiredTokenException',
    'CredentialsProviderError',
  ])('%s says that rights are missing', (name) => {
    expect(toOurError(vendorError(name, 'no', 400), 'news')).toMatchObject({
      code: 'service_unavailable',
      message: `access to the table "news" was refused (${name}); check credentials and role`,
    });
  });

  it('may say that there is no such table', () => {
    expect(toOurError(vendorError('ResourceNotFoundException', 'no', 400), 'news')).toMatchObject({
      code: 'service_unavailable',
      message:
        'the table "news" does not exist in this account and region; check its name and that the deployment finished',
    });
  });

  it.each(['database or Disk is Full', 'ENOSPC: no space left on device'])(
    'may say that the disk is full: %s',
    (message) => {
      const error = vendorError('InternalServerError', message, 500);

      expect(toOurError(error, 'news')).toMatchObject({
        code: 'disk_full',
        message: 'no space left on the disk of the table "news": free some space',
        cause: error,
      });
    },
  );

  it.each([
    ['an answer of 399', vendorError('Odd', 'x', 399)],
    ['an answer of 500', vendorError('Odd', 'x', 500)],
    ['no answer at all', vendorError('Odd', 'x')],
    [
      'a type error that came with an answer of 500',
      Object.assign(new TypeError('x'), { $metadata: { httpStatusCode: 500 } }),
    ],
  ])('counts as unavailable with %s', (_what, error) => {
    expect(toOurError(error, 'news')).toMatchObject({
      code: 'service_unavailable',
      message: `the table "news" did not answer as it should: ${error.name}: x`,
      cause: error,
    });
  });

  it.each([
    ['an answer of 400', vendorError('ValidationException', 'x', 400)],
    ['an answer of 499', vendorError('Odd', 'x', 499)],
    ['a type error before anything was sent', new TypeError('x')],
    ['a range error before anything was sent', new RangeError('x')],
    ['an error of ours', new ConflictError('no space left: ours')],
    ['what is no error', 'no space left'],
  ])('stays as it is with %s: only a bug makes it', (_what, error) => {
    expect(toOurError(error, 'news')).toBe(error);
  });
});
