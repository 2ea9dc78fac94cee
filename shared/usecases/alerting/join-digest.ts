// A delivery's way into a digest: the window's, or the next one's where that is closed already.
import { digestTimesOf, digestWindow, newDigest, stormWindow, type Window } from '../../alerts/digest-window.ts';
import { ConflictError, ServiceUnavailableError } from '../../core/errors.ts';
import type { DigestPeriod } from '../../model/alert-rules.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';

/** Each is later than the one before; two closed ones in a row mean clocks that are far apart. */
const WINDOWS_TRIED = 4;

/**
 * Calls `join` with the id of an open digest of the period; `none` stands for the one that takes up a storm. `join` throws ConflictError when
 * it was closed in the meantime: then the next is tried.
 */
export async function joinDigest<T>(
  subscription: Subscription,
  period: DigestPeriod,
  expiresAt: number,
  ports: Pick<AlertPorts, 'digests' | 'clock'>,
  settings: Settings,
  join: (digestId: string) => Promise<T>,
): Promise<T> {
  const now = ports.clock.now();
  let window = windowAt(subscription, period, now, settings);
  for (let tried = 0; tried < WINDOWS_TRIED; tried += 1) {
    const digest = newDigest(subscription.id, window, period, now, expiresAt);
    if ((await ports.digests.openDigest(digest)) === 'open') {
      try {
        return await join(digest.id);
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
      }
    }
    window = windowAt(subscription, period, window.end, settings);
  }
  throw new ServiceUnavailableError(
    `subscription ${subscription.id} has no open digest in ${WINDOWS_TRIED} windows from now on`,
  );
}

export const windowAt = (
  subscription: Subscription,
  period: DigestPeriod,
  instant: Date,
  { mail }: Settings,
): Window =>
  period === 'none' ? stormWindow(instant) : digestWindow(period, instant, digestTimesOf(subscription, mail.timeZone));
