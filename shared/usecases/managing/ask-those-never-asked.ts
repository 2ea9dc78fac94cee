// Addresses that were subscribed while mails stayed on one machine were not asked. Once mails leave it, they are asked before anything reaches them.
import { questionFor } from '../../alerts/consent.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { SubscriptionStore } from '../../ports.ts';
import { type ConsentPorts, requestedConsent } from './request-consent.ts';

const PAGE = 100;

export interface AskPorts extends ConsentPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'listSubscriptions' | 'updateSubscription'>;
}

/** How many are asked now. It is safe to repeat: each is asked once. */
export async function askThoseNeverAsked(ports: AskPorts): Promise<number> {
  const isToBeAsked = ({ channel, target, state, consent }: Subscription): boolean =>
    state === 'active' && consent?.question === 'local' && questionFor(channel, target, ports) === 'mail';
  let asked = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<SubscriptionStore['listSubscriptions']>> =
      await ports.subscriptions.listSubscriptions({ limit: PAGE, cursor });
    for (const { id, consent } of page.items.filter(isToBeAsked)) {
      const caller = consent?.requestedBy;
      await ports.subscriptions.updateSubscription(
        id,
        (latest) =>
          isToBeAsked(latest)
            ? requestedConsent(latest, latest, { ...ports, ...(caller === undefined ? {} : { caller }) })
            : {},
        ports.clock.now().toISOString(),
      );
      asked += 1;
    }
    cursor = page.cursor;
  } while (cursor !== null);
  return asked;
}
