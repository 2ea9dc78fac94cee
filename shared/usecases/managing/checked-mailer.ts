// Mailers that know which addresses get no mail.
import { AddressSuppressedError, DeliveryRefusedError } from '../../core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../core/time.ts';
import type { Mail } from '../../model/alert.ts';
import { hashOfAddress, suppressedInWords } from '../../model/suppression.ts';
import type { Mailer, SuppressionStore } from '../../ports.ts';
import { type SuppressPorts, suppressAddress } from './suppress.ts';

/** Within so many days a second refused mail suppresses the address. */
const REFUSALS_KEPT_DAYS = 7;
const MOST_REFUSALS = 2;

/** Sends nothing to an address that is on the list: throws AddressSuppressedError. */
export const withoutSuppressed = (mailer: Mailer, suppressions: Pick<SuppressionStore, 'getSuppression'>): Mailer => ({
  async sendMail(mail) {
    const suppression = await suppressions.getSuppression(hashOfAddress(mail.to));
    if (suppression !== null) throw new AddressSuppressedError(suppressedInWords(suppression));
    return mailer.sendMail(mail);
  },
});

export interface RefusalPorts extends SuppressPorts {
  readonly suppressions: Pick<SuppressionStore, 'suppress' | 'noteRefusal'>;
}

/**
 * For a mail server that answers at once whether it takes an address. One refusal may be a mistake of the server, so it fails that mail only; the
 * second mail that is refused within a week suppresses the address. A mail that is tried again counts once.
 */
export const countingRefusals = (mailer: Mailer, ports: RefusalPorts): Mailer => ({
  async sendMail(mail) {
    try {
      return await mailer.sendMail(mail);
    } catch (error) {
      if (error instanceof DeliveryRefusedError) await noteRefusal(mail, error, ports);
      throw error;
    }
  },
});

async function noteRefusal({ to, messageId }: Mail, { message }: DeliveryRefusedError, ports: RefusalPorts) {
  const now = ports.clock.now();
  const expiresAt = epochSeconds(now) + REFUSALS_KEPT_DAYS * DAY_SECONDS;
  const refusals = await ports.suppressions.noteRefusal(hashOfAddress(to), messageId, expiresAt);
  if (refusals >= MOST_REFUSALS)
    await suppressAddress(to, { cause: 'refused', reason: message, at: now.toISOString() }, ports);
}
