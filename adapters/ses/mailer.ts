// Mail through Amazon SES (API version 2). Simple content: SES writes the MIME itself, from text, HTML and headers apart,
// so no header can be smuggled in and no MIME library is loaded. SES puts a Message-ID of its own on each try; our name for the mail is in
// X-Tocsin-Delivery.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { namedSender } from '../../shared/alerts/mail-headers.ts';
import { MessageRefusedError, SenderRefusedError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { AcceptedMail, Mailer } from '../../shared/ports.ts';
import { errorName, withoutAddresses } from '../without-addresses.ts';

/** The message itself will not do; the same one will not do later either. */
const REFUSED = new Set(['MessageRejected', 'BadRequestException']);
/** A human can cure it: the identity, the account, a permission. */
const SENDER_REFUSED = new Set([
  'MailFromDomainNotVerifiedException',
  'AccountSuspendedException',
  'SendingPausedException',
  'AccessDeniedException',
  'NotFoundException',
]);
/** SES rejects mail to or from unverified addresses with the same error as bad content. */
const NOT_VERIFIED = /not verified/i;

/** A call that hangs must end well inside the two minutes that a try may take. */
const USUAL_WAIT_MS = 20_000;

export interface SesOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SESv2Client;
  /** Verified sender. */
  readonly from: string;
  readonly replyTo: string | null;
  /** How long one request may take. @default 20 s */
  readonly waitMs?: number;
}

export function createSesMailer({ from, replyTo, waitMs = USUAL_WAIT_MS, ...options }: SesOptions): Mailer {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: waitMs, throwOnRequestTimeout: true };
  const client = options.client ?? new SESv2Client({ requestHandler });
  return {
    async sendMail(mail: Mail): Promise<AcceptedMail> {
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
        const providerId = MessageId ?? '';
        const domain = messageDomainOf(await client.config.region());
        return { providerId, messageId: providerId === '' ? '' : `${providerId}@${domain}` };
      } catch (error) {
        throw toOurError(error);
      }
    },
  };
}

/** Of the Message-ID that SES puts on a mail. Source: Amazon SES Developer Guide, "Message-ID" in the header fields. */
const messageDomainOf = (region: string): string =>
  region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`;

function toOurError(error: unknown): Error {
  const cause = withoutAddresses(error);
  const name = errorName(error);
  const quoted = `${name}: ${cause.message}`;
  if (NOT_VERIFIED.test(cause.message)) {
    const cure = 'verify the sender, and while the account is in the SES sandbox each recipient too';
    return new SenderRefusedError(`SES refused this sender (${quoted}); ${cure}`, { cause });
  }
  if (SENDER_REFUSED.has(name)) return new SenderRefusedError(`SES refused this sender (${quoted})`, { cause });
  if (REFUSED.has(name)) return new MessageRefusedError(`SES refused the message (${quoted})`, { cause });
  return new ServiceUnavailableError(`SES did not accept the mail (${quoted})`, { cause });
}
