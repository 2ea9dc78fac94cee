// Mail through Amazon SES (API version 2). Simple content: SES writes the MIME itself, from text, HTML and headers apart,
// so no header can be smuggled in and no MIME library is loaded. SES puts a Message-ID of its own on each try; our name for the mail is in
// X-Tocsin-Delivery.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { namedSender } from '../../shared/alerts/mail-headers.ts';
import {
  MessageRefusedError,
  SenderRefusedError,
  SendLaterError,
  ServiceUnavailableError,
} from '../../shared/core/errors.ts';
import { MINUTE_SECONDS } from '../../shared/core/time.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { AcceptedMail, Mailer } from '../../shared/ports.ts';
import { requestTimeouts } from '../request-timeouts.ts';
import { errorName, withoutAddresses } from '../without-addresses.ts';
import { TAG, tagOf } from './mail-tag.ts';

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

/** Our own set is gone: it was deleted by hand, or the deployment is older. */
const NO_SET = /configuration set .*(?:does not exist|not found)/i;

export interface SesOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SESv2Client;
  /** Verified sender. */
  readonly from: string;
  readonly replyTo: string | null;
  /** Tells us what becomes of mails; null: the default one of the account, if there is one. @default null */
  readonly configurationSet?: string | null;
  /** How long one request may take. @default 20 s */
  readonly waitMs?: number;
}

export function createSesMailer({ from, replyTo, configurationSet = null, waitMs, ...options }: SesOptions): Mailer {
  // One request a try: SES may have taken a mail whose answer did not come in time, and would send a second one. The next try is ours to make.
  const client = options.client ?? new SESv2Client({ requestHandler: requestTimeouts(waitMs), maxAttempts: 1 });
  return {
    async sendMail(mail: Mail): Promise<AcceptedMail> {
      try {
        const { MessageId } = await client.send(
          new SendEmailCommand({
            FromEmailAddress: namedSender(from),
            ReplyToAddresses: replyTo === null ? undefined : [replyTo],
            Destination: { ToAddresses: [mail.to] },
            ConfigurationSetName: configurationSet ?? undefined,
            EmailTags: configurationSet === null ? undefined : tagsOf(mail),
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

function tagsOf({ headers }: Mail): { Name: string; Value: string }[] {
  const value = tagOf(headers['X-Tocsin-Delivery'] ?? '');
  return value === null ? [] : [{ Name: TAG, Value: value }];
}

/** Of the Message-ID that SES puts on a mail. Source: Amazon SES Developer Guide, "Message-ID" in the header fields. */
const messageDomainOf = (region: string): string =>
  region === 'us-east-1' ? 'email.amazonses.com' : `${region}.amazonses.com`;

/** Those of a rate pass at once. A daily quota is one of the last 24 hours, so some of it may be free again at any moment. */
const RATE_SECONDS = 2;
const QUOTA_SECONDS = 15 * MINUTE_SECONDS;
const OVER_QUOTA = /daily (?:message|sending) quota|quota exceeded|24[- ]hour/i;
const OVER_RATE = /sending rate exceeded|rate exceeded|too many requests/i;
const THROTTLED = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestThrottledException',
]);

/** Null where SES does not ask to wait. */
function secondsToWait(name: string, message: string): number | null {
  if (OVER_QUOTA.test(message)) return QUOTA_SECONDS;
  if (THROTTLED.has(name) || OVER_RATE.test(message)) return RATE_SECONDS;
  return name === 'LimitExceededException' ? QUOTA_SECONDS : null;
}

function toOurError(error: unknown): Error {
  const cause = withoutAddresses(error);
  const name = errorName(error);
  const quoted = `${name}: ${cause.message}`;
  const seconds = secondsToWait(name, cause.message);
  if (seconds !== null) return new SendLaterError(seconds, `SES asks to wait (${quoted})`, { cause });
  if (NOT_VERIFIED.test(cause.message)) {
    const cure = 'verify the sender, and while the account is in the SES sandbox each recipient too';
    return new SenderRefusedError(`SES refused this sender (${quoted}); ${cure}`, { cause });
  }
  if (SENDER_REFUSED.has(name) || NO_SET.test(cause.message))
    return new SenderRefusedError(`SES refused this sender (${quoted})`, { cause });
  if (REFUSED.has(name)) return new MessageRefusedError(`SES refused the message (${quoted})`, { cause });
  return new ServiceUnavailableError(`SES did not accept the mail (${quoted})`, { cause });
}
