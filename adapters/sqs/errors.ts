// SQS's errors in our words.
import { ServiceUnavailableError, TocsinError } from '../../shared/core/errors.ts';

/**
 * A missing queue and missing rights count as unavailable too: the work is kept where it came from until the deployment is put right.
 * `what` the queue did not do, in words: "accept messages".
 */
export function toOurError(error: unknown, queueUrl: string, what: string): unknown {
  if (error instanceof TocsinError || !(error instanceof Error)) return error;
  const { name, message } = error;
  const text =
    name === 'QueueDoesNotExist' || name.endsWith('NonExistentQueue')
      ? `the queue ${queueUrl} does not exist; check that the deployment finished`
      : `the queue ${queueUrl} did not ${what}: ${name}: ${message}`;
  return new ServiceUnavailableError(text, { cause: error });
}
