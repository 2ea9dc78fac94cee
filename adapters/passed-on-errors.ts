// On one machine the services behind the clients of SES and SNS are part of Tocsin, and so are the errors of its mailer: they cross the
// wire by their code, so that they are not reported as faults of Amazon.
import {
  DeliveryRefusedError,
  MessageRefusedError,
  SenderRefusedError,
  ServiceUnavailableError,
  type TocsinError,
} from '../shared/core/errors.ts';

const PREFIX = 'Tocsin_';

const MAIL_ERRORS = {
  delivery_refused: DeliveryRefusedError,
  message_refused: MessageRefusedError,
  sender_refused: SenderRefusedError,
  service_unavailable: ServiceUnavailableError,
} as const;

type Code = keyof typeof MAIL_ERRORS;
const isMailError = (code: string): code is Code => Object.hasOwn(MAIL_ERRORS, code);

/** The name under which a mailer's error is answered; null for any other error. */
export const passedOnName = ({ code }: TocsinError): string | null => (isMailError(code) ? `${PREFIX}${code}` : null);

/** The error that was passed on; null for one of SES. */
export function passedOnError(error: unknown): TocsinError | null {
  if (!(error instanceof Error) || !error.name.startsWith(PREFIX)) return null;
  const code = error.name.slice(PREFIX.length);
  return isMailError(code) ? new MAIL_ERRORS[code](error.message) : null;
}
