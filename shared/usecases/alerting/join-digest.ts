// A delivery's way into a digest: the window's, or the next one's where that is closed already.
import { digestTimesOf, digestWindow, newDigest, stormWindow, type Window } from '../../alerts/digest-window.ts';
import { ConflictError, ServiceUnavailableError } from '../../core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../core/time.ts';
import type { DigestPeriod } from '../../model/alert-rules.ts';
import { because, type Reason } from '../../model/delivery-reason.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Clock, DigestStore } from '../../ports.ts';
import type { AlertPorts } from './alert-ports.ts';

/** Each is later than the one before; two closed ones in a row mean clocks that are far apart. */
const WINDOWS_TRIED = 4;

/** A digest that takes members, and what they need to know of it. */
export interface OpenDigest extends Reason {
  readonly digestId: string;
  /** Members are kept until the digest has been sent and as long after that as they would be otherwise. Epoch seconds. */
  readonly expiresAt: number;
}

/**
 * Calls `join` with an open digest of the period; `none` stands for the one that takes up a storm. `join` throws ConflictError when it was closed
 * in the meantime: then the next is tried.
 */
export async function joinDigest<T>(
  subscription: Subscription,
  period: DigestPeriod,
  ports: Pick<AlertPorts, 'digests' | 'clock'>,
  settings: Settings,
  join: (digest: OpenDigest) => Promise<T>,
): Promise<T> {
  const now = ports.clock.now();
  let window = windowAt(subscription, period, now, settings);
  for (let tried = 0; tried < WINDOWS_TRIED; tried += 1) {
    const expiresAt = expiryOf(window, settings);
    const digest = newDigest(subscription.id, window, period, now, expiresAt);
    if ((await ports.digests.openDigest(digest)) === 'open') {
      try {
        return await join({ digestId: digest.id, expiresAt, ...because(period === 'none' ? 'storm' : 'digest') });
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

/**
 * For a subscriber who wants digests even without alerts: the digest of the window is there before any alert is. To be called when the
 * subscription begins or changes, and each time one of its digests is closed. Safe to repeat; for others nothing happens.
 */
export async function openWhenEmpty(
  subscription: Subscription,
  { digests, clock }: { readonly digests: Pick<DigestStore, 'openDigest'>; readonly clock: Clock },
  settings: Pick<Settings, 'mail' | 'retention'>,
): Promise<void> {
  const { id, digest: period, whenEmpty, channel, state } = subscription;
  if (!whenEmpty || period === 'none' || channel === 'sns-email' || state !== 'active') return;
  const now = clock.now();
  const window = windowAt(subscription, period, now, settings);
  await digests.openDigest(newDigest(id, window, period, now, expiryOf(window, settings)));
}

const windowAt = (
  subscription: Subscription,
  period: DigestPeriod,
  instant: Date,
  { mail }: Pick<Settings, 'mail'>,
): Window =>
  period === 'none' ? stormWindow(instant) : digestWindow(period, instant, digestTimesOf(subscription, mail.timeZone));

const expiryOf = ({ end }: Window, { retention }: Pick<Settings, 'retention'>): number =>
  epochSeconds(end) + retention.deliveryDays * DAY_SECONDS;
