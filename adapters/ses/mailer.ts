// Mail through Amazon SES (API version 2). Simple content: SES writes the MIME itself, from text, HTML and headers apart,
// so no header can be smuggled in and no MIME library is loaded. SES puts its own Message-ID on each try; ours is in X-Tocsin-Delivery.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { DeliveryRefusedError, ServiceUnavailableError } from '../../shared/errors.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { Mailer } from '../../shared/ports.ts';
import { errorName, withoutAddresses } from '../without-addresses.ts';

/** The message itself will not do; the same one will not do later either. */
const REFUSED = new Set(['MessageRejected', 'BadRequestException']);
/** SES rejects mail to or from addresses nobody verified with the same error as bad content, but a human can cure it. */
const NOT_VERIFIED = /not verified/i;

/** A call that hangs must end well inside the two minutes that a try may take. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

export interface SesOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SESv2Client;
  /** Verified sender. */
  readonly from: string;
  readonly replyTo: string | null;
}

export function createSesMailer({ from, replyTo, ...options }: SesOptions): Mailer {
  const client = options.client ?? new SESv2Client({ requestHandler: TIMEOUTS });
  return {
    async sendMail(mail: Mail): Promise<string> {
      try {
        const { MessageId } = await client.send(
          new SendEmailCommand({
            FromEmailAddress: namedSender(from),
            ReplyToAddresses: replyTo === null ? undefined : [replyTo],
            Destination: { ToAddresses: [mail.to] },
            Content: {
              Simple: {
                Subject: { Data: mail.subject, Charset: 'UTF-8' },
                Body: {
                  Text: { Data: mail.text, Charset: 'UTF-8' },
                  Html: { Data: mail.html, Charset: 'UTF-8' },
                },
                Headers: Object.entries(mail.headers).map(([Name, Value]) => ({ Name, Value })),
              },
            },
          }),
        );
        return MessageId ?? '';
      } catch (error) {
        throw toOurError(error);
      }
    },
  };
}

/** `Tocsin <alerts@example.org>`; a sender that brings its own name keeps it. */
export const namedSender = (from: string): string => (from.includes('<') ? from : `Tocsin <${from}>`);

function toOurError(error: unknown): Error {
  const cause = withoutAddresses(error);
  const name = errorName(error);
  if (REFUSED.has(name) && !NOT_VERIFIED.test(cause.message)) {
    return new DeliveryRefusedError(`SES refused the mail (${name})`, { cause });
  }
  const cure = NOT_VERIFIED.test(cause.message)
    ? '; verify the sender, and while the account is in the SES sandbox each recipient too'
    : '';
  return new ServiceUnavailableError(`SES did not take the mail (${name})${cure}`, { cause });
}
