// The database's errors in our words. A condition that did not hold is not an error: see table-client.ts.
import { ServiceUnavailableError, StorageError, TocsinError } from '../../shared/core/errors.ts';

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'LimitExceededException',
]);

const NO_ACCESS = new Set([
  'AccessDeniedException',
  'UnrecognizedClientException',
  'MissingAuthenticationTokenException',
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'ExpiredTokenException',
  'CredentialsProviderError',
]);

/** SQLite's words, which an embedded database passes on. */
export const SAYS_DISK_IS_FULL = /disk is full|no space left/i;

/**
 * What the caller may act on. A missing table and missing rights count as unavailable, not as wrong input, although a human must act:
 * a queue keeps a message that failed so, and it is done when the deployment is put right; as wrong input it would be dropped.
 * An error that only a bug can cause (a request the database finds invalid) is returned as it is.
 */
export function toOurError(error: unknown, tableName: string): unknown {
  if (error instanceof TocsinError || !(error instanceof Error)) return error;
  const { name, message } = error;
  const table = `the table "${tableName}"`;
  if (name === 'ResourceNotFoundException') {
    return unavailable(
      `${table} does not exist in this account and region; check its name and that the deployment finished`,
    );
  }
  if (NO_ACCESS.has(name)) return unavailable(`access to ${table} was refused (${name}); check credentials and role`);
  if (THROTTLING.has(name)) return unavailable(`${table} is taking no more requests at the moment (${name})`);
  if (SAYS_DISK_IS_FULL.test(message))
    return new StorageError('disk_full', `no space left on the disk of ${table}: free some space`, { cause: error });
  if (isBug(error)) return error;
  return unavailable(`${table} did not answer as it should: ${name}: ${message}`);

  function unavailable(text: string): ServiceUnavailableError {
    return new ServiceUnavailableError(text, { cause: error });
  }
}

/** The database understood the request and found it wrong (4xx), or this process raised it before sending (a TypeError). */
function isBug(error: Error): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status !== undefined) return status >= 400 && status < 500;
  return error instanceof TypeError || error instanceof RangeError;
}
