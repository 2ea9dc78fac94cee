// SNS's errors in our words.
import { DeliveryRefusedError, ServiceUnavailableError, TocsinError } from '../../shared/core/errors.ts';
import { errorName, withoutAddresses } from '../without-addresses.ts';

/** The request itself will not do, now or later. */
const REFUSED = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'ValidationException',
  'FilterPolicyLimitExceededException',
  'SubscriptionLimitExceededException',
]);

/** `step` in words: "publish", "subscribe". */
export function toOurError(error: unknown, step: string): Error {
  if (error instanceof TocsinError) return error;
  const cause = withoutAddresses(error);
  const name = errorName(error);
  if (REFUSED.has(name))
    return new DeliveryRefusedError(`SNS refused to ${step} (${name}: ${cause.message})`, { cause });
  const cure = name === 'NotFoundException' ? '; the alert topic does not exist: did the deployment finish?' : '';
  return new ServiceUnavailableError(`SNS could not ${step} (${name})${cure}`, { cause });
}
