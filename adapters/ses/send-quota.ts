// What SES allows this account: its rate, its quota of a day, and whether it is in the sandbox.
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { MINUTE_MS } from '../../shared/core/time.ts';
import type { Clock, Log, SendQuota, SendQuotaState } from '../../shared/ports.ts';
import { requestTimeouts } from '../request-timeouts.ts';
import { withoutAddresses } from '../without-addresses.ts';

/** So that senders may ask before each mail. GetAccount itself allows one request a second. */
const KEPT_MS = 10 * MINUTE_MS;
/** A call that hangs must not keep mails waiting. */
const WAIT_MS = 5_000;

export function createSesSendQuota({
  clock,
  log,
  ...options
}: {
  readonly clock: Clock;
  readonly log: Log;
  /** The usual client of the environment where absent. */
  readonly client?: SESv2Client;
}): SendQuota {
  const client = options.client ?? new SESv2Client({ requestHandler: requestTimeouts(WAIT_MS) });
  let known: { readonly state: Promise<SendQuotaState | null>; readonly readAt: number } | null = null;
  return {
    read: () => {
      const now = clock.now().getTime();
      if (known === null || now - known.readAt >= KEPT_MS || now < known.readAt)
        known = { state: readQuota(client, log), readAt: now };
      return known.state;
    },
  };
}

async function readQuota(client: SESv2Client, log: Log): Promise<SendQuotaState | null> {
  try {
    const { SendQuota: quota, ProductionAccessEnabled, SendingEnabled } = await client.send(new GetAccountCommand({}));
    const { MaxSendRate, Max24HourSend, SentLast24Hours = 0 } = quota ?? {};
    if (MaxSendRate === undefined || Max24HourSend === undefined) return null;
    const perDay = Max24HourSend === UNLIMITED ? null : Max24HourSend;
    return {
      perSecond: MaxSendRate,
      perDay,
      leftToday: perDay === null ? null : Math.max(0, Math.floor(perDay - SentLast24Hours)),
      isSandbox: ProductionAccessEnabled !== true,
      isEnabled: SendingEnabled === true,
    };
  } catch (error) {
    log.warn('the limits of SES could not be read', { error: withoutAddresses(error).message });
    return null;
  }
}

/** Source: Amazon SES API Reference, SendQuota. */
const UNLIMITED = -1;
