// A delivery's way into a digest: the window's, or the next one's where that is closed already.
import { digestWindow, newDigest, stormWindow, type Window } from '../../alerts/digest-window.ts';
import { ConflictError, ServiceUnavailableError } from '../../core/errors.ts';
import type { Settings } from '../../model/settings.ts';
import type { Digest, Subscription } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';

/** Each is later than the one before; two closed ones in a row mean clocks that are far apart. */
const WINDOWS_TRIED = 4;

/**
 * Calls `join` with the id of an open digest. `join` throws ConflictError when it was closed in the meantime: then the next is tried.
 * A subscriber who asked for digests gets the one of the period; anyone else the one that takes up a storm.
 */
export async function joinDigest<T>(
  subscription: Subscription,
  expiresAt: number,
  ports: Pick<AlertPorts, 'digests' | 'clock'>,
  settings: Settings,
  join: (digestId: string) => Promise<T>,
): Promise<T> {
  const now = ports.clock.now();
  const cause: Digest['cause'] = subscription.digest === 'none' ? 'storm' : 'asked';
  let window = windowAt(subscription, now, settings);
  for (let tried = 0; tried < WINDOWS_TRIED; tried += 1) {
    const digest = newDigest(subscription.id, window, cause, now, expiresAt);
    if ((await ports.digests.openDigest(digest)) === 'open') {
      try {
        return await join(digest.id);
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
      }
    }
    window = windowAt(subscription, window.end, settings);
  }
  throw new ServiceUnavailableError(
    `subscription ${subscription.id} has no open digest in ${WINDOWS_TRIED} windows from now on`,
  );
}

const windowAt = ({ digest }: Subscription, instant: Date, { mail }: Settings): Window =>
  digest === 'none' ? stormWindow(instant) : digestWindow(digest, instant, mail.timeZone);
