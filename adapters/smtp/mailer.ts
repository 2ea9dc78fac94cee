// Mail through the user's own SMTP server, for one machine. nodemailer writes the MIME.
import { createTransport } from 'nodemailer';
import { DeliveryRefusedError, InvalidInputError, ServiceUnavailableError } from '../../shared/errors.ts';
import type { Mail } from '../../shared/model/alert.ts';
import type { Mailer } from '../../shared/ports.ts';
import { withoutAddresses } from '../without-addresses.ts';

/** Well inside the two minutes that a try may take. */
const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;
const SENDER_NAME = 'Tocsin';

export interface SmtpOptions {
  /** `smtp://host:25`, `smtp://user:password@host:587` or, with TLS from the first byte, `smtps://…`. Holds a secret: never shown. */
  readonly url: string;
  readonly from: string;
  readonly replyTo: string | null;
}

/** Throws InvalidInputError when the URL is not one of an SMTP server; connects only when a mail is sent. */
export function createSmtpMailer({ url, from, replyTo }: SmtpOptions): Mailer {
  const transport = createTransport({
    url: checkedUrl(url),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    // A mail is text we composed: nothing in it may make the library read a file or fetch a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = senderOf(from);
  return {
    async sendMail(mail: Mail): Promise<string> {
      try {
        const { response } = await transport.sendMail({
          from: sender,
          to: { name: '', address: mail.to },
          replyTo: replyTo ?? undefined,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: `<${mail.messageId}>`,
          headers: Object.fromEntries(
            // Ours are plain ASCII; a List-Unsubscribe that was folded breaks the signatures of some relays.
            Object.entries(mail.headers).map(([name, value]) => [name, { prepared: true, foldLines: false, value }]),
          ),
        });
        return String(response).slice(0, 200);
      } catch (error) {
        throw toOurError(error);
      }
    },
  };
}

function senderOf(from: string): { name: string; address: string } {
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from);
  return named === null
    ? { name: SENDER_NAME, address: from.trim() }
    : { name: named[1] || SENDER_NAME, address: named[2] ?? '' };
}

function checkedUrl(url: string): string {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    throw new InvalidInputError(
      'invalid_smtp_url',
      'the address of the mail server is not one; expected smtp://[user:password@]host[:port] or smtps://…',
    );
  }
  return url;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** A 5xx answer to the recipient or the message is final; one to our login is for a human to cure, and so worth another try. */
function toOurError(error: unknown): Error {
  const { code = 'unknown', responseCode } = error as SmtpError;
  const cause = withoutAddresses(error);
  const answer = responseCode === undefined ? code : `${code}, answer ${responseCode}`;
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500) {
    return new DeliveryRefusedError(`the mail server refused the mail (${answer})`, { cause });
  }
  const cure = code === 'EAUTH' ? '; check user name and password' : '';
  return new ServiceUnavailableError(`the mail server did not take the mail (${answer})${cure}`, { cause });
}
