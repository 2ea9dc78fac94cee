// How many single alerts a subscriber gets at once; what is over comes as one digest.
import { stormWindow } from '../../alerts/digest-window.ts';
import { epochSeconds } from '../../core/time.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';

/** Tries count too, not only first tries: after an outage the backlog must not arrive all at once either. */
export const reserveImmediate = (
  delivery: Delivery,
  ports: Pick<AlertPorts, 'deliveries' | 'clock'>,
  settings: Settings,
): Promise<boolean> =>
  ports.deliveries.reserveImmediateAlert(
    delivery.subscriptionId,
    epochSeconds(stormWindow(ports.clock.now()).start),
    settings.alerts.maxSinglePerTenMinutes,
    delivery.id,
  );
