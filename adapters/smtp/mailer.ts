// Mail through the user's own SMTP server, for one machine. nodemailer writes the MIME.
import { createTransport } from 'nodemailer';
import type { Mail } from '../../shared/model/alert.ts';
import type { AcceptedMail, Mailer } from '../../shared/ports.ts';
import { type SmtpError, toMailFailure } from './failures.ts';
import { parseSmtpUrl, serverInWords } from './server-address.ts';

/** Most of these happen at most once in a mail, so that a try ends within its two minutes. */
const LIMITS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  /** Silence in the middle; servers that look at the content take their time after it. */
  socketTimeout: 30_000,
};
/** A check of the server should not wait as long as a mail may. */
const CHECK_SILENCE_MS = 10_000;
const SENDER_NAME = 'Tocsin';

export interface SmtpOptions {
  /** TOCSIN_SMTP_URL: `smtp://host:25`, `smtp://user:password@host:587` or, with TLS from the first byte, `smtps://…`. Holds a secret: never shown. */
  readonly url: string;
  readonly from: string;
  readonly replyTo: string | null;
  /** Shorter ones for tests. */
  readonly limits?: Partial<typeof LIMITS>;
}

export interface SmtpMailer extends Mailer {
  /** `mail.example.org:587`. */
  readonly server: string;
  /** Connects and logs in; sends nothing. Throws what `sendMail` throws for a server that cannot be used. */
  check(): Promise<void>;
}

/** Throws InvalidInputError when the URL is not one of an SMTP server; connects only when a mail is sent or `check` is called. */
export function createSmtpMailer({ url, from, replyTo, limits }: SmtpOptions): SmtpMailer {
  const server = parseSmtpUrl(url);
  const { host, port, secure, login } = server;
  const options = {
    host,
    port,
    secure,
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    ...LIMITS,
    ...limits,
    // A mail is text we composed: nothing in it may make the library read a file or fetch a page.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(options);
  const sender = senderOf(from);
  return {
    server: serverInWords(server),
    async check(): Promise<void> {
      try {
        const socketTimeout = Math.min(options.socketTimeout, CHECK_SILENCE_MS);
        await createTransport({ ...options, socketTimeout }).verify();
      } catch (error) {
        throw toMailFailure(error as SmtpError, server, 'check');
      }
    },
    async sendMail(mail: Mail): Promise<AcceptedMail> {
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
        return { providerId: String(response).slice(0, 200), messageId: mail.messageId };
      } catch (error) {
        throw toMailFailure(error as SmtpError, server);
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
