// How mails leave this machine, as the environment says: by the user's mail server, or not at all; and where their links lead.
import { optionalVariable } from '../../lambdas/environment.ts';
import { parsePublicUrl } from '../../shared/alerts/public-url.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Clock } from '../../shared/ports.ts';
import { MailServer } from './mail-server.ts';

/** TOCSIN_PUBLIC_URL in its one form; null if it is missing or empty. Throws InvalidInputError. */
export function publicUrlOf(env: Environment): string | null {
  const given = optionalVariable(env, 'publicUrl');
  return given === undefined ? null : parsePublicUrl(given);
}

/** Null without TOCSIN_SMTP_URL. Throws InvalidInputError. */
export async function mailServerOf(
  { mail: { from, replyTo } }: Settings,
  env: Environment,
  clock: Clock,
): Promise<MailServer | null> {
  const url = env['TOCSIN_SMTP_URL'];
  if (url === undefined || url === '') return null;
  const { createSmtpMailer } = await import('../../adapters/smtp/mailer.ts');
  const smtp = createSmtpMailer({ url, from: from ?? '', replyTo });
  if (from === null)
    throw new InvalidInputError('invalid_settings', 'TOCSIN_SMTP_URL is set, but no sender', [
      'mail.from in config/tocsin.yaml: give the address that mails come from',
    ]);
  return new MailServer(smtp, clock);
}
